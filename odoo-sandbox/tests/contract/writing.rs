//! `write`.

use serde_json::json;

use crate::target::{PARTNER, assert_fault, assert_says, on_odoo};

#[test]
fn write_changes_all_the_records() {
    on_odoo(async |odoo| {
        let ids = [
            odoo.partner("a", json!({})).await,
            odoo.partner("b", json!({})).await,
        ];
        assert!(
            odoo.model(PARTNER)
                .write(&ids, &json!({"ref": "both"}))
                .await
                .unwrap()
        );
        for id in ids {
            assert_eq!(odoo.value(PARTNER, id, "ref").await, "both");
        }
    });
}

#[test]
fn write_of_nothing_is_true() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert!(
            odoo.model(PARTNER)
                .write(&[], &json!({"ref": "x"}))
                .await
                .unwrap()
        );
        assert!(odoo.model(PARTNER).write(&[id], &json!({})).await.unwrap());
    });
}

#[test]
fn write_of_a_missing_record_changes_none() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({"ref": "before"})).await;
        let fault = odoo
            .fault(
                PARTNER,
                "write",
                json!([[id, 99_999_999], {"ref": "after"}]),
                json!({}),
            )
            .await;
        let said =
            "Record does not exist or has been deleted. (Record: res.partner(99999999,), User: 2)";
        assert_fault(&fault, 2, said);
        assert_eq!(odoo.value(PARTNER, id, "ref").await, "before");
    });
}

#[test]
fn write_of_an_unknown_field_is_a_fault() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        let fault = odoo
            .fault(PARTNER, "write", json!([[id], {"nofield": 1}]), json!({}))
            .await;
        assert_says(&fault, 1, "'nofield'");
    });
}

#[test]
fn a_failing_write_changes_nothing() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({"ref": "before"})).await;
        let values = json!({"ref": "after", "child_ids": [[0, 0, odoo.named("kid", json!({"color": "red"}))]]});
        odoo.fault(PARTNER, "write", json!([[id], values]), json!({}))
            .await;
        assert_eq!(odoo.value(PARTNER, id, "ref").await, "before");
        assert_eq!(odoo.value(PARTNER, id, "child_ids").await, json!([]));
    });
}

#[test]
fn what_odoo_keeps_for_itself_cannot_be_written() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(
            odoo.call(
                PARTNER,
                "write",
                json!([[id], {"create_uid": 1, "id": 5}]),
                json!({})
            )
            .await,
            true
        );
        assert_eq!(odoo.value(PARTNER, id, "create_uid").await[0], 2);
        assert_eq!(odoo.value(PARTNER, id, "id").await, id);
    });
}

#[test]
fn a_loop_in_a_tree_is_refused() {
    on_odoo(async |odoo| {
        let a = odoo.partner("a", json!({})).await;
        let b = odoo.partner("b", json!({"parent_id": a})).await;
        for (id, parent) in [(a, a), (a, b)] {
            let fault = odoo
                .fault(
                    PARTNER,
                    "write",
                    json!([[id], {"parent_id": parent}]),
                    json!({}),
                )
                .await;
            assert_fault(
                &fault,
                2,
                "You cannot create recursive Partner hierarchies.",
            );
        }
    });
}

#[test]
fn the_company_type_stands_for_a_flag() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({"company_type": "company"})).await;
        assert_eq!(odoo.value(PARTNER, id, "is_company").await, true);
        odoo.call(
            PARTNER,
            "write",
            json!([[id], {"company_type": "person"}]),
            json!({}),
        )
        .await;
        assert_eq!(odoo.value(PARTNER, id, "is_company").await, false);
    });
}
