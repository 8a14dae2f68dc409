//! `res.partner`.

use serde_json::{Map, Value, json};

use super::tree::HEIGHT;
use crate::fault::Fault;
use crate::orm::schema::{
    Access, Spec, binary, boolean, char, date, float, html, integer, many2many, many2one, one2many,
    selection,
};
use crate::orm::{Data, Env, Row};

pub(super) const PARTNER: Spec = Spec {
    name: "res.partner",
    label: "Contact",
    order: "complete_name ASC, id DESC",
    fields: &[
        char("name", "Name"),
        char("complete_name", "Complete Name")
            .computed(|data, id, row| complete_name(data, id, row).into()),
        many2one("parent_id", "Related Company", "res.partner"),
        one2many("child_ids", "Contact", "res.partner", "parent_id"),
        char("ref", "Reference"),
        selection(
            "lang",
            "Language",
            &[("en_US", "English (US)"), ("fr_FR", "French / Français")],
        )
        .default(|_| json!("en_US")),
        selection(
            "tz",
            "Timezone",
            &[
                ("UTC", "UTC"),
                ("Europe/Brussels", "Europe/Brussels"),
                ("US/Pacific", "US/Pacific"),
            ],
        ),
        many2one("user_id", "Salesperson", "res.users"),
        char("vat", "Tax ID"),
        char("website", "Website Link"),
        html("comment", "Notes"),
        many2many("category_id", "Tags", "res.partner.category"),
        boolean("active", "Active").default(|_| json!(true)),
        boolean("employee", "Employee"),
        char("function", "Job Position"),
        selection(
            "type",
            "Address Type",
            &[
                ("contact", "Contact"),
                ("invoice", "Invoice"),
                ("delivery", "Delivery"),
                ("other", "Other"),
            ],
        )
        .default(|_| json!("contact")),
        char("street", "Street"),
        char("street2", "Street2"),
        char("zip", "Zip"),
        char("city", "City"),
        many2one("state_id", "State", "res.country.state"),
        many2one("country_id", "Country", "res.country"),
        char("country_code", "Country Code")
            .related("country_id", "code")
            .readonly()
            .not_stored(),
        float("partner_latitude", "Geo Latitude"),
        float("partner_longitude", "Geo Longitude"),
        char("email", "Email"),
        char("email_formatted", "Formatted Email")
            .computed(email_formatted)
            .not_stored(),
        char("phone", "Phone"),
        boolean("is_company", "Is a Company"),
        selection(
            "company_type",
            "Company Type",
            &[("person", "Person"), ("company", "Company")],
        )
        .computed(|_, _, row| {
            if row.flag("is_company") {
                json!("company")
            } else {
                json!("person")
            }
        })
        .not_stored(),
        many2one("company_id", "Company", "res.company"),
        integer("color", "Color Index").default(|_| json!(0)),
        one2many("user_ids", "Users", "res.users", "partner_id"),
        many2one("commercial_partner_id", "Commercial Entity", "res.partner")
            .computed(commercial_partner),
        char("barcode", "Barcode"),
        date("date_localization", "Geolocation Date"),
        binary("image_1920", "Image"),
        one2many("sale_order_ids", "Sales Order", "sale.order", "partner_id"),
        integer("sale_order_count", "Sale Order Count")
            .computed(|data, id, _| data.holders("sale.order", "partner_id", id).len().into())
            .not_stored(),
    ],
    searched_names: &["complete_name", "email", "ref", "vat"],
    display_name: complete_name,
    access: Access::ALL.group("Contact / Creation"),
    rewrite: Some(take_company_type),
    before_create: Some(take_address),
    check: Some(check),
    sample: super::partner_sample::partners,
    ..Spec::DEFAULT
};

fn complete_name(data: &Data, _: i64, row: &Row) -> String {
    let name = match (row.text("name"), row.text("type")) {
        ("", "invoice") => "Invoice",
        ("", "delivery") => "Delivery",
        ("", "other") => "Other",
        (name, _) => name,
    };
    match row
        .id("parent_id")
        .and_then(|parent| data.row("res.partner", parent))
    {
        Some(parent) if !row.flag("is_company") => format!("{}, {name}", parent.text("name")),
        _ => name.to_owned(),
    }
}

fn email_formatted(_: &Data, _: i64, row: &Row) -> Value {
    match row.text("email") {
        "" => json!(false),
        email => format!("\"{}\" <{email}>", row.text("name")).into(),
    }
}

fn commercial_partner(data: &Data, id: i64, row: &Row) -> Value {
    let (mut id, mut row) = (id, row);
    for _ in 0..HEIGHT {
        let parent = row.id("parent_id").filter(|_| !row.flag("is_company"));
        let Some((parent, above)) = parent.and_then(|id| Some((id, data.row("res.partner", id)?)))
        else {
            break;
        };
        (id, row) = (parent, above);
    }
    id.into()
}

/// Keeps the company type as what it stands for.
fn take_company_type(values: &mut Map<String, Value>) {
    if let Some(kind) = values.remove("company_type") {
        values.insert("is_company".to_owned(), (kind == "company").into());
    }
}

/// Gives a contact the address of its company, unless it has one of its own.
fn take_address(env: &mut Env<'_>, values: &mut Map<String, Value>) -> Result<(), Fault> {
    const ADDRESS: [&str; 6] = ["street", "street2", "zip", "city", "state_id", "country_id"];
    let parent = values.get("parent_id").and_then(Value::as_i64);
    let is_contact = values.get("type").is_none_or(|kind| kind == "contact");
    let is_set = |name: &&str| {
        values
            .get(*name)
            .is_some_and(|value| value.is_string() || value.is_i64())
    };
    if !is_contact || ADDRESS.iter().any(is_set) {
        return Ok(());
    }
    if let Some(parent) = parent.and_then(|id| env.data.row("res.partner", id)) {
        for name in ADDRESS {
            if let Some(value) = parent.get(name) {
                values.insert(name.to_owned(), value.clone());
            }
        }
    }
    Ok(())
}

fn check(data: &Data, id: i64, row: &Row) -> Result<(), Fault> {
    if row.text("name").is_empty() && row.text("type") == "contact" {
        return Err(Fault::integrity("Contacts require a name"));
    }
    let mut above = row.id("parent_id");
    for _ in 0..HEIGHT {
        if above == Some(id) {
            return Err(Fault::user(
                "You cannot create recursive Partner hierarchies.",
            ));
        }
        above = above
            .and_then(|id| data.row("res.partner", id))
            .and_then(|row| row.id("parent_id"));
    }
    Ok(())
}
