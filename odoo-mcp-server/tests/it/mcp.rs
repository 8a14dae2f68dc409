//! MCP over HTTP.

use std::time::Duration;

use odoo_sandbox::Trouble;
use serde_json::{Value, json};

use crate::mcp_client::{Answer, Mcp, NEWEST, STREAMS, rpc};
use crate::support::{Bench, Reply};

#[tokio::test]
async fn every_older_generation_is_answered_with_its_own_version() {
    let bench = Bench::start().await;
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        let answer = Mcp::new(&bench).initialize(version, STREAMS).await;
        assert_eq!(answer.result()["protocolVersion"], version);
    }
    let newest = Mcp::new(&bench).initialize(NEWEST, STREAMS).await;
    assert_eq!(newest.result()["protocolVersion"], "2025-11-25");
}

#[tokio::test]
async fn discovery_says_who_the_caller_is_and_what_the_key_may_do() {
    let bench = Bench::start().await;
    let key = bench.key_for("res.partner:R").await;
    let mcp = Mcp {
        bench: &bench,
        key: &key,
    };
    let answer = mcp.ask("server/discover", json!({})).await;
    let instructions = answer.result()["instructions"].as_str().unwrap();
    for part in ["`sandbox`", "login admin", "res.partner:R", "Odoo 19.0"] {
        assert!(instructions.contains(part), "{part}: {instructions}");
    }
    assert_eq!(answer.result()["cacheScope"], "private");
}

#[tokio::test]
async fn connecting_works_while_odoo_is_down_and_says_so() {
    let bench = Bench::start().await;
    bench.sandbox.trouble(Trouble::page(503).for_good());
    let answer = Mcp::new(&bench).initialize("2025-11-25", STREAMS).await;
    let instructions = answer.result()["instructions"].as_str().unwrap();
    assert!(
        instructions.contains("could not be asked"),
        "{instructions}"
    );
}

#[tokio::test]
async fn without_credentials_nothing_is_served() {
    let bench = Bench::start().await;
    for path in ["/mcp", "/mcp/"] {
        let reply = Reply::of(bench.request("POST", path).body("{")).await;
        reply.assert_error(401, "auth_failed", "X-API-Key");
        assert!(
            reply.headers["www-authenticate"]
                .to_str()
                .unwrap()
                .starts_with("Bearer")
        );
    }
    let wrong = Reply::of(bench.request("POST", "/mcp").header("X-API-Key", "no key")).await;
    wrong.assert_error(401, "auth_failed", "not valid");
}

#[tokio::test]
async fn all_three_forms_of_credentials_open_the_door() {
    let bench = Bench::start().await;
    let key = bench.key.as_str();
    let ping = rpc("tools/list", json!({})).to_string();
    for (header, value) in [
        ("X-API-Key", key.to_owned()),
        ("Authorization", format!("Bearer {key}")),
        ("X-Auth-Credentials", credentials_of_admin(&bench)),
    ] {
        let request = bench.request("POST", "/mcp").header(header, value);
        let request = request.header("content-type", "application/json");
        let answer = Answer::of(request.body(ping.clone())).await;
        assert!(answer.result()["tools"].is_array(), "{header}");
    }
}

fn credentials_of_admin(bench: &Bench) -> String {
    use base64::Engine as _;
    let admin = bench.sandbox.admin();
    let credentials = json!({
        "url": bench.sandbox.url(),
        "database": bench.sandbox.database(),
        "username": admin.username(),
        "password": admin.password().reveal(),
        "scope": "*:R",
    });
    base64::engine::general_purpose::STANDARD.encode(credentials.to_string())
}

#[tokio::test]
async fn a_session_belongs_to_whoever_opened_it() {
    let bench = Bench::start().await;
    let owner = Mcp::new(&bench);
    let session = owner.open().await;
    let other_key = bench.key_for("*:R").await;
    let other = Mcp {
        bench: &bench,
        key: &other_key,
    };
    let list = rpc("tools/list", json!({}));
    Answer::of(other.in_session(&session, &list))
        .await
        .assert_error(-32001, "session not found");
    for method in ["GET", "DELETE"] {
        let request = other.with_key(method).header("mcp-session-id", &session);
        let answer = Answer::of(request.header("accept", STREAMS)).await;
        assert_eq!(answer.code, 404, "{method}");
    }
    assert!(Answer::of(owner.in_session(&session, &list)).await.result()["tools"].is_array());
    let ended = owner.with_key("DELETE").header("mcp-session-id", &session);
    assert_eq!(Answer::of(ended).await.code, 204);
    let gone = Answer::of(owner.in_session(&session, &list)).await;
    assert_eq!(gone.code, 404);
}

