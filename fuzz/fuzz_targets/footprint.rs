//! The footprint of any call is worked out without a panic, and no scope that
//! allows it refuses it when it is made wider.
#![no_main]

use std::collections::HashMap;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use odoo_scope::Scope;
use odoo_scope::footprint::{Call, Fields, Footprint, ModelSchema, Verb, footprint};
use odoo_scope::policy::Policy;
use serde_json::{Map, Value};

static SCHEMAS: LazyLock<HashMap<String, ModelSchema>> = LazyLock::new(|| {
    let json = include_str!("../../odoo-scope/tests/fixtures/schema-19.json");
    let models: Map<String, Value> = serde_json::from_str(json).expect("the fixture is JSON");
    models
        .into_iter()
        .map(|(name, fields)| {
            let schema = ModelSchema::from_fields_get(&fields);
            (
                name,
                schema.expect("the fixture is an answer of fields_get"),
            )
        })
        .collect()
});
static POLICY: LazyLock<Policy> = LazyLock::new(Policy::default);
static NARROW: LazyLock<Scope> =
    LazyLock::new(|| scope("*(-email):R,res.partner(name,child_ids,parent_id):RW,sale.*:RW"));
static WIDE: LazyLock<Scope> = LazyLock::new(|| scope("*:RW,res.partner:RWD,sale.*:RWD"));

fn scope(text: &str) -> Scope {
    Scope::parse(text).expect("the scope is one")
}

fuzz_target!(|text: &str| {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let part = |name: &str| value.get(name).unwrap_or(&Value::Null);
    let values = part("values").as_object();
    let names: Vec<String> = part("fields")
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect();
    let search = Verb::Search {
        domain: part("domain"),
        order: part("order").as_str(),
        read: Fields::Named(&names),
    };
    let write = values.map(|values| Verb::Write { values });
    let create = values.map(|values| Verb::Create {
        records: std::slice::from_ref(values),
    });
    for verb in [Some(search), write, create].into_iter().flatten() {
        for model in ["res.partner", "res.users", "sale.order", "ir.attachment"] {
            let call = Call {
                model,
                verb,
                context: part("context").as_object(),
            };
            let Ok(touched) = footprint(&call, &*SCHEMAS, &POLICY) else {
                continue;
            };
            let (Footprint::Complete(rows) | Footprint::Needs { rows, .. }) = touched;
            if NARROW.verdict(&rows, &POLICY).is_ok() {
                assert!(WIDE.verdict(&rows, &POLICY).is_ok());
            }
        }
    }
});
