//! The sample records hang together.

use odoo_rpc::{Domain, Page};
use serde_json::{Map, Value, json};

use crate::signed_in;

#[tokio::test]
async fn every_relation_leads_to_a_record() {
    let (_sandbox, session) = signed_in().await;
    let models: Vec<Value> = session
        .model("ir.model")
        .search_read(&Domain::all(), &["model"], &Page::all())
        .await
        .unwrap();
    for model in &models {
        let model = model["model"].as_str().unwrap();
        let everything = json!({"active_test": false});
        let records = session
            .model(model)
            .with_context(everything.as_object().unwrap().clone());
        let rows: Vec<Map<String, Value>> = records
            .search_read(&Domain::all(), &[""; 0], &Page::all())
            .await
            .unwrap();
        let fields: Map<String, Value> = records
            .fields_get(&[""; 0], &["type", "relation"])
            .await
            .unwrap();
        for (name, field) in fields
            .iter()
            .filter(|(_, field)| field["type"] == "many2one")
        {
            for held in rows
                .iter()
                .map(|row| &row[name])
                .filter(|held| held.is_array())
            {
                let others = session.model(field["relation"].as_str().unwrap());
                let found: Vec<Value> = others
                    .read(&[held[0].as_i64().unwrap()], &["id"])
                    .await
                    .unwrap();
                assert_eq!(found.len(), 1, "{model}.{name} {held}");
                assert_ne!(held[1], "", "{model}.{name} {held}");
            }
        }
    }
}

#[tokio::test]
async fn every_required_field_has_a_value() {
    let (_sandbox, session) = signed_in().await;
    let models: Vec<Value> = session
        .model("ir.model")
        .search_read(&Domain::all(), &["model"], &Page::all())
        .await
        .unwrap();
    for model in &models {
        let records = session.model(model["model"].as_str().unwrap());
        let rows: Vec<Map<String, Value>> = records
            .search_read(&Domain::all(), &[""; 0], &Page::all())
            .await
            .unwrap();
        assert!(!rows.is_empty(), "{model} has no records");
        let fields: Map<String, Value> = records.fields_get(&[""; 0], &["required"]).await.unwrap();
        for (name, _) in fields.iter().filter(|(_, field)| field["required"] == true) {
            assert!(rows.iter().all(|row| row[name] != false), "{model} {name}");
        }
    }
}

#[tokio::test]
async fn names_of_orders_go_on_after_the_sample() {
    let (_sandbox, session) = signed_in().await;
    let orders = session.model("sale.order");
    let id = orders.create(&json!({"partner_id": 9})).await.unwrap();
    let rows: Vec<Value> = orders.read(&[id], &["name"]).await.unwrap();
    assert_eq!(rows[0]["name"], "S00010");
}

#[tokio::test]
async fn a_loop_of_records_that_go_together_can_be_deleted() {
    let (_sandbox, session) = signed_in().await;
    let tags = session.model("res.partner.category");
    let one = tags.create(&json!({"name": "one"})).await.unwrap();
    let two = tags
        .create(&json!({"name": "two", "parent_id": one}))
        .await
        .unwrap();
    tags.write(&[one], &json!({"parent_id": two}))
        .await
        .unwrap();
    tags.unlink(&[one]).await.unwrap();
    let left: Vec<Value> = tags.read(&[one, two], &["name"]).await.unwrap();
    assert!(left.is_empty());
}
