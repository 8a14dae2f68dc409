//! What gives code or rights in Odoo, under scopes that are wide and do not name it.

use serde_json::{Value, json};

use crate::attack::{Attack, attack};

const EVERYTHING: &str = "*:RWD";

pub(crate) fn rows() -> Vec<Attack> {
    let mut rows = code();
    rows.extend(rights());
    rows.extend(fields());
    rows.extend(secrets());
    rows
}

/// Writes a name into a record, which is enough to see whether it can be written.
fn rename(
    what: &'static str,
    model: &'static str,
    record: &'static str,
    named: &'static str,
) -> Attack {
    attack(
        what,
        EVERYTHING,
        "write",
        json!({"model": model, "ids": [record], "values": {"name": "$mark changed"}}),
    )
    .denied("this gateway does not write")
    .keeps(model, json!([["id", "=", record]]), &["name"])
    .needs(model, "name")
    .allowed_by(named)
}

fn code() -> Vec<Attack> {
    vec![
        attack(
            "A server action's Python",
            EVERYTHING,
            "write",
            json!({"model": "ir.actions.server", "ids": ["$action"], "values": {"code": "raise"}}),
        )
        .denied("this gateway does not write")
        .keeps("ir.actions.server", json!([["id", "=", "$action"]]), &["code"])
        .allowed_by("*:R,ir.actions.server:W"),
        attack(
            "A scheduled action's Python",
            "ir.*:RWD",
            "write",
            json!({"model": "ir.cron", "ids": ["$cron"], "values": {"code": "raise"}}),
        )
        .denied("this gateway does not write")
        .keeps("ir.cron", json!([["id", "=", "$cron"]]), &["code"])
        .allowed_by("ir.cron:W,ir.actions.server:W"),
        attack(
            "A scheduled action's Python under the scheduled action's name",
            "*:RWD,ir.cron:RWD",
            "write",
            json!({"model": "ir.cron", "ids": ["$cron"], "values": {"code": "raise"}}),
        )
        .denied("`ir.actions.server`")
        .keeps("ir.cron", json!([["id", "=", "$cron"]]), &["code"])
        .allowed_by("ir.cron:W,ir.actions.server:W"),
        attack(
            "A scheduled action deleted",
            EVERYTHING,
            "unlink",
            json!({"model": "ir.cron", "ids": ["$cron"]}),
        )
        .denied("this gateway does not delete")
        .keeps("ir.cron", json!([["id", "=", "$cron"]]), &["name"])
        .allowed_by("ir.cron:D"),
        attack(
            "A view",
            EVERYTHING,
            "write",
            json!({"model": "ir.ui.view", "ids": ["$view"], "values": {"arch": "<p>$mark</p>"}}),
        )
        .denied("this gateway does not write")
        .keeps("ir.ui.view", json!([["id", "=", "$view"]]), &["arch_db"])
        .allowed_by("ir.ui.view:W"),
        rename("A window action", "ir.actions.act_window", "$window", "ir.actions.act_window:W"),
        rename("A client action", "ir.actions.client", "$client_action", "ir.actions.client:W"),
        rename("A script of the web client", "ir.asset", "$asset", "ir.asset:W")
        .since(15),
        rename("A template of mails", "mail.template", "$mail_template", "mail.template:W"),
        attack(
            "An external id",
            EVERYTHING,
            "write",
            json!({"model": "ir.model.data", "ids": ["$external_id"], "values": {"noupdate": true}}),
        )
        .denied("this gateway does not write")
        .keeps("ir.model.data", json!([["id", "=", "$external_id"]]), &["noupdate"])
        .allowed_by("ir.model.data:W"),
        attack(
            "A module",
            EVERYTHING,
            "create",
            json!({"model": "ir.module.module", "values": {"name": "$mark", "state": "uninstalled"}}),
        )
        .denied("this gateway does not write")
        .keeps("ir.module.module", json!([["name", "=", "$mark"]]), &["state"])
        .needs("ir.module.module", "state")
        .allowed_by("ir.module.module:W"),
        attack(
            "A model",
            EVERYTHING,
            "write",
            json!({"model": "ir.model", "ids": ["$partner_model"], "values": {"access_ids": [[1, "$access", {"perm_read": true}]]}}),
        )
        .denied("this gateway does not write")
        .keeps("ir.model.access", json!([["id", "=", "$access"]]), &["perm_read"])
        .allowed_by("ir.model:W,ir.model.access:W"),
    ]
}

