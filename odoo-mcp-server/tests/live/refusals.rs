//! What Odoo refuses is told in its words, on one line; what it would refuse anyway, it is not asked.

use serde_json::json;

use crate::support::Live;

#[tokio::test]
async fn each_refusal_is_odoos_error() {
    let live = Live::start().await;
    for (tool, arguments, because) in [
        ("search", json!({"model": "no.such.model"}), "no.such.model"),
        (
            "write",
            json!({"model": "res.partner", "ids": [987_654_321], "values": {"name": "x"}}),
            "does not exist",
        ),
        (
            "create",
            json!({"model": "res.country", "values": {"name": "Belgium again", "code": "BE"}}),
            "country",
        ),
    ] {
        let reply = live.call(tool, arguments).await;
        reply.assert_error(422, "odoo_error", because);
    }
}

#[tokio::test]
async fn a_field_that_does_not_exist_is_named() {
    let live = Live::start().await;
    for (tool, arguments) in [
        ("search", json!({"domain": [["no_such_field", "=", 1]]})),
        ("search", json!({"order": "no_such_field"})),
        ("search_read", json!({"fields": ["no_such_field"]})),
        ("create", json!({"values": {"no_such_field": 1}})),
    ] {
        let mut arguments = arguments;
        arguments["model"] = json!("res.partner");
        let reply = live.call(tool, arguments).await;
        reply.assert_error(400, "invalid_request", "no_such_field");
    }
}

#[tokio::test]
async fn odoos_own_access_rules_hold() {
    let live = Live::start().await;
    let mut order = live.odoo.order("*:RWD");
    order["username"] = json!("demo");
    order["password"] = json!("demo");
    let key = live.make_key(order).await;
    // The code is taken: with or without the right to, nothing is created.
    let arguments = json!({"model": "res.country", "values": {"name": "Eve", "code": "BE"}});
    let reply = live.call_as(&key, "create", arguments).await;
    reply.assert_error(422, "odoo_error", "not allowed");
}
