//! Values that point to other records, or are in truth theirs.

use serde_json::{Value, json};

use crate::attack::Attack;
use crate::commands::{by_id, create, write};

const PARTNERS: &str = "res.partner:RW";

pub(crate) fn rows() -> Vec<Attack> {
    [links(), through(), documents(), definitions()]
        .into_iter()
        .flatten()
        .collect()
}

fn links() -> Vec<Attack> {
    vec![
        write(
            "Pointing to a record whose name then shows",
            PARTNERS,
            "res.partner",
            "$other",
            json!({"country_id": "$country"}),
        )
        .denied("`res.country`, which this key may not read")
        .keeps("res.partner", by_id("$other"), &["country_id"])
        .allowed_by("res.partner:RW,res.country:R"),
        create(
            "A bank account for somebody else's contact",
            "res.partner.bank:RW",
            "res.partner.bank",
            json!({"partner_id": "$other", "acc_number": "$mark new"}),
        )
        .denied("`res.partner`, which this key may not read")
        .needs("res.partner.bank", "acc_number")
        .keeps(
            "res.partner.bank",
            json!([["partner_id", "=", "$other"]]),
            &["acc_number"],
        )
        .allowed_by("res.partner.bank:RW,res.partner:R"),
        create(
            "A reference which names its model",
            "ir.ui.menu:RW",
            "ir.ui.menu",
            json!({"name": "$mark menu", "action": "ir.actions.server,$action"}),
        )
        .denied("`ir.actions.server`, which this key may not read")
        .keeps(
            "ir.ui.menu",
            json!([["name", "=", "$mark menu"]]),
            &["name"],
        )
        .allowed_by("ir.ui.menu:RW,ir.actions.server:R"),
        create(
            "An id whose model stands in a field beside it",
            "ir.attachment:RW",
            "ir.attachment",
            json!({"name": "$mark file", "res_model": "res.users", "res_id": "$user"}),
        )
        .denied("`res.users`")
        .keeps(
            "ir.attachment",
            json!([["res_model", "=", "res.users"], ["res_id", "=", "$user"]]),
            &["name"],
        )
        .needs("ir.attachment", "res_model")
        .allowed_by("ir.attachment:RW,res.users:RW"),
        write(
            "A model's name without the id",
            "ir.attachment:RW",
            "ir.attachment",
            "$loose_file",
            json!({"res_model": "res.users"}),
        )
        .denied("`res.users`")
        .keeps("ir.attachment", by_id("$loose_file"), &["res_model"])
        .allowed_by("ir.attachment:RW,res.users:RW"),
        create(
            "An id whose model a record names",
            "mail.activity:RW,ir.model:R,mail.activity.type:R",
            "mail.activity",
            json!({
                "summary": "$mark activity", "res_model_id": "$partner_model", "res_id": "$other",
                "activity_type_id": "$activity_type",
            }),
        )
        .denied("res_id")
        .needs("mail.activity", "summary")
        .keeps(
            "mail.activity",
            json!([["summary", "=", "$mark activity"]]),
            &["summary"],
        )
        .allowed_by("*:RW"),
        write(
            "A JSON field whose keys are ids",
            "sale.order.line:RW",
            "sale.order.line",
            "$line",
            json!({"analytic_distribution": {"$analytic": 100}}),
        )
        .denied("`account.analytic.account`")
        .needs("sale.order.line", "analytic_distribution")
        .since(16)
        .keeps(
            "sale.order.line",
            by_id("$line"),
            &["analytic_distribution"],
        )
        .allowed_by("sale.order.line:RW,account.analytic.account:R"),
    ]
}

/// Fields that are another model's.
fn through() -> Vec<Attack> {
    vec![
        write(
            "A field inherited from contacts",
            "res.users:RW",
            "res.users",
            "$user",
            json!({"name": "$mark changed"}),
        )
        .denied("`res.partner`, which this key may not write")
        .keeps("res.partner", by_id("$user_partner"), &["name"])
        .allowed_by("res.users:RW,res.partner:W"),
        create(
            "A user brings a contact along",
            "res.users:RW",
            "res.users",
            json!({"name": "$mark new", "login": "$mark new"}),
        )
        .denied("`res.partner`, which this key may not write")
        .keeps(
            "res.partner",
            json!([["name", "=", "$mark new"]]),
            &["name"],
        )
        .allowed_by("res.users:RW,res.partner:W"),
        write(
            "A field inherited from templates",
            "product.product:RW",
            "product.product",
            "$product",
            json!({"name": "$mark changed"}),
        )
        .denied("`product.template`, which this key may not write")
        .keeps("product.template", by_id("$template"), &["name"])
        .allowed_by("product.product:RW,product.template:RW"),
        create(
            "A product brings a template along",
            "product.product:RW",
            "product.product",
            json!({"name": "$mark new"}),
        )
        .denied("`product.template`, which this key may not write")
        .keeps(
            "product.template",
            json!([["name", "=", "$mark new"]]),
            &["name"],
        )
        .allowed_by("product.product:RW,product.template:RW"),
        write(
            "A related field",
            "res.partner.bank:RW",
            "res.partner.bank",
            "$banked",
            json!({"bank_name": "$mark changed"}),
        )
        .denied("`res.bank`, which this key may not write")
        .keeps("res.bank", by_id("$house"), &["name"])
        .allowed_by("res.partner.bank:RW,res.bank:W"),
    ]
}