fn rights() -> Vec<Attack> {
    vec![
        rename("A record rule", "ir.rule", "$rule", "ir.rule:W"),
        attack(
            "A record rule deleted",
            EVERYTHING,
            "unlink",
            json!({"model": "ir.rule", "ids": ["$rule"]}),
        )
        .denied("this gateway does not delete")
        .keeps("ir.rule", json!([["id", "=", "$rule"]]), &["name"])
        .allowed_by("ir.rule:D"),
        rename("An access right", "ir.model.access", "$access", "ir.model.access:W"),
        rename("A group", "res.groups", "$group", "res.groups:W"),
        attack(
            "A group's members",
            EVERYTHING,
            "write",
            json!({"model": "res.groups", "ids": ["$group"], "values": {"$members_field": [[4, "$user"]]}}),
        )
        .denied("this gateway does not write")
        .keeps("res.users", json!([["$groups_field", "in", ["$group"]]]), &["login"])
        .needs("res.groups", "comment")
        .allowed_by("res.groups:W,res.users:R"),
        attack(
            "An API key of one's own making",
            EVERYTHING,
            "create",
            json!({"model": "res.users.apikeys", "values": {"name": "$mark", "user_id": "$admin"}}),
        )
        .denied("this gateway does not write")
        .needs("res.users.apikeys", "name")
        .keeps("res.users.apikeys", json!([["name", "=", "$mark"]]), &["name"]),
        attack(
            "A system parameter",
            EVERYTHING,
            "write",
            json!({"model": "ir.config_parameter", "ids": ["$parameter"], "values": {"value": "$mark x"}}),
        )
        .denied("this gateway does not write")
        .keeps("ir.config_parameter", json!([["id", "=", "$parameter"]]), &["value"])
        .allowed_by("ir.config_parameter:W"),
        rename("A server for outgoing mail", "ir.mail_server", "$mail_server", "ir.mail_server:W"),
        rename("A server for incoming mail", "fetchmail.server", "$inbox", "fetchmail.server:W"),
    ]
}

