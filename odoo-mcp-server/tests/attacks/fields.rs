//! Field lists in a scope: what is not listed is not seen, guessed or set.

use serde_json::{Value, json};

use crate::attack::{Attack, attack};

/// Some fields of contacts, and all but some.
const SOME: &str = "res.partner(name,email):RW";
const BUT_SOME: &str = "res.partner(-phone,-comment):RW";
/// The number of `$partner`, whose spaces Odoo may take out.
const PHONE: &str = "34 90";

pub(crate) fn rows() -> Vec<Attack> {
    let mut rows = guessing();
    rows.extend(reading());
    rows.extend(writing());
    rows
}

fn guessing() -> Vec<Attack> {
    let search = |what, scope, condition: Value| {
        attack(
            what,
            scope,
            "search",
            json!({"model": "res.partner", "domain": [["id", "=", "$partner"], condition]}),
        )
        .hides(json!("$partner"))
        .denied("`phone`")
        .allowed_by("res.partner(phone,name,id):R")
    };
    let all = "res.partner:R";
    vec![
        search("Searching by a field not listed", SOME, json!(["phone", "=like", "+32%"])),
        search("Searching by a field left out", BUT_SOME, json!(["phone", "!=", false])),
        search(
            "A path back to a field left out",
            BUT_SOME,
            json!(["commercial_partner_id.phone", "!=", false]),
        )
        .allowed_by(all),
        attack(
            "A path from another model to a field left out",
            "sale.order:R,res.partner(-phone):R",
            "search",
            json!({"model": "sale.order", "domain": [["id", "=", "$order"], ["partner_id.phone", "!=", false]]}),
        )
        .hides(json!("$order"))
        .denied("`phone`")
        .allowed_by("sale.order:R,res.partner(phone):R"),
        search(
            "`any` on a field left out",
            BUT_SOME,
            json!(["commercial_partner_id", "any", [["phone", "!=", false]]]),
        )
        .since(17)
        .allowed_by(all),
        attack(
            "Counting by a field not listed",
            SOME,
            "search_count",
            json!({"model": "res.partner", "domain": [["id", "=", "$partner"], ["phone", "=like", "+32%"]]}),
        )
        .hides(json!(1))
        .denied("`phone`")
        .allowed_by(all),
        attack(
            "Sorting by a field not listed",
            SOME,
            "search",
            json!({"model": "res.partner", "domain": [["id", "=", "$partner"]], "order": "phone"}),
        )
        .hides(json!("$partner"))
        .denied("`phone`")
        .allowed_by(all),
        attack(
            "Searching names that the key may not see",
            "res.partner(-name,-display_name):R",
            "search",
            json!({"model": "res.partner", "domain": [["parent_id", "ilike", "$mark"], ["id", "=", "$child"]]}),
        )
        .hides(json!("$child"))
        .denied("`display_name`")
        .allowed_by(all),
    ]
}

