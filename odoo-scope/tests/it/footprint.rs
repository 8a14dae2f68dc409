//! What the footprint says in detail, and what it does not even guess.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use odoo_scope::footprint::{ATTRIBUTES, Footprint, ModelSchema, OnDelete, Part, Problem};
use odoo_scope::policy::Policy;
use odoo_scope::{Permission, Scope};
use serde_json::{Value, json};

use crate::world::{SERIES, Schemas, outcome, rows, schemas, touched};

#[test]
fn each_row_says_what_where_and_why() {
    let call = json!({"write": "res.partner", "values": {"name": "x", "user_ids": [[1, 2, {"name": "y"}]]}});
    let shown: Vec<_> = rows(&SERIES[1].1, &call)
        .into_iter()
        .map(|row| {
            let part = match row.part {
                Part::Field(name) => name,
                part => format!("{part:?}"),
            };
            format!(
                "{} {} {part} at {}: {}",
                row.permission, row.model, row.place, row.reason
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "W res.partner Records at : the call is about it",
            "W res.partner name at values.name: the call is about it",
            "W res.partner user_ids at values.user_ids: the call is about it",
            "W res.users Records at values.user_ids[0]: a command changes records",
            "W res.users name at values.user_ids[0][2].name: the call is about it",
        ]
    );
}

#[test]
fn properties_take_values_and_no_definitions() {
    let (_, schemas) = &SERIES[1];
    let write = |value: Value| json!({"write": "res.partner", "values": {"properties": value}});
    let passes = |call| outcome("res.partner:RW", &Policy::default(), schemas, &call).is_ok();
    assert!(passes(write(
        json!({"a1b2": 5, "c3": "x", "d4": ["tag"], "e5": false})
    )));
    assert!(passes(write(json!(false))));
    assert!(passes(
        json!({"search": "res.partner", "domain": [["properties.a1b2", "=", 5]], "order": "properties.a1b2"})
    ));
    for value in [
        json!([{"name": "a", "type": "many2one", "comodel": "res.users", "value": 2}]),
        json!({"a": {"definition_changed": true}}),
        json!({"a": [[0, 0, {}]]}),
        json!("{}"),
    ] {
        assert!(!passes(write(value)));
    }
    assert!(!passes(
        json!({"search": "res.partner", "domain": [["properties.a.login", "=", "x"]]})
    ));
}

#[test]
fn json_whose_keys_are_ids_reaches_their_model() {
    let (_, known) = &SERIES[1];
    let scope = "sale.order.line:RW";
    let refusal = |call: Value| outcome(scope, &Policy::default(), known, &call).err();
    let write = |value: Value| json!({"write": "sale.order.line", "values": {"analytic_distribution": value}});
    let search = |operator: &str, value: Value| json!({"search": "sale.order.line", "domain": [["analytic_distribution", operator, value]]});
    for call in [
        write(json!({"7": 100})),
        search("ilike", json!("x")),
        search("in", json!(["x"])),
    ] {
        let said = refusal(call).unwrap();
        assert!(
            said.contains("reaches `account.analytic.account`"),
            "{said}"
        );
    }
    for call in [
        write(json!(false)),
        write(json!({})),
        search("in", json!([7])),
    ] {
        assert_eq!(refusal(call), None);
    }
    assert!(
        refusal(write(json!("{}")))
            .unwrap()
            .contains("expected an object")
    );
}

#[test]
fn a_parent_is_known_although_odoo_hides_some_of_its_fields() {
    let mut json: Value = serde_json::from_str(include_str!("../fixtures/schema-19.json")).unwrap();
    let users = json["res.users"].as_object_mut().unwrap();
    // Somebody whose groups do not show it asked for the schema.
    users.remove("credit_limit").unwrap();
    let known = schemas(&json.to_string());
    let call = json!({"create": "res.users", "values": {"login": "x"}});
    let outcome = |scope| outcome(scope, &Policy::default(), &known, &call);
    assert!(
        outcome("res.users:W")
            .unwrap_err()
            .contains("`res.partner`")
    );
    assert_eq!(outcome("res.users:W,res.partner:W"), Ok(()));
}

#[test]
fn definitions_of_properties_name_models() {
    let schemas = with_field("definition", json!({"type": "properties_definition"}));
    let write = |definition: Value| json!({"write": "m", "values": {"definition": [definition]}});
    let to_users = write(json!({"name": "a", "type": "many2one", "comodel": "res.users"}));
    let limited = outcome("m:W", &Policy::default(), &schemas, &to_users);
    assert!(
        limited
            .unwrap_err()
            .contains("`values.definition` reaches `res.users`")
    );
    assert_eq!(
        outcome("m:W,res.users:R", &Policy::default(), &schemas, &to_users),
        Ok(())
    );
    let with_domain = write(json!({"comodel": "m", "domain": "[('a', '=', 1)]"}));
    assert!(outcome("*:RWD", &Policy::default(), &schemas, &with_domain).is_err());
}

#[test]
fn a_type_of_a_later_odoo_is_not_written() {
    let schemas = with_field("new", json!({"type": "hologram"}));
    let write = json!({"write": "m", "values": {"new": 1}});
    let refused = outcome("*:RWD", &Policy::default(), &schemas, &write).unwrap_err();
    assert_eq!(
        refused,
        "`values.new`: the field's type is not known to this gateway"
    );
    let read = json!({"search_read": "m", "fields": ["new"], "domain": [["new", "=", 1]]});
    assert_eq!(outcome("m:R", &Policy::default(), &schemas, &read), Ok(()));
}

#[test]
fn an_id_whose_model_is_not_in_the_call_may_point_anywhere() {
    let activity = json!({"create": "mail.activity", "values": {
        "res_model": "res.partner", "res_model_id": 7, "res_id": 5,
    }});
    let attachment = json!({"write": "ir.attachment", "values": {"res_id": 5}});
    let hidden: Policy =
        toml::from_str("[[deny]]\nmodel = \"hr.payslip\"\nletters = \"R\"\nreason = \"salaries\"")
            .unwrap();
    for (series, schemas) in SERIES.iter() {
        for (model, call) in [("mail.activity", &activity), ("ir.attachment", &attachment)] {
            let policy = Policy::default();
            let outcome = |scope: &str, policy| outcome(scope, policy, schemas, call);
            let limited = format!("{model}:RW,ir.model:R,res.partner:RW");
            let refused = outcome(&limited, &policy).unwrap_err();
            assert!(
                refused.contains("`values.res_id` reaches `*`, which this key may not read"),
                "{series}: {refused}"
            );
            let all_but_one = format!("*:R,hr.payslip:,{model}:RW");
            assert!(outcome(&all_but_one, &policy).is_err(), "{series}");
            let all = format!("*:R,{model}:RW");
            assert_eq!(outcome(&all, &policy), Ok(()), "{series}");
            assert!(outcome(&all, &hidden).unwrap_err().contains("salaries"));
        }
    }
}

#[test]
fn the_name_of_a_model_alone_points_its_record_elsewhere() {
    let call = json!({"write": "ir.attachment", "values": {"res_model": "res.users"}});
    for (series, schemas) in SERIES.iter() {
        let refused = outcome("ir.attachment:RW", &Policy::default(), schemas, &call).unwrap_err();
        assert!(
            refused.contains("`values.res_model` reaches `res.users`"),
            "{series}"
        );
    }
}

#[test]
fn cutting_loose_deletes_unless_it_is_known_not_to() {
    let (_, schemas) = &SERIES[1];
    let call = json!({"write": "res.partner", "values": {"child_ids": [[3, 8]]}});
    let refused = outcome("res.partner:RW", &Policy::default(), schemas, &call).unwrap_err();
    assert!(
        refused.contains("which this key may not delete"),
        "{refused}"
    );

    let mut schemas = schemas.clone();
    let partner = schemas.get_mut("res.partner").unwrap();
    partner.set_on_delete("parent_id", OnDelete::Keep);
    assert_eq!(
        outcome("res.partner:RW", &Policy::default(), &schemas, &call),
        Ok(())
    );
}

#[test]
fn a_related_field_that_is_readonly_is_not_written_through() {
    let field = |readonly: bool| {
        json!({
            "id": {"type": "integer"},
            "link": {"type": "many2one", "relation": "end"},
            "shown": {"type": "char", "related": "link.name", "readonly": readonly},
        })
    };
    for (readonly, is_reached) in [(true, false), (false, true)] {
        let schemas = Schemas::from([
            (
                "m".to_owned(),
                ModelSchema::from_fields_get(&field(readonly)).unwrap(),
            ),
            (
                "end".to_owned(),
                ModelSchema::from_fields_get(&json!({"name": {"type": "char"}})).unwrap(),
            ),
        ]);
        let call = json!({"write": "m", "values": {"shown": "x"}});
        let refused = outcome("m:W", &Policy::default(), &schemas, &call).is_err();
        assert_eq!(refused, is_reached);
    }
}

#[test]
fn related_fields_that_lead_in_a_circle_end() {
    let schema = json!({
        "me": {"type": "many2one", "relation": "m", "required": true},
        "name": {"type": "char", "related": "me.name"},
    });
    let schemas = Schemas::from([(
        "m".to_owned(),
        ModelSchema::from_fields_get(&schema).unwrap(),
    )]);
    for verb in ["write", "create"] {
        let call = json!({verb: "m", "values": {"name": "x"}});
        let refusal = touched(&call, &schemas, &Policy::default()).unwrap_err();
        assert_eq!(refusal.problem(), &Problem::TooDeep);
    }
}

#[test]
fn a_call_that_names_no_field_needs_no_schema() {
    for call in [
        json!({"search": "m"}),
        json!({"search_read": "m", "domain": [["id", "in", [1, 2]]], "order": "id desc"}),
        json!({"read": "m"}),
        json!({"read": "m", "fields": ["id"]}),
        json!({"create": "m", "values": []}),
        json!({"write": "m", "values": {}}),
        json!({"fields_get": "m"}),
        json!({"unlink": "m"}),
    ] {
        let touched = touched(&call, &Schemas::new(), &Policy::default());
        assert!(matches!(touched, Ok(Footprint::Complete(_))), "{call}");
    }
}

#[test]
fn what_is_missing_is_asked_for_together_with_what_is_certain() {
    let call = json!({"search_read": "sale.order", "fields": ["name"], "domain": [["partner_id.name", "=", "x"]]});
    let (_, all) = &SERIES[0];
    let mut known = Schemas::new();
    let Footprint::Needs { models, rows } = touched(&call, &known, &Policy::default()).unwrap()
    else {
        panic!("nothing is known yet");
    };
    assert_eq!(Vec::from_iter(models), ["sale.order"]);
    assert_eq!(rows.len(), 3, "the model and two of its fields: {rows:?}");

    known.insert("sale.order".into(), all["sale.order"].clone());
    let Footprint::Needs { models, rows } = touched(&call, &known, &Policy::default()).unwrap()
    else {
        panic!("partners are not known yet");
    };
    assert_eq!(Vec::from_iter(models), ["res.partner"]);
    let limited = Scope::parse("sale.order:R").unwrap();
    let refused = limited.verdict(&rows, &Policy::default()).unwrap_err();
    assert_eq!(refused.row().model, "res.partner");
}

#[test]
fn a_limited_key_is_told_what_to_name() {
    let schema = &SERIES[1].1["res.country"];
    let policy = Policy::default();
    for (scope, reads_all, names) in [
        (
            "*:R",
            true,
            "code create_date display_name id name write_date",
        ),
        ("res.country(code):R", false, "code display_name id"),
        (
            "res.*(-code,-name):R",
            false,
            "create_date display_name id write_date",
        ),
        ("res.country:W", false, ""),
        ("res.users:R", false, ""),
    ] {
        let scope = Scope::parse(scope).unwrap();
        let readable = scope.readable_fields("res.country", schema, &policy);
        assert_eq!(readable.join(" "), names, "for `{scope}`");
        assert_eq!(scope.reads_all_fields("res.country", &policy), reads_all);
    }
    let star = Scope::parse("*:R").unwrap();
    assert!(!star.reads_all_fields("ir.config_parameter", &policy));
}

#[test]
fn an_answer_that_is_no_schema_is_none() {
    for answer in [
        json!(false),
        json!([]),
        json!({"name": {}}),
        json!({"name": "char"}),
        json!({"name": {"type": 5}}),
    ] {
        assert_eq!(ModelSchema::from_fields_get(&answer), None, "{answer}");
    }
    assert!(ATTRIBUTES.contains(&"related"));
}

#[test]
fn every_model_of_a_footprint_is_judged() {
    let call = json!({"search": "res.partner", "domain": [["user_ids.company_id.name", "=", "x"]]});
    let rows = rows(&SERIES[0].1, &call);
    let scope = Scope::parse("res.partner:R,res.company:R").unwrap();
    let verdicts: Vec<_> = rows
        .iter()
        .filter(|row| scope.judge(row, &Policy::default()).is_err())
        .map(|row| (row.model.as_str(), row.permission))
        .collect();
    assert_eq!(
        verdicts,
        [
            ("res.users", Permission::Read),
            ("res.users", Permission::Read)
        ]
    );
}

/// The schema of a model `m` with one field.
fn with_field(name: &str, field: Value) -> Schemas {
    let schema = ModelSchema::from_fields_get(&json!({name: field})).unwrap();
    Schemas::from([("m".to_owned(), schema)])
}
