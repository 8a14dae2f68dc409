//! What holds for every call.

use std::collections::BTreeSet;

use odoo_scope::footprint::{Footprint, Part};
use odoo_scope::policy::Policy;
use odoo_scope::{Permission, Scope};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::world::{SERIES, outcome, rows, touched};

proptest! {
    #[test]
    fn no_call_makes_it_panic(
        domain in anything(), values in objects(anything()), context in objects(anything()),
        order in ".{0,20}", index in 0..2_usize,
    ) {
        let schemas = &SERIES[index].1;
        for call in [
            json!({"search": "res.partner", "domain": domain, "order": order, "context": context}),
            json!({"create": "res.users", "values": values, "context": context}),
            json!({"write": "sale.order", "values": values}),
        ] {
            let _ = touched(&call, schemas, &Policy::default());
        }
    }

    #[test]
    fn a_wider_scope_allows_what_a_narrower_one_does(
        call in calls(), entries in entries(), index in 0..2_usize,
    ) {
        let schemas = &SERIES[index].1;
        let text = |entry: &Entry, letters: &str, fields: &str| format!("{}{fields}:{letters}", entry.target);
        let narrow: Vec<_> = entries.iter().map(|e| text(e, &e.letters, e.fields)).collect();
        let wide: Vec<_> = entries.iter().map(|e| text(e, "RWD", "")).collect();
        let policy = Policy::default();
        if outcome(&narrow.join(","), &policy, schemas, &call).is_ok() {
            prop_assert_eq!(outcome(&wide.join(","), &policy, schemas, &call), Ok(()));
        }
        // And a policy that denies less refuses less.
        if outcome(&narrow.join(","), &policy, schemas, &call).is_ok() {
            prop_assert_eq!(outcome(&narrow.join(","), &Policy::permissive(), schemas, &call), Ok(()));
        }
    }

    #[test]
    fn every_model_that_a_command_or_path_names_is_in_it(
        values in values(3), path in paths(), index in 0..2_usize,
    ) {
        let schemas = &SERIES[index].1;
        let mut expected = BTreeSet::from(["res.partner"]);
        named(&values, &mut expected);
        let write = rows(schemas, &json!({"write": "res.partner", "values": values}));
        let models: BTreeSet<_> = write.iter().map(|row| row.model.as_str()).collect();
        prop_assert!(models.is_superset(&expected), "{models:?} lacks some of {expected:?}");

        let search = rows(schemas, &json!({"search": "res.partner", "domain": [[path, "=", 1]]}));
        let hops: BTreeSet<_> = path.split('.').filter_map(relation).collect();
        let models: BTreeSet<_> = search.iter().map(|row| row.model.as_str()).collect();
        let last = path.rsplit('.').next().and_then(relation);
        // The last field is compared by id, which does not read its model.
        prop_assert!(hops.iter().all(|hop| models.contains(hop) || last == Some(hop)));
    }

    #[test]
    fn a_key_without_the_letters_of_a_row_is_refused(call in calls(), index in 0..2_usize) {
        let schemas = &SERIES[index].1;
        let Ok(Footprint::Complete(rows)) = touched(&call, schemas, &Policy::permissive()) else {
            return Ok(());
        };
        for row in &rows {
            let left: String = Permission::ALL
                .into_iter()
                .filter(|permission| *permission != row.permission)
                .map(Permission::letter)
                .collect();
            let without = Scope::parse(&format!("*:RWD,{}:{left}", row.model)).unwrap();
            prop_assert!(without.verdict(&rows, &Policy::permissive()).is_err());
            if let Part::Field(name) = &row.part && name != "id" {
                let without = Scope::parse(&format!("*:RWD,{}(-{name}):RWD", row.model)).unwrap();
                prop_assert!(without.verdict(&rows, &Policy::permissive()).is_err());
            }
        }
    }
}

/// Relations which partners and the models behind them have on both series.
const RELATIONS: [(&str, &str); 6] = [
    ("user_ids", "res.users"),
    ("child_ids", "res.partner"),
    ("parent_id", "res.partner"),
    ("company_id", "res.company"),
    ("bank_ids", "res.partner.bank"),
    ("category_id", "res.partner.category"),
];

fn relation(field: &str) -> Option<&'static str> {
    let (_, model) = RELATIONS.iter().find(|(name, _)| *name == field)?;
    Some(model)
}

/// Collects the models which values name, by the shape of the values alone.
fn named(values: &Value, models: &mut BTreeSet<&'static str>) {
    for (name, value) in values.as_object().into_iter().flatten() {
        let is_used = !matches!(value, Value::Bool(false)) && value != &json!([]);
        models.extend(relation(name).filter(|_| is_used));
        for command in value.as_array().into_iter().flatten() {
            named(&command[2], models);
        }
    }
}

