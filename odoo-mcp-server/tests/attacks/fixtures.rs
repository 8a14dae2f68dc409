//! The records that templates name.

use serde_json::{Value, json};

/// Where a named record comes from.
pub(crate) enum Fixture {
    /// It is created: (model, values).
    New(&'static str, Value),
    /// It stands in a field of another: (name, model, field).
    Field(&'static str, &'static str, &'static str),
    /// It is there already, and stays as it is: (model, domain).
    Found(&'static str, Value),
}

/// Returns the record that `$name` stands for.
pub(crate) fn fixture(name: &str) -> Fixture {
    use Fixture::{Field, Found, New};
    let partner = "res.partner";
    match name {
        "partner" => New(
            partner,
            json!({
                "name": "$mark partner", "phone": "+32 2 290 34 90", "is_company": true,
                "country_id": "$country", "category_id": [[4, "$tag"]], "comment": "$mark comment",
            }),
        ),
        "other" => New(partner, json!({"name": "$mark other"})),
        "child" => New(
            partner,
            json!({"name": "$mark child", "parent_id": "$partner"}),
        ),
        "user" => New(
            "res.users",
            json!({"name": "$mark user", "login": "$mark", "signature": "<p>Regards</p>"}),
        ),
        "user_partner" => Field("user", "res.users", "partner_id"),
        "tag" => New("res.partner.category", json!({"name": "$mark tag"})),
        "free_tag" => New("res.partner.category", json!({"name": "$mark free tag"})),
        "country" => Found("res.country", json!([["code", "=", "BE"]])),
        "company" => Found("res.company", json!([["id", "=", 1]])),
        "product" => New("product.product", json!({"name": "$mark product"})),
        "template" => Field("product", "product.product", "product_tmpl_id"),
        "order" => New("sale.order", json!({"partner_id": "$partner"})),
        "line" => New(
            "sale.order.line",
            json!({"order_id": "$order", "product_id": "$product"}),
        ),
        "second_line" => New(
            "sale.order.line",
            json!({"order_id": "$order", "product_id": "$product"}),
        ),
        "bank" => New(
            "res.partner.bank",
            json!({"partner_id": "$partner", "acc_number": "$mark"}),
        ),
        "house" => New("res.bank", json!({"name": "$mark house"})),
        "banked" => New(
            "res.partner.bank",
            json!({"partner_id": "$partner", "acc_number": "$mark", "bank_id": "$house"}),
        ),
        "attachment" => New(
            "ir.attachment",
            json!({"name": "$mark file", "res_model": partner, "res_id": "$partner"}),
        ),
        "loose_file" => New("ir.attachment", json!({"name": "$mark file"})),
        "activity_type" => Found("mail.activity.type", json!([])),
        "message" => New(
            "mail.message",
            json!({"body": "$mark message", "model": partner, "res_id": "$partner"}),
        ),
        "team" => New("crm.team", json!({"name": "$mark team"})),
        "lead" => New(
            "crm.lead",
            json!({"name": "$mark lead", "team_id": "$team"}),
        ),
        "analytic" => Found("account.analytic.account", json!([])),
        "analytic_name" => Field("analytic", "account.analytic.account", "name"),
        "distributed_line" => New(
            "sale.order.line",
            json!({
                "order_id": "$order", "product_id": "$product",
                "analytic_distribution": {"$analytic": 100},
            }),
        ),
        other => power(other),
    }
}

/// The records that give code or rights.
fn power(name: &str) -> Fixture {
    use Fixture::{Found, New};
    match name {
        "partner_model" => Found("ir.model", json!([["model", "=", "res.partner"]])),
        "action" => New(
            "ir.actions.server",
            json!({"name": "$mark action", "model_id": "$partner_model", "state": "code", "code": "pass"}),
        ),
        "cron" => New(
            "ir.cron",
            json!({
                "name": "$mark cron", "model_id": "$partner_model", "state": "code", "code": "pass",
                "active": false, "interval_number": 9, "interval_type": "months",
            }),
        ),
        "window" => New(
            "ir.actions.act_window",
            json!({"name": "$mark window", "res_model": "res.partner"}),
        ),
        "client_action" => New(
            "ir.actions.client",
            json!({"name": "$mark client", "tag": "reload"}),
        ),
        "rule" => New(
            "ir.rule",
            json!({"name": "$mark rule", "model_id": "$partner_model", "active": false}),
        ),
        "access" => New(
            "ir.model.access",
            json!({"name": "$mark access", "model_id": "$partner_model", "active": false}),
        ),
        "parameter" => New(
            "ir.config_parameter",
            json!({"key": "$mark", "value": "$mark secret"}),
        ),
        "group" => New("res.groups", json!({"name": "$mark group"})),
        "view" => New(
            "ir.ui.view",
            json!({"name": "$mark view", "type": "qweb", "arch": "<p/>", "active": false}),
        ),
        "asset" => New(
            "ir.asset",
            json!({"name": "$mark asset", "bundle": "none.at_all", "path": "x.js", "active": false}),
        ),
        "mail_server" => New(
            "ir.mail_server",
            json!({"name": "$mark server", "smtp_host": "localhost", "active": false}),
        ),
        "inbox" => New(
            "fetchmail.server",
            json!({"name": "$mark inbox", "active": false}),
        ),
        "mail_template" => New(
            "mail.template",
            json!({"name": "$mark template", "model_id": "$partner_model"}),
        ),
        "external_id" => New(
            "ir.model.data",
            json!({"name": "$mark", "module": "attacks", "model": "res.partner", "res_id": "$partner"}),
        ),
        "filter" => New(
            "ir.filters",
            json!({"name": "$mark filter", "model_id": "res.partner"}),
        ),
        other => panic!("no fixture is called `{other}`"),
    }
}
