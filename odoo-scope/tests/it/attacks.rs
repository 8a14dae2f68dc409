//! Ways from one model to another, each refused by a scope that does not reach
//! there, and let through by one that does.

use odoo_scope::policy::Policy;
use serde_json::{Value, json};

use crate::world::{SERIES, outcome};

/// A call which reaches further than its scope: the scope, a part of what is
/// said, and a scope for which the call is legitimate.
struct Attack {
    call: Value,
    scope: &'static str,
    says: &'static str,
    legitimate: &'static str,
}

fn attack(
    scope: &'static str,
    call: Value,
    says: &'static str,
    legitimate: &'static str,
) -> Attack {
    Attack {
        call,
        scope,
        says,
        legitimate,
    }
}

#[test]
fn every_way_across_needs_the_permission_at_its_end() {
    for attack in domains()
        .into_iter()
        .chain(values())
        .chain(contexts())
        .chain(fields())
    {
        for (series, schemas) in SERIES.iter() {
            let policy = Policy::default();
            let call = &attack.call;
            let refused = outcome(attack.scope, &policy, schemas, call).err();
            let refused = refused.unwrap_or_default();
            assert!(
                refused.contains(attack.says),
                "{series}: `{}` for {call} says {refused:?}",
                attack.scope
            );
            assert_eq!(
                outcome(attack.legitimate, &policy, schemas, call),
                Ok(()),
                "{series}: `{}` for {call}",
                attack.legitimate
            );
        }
    }
}

fn domains() -> Vec<Attack> {
    let search = |domain: Value| json!({"search": "res.partner", "domain": domain});
    vec![
        attack(
            "res.partner:R",
            search(json!([["user_ids.login", "=like", "a%"]])),
            "`domain[0]` reaches `res.users`, which this key may not read",
            "res.partner:R,res.users:R",
        ),
        attack(
            "res.partner:R",
            search(json!([
                "|",
                ["name", "=", "x"],
                "!",
                ["user_ids.company_id.name", "!=", "x"]
            ])),
            "`domain[3]` reaches `res.users`",
            "res.partner:R,res.users:R,res.company:R",
        ),
        attack(
            "res.partner:R,res.users:R",
            search(json!([["user_ids.company_id.name", "=", "x"]])),
            "reaches `res.company`, which this key may not read (needs R on `res.company`; the key has none)",
            "*:R",
        ),
        attack(
            "res.partner:R",
            search(json!([["user_ids", "any", [["login", "=", "admin"]]]])),
            "reaches `res.users`",
            "res.partner:R,res.users:R",
        ),
        attack(
            "res.partner:R",
            search(json!([["id", "any", [["user_ids", "not any", []]]]])),
            "`domain[0][2][0]` reaches `res.users`",
            "res.partner:R,res.users:R",
        ),
        attack(
            "res.partner:R",
            search(json!([["user_ids", "=", "Mitchell"]])),
            "reaches `res.users`",
            "res.partner:R,res.users:R",
        ),
        attack(
            "res.partner:R",
            search(json!([["user_ids", "not ilike", 1]])),
            "reaches `res.users`",
            "res.partner:R,res.users:R",
        ),
        attack(
            "res.partner:R",
            search(json!([["country_id", "in", [3, "Belgium"]]])),
            "reaches `res.country`",
            "res.partner:R,res.country:R",
        ),
        attack(
            "res.partner:R,res.country(code):R",
            search(json!([
                ["country_id", "!=", "Belgium"],
                ["country_id.name", "=", "x"]
            ])),
            "`domain[1]` uses `name` of `res.country`",
            "res.partner:R,res.country(name):R",
        ),
        attack(
            "res.users:R",
            json!({"search": "res.users", "domain": [["company_ids", "child_of", 1]]}),
            "reaches `res.company`",
            "res.users:R,res.company:R",
        ),
        attack(
            "res.users:R",
            json!({"search": "res.users", "domain": [["company_id", "parent_of", "YourCompany"]]}),
            "reaches `res.company`",
            "res.*:R",
        ),
        attack(
            "sale.order:R",
            json!({"search": "sale.order", "domain": [], "order": "name, user_id desc nulls last"}),
            "`order` reaches `res.users`",
            "sale.order:R,res.users:R",
        ),
        attack(
            "sale.order:R",
            json!({"search": "sale.order", "domain": [["partner_id.user_ids.partner_id.email", "=", "x"]]}),
            "reaches `res.partner`",
            "sale.order:R,res.partner:R,res.users:R",
        ),
    ]
}