#[tokio::test]
async fn whoever_has_too_many_sessions_is_served_without_one() {
    let bench = Bench::start().await;
    let mcp = Mcp::new(&bench);
    for _ in 0..100 {
        mcp.open().await;
    }
    let answer = mcp.initialize("2025-11-25", STREAMS).await;
    assert_eq!(answer.headers.get("mcp-session-id"), None);
    let list = mcp
        .post(STREAMS)
        .body(rpc("tools/list", json!({})).to_string());
    assert!(Answer::of(list).await.result()["tools"].is_array());
    // Another caller has room.
    let other_key = bench.key_for("*:R").await;
    let other = Mcp {
        bench: &bench,
        key: &other_key,
    };
    other.open().await;
}

#[tokio::test]
async fn clients_that_read_no_streams_get_json_and_no_session() {
    let bench = Bench::start().await;
    for accept in ["*/*", "application/json"] {
        let answer = Mcp::new(&bench).initialize("2025-06-18", accept).await;
        assert_eq!(
            answer.headers["content-type"], "application/json",
            "{accept}"
        );
        assert_eq!(answer.headers.get("mcp-session-id"), None, "{accept}");
    }
}

#[tokio::test]
async fn what_is_malformed_is_told_in_json_rpc() {
    let bench = Bench::start().await;
    let mcp = Mcp::new(&bench);
    for (body, code, because) in [
        ("{\"jsonrpc\"", -32700, "not JSON"),
        ("[]", -32600, "batches"),
        ("{\"id\": 1}", -32600, "not one JSON-RPC message"),
        (
            r#"{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": 5}}"#,
            -32602,
            "tools/call",
        ),
        (
            r#"{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "search", "arguments": "x"}}"#,
            -32602,
            "tools/call",
        ),
        (
            r#"{"jsonrpc": "2.0", "id": 1, "method": "tools/fetch"}"#,
            -32601,
            "tools/fetch",
        ),
    ] {
        Answer::of(mcp.post("*/*").body(body))
            .await
            .assert_error(code, because);
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let bench = Bench::with(&["--max-request-bytes", "1000"]).await;
    let answer = Answer::of(Mcp::new(&bench).post("*/*").body(vec![b' '; 1001])).await;
    assert_eq!(answer.code, 413);
    answer.assert_error(-32600, "1000 bytes");
}

#[tokio::test]
async fn pages_of_other_origins_and_hosts_are_refused() {
    let bench = Bench::with(&["--allowed-origins", "https://app.example:443"]).await;
    let list = rpc("tools/list", json!({})).to_string();
    for (header, value, code) in [
        ("origin", "https://evil.example", 403),
        ("origin", "https://app.example", 200),
        ("origin", "http://localhost:6274", 200),
        ("host", "evil.example", 403),
    ] {
        let request = Mcp::new(&bench).post("*/*").header(header, value);
        let answer = Answer::of(request.body(list.clone())).await;
        assert_eq!(answer.code, code, "{header}: {value}");
    }
}

#[tokio::test]
async fn browsers_are_told_which_origins_may_use_the_gateway() {
    let bench = Bench::with(&["--allowed-origins", "https://app.example:443"]).await;
    for path in ["/mcp", "/tools/call"] {
        for (origin, allowed) in [
            ("https://app.example", Some("https://app.example")),
            ("https://evil.example", None),
        ] {
            let ask = bench
                .request("OPTIONS", path)
                .header("origin", origin)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "x-api-key,content-type");
            let response = ask.send().await.unwrap();
            let told = response.headers().get("access-control-allow-origin");
            let told = told.map(|value| value.to_str().unwrap());
            assert_eq!(told, allowed, "{path} {origin}");
        }
    }
}

