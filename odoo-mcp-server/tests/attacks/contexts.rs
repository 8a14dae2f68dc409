//! The context, in which values hide, and keys that change what Odoo does.

use serde_json::{Value, json};

use crate::attack::{Attack, attack};

const PARTNERS: &str = "res.partner:RW";

pub(crate) fn rows() -> Vec<Attack> {
    let mut rows = defaults();
    rows.extend(keys());
    rows
}

fn create(what: &'static str, context: Value) -> Attack {
    attack(
        what,
        PARTNERS,
        "create",
        json!({"model": "res.partner", "values": {"name": "$mark new"}, "context": context}),
    )
}

fn defaults() -> Vec<Attack> {
    let user = |what, context| {
        create(what, context)
            .denied("`res.users`, which this key may not write")
            .keeps("res.users", json!([["id", "=", "$user"]]), &["partner_id"])
            .allowed_by("res.partner:RW,res.users:W")
    };
    vec![
        user(
            "A default is a command (4)",
            json!({"default_user_ids": [[4, "$user"]]}),
        ),
        create(
            "A default creates a user (0)",
            json!({"default_user_ids": [[0, 0, {"login": "$mark new", "name": "$mark new"}]]}),
        )
        .denied("`context.default_user_ids[0]` reaches `res.users`")
        .keeps(
            "res.users",
            json!([["login", "=", "$mark new"]]),
            &["login"],
        )
        .allowed_by("res.partner:RW,res.users:W"),
        user(
            "A default with commands two deep",
            json!({"default_child_ids": [[0, 0, {"name": "$mark b", "user_ids": [[4, "$user"]]}]]}),
        ),
        attack(
            "A default for what a command creates",
            PARTNERS,
            "write",
            json!({"model": "res.partner", "ids": ["$other"],
                "values": {"child_ids": [[0, 0, {"name": "$mark new"}]]},
                "context": {"default_country_id": "$country"}}),
        )
        .denied("`res.country`")
        .keeps(
            "res.partner",
            json!([["parent_id", "=", "$other"]]),
            &["name"],
        )
        .allowed_by("res.partner:RW,res.country:R"),
        attack(
            "A default for the lines of an order",
            "sale.order:RW,sale.order.line:RW,res.partner:R",
            "create",
            json!({"model": "sale.order",
                "values": {"partner_id": "$partner", "order_line": [[0, 0, {"name": "$mark"}]]},
                "context": {"default_product_id": "$product"}}),
        )
        .invalid("default_product_id")
        .keeps(
            "sale.order",
            json!([["partner_id", "=", "$partner"]]),
            &["name"],
        ),
        create(
            "A default as JSON text",
            json!({"default_user_ids": r#"[[4, $user]]"#}),
        )
        .invalid("context.default_user_ids")
        .keeps("res.users", json!([["id", "=", "$user"]]), &["partner_id"]),
        create(
            "A default of a field that the model does not have",
            json!({"default_login": "$mark"}),
        )
        .invalid("default_login")
        .keeps(
            "res.partner",
            json!([["name", "=", "$mark new"]]),
            &["name"],
        ),
        create(
            "A default in the context that is JSON text",
            json!(r#"{"default_user_ids": [[4, $user]]}"#),
        )
        .denied("`res.users`, which this key may not write")
        .keeps("res.users", json!([["id", "=", "$user"]]), &["partner_id"])
        .allowed_by("res.partner:RW,res.users:W"),
    ]
}

/// Keys that no scope allows; an operator can.
fn keys() -> Vec<Attack> {
    let writing = |what, context: Value, says| {
        attack(
            what,
            "*:RWD",
            "write",
            json!({"model": "res.partner", "ids": ["$other"], "values": {"name": "$mark changed"},
                "context": context}),
        )
        .denied(says)
        .keeps("res.partner", json!([["id", "=", "$other"]]), &["name"])
    };
    let searching = |what, context: Value, says| {
        attack(
            what,
            "*:RWD",
            "search",
            json!({"model": "res.partner", "domain": [["id", "=", "$other"]], "context": context}),
        )
        .invalid(says)
        .hides(json!("$other"))
    };
    vec![
        writing("Another user's id", json!({"uid": 1}), "uid"),
        writing("The superuser's rights", json!({"su": true}), "su"),
        writing("Another company", json!({"force_company": 1}), "force_company"),
        writing("A change without a trace", json!({"tracking_disable": true}), "tracking_disable"),
        writing("A change that is not tracked", json!({"mail_notrack": true}), "mail_notrack"),
        writing("A record without a log", json!({"mail_create_nolog": true}), "mail_create_nolog"),
        writing("Followers left out", json!({"mail_create_nosubscribe": true}), "mail_create_nosubscribe"),
        writing("Checks left out", json!({"install_mode": true}), "install_mode"),
        writing("Users who are not told", json!({"no_reset_password": true}), "no_reset_password"),
        writing(
            "The records of a wizard",
            json!({"active_model": "res.users", "active_ids": [1]}),
            "active_",
        ),
        writing("A key that nobody knows", json!({"some_module_s_switch": 1}), "some_module_s_switch"),
        searching("SQL in the language", json!({"lang": "en_US' OR 1=1 --"}), "context.lang"),
        searching("A list in the place of the language", json!({"lang": ["en_US"]}), "context.lang"),
        searching("An object in the place of the time zone", json!({"tz": {"a": 1}}), "context.tz"),
        searching("A text for `active_test`", json!({"active_test": "x"}), "context.active_test"),
        searching("A list for `bin_size`", json!({"bin_size": [1]}), "context.bin_size"),
        searching(
            "A text for the companies",
            json!({"allowed_company_ids": "1"}),
            "context.allowed_company_ids",
        ),
        attack(
            "Customers shown in the names of orders",
            "sale.order:R",
            "read",
            json!({"model": "sale.order", "ids": ["$order"], "fields": ["display_name"],
                "context": {"sale_show_partner_name": true}}),
        )
        .denied("sale_show_partner_name")
        .hides(json!("$mark partner")),
        attack(
            "Orders found by the names of customers",
            "sale.order:R",
            "search",
            json!({"model": "sale.order", "domain": [["display_name", "ilike", "$mark partner"], ["id", "=", "$order"]],
                "context": {"sale_show_partner_name": true}}),
        )
        .denied("sale_show_partner_name")
        .hides(json!("$order")),
    ]
}
