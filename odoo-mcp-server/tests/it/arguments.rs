//! Strict where silence would hurt, kind where n8n and language models slip.

use serde_json::{Value, json};

use crate::support::Bench;

/// Calls that must all find the same two records.
#[tokio::test]
async fn the_same_call_in_every_form_that_clients_send() {
    let bench = Bench::start().await;
    let domain = json!([["id", "in", [9, 10]]]);
    let plain = json!({"model": "res.partner", "domain": domain, "order": "id"});
    let with = |name: &str, value: Value| {
        let mut arguments = plain.clone();
        arguments[name] = value;
        json!({"name": "search", "arguments": arguments})
    };
    for body in [
        json!({"name": "search", "arguments": plain}),
        json!({"name": "search", "args": plain}),
        json!({"name": "search", "params": plain}),
        json!({"name": "search", "arguments": plain.to_string()}),
        with("domain", json!(domain.to_string())),
        with("limit", json!("100")),
        with("limit", json!(100.0)),
        with("offset", json!("0")),
        with("order", json!("id asc")),
        with("context", json!("{}")),
        with("context", Value::Null),
        with("limit", Value::Null),
        with("model", json!(" res.partner ")),
        json!({"name": "search", "arguments": plain, "limit": "50", "offset": 0}),
    ] {
        let reply = bench
            .send(&bench.key, "/tools/call", &body.to_string())
            .await;
        assert_eq!(
            reply.body["result"]["ids"],
            json!([9, 10]),
            "{body}: {reply:?}"
        );
    }
}

#[tokio::test]
async fn ids_come_in_many_forms() {
    let bench = Bench::start().await;
    for ids in [
        json!([9]),
        json!(9),
        json!("9"),
        json!(["9"]),
        json!("[9]"),
        json!(9.0),
    ] {
        let arguments = json!({"model": "res.partner", "ids": ids, "fields": "name"});
        let result = bench.result("read", arguments).await;
        assert_eq!(
            result["records"],
            json!([{"id": 9, "name": "Acme Corporation"}]),
            "{ids}"
        );
    }
}

#[tokio::test]
async fn an_empty_domain_may_be_what_a_form_leaves_behind() {
    let bench = Bench::start().await;
    let all = bench
        .result("search_count", json!({"model": "res.partner"}))
        .await;
    for domain in [
        json!([]),
        json!([null]),
        json!([[]]),
        json!("[]"),
        json!(""),
        Value::Null,
    ] {
        let arguments = json!({"model": "res.partner", "domain": domain});
        assert_eq!(
            bench.result("search_count", arguments).await,
            all,
            "{domain}"
        );
    }
}

