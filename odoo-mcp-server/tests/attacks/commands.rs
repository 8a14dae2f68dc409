//! Writing to what the key may not write, by commands in the values of another model.

use serde_json::{Value, json};

use crate::attack::{Attack, attack};

const PARTNERS: &str = "res.partner:RW";

pub(crate) fn rows() -> Vec<Attack> {
    [users(), lines(), tags(), nested()]
        .into_iter()
        .flatten()
        .collect()
}

pub(crate) fn by_id(record: &str) -> Value {
    json!([["id", "=", record]])
}

/// Writes values into a record of a model.
pub(crate) fn write(
    what: &'static str,
    scope: &'static str,
    model: &str,
    record: &str,
    values: Value,
) -> Attack {
    let arguments = json!({"model": model, "ids": [record], "values": values});
    attack(what, scope, "write", arguments)
}

pub(crate) fn create(
    what: &'static str,
    scope: &'static str,
    model: &str,
    values: Value,
) -> Attack {
    attack(
        what,
        scope,
        "create",
        json!({"model": model, "values": values}),
    )
}

fn users() -> Vec<Attack> {
    let signature = |what, values| {
        write(what, PARTNERS, "res.partner", "$user_partner", values)
            .needs("res.users", "signature")
            .keeps("res.users", by_id("$user"), &["signature"])
    };
    vec![
        write(
            "A command sets a user's password",
            PARTNERS,
            "res.partner",
            "$user_partner",
            json!({"user_ids": [[1, "$user", {"password": "$mark"}]]}),
        )
        .denied("`values.user_ids[0]` reaches `res.users`, which this key may not write")
        .shuts_out(json!("$mark"), json!("$mark"))
        .allowed_by("res.partner:RW,res.users:W"),
        signature(
            "A command changes a user (1)",
            json!({"user_ids": [[1, "$user", {"signature": "$mark"}]]}),
        )
        .denied("`res.users`, which this key may not write")
        .allowed_by("res.partner:RW,res.users:W"),
        signature(
            "A command in values that are JSON text",
            json!(r#"{"user_ids": [[1, $user, {"signature": "$mark"}]]}"#),
        )
        .denied("`res.users`, which this key may not write")
        .allowed_by("res.partner:RW,res.users:W"),
        write(
            "A command creates a user (0)",
            "res.partner:RWD,res.users:R",
            "res.partner",
            "$other",
            json!({"user_ids": [[0, 0, {"login": "$mark new", "name": "$mark new"}]]}),
        )
        .denied("`res.users`, which this key may not write")
        .keeps(
            "res.users",
            json!([["login", "=", "$mark new"]]),
            &["login"],
        )
        .allowed_by("res.partner:RW,res.users:W"),
        write(
            "A command deletes a user (2)",
            "res.partner:RWD,res.users:RW",
            "res.partner",
            "$user_partner",
            json!({"user_ids": [[2, "$user"]]}),
        )
        .denied("`res.users`, which this key may not delete")
        .keeps("res.users", by_id("$user"), &["login"])
        .allowed_by("res.partner:RW,res.users:D"),
        write(
            "A command gives a user another contact (4)",
            "res.partner:RWD,res.users:R",
            "res.partner",
            "$other",
            json!({"user_ids": [[4, "$user"]]}),
        )
        .denied("`res.users`, which this key may not write")
        .keeps("res.users", by_id("$user"), &["partner_id"])
        .allowed_by("res.partner:RW,res.users:W"),
        create(
            "The second of several records brings the command",
            PARTNERS,
            "res.partner",
            json!([{"name": "$mark first"}, {"name": "$mark new", "user_ids": [[4, "$user"]]}]),
        )
        .denied("`values[1].user_ids[0]` reaches `res.users`")
        .keeps("res.users", by_id("$user"), &["partner_id"])
        .allowed_by("res.partner:RW,res.users:W"),
    ]
}

/// Lines belong to their order: cut loose, they are deleted.
fn lines() -> Vec<Attack> {
    let line = |what, values| {
        write(
            what,
            "sale.order:RWD,sale.order.line:RW,product.product:R,res.partner:R",
            "sale.order",
            "$order",
            values,
        )
        .keeps("sale.order.line", by_id("$line"), &["order_id"])
        .denied("`sale.order.line`, which this key may not delete")
        .allowed_by("sale.order:RW,sale.order.line:RWD")
    };
    vec![
        line(
            "Unlinking a line deletes it (3)",
            json!({"order_line": [[3, "$line"]]}),
        ),
        line("Deleting a line (2)", json!({"order_line": [[2, "$line"]]})),
        line(
            "Clearing the lines deletes them (5)",
            json!({"order_line": [[5]]}),
        ),
        line(
            "Setting the lines deletes the others (6)",
            json!({"order_line": [[6, 0, ["$second_line"]]]}),
        ),
        line(
            "A list of ids in the place of commands deletes the others",
            json!({"order_line": ["$second_line"]}),
        ),
        line(
            "Emptying the lines deletes them",
            json!({"order_line": false}),
        ),
        line(
            "Nulling the lines deletes them",
            json!({"order_line": null}),
        ),
        write(
            "Clearing the bank accounts deletes them (5)",
            "res.partner:RWD,res.partner.bank:RW",
            "res.partner",
            "$partner",
            json!({"bank_ids": [[5]]}),
        )
        .denied("`res.partner.bank`, which this key may not delete")
        .keeps("res.partner.bank", by_id("$bank"), &["acc_number"])
        // Odoo 19 archives them instead.
        .until(16)
        .allowed_by("res.partner:RW,res.partner.bank:RWD"),
        write(
            "Changing a line (1)",
            "sale.order:RW,sale.order.line:R",
            "sale.order",
            "$order",
            json!({"order_line": [[1, "$line", {"name": "$mark"}]]}),
        )
        .denied("`sale.order.line`, which this key may not write")
        .keeps("sale.order.line", by_id("$line"), &["name"])
        .allowed_by("sale.order:RW,sale.order.line:RW"),
        create(
            "A line for an order that the key may not read",
            "sale.order.line:RW,product.product:R",
            "sale.order.line",
            json!({"order_id": "$order", "product_id": "$product"}),
        )
        .denied("`sale.order`")
        .keeps(
            "sale.order.line",
            json!([["order_id", "=", "$order"]]),
            &["order_id"],
        )
        .allowed_by("sale.order.line:RW,product.product:R,sale.order:R"),
    ]
}

/// Tags are only pointed to; pointing needs R, as their names come with it.
fn tags() -> Vec<Attack> {
    let tag = |what, values| {
        write(what, PARTNERS, "res.partner", "$partner", values)
            .keeps("res.partner", by_id("$partner"), &["category_id"])
            .denied("`res.partner.category`, which this key may not read")
            .allowed_by("res.partner:RW,res.partner.category:R")
    };
    let only_tag = |what, values| {
        write(
            what,
            "res.partner:RW,res.partner.category:R",
            "res.partner",
            "$partner",
            values,
        )
    };
    vec![
        tag("Linking (4)", json!({"category_id": [[4, "$free_tag"]]})),
        tag("Unlinking (3)", json!({"category_id": [[3, "$tag"]]})),
        tag("Clearing (5)", json!({"category_id": [[5]]})),
        tag(
            "Setting (6)",
            json!({"category_id": [[6, 0, ["$free_tag"]]]}),
        ),
        tag(
            "Setting by a list of ids",
            json!({"category_id": ["$free_tag"]}),
        ),
        tag("Emptying", json!({"category_id": false})),
        only_tag(
            "Creating a tag (0)",
            json!({"category_id": [[0, 0, {"name": "$mark new"}]]}),
        )
        .denied("`res.partner.category`, which this key may not write")
        .keeps(
            "res.partner.category",
            json!([["name", "=", "$mark new"]]),
            &["name"],
        )
        .allowed_by("res.partner:RW,res.partner.category:W"),
        only_tag(
            "Changing a tag (1)",
            json!({"category_id": [[1, "$tag", {"name": "$mark changed"}]]}),
        )
        .denied("`res.partner.category`, which this key may not write")
        .keeps("res.partner.category", by_id("$tag"), &["name"])
        .allowed_by("res.partner:RW,res.partner.category:W"),
        only_tag("Deleting a tag (2)", json!({"category_id": [[2, "$tag"]]}))
            .denied("`res.partner.category`, which this key may not delete")
            .keeps("res.partner.category", by_id("$tag"), &["name"])
            .allowed_by("res.partner:RW,res.partner.category:D"),
    ]
}

fn nested() -> Vec<Attack> {
    vec![
        write(
            "Commands three deep",
            "res.partner:RW,res.partner.category:RW",
            "res.partner",
            "$other",
            json!({"category_id": [[0, 0, {"name": "$mark new", "partner_ids": [
                [1, "$user_partner", {"user_ids": [[1, "$user", {"signature": "$mark"}]]}],
            ]}]]}),
        )
        .needs("res.users", "signature")
        .denied("`values.category_id[0][2].partner_ids[0][2].user_ids[0]` reaches `res.users`")
        .keeps("res.users", by_id("$user"), &["signature"])
        .allowed_by("res.partner:RW,res.partner.category:RW,res.users:W"),
        create(
            "Commands four deep, in what is created",
            PARTNERS,
            "res.partner",
            json!({"name": "$mark a", "child_ids": [[0, 0, {"name": "$mark b", "child_ids": [
                [0, 0, {"name": "$mark c", "user_ids": [[4, "$user"]]}],
            ]}]]}),
        )
        .denied("`res.users`, which this key may not write")
        .keeps("res.users", by_id("$user"), &["partner_id"])
        .allowed_by("res.partner:RW,res.users:W"),
        write(
            "From users to contacts and back",
            "res.users:RW",
            "res.users",
            "$user",
            json!({"child_ids": [[0, 0, {"name": "$mark new"}]]}),
        )
        .denied("`res.partner`, which this key may not write")
        .keeps(
            "res.partner",
            json!([["name", "=", "$mark new"]]),
            &["name"],
        )
        .allowed_by("res.users:RW,res.partner:RW"),
        create(
            "A command after a harmless one",
            "sale.order:RW,sale.order.line:RW,product.product:R,res.partner:R",
            "sale.order",
            json!({"partner_id": "$partner", "client_order_ref": "$mark", "order_line": [
                [0, 0, {"product_id": "$product"}], [2, "$line"],
            ]}),
        )
        .denied("`sale.order.line`, which this key may not delete")
        .keeps("sale.order.line", by_id("$line"), &["order_id"])
        .allowed_by("sale.order:RW,sale.order.line:RWD,product.product:R,res.partner:R"),
    ]
}
