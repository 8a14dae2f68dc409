//! `res.partner.category`, which users call tags.

use serde_json::json;

use super::tree::path_of;
use crate::orm::schema::{Access, Spec, boolean, char, integer, many2many, many2one, one2many};

pub(super) const CATEGORY: Spec = Spec {
    name: "res.partner.category",
    label: "Partner Tags",
    order: "name, id",
    fields: &[
        char("name", "Name").required(),
        integer("color", "Color").default(|_| json!(1)),
        many2one("parent_id", "Category", "res.partner.category").cascade(),
        one2many(
            "child_ids",
            "Child Tags",
            "res.partner.category",
            "parent_id",
        ),
        boolean("active", "Active").default(|_| json!(true)),
        many2many("partner_ids", "Partners", "res.partner").mirror("category_id"),
    ],
    access: Access::ALL.group("Contact / Creation"),
    display_name: |data, id, row| path_of(data, "res.partner.category", id, row, " / "),
    sample: || {
        [
            (1, "Vendor", 2),
            (2, "Desk Manufacturers", 3),
            (3, "Prospects", 5),
            (4, "Office Supplies", 8),
            (5, "Services", 4),
        ]
        .into_iter()
        .map(|(id, name, color)| json!({ "id": id, "name": name, "color": color }))
        .collect()
    },
    ..Spec::DEFAULT
};
