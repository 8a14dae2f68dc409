//! `product.product`, which inherits from `product.template`, with `product.category` and `uom.uom`.

use serde_json::{Value, json};

use super::tree::path_of;
use crate::orm::schema::{
    Access, Spec, binary, boolean, char, float, integer, many2one, one2many, selection, text,
};
use crate::orm::{Data, Row};

const ACCESS: Access = Access::READ.group("Products / Create");

pub(super) const TEMPLATE: Spec = Spec {
    name: "product.template",
    label: "Product",
    order: "name, id",
    fields: &[
        char("name", "Name").required(),
        integer("sequence", "Sequence").default(|_| json!(1)),
        text("description_sale", "Sales Description"),
        selection(
            "type",
            "Product Type",
            &[
                ("consu", "Goods"),
                ("service", "Service"),
                ("combo", "Combo"),
            ],
        )
        .required()
        .default(|_| json!("consu")),
        many2one("categ_id", "Product Category", "product.category").default(|_| json!(1)),
        float("list_price", "Sales Price").default(|_| json!(1.0)),
        boolean("sale_ok", "Sales").default(|_| json!(true)),
        boolean("active", "Active").default(|_| json!(true)),
        many2one("uom_id", "Unit", "uom.uom")
            .required()
            .default(|_| json!(1)),
        many2one("company_id", "Company", "res.company"),
        one2many(
            "product_variant_ids",
            "Products",
            "product.product",
            "product_tmpl_id",
        ),
        binary("image_1920", "Image"),
    ],
    access: ACCESS,
    sample: templates,
    ..Spec::DEFAULT
};

pub(super) const PRODUCT: Spec = Spec {
    name: "product.product",
    label: "Product Variant",
    order: "default_code, name, id",
    fields: &[
        many2one("product_tmpl_id", "Product Template", "product.template")
            .required()
            .cascade(),
        char("default_code", "Internal Reference"),
        char("barcode", "Barcode").uncopied(),
        float("standard_price", "Cost"),
        float("lst_price", "Sales Price")
            .related("product_tmpl_id", "list_price")
            .not_stored(),
        float("weight", "Weight"),
        boolean("active", "Active").default(|_| json!(true)),
    ],
    inherits: Some(("product.template", "product_tmpl_id")),
    searched_names: &["name", "default_code", "barcode"],
    display_name: product_name,
    access: ACCESS,
    unique: &[("barcode", "A barcode can only be assigned to one product!")],
    sample: products,
    ..Spec::DEFAULT
};

pub(super) const CATEGORY: Spec = Spec {
    name: "product.category",
    label: "Product Category",
    order: "complete_name",
    fields: &[
        char("name", "Name").required(),
        char("complete_name", "Complete Name")
            .computed(|data, id, row| path_of(data, "product.category", id, row, " / ").into()),
        many2one("parent_id", "Parent Category", "product.category").cascade(),
        one2many(
            "child_id",
            "Child Categories",
            "product.category",
            "parent_id",
        ),
    ],
    display_name: |data, id, row| path_of(data, "product.category", id, row, " / "),
    access: ACCESS,
    sample: || {
        vec![
            json!({ "id": 1, "name": "Goods" }),
            json!({ "id": 2, "name": "Services" }),
            json!({ "id": 3, "name": "Furniture" }),
            json!({ "id": 4, "name": "Office", "parent_id": 3 }),
            json!({ "id": 5, "name": "Outdoor furniture", "parent_id": 3 }),
        ]
    },
    ..Spec::DEFAULT
};

pub(super) const UNIT: Spec = Spec {
    name: "uom.uom",
    label: "Unit of Measure",
    order: "id",
    fields: &[
        char("name", "Unit Name").required(),
        boolean("active", "Active").default(|_| json!(true)),
    ],
    sample: || {
        vec![
            json!({ "id": 1, "name": "Units" }),
            json!({ "id": 2, "name": "Hours" }),
            json!({ "id": 3, "name": "kg" }),
        ]
    },
    ..Spec::DEFAULT
};

fn product_name(data: &Data, _: i64, row: &Row) -> String {
    let template = row
        .id("product_tmpl_id")
        .and_then(|id| data.row("product.template", id));
    let name = template
        .map(|template| template.text("name"))
        .unwrap_or_default();
    match row.text("default_code") {
        "" => name.to_owned(),
        code => format!("[{code}] {name}"),
    }
}

/// Code, name, category, type, price and cost.
const CATALOGUE: [(&str, &str, i64, &str, f64, f64); 14] = [
    ("DESK0001", "Customizable Desk", 4, "consu", 750.0, 500.0),
    ("E-COM06", "Corner Desk Right Sit", 4, "consu", 147.0, 100.0),
    ("E-COM07", "Large Cabinet", 4, "consu", 320.0, 250.0),
    ("E-COM08", "Storage Box", 4, "consu", 15.8, 10.0),
    ("E-COM09", "Large Desk", 4, "consu", 1799.0, 1299.0),
    ("E-COM10", "Pedal Bin", 4, "consu", 47.0, 10.0),
    ("E-COM11", "Cabinet with Doors", 4, "consu", 140.0, 120.5),
    ("E-COM12", "Conference Chair", 4, "consu", 33.0, 28.0),
    ("FURN_0096", "Office Chair Black", 4, "consu", 120.5, 100.0),
    ("FURN_1118", "Corner Desk Left Sit", 4, "consu", 85.0, 78.0),
    (
        "FURN_6666",
        "Acoustic Bloc Screens",
        4,
        "consu",
        295.0,
        287.0,
    ),
    ("FURN_8220", "Four Person Desk", 4, "consu", 2350.0, 2500.0),
    (
        "FURN_9999",
        "Outdoor dining table",
        5,
        "consu",
        640.0,
        410.0,
    ),
    (
        "SERV_0001",
        "Virtual Interior Design",
        2,
        "service",
        30.75,
        25.5,
    ),
];

fn templates() -> Vec<Value> {
    let template = |(at, (_, name, category, kind, price, _)): (
        usize,
        &(&str, &str, i64, &str, f64, f64),
    )| {
        let unit = if *kind == "service" { 2 } else { 1 };
        json!({
            "id": at + 1, "name": name, "categ_id": category, "type": kind, "list_price": price, "uom_id": unit,
        })
    };
    CATALOGUE.iter().enumerate().map(template).collect()
}

fn products() -> Vec<Value> {
    let product = |(at, (code, _, _, _, _, cost)): (usize, &(&str, &str, i64, &str, f64, f64))| json!({ "id": at + 1, "product_tmpl_id": at + 1, "default_code": code, "standard_price": cost });
    CATALOGUE.iter().enumerate().map(product).collect()
}
