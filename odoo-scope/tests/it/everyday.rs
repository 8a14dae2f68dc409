//! Calls that people make every day, and which a boundary must not hinder.

use odoo_scope::policy::Policy;
use serde_json::{Value, json};

use crate::world::{SERIES, outcome};

#[test]
fn everyday_calls_pass() {
    for (scope, call) in calls() {
        for (series, schemas) in SERIES.iter() {
            let outcome = outcome(scope, &Policy::default(), schemas, &call);
            assert_eq!(outcome, Ok(()), "{series}: `{scope}` for {call}");
        }
    }
}

fn calls() -> Vec<(&'static str, Value)> {
    let sales = "sale.order:RW,sale.order.line:RW,product.product:R,res.partner:R";
    vec![
        (
            sales,
            json!({"create": "sale.order", "values": {
                "partner_id": 3, "date_order": "2026-11-22 10:00:00", "note": "<p>x</p>",
                "order_line": [
                    [0, 0, {"product_id": 5, "product_uom_qty": 2, "price_unit": 9.5}],
                    [0, "virtual_1", {"product_id": 6, "name": "x", "sequence": 20}],
                ],
            }}),
        ),
        (
            sales,
            json!({"write": "sale.order", "values": {"client_order_ref": "A7", "order_line": [
                [1, 4, {"product_uom_qty": 3}], [0, 0, {"product_id": 5}], [4, 9],
            ]}}),
        ),
        (
            sales,
            json!({"create": "sale.order", "values": {"partner_id": 3, "order_line": []}}),
        ),
        (
            sales,
            json!({"create": "sale.order", "values": {"partner_id": 3, "order_line": [[5]]}}),
        ),
        (
            sales,
            json!({"create": "sale.order", "values": {"partner_id": 3, "order_line": [[6, 0, []]]}}),
        ),
        (
            sales,
            json!({"create": "sale.order.line", "values": {"order_id": 1, "product_id": 5, "price_unit": 3}}),
        ),
        (
            sales,
            json!({"search_read": "sale.order", "fields": ["name", "partner_id", "user_id", "amount_total"],
                "domain": ["&", ["state", "in", ["sale", "done"]], "|", ["user_id", "=", 2], ["user_id", "=", false]],
                "order": "date_order desc, id", "context": {"lang": "fr_BE", "tz": "Europe/Brussels"}}),
        ),
        (
            sales,
            json!({"search": "sale.order", "domain": [
                ["partner_id.email", "=", "a@b.c"], ["order_line.product_id.default_code", "ilike", "x"],
                ["partner_id", "child_of", 3], ["partner_id", "ilike", "azure"],
            ], "order": "partner_id"}),
        ),
        (
            "sale.order:R",
            json!({"search_read": "sale.order", "domain": [["partner_id", "=", 3]]}),
        ),
        (
            "sale.order:R",
            json!({"search": "sale.order", "domain": [["order_line", "!=", false]], "order": "partner_id.id"}),
        ),
        (
            "sale.order:R",
            json!({"search": "sale.order", "domain": [[1, "=", 1], "!", [0, "=", 1]]}),
        ),
        (
            "sale.order:R",
            json!({"search": "sale.order", "domain": [["date_order.month_number", "=", 5]]}),
        ),
        (
            "res.partner:RW",
            json!({"write": "res.partner", "values": {"name": "x", "email": false, "active": true}}),
        ),
        (
            "res.partner:RW",
            json!({"write": "res.partner", "values": {"parent_id": 7, "child_ids": [[0, 0, {"name": "y"}]]}}),
        ),
        (
            "res.partner:RW",
            json!({"write": "res.partner", "values": {"country_id": false, "category_id": []}}),
        ),
        (
            "res.partner:RW,res.partner.category:R",
            json!({"write": "res.partner", "values": {"category_id": [1, 2]}}),
        ),
        (
            "res.partner:RW,res.partner.category:R",
            json!({"write": "res.partner", "values": {"category_id": [[3, 1], [4, 2], [5]]}}),
        ),
        (
            "res.partner:RWD",
            json!({"write": "res.partner", "values": {"child_ids": [[3, 8], [6, 0, [9]]]}}),
        ),
        (
            "res.partner:W",
            json!({"create": "res.partner", "values": [{"name": "x"}, {"name": "y"}]}),
        ),
        (
            "res.partner:R",
            json!({"search": "res.partner", "domain": [["active", "in", [true, false]]],
            "context": {"active_test": false, "allowed_company_ids": [1], "bin_size": true, "lang": false}}),
        ),
        (
            "res.partner:R",
            json!({"search": "res.partner", "domain": [["id", "child_of", 7], ["id", "in", [7, 8]]]}),
        ),
        (
            "res.partner:R",
            json!({"name_search": "res.partner", "domain": [["active", "=", true]]}),
        ),
        (
            "res.partner:R",
            json!({"default_get": "res.partner", "fields": ["lang", "type"]}),
        ),
        ("res.partner:R", json!({"fields_get": "res.partner"})),
        (
            "res.partner(name,email):R",
            json!({"read": "res.partner", "fields": ["id", "display_name", "email"]}),
        ),
        (
            "res.partner(name):R",
            json!({"search": "res.partner", "domain": []}),
        ),
        ("res.partner:D", json!({"unlink": "res.partner"})),
        (
            "*:RW",
            json!({"create": "res.partner", "values": {"name": "x", "category_id": [[0, 0, {"name": "y"}]]}}),
        ),
        (
            "*:RW",
            json!({"write": "res.users", "values": {"name": "x", "lang": "en_US"}}),
        ),
        (
            "*:R",
            json!({"search_read": "ir.cron", "fields": ["name", "code"]}),
        ),
        // A user for a partner there is: no partner is created.
        (
            "res.users:RW,res.partner:R",
            json!({"create": "res.users", "values": {"login": "x", "partner_id": 5}}),
        ),
        (
            "ir.attachment:RW,sale.order:R",
            json!({"create": "ir.attachment", "values": {
                "name": "x.pdf", "datas": "aGk=", "res_model": "sale.order", "res_id": 5,
            }}),
        ),
        (
            "product.*:RW",
            json!({"write": "product.product", "values": {"list_price": 5.5, "barcode": "1"}}),
        ),
        (
            "product.*:RW",
            json!({"create": "product.product", "values": {"name": "x", "default_code": "y"}}),
        ),
    ]
}