fn fields() -> Vec<Attack> {
    let user = |what, values: Value, field| {
        attack(
            what,
            EVERYTHING,
            "write",
            json!({"model": "res.users", "ids": ["$user"], "values": values}),
        )
        .denied("this gateway does not write")
        .keeps("res.users", json!([["id", "=", "$user"]]), &[field])
        .allowed_by("*:RWD,res.users:RWD")
    };
    vec![
        attack(
            "A user's password",
            EVERYTHING,
            "write",
            json!({"model": "res.users", "ids": ["$user"], "values": {"password": "$mark"}}),
        )
        .denied("this gateway does not write `password` of `res.users`")
        .shuts_out(json!("$mark"), json!("$mark"))
        .allowed_by("res.users:W"),
        attack(
            "A user's password by its other name",
            EVERYTHING,
            "write",
            json!({"model": "res.users", "ids": ["$user"], "values": {"new_password": "$mark"}}),
        )
        .denied("this gateway does not write `new_password` of `res.users`")
        .needs("res.users", "new_password")
        .shuts_out(json!("$mark"), json!("$mark")),
        attack(
            "A user's password through the contact",
            EVERYTHING,
            "write",
            json!({"model": "res.partner", "ids": ["$user_partner"], "values": {
                "user_ids": [[1, "$user", {"password": "$mark"}]],
            }}),
        )
        .denied("this gateway does not write `password` of `res.users`")
        .shuts_out(json!("$mark"), json!("$mark"))
        .allowed_by("*:RW,res.users:W"),
        attack(
            "A new user with a password",
            EVERYTHING,
            "create",
            json!({"model": "res.users", "values": {"name": "$mark new", "login": "$mark new", "password": "$mark"}}),
        )
        .denied("this gateway does not write")
        .shuts_out(json!("$mark new"), json!("$mark"))
        .allowed_by("*:RW,res.users:W"),
        user("A user's login", json!({"login": "$mark x"}), "login"),
        user("A user's activity", json!({"active": false}), "active"),
        attack(
            "A user's groups",
            EVERYTHING,
            "write",
            json!({"model": "res.users", "ids": ["$user"], "values": {"$groups_field": [[4, "$group"]]}}),
        )
        .denied("this gateway does not write")
        .keeps("res.groups", json!([["$members_field", "in", ["$user"]], ["id", "=", "$group"]]), &["name"])
        .allowed_by("res.users:W,res.groups:R"),
        user("A user's contact", json!({"partner_id": "$other"}), "partner_id"),
        attack(
            "A company's users",
            EVERYTHING,
            "write",
            json!({"model": "res.company", "ids": ["$company"], "values": {"user_ids": [[4, "$user"]]}}),
        )
        .denied("this gateway does not write `user_ids` of `res.company`")
        .keeps("res.users", json!([["id", "=", "$user"]]), &["company_ids"])
        .allowed_by_none(),
        attack(
            "An alias which makes records of any model from mails",
            EVERYTHING,
            "write",
            json!({"model": "crm.team", "ids": ["$team"], "values": {"alias_defaults": "{'name': '$mark'}"}}),
        )
        .denied("this gateway does not write `alias_defaults` of `mail.alias`")
        .keeps("crm.team", json!([["id", "=", "$team"]]), &["alias_defaults"])
        .allowed_by("crm.team:W,mail.alias:W"),
        attack(
            "A filter's Python",
            EVERYTHING,
            "write",
            json!({"model": "ir.filters", "ids": ["$filter"], "values": {"domain": "[('id', '=', 0)]"}}),
        )
        .denied("this gateway does not write `domain` of `ir.filters`")
        .keeps("ir.filters", json!([["id", "=", "$filter"]]), &["domain"])
        .allowed_by("ir.filters:W"),
        attack(
            "A file served as the site's own",
            EVERYTHING,
            "write",
            json!({"model": "ir.attachment", "ids": ["$attachment"], "values": {"url": "/web/$mark.js"}}),
        )
        .denied("this gateway does not write `url` of `ir.attachment`")
        .keeps("ir.attachment", json!([["id", "=", "$attachment"]]), &["url"])
        .allowed_by("ir.attachment:W"),
    ]
}

/// What lets in, and is not read by a `*`.
fn secrets() -> Vec<Attack> {
    vec![
        attack(
            "A parameter's value read",
            EVERYTHING,
            "read",
            json!({"model": "ir.config_parameter", "ids": ["$parameter"], "fields": ["value"]}),
        )
        .denied("this gateway does not read `value` of `ir.config_parameter`")
        .hides(json!("$mark secret"))
        .allowed_by("ir.config_parameter:R"),
        attack(
            "A parameter's value read with all fields",
            EVERYTHING,
            "search_read",
            json!({"model": "ir.config_parameter", "domain": [["id", "=", "$parameter"]]}),
        )
        .left_out()
        .hides(json!("$mark secret"))
        .allowed_by("ir.config_parameter:R"),
        attack(
            "A parameter's value guessed",
            EVERYTHING,
            "search_count",
            json!({"model": "ir.config_parameter", "domain": [["id", "=", "$parameter"], ["value", "=like", "$mark s%"]]}),
        )
        .denied("this gateway does not read `value` of `ir.config_parameter`")
        .hides(json!(1))
        .needs("ir.config_parameter", "key")
        .allowed_by("ir.config_parameter(value):R"),
        attack(
            "Parameters' values as the defaults of the settings",
            EVERYTHING,
            "default_get",
            json!({"model": "res.config.settings", "fields": ["unsplash_access_key", "auth_signup_uninvited"]}),
        )
        .denied("this gateway does not read")
        .needs("res.config.settings", "unsplash_access_key")
        .hides(json!("b2c"))
        .allowed_by("res.config.settings:R"),
    ]
}
