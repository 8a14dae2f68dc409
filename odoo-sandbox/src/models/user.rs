//! `res.users` and `res.groups`.

use serde_json::json;

use crate::orm::ADMIN_GROUP;
use crate::orm::schema::{Access, Spec, boolean, char, html, many2many, many2one, selection, text};

pub(super) const USER: Spec = Spec {
    name: "res.users",
    label: "User",
    order: "name, login",
    fields: &[
        many2one("partner_id", "Related Partner", "res.partner").required(),
        char("login", "Login").required(),
        char("password", "Password").masked(),
        html("signature", "Email Signature"),
        boolean("active", "Active").default(|_| json!(true)),
        boolean("share", "Share User"),
        selection(
            "notification_type",
            "Notification",
            &[("email", "Handle by Emails"), ("inbox", "Handle in Odoo")],
        )
        .required()
        .default(|_| json!("email")),
        many2one("company_id", "Company", "res.company")
            .required()
            .default(|_| json!(1)),
        many2many("company_ids", "Companies", "res.company").default(|_| json!([[6, 0, [1]]])),
        many2many("group_ids", "Groups", "res.groups").default(|_| json!([[6, 0, [1]]])),
    ],
    inherits: Some(("res.partner", "partner_id")),
    searched_names: &["name", "login"],
    display_name: |data, _, row| {
        let partner = row
            .id("partner_id")
            .and_then(|id| data.row("res.partner", id));
        partner
            .map(|partner| partner.text("name").to_owned())
            .unwrap_or_default()
    },
    access: Access::READ.group("Access Rights"),
    own_fields: &[
        "signature",
        "lang",
        "tz",
        "email",
        "phone",
        "company_id",
        "notification_type",
    ],
    unique: &[("login", "You can not have two users with the same login!")],
    sample: || {
        vec![
            json!({
                "id": 1, "partner_id": 2, "login": "__system__", "active": false, "company_id": 1,
                "company_ids": [1], "group_ids": [1, ADMIN_GROUP],
            }),
            json!({
                "id": 2, "partner_id": 3, "login": "admin", "password": "admin", "company_id": 1,
                "company_ids": [1], "group_ids": [1, 3, ADMIN_GROUP, 6], "signature": "<div>Mitchell Admin</div>",
            }),
            json!({
                "id": 6, "partner_id": 6, "login": "demo", "password": "demo", "company_id": 1,
                "company_ids": [1], "group_ids": [1, 5], "signature": "<span>-- <br/>+Mr Demo</span>",
            }),
        ]
    },
    ..Spec::DEFAULT
};

pub(super) const GROUP: Spec = Spec {
    name: "res.groups",
    label: "Access Groups",
    order: "name",
    fields: &[
        char("name", "Name").required(),
        text("comment", "Comment"),
        many2many("user_ids", "Users", "res.users").mirror("group_ids"),
        boolean("share", "Share Group"),
    ],
    access: Access::READ.group("Access Rights"),
    sample: || {
        [
            (1, "Role / User"),
            (3, "Access Rights"),
            (ADMIN_GROUP, "Role / Administrator"),
            (5, "Sales / User: Own Documents Only"),
            (6, "Sales / Administrator"),
        ]
        .into_iter()
        .map(|(id, name)| json!({ "id": id, "name": name }))
        .collect()
    },
    ..Spec::DEFAULT
};
