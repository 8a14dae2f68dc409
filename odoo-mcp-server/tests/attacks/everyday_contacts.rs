//! Everyday calls about contacts, their tags, users and files.

use serde_json::{Value, json};

use crate::everyday::{Everyday, everyday};

pub(crate) fn rows() -> Vec<Everyday> {
    [writing(), reading(), tags_and_users(), details()]
        .into_iter()
        .flatten()
        .collect()
}

fn writing() -> Vec<Everyday> {
    let created = json!("created");
    let updated = json!("updated");
    let write = |what, scope, record: &str, values: Value| {
        let arguments = json!({"model": "res.partner", "ids": [record], "values": values});
        everyday(what, scope, "write", arguments, json!("updated"))
    };
    vec![
        everyday(
            "A contact",
            "res.partner:W",
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark new", "email": "a@example.com", "is_company": true}}),
            created.clone(),
        ),
        everyday(
            "Several contacts",
            "res.partner:W",
            "create",
            json!({"model": "res.partner", "values": [{"name": "$mark a"}, {"name": "$mark b"}]}),
            created.clone(),
        ),
        everyday(
            "A company with its people",
            "res.partner:RW",
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark new", "child_ids": [
                [0, 0, {"name": "$mark a"}], [0, 0, {"name": "$mark b", "type": "invoice"}],
            ]}}),
            created.clone(),
        ),
        everyday(
            "A contact of a company that somebody else made",
            "res.partner:RW",
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark new", "parent_id": "$partner"}}),
            created.clone(),
        ),
        everyday(
            "A contact in a country",
            "res.partner:RW,res.country:R",
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark new", "country_id": "$country"}}),
            created.clone(),
        ),
        everyday(
            "A contact with defaults from the context",
            "res.partner:RW,res.country:R",
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark new"},
                "context": {"default_country_id": "$country", "default_is_company": true, "default_type": "other"}}),
            created,
        ),
        write(
            "A field changed, one emptied",
            "res.partner:RW",
            "$partner",
            json!({"ref": "A7", "phone": false}),
        ),
        write(
            "A contact archived",
            "res.partner:RW",
            "$other",
            json!({"active": false}),
        ),
        write(
            "A country taken away",
            "res.partner:RW",
            "$partner",
            json!({"country_id": false}),
        ),
        write(
            "A contact added to a company",
            "res.partner:RW",
            "$partner",
            json!({"child_ids": [[4, "$other"]]}),
        ),
        write(
            "A contact taken out of a company, by who may delete contacts",
            "res.partner:RWD",
            "$partner",
            json!({"child_ids": [[3, "$child"]]}),
        ),
        everyday(
            "A contact's name, with only names and mail addresses in the scope",
            "res.partner(name,email):RW",
            "write",
            json!({"model": "res.partner", "ids": ["$partner"], "values": {"email": "b@example.com"}}),
            updated,
        ),
        everyday(
            "A contact deleted",
            "res.partner:D",
            "unlink",
            json!({"model": "res.partner", "ids": ["$other"]}),
            json!("deleted"),
        ),
    ]
}

fn reading() -> Vec<Everyday> {
    let search = |what, scope, domain: Value| {
        let arguments = json!({"model": "res.partner", "domain": domain, "limit": 5});
        everyday(what, scope, "search", arguments, json!("$partner"))
    };
    let only = "res.partner:R";
    vec![
        search(
            "Contacts by name",
            only,
            json!([["name", "ilike", "$mark partner"]]),
        ),
        search(
            "Contacts of several kinds",
            only,
            json!([
                "&",
                ["id", "=", "$partner"],
                "|",
                ["is_company", "=", true],
                "!",
                ["email", "=", false]
            ]),
        ),
        search(
            "A contact and all below it",
            only,
            json!([["id", "child_of", "$partner"]]),
        ),
        search(
            "A contact's family by name",
            only,
            json!([
                ["child_ids.name", "=", "$mark child"],
                ["child_ids", "in", ["$child"]]
            ]),
        ),
        search(
            "Contacts of a country, by its id",
            only,
            json!([["country_id", "=", "$country"], ["id", "=", "$partner"]]),
        ),
        search(
            "Contacts of a country, by its code",
            "res.partner:R,res.country:R",
            json!([
                ["country_id.code", "in", ["BE", "NL"]],
                ["id", "=", "$partner"]
            ]),
        ),
        search(
            "Contacts by a condition on others",
            only,
            json!([
                ["child_ids", "any", [["name", "=", "$mark child"]]],
                ["child_ids", "in", ["$child"]]
            ]),
        )
        .since(17),
        search(
            "Contacts with a condition that always holds",
            only,
            json!([[1, "=", 1], ["id", "=", "$partner"]]),
        ),
        everyday(
            "Archived contacts too",
            only,
            "search",
            json!({"model": "res.partner", "domain": [["id", "=", "$partner"], ["active", "in", [true, false]]],
                "context": {"active_test": false, "allowed_company_ids": [1], "lang": false}}),
            json!("$partner"),
        ),
        everyday(
            "A contact with all fields",
            only,
            "read",
            json!({"model": "res.partner", "ids": ["$partner"]}),
            json!("$mark partner"),
        ),
        everyday(
            "Contacts counted",
            only,
            "search_count",
            json!({"model": "res.partner", "domain": [["id", "=", "$partner"]]}),
            json!(1),
        ),
        everyday(
            "Contacts sorted by country",
            "res.partner:R,res.country:R",
            "search",
            json!({"model": "res.partner", "domain": [["id", "=", "$partner"]], "order": "country_id desc, name"}),
            json!("$partner"),
        ),
        everyday(
            "What fields contacts have",
            only,
            "fields_get",
            json!({"model": "res.partner", "attributes": ["type", "relation"]}),
            json!("phone"),
        ),
        everyday(
            "What a new contact starts with",
            only,
            "default_get",
            json!({"model": "res.partner", "fields": ["type", "active"]}),
            json!(true),
        ),
        everyday(
            "Contacts with only names and mail addresses in the scope",
            "res.partner(name,email):R",
            "search_read",
            json!({"model": "res.partner", "domain": [["name", "=", "$mark partner"], ["id", "=", "$partner"]], "fields": ["id", "display_name", "email"], "order": "name"}),
            json!("$mark partner"),
        ),
    ]
}

