//! `fields_get` and `default_get`.

use serde_json::{Value, json};

use crate::target::{LINE, ORDER, PARTNER, on_odoo};

#[test]
fn fields_get_tells_the_attributes_asked_for() {
    on_odoo(async |odoo| {
        let fields: Value = odoo
            .model(PARTNER)
            .fields_get(&["name"], &["type", "string"])
            .await
            .unwrap();
        assert_eq!(fields, json!({"name": {"type": "char", "string": "Name"}}));
        let fields: Value = odoo
            .model(PARTNER)
            .fields_get(&["name"], &["no_such_attribute"])
            .await
            .unwrap();
        assert_eq!(fields, json!({"name": {}}));
    });
}

#[test]
fn fields_get_leaves_out_an_unknown_field() {
    on_odoo(async |odoo| {
        let named = json!({"allfields": ["name", "nofield"], "attributes": ["type"]});
        let fields = odoo.call(PARTNER, "fields_get", json!([]), named).await;
        assert_eq!(fields, json!({"name": {"type": "char"}}));
    });
}

#[test]
fn fields_get_without_names_tells_all() {
    on_odoo(async |odoo| {
        let fields: Value = odoo
            .model("res.country")
            .fields_get(&[""; 0], &["type"])
            .await
            .unwrap();
        for (name, kind) in [
            ("id", "integer"),
            ("display_name", "char"),
            ("name", "char"),
            ("phone_code", "integer"),
            ("currency_id", "many2one"),
            ("state_ids", "one2many"),
            ("create_uid", "many2one"),
            ("write_date", "datetime"),
        ] {
            assert_eq!(fields[name]["type"], kind, "{name}");
        }
    });
}

#[test]
fn every_type_has_its_name() {
    on_odoo(async |odoo| {
        for (model, field, kind) in [
            (PARTNER, "name", "char"),
            (PARTNER, "color", "integer"),
            (PARTNER, "partner_latitude", "float"),
            (PARTNER, "active", "boolean"),
            (PARTNER, "type", "selection"),
            (PARTNER, "image_1920", "binary"),
            (PARTNER, "parent_id", "many2one"),
            (PARTNER, "child_ids", "one2many"),
            (PARTNER, "category_id", "many2many"),
            ("res.users", "signature", "html"),
            (LINE, "name", "text"),
            (ORDER, "amount_total", "monetary"),
            (ORDER, "validity_date", "date"),
            (ORDER, "date_order", "datetime"),
        ] {
            let fields: Value = odoo
                .model(model)
                .fields_get(&[field], &["type"])
                .await
                .unwrap();
            assert_eq!(fields[field]["type"], kind, "{model}.{field}");
        }
    });
}

#[test]
fn relations_tell_the_other_model() {
    on_odoo(async |odoo| {
        let names = ["country_id", "child_ids", "category_id", "name"];
        let fields: Value = odoo
            .model(PARTNER)
            .fields_get(&names, &["relation", "relation_field"])
            .await
            .unwrap();
        assert_eq!(fields["country_id"]["relation"], "res.country");
        assert_eq!(
            fields["child_ids"],
            json!({"relation": "res.partner", "relation_field": "parent_id"})
        );
        assert_eq!(fields["category_id"]["relation"], "res.partner.category");
        assert_eq!(fields["name"], json!({}));
    });
}

#[test]
fn related_and_inherited_fields_tell_their_path() {
    on_odoo(async |odoo| {
        for (model, field, path) in [
            ("res.users", "name", ["partner_id", "name"]),
            ("res.users", "country_id", ["partner_id", "country_id"]),
            (
                "product.product",
                "list_price",
                ["product_tmpl_id", "list_price"],
            ),
            ("res.company", "name", ["partner_id", "name"]),
            (LINE, "company_id", ["order_id", "company_id"]),
        ] {
            let fields: Value = odoo
                .model(model)
                .fields_get(&[field], &["related", "inherited"])
                .await
                .unwrap();
            let related = if odoo.series < 16 {
                json!(path)
            } else {
                json!(path.join("."))
            };
            assert_eq!(
                fields,
                json!({field: {"related": related}}),
                "{model}.{field}"
            );
        }
    });
}

