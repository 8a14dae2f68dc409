//! Each failure: its word, its HTTP code and its sentence.

use odoo_sandbox::Trouble;
use serde_json::json;

use crate::support::{Bench, Reply};

#[tokio::test]
async fn a_call_without_credentials_says_which_header_to_send() {
    let bench = Bench::start().await;
    let reply = bench.post("/tools/call", json!({"name": "search"})).await;
    reply.assert_error(401, "auth_failed", "`X-API-Key`");
    assert_eq!(reply.headers["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn an_unknown_tool_names_those_that_exist() {
    let bench = Bench::start().await;
    let reply = bench.call("serch", json!({})).await;
    reply.assert_error(404, "tool_not_found", "did you mean `search`?");
    assert!(reply.error().contains("unlink"), "{reply:?}");
}

#[tokio::test]
async fn what_the_scope_does_not_grant_never_reaches_odoo() {
    let bench = Bench::start().await;
    let key = bench.key_for("res.partner:R,sale.order:RW").await;
    let ids = json!([1]);
    for (tool, arguments, because) in [
        ("search", json!({"model": "res.users"}), "`res.users`"),
        (
            "create",
            json!({"model": "res.partner", "values": {}}),
            "needs W",
        ),
        (
            "write",
            json!({"model": "res.partner", "ids": ids, "values": {"name": "x"}}),
            "needs W",
        ),
        (
            "unlink",
            json!({"model": "sale.order", "ids": ids}),
            "needs D; it has RW",
        ),
        (
            "read",
            json!({"model": "res.users", "ids": []}),
            "`res.users`",
        ),
    ] {
        let reply = bench.call_as(&key, tool, arguments).await;
        reply.assert_error(403, "permission_denied", because);
    }
    assert!(bench.sandbox.calls().is_empty());
}

#[tokio::test]
async fn a_scope_that_does_not_follow_the_grammar_is_said_so_with_its_place() {
    let bench = Bench::start().await;
    let claims = crate::support::claims(&bench.sandbox, "res.partner:read");
    let json = json!({
        "url": claims.url, "database": claims.database, "username": claims.username,
        "password": claims.password.reveal(), "scope": claims.scope,
    });
    let header = base64(&json.to_string());
    let request = bench
        .request("POST", "/tools/call")
        .header("X-Auth-Credentials", header);
    Reply::of(request.body("{\"name\": \"search\"}"))
        .await
        .assert_error(400, "scope_invalid", "column 14");
}

#[tokio::test]
async fn odoos_refusals_are_told_in_odoos_words_without_the_traceback() {
    let bench = Bench::start().await;
    for (tool, arguments, because) in [
        ("search", json!({"model": "no.model"}), "no.model"),
        (
            "write",
            json!({"model": "res.partner", "ids": [999_999], "values": {"name": "x"}}),
            "does not exist",
        ),
    ] {
        let reply = bench.call(tool, arguments).await;
        reply.assert_error(422, "odoo_error", because);
        assert!(!reply.error().contains("Traceback"), "{reply:?}");
        assert!(!reply.error().contains('\n'), "{reply:?}");
    }
}

#[tokio::test]
async fn no_such_path_wrong_method_and_too_large_are_json_too() {
    let bench = Bench::with(&["--max-request-bytes", "1000"]).await;
    bench
        .get("/nope")
        .await
        .assert_error(404, "invalid_request", "/tools/call");
    bench
        .get("/tools/call")
        .await
        .assert_error(405, "invalid_request", "takes POST");
    let reply = bench.post("/health", json!({})).await;
    reply.assert_error(405, "invalid_request", "takes GET");
    let large = json!({"name": "search", "arguments": {"model": "x".repeat(2000)}});
    let reply = bench
        .send(&bench.key, "/tools/call", &large.to_string())
        .await;
    reply.assert_error(413, "invalid_request", "1000 bytes");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let bench = Bench::start().await;
    let claims = odoo_keys::Claims {
        url: "http://127.0.0.1:9".to_owned(),
        ..crate::support::claims(&bench.sandbox, "*:R")
    };
    let header = base64(&as_json(&claims).to_string());
    let request = bench
        .request("POST", "/tools/call")
        .header("X-Auth-Credentials", header)
        .body(json!({"name": "search", "arguments": {"model": "res.partner"}}).to_string());
    Reply::of(request)
        .await
        .assert_error(502, "connection_failed", "127.0.0.1:9");
}

#[tokio::test]
async fn what_is_not_odoo_is_said_so() {
    let bench = Bench::start().await;
    bench.sandbox.trouble(Trouble::page(503).for_good());
    let reply = bench.call("search", json!({"model": "res.partner"})).await;
    reply.assert_error(502, "connection_failed", "HTTP 503");
}

#[tokio::test]
async fn always_200_serves_workflows_that_look_at_the_status_in_the_body() {
    let bench = Bench::with(&["--http-error-status", "always-200"]).await;
    let reply = bench.call("serch", json!({})).await;
    reply.assert_error(200, "tool_not_found", "search");
    let reply = bench.post("/tools/call", json!({"name": "search"})).await;
    reply.assert_error(200, "auth_failed", "X-API-Key");
    // The Python project answers real codes here.
    let reply = bench.post("/auth/validate", json!({"api_key": "x"})).await;
    reply.assert_error(401, "auth_failed", "api_key");
}

fn as_json(claims: &odoo_keys::Claims) -> serde_json::Value {
    json!({
        "url": claims.url, "database": claims.database, "username": claims.username,
        "password": claims.password.reveal(), "scope": claims.scope,
    })
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}
