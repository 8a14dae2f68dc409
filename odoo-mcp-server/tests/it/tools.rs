//! What each tool answers: the shapes of the Python project, and what is new in them.

use serde_json::{Value, json};

use crate::support::Bench;

#[tokio::test]
async fn search_answers_ids_count_and_model() {
    let bench = Bench::start().await;
    let result = bench
        .result(
            "search",
            json!({"model": "res.partner", "domain": [["id", "in", [9, 10]]], "order": "id"}),
        )
        .await;
    assert_eq!(
        result,
        json!({"ids": [9, 10], "count": 2, "model": "res.partner", "has_more": false, "next_offset": null})
    );
}

#[tokio::test]
async fn search_read_answers_records_count_and_model() {
    let bench = Bench::start().await;
    let result = bench
        .result(
            "search_read",
            json!({"model": "res.partner", "domain": [["id", "=", 9]], "fields": ["name", "email"]}),
        )
        .await;
    assert_eq!(
        result,
        json!({
            "records": [{"id": 9, "name": "Acme Corporation", "email": "acme@example.com"}],
            "count": 1,
            "model": "res.partner",
            "has_more": false,
            "next_offset": null,
        })
    );
}

#[tokio::test]
async fn paging_reaches_every_record_once() {
    let bench = Bench::start().await;
    let all = bench
        .result("search_count", json!({"model": "res.partner"}))
        .await;
    let mut seen = Vec::new();
    let mut offset = json!(0);
    while !offset.is_null() {
        let mut page = bench
            .result(
                "search_read",
                json!({"model": "res.partner", "fields": ["id"], "limit": 7, "offset": offset, "order": "id"}),
            )
            .await;
        let records = page["records"].as_array().unwrap();
        assert_eq!(page["count"], records.len());
        assert!(records.len() <= 7);
        assert_eq!(
            page["has_more"] == json!(true),
            !page["next_offset"].is_null()
        );
        seen.extend(records.iter().map(|record| record["id"].as_i64().unwrap()));
        offset = page["next_offset"].take();
    }
    let count = seen.len();
    seen.dedup();
    assert_eq!((json!(count), count), (all["count"].clone(), seen.len()));
}

#[tokio::test]
async fn read_answers_records_and_leaves_out_what_does_not_exist() {
    let bench = Bench::start().await;
    let result = bench
        .result(
            "read",
            json!({"model": "res.partner", "ids": [9, 987654], "fields": ["name"]}),
        )
        .await;
    assert_eq!(
        result,
        json!({"records": [{"id": 9, "name": "Acme Corporation"}], "count": 1, "model": "res.partner"})
    );
}

#[tokio::test]
async fn read_of_no_ids_answers_none_without_asking_odoo() {
    let bench = Bench::start().await;
    let result = bench
        .result("read", json!({"model": "res.partner", "ids": []}))
        .await;
    assert_eq!(
        result,
        json!({"records": [], "count": 0, "model": "res.partner"})
    );
    assert!(bench.sandbox.calls().is_empty());
}

#[tokio::test]
async fn search_count_counts() {
    let bench = Bench::start().await;
    let result = bench
        .result(
            "search_count",
            json!({"model": "res.partner", "domain": [["id", "in", [9, 10]]]}),
        )
        .await;
    assert_eq!(result, json!({"count": 2, "model": "res.partner"}));
}

#[tokio::test]
async fn fields_get_describes_the_fields_that_are_asked_for() {
    let bench = Bench::start().await;
    let result = bench
        .result(
            "fields_get",
            json!({"model": "res.partner", "fields": ["name", "country_id", "nonsense"], "attributes": ["type", "relation"]}),
        )
        .await;
    assert_eq!(
        result,
        json!({
            "fields": {
                "name": {"type": "char"},
                "country_id": {"type": "many2one", "relation": "res.country"},
            },
            "count": 2,
            "model": "res.partner",
        })
    );
}

