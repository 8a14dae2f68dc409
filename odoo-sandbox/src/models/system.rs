//! `ir.model` and `ir.config_parameter`.

use serde_json::{Value, json};

use super::ALL;
use crate::orm::schema::{Access, Spec, boolean, char, selection, text};

pub(super) const MODEL: Spec = Spec {
    name: "ir.model",
    label: "Models",
    order: "model",
    fields: &[
        char("name", "Model Description").required(),
        char("model", "Model").required(),
        text("info", "Information"),
        selection(
            "state",
            "Type",
            &[("manual", "Custom Object"), ("base", "Base Object")],
        )
        .readonly(),
        boolean("transient", "Transient Model"),
    ],
    searched_names: &["name", "model"],
    access: Access::NONE.group("Access Rights"),
    unique: &[("model", "Each model must have a unique name.")],
    sample: || {
        let model = |(at, spec): (usize, &&Spec)| json!({ "id": at + 1, "name": spec.label, "model": spec.name, "state": "base" });
        ALL.iter().enumerate().map(model).collect::<Vec<Value>>()
    },
    ..Spec::DEFAULT
};

pub(super) const PARAMETER: Spec = Spec {
    name: "ir.config_parameter",
    label: "System Parameter",
    order: "key",
    fields: &[
        char("key", "Key").required(),
        text("value", "Value").required(),
    ],
    searched_names: &["key"],
    display_name: |_, _, row| row.text("key").to_owned(),
    access: Access::NONE,
    unique: &[("key", "Key must be unique.")],
    sample: || {
        vec![
            json!({ "id": 1, "key": "web.base.url", "value": "http://localhost:8069" }),
            json!({ "id": 2, "key": "database.create_date", "value": "2026-01-05 08:00:00" }),
        ]
    },
    ..Spec::DEFAULT
};