fn values() -> Vec<Attack> {
    let write = |values: Value| json!({"write": "res.partner", "values": values});
    let create = |values: Value| json!({"create": "res.partner", "values": values});
    vec![
        attack(
            "res.partner:RW",
            write(json!({"user_ids": [[1, 2, {"password": "x"}]]})),
            "`values.user_ids[0]` reaches `res.users`, which this key may not write \
             (needs W on `res.users`; the key has none)",
            "res.partner:RW,res.users:W",
        ),
        attack(
            "*:R,res.partner:RWD",
            create(json!({"name": "x", "user_ids": [[0, 0, {"login": "x"}]]})),
            "reaches `res.users`, which this key may not write (needs W on `res.users`; the key has R)",
            "res.partner:RW,res.users:W",
        ),
        attack(
            "res.partner:RW,res.users:RW",
            write(json!({"user_ids": [[2, 5]]})),
            "`values.user_ids[0]` reaches `res.users`, which this key may not delete",
            "res.partner:RW,res.users:D",
        ),
        attack(
            "res.partner:RW,res.users:R",
            write(json!({"user_ids": [[4, 2]]})),
            "reaches `res.users`, which this key may not write",
            "res.partner:RW,res.users:W",
        ),
        attack(
            "sale.order:RW,sale.order.line:RW",
            json!({"write": "sale.order", "values": {"order_line": [[3, 7]]}}),
            "reaches `sale.order.line`, which this key may not delete",
            "sale.order:RW,sale.order.line:RWD",
        ),
        attack(
            "sale.order:RW,sale.order.line:RW",
            json!({"write": "sale.order", "values": {"order_line": false}}),
            "reaches `sale.order.line`, which this key may not delete",
            "sale.order:RW,sale.order.line:RWD",
        ),
        attack(
            "sale.order:RW,sale.order.line:RW",
            json!({"create": "sale.order", "values": {"order_line": [[4, 7], [6, 0, [8]]]}}),
            "reaches `sale.order.line`, which this key may not delete",
            "sale.order:RW,sale.order.line:RWD",
        ),
        attack(
            "sale.order:RW,sale.order.line:R",
            json!({"write": "sale.order", "values": {"order_line": [7]}}),
            "reaches `sale.order.line`, which this key may not write",
            "sale.order:RW,sale.order.line:RWD",
        ),
        attack(
            "res.partner:RW",
            write(json!({"category_id": [[6, 0, [1]]]})),
            "reaches `res.partner.category`, which this key may not read",
            "res.partner:RW,res.partner.category:R",
        ),
        attack(
            "res.partner:RW",
            write(json!({"country_id": 21})),
            "`values.country_id` reaches `res.country`",
            "res.partner:RW,res.country:R",
        ),
        attack(
            "res.partner:RW,res.partner.category:RW",
            write(
                json!({"category_id": [[0, 0, {"partner_ids": [[1, 3, {"user_ids": [[2, 2]]}]]}]]}),
            ),
            "`values.category_id[0][2].partner_ids[0][2].user_ids[0]` reaches `res.users`, \
             which this key may not delete",
            "res.partner:RW,res.partner.category:RW,res.users:D",
        ),
        attack(
            "res.users:RW",
            json!({"write": "res.users", "values": {"name": "x"}}),
            "`values.name` reaches `res.partner`, which this key may not write",
            "res.users:W,res.partner:W",
        ),
        attack(
            "res.users:RW",
            json!({"create": "res.users", "values": {"login": "x"}}),
            "reaches `res.partner`, which this key may not write",
            "res.users:W,res.partner:W",
        ),
        attack(
            "res.users:RW,res.partner:R",
            json!({"write": "res.users", "values": {"child_ids": [[1, 9, {"name": "x"}]]}}),
            "reaches `res.partner`, which this key may not write",
            "res.users:W,res.partner:W",
        ),
        attack(
            "product.product:RW",
            json!({"create": "product.product", "values": {}}),
            "reaches `product.template`, which this key may not write",
            "product.*:RW",
        ),
        attack(
            "ir.cron:RW",
            json!({"write": "ir.cron", "values": {"code": "raise"}}),
            "reaches `ir.actions.server`",
            "ir.cron:RW,ir.actions.server:RW",
        ),
        attack(
            "ir.attachment:RW",
            json!({"create": "ir.attachment", "values": {"name": "x", "res_model": "res.users", "res_id": 2}}),
            "reaches `res.users`, which this key may not read",
            "ir.attachment:RW,res.users:R",
        ),
        attack(
            "ir.attachment:RW,res.partner:R",
            json!({"create": "ir.attachment", "values": {
                "name": "x", "res_model": "res.partner", "res_field": "image_1920", "res_id": 7, "datas": "eA==",
            }}),
            "`values.res_field` reaches `res.partner`, which this key may not write",
            "ir.attachment:RW,res.partner:RW",
        ),
        attack(
            "ir.attachment:RW,res.partner(-image_1920):RW",
            json!({"create": "ir.attachment", "values": {"res_model": "res.partner", "res_field": "image_1920"}}),
            "`values.res_field` uses `image_1920` of `res.partner`",
            "ir.attachment:RW,res.partner(image_1920):RW",
        ),
        attack(
            "ir.attachment:RW,res.partner:RW",
            json!({"write": "ir.attachment", "values": {"res_field": "image_1920"}}),
            "`values.res_field` reaches `*`, which this key may not write",
            "*:RW",
        ),
        attack(
            "ir.ui.menu:RW",
            json!({"create": "ir.ui.menu", "values": {"name": "x", "action": "ir.actions.server,5"}}),
            "`values.action` reaches `ir.actions.server`",
            "ir.ui.menu:RW,ir.actions.server:R",
        ),
        attack(
            "res.partner:RW",
            json!({"create": "res.partner", "values": [{"name": "x"}, {"parent_id": 1, "user_ids": [[4, 2]]}]}),
            "`values[1].user_ids[0]` reaches `res.users`",
            "res.partner:RW,res.users:W",
        ),
    ]
}

