//! Reading and writing records through every tool.

use serde_json::{Value, json};

use crate::support::{Live, unique};

#[tokio::test]
async fn a_record_is_created_read_written_and_removed() {
    let live = Live::start().await;
    let name = unique("Life");
    let id = live
        .partner(json!({"name": name, "email": "life@example.com", "is_company": true}))
        .await;

    let read = json!({"model": "res.partner", "ids": [id], "fields": ["name", "email", "phone", "is_company"]});
    let result = live.result("read", read.clone()).await;
    let record = json!({"id": id, "name": name, "email": "life@example.com", "phone": false, "is_company": true});
    assert_eq!(
        result,
        json!({"records": [record], "count": 1, "model": "res.partner"})
    );

    let write =
        json!({"model": "res.partner", "ids": [id], "values": {"phone": "+32 1", "email": false}});
    let written = live.result("write", write).await;
    assert_eq!(
        written,
        json!({"success": true, "count": 1, "model": "res.partner", "status": "updated"})
    );
    let record = live.result("read", read.clone()).await["records"][0].take();
    assert_eq!(
        (&record["phone"], &record["email"]),
        (&json!("+32 1"), &json!(false))
    );

    live.remove("res.partner", json!(id)).await;
    assert_eq!(live.result("read", read).await["records"], json!([]));
}

#[tokio::test]
async fn several_records_are_created_in_order() {
    let live = Live::start().await;
    let names = [unique("B"), unique("A"), unique("C")];
    let values: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
    let created = live
        .result("create", json!({"model": "res.partner", "values": values}))
        .await;
    assert_eq!(created["status"], "created");
    let ids = created["ids"].clone();
    for (id, name) in ids.as_array().unwrap().iter().zip(&names) {
        let read = json!({"model": "res.partner", "ids": id, "fields": ["name"]});
        assert_eq!(
            live.result("read", read).await["records"],
            json!([{"id": id, "name": name}])
        );
    }
    live.remove("res.partner", ids).await;
}

#[tokio::test]
async fn pages_reach_every_record_once_and_end() {
    let live = Live::start().await;
    let name = unique("Page");
    let values: Vec<Value> = (0..5)
        .map(|n| json!({"name": name, "ref": format!("{n}")}))
        .collect();
    let ids = live
        .result("create", json!({"model": "res.partner", "values": values}))
        .await["ids"]
        .clone();

    let domain = json!([["name", "=", name]]);
    let mut refs = Vec::new();
    let mut offset = json!(0);
    let mut pages = 0;
    while !offset.is_null() {
        let arguments = json!({
            "model": "res.partner", "domain": domain, "fields": ["ref"], "order": "ref desc",
            "limit": 2, "offset": offset,
        });
        let mut page = live.result("search_read", arguments).await;
        let records = page["records"].as_array().unwrap();
        refs.extend(
            records
                .iter()
                .map(|record| record["ref"].as_str().unwrap().to_owned()),
        );
        offset = page["next_offset"].take();
        pages += 1;
    }
    assert_eq!((refs.concat().as_str(), pages), ("43210", 3));

    let search = json!({"model": "res.partner", "domain": domain, "order": "id", "limit": 4});
    let found = live.result("search", search).await;
    assert_eq!(
        (&found["count"], &found["has_more"], &found["next_offset"]),
        (&json!(4), &json!(true), &json!(4))
    );
    let search = json!({"model": "res.partner", "domain": domain, "order": "id", "limit": 5});
    let found = live.result("search", search).await;
    assert_eq!(
        (&found["ids"], &found["has_more"], &found["next_offset"]),
        (&ids, &json!(false), &Value::Null)
    );
    let count = live
        .result(
            "search_count",
            json!({"model": "res.partner", "domain": domain}),
        )
        .await;
    assert_eq!(count, json!({"count": 5, "model": "res.partner"}));
    live.remove("res.partner", ids).await;
}

#[tokio::test]
async fn domains_may_have_paths_and_operators() {
    let live = Live::start().await;
    let name = unique("Domain");
    let country = async |code: &str| {
        let search = json!({"model": "res.country", "domain": [["code", "=", code]]});
        live.result("search", search).await["ids"][0].clone()
    };
    let (belgium, france) = (country("BE").await, country("FR").await);
    let here = live
        .partner(json!({"name": name, "country_id": belgium}))
        .await;
    let there = live
        .partner(json!({"name": name, "country_id": france}))
        .await;
    let nowhere = live.partner(json!({"name": name})).await;
    for (condition, expected) in [
        (json!([["country_id.code", "=", "BE"]]), json!([here])),
        (json!([["country_id", "=", false]]), json!([nowhere])),
        (
            json!([
                "|",
                ["country_id.code", "=", "BE"],
                ["country_id", "=", false]
            ]),
            json!([here, nowhere]),
        ),
        // What `!` makes of those without a country differs between 14 and 19.
        (
            json!([
                "!",
                ["country_id.code", "=", "BE"],
                ["country_id", "!=", false]
            ]),
            json!([there]),
        ),
        (json!([["id", "in", [nowhere]]]), json!([nowhere])),
    ] {
        let mut domain = vec![json!(["name", "=", name])];
        domain.extend(condition.as_array().unwrap().iter().cloned());
        let search = json!({"model": "res.partner", "domain": domain, "order": "id"});
        let found = live.result("search", search).await;
        assert_eq!(found["ids"], expected, "{condition}");
    }
    let read = json!({"model": "res.partner", "ids": [here], "fields": ["country_id"]});
    let record = live.result("read", read).await["records"][0].take();
    assert_eq!(record["country_id"], json!([belgium, "Belgium"]));
    live.remove("res.partner", json!([here, there, nowhere]))
        .await;
}

