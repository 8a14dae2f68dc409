//! What Odoo refuses is told in its words, and on one line.

use serde_json::json;

use crate::support::Live;

#[tokio::test]
async fn each_refusal_is_odoos_error() {
    let live = Live::start().await;
    for (tool, arguments, because) in [
        ("search", json!({"model": "no.such.model"}), "no.such.model"),
        (
            "search",
            json!({"model": "res.partner", "domain": [["no_such_field", "=", 1]]}),
            "no_such_field",
        ),
        (
            "search_read",
            json!({"model": "res.partner", "fields": ["no_such_field"]}),
            "no_such_field",
        ),
        (
            "search",
            json!({"model": "res.partner", "order": "no_such_field"}),
            "no_such_field",
        ),
        (
            "create",
            json!({"model": "res.partner", "values": {"no_such_field": 1}}),
            "no_such_field",
        ),
        (
            "write",
            json!({"model": "res.partner", "ids": [987_654_321], "values": {"name": "x"}}),
            "does not exist",
        ),
    ] {
        let reply = live.call(tool, arguments).await;
        reply.assert_error(422, "odoo_error", because);
    }
}

#[tokio::test]
async fn odoos_own_access_rules_hold() {
    let live = Live::start().await;
    let mut order = live.odoo.order("*:RWD");
    order["username"] = json!("demo");
    order["password"] = json!("demo");
    let key = live.make_key(order).await;
    let values = json!({"name": "Eve", "login": "eve"});
    let reply = live
        .call_as(
            &key,
            "create",
            json!({"model": "res.users", "values": values}),
        )
        .await;
    reply.assert_error(422, "odoo_error", "not allowed");
}
