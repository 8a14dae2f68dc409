//! `name_search` and `display_name`.

use odoo_rpc::Domain;
use serde_json::{Value, json};

use crate::target::{PARTNER, assert_says, on_odoo};

#[test]
fn name_search_answers_ids_and_names() {
    on_odoo(async |odoo| {
        let a = odoo.partner("a", json!({"is_company": true})).await;
        let kid = odoo.partner("kid", json!({"parent_id": a})).await;
        let found = odoo
            .call(PARTNER, "name_search", json!([odoo.name("kid")]), json!({}))
            .await;
        assert_eq!(
            found,
            json!([[kid, format!("{}, {}", odoo.name("a"), odoo.name("kid"))]])
        );
    });
}

#[test]
fn name_search_takes_operator_domain_and_limit() {
    on_odoo(async |odoo| {
        let countries = odoo.model("res.country");
        let found = countries
            .name_search("Belgium", &Domain::all(), "=", 5)
            .await
            .unwrap();
        assert_eq!(
            json!(found.iter().map(|(id, _)| id).collect::<Vec<_>>()),
            json!([20])
        );
        let not_be = Domain::from_json(json!([["code", "!=", "BE"]])).unwrap();
        let found = countries
            .name_search("Belgium", &not_be, "ilike", 5)
            .await
            .unwrap();
        assert!(found.is_empty());
        let found = countries
            .name_search("an", &Domain::all(), "ilike", 3)
            .await
            .unwrap();
        assert_eq!(found.len(), 3);
    });
}

#[test]
fn name_search_looks_at_more_than_the_name() {
    on_odoo(async |odoo| {
        let reference = odoo.name("reference");
        let a = odoo.partner("a", json!({"ref": reference})).await;
        let found = odoo
            .call(PARTNER, "name_search", json!([reference]), json!({}))
            .await;
        assert_eq!(found[0][0], a);
        let found: Value = odoo
            .call("res.country", "name_search", json!(["BE"]), json!({}))
            .await;
        assert!(found.as_array().unwrap().contains(&json!([20, "Belgium"])));
    });
}

#[test]
fn name_search_hides_archived_records() {
    on_odoo(async |odoo| {
        odoo.partner("gone", json!({"active": false})).await;
        assert_eq!(
            odoo.call(
                PARTNER,
                "name_search",
                json!([odoo.name("gone")]),
                json!({})
            )
            .await,
            json!([])
        );
    });
}

#[test]
fn the_domain_of_name_search_was_called_args() {
    on_odoo(async |odoo| {
        let (named, other) = if odoo.series < 19 {
            ("args", "domain")
        } else {
            ("domain", "args")
        };
        let found = odoo
            .call(
                "res.country",
                "name_search",
                json!(["Belgium"]),
                json!({named: []}),
            )
            .await;
        assert_eq!(found, json!([[20, "Belgium"]]));
        let fault = odoo
            .fault(
                "res.country",
                "name_search",
                json!(["Belgium"]),
                json!({other: []}),
            )
            .await;
        assert_says(
            &fault,
            1,
            &format!("got an unexpected keyword argument '{other}'"),
        );
    });
}
