//! `read` and `search_read`.

use odoo_rpc::{Domain, Page};
use serde_json::{Value, json};

use crate::target::{PARTNER, assert_fault, assert_says, on_odoo};

#[test]
fn read_answers_in_the_order_of_the_ids() {
    on_odoo(async |odoo| {
        let (a, b) = (
            odoo.partner("a", json!({})).await,
            odoo.partner("b", json!({})).await,
        );
        let rows: Value = odoo.model(PARTNER).read(&[b, a], &["ref"]).await.unwrap();
        assert_eq!(
            rows,
            json!([{"id": b, "ref": false}, {"id": a, "ref": false}])
        );
    });
}

#[test]
fn read_leaves_out_a_record_that_is_not_there() {
    on_odoo(async |odoo| {
        let a = odoo.partner("a", json!({"ref": "x"})).await;
        let rows: Value = odoo
            .model(PARTNER)
            .read(&[99_999_999, a], &["ref"])
            .await
            .unwrap();
        assert_eq!(rows, json!([{"id": a, "ref": "x"}]));
        let rows: Value = odoo
            .model(PARTNER)
            .read(&[99_999_999], &["ref"])
            .await
            .unwrap();
        assert_eq!(rows, json!([]));
        let rows: Value = odoo.model(PARTNER).read(&[], &["ref"]).await.unwrap();
        assert_eq!(rows, json!([]));
    });
}

#[test]
fn read_repeats_a_repeated_id() {
    on_odoo(async |odoo| {
        let a = odoo.partner("a", json!({})).await;
        let rows: Vec<Value> = odoo.model(PARTNER).read(&[a, a], &["ref"]).await.unwrap();
        assert_eq!(rows.len(), 2);
    });
}

#[test]
fn without_fields_all_are_read() {
    on_odoo(async |odoo| {
        let country = json!([[20]]);
        let all: Value = odoo
            .call("res.country", "read", country.clone(), json!({}))
            .await;
        let fields: Value = odoo
            .model("res.country")
            .fields_get(&[""; 0], &["type"])
            .await
            .unwrap();
        let names = |value: &Value| {
            value
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        };
        let (mut read, mut known) = (names(&all[0]), names(&fields));
        read.sort();
        known.sort();
        assert_eq!(read, known);
        assert_eq!(
            odoo.call("res.country", "read", country, json!({"fields": []}))
                .await,
            all
        );
    });
}

#[test]
fn an_unknown_or_dotted_field_is_a_fault() {
    on_odoo(async |odoo| {
        for field in ["nofield", "country_id.name"] {
            let fault = odoo
                .fault(PARTNER, "read", json!([[1], [field]]), json!({}))
                .await;
            assert_says(
                &fault,
                1,
                &format!("ValueError: Invalid field '{field}' on "),
            );
            let fault = odoo
                .fault(
                    PARTNER,
                    "search_read",
                    json!([[], [field]]),
                    json!({"limit": 1}),
                )
                .await;
            assert_fault(&fault, 1, "'res.partner'");
        }
    });
}

#[test]
fn a_many2one_reads_as_id_and_name_or_as_id() {
    on_odoo(async |odoo| {
        let a = odoo.partner("a", json!({"country_id": 20})).await;
        let read = async |named: Value| {
            odoo.call(PARTNER, "read", json!([[a], ["country_id"]]), named)
                .await
        };
        assert_eq!(
            read(json!({})).await,
            json!([{"id": a, "country_id": [20, "Belgium"]}])
        );
        for load in [json!(""), json!(false), json!(null)] {
            assert_eq!(
                read(json!({"load": load})).await,
                json!([{"id": a, "country_id": 20}]),
                "{load}"
            );
        }
    });
}

#[test]
fn search_read_takes_load_since_16() {
    on_odoo(async |odoo| {
        let a = odoo.partner("a", json!({"country_id": 20})).await;
        let arguments = json!([[["id", "=", a]], ["country_id"]]);
        let named = json!({"load": null});
        if odoo.series < 16 {
            let fault = odoo.fault(PARTNER, "search_read", arguments, named).await;
            assert_fault(
                &fault,
                1,
                "search_read() got an unexpected keyword argument 'load'",
            );
        } else {
            let rows = odoo.call(PARTNER, "search_read", arguments, named).await;
            assert_eq!(rows, json!([{"id": a, "country_id": 20}]));
        }
    });
}

#[test]
fn search_read_searches_and_reads() {
    on_odoo(async |odoo| {
        let (a, b) = (
            odoo.partner("a", json!({})).await,
            odoo.partner("b", json!({"ref": "x"})).await,
        );
        let domain = Domain::from_json(json!([["id", "in", [a, b]]])).unwrap();
        let page = Page::all().order("id desc").limit(1);
        let rows: Value = odoo
            .model(PARTNER)
            .search_read(&domain, &["ref"], &page)
            .await
            .unwrap();
        assert_eq!(rows, json!([{"id": b, "ref": "x"}]));
        let none = Domain::from_json(json!([["id", "=", 0]])).unwrap();
        let rows: Value = odoo
            .model(PARTNER)
            .search_read(&none, &["ref"], &Page::all())
            .await
            .unwrap();
        assert_eq!(rows, json!([]));
    });
}

#[test]
fn search_read_needs_no_argument() {
    on_odoo(async |odoo| {
        let rows = odoo
            .call(
                "res.company",
                "search_read",
                json!([]),
                json!({"fields": ["id"]}),
            )
            .await;
        assert_eq!(rows[0].as_object().unwrap().len(), 1);
    });
}

#[test]
fn rows_decode_into_a_type() {
    #[derive(serde::Deserialize)]
    struct Row {
        id: i64,
        name: String,
        #[serde(deserialize_with = "odoo_rpc::optional")]
        email: Option<String>,
        color: i64,
        is_company: bool,
        country_id: odoo_rpc::Many2one,
    }
    on_odoo(async |odoo| {
        let a = odoo
            .partner(
                "a",
                json!({"country_id": 20, "color": 4, "is_company": true}),
            )
            .await;
        let fields = ["name", "email", "color", "is_company", "country_id"];
        let rows: Vec<Row> = odoo.model(PARTNER).read(&[a], &fields).await.unwrap();
        assert_eq!(
            (rows[0].id, rows[0].name.as_str()),
            (a, odoo.name("a").as_str())
        );
        assert_eq!(
            (rows[0].email.as_deref(), rows[0].color, rows[0].is_company),
            (None, 4, true)
        );
        assert_eq!(
            (rows[0].country_id.id, rows[0].country_id.name.as_deref()),
            (20, Some("Belgium"))
        );
    });
}
