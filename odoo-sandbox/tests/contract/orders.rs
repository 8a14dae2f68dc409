//! Sales orders: sums, numbers, states and buttons.

use serde_json::{Value, json};

use crate::target::{LINE, ORDER, Odoo, assert_fault, on_odoo};

/// Makes an order of three of a product at 10.50 and a section.
async fn order(odoo: &Odoo) -> i64 {
    let partner = odoo.partner("customer", json!({})).await;
    let product = product(odoo).await;
    let lines = json!([
        [0, 0, {"product_id": product, "product_uom_qty": 3, "price_unit": 10.5}],
        [0, 0, {"display_type": "line_section", "name": "Section"}],
    ]);
    odoo.model(ORDER)
        .create(&json!({"partner_id": partner, "order_line": lines}))
        .await
        .unwrap()
}

/// Makes a product that costs 12, without taxes.
async fn product(odoo: &Odoo) -> i64 {
    let taxes = odoo
        .call(
            "product.product",
            "fields_get",
            json!([["taxes_id"], ["type"]]),
            json!({}),
        )
        .await;
    let mut values = odoo.named(
        "thing",
        json!({"list_price": 12.0, "type": "service", "default_code": odoo.name("c")}),
    );
    if taxes != json!({}) {
        values["taxes_id"] = json!([[5]]);
    }
    odoo.model("product.product").create(&values).await.unwrap()
}

async fn press(odoo: &Odoo, order: i64, button: &str) -> Value {
    let quiet = json!({"context": {"disable_cancel_warning": true}});
    odoo.call(ORDER, button, json!([[order]]), quiet).await
}

#[test]
fn an_order_is_numbered_and_summed() {
    on_odoo(async |odoo| {
        let order = order(&odoo).await;
        let name = odoo.value(ORDER, order, "name").await;
        let number = name.as_str().unwrap().strip_prefix('S').unwrap();
        assert_eq!(number.len(), 5);
        number.parse::<u32>().unwrap();
        assert_eq!(odoo.value(ORDER, order, "display_name").await, name);
        assert_eq!(odoo.value(ORDER, order, "state").await, "draft");
        assert_eq!(odoo.value(ORDER, order, "amount_total").await, 31.5);
        assert_eq!(odoo.value(ORDER, order, "amount_untaxed").await, 31.5);
        assert_eq!(odoo.value(ORDER, order, "amount_tax").await, 0.0);
        let domain = json!([[["amount_total", ">", 31], ["id", "=", order]]]);
        assert_eq!(
            odoo.call(ORDER, "search", domain, json!({})).await,
            json!([order])
        );
    });
}

#[test]
fn a_line_takes_price_and_description_from_its_product() {
    on_odoo(async |odoo| {
        let order = order(&odoo).await;
        let product = product(&odoo).await;
        let line = odoo
            .model(LINE)
            .create(&json!({"order_id": order, "product_id": product}))
            .await
            .unwrap();
        assert_eq!(odoo.value(LINE, line, "price_unit").await, 12.0);
        assert_eq!(odoo.value(LINE, line, "product_uom_qty").await, 1.0);
        assert_eq!(odoo.value(LINE, line, "price_subtotal").await, 12.0);
        let shown = odoo.value("product.product", product, "display_name").await;
        assert_eq!(odoo.value(LINE, line, "name").await, shown);
        assert_eq!(odoo.value(ORDER, order, "amount_total").await, 43.5);
        odoo.call(
            LINE,
            "write",
            json!([[line], {"discount": 50.0}]),
            json!({}),
        )
        .await;
        assert_eq!(odoo.value(ORDER, order, "amount_total").await, 37.5);
    });
}

#[test]
fn buttons_change_the_state() {
    on_odoo(async |odoo| {
        let order = order(&odoo).await;
        let state = async || odoo.value(ORDER, order, "state").await;
        assert_eq!(
            press(&odoo, order, "action_quotation_sent").await,
            Value::Null
        );
        assert_eq!(state().await, "sent");
        assert_eq!(press(&odoo, order, "action_confirm").await, true);
        assert_eq!(state().await, "sale");
        assert_eq!(press(&odoo, order, "action_cancel").await, true);
        assert_eq!(state().await, "cancel");
        assert_eq!(press(&odoo, order, "action_draft").await, true);
        assert_eq!(state().await, "draft");
    });
}

#[test]
fn a_lock_answers_nothing_since_17() {
    on_odoo(async |odoo| {
        let order = order(&odoo).await;
        press(&odoo, order, "action_confirm").await;
        if odoo.series < 17 {
            press(&odoo, order, "action_done").await;
            assert_eq!(odoo.value(ORDER, order, "state").await, "done");
            assert_eq!(press(&odoo, order, "action_unlock").await, Value::Null);
            return;
        }
        assert_eq!(press(&odoo, order, "action_lock").await, Value::Null);
        assert_eq!(odoo.value(ORDER, order, "locked").await, true);
        assert_eq!(press(&odoo, order, "action_unlock").await, Value::Null);
        assert_eq!(odoo.value(ORDER, order, "locked").await, false);
    });
}

#[test]
fn a_confirmed_order_is_not_confirmed_again_since_17() {
    on_odoo(async |odoo| {
        let order = order(&odoo).await;
        press(&odoo, order, "action_confirm").await;
        if odoo.series < 17 {
            assert_eq!(press(&odoo, order, "action_confirm").await, true);
        } else {
            let fault = odoo
                .fault(ORDER, "action_confirm", json!([[order]]), json!({}))
                .await;
            assert_fault(
                &fault,
                2,
                "Some orders are not in a state requiring confirmation.",
            );
        }
    });
}

#[test]
fn a_confirmed_order_is_not_deleted() {
    on_odoo(async |odoo| {
        let order = order(&odoo).await;
        press(&odoo, order, "action_confirm").await;
        let fault = odoo
            .fault(ORDER, "unlink", json!([[order]]), json!({}))
            .await;
        let said = "You can not delete a sent quotation or a confirmed sales order. You must first cancel it.";
        assert_fault(&fault, 2, said);
        assert_eq!(odoo.value(ORDER, order, "state").await, "sale");
    });
}

#[test]
fn a_copied_order_has_its_own_lines_and_number() {
    on_odoo(async |odoo| {
        let order = order(&odoo).await;
        press(&odoo, order, "action_confirm").await;
        let copy = odoo.call(ORDER, "copy", json!([[order]]), json!({})).await;
        let copy = copy.as_i64().or_else(|| copy[0].as_i64()).unwrap();
        assert_eq!(odoo.value(ORDER, copy, "state").await, "draft");
        assert_eq!(odoo.value(ORDER, copy, "amount_total").await, 31.5);
        assert_ne!(
            odoo.value(ORDER, copy, "name").await,
            odoo.value(ORDER, order, "name").await
        );
        let (lines, copied) = (
            odoo.value(ORDER, order, "order_line").await,
            odoo.value(ORDER, copy, "order_line").await,
        );
        assert_eq!(copied.as_array().unwrap().len(), 2);
        assert_ne!(copied, lines);
    });
}
