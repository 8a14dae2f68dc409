//! Everything that the README of the Python project promises over REST, in its order.

use serde_json::{Value, json};

use crate::support::{Bench, Reply};

/// "POST your Odoo credentials to /auth/generate", then call with the key: its own examples.
#[tokio::test]
async fn usage_with_n8n() {
    let bench = Bench::start().await;
    let admin = bench.sandbox.admin();
    let generated = bench
        .post(
            "/auth/generate",
            json!({
                "url": bench.sandbox.url(),
                "database": bench.sandbox.database(),
                "username": admin.username(),
                "password": admin.password().reveal(),
                "scope": "res.partner:RWD,sale.order:RW,product.product:R,*:R",
            }),
        )
        .await;
    assert_eq!(generated.code, 200);
    assert_eq!(generated.body["expires"], Value::Null);
    assert_eq!(generated.body["user"], "admin");
    let key = generated.body["api_key"].as_str().unwrap();

    let request = bench
        .request("POST", "/tools/call")
        .header("X-API-Key", key)
        .header("Content-Type", "application/json")
        .body(r#"{"name": "search", "arguments": {"model": "res.partner", "limit": 10}}"#);
    let reply = Reply::of(request).await;
    assert_eq!(reply.code, 200);
    assert_eq!(reply.body["result"]["ids"].as_array().unwrap().len(), 10);
    assert_eq!(reply.body["result"]["count"], 10);
    assert_eq!(reply.body["result"]["model"], "res.partner");
}

/// "Available Tools": nine, and the permission that each requires.
#[tokio::test]
async fn each_tool_requires_its_letter() {
    let bench = Bench::start().await;
    for (tool, letter, arguments) in [
        ("search", "R", json!({})),
        ("read", "R", json!({"ids": [9]})),
        ("search_read", "R", json!({})),
        ("search_count", "R", json!({})),
        ("fields_get", "R", json!({})),
        ("default_get", "R", json!({"fields": ["active"]})),
        ("create", "W", json!({"values": {"name": "x"}})),
        (
            "write",
            "W",
            json!({"ids": [9], "values": {"comment": "x"}}),
        ),
        ("unlink", "D", json!({"ids": [9]})),
    ] {
        let mut arguments = arguments;
        arguments["model"] = json!("res.partner");
        for granted in ["R", "W", "D"] {
            let key = bench.key_for(&format!("res.partner:{granted}")).await;
            let reply = bench.call_as(&key, tool, arguments.clone()).await;
            let denied = reply.body["status"] == "permission_denied";
            assert_eq!(
                denied,
                granted != letter,
                "{tool} with {granted}: {reply:?}"
            );
        }
    }
}

/// "Scope Format": a model's own entry beats the wildcard.
#[tokio::test]
async fn scopes_mean_what_they_say() {
    let bench = Bench::start().await;
    let write = json!({"ids": [1], "values": {"name": "x"}});
    for (scope, model, tool, allowed) in [
        ("res.partner:RWD", "res.partner", "unlink", true),
        ("sale.order:RW", "sale.order", "write", true),
        ("sale.order:RW", "sale.order", "unlink", false),
        ("product.product:R", "product.product", "write", false),
        ("*:R", "res.country", "search", true),
        ("*:R", "res.country", "write", false),
        (
            "res.partner:RWD,sale.order:RWD,*:R",
            "product.product",
            "write",
            false,
        ),
        ("*:RWD,res.users:", "res.users", "search", false),
    ] {
        let key = bench.key_for(scope).await;
        let mut arguments = if tool == "search" {
            json!({})
        } else {
            write.clone()
        };
        if tool == "unlink" {
            arguments = json!({"ids": [1]});
        }
        arguments["model"] = json!(model);
        let reply = bench.call_as(&key, tool, arguments).await;
        assert_eq!(
            reply.body["status"] != "permission_denied",
            allowed,
            "{scope} {tool}: {reply:?}"
        );
    }
}

/// "Health Check" and "List Tools".
#[tokio::test]
async fn health_and_tool_list() {
    let bench = Bench::start().await;
    bench
        .call("search_count", json!({"model": "res.partner"}))
        .await;
    let health = bench.get("/health").await;
    assert_eq!(health.body["status"], "healthy");
    assert_eq!(health.body["version"], env!("CARGO_PKG_VERSION"));
    let pool = &health.body["pool"];
    assert_eq!(
        (
            &pool["total_connections"],
            &pool["expired_connections"],
            &pool["active_connections"],
            &pool["ttl_minutes"]
        ),
        (&json!(1), &json!(0), &json!(1), &json!(60))
    );
    let root = bench.get("/").await;
    assert_eq!(root.body["status"], "running");
    assert_eq!(root.body["transport"], "http_streamable");

    let list = bench.post("/tools/list", Value::Null).await;
    assert_eq!(bench.get("/tools/list").await.body, list.body);
    let names: Vec<&str> = list.body["tools"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tool| tool["name"].as_str().unwrap())
        .collect();
    for tool in [
        "search",
        "read",
        "search_read",
        "search_count",
        "fields_get",
        "default_get",
        "create",
        "write",
        "unlink",
    ] {
        assert!(names.contains(&tool), "{tool}");
    }
    for tool in list.body["tools"].as_array().unwrap() {
        assert!(
            tool["description"].is_string() && tool["inputSchema"].is_object(),
            "{tool}"
        );
    }
}

/// "Multi-tenant": different users, different Odoo instances, same server.
#[tokio::test]
async fn tenants_do_not_meet() {
    let bench = Bench::start().await;
    let other = odoo_sandbox::Sandbox::start().await.unwrap();
    let claims = crate::support::claims(&other, "*:RWD");
    let order = json!({
        "url": claims.url, "database": claims.database, "username": claims.username,
        "password": claims.password.reveal(), "scope": claims.scope,
    });
    let other_key = bench.post("/auth/generate", order).await.body["api_key"].clone();
    let values = json!({"model": "res.partner", "values": {"name": "Only there"}});
    assert_eq!(
        bench
            .call_as(other_key.as_str().unwrap(), "create", values)
            .await
            .code,
        200
    );
    let search = json!({"model": "res.partner", "domain": [["name", "=", "Only there"]]});
    assert_eq!(
        bench.result("search_count", search.clone()).await["count"],
        0
    );
    let there = bench
        .call_as(other_key.as_str().unwrap(), "search_count", search)
        .await;
    assert_eq!(there.body["result"]["count"], 1);
}

/// "Connection pooling": the second call does not sign in again, whatever the scope of the key.
#[tokio::test]
async fn sessions_are_kept() {
    let bench = Bench::start().await;
    for scope in ["*:R", "res.partner:R"] {
        let key = bench.key_for(scope).await;
        for _ in 0..2 {
            bench
                .call_as(&key, "search_count", json!({"model": "res.partner"}))
                .await;
        }
    }
    assert_eq!(
        bench
            .methods()
            .iter()
            .filter(|method| *method == "authenticate")
            .count(),
        1
    );
}
