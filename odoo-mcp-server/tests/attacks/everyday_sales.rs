//! Everyday calls about sales.

use serde_json::json;

use crate::everyday::{Everyday, everyday};

const SALES: &str = "sale.order:RW,sale.order.line:RW,product.product:R,res.partner:R";

pub(crate) fn rows() -> Vec<Everyday> {
    let created = json!("created");
    let updated = json!("updated");
    vec![
        everyday(
            "An order with its lines",
            SALES,
            "create",
            json!({"model": "sale.order", "values": {
                "partner_id": "$partner", "client_order_ref": "$mark", "date_order": "2026-11-22 10:00:00",
                "order_line": [
                    [0, 0, {"product_id": "$product", "product_uom_qty": 2, "price_unit": 9.5}],
                    [0, "virtual_1", {"product_id": "$product", "name": "$mark", "sequence": 20}],
                ],
            }}),
            created.clone(),
        ),
        everyday(
            "Several orders at once",
            SALES,
            "create",
            json!({"model": "sale.order", "values": [
                {"partner_id": "$partner"},
                {"partner_id": "$partner", "order_line": [[0, 0, {"product_id": "$product"}]]},
            ]}),
            created.clone(),
        ),
        everyday(
            "An order without lines yet",
            SALES,
            "create",
            json!({"model": "sale.order", "values": {"partner_id": "$partner", "order_line": [[6, 0, []]]}}),
            created.clone(),
        ),
        everyday(
            "A line changed, one added",
            SALES,
            "write",
            json!({"model": "sale.order", "ids": ["$order"], "values": {"client_order_ref": "A7", "order_line": [
                [1, "$line", {"product_uom_qty": 3}], [0, 0, {"product_id": "$product"}], [4, "$line"],
            ]}}),
            updated.clone(),
        ),
        everyday(
            "A line taken out, by who may delete lines",
            "sale.order:RW,sale.order.line:RWD",
            "write",
            json!({"model": "sale.order", "ids": ["$order"], "values": {"order_line": [[2, "$line"], [3, "$second_line"]]}}),
            updated,
        ),
        everyday(
            "A line on its own",
            "sale.order:R,sale.order.line:RW,product.product:R",
            "create",
            json!({"model": "sale.order.line", "values": {"order_id": "$order", "product_id": "$product", "price_unit": 3}}),
            created.clone(),
        ),
        everyday(
            "An order deleted, with its lines",
            "sale.order:RWD",
            "unlink",
            json!({"model": "sale.order", "ids": ["$order"]}),
            json!("deleted"),
        ),
        everyday(
            "Orders of a customer, newest first",
            "sale.order:R",
            "search_read",
            json!({"model": "sale.order", "fields": ["name", "partner_id", "user_id", "amount_total", "order_line"],
                "domain": [["id", "=", "$order"], "&", ["state", "in", ["draft", "sale"]], "|", ["partner_id", "=", "$partner"], ["user_id", "=", -1]],
                "order": "date_order desc, id", "context": {"lang": "en_US", "tz": "Europe/Brussels"}}),
            json!("$mark partner"),
        ),
        everyday(
            "Orders by what is ordered and by whom",
            SALES,
            "search",
            json!({"model": "sale.order", "order": "partner_id", "domain": [
                ["order_line.product_id.name", "=like", "$mark%"], ["partner_id.country_id", "=", "$country"],
                ["partner_id", "child_of", "$partner"], ["partner_id", "ilike", "$mark"],
                ["order_line", "in", ["$line"]],
            ]}),
            json!("$order"),
        ),
        everyday(
            "Orders which have lines",
            "sale.order:R",
            "search",
            json!({"model": "sale.order", "domain": [["order_line", "!=", false], ["order_line", "in", ["$line"]]]}),
            json!("$order"),
        ),
        everyday(
            "Lines with what they show of their order",
            "sale.order.line:R",
            "read",
            json!({"model": "sale.order.line", "ids": ["$line"], "fields": ["order_id", "product_id", "state", "order_partner_id", "company_id"]}),
            json!("$mark product"),
        ),
        everyday(
            "A product with its template",
            "product.product:RW,product.template:RW",
            "create",
            json!({"model": "product.product", "values": {"name": "$mark product", "list_price": 12.5}}),
            created,
        ),
    ]
}
