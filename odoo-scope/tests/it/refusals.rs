//! Calls which are refused whatever the scope: nobody can tell for certain what
//! Odoo would do with them.

use odoo_scope::footprint::Problem;
use odoo_scope::policy::Policy;
use serde_json::{Value, json};

use crate::world::{SERIES, outcome, touched};

#[test]
fn what_odoos_treatment_is_not_certain_of_is_refused() {
    let write = |values: Value| json!({"write": "res.partner", "values": values});
    let search = |domain: Value| json!({"search": "res.partner", "domain": domain});
    let in_context = |context: Value| json!({"search": "res.partner", "context": context});
    for (call, says) in [
        // Models.
        (
            json!({"read": "*"}),
            "`model`: expected the name of a model",
        ),
        (
            json!({"read": "res.users "}),
            "`model`: expected the name of a model",
        ),
        // Fields.
        (
            write(json!({"emial": "x"})),
            "`values.emial`: `res.partner` has no field `emial` for this user; near names: `email`",
        ),
        (
            search(json!([["nmae", "=", "x"]])),
            "has no field `nmae` for this user; near names: `name`",
        ),
        (
            search(json!([["country_id.nmae", "=", "x"]])),
            "`res.country` has no field `nmae`",
        ),
        (
            json!({"read": "res.partner", "fields": ["country_id.name"]}),
            "`fields[0]`: `res.partner` has no field `country_id.name`",
        ),
        (
            json!({"search": "res.partner", "order": "country_id.name"}),
            "the path goes on behind `country_id`",
        ),
        (
            json!({"search": "res.partner", "order": "name; drop table x"}),
            "`order`: expected fields",
        ),
        (
            json!({"search": "res.partner", "order": "name,"}),
            "`order`: expected fields",
        ),
        (
            json!({"search": "res.partner", "order": "name desc, (select 1)"}),
            "`order`: expected fields",
        ),
        // Domains.
        (search(json!("[]")), "`domain`: expected a domain"),
        (
            search(json!([["name", "=", "x", 1]])),
            "`domain[0]`: expected a condition",
        ),
        (
            search(json!([["name", "="]])),
            "`domain[0]`: expected a condition",
        ),
        (
            search(json!([["name", 5, "x"]])),
            "`domain[0]`: expected a condition",
        ),
        (
            search(json!([{"name": "x"}])),
            "`domain[0]`: expected a condition",
        ),
        (
            search(json!(["&&", ["name", "=", "x"]])),
            "`domain[0]`: expected a condition",
        ),
        (
            search(json!([[2, "=", 2]])),
            "`domain[0]`: expected a field on the left",
        ),
        (
            search(json!([["user_ids", "any!", []]])),
            "not an operator of domains",
        ),
        (
            search(json!([["user_ids", "ANY!", []]])),
            "not an operator of domains",
        ),
        (
            search(json!([["user_ids", "ANY", [["login", "=", "x"]]]])),
            "not an operator of domains",
        ),
        (
            search(json!([["id", "inselect", ["select 1", []]]])),
            "not an operator of domains",
        ),
        (
            search(json!([["id", "in", {"a": 1}]])),
            "`domain[0]`: expected a value",
        ),
        (
            search(json!([["id", "in", [[1]]]])),
            "`domain[0]`: expected a value",
        ),
        (
            search(json!([["name.x", "=", 1]])),
            "the path goes on behind `name`, which leads to no model",
        ),
        (
            search(json!([["id.x", "=", 1]])),
            "the path goes on behind `id`",
        ),
        (
            search(json!([["name.", "=", 1]])),
            "the path goes on behind `name`",
        ),
        (
            search(json!([["country_id.", "=", 1]])),
            "`res.country` has no field ``",
        ),
        (
            search(json!([["name", "child_of", 1]])),
            "the path goes on behind `name`",
        ),
        (
            search(json!([["name", "any", []]])),
            "the path goes on behind `name`",
        ),
        (
            search(json!([["country_id", "any", "x"]])),
            "`domain[0][2]`: expected a domain",
        ),
        // Values.
        (
            write(json!({"name": ["x"]})),
            "`values.name`: expected a single value",
        ),
        (
            write(json!({"name": {"en_US": "x"}})),
            "`values.name`: expected a single value",
        ),
        (
            write(json!({"country_id": [21, "Belgium"]})),
            "`values.country_id`: expected the id of a record",
        ),
        (
            write(json!({"country_id": [[0, 0, {}]]})),
            "expected the id of a record",
        ),
        (
            write(json!({"country_id": {"name": "x"}})),
            "expected the id of a record",
        ),
        (
            write(json!({"country_id": "21"})),
            "expected the id of a record",
        ),
        (
            write(json!({"country_id": 2.5})),
            "expected the id of a record",
        ),
        (
            write(json!({"country_id": true})),
            "expected the id of a record",
        ),
        (
            write(json!({"child_ids": "[[0, 0, {}]]"})),
            "`values.child_ids`: expected a list of commands",
        ),
        (
            write(json!({"child_ids": {"0": 1}})),
            "expected a list of commands",
        ),
        (
            write(json!({"child_ids": 5})),
            "expected a list of commands",
        ),
        (
            write(json!({"child_ids": [5, [0, 0, {}]]})),
            "`values.child_ids[0]`: expected a command",
        ),
        (
            write(json!({"child_ids": [[0, 0, {}], 5]})),
            "`values.child_ids[1]`: expected a command",
        ),
        (
            write(json!({"child_ids": ["[2, 5]"]})),
            "`values.child_ids[0]`: expected a command",
        ),
        (
            write(json!({"child_ids": [{"name": "x"}]})),
            "`values.child_ids[0]`: expected a command",
        ),
        (write(json!({"child_ids": [[]]})), "expected a command"),
        (
            write(json!({"child_ids": [["2", 5]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[2.0, 5]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[true, 5]]})),
            "expected a command",
        ),
        (write(json!({"child_ids": [[7, 5]]})), "expected a command"),
        (write(json!({"child_ids": [[-1, 5]]})), "expected a command"),
        (write(json!({"child_ids": [[0, 0]]})), "expected a command"),
        (
            write(json!({"child_ids": [[0, 0, [["name", "x"]]]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[1, [1, 2], {}]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[1, "5", {}]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[2, [5]]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[2, 5, 0, 0]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[6, 0, 5]]})),
            "expected a command",
        ),
        (
            write(json!({"child_ids": [[6, 0, [[5]]]]})),
            "expected a command",
        ),
        (
            json!({"create": "ir.ui.menu", "values": {"action": "5"}}),
            "expected a reference like",
        ),
        (
            json!({"create": "ir.ui.menu", "values": {"action": ["ir.cron", 5]}}),
            "expected a reference like",
        ),
        (
            json!({"write": "ir.attachment", "values": {"res_id": "5"}}),
            "expected the id of a record",
        ),
        // Contexts.
        (
            in_context(json!({"tracking_disable": true})),
            "`context.tracking_disable`: this context key is not allowed: it keeps a change out",
        ),
        (
            in_context(json!({"active_model": "res.users"})),
            "this context key is not allowed: it points Odoo's wizards",
        ),
        (
            in_context(json!({"any_other_key": 1})),
            "the operator can allow it, knowing what it does",
        ),
        (in_context(json!({"__m2o_order_seen": []})), "not allowed"),
        (
            in_context(json!({"lang": "en_US'; --"})),
            "`context.lang`: expected another kind of value",
        ),
        (in_context(json!({"lang": ["en_US"]})), "`context.lang`"),
        (in_context(json!({"tz": {"a": 1}})), "`context.tz`"),
        (
            in_context(json!({"active_test": "no"})),
            "`context.active_test`",
        ),
        (
            in_context(json!({"bin_size_datas": "no"})),
            "`context.bin_size_datas`",
        ),
        (
            in_context(json!({"allowed_company_ids": "1"})),
            "`context.allowed_company_ids`",
        ),
        (
            in_context(json!({"default_": 1})),
            "`context.default_`: `res.partner` has no field",
        ),
        (
            in_context(json!({"default_login": "x"})),
            "`context.default_login`: `res.partner` has no field `login`",
        ),
    ] {
        for (series, schemas) in SERIES.iter() {
            let refused = outcome("*:RWD", &Policy::permissive(), schemas, &call).unwrap_err();
            assert!(refused.contains(says), "{series}: {call} says {refused:?}");
        }
    }
}

#[test]
fn nesting_has_an_end() {
    let mut domain = json!([["name", "=", "x"]]);
    let mut values = json!({"name": "x"});
    for _ in 0..100 {
        domain = json!([["child_ids", "any", domain]]);
        values = json!({"child_ids": [[0, 0, values]]});
    }
    let path = format!("{}name", "parent_id.".repeat(10_000));
    for (call, is_too_deep) in [
        (json!({"search": "res.partner", "domain": domain}), true),
        (json!({"create": "res.partner", "values": values}), true),
        (
            json!({"search": "res.partner", "domain": [[path, "=", 1]]}),
            false,
        ),
    ] {
        let touched = touched(&call, &SERIES[1].1, &Policy::default());
        let problem = touched.err().map(|refusal| refusal.problem().clone());
        assert_eq!(problem == Some(Problem::TooDeep), is_too_deep);
    }
}