fn values(depth: u32) -> BoxedStrategy<Value> {
    let single = prop_oneof![
        Just(("name", json!("x"))),
        Just(("parent_id", json!(7))),
        Just(("company_id", json!(1))),
        Just(("company_id", json!(false))),
    ];
    if depth == 0 {
        let fields = proptest::collection::vec(single, 0..3);
        return fields.prop_map(object).boxed();
    }
    let command = prop_oneof![
        values(depth - 1).prop_map(|values| json!([0, 0, values])),
        values(depth - 1).prop_map(|values| json!([1, 5, values])),
        Just(json!([2, 5])),
        Just(json!([3, 5])),
        Just(json!([4, 5])),
        Just(json!([5])),
        Just(json!([6, 0, [5, 6]])),
    ];
    // Fields which users, partners and their children have alike.
    let name = prop_oneof![Just("child_ids"), Just("user_ids")];
    let several = (name, proptest::collection::vec(command, 0..3))
        .prop_map(|(name, commands)| (name, Value::Array(commands)));
    proptest::collection::vec(prop_oneof![single, several], 0..4)
        .prop_map(object)
        .boxed()
}

fn object(fields: Vec<(&str, Value)>) -> Value {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.collect())
}

fn paths() -> impl Strategy<Value = String> {
    let hop = proptest::sample::select(vec!["user_ids", "child_ids", "parent_id"]);
    let last = proptest::sample::select(vec!["id", "name", "company_id", "user_ids"]);
    (proptest::collection::vec(hop, 0..6), last).prop_map(|(mut hops, last)| {
        hops.push(last);
        hops.join(".")
    })
}

fn calls() -> impl Strategy<Value = Value> {
    let value = prop_oneof![Just(json!("x")), Just(json!(5)), Just(json!([5, "x"]))];
    let operator = proptest::sample::select(vec!["=", "in", "ilike", "child_of", "not in"]);
    let condition = (paths(), operator, value)
        .prop_map(|(path, operator, value)| json!([path, operator, value]));
    let domain = proptest::collection::vec(condition, 0..3).prop_map(Value::Array);
    prop_oneof![
        domain.prop_map(
            |domain| json!({"search": "res.partner", "domain": domain, "order": "parent_id, name"})
        ),
        values(3).prop_map(|values| json!({"write": "res.partner", "values": values})),
        (values(2), values(2)).prop_map(|(values, defaults)| {
            let defaults = defaults.as_object().into_iter().flatten();
            let context: Map<_, _> = defaults
                .map(|(name, value)| (format!("default_{name}"), value.clone()))
                .collect();
            json!({"create": "res.partner", "values": values, "context": context})
        }),
    ]
}

/// An entry of a scope.
#[derive(Debug)]
struct Entry {
    target: &'static str,
    letters: String,
    fields: &'static str,
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let targets = vec![
        "*",
        "res.*",
        "res.partner",
        "res.users",
        "res.company",
        "res.partner.bank",
    ];
    let letters = proptest::sample::subsequence(vec!['R', 'W', 'D'], 0..=3);
    let fields = proptest::sample::select(vec![
        "",
        "",
        "",
        "(name,child_ids,user_ids,parent_id)",
        "(-user_ids)",
    ]);
    let entry =
        (letters, fields).prop_map(|(letters, fields)| (letters.into_iter().collect(), fields));
    (
        proptest::sample::subsequence(targets, 1..=6),
        proptest::collection::vec(entry, 6),
    )
        .prop_map(|(targets, entries)| {
            let pairs = targets.into_iter().zip(entries);
            let entries = pairs.map(|(target, (letters, fields))| Entry {
                target,
                letters,
                fields,
            });
            entries.collect()
        })
}

/// JSON that is like what calls hold, and wrong in every way.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2..8_i64).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(vec![
            "&",
            "!",
            "=",
            "any",
            "ilike",
            "child_of",
            "name",
            "user_ids",
            "child_ids.name",
            "user_ids.partner_id.parent_id",
            "res.users,2",
            "login",
            "order_line",
            "",
        ])
        .prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            objects(inner).prop_map(Value::Object),
        ]
    })
}

fn objects(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    let name = prop_oneof![
        proptest::sample::select(vec![
            "name",
            "user_ids",
            "child_ids",
            "parent_id",
            "partner_id",
            "order_line",
            "properties",
            "default_user_ids",
            "default_child_ids",
            "default_name",
            "lang",
            "category_id",
        ])
        .prop_map(str::to_owned),
        ".{0,8}",
    ];
    proptest::collection::btree_map(name, inner, 0..4)
        .prop_map(|fields| fields.into_iter().collect())
}
