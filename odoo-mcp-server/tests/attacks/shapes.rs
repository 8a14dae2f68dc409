//! Values of which it is not certain what Odoo would do with them, or in which its series differ.

use serde_json::{Value, json};

use crate::attack::Attack;
use crate::commands::{by_id, write};

pub(crate) fn rows() -> Vec<Attack> {
    let user = |what, commands: Value| {
        let values = json!({"user_ids": commands});
        write(what, "*:RWD", "res.partner", "$user_partner", values)
            .invalid("values.user_ids")
            .keeps(
                "res.users",
                by_id("$user"),
                &["partner_id", "login", "active"],
            )
    };
    let country = |what, value: Value| {
        let values = json!({"country_id": value});
        write(what, "*:RWD", "res.partner", "$other", values)
            .invalid("values.country_id")
            .keeps("res.partner", by_id("$other"), &["country_id"])
    };
    vec![
        user(
            "Commands as JSON text",
            json!(r#"[[1, $user, {"login": "$mark x"}]]"#),
        ),
        user(
            "A command as JSON text",
            json!([r#"[1, $user, {"login": "$mark x"}]"#]),
        ),
        user(
            "Values of a command as JSON text",
            json!([[1, "$user", r#"{"login": "$mark x"}"#]]),
        ),
        user(
            "A list of ids and commands",
            json!(["$user", [0, 0, {"login": "$mark x"}]]),
        ),
        user(
            "A list of commands and ids",
            json!([[0, 0, {"login": "$mark x"}], "$user"]),
        ),
        user(
            "A command whose number is `true`",
            json!([[true, "$user", {"login": "$mark x"}]]),
        ),
        user(
            "A command whose number is a fraction",
            json!([[1.0, "$user", {"login": "$mark x"}]]),
        ),
        user(
            "A command whose number is a text",
            json!([["1", "$user", {"login": "$mark x"}]]),
        ),
        user(
            "A command of an unknown number",
            json!([[7, "$user", {"login": "$mark x"}]]),
        ),
        user("A command with too many parts", json!([[2, "$user", 0, 0]])),
        user(
            "A command as an object",
            json!([{"0": 1, "1": "$user", "2": {"login": "$mark x"}}]),
        ),
        user(
            "Values in the place of commands",
            json!({"login": "$mark x"}),
        ),
        user(
            "A command whose id is a list",
            json!([[1, ["$user"], {"login": "$mark x"}]]),
        ),
        country(
            "A command inside a many2one",
            json!([[1, "$country", {"name": "$mark"}]]),
        ),
        country(
            "A bare command inside a many2one",
            json!([1, "$country", {"name": "$mark"}]),
        ),
        country(
            "A new record inside a many2one",
            json!({"name": "$mark", "code": "$mark"}),
        ),
        country("A pair inside a many2one", json!(["$country", "Belgium"])),
        country("A name inside a many2one", json!("Belgium")),
        country("`true` inside a many2one", json!(true)),
        write(
            "An object in the place of a text",
            "*:RWD",
            "res.partner",
            "$other",
            json!({"name": {"en_US": "$mark changed"}}),
        )
        .invalid("values.name")
        .keeps("res.partner", by_id("$other"), &["name"]),
        write(
            "A field's name in capitals",
            "*:RWD",
            "res.partner",
            "$user_partner",
            json!({"USER_IDS": [[2, "$user"]]}),
        )
        .invalid("USER_IDS")
        .keeps("res.users", by_id("$user"), &["login"]),
        write(
            "A path in the place of a field",
            "*:RWD",
            "res.partner",
            "$user_partner",
            json!({"user_ids.login": "$mark x"}),
        )
        .invalid("user_ids.login")
        .keeps("res.users", by_id("$user"), &["login"]),
    ]
}