#[tokio::test]
async fn paging_can_come_from_the_query_and_from_beside_the_arguments() {
    let bench = Bench::start().await;
    let page = async |path: &str, body: Value| {
        let reply = bench.send(&bench.key, path, &body.to_string()).await;
        assert_eq!(reply.code, 200, "{reply:?}");
        reply.body["result"]["ids"].clone()
    };
    let arguments = json!({"model": "res.partner", "order": "id", "limit": 2, "offset": 0});
    let call = json!({"name": "search", "arguments": arguments});
    let first = page("/tools/call", call.clone()).await;
    let second = page("/tools/call?offset=2", call.clone()).await;
    assert_ne!(first, second);
    let beside = json!({"name": "search", "arguments": arguments, "offset": "2"});
    assert_eq!(page("/tools/call", beside).await, second);
    let three = page("/tools/call?limit=3", call).await;
    assert_eq!(three.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_its_path_and_without_asking_odoo() {
    let bench = Bench::with(&["--max-limit", "500"]).await;
    for (tool, arguments, because) in [
        ("search", json!({}), "`arguments.model` is missing"),
        (
            "search",
            json!({"model": 5}),
            "`arguments.model` must be a string",
        ),
        (
            "search",
            json!({"model": "res partner"}),
            "`res partner` is no model name",
        ),
        (
            "search",
            json!({"model": "res.partner\u{0}"}),
            "is no model name",
        ),
        (
            "search",
            json!({"model": "res.partner", "limt": 5}),
            "did you mean `limit`?",
        ),
        (
            "search",
            json!({"model": "res.partner", "fields": []}),
            "`search` has no such argument",
        ),
        (
            "search",
            json!({"model": "res.partner", "limit": 0}),
            "`arguments.limit`: 0 would mean no limit",
        ),
        (
            "search",
            json!({"model": "res.partner", "limit": "0"}),
            "`arguments.limit`",
        ),
        (
            "search",
            json!({"model": "res.partner", "limit": 501}),
            "at most 500 records",
        ),
        (
            "search",
            json!({"model": "res.partner", "limit": -1}),
            "`arguments.limit`",
        ),
        (
            "search",
            json!({"model": "res.partner", "limit": 1.5}),
            "`arguments.limit`",
        ),
        (
            "search",
            json!({"model": "res.partner", "offset": "ten"}),
            "`arguments.offset`",
        ),
        (
            "search",
            json!({"model": "res.partner", "domain": [["name", "="]]}),
            "`arguments.domain`",
        ),
        (
            "search",
            json!({"model": "res.partner", "domain": "name = x"}),
            "`arguments.domain`",
        ),
        (
            "search",
            json!({"model": "res.partner", "domain": ["|", ["a", "=", 1]]}),
            "`arguments.domain`",
        ),
        (
            "search",
            json!({"model": "res.partner", "order": 5}),
            "`arguments.order`",
        ),
        (
            "search",
            json!({"model": "res.partner", "context": []}),
            "`arguments.context`",
        ),
        (
            "read",
            json!({"model": "res.partner"}),
            "missing field `ids`",
        ),
        (
            "read",
            json!({"model": "res.partner", "ids": [1, "x"]}),
            "`arguments.ids[1]`",
        ),
        (
            "read",
            json!({"model": "res.partner", "ids": [0]}),
            "`arguments.ids[0]`",
        ),
        (
            "read",
            json!({"model": "res.partner", "ids": true}),
            "`arguments.ids`",
        ),
        (
            "read",
            json!({"model": "res.partner", "ids": (1..=501).collect::<Vec<_>>()}),
            "501 ids are too many",
        ),
        (
            "read",
            json!({"model": "res.partner", "ids": [1], "fields": [1]}),
            "`arguments.fields[0]`",
        ),
        (
            "create",
            json!({"model": "res.partner"}),
            "missing field `values`",
        ),
        (
            "create",
            json!({"model": "res.partner", "values": 5}),
            "`arguments.values`",
        ),
        (
            "create",
            json!({"model": "res.partner", "values": []}),
            "`arguments.values`",
        ),
        (
            "write",
            json!({"model": "res.partner", "ids": [], "values": {"name": "x"}}),
            "`arguments.ids` is empty",
        ),
        (
            "write",
            json!({"model": "res.partner", "ids": [1], "values": {}}),
            "`arguments.values` is empty",
        ),
        (
            "unlink",
            json!({"model": "res.partner", "ids": []}),
            "`arguments.ids` is empty",
        ),
        (
            "whoami",
            json!({"model": "res.partner"}),
            "`whoami` takes no arguments",
        ),
        (
            "create",
            json!({"model": "res.partner", "values": {"name": "a\u{1}b"}}),
            "`values.name`",
        ),
    ] {
        let reply = bench.call(tool, arguments).await;
        reply.assert_error(400, "invalid_request", because);
    }
    // The last one is found while the request is written: after the login and the look at the model's
    // fields, before the call itself is sent.
    assert!(
        bench
            .methods()
            .iter()
            .all(|method| method == "authenticate" || method == "fields_get"),
        "{:?}",
        bench.methods()
    );
}

#[tokio::test]
async fn the_body_is_checked_too() {
    let bench = Bench::start().await;
    for (body, because) in [
        ("", "the body is empty"),
        ("{", "not JSON"),
        ("[1]", "must be a JSON object"),
        ("{\"arguments\": {}}", "`name` is missing"),
        ("{\"name\": 5}", "`name` must be a string"),
        (
            "{\"name\": \"search\", \"arguments\": [1]}",
            "`arguments` must be an object",
        ),
        (
            "{\"name\": \"search\", \"args\": {}, \"arguments\": {}}",
            "mean the same",
        ),
        (
            "{\"name\": \"search\", \"model\": \"res.partner\"}",
            "belong into `arguments`",
        ),
        (
            "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\"}",
            "MCP is at /mcp",
        ),
    ] {
        let reply = bench.send(&bench.key, "/tools/call", body).await;
        reply.assert_error(400, "invalid_request", because);
    }
    let reply = bench
        .send(&bench.key, "/tools/call?ofset=1", "{\"name\": \"search\"}")
        .await;
    reply.assert_error(400, "invalid_request", "did you mean `offset`?");
}

#[tokio::test]
async fn json_is_read_whatever_the_content_type_says() {
    let bench = Bench::start().await;
    let body = json!({"name": "search_count", "arguments": {"model": "res.partner"}}).to_string();
    for kind in [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
    ] {
        let request = bench
            .request("POST", "/tools/call")
            .header("X-API-Key", &bench.key)
            .header("Content-Type", kind)
            .body(body.clone());
        assert_eq!(request.send().await.unwrap().status(), 200, "{kind}");
    }
}