#[tokio::test]
async fn default_get_answers_the_named_defaults_and_without_names_all_of_them() {
    let bench = Bench::start().await;
    let named = bench
        .result(
            "default_get",
            json!({"model": "res.partner", "fields": ["active"]}),
        )
        .await;
    assert_eq!(
        named,
        json!({"defaults": {"active": true}, "model": "res.partner"})
    );
    let all = bench
        .result("default_get", json!({"model": "res.partner"}))
        .await;
    let defaults = all["defaults"].as_object().unwrap();
    assert!(defaults.len() > 1, "{all}");
    assert_eq!(defaults["active"], true);
}

#[tokio::test]
async fn create_write_and_unlink_say_what_they_did() {
    let bench = Bench::start().await;
    let created = bench
        .result(
            "create",
            json!({"model": "res.partner", "values": {"name": "New"}}),
        )
        .await;
    let id = created["id"].clone();
    assert!(id.is_i64());
    assert_eq!(
        created,
        json!({"id": id, "model": "res.partner", "status": "created"})
    );

    let written = bench
        .result(
            "write",
            json!({"model": "res.partner", "ids": [id], "values": {"name": "Newer"}}),
        )
        .await;
    assert_eq!(
        written,
        json!({"success": true, "count": 1, "model": "res.partner", "status": "updated"})
    );
    assert_eq!(name_of(&bench, &id).await, "Newer");

    let deleted = bench
        .result("unlink", json!({"model": "res.partner", "ids": [id]}))
        .await;
    assert_eq!(
        deleted,
        json!({"success": true, "count": 1, "model": "res.partner", "status": "deleted"})
    );
    let gone = bench
        .result("read", json!({"model": "res.partner", "ids": [id]}))
        .await;
    assert_eq!(gone["count"], 0);
}

#[tokio::test]
async fn create_of_a_list_answers_the_ids_in_order() {
    let bench = Bench::start().await;
    let created = bench
        .result(
            "create",
            json!({"model": "res.partner", "values": [{"name": "One"}, {"name": "Two"}]}),
        )
        .await;
    let ids = created["ids"].clone();
    assert_eq!(
        created,
        json!({"ids": ids, "model": "res.partner", "status": "created"})
    );
    assert_eq!(name_of(&bench, &ids[0]).await, "One");
    assert_eq!(name_of(&bench, &ids[1]).await, "Two");
}

#[tokio::test]
async fn context_goes_with_the_call() {
    let bench = Bench::start().await;
    let values = json!({"model": "res.partner", "values": {"name": "Sleeper", "active": false}});
    bench.result("create", values).await;
    let count = async |context: Value| {
        let domain = json!([["name", "=", "Sleeper"]]);
        let arguments = json!({"model": "res.partner", "domain": domain, "context": context});
        bench.result("search_count", arguments).await["count"].clone()
    };
    assert_eq!(count(json!({})).await, 0);
    assert_eq!(count(json!({"active_test": false})).await, 1);
}

#[tokio::test]
async fn whoami_says_for_whom_the_gateway_speaks() {
    let bench = Bench::start().await;
    let key = bench.key_for("res.partner:R").await;
    let reply = bench.call_as(&key, "whoami", json!({})).await;
    let result = &reply.body["result"];
    assert_eq!(result["login"], "admin", "{reply:?}");
    assert_eq!(result["scope"], "res.partner:R");
    assert_eq!(result["database"], bench.sandbox.database());
}

#[tokio::test]
async fn a_large_answer_comes_out_whole() {
    let sandbox = odoo_sandbox::Sandbox::builder()
        .partners(3000)
        .start()
        .await
        .unwrap();
    let bench = Bench::before(sandbox, &[]);
    let result = bench
        .result(
            "search_read",
            json!({"model": "res.partner", "fields": ["name", "email", "street"], "limit": 3000}),
        )
        .await;
    assert_eq!(result["records"].as_array().unwrap().len(), 3000);
    assert_eq!(
        (&result["count"], &result["has_more"]),
        (&json!(3000), &json!(true))
    );
}

async fn name_of(bench: &Bench, id: &Value) -> Value {
    let arguments = json!({"model": "res.partner", "ids": [id], "fields": ["name"]});
    bench.result("read", arguments).await["records"][0]["name"].clone()
}