fn tags_and_users() -> Vec<Everyday> {
    let updated = json!("updated");
    let tags = |what, values: Value| {
        everyday(
            what,
            "res.partner:RW,res.partner.category:R",
            "write",
            json!({"model": "res.partner", "ids": ["$partner"], "values": values}),
            json!("updated"),
        )
    };
    vec![
        tags("Tags set", json!({"category_id": [[6, 0, ["$tag", "$free_tag"]]]})),
        tags("Tags set by a list of ids", json!({"category_id": ["$tag", "$free_tag"]})),
        tags("Tags added and taken away", json!({"category_id": [[4, "$free_tag"], [3, "$tag"]]})),
        everyday(
            "A tag made on the way",
            "res.partner:RW,res.partner.category:RW",
            "write",
            json!({"model": "res.partner", "ids": ["$partner"], "values": {"category_id": [[0, 0, {"name": "$mark new"}]]}}),
            updated.clone(),
        ),
        everyday(
            "A tag made on the way, under `*:RW`",
            "*:RW",
            "create",
            json!({"model": "res.partner", "values": {"name": "$mark x", "category_id": [[0, 0, {"name": "$mark y"}]]}}),
            json!("created"),
        ),
        everyday(
            "A user's name and signature",
            "res.users:RW,res.partner:RW",
            "write",
            json!({"model": "res.users", "ids": ["$user"], "values": {"name": "$mark changed", "signature": "$mark"}}),
            updated.clone(),
        )
        .needs("res.users", "signature"),
        everyday(
            "A user's name under `*:RWD`",
            "*:RWD",
            "write",
            json!({"model": "res.users", "ids": ["$user"], "values": {"name": "$mark changed"}}),
            updated,
        ),
        everyday(
            "Users, read by who may read users",
            "res.users:R",
            "search_read",
            json!({"model": "res.users", "domain": [["login", "=", "$mark"], ["id", "=", "$user"]], "fields": ["name", "login", "email"]}),
            json!("$mark user"),
        )
        .needs("res.users", "login"),
    ]
}

fn details() -> Vec<Everyday> {
    vec![
        everyday(
            "A file on a contact",
            "ir.attachment:RW,res.partner:RW",
            "create",
            json!({"model": "ir.attachment", "values": {
                "name": "$mark file", "res_model": "res.partner", "res_id": "$partner", "datas": "SGVsbG8=",
            }}),
            json!("created"),
        )
        .needs("ir.attachment", "datas"),
        everyday(
            "A bank account of a contact",
            "res.partner:RW,res.partner.bank:RW",
            "write",
            json!({"model": "res.partner", "ids": ["$partner"], "values": {"bank_ids": [[0, 0, {"acc_number": "$mark"}]]}}),
            json!("updated"),
        )
        .needs("res.partner", "bank_ids"),
        everyday(
            "A lead for a team",
            "crm.lead:RW,crm.team:R,res.partner:R",
            "create",
            json!({"model": "crm.lead", "values": {"name": "$mark lead", "team_id": "$team", "partner_id": "$partner", "expected_revenue": 100}}),
            json!("created"),
        )
        .needs("crm.lead", "team_id"),
        everyday(
            "A message's text read",
            "mail.message:R",
            "search_read",
            json!({"model": "mail.message", "domain": [["model", "=", "res.partner"], ["res_id", "=", "$partner"], ["id", "=", "$message"]], "fields": ["body", "date", "author_id"]}),
            json!("$mark message"),
        )
        .needs("mail.message", "author_id"),
        everyday(
            "A parameter's key read",
            "ir.config_parameter:R",
            "read",
            json!({"model": "ir.config_parameter", "ids": ["$parameter"], "fields": ["key", "value"]}),
            json!("$mark secret"),
        ),
        everyday(
            "A server action renamed, by who names it",
            "ir.actions.server:RW",
            "write",
            json!({"model": "ir.actions.server", "ids": ["$action"], "values": {"name": "$mark changed"}}),
            json!("updated"),
        ),
    ]
}
