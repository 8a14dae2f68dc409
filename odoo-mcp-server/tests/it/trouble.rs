//! When Odoo is slow, gone or at odds with the key.

use std::time::Duration;

use futures_util::future::join_all;
use odoo_sandbox::{Sandbox, Trouble};
use serde_json::json;

use crate::support::Bench;

#[tokio::test]
async fn a_hundred_and_sixty_six_calls_at_once_are_all_answered_with_one_login() {
    let bench = Bench::with(&["--max-calls-per-database", "4"]).await;
    let calls = (0..166).map(|_| bench.call("search_count", json!({"model": "res.partner"})));
    for reply in join_all(calls).await {
        assert_eq!(reply.code, 200, "{reply:?}");
    }
    let logins = bench
        .methods()
        .iter()
        .filter(|method| *method == "authenticate")
        .count();
    assert_eq!(logins, 1);
}

#[tokio::test]
async fn a_slow_database_does_not_hold_up_another() {
    let slow = Sandbox::start().await.unwrap();
    let bench = Bench::with(&[
        "--max-calls-per-database",
        "2",
        "--odoo-read-timeout-seconds",
        "1",
    ])
    .await;
    slow.trouble(Trouble::hang().for_good());
    let claims = crate::support::claims(&slow, "*:R");
    let order = json!({
        "url": claims.url, "database": claims.database, "username": claims.username,
        "password": claims.password.reveal(), "scope": "*:R",
    });
    let slow_key = bench.post("/auth/generate", order).await.body["api_key"].clone();
    let slow_key = slow_key.as_str().unwrap();
    let stuck = join_all(
        (0..6).map(|_| bench.call_as(slow_key, "search_count", json!({"model": "res.partner"}))),
    );
    let quick = async {
        let mut answered = 0;
        for _ in 0..20 {
            answered += u32::from(
                bench
                    .call("search_count", json!({"model": "res.partner"}))
                    .await
                    .code
                    == 200,
            );
        }
        answered
    };
    tokio::select! {
        biased;
        _ = stuck => panic!("the hanging calls were answered first"),
        answered = quick => assert_eq!(answered, 20),
    }
}

#[tokio::test]
async fn more_calls_than_may_wait_are_told_to_come_later() {
    let flags = ["--max-calls-per-database", "1", "--max-waiting-calls", "1"];
    let bench = Bench::with(&flags).await;
    bench
        .sandbox
        .trouble(Trouble::delay(Duration::from_millis(300)).on("search_count"));
    let calls = (0..5).map(|_| bench.call("search_count", json!({"model": "res.partner"})));
    let replies = join_all(calls).await;
    let refused: Vec<_> = replies.iter().filter(|reply| reply.code != 200).collect();
    assert_eq!(refused.len(), 3, "{replies:?}");
    for reply in refused {
        reply.assert_error(503, "connection_failed", "send fewer calls at a time");
        assert!(reply.headers.contains_key("retry-after"));
    }
}

#[tokio::test]
async fn silence_is_a_time_out() {
    let bench = Bench::with(&["--odoo-read-timeout-seconds", "1"]).await;
    bench.sandbox.trouble(Trouble::hang().on("search_count"));
    let reply = bench
        .call("search_count", json!({"model": "res.partner"}))
        .await;
    reply.assert_error(504, "connection_failed", "no complete answer");
    assert!(
        !reply.error().contains("not known whether"),
        "reading changes nothing: {reply:?}"
    );
}

#[tokio::test]
async fn after_a_write_that_got_no_answer_the_caller_is_told_to_look() {
    let bench = Bench::with(&["--odoo-read-timeout-seconds", "1"]).await;
    let values = json!({"model": "res.partner", "values": {"name": "Once"}});
    for (trouble, code) in [
        (Trouble::hang(), 504),
        (Trouble::disconnect(), 502),
        (Trouble::cut_off(), 502),
    ] {
        bench.sandbox.trouble(trouble.on("create").after_the_work());
        let reply = bench.call("create", values.clone()).await;
        reply.assert_error(code, "connection_failed", "not known whether Odoo did it");
    }
    let domain = json!([["name", "=", "Once"]]);
    let count = bench
        .result(
            "search_count",
            json!({"model": "res.partner", "domain": domain}),
        )
        .await;
    assert_eq!(count["count"], 3, "each was done once, and none sent twice");
}

#[tokio::test]
async fn a_password_that_was_changed_ends_the_session() {
    let bench = Bench::start().await;
    assert_eq!(
        bench
            .call("search_count", json!({"model": "res.partner"}))
            .await
            .code,
        200
    );
    bench
        .sandbox
        .trouble(Trouble::fault(3, "Access Denied").on("search_count"));
    let reply = bench
        .call("search_count", json!({"model": "res.partner"}))
        .await;
    reply.assert_error(401, "auth_failed", "make a new key");
    // The next call signs in again, and works.
    assert_eq!(
        bench
            .call("search_count", json!({"model": "res.partner"}))
            .await
            .code,
        200
    );
    let logins = bench
        .methods()
        .iter()
        .filter(|method| *method == "authenticate")
        .count();
    assert_eq!(logins, 2);
}

#[tokio::test]
async fn odoos_own_access_rules_are_odoos_error() {
    let bench = Bench::start().await;
    let demo = bench.sandbox.demo();
    let order = json!({
        "url": bench.sandbox.url(), "database": bench.sandbox.database(),
        "username": demo.username(), "password": demo.password().reveal(),
        "scope": "*:RWD,res.users:RWD",
    });
    let key = bench.post("/auth/generate", order).await.body["api_key"].clone();
    let arguments = json!({"model": "res.users", "values": {"name": "Eve", "login": "eve"}});
    let reply = bench
        .call_as(key.as_str().unwrap(), "create", arguments)
        .await;
    assert_eq!(
        (reply.code, &reply.body["status"]),
        (422, &json!("odoo_error")),
        "{reply:?}"
    );
}

#[tokio::test]
async fn an_answer_that_is_too_large_says_what_to_do() {
    let bench = Bench::with(&["--max-response-bytes", "100000"]).await;
    bench
        .sandbox
        .trouble(Trouble::huge(1_000_000).on("search_read"));
    let reply = bench
        .call("search_read", json!({"model": "res.partner"}))
        .await;
    reply.assert_error(502, "connection_failed", "fewer records or fields");
}