#[tokio::test]
async fn a_key_sees_the_tools_and_prompts_it_can_use() {
    let bench = Bench::start().await;
    let reading = [
        "search",
        "read",
        "search_read",
        "search_count",
        "fields_get",
        "default_get",
    ];
    for (scope, more, prompts) in [
        (
            "*:R",
            vec!["whoami"],
            vec!["explore_model", "summarise_order"],
        ),
        (
            "res.partner:RW",
            vec!["create", "write", "whoami"],
            vec!["explore_model", "fix_record"],
        ),
        (
            "res.partner:RD",
            vec!["unlink", "whoami"],
            vec!["explore_model"],
        ),
    ] {
        let key = bench.key_for(scope).await;
        let mcp = Mcp {
            bench: &bench,
            key: &key,
        };
        let answer = mcp.ask("tools/list", json!({})).await;
        assert_eq!(
            names(&answer.result()["tools"]),
            [&reading[..], &more].concat(),
            "{scope}"
        );
        assert_eq!(answer.result()["cacheScope"], "private");
        let answer = mcp.ask("prompts/list", json!({})).await;
        assert_eq!(names(&answer.result()["prompts"]), prompts, "{scope}");
    }
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn hints_follow_from_what_a_tool_does() {
    let bench = Bench::start().await;
    let answer = Mcp::new(&bench).ask("tools/list", json!({})).await;
    let hints = |name: &str| {
        let tools = answer.result()["tools"].as_array().unwrap();
        let tool = tools.iter().find(|tool| tool["name"] == name).unwrap();
        let hint = |key: &str| tool["annotations"][key].as_bool().unwrap();
        [
            hint("readOnlyHint"),
            hint("destructiveHint"),
            hint("idempotentHint"),
        ]
    };
    assert_eq!(hints("search_read"), [true, false, true]);
    assert_eq!(hints("create"), [false, false, false]);
    assert_eq!(hints("write"), [false, true, true]);
    assert!(hints("unlink")[1]);
}

#[tokio::test]
async fn resources_are_read_under_the_scope() {
    let bench = Bench::start().await;
    let key = bench.key_for("res.partner:RW,sale.*:R").await;
    let mcp = Mcp {
        bench: &bench,
        key: &key,
    };
    let read = async |uri: &str| mcp.ask("resources/read", json!({"uri": uri})).await;
    let content = |answer: &Answer| -> Value {
        let text = answer.result()["contents"][0]["text"].as_str().unwrap();
        serde_json::from_str(text).unwrap()
    };

    let models = content(&read("odoo://models").await);
    let found: Vec<(&str, &str)> = models["models"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["model"].as_str().unwrap(),
                one["permissions"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("res.partner", "RW"),
            ("sale.order", "R"),
            ("sale.order.line", "R")
        ]
    );

    assert_eq!(content(&read("odoo://res.partner/1").await)["id"], 1);
    let fields = content(&read("odoo://sale.order/fields").await);
    assert_eq!(fields["fields"]["partner_id"]["relation"], "res.partner");

    read("odoo://res.partner/999999")
        .await
        .assert_error(-32602, "no record");
    read("odoo://res.users/2")
        .await
        .assert_error(-32602, "may not read `res.users`");
    read("odoo://res.partner")
        .await
        .assert_error(-32602, "no such resource");
}

#[tokio::test]
async fn models_and_fields_are_completed_within_the_scope() {
    let bench = Bench::start().await;
    let key = bench.key_for("sale.*:R").await;
    let mcp = Mcp {
        bench: &bench,
        key: &key,
    };
    let complete = async |argument: Value, context: Value| {
        let reference = json!({"type": "ref/prompt", "name": "explore_model"});
        let params =
            json!({"ref": reference, "argument": argument, "context": {"arguments": context}});
        mcp.ask("completion/complete", params).await.result()["completion"]["values"].clone()
    };
    assert_eq!(
        complete(json!({"name": "model", "value": "sale"}), json!({})).await,
        json!(["sale.order", "sale.order.line"])
    );
    assert_eq!(
        complete(json!({"name": "model", "value": "res.p"}), json!({})).await,
        json!([])
    );
    assert_eq!(
        complete(
            json!({"name": "field", "value": "amount_"}),
            json!({"model": "sale.order"})
        )
        .await[0],
        "amount_tax"
    );
}

#[tokio::test]
async fn a_prompt_says_what_it_lacks() {
    let bench = Bench::start().await;
    let mcp = Mcp::new(&bench);
    let filled = json!({"name": "explore_model", "arguments": {"model": "sale.order"}});
    let answer = mcp.ask("prompts/get", filled).await;
    let text = answer.result()["messages"][0]["content"]["text"]
        .as_str()
        .unwrap();
    assert!(
        text.contains(r#"{"model": "sale.order", "domain": []}"#),
        "{text}"
    );
    let empty = mcp
        .ask("prompts/get", json!({"name": "explore_model"}))
        .await;
    empty.assert_error(-32602, "needs `model`");
    let unknown = mcp
        .ask("prompts/get", json!({"name": "explode_model"}))
        .await;
    unknown.assert_error(-32602, "there are: explore_model");
}

#[tokio::test]
async fn the_prompt_for_orders_names_fields_that_exist() {
    let bench = Bench::start().await;
    let filled = json!({"name": "summarise_order", "arguments": {"order": "S00001"}});
    let answer = Mcp::new(&bench).ask("prompts/get", filled).await;
    let text = answer.result()["messages"][0]["content"]["text"]
        .as_str()
        .unwrap();
    for model in ["sale.order", "sale.order.line"] {
        let (_, after) = text
            .split_once(&format!("{{\"model\": \"{model}\""))
            .unwrap();
        let (_, after) = after.split_once("\"fields\": ").unwrap();
        let end = after.find(']').unwrap();
        let fields: Vec<String> = serde_json::from_str(&after[..=end]).unwrap();
        let known = bench
            .result("fields_get", json!({"model": model, "fields": fields}))
            .await;
        assert_eq!(known["count"], fields.len(), "{model}: {known}");
    }
}

#[tokio::test]
async fn a_client_that_hangs_up_frees_its_slot() {
    let bench = Bench::with(&["--max-calls-per-database", "1"]).await;
    bench
        .call("search_count", json!({"model": "res.partner"}))
        .await;
    bench.sandbox.trouble(Trouble::hang().on("search_count"));
    let params = json!({"name": "search_count", "arguments": {"model": "res.partner"}});
    let stuck = Mcp::new(&bench).request("tools/call", params);
    let sent = stuck.timeout(Duration::from_millis(300)).send().await;
    assert!(sent.unwrap_err().is_timeout());
    let free = bench
        .call("search_count", json!({"model": "res.partner"}))
        .await;
    assert_eq!(free.code, 200, "{free:?}");
}

#[tokio::test]
async fn a_call_that_is_cancelled_in_a_session_frees_its_slot() {
    let bench = Bench::with(&["--max-calls-per-database", "1"]).await;
    let mcp = Mcp::new(&bench);
    let session = mcp.open().await;
    bench.sandbox.trouble(Trouble::hang().on("search_count"));
    let params = json!({"name": "search_count", "arguments": {"model": "res.partner"}});
    let stuck = mcp
        .in_session(&session, &rpc("tools/call", params))
        .send()
        .await
        .unwrap();
    while !bench.methods().contains(&"search_count".to_owned()) {
        tokio::task::yield_now().await;
    }
    let cancel = json!({
        "jsonrpc": "2.0",
        "method": "notifications/cancelled",
        "params": {"requestId": 1},
    });
    assert_eq!(
        Answer::of(mcp.in_session(&session, &cancel)).await.code,
        202
    );
    let free = bench
        .call("search_count", json!({"model": "res.partner"}))
        .await;
    assert_eq!(free.code, 200, "{free:?}");
    drop(stuck);
}

#[tokio::test]
async fn stopping_ends_streams_that_only_listen() {
    let bench = Bench::start().await;
    let mcp = Mcp::new(&bench);
    let session = mcp.open().await;
    let listening = mcp
        .with_key("GET")
        .header("mcp-session-id", &session)
        .header("accept", "text/event-stream")
        .send()
        .await
        .unwrap();
    assert_eq!(listening.status(), 200);
    let (stream, ()) = tokio::join!(listening.text(), bench.stopper.finish());
    assert!(stream.is_ok(), "{stream:?}");
    bench.stopped().await;
}
