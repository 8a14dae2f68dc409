//! `unlink`, and what becomes of the records around.

use serde_json::json;

use crate::target::{LINE, ORDER, PARTNER, TAG, assert_fault, assert_says, on_odoo};

#[test]
fn a_deleted_record_is_gone() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert!(odoo.model(PARTNER).unlink(&[id]).await.unwrap());
        assert_eq!(
            odoo.call(PARTNER, "read", json!([[id], ["name"]]), json!({}))
                .await,
            json!([])
        );
        let fault = odoo
            .fault(PARTNER, "unlink", json!([[id]]), json!({}))
            .await;
        let said = format!(
            "Record does not exist or has been deleted. (Record: res.partner({id},), User: 2)"
        );
        assert_fault(&fault, 2, &said);
        assert!(odoo.model(PARTNER).unlink(&[]).await.unwrap());
    });
}

#[test]
fn links_to_a_deleted_record_are_cleared() {
    on_odoo(async |odoo| {
        let tag = odoo
            .model(TAG)
            .create(&odoo.named("tag", json!({})))
            .await
            .unwrap();
        let parent = odoo.partner("parent", json!({})).await;
        let child = odoo
            .partner(
                "child",
                json!({"parent_id": parent, "category_id": [[4, tag]]}),
            )
            .await;
        odoo.model(PARTNER).unlink(&[parent]).await.unwrap();
        odoo.model(TAG).unlink(&[tag]).await.unwrap();
        assert_eq!(odoo.value(PARTNER, child, "parent_id").await, false);
        assert_eq!(odoo.value(PARTNER, child, "category_id").await, json!([]));
    });
}

#[test]
fn a_record_that_others_require_stays() {
    on_odoo(async |odoo| {
        let partner = odoo.partner("a", json!({})).await;
        odoo.model(ORDER)
            .create(&json!({"partner_id": partner}))
            .await
            .unwrap();
        let fault = odoo
            .fault(PARTNER, "unlink", json!([[partner]]), json!({}))
            .await;
        assert_says(&fault, 2, "The operation cannot be completed: ");
        assert_says(&fault, 2, "(sale.order)");
        assert_says(&fault, 2, "partner_id");
        assert_eq!(odoo.value(PARTNER, partner, "active").await, true);
    });
}

#[test]
fn lines_go_with_their_order() {
    on_odoo(async |odoo| {
        let partner = odoo.partner("a", json!({})).await;
        let note = json!([[0, 0, {"display_type": "line_note", "name": "A note"}]]);
        let order = odoo
            .model(ORDER)
            .create(&json!({"partner_id": partner, "order_line": note}))
            .await
            .unwrap();
        let lines = odoo.value(ORDER, order, "order_line").await;
        assert_eq!(lines.as_array().unwrap().len(), 1);
        odoo.model(ORDER).unlink(&[order]).await.unwrap();
        assert_eq!(
            odoo.call(LINE, "read", json!([lines, ["name"]]), json!({}))
                .await,
            json!([])
        );
    });
}
