//! The way in over MCP: generations, credentials, sessions, malformed messages, hanging up and stopping.

use std::time::Duration;

use odoo_sandbox::Trouble;
use serde_json::json;

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