fn contexts() -> Vec<Attack> {
    vec![
        attack(
            "res.partner:RW",
            json!({"create": "res.partner", "values": {"name": "x"}, "context": {
                "default_user_ids": [[0, 0, {"login": "x"}]],
            }}),
            "`context.default_user_ids[0]` reaches `res.users`",
            "res.partner:RW,res.users:W",
        ),
        // The default is one for the lines as well, and for what they create.
        attack(
            "sale.order:RW,sale.order.line:RW,res.partner:R",
            json!({"create": "sale.order", "values": {"order_line": [[0, 0, {"name": "x"}]]},
                "context": {"default_company_id": 1}}),
            "reaches `res.company`",
            "sale.order:RW,sale.order.line:RW,res.company:R",
        ),
        attack(
            "res.partner:RW,res.users:R",
            json!({"search_read": "res.partner", "fields": ["name"], "context": {
                "default_user_ids": [[1, 2, {"password": "x"}]],
            }}),
            "reaches `res.users`, which this key may not write",
            "res.partner:RW,res.users:W",
        ),
    ]
}

fn fields() -> Vec<Attack> {
    let limited = "res.partner(name,email):RW";
    let search = |domain: Value| json!({"search": "res.partner", "domain": domain});
    vec![
        attack(
            limited,
            search(json!([["phone", "=like", "1%"]])),
            "`domain[0]` uses `phone` of `res.partner`, a field which this key may not use",
            "res.partner(phone):R",
        ),
        attack(
            limited,
            json!({"search": "res.partner", "domain": [], "order": "phone"}),
            "`order` uses `phone`",
            "res.partner(-email):R",
        ),
        attack(
            limited,
            json!({"read": "res.partner", "fields": ["id", "display_name", "name", "phone"]}),
            "uses `phone`",
            "res.partner(name,phone):R",
        ),
        attack(
            limited,
            json!({"read": "res.partner"}),
            "this key may use certain fields of `res.partner` only: name those to read",
            "res.partner:R",
        ),
        attack(
            limited,
            json!({"write": "res.partner", "values": {"phone": "1"}}),
            "`values.phone` uses `phone`",
            "res.partner(phone):W",
        ),
        attack(
            limited,
            json!({"create": "res.partner", "values": {}, "context": {"default_phone": "1"}}),
            "`context.default_phone` uses `phone`",
            "res.partner(phone):W",
        ),
        attack(
            "res.partner(-parent_id):RW",
            json!({"write": "res.partner", "values": {"child_ids": [[4, 9]]}}),
            "`values.child_ids[0]` uses `parent_id`",
            "res.partner:RW",
        ),
        attack(
            "res.users:RW,res.partner(email):RW",
            json!({"write": "res.users", "values": {"name": "x"}}),
            "`values.name` uses `name` of `res.partner`",
            "res.users:RW,res.partner(name):RW",
        ),
    ]
}
