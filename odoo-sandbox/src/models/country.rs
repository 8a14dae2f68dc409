//! `res.country`, `res.country.state`, `res.currency`, `res.lang`.

use serde_json::{Value, json};

use crate::orm::schema::{
    Access, Spec, boolean, char, float, integer, many2one, one2many, selection,
};

pub(super) const COUNTRY: Spec = Spec {
    name: "res.country",
    label: "Country",
    order: "name, id",
    fields: &[
        char("name", "Country Name").required(),
        char("code", "Country Code").required(),
        integer("phone_code", "Country Calling Code"),
        many2one("currency_id", "Currency", "res.currency"),
        one2many("state_ids", "States", "res.country.state", "country_id"),
        char("vat_label", "Vat Label"),
        boolean("state_required", "State Required"),
        boolean("zip_required", "Zip Required").default(|_| json!(true)),
    ],
    searched_names: &["name", "code"],
    unique: &[
        ("code", "The code of the country must be unique!"),
        ("name", "The name of the country must be unique!"),
    ],
    sample: countries,
    ..Spec::DEFAULT
};

pub(super) const STATE: Spec = Spec {
    name: "res.country.state",
    label: "Country state",
    order: "code, id",
    fields: &[
        many2one("country_id", "Country", "res.country").required(),
        char("name", "State Name").required(),
        char("code", "State Code").required(),
    ],
    searched_names: &["name", "code"],
    display_name: |data, _, row| {
        let country = row
            .id("country_id")
            .and_then(|id| data.row("res.country", id));
        format!(
            "{} ({})",
            row.text("name"),
            country
                .map(|country| country.text("code"))
                .unwrap_or_default()
        )
    },
    sample: || {
        [
            (1, 233, "California", "CA"),
            (2, 233, "New York", "NY"),
            (3, 233, "Pennsylvania", "PA"),
            (4, 233, "Texas", "TX"),
            (5, 38, "Ontario", "ON"),
            (6, 104, "Gujarat", "GJ"),
        ]
        .into_iter()
        .map(|(id, country, name, code)| json!({ "id": id, "country_id": country, "name": name, "code": code }))
        .collect()
    },
    ..Spec::DEFAULT
};

pub(super) const CURRENCY: Spec = Spec {
    name: "res.currency",
    label: "Currency",
    order: "active desc, name",
    fields: &[
        char("name", "Currency").required(),
        char("full_name", "Name"),
        char("symbol", "Symbol").required(),
        selection(
            "position",
            "Symbol Position",
            &[("after", "After Amount"), ("before", "Before Amount")],
        )
        .default(|_| json!("after")),
        float("rounding", "Rounding Factor").default(|_| json!(0.01)),
        integer("decimal_places", "Decimal Places").default(|_| json!(2)),
        boolean("active", "Active").default(|_| json!(true)),
    ],
    unique: &[("name", "The currency code must be unique!")],
    sample: || {
        vec![
            json!({ "id": 1, "name": "USD", "full_name": "United States dollar", "symbol": "$", "position": "before" }),
            json!({ "id": 2, "name": "EUR", "full_name": "Euro", "symbol": "€" }),
            json!({ "id": 3, "name": "GBP", "full_name": "Pound sterling", "symbol": "£", "active": false }),
            json!({ "id": 4, "name": "CHF", "full_name": "Swiss franc", "symbol": "CHF", "active": false }),
        ]
    },
    ..Spec::DEFAULT
};

pub(super) const LANG: Spec = Spec {
    name: "res.lang",
    label: "Languages",
    order: "active desc, name",
    fields: &[
        char("name", "Name").required(),
        char("code", "Locale Code").required(),
        char("iso_code", "ISO code"),
        boolean("active", "Active"),
    ],
    access: Access::READ,
    sample: || {
        vec![
            json!({ "id": 1, "name": "English (US)", "code": "en_US", "iso_code": "en", "active": true }),
            json!({ "id": 2, "name": "French / Français", "code": "fr_FR", "iso_code": "fr" }),
        ]
    },
    ..Spec::DEFAULT
};

/// Reads the countries from their table: code, name, calling code. Their ids are their places in it, as in Odoo.
fn countries() -> Vec<Value> {
    const EURO: [&str; 20] = [
        "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV",
        "MT", "NL", "PT", "SI", "SK",
    ];
    let country = |(at, line): (usize, &str)| {
        let mut columns = line.split('\t');
        let (code, name) = (columns.next()?, columns.next()?);
        let calling: i64 = columns.next()?.parse().ok()?;
        let currency = match code {
            "US" => json!(1),
            "GB" => json!(3),
            "CH" | "LI" => json!(4),
            _ if EURO.contains(&code) => json!(2),
            _ => json!(false),
        };
        Some(
            json!({ "id": at + 1, "code": code, "name": name, "phone_code": calling, "currency_id": currency }),
        )
    };
    include_str!("countries.tsv")
        .lines()
        .enumerate()
        .filter_map(country)
        .collect()
}