fn reading() -> Vec<Attack> {
    let read = |what, scope, fields: Value| {
        attack(
            what,
            scope,
            "read",
            json!({"model": "res.partner", "ids": ["$partner"], "fields": fields}),
        )
        .hides(json!(PHONE))
        .allowed_by("res.partner:R")
    };
    vec![
        read("Reading a field not listed", SOME, json!(["name", "phone"])).denied("`phone`"),
        read(
            "Reading a field left out",
            BUT_SOME,
            json!(["name", "phone"]),
        )
        .denied("`phone`"),
        read("Reading a field in capitals", BUT_SOME, json!(["Phone"]))
            .invalid("`Phone`")
            .allowed_by_none(),
        read(
            "Reading all fields, but for those not listed",
            SOME,
            json!([]),
        )
        .left_out(),
        read(
            "Reading all fields, but for those left out",
            BUT_SOME,
            json!([]),
        )
        .left_out()
        .hides(json!("$mark comment")),
        attack(
            "Reading all fields of what is found",
            SOME,
            "search_read",
            json!({"model": "res.partner", "domain": [["id", "=", "$partner"]]}),
        )
        .left_out()
        .hides(json!(PHONE))
        .allowed_by("res.partner:R"),
        attack(
            "Asking which fields there are",
            SOME,
            "fields_get",
            json!({"model": "res.partner"}),
        )
        .left_out()
        .hides(json!("phone"))
        .allowed_by("res.partner:R"),
        attack(
            "Asking what a field not listed is",
            BUT_SOME,
            "fields_get",
            json!({"model": "res.partner", "fields": ["name", "phone"], "attributes": ["type"]}),
        )
        .left_out()
        .hides(json!("phone"))
        .allowed_by("res.partner:R"),
        attack(
            "Asking for the default of a field not listed",
            SOME,
            "default_get",
            json!({"model": "res.partner", "fields": ["name", "type"]}),
        )
        .hides(json!("contact"))
        .needs("res.partner", "type")
        .denied("`type`")
        .allowed_by("res.partner:R"),
        attack(
            "Asking for all defaults",
            SOME,
            "default_get",
            json!({"model": "res.partner"}),
        )
        .hides(json!("type"))
        .left_out()
        .allowed_by("res.partner:R"),
        attack(
            "Defaults that Odoo answers without being asked",
            "res.config.settings(company_id):R",
            "default_get",
            json!({"model": "res.config.settings", "fields": ["company_id"]}),
        )
        .hides(json!("lead_enrich_auto"))
        .needs("res.config.settings", "lead_enrich_auto")
        .left_out()
        .allowed_by("res.config.settings:R"),
    ]
}

fn writing() -> Vec<Attack> {
    let keeps = |row: Attack| {
        row.keeps(
            "res.partner",
            json!([["id", "=", "$partner"]]),
            &["phone", "comment"],
        )
    };
    let write = |what, scope, values: Value| {
        keeps(attack(
            what,
            scope,
            "write",
            json!({"model": "res.partner", "ids": ["$partner"], "values": values}),
        ))
        .denied("`phone`")
        .allowed_by("res.partner:RW")
    };
    vec![
        write("Writing a field not listed", SOME, json!({"name": "$mark x", "phone": "1"})),
        write("Writing a field left out", BUT_SOME, json!({"phone": "1"})),
        write(
            "Writing it by a command on the parent's contacts",
            BUT_SOME,
            json!({"child_ids": [[1, "$partner", {"phone": "1"}]]}),
        )
        .allowed_by_none(),
        attack(
            "Creating with a field not listed",
            SOME,
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark new", "phone": "1"}}),
        )
        .keeps("res.partner", json!([["name", "=", "$mark new"]]), &["phone"])
        .denied("`phone`")
        .allowed_by("res.partner:RW"),
        attack(
            "Creating with a default for it",
            SOME,
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark new"}, "context": {"default_phone": "1"}}),
        )
        .keeps("res.partner", json!([["name", "=", "$mark new"]]), &["phone"])
        .denied("`phone`")
        .allowed_by("res.partner:RW"),
        attack(
            "Moving a contact by its new parent",
            "res.partner(-parent_id):RW",
            "write",
            json!({"model": "res.partner", "ids": ["$partner"], "values": {"child_ids": [[4, "$other"]]}}),
        )
        .keeps("res.partner", json!([["id", "=", "$other"]]), &["parent_id"])
        .denied("`parent_id`")
        .allowed_by("res.partner:RW"),
        attack(
            "Writing an inherited field which the parent's list leaves out",
            "res.users:RW,res.partner(email):RW",
            "write",
            json!({"model": "res.users", "ids": ["$user"], "values": {"name": "$mark changed"}}),
        )
        .keeps("res.partner", json!([["id", "=", "$user_partner"]]), &["name"])
        .denied("`name` of `res.partner`")
        .allowed_by("res.users:RW,res.partner(name):RW"),
    ]
}