#[test]
fn attributes_tell_what_a_field_allows() {
    on_odoo(async |odoo| {
        for (model, field, attributes) in [
            (
                PARTNER,
                "name",
                json!({"required": false, "store": true, "searchable": true, "sortable": true}),
            ),
            (
                PARTNER,
                "child_ids",
                json!({"required": false, "store": true, "searchable": true, "sortable": false}),
            ),
            (
                "res.users",
                "login",
                json!({"required": true, "store": true, "searchable": true, "sortable": true}),
            ),
            (
                "res.users",
                "name",
                json!({"required": false, "store": false, "searchable": true, "sortable": true}),
            ),
            (
                ORDER,
                "partner_id",
                json!({"required": true, "store": true, "searchable": true, "sortable": true}),
            ),
            (
                ORDER,
                "amount_total",
                json!({"required": false, "store": true, "searchable": true, "sortable": true}),
            ),
        ] {
            let asked = ["required", "store", "searchable", "sortable"];
            let fields: Value = odoo
                .model(model)
                .fields_get(&[field], &asked)
                .await
                .unwrap();
            assert_eq!(fields[field], attributes, "{model}.{field}");
        }
        let fields: Value = odoo
            .model(ORDER)
            .fields_get(&["state", "amount_total"], &["readonly"])
            .await
            .unwrap();
        assert_eq!(
            fields,
            json!({"state": {"readonly": true}, "amount_total": {"readonly": true}})
        );
    });
}

#[test]
fn a_selection_tells_its_options() {
    on_odoo(async |odoo| {
        let fields: Value = odoo
            .model(PARTNER)
            .fields_get(&["type"], &["selection"])
            .await
            .unwrap();
        let options = fields["type"]["selection"].as_array().unwrap();
        assert_eq!(options[0], json!(["contact", "Contact"]));
        let fields: Value = odoo
            .model(ORDER)
            .fields_get(&["state"], &["selection"])
            .await
            .unwrap();
        let states: Vec<&Value> = fields["state"]["selection"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one[0])
            .collect();
        for state in ["draft", "sent", "sale", "cancel"] {
            assert!(states.contains(&&json!(state)), "{state}");
        }
    });
}

#[test]
fn default_get_answers_for_the_named_fields_only() {
    on_odoo(async |odoo| {
        let names = ["type", "name", "active", "color"];
        let defaults: Value = odoo.model(PARTNER).default_get(&names).await.unwrap();
        assert_eq!(
            defaults,
            json!({"type": "contact", "active": true, "color": 0})
        );
        let defaults: Value = odoo.model(PARTNER).default_get(&[""; 0]).await.unwrap();
        assert_eq!(defaults, json!({}));
        let defaults: Value = odoo.model(PARTNER).default_get(&["nofield"]).await.unwrap();
        assert_eq!(defaults, json!({}));
    });
}

#[test]
fn default_get_knows_context_and_inherited_fields() {
    on_odoo(async |odoo| {
        let named = json!({"context": {"default_name": "Named by context"}});
        let defaults = odoo
            .call(PARTNER, "default_get", json!([["name", "type"]]), named)
            .await;
        assert_eq!(
            defaults,
            json!({"name": "Named by context", "type": "contact"})
        );
        let defaults: Value = odoo
            .model("res.users")
            .default_get(&["active", "type", "login"])
            .await
            .unwrap();
        assert_eq!(defaults, json!({"active": true, "type": "contact"}));
        let defaults: Value = odoo
            .model(ORDER)
            .default_get(&["state", "name", "partner_id"])
            .await
            .unwrap();
        assert_eq!(defaults, json!({"state": "draft", "name": "New"}));
    });
}