#[tokio::test]
async fn relational_commands_create_and_change_lines() {
    let live = Live::start().await;
    let child = unique("Child");
    let parent = live
        .partner(json!({"name": unique("Parent"), "child_ids": [[0, 0, {"name": child, "type": "contact"}]]}))
        .await;
    let search = json!({"model": "res.partner", "domain": [["parent_id", "=", parent]]});
    let children = live.result("search", search).await["ids"].clone();
    assert_eq!(children.as_array().unwrap().len(), 1);

    let values = json!({"child_ids": [[1, children[0], {"email": "child@example.com"}]]});
    live.result(
        "write",
        json!({"model": "res.partner", "ids": [parent], "values": values}),
    )
    .await;
    let read = json!({"model": "res.partner", "ids": children, "fields": ["name", "email"]});
    let record = live.result("read", read).await["records"][0].take();
    assert_eq!(
        (&record["name"], &record["email"]),
        (&json!(child), &json!("child@example.com"))
    );
    live.remove("res.partner", children).await;
    live.remove("res.partner", json!([parent])).await;
}

#[tokio::test]
async fn text_goes_there_and_back_unchanged() {
    let live = Live::start().await;
    for text in [
        "a < b & c > d ]]> e",
        "été 東京 🚀",
        "\"quotes\" 'and' \\backslashes\\",
        "&amp; &lt;",
    ] {
        let name = format!("{} {text}", unique("Text"));
        let id = live.partner(json!({"name": name})).await;
        let read = json!({"model": "res.partner", "ids": [id], "fields": ["name"]});
        assert_eq!(
            live.result("read", read).await["records"][0]["name"],
            json!(name)
        );
        let search = json!({"model": "res.partner", "domain": [["name", "=", name]]});
        assert_eq!(live.result("search", search).await["ids"], json!([id]));
        live.remove("res.partner", json!([id])).await;
    }
}

#[tokio::test]
async fn context_goes_with_the_call() {
    let live = Live::start().await;
    let name = unique("Sleeper");
    let id = live.partner(json!({"name": name, "active": false})).await;
    for (context, count) in [(json!({}), 0), (json!({"active_test": false}), 1)] {
        let arguments =
            json!({"model": "res.partner", "domain": [["name", "=", name]], "context": context});
        assert_eq!(
            live.result("search_count", arguments).await["count"],
            count,
            "{context}"
        );
    }
    live.remove("res.partner", json!([id])).await;
}

#[tokio::test]
async fn fields_are_described() {
    let live = Live::start().await;
    let all = live
        .result(
            "fields_get",
            json!({"model": "res.partner", "attributes": ["type"]}),
        )
        .await;
    let count = all["fields"].as_object().unwrap().len();
    assert!(count > 20 && all["count"] == json!(count), "{count}");
    let some = json!({
        "model": "res.partner", "fields": ["country_id", "nonsense"], "attributes": ["type", "relation", "required"],
    });
    assert_eq!(
        live.result("fields_get", some).await,
        json!({
            "fields": {"country_id": {"type": "many2one", "relation": "res.country", "required": false}},
            "count": 1,
            "model": "res.partner",
        })
    );
}

#[tokio::test]
async fn defaults_are_answered_for_some_fields_and_for_all() {
    let live = Live::start().await;
    let some = live
        .result(
            "default_get",
            json!({"model": "res.partner", "fields": ["active", "name"]}),
        )
        .await;
    assert_eq!(
        some,
        json!({"defaults": {"active": true}, "model": "res.partner"})
    );
    for model in ["res.partner", "res.country"] {
        let all = live.result("default_get", json!({"model": model})).await;
        assert!(all["defaults"].is_object(), "{all}");
    }
}

#[tokio::test]
async fn whoami_tells_the_user_the_database_and_the_version() {
    let live = Live::start().await;
    let me = live.result("whoami", json!({})).await;
    assert_eq!(
        (&me["login"], &me["database"]),
        (&json!(live.odoo.username), &json!(live.odoo.database))
    );
    assert!(
        me["odoo_version"]
            .as_str()
            .is_some_and(|version| !version.is_empty()),
        "{me}"
    );
}
