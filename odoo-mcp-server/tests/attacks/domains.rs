//! Searching by what the key may not read: each answer would be an oracle.

use serde_json::{Value, json};

use crate::attack::{Attack, attack};

const PARTNERS: &str = "res.partner:R";

pub(crate) fn rows() -> Vec<Attack> {
    [
        paths(),
        names(),
        subdomains(),
        orders(),
        oracles(),
        shapes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A search among the user's contact, which it finds when it is let through.
fn search(what: &'static str, condition: Value) -> Attack {
    let domain = json!([["id", "=", "$user_partner"], condition]);
    let arguments = json!({"model": "res.partner", "domain": domain});
    attack(what, PARTNERS, "search", arguments)
        .hides(json!("$user_partner"))
        .denied("`res.users`")
        .allowed_by("res.partner:R,res.users:R")
}

fn paths() -> Vec<Attack> {
    vec![
        search(
            "A dotted path",
            json!(["user_ids.login", "=like", "$mark%"]),
        ),
        search(
            "A dotted path to an id",
            json!(["user_ids.id", "=", "$user"]),
        ),
        search(
            "A path there and back",
            json!(["user_ids.partner_id.name", "=like", "$mark%"]),
        ),
        search(
            "A path two models further",
            json!(["user_ids.company_id.id", "=", 1]),
        )
        .allowed_by("res.partner:R,res.users:R,res.company:R"),
        attack(
            "A path behind `|` and `!`",
            PARTNERS,
            "search",
            json!({"model": "res.partner", "domain": [
                ["id", "=", "$user_partner"],
                "|", ["name", "=", "nobody"], "!", ["user_ids.login", "=", "nobody"],
            ]}),
        )
        .hides(json!("$user_partner"))
        .denied("`res.users`")
        .allowed_by("res.partner:R,res.users:R"),
        attack(
            "A path through lines to another model",
            "sale.order:R,sale.order.line:R",
            "search",
            json!({"model": "sale.order", "domain": [
                ["order_line.product_id.name", "=like", "$mark%"], ["order_line", "in", ["$line"]],
            ]}),
        )
        .hides(json!("$order"))
        .denied("`product.product`")
        .allowed_by("sale.order:R,sale.order.line:R,product.product:R"),
        attack(
            "A path to the messages about a record",
            PARTNERS,
            "search",
            json!({"model": "res.partner", "domain": [
                ["message_ids.body", "ilike", "$mark message"], ["message_ids", "in", ["$message"]],
            ]}),
        )
        .needs("res.partner", "message_ids")
        .hides(json!("$partner"))
        .denied("`mail.message`")
        .allowed_by("res.partner:R,mail.message:R"),
        attack(
            "A domain as JSON text",
            PARTNERS,
            "search",
            json!({"model": "res.partner", "domain": r#"[["user_ids.login", "=like", "$mark%"]]"#,
                "limit": 1}),
        )
        .hides(json!("$user_partner"))
        .denied("`res.users`")
        .allowed_by("res.partner:R,res.users:R"),
    ]
}

fn names() -> Vec<Attack> {
    let country = |what, condition: Value| {
        let domain = json!([["id", "=", "$partner"], condition]);
        attack(
            what,
            PARTNERS,
            "search",
            json!({"model": "res.partner", "domain": domain}),
        )
        .hides(json!("$partner"))
        .denied("`res.country`")
        .allowed_by("res.partner:R,res.country:R")
    };
    let order = |what, condition: Value| {
        let domain = json!([["id", "=", "$order"], condition]);
        attack(
            what,
            "sale.order:R",
            "search",
            json!({"model": "sale.order", "domain": domain}),
        )
        .hides(json!("$order"))
        .denied("`res.partner`")
        .allowed_by("sale.order:R,res.partner:R")
    };
    vec![
        country("A relation compared with a text", json!(["country_id", "ilike", "elgiu"])),
        country("A relation equal to a text", json!(["country_id", "=", "Belgium"])),
        country("A relation unequal to a text", json!(["country_id", "!=", "France"])),
        country(
            "A relation compared with a pattern",
            json!(["country_id", "=like", "Bel%"]),
        ),
        country(
            "A relation compared with ids and a text",
            json!(["country_id", "in", ["Belgium"]]),
        ),
        country(
            "A relation compared with a text or nothing",
            json!(["country_id", "=?", "Belgium"]),
        )
        // Odoo 14 makes no working SQL of it.
        .since(17),
        search("A list of records searched by their names", json!(["user_ids", "ilike", "$mark"])),
        order("A customer searched by name", json!(["partner_id", "ilike", "$mark"])),
        order("`child_of` a text", json!(["partner_id", "child_of", "$mark partner"])),
        order("`parent_of` a text", json!(["partner_id", "parent_of", "$mark partner"])),
        order("`child_of` an id", json!(["partner_id", "child_of", "$partner"])),
        order("`child_of` several ids", json!(["partner_id", "child_of", ["$partner"]])),
        attack(
            "A JSON field searched by names",
            "sale.order.line:R",
            "search",
            json!({"model": "sale.order.line", "domain": [
                ["id", "=", "$distributed_line"], ["analytic_distribution", "ilike", "$analytic_name"],
            ]}),
        )
        .needs("sale.order.line", "analytic_distribution")
        .since(16)
        .hides(json!("$distributed_line"))
        .denied("`account.analytic.account`")
        .allowed_by("sale.order.line:R,account.analytic.account:R"),
    ]
}

fn subdomains() -> Vec<Attack> {
    vec![
        search(
            "`any`",
            json!(["user_ids", "any", [["login", "=like", "$mark%"]]]),
        )
        .since(17),
        search(
            "`not any`",
            json!(["user_ids", "not any", [["login", "=", "nobody"]]]),
        )
        .since(17),
        search("`any` without a condition", json!(["user_ids", "any", []])).since(17),
        search(
            "`any` inside `any`",
            json!([
                "child_ids",
                "not any",
                [["user_ids", "any", [["login", "=", "nobody"]]]]
            ]),
        )
        .since(17),
        search(
            "`any` behind a path",
            json!(["user_ids.partner_id", "any", [["name", "=like", "$mark%"]]]),
        )
        .since(17),
        search(
            "`any!`, which leaves record rules out",
            json!(["user_ids", "any!", [["login", "=like", "$mark%"]]]),
        )
        .invalid("any!")
        .allowed_by_none()
        .since(17),
        search(
            "`ANY`",
            json!(["user_ids", "ANY", [["login", "=like", "$mark%"]]]),
        )
        .since(17),
        search(
            "SQL by `inselect`",
            json!(["id", "inselect", ["select 1", []]]),
        )
        .invalid("inselect")
        .allowed_by_none(),
    ]
}

fn orders() -> Vec<Attack> {
    let ordered = |what, scope, model: &str, order: &str| {
        let id = if model == "sale.order" {
            "$order"
        } else {
            "$user_partner"
        };
        let domain = json!([["id", "=", id]]);
        let arguments = json!({"model": model, "domain": domain, "order": order});
        attack(what, scope, "search", arguments).hides(json!(id))
    };
    vec![
        ordered(
            "Sorting by a customer",
            "sale.order:R",
            "sale.order",
            "partner_id",
        )
        .denied("`order` reaches `res.partner`")
        .allowed_by("sale.order:R,res.partner:R"),
        ordered(
            "Sorting by a second field, downwards",
            "sale.order:R",
            "sale.order",
            "name, partner_id desc",
        )
        .denied("`order` reaches `res.partner`")
        .allowed_by("sale.order:R,res.partner:R"),
        ordered(
            "Sorting by a path",
            PARTNERS,
            "res.partner",
            "user_ids.login",
        )
        .invalid("order"),
        ordered(
            "Sorting by SQL",
            "*:RWD",
            "res.partner",
            "(select login from res_users limit 1)",
        )
        .invalid("order"),
        ordered(
            "Sorting by a function",
            "*:RWD",
            "res.partner",
            "name, pg_sleep(1)",
        )
        .invalid("order"),
    ]
}

fn oracles() -> Vec<Attack> {
    vec![
        attack(
            "Counting by a path",
            PARTNERS,
            "search_count",
            json!({"model": "res.partner", "domain": [["user_ids.login", "=like", "$mark%"], ["id", "=", "$user_partner"]]}),
        )
        .hides(json!(1))
        .denied("`res.users`")
        .allowed_by("res.partner:R,res.users:R"),
        attack(
            "Reading by a path",
            PARTNERS,
            "search_read",
            json!({"model": "res.partner", "fields": ["name"], "domain": [
                ["user_ids.login", "=like", "$mark%"],
            ]}),
        )
        .hides(json!("$user_partner"))
        .denied("`res.users`")
        .needs("res.partner", "user_ids")
        .allowed_by("res.partner:R,res.users:R"),
        attack(
            "Reading a path among the fields",
            "*:RWD",
            "read",
            json!({"model": "res.partner", "ids": ["$user_partner"], "fields": ["user_ids.login"]}),
        )
        .hides(json!("$mark user"))
        .invalid("user_ids.login"),
        attack(
            "Reading a path after a search",
            "*:RWD",
            "search_read",
            json!({"model": "res.partner", "domain": [["id", "=", "$user_partner"]],
                "fields": ["name", "user_ids.login"]}),
        )
        .hides(json!("$mark user"))
        .invalid("user_ids.login"),
        attack(
            "A model's name in capitals",
            "*:RWD,res.users:",
            "search",
            json!({"model": "RES.USERS", "domain": [["id", "=", "$user"]]}),
        )
        .hides(json!("$user"))
        .denied("RES.USERS"),
        attack(
            "A model's name with a space behind",
            "*:RWD,res.users:",
            "search",
            json!({"model": "res.users ", "domain": [["id", "=", "$user"]]}),
        )
        .hides(json!("$user"))
        .denied("`res.users`"),
    ]
}

/// What Odoo would make of these is not certain, so no scope lets them through.
fn shapes() -> Vec<Attack> {
    let shape = |what, condition: Value, says| {
        let domain = json!([["id", "=", "$user_partner"], condition]);
        attack(
            what,
            "*:RWD",
            "search",
            json!({"model": "res.partner", "domain": domain}),
        )
        .hides(json!("$user_partner"))
        .invalid(says)
    };
    vec![
        shape(
            "A field in capitals",
            json!(["Name", "ilike", "$mark"]),
            "Name",
        ),
        shape(
            "A field that is not there",
            json!(["logn", "=", "x"]),
            "logn",
        ),
        shape(
            "A path that goes on behind a text",
            json!(["name.id", "=", 1]),
            "name",
        ),
        shape(
            "A condition of four parts",
            json!(["name", "ilike", "$mark", 1]),
            "domain",
        ),
        shape(
            "An object to compare with",
            json!(["id", "in", {"1": 1}]),
            "domain",
        ),
        shape(
            "A list in a list to compare with",
            json!(["id", "in", [[1]]]),
            "domain",
        ),
        shape(
            "An operator that is none",
            json!(["name", "~", "x"]),
            "domain",
        ),
    ]
}