/// What hangs on a record: messages, followers, files.
fn documents() -> Vec<Attack> {
    // The smallest picture there is.
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    vec![
        write(
            "A message in another's name",
            PARTNERS,
            "res.partner",
            "$partner",
            json!({"message_ids": [[0, 0, {"body": "$mark", "model": "res.partner", "author_id": "$partner"}]]}),
        )
        .needs("res.partner", "message_ids")
        .denied("`mail.message`, which this key may not write")
        .keeps(
            "mail.message",
            json!([["model", "=", "res.partner"], ["res_id", "=", "$partner"]]),
            &["body"],
        )
        .allowed_by("res.partner:RW,mail.message:RW"),
        write(
            "A message changed afterwards",
            PARTNERS,
            "res.partner",
            "$partner",
            json!({"message_ids": [[1, "$message", {"body": "$mark changed"}]]}),
        )
        .needs("res.partner", "message_ids")
        .denied("`mail.message`, which this key may not write")
        .keeps("mail.message", by_id("$message"), &["body"])
        .allowed_by("res.partner:RW,mail.message:RW"),
        write(
            "A follower, who gets all mails from then on",
            PARTNERS,
            "res.partner",
            "$partner",
            json!({"message_follower_ids": [[0, 0, {"res_model": "res.partner", "partner_id": "$other"}]]}),
        )
        .needs("res.partner", "message_follower_ids")
        .denied("`mail.followers`, which this key may not write")
        .keeps(
            "mail.followers",
            json!([["res_model", "=", "res.partner"], ["res_id", "=", "$partner"]]),
            &["partner_id"],
        )
        .allowed_by("res.partner:RW,mail.followers:RW"),
        create(
            "A file that is another record's picture",
            "ir.attachment:RW,res.partner:R",
            "ir.attachment",
            json!({
                "name": "image_1920", "res_model": "res.partner", "res_field": "image_1920",
                "res_id": "$other", "datas": picture,
            }),
        )
        .needs("ir.attachment", "res_field")
        .denied("`res.partner`, which this key may not write")
        .keeps("res.partner", by_id("$other"), &["image_1920"])
        .allowed_by("ir.attachment:RW,res.partner:RW"),
    ]
}

fn definitions() -> Vec<Attack> {
    let definition = |what, definition: Value| {
        let values = json!({"lead_properties_definition": [definition]});
        write(what, "crm.team:RW", "crm.team", "$team", values)
            .needs("crm.team", "lead_properties_definition")
            .since(16)
            .keeps("crm.team", by_id("$team"), &["lead_properties_definition"])
    };
    let property = json!({"name": "abcdef0123456789", "string": "x", "type": "char"});
    vec![
        definition(
            "A property which points to users",
            json!({"name": "abcdef0123456789", "string": "x", "type": "many2one", "comodel": "res.users"}),
        )
        .denied("`res.users`, which this key may not read")
        .allowed_by("crm.team:RW,res.users:R"),
        definition(
            "A property with a domain, which is a text of Python",
            json!({"name": "abcdef0123456789", "string": "x", "type": "many2one", "comodel": "res.users",
                "domain": "[('login', '=like', 'a%')]"}),
        )
        .invalid("lead_properties_definition"),
        write(
            "Properties which define others on the way",
            "*:RWD",
            "crm.lead",
            "$lead",
            json!({"lead_properties": [{"name": property["name"], "string": "x", "type": "char",
                "value": "y", "definition_changed": true}]}),
        )
        .needs("crm.lead", "lead_properties")
        .since(16)
        .invalid("lead_properties")
        .keeps("crm.team", by_id("$team"), &["lead_properties_definition"]),
    ]
}
