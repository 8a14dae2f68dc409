//! Methods that are no CRUD, and what answers `None`.

use serde_json::{Value, json};

use crate::target::{PARTNER, assert_fault, on_odoo};

#[test]
fn a_method_that_returns_none_has_done_its_work() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        // odoo-rpc takes the fault about marshalling for what it is.
        let nothing: () = odoo
            .model(PARTNER)
            .call("action_archive", &([id],), &())
            .await
            .unwrap();
        assert_eq!(nothing, ());
        assert_eq!(odoo.value(PARTNER, id, "active").await, false);
        assert_eq!(
            odoo.call(PARTNER, "action_unarchive", json!([[id]]), json!({}))
                .await,
            Value::Null
        );
        assert_eq!(odoo.value(PARTNER, id, "active").await, true);
    });
}

#[test]
fn context_get_tells_the_users_language_and_zone() {
    on_odoo(async |odoo| {
        if odoo.series < 16 {
            let fault = odoo
                .fault("res.users", "context_get", json!([]), json!({}))
                .await;
            assert_fault(
                &fault,
                1,
                "cannot marshal <class 'odoo.tools.misc.frozendict'> objects",
            );
            return;
        }
        let context = odoo
            .call("res.users", "context_get", json!([]), json!({}))
            .await;
        assert_eq!(context["uid"], odoo.session.uid());
        assert_eq!(context["lang"], "en_US");
        assert_eq!(context["tz"], odoo.value("res.users", 2, "tz").await);
    });
}

#[test]
fn the_models_are_listed_in_ir_model() {
    on_odoo(async |odoo| {
        let domain = json!([
            [[
                "model",
                "in",
                ["res.partner", "sale.order", "product.product"]
            ]],
            ["model", "name"]
        ]);
        let rows = odoo
            .call("ir.model", "search_read", domain, json!({"order": "model"}))
            .await;
        let names: Vec<&Value> = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["model"])
            .collect();
        assert_eq!(names, ["product.product", "res.partner", "sale.order"]);
        assert_eq!(rows[1]["name"], "Contact");
    });
}
