//! The models that the sandbox has, one file for each family. To add one, declare a [`Spec`] and list it here.

mod company;
mod country;
mod generated;
mod partner;
mod partner_category;
mod partner_sample;
mod product;
mod sale_order;
mod sale_order_line;
mod system;
mod tree;
mod user;

use serde_json::{Map, Value};

use crate::orm::registry;
use crate::orm::schema::Spec;
use crate::orm::{Data, Env, Row};

pub(crate) use generated::add_partners;

/// All models.
pub(crate) const ALL: &[&Spec] = &[
    &company::COMPANY,
    &country::COUNTRY,
    &country::CURRENCY,
    &country::LANG,
    &country::STATE,
    &partner_category::CATEGORY,
    &partner::PARTNER,
    &product::CATEGORY,
    &product::PRODUCT,
    &product::TEMPLATE,
    &product::UNIT,
    &sale_order::SALE_ORDER,
    &sale_order_line::SALE_ORDER_LINE,
    &system::MODEL,
    &system::PARAMETER,
    &user::GROUP,
    &user::USER,
];

/// The user on whose behalf the sample was made: OdooBot.
const MAKER: i64 = 1;

/// Returns a database with the sample records.
pub(crate) fn sample() -> Data {
    let mut data = Data::default();
    for model in registry::models() {
        for mut record in (model.spec.sample)() {
            let id = record.get("id").and_then(Value::as_i64).unwrap_or_default();
            if let Some(columns) = record.as_object_mut() {
                columns.remove("id");
                add(&mut data, model, id, columns);
            }
        }
    }
    data.commit();
    data
}

/// Adds a record as it is, with defaults for what it leaves out.
fn add(data: &mut Data, model: &'static registry::Model, id: i64, columns: &Map<String, Value>) {
    let env = Env::new(data, MAKER, Map::new());
    let mut row = Row::default();
    for field in model.fields().iter().filter(|field| !field.inherited) {
        let default = || {
            env.default_of(model, field)
                .filter(|_| !field.kind.is_many())
        };
        if let Some(value) = columns.get(field.name).cloned().or_else(default) {
            row.set(field.name, value);
        }
    }
    for (column, value) in [
        ("create_uid", Value::from(MAKER)),
        ("create_date", "2026-01-05 08:00:00".into()),
        ("write_uid", MAKER.into()),
        ("write_date", "2026-01-05 08:00:00".into()),
    ] {
        row.set(column, value);
    }
    data.put(model, id, row);
}

/// Rounds an amount of money.
fn in_cents(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}
