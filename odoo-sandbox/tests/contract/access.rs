//! What the ordinary user may not do, and how Odoo says so.

use odoo_rpc::FaultKind;
use serde_json::json;

use crate::target::{ORDER, PARTNER, assert_fault, assert_says, on_odoo};

#[test]
fn a_refusal_names_the_operation_the_model_and_a_group() {
    on_odoo(async |odoo| {
        let demo = odoo.demo().await;
        for (method, arguments, verb) in [
            ("write", json!([[20], {"name": "x"}]), "modify"),
            ("create", json!([{"name": "x", "code": "QX"}]), "create"),
            ("unlink", json!([[20]]), "delete"),
        ] {
            let fault = demo
                .fault("res.country", method, arguments, json!({}))
                .await;
            assert_eq!(fault.kind(), FaultKind::AccessError);
            assert_says(
                &fault,
                4,
                &format!("You are not allowed to {verb} 'Country' (res.country) records."),
            );
            assert_says(
                &fault,
                4,
                "This operation is allowed for the following groups:",
            );
            assert_fault(
                &fault,
                4,
                "Contact your administrator to request access if necessary.",
            );
        }
    });
}

#[test]
fn reading_may_be_refused_too() {
    on_odoo(async |odoo| {
        let demo = odoo.demo().await;
        for method in ["search", "search_read", "search_count"] {
            let fault = demo
                .fault("ir.config_parameter", method, json!([[]]), json!({}))
                .await;
            assert_says(
                &fault,
                4,
                "You are not allowed to access 'System Parameter' (ir.config_parameter) records.",
            );
        }
    });
}

#[test]
fn contacts_are_for_everyone() {
    on_odoo(async |odoo| {
        let demo = odoo.demo().await;
        let id = demo.partner("by demo", json!({})).await;
        assert_eq!(
            demo.call(PARTNER, "write", json!([[id], {"ref": "x"}]), json!({}))
                .await,
            true
        );
        assert_eq!(
            odoo.value(PARTNER, id, "create_uid").await[0],
            demo.session.uid()
        );
        assert_eq!(
            demo.call(PARTNER, "unlink", json!([[id]]), json!({})).await,
            true
        );
    });
}

#[test]
fn a_rule_hides_the_orders_of_others() {
    on_odoo(async |odoo| {
        let demo = odoo.demo().await;
        let partner = odoo.partner("a", json!({})).await;
        let theirs = json!({"partner_id": partner, "user_id": odoo.session.uid()});
        let theirs = odoo.model(ORDER).create(&theirs).await.unwrap();
        let own = json!({"partner_id": partner, "user_id": demo.session.uid()});
        let own = odoo.model(ORDER).create(&own).await.unwrap();
        let domain = json!([[["partner_id", "=", partner]]]);
        assert_eq!(
            demo.call(ORDER, "search", domain.clone(), json!({})).await,
            json!([own])
        );
        assert_eq!(demo.call(ORDER, "search_count", domain, json!({})).await, 1);
        let fault = demo
            .fault(ORDER, "read", json!([[theirs], ["name"]]), json!({}))
            .await;
        assert_says(&fault, 4, "(sale.order)");
        let fault = demo
            .fault(
                ORDER,
                "write",
                json!([[theirs], {"client_order_ref": "x"}]),
                json!({}),
            )
            .await;
        assert_says(&fault, 4, "(sale.order)");
        assert_eq!(
            demo.call(
                ORDER,
                "write",
                json!([[own], {"client_order_ref": "x"}]),
                json!({})
            )
            .await,
            true
        );
    });
}

#[test]
fn users_may_write_some_of_their_own_fields() {
    on_odoo(async |odoo| {
        let demo = odoo.demo().await;
        let own = demo.session.uid();
        let signature = demo.value("res.users", own, "signature").await;
        assert_eq!(
            demo.call(
                "res.users",
                "write",
                json!([[own], {"signature": signature}]),
                json!({})
            )
            .await,
            true
        );
        let fault = demo
            .fault(
                "res.users",
                "write",
                json!([[2], {"signature": signature}]),
                json!({}),
            )
            .await;
        assert_says(&fault, 4, "You are not allowed to modify 'User");
        let fault = demo
            .fault(
                "res.users",
                "create",
                json!([{"name": "x", "login": "x"}]),
                json!({}),
            )
            .await;
        assert_says(&fault, 4, "You are not allowed to create 'User");
    });
}

#[test]
fn rights_can_be_asked_for() {
    on_odoo(async |odoo| {
        let demo = odoo.demo().await;
        let quiet = json!({"raise_exception": false});
        let ask = async |who: &crate::target::Odoo, named: serde_json::Value| {
            who.call(
                "res.country",
                "check_access_rights",
                json!(["write"]),
                named,
            )
            .await
        };
        assert_eq!(ask(&demo, quiet.clone()).await, false);
        assert_eq!(ask(&odoo, quiet).await, true);
        let fault = demo
            .fault(
                "res.country",
                "check_access_rights",
                json!(["write"]),
                json!({}),
            )
            .await;
        assert_says(
            &fault,
            4,
            "You are not allowed to modify 'Country' (res.country) records.",
        );
        if odoo.series < 18 {
            return;
        }
        assert_eq!(ask(&odoo, json!({})).await, serde_json::Value::Null);
        assert_eq!(
            demo.call("res.country", "has_access", json!([[], "write"]), json!({}))
                .await,
            false
        );
        assert_eq!(
            odoo.call("res.country", "has_access", json!([[], "write"]), json!({}))
                .await,
            true
        );
        assert_eq!(
            demo.call(
                "res.country",
                "has_access",
                json!([[20], "read"]),
                json!({})
            )
            .await,
            true
        );
    });
}

#[test]
fn fields_may_be_asked_of_any_model() {
    on_odoo(async |odoo| {
        let demo = odoo.demo().await;
        let fields = demo
            .call(
                "ir.config_parameter",
                "fields_get",
                json!([["key"], ["type"]]),
                json!({}),
            )
            .await;
        assert_eq!(fields, json!({"key": {"type": "char"}}));
    });
}
