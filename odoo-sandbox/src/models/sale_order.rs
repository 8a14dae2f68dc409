//! `sale.order`.

use serde_json::{Map, Value, json};

use crate::clock;
use crate::fault::Fault;
use crate::orm::schema::{
    Access, Spec, boolean, char, date, datetime, html, many2one, monetary, one2many, selection,
};
use crate::orm::{Data, Env, Row};

pub(super) const SALE_ORDER: Spec = Spec {
    name: "sale.order",
    label: "Sales Order",
    order: "date_order desc, id desc",
    fields: &[
        char("name", "Order Reference")
            .required()
            .uncopied()
            .default(|_| json!("New")),
        many2one("partner_id", "Customer", "res.partner").required(),
        selection(
            "state",
            "Status",
            &[
                ("draft", "Quotation"),
                ("sent", "Quotation Sent"),
                ("sale", "Sales Order"),
                ("cancel", "Cancelled"),
            ],
        )
        .readonly()
        .uncopied()
        .default(|_| json!("draft")),
        boolean("locked", "Locked").uncopied(),
        datetime("date_order", "Order Date")
            .required()
            .uncopied()
            .default(|_| clock::now().into()),
        date("validity_date", "Expiration")
            .uncopied()
            .default(|_| clock::days_from_now(30).into()),
        datetime("commitment_date", "Delivery Date").uncopied(),
        char("client_order_ref", "Customer Reference").uncopied(),
        char("origin", "Source Document"),
        html("note", "Terms and conditions"),
        many2one("user_id", "Salesperson", "res.users").default(|env| env.user.into()),
        many2one("company_id", "Company", "res.company")
            .required()
            .default(|_| json!(1)),
        many2one("currency_id", "Currency", "res.currency")
            .related("company_id", "currency_id")
            .readonly(),
        one2many("order_line", "Order Lines", "sale.order.line", "order_id").copied(),
        monetary("amount_untaxed", "Untaxed Amount").computed(total),
        monetary("amount_tax", "Taxes").computed(|_, _, _| json!(0.0)),
        monetary("amount_total", "Total").computed(total),
    ],
    access: Access {
        unlink: false,
        rule: Some(|user, row| row.id("user_id").is_none_or(|owner| owner == user)),
        ..Access::ALL.group("Sales / Administrator")
    },
    before_create: Some(number),
    before_unlink: Some(|_, _, row| match row.text("state") {
        "draft" | "cancel" => Ok(()),
        _ => Err(Fault::user(
            "You can not delete a sent quotation or a confirmed sales order. You must first cancel it.",
        )),
    }),
    buttons: &[
        ("action_confirm", confirm),
        ("action_quotation_sent", |env, ids| {
            set(env, ids, json!({ "state": "sent" })).map(|()| Value::Null)
        }),
        ("action_cancel", |env, ids| {
            set(env, ids, json!({ "state": "cancel" })).map(|()| true.into())
        }),
        ("action_draft", |env, ids| {
            set(env, ids, json!({ "state": "draft" })).map(|()| true.into())
        }),
        ("action_lock", |env, ids| {
            set(env, ids, json!({ "locked": true })).map(|()| Value::Null)
        }),
        ("action_unlock", |env, ids| {
            set(env, ids, json!({ "locked": false })).map(|()| Value::Null)
        }),
    ],
    sample,
    ..Spec::DEFAULT
};

/// Returns the sum of an order's lines, in whole cents.
fn total(data: &Data, id: i64, _: &Row) -> Value {
    let lines = data.holders("sale.order.line", "order_id", id);
    let subtotals = lines
        .into_iter()
        .filter_map(|line| data.row("sale.order.line", line));
    super::in_cents(subtotals.map(super::sale_order_line::subtotal).sum()).into()
}

/// Numbers an order that was given no name, one after the highest number in use.
fn number(env: &mut Env<'_>, values: &mut Map<String, Value>) -> Result<(), Fault> {
    if values.get("name").is_none_or(|name| name == "New") {
        let names = env
            .data
            .rows("sale.order")
            .filter_map(|(_, row)| row.text("name").strip_prefix('S')?.parse().ok());
        let last: u64 = names.max().unwrap_or_default();
        values.insert("name".to_owned(), format!("S{:05}", last + 1).into());
    }
    Ok(())
}

fn confirm(env: &mut Env<'_>, ids: &[i64]) -> Result<Value, Fault> {
    let state = |id: &i64| {
        env.data
            .row("sale.order", *id)
            .map(|row| row.text("state").to_owned())
    };
    if ids
        .iter()
        .filter_map(state)
        .any(|state| state != "draft" && state != "sent")
    {
        return Err(Fault::user(
            "Some orders are not in a state requiring confirmation.",
        ));
    }
    set(
        env,
        ids,
        json!({ "state": "sale", "date_order": clock::now() }),
    )?;
    Ok(true.into())
}

fn set(env: &mut Env<'_>, ids: &[i64], values: Value) -> Result<(), Fault> {
    let model = env.model("sale.order")?;
    env.write(model, ids, values.as_object().unwrap_or(&Map::new()))
}

fn sample() -> Vec<Value> {
    let order = |id: i64, partner: i64, state: &str, user: Value, date: &str| {
        json!({
            "id": id, "name": format!("S{id:05}"), "partner_id": partner, "state": state, "user_id": user,
            "date_order": format!("{date} 09:30:00"), "validity_date": false,
        })
    };
    vec![
        order(1, 10, "draft", json!(6), "2026-10-02"),
        order(2, 12, "draft", json!(2), "2026-10-05"),
        order(3, 14, "sent", json!(2), "2026-10-09"),
        order(4, 12, "sale", json!(2), "2026-09-21"),
        order(5, 11, "cancel", json!(6), "2026-09-14"),
        order(6, 15, "sale", json!(2), "2026-11-03"),
        order(7, 13, "sale", json!(6), "2026-11-12"),
        order(8, 11, "sent", json!(2), "2026-11-16"),
        order(9, 20, "draft", json!(false), "2026-11-18"),
    ]
}
