//! Keys that sign in, keys that do not, and keys to several databases.

use serde_json::json;

use crate::support::{Live, unique};

#[tokio::test]
async fn a_key_can_be_verified_while_it_is_made() {
    let live = Live::start().await;
    let mut order = live.odoo.order("*:R");
    order["verify"] = json!(true);
    assert_eq!(live.post("/auth/generate", "", &order).await.code, 200);

    let mut wrong = order.clone();
    wrong["password"] = json!("swordfish");
    live.post("/auth/generate", "", &wrong).await.assert_error(
        401,
        "auth_failed",
        "user name or password",
    );

    let mut nowhere = order;
    nowhere["database"] = json!("no_such_database");
    let reply = live.post("/auth/generate", "", &nowhere).await;
    reply.assert_error(401, "auth_failed", "no database `no_such_database`");
}

#[tokio::test]
async fn a_key_with_a_wrong_password_fails_at_its_first_call() {
    let live = Live::start().await;
    let mut order = live.odoo.order("*:R");
    order["password"] = json!("swordfish");
    let key = live.make_key(order).await;
    let reply = live
        .call_as(&key, "search_count", json!({"model": "res.partner"}))
        .await;
    reply.assert_error(401, "auth_failed", "user name or password");
}

#[tokio::test]
async fn what_is_written_in_one_database_is_not_in_the_other() {
    let live = Live::start().await;
    let Some(second) = &live.odoo.second_database else {
        return;
    };
    let mut order = live.odoo.order("*:R");
    order["database"] = json!(second);
    let key = live.make_key(order).await;
    let name = unique("Here");
    let id = live.partner(json!({"name": name})).await;
    let count = json!({"model": "res.partner", "domain": [["name", "=", name]]});
    let there = live.call_as(&key, "search_count", count.clone()).await;
    assert_eq!(there.body["result"]["count"], 0, "{there:?}");
    assert_eq!(live.result("search_count", count).await["count"], 1);
    live.remove("res.partner", json!([id])).await;
}

#[tokio::test]
async fn a_scope_limits_the_administrator_too() {
    let live = Live::start().await;
    let key = live
        .make_key(live.odoo.order("res.partner:R,res.country:RW"))
        .await;
    for (tool, arguments, because) in [
        (
            "create",
            json!({"model": "res.partner", "values": {"name": "x"}}),
            "needs W",
        ),
        (
            "unlink",
            json!({"model": "res.country", "ids": [1]}),
            "needs D",
        ),
        ("search", json!({"model": "res.users"}), "`res.users`"),
    ] {
        live.call_as(&key, tool, arguments)
            .await
            .assert_error(403, "permission_denied", because);
    }
    assert_eq!(
        live.call_as(&key, "search", json!({"model": "res.partner"}))
            .await
            .code,
        200
    );
}
