//! `sale.order.line`.

use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::orm::schema::{Access, Spec, float, integer, many2one, monetary, selection, text};
use crate::orm::{Env, Row};

pub(super) const SALE_ORDER_LINE: Spec = Spec {
    name: "sale.order.line",
    label: "Sales Order Line",
    order: "order_id, sequence, id",
    fields: &[
        many2one("order_id", "Order Reference", "sale.order")
            .required()
            .cascade(),
        integer("sequence", "Sequence").default(|_| json!(10)),
        many2one("product_id", "Product", "product.product"),
        text("name", "Description").required(),
        float("product_uom_qty", "Quantity"),
        float("price_unit", "Unit Price"),
        float("discount", "Discount (%)"),
        selection(
            "display_type",
            "Display Type",
            &[("line_section", "Section"), ("line_note", "Note")],
        ),
        monetary("price_subtotal", "Subtotal")
            .computed(|_, _, row| super::in_cents(subtotal(row)).into()),
        monetary("price_total", "Total")
            .computed(|_, _, row| super::in_cents(subtotal(row)).into()),
        many2one("order_partner_id", "Customer", "res.partner")
            .related("order_id", "partner_id")
            .readonly(),
        many2one("salesman_id", "Salesperson", "res.users")
            .related("order_id", "user_id")
            .readonly(),
        many2one("company_id", "Company", "res.company")
            .related("order_id", "company_id")
            .readonly(),
        many2one("currency_id", "Currency", "res.currency")
            .related("order_id", "currency_id")
            .readonly(),
        selection(
            "state",
            "Order Status",
            &[
                ("draft", "Quotation"),
                ("sent", "Quotation Sent"),
                ("sale", "Sales Order"),
                ("cancel", "Cancelled"),
            ],
        )
        .related("order_id", "state")
        .readonly(),
    ],
    display_name: |data, _, row| {
        let order = row
            .id("order_id")
            .map(|id| data.display_name("sale.order", id))
            .unwrap_or_default();
        format!(
            "{order} - {}",
            row.text("name").lines().next().unwrap_or_default()
        )
    },
    access: Access::ALL.group("Sales / User: Own Documents Only"),
    before_create: Some(complete),
    sample,
    ..Spec::DEFAULT
};

/// Returns what a line costs.
pub(super) fn subtotal(row: &Row) -> f64 {
    row.number("product_uom_qty")
        * row.number("price_unit")
        * (1.0 - row.number("discount") / 100.0)
}

/// Takes the description and the price from the product, and sells one, unless the values say otherwise.
fn complete(env: &mut Env<'_>, values: &mut Map<String, Value>) -> Result<(), Fault> {
    if values.get("display_type").is_some_and(Value::is_string) {
        return Ok(());
    }
    let mut set = |name: &str, value: Value| {
        values.entry(name).or_insert(value);
    };
    set("product_uom_qty", json!(1.0));
    let Some(product) = values.get("product_id").and_then(Value::as_i64) else {
        return Ok(());
    };
    let template = env
        .data
        .row("product.product", product)
        .and_then(|row| row.id("product_tmpl_id"));
    let price = template
        .and_then(|id| env.data.row("product.template", id))
        .map(|row| row.number("list_price"));
    let name = env.data.display_name("product.product", product);
    let mut set = |name: &str, value: Value| {
        values.entry(name).or_insert(value);
    };
    set("price_unit", price.unwrap_or_default().into());
    set("name", name.into());
    Ok(())
}

fn sample() -> Vec<Value> {
    let lines: [(i64, i64, &str, f64, f64); 15] = [
        (1, 14, "Virtual Interior Design", 24.0, 75.0),
        (1, 3, "[E-COM07] Large Cabinet", 2.0, 320.0),
        (2, 1, "[DESK0001] Customizable Desk", 1.0, 750.0),
        (2, 9, "[FURN_0096] Office Chair Black", 4.0, 120.5),
        (3, 5, "[E-COM09] Large Desk", 2.0, 1799.0),
        (4, 12, "[FURN_8220] Four Person Desk", 1.0, 2350.0),
        (4, 8, "[E-COM12] Conference Chair", 8.0, 33.0),
        (5, 6, "[E-COM10] Pedal Bin", 10.0, 47.0),
        (6, 11, "[FURN_6666] Acoustic Bloc Screens", 3.0, 295.0),
        (6, 4, "[E-COM08] Storage Box", 12.0, 15.8),
        (7, 13, "[FURN_9999] Outdoor dining table", 1.0, 640.0),
        (7, 10, "[FURN_1118] Corner Desk Left Sit", 2.0, 85.0),
        (8, 2, "[E-COM06] Corner Desk Right Sit", 5.0, 147.0),
        (8, 7, "[E-COM11] Cabinet with Doors", 5.0, 140.0),
        (9, 9, "[FURN_0096] Office Chair Black", 1.0, 120.5),
    ];
    let line = |(at, (order, product, name, quantity, price)): (
        usize,
        (i64, i64, &str, f64, f64),
    )| {
        json!({
            "id": at + 1, "order_id": order, "product_id": product, "name": name, "product_uom_qty": quantity,
            "price_unit": price,
        })
    };
    lines.into_iter().enumerate().map(line).collect()
}
