//! `res.company`.

use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::orm::Env;
use crate::orm::registry;
use crate::orm::schema::{Access, Spec, boolean, char, integer, many2many, many2one, one2many};

pub(super) const COMPANY: Spec = Spec {
    name: "res.company",
    label: "Companies",
    order: "sequence, name",
    fields: &[
        char("name", "Company Name")
            .related("partner_id", "name")
            .required(),
        boolean("active", "Active").default(|_| json!(true)),
        integer("sequence", "Sequence").default(|_| json!(10)),
        many2one("parent_id", "Parent Company", "res.company"),
        one2many("child_ids", "Branches", "res.company", "parent_id"),
        many2one("partner_id", "Partner", "res.partner").required(),
        many2one("currency_id", "Currency", "res.currency")
            .required()
            .default(|_| json!(1)),
        many2many("user_ids", "Accepted Users", "res.users").mirror("company_ids"),
        char("email", "Email").related("partner_id", "email"),
        char("phone", "Phone").related("partner_id", "phone"),
        char("vat", "Tax ID").related("partner_id", "vat"),
        many2one("country_id", "Country", "res.country").related("partner_id", "country_id"),
    ],
    display_name: |data, _, row| {
        let partner = row
            .id("partner_id")
            .and_then(|id| data.row("res.partner", id));
        partner
            .map(|partner| partner.text("name").to_owned())
            .unwrap_or_default()
    },
    access: Access::READ.group("Access Rights"),
    before_create: Some(create_partner),
    sample: || vec![json!({ "id": 1, "partner_id": 1, "currency_id": 1 })],
    ..Spec::DEFAULT
};

/// Makes the partner that stands for a new company.
fn create_partner(env: &mut Env<'_>, values: &mut Map<String, Value>) -> Result<(), Fault> {
    if let (None, Some(partners)) = (values.get("partner_id"), registry::model("res.partner")) {
        let name = values.get("name").cloned().unwrap_or_default();
        let partner = Map::from_iter([
            ("name".to_owned(), name),
            ("is_company".to_owned(), true.into()),
        ]);
        values.insert(
            "partner_id".to_owned(),
            env.create(partners, partner)?.into(),
        );
    }
    Ok(())
}
