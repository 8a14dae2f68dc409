//! Calls written as JSON, against schemas captured from Odoo 14 and 19.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::HashMap;
use std::sync::LazyLock;

use odoo_scope::Scope;
use odoo_scope::footprint::{Call, Fields, Footprint, ModelSchema, Refusal, Row, Verb, footprint};
use odoo_scope::policy::Policy;
use serde_json::{Map, Value};

pub(crate) type Schemas = HashMap<String, ModelSchema>;

/// The series, and the schemas of some of its models.
pub(crate) static SERIES: LazyLock<[(u8, Schemas); 2]> = LazyLock::new(|| {
    [
        (14, schemas(include_str!("../fixtures/schema-14.json"))),
        (19, schemas(include_str!("../fixtures/schema-19.json"))),
    ]
});

pub(crate) fn schemas(json: &str) -> Schemas {
    let models: Map<String, Value> = serde_json::from_str(json).unwrap();
    models
        .into_iter()
        .map(|(name, fields)| (name, ModelSchema::from_fields_get(&fields).unwrap()))
        .collect()
}

/// What came of a call, in the words that its caller reads.
pub(crate) fn outcome(
    scope: &str,
    policy: &Policy,
    schemas: &Schemas,
    call: &Value,
) -> Result<(), String> {
    let scope = Scope::parse(scope).unwrap();
    // Schemas come one by one, as they do from a server.
    let mut known = Schemas::new();
    loop {
        match touched(call, &known, policy).map_err(|refusal| refusal.to_string())? {
            Footprint::Complete(rows) => {
                return scope
                    .verdict(&rows, policy)
                    .map_err(|refused| refused.to_string());
            }
            Footprint::Needs { models, rows } => {
                scope
                    .verdict(&rows, policy)
                    .map_err(|refused| refused.to_string())?;
                for model in models {
                    let Some(schema) = schemas.get(&model) else {
                        panic!("the fixtures have no `{model}`");
                    };
                    let is_new = known.insert(model, schema.clone()).is_none();
                    assert!(is_new, "a schema at hand is asked for again");
                }
            }
        }
    }
}

/// The rows of a call, for which every schema is at hand.
pub(crate) fn rows(schemas: &Schemas, call: &Value) -> Vec<Row> {
    match touched(call, schemas, &Policy::default()).unwrap() {
        Footprint::Complete(rows) => rows,
        Footprint::Needs { models, .. } => panic!("the fixtures have no {models:?}"),
    }
}

/// Works out the footprint of a call like
/// `{"write": "res.partner", "values": {…}, "context": {…}}`.
pub(crate) fn touched(
    call: &Value,
    schemas: &Schemas,
    policy: &Policy,
) -> Result<Footprint, Refusal> {
    let no_domain = Value::Array(Vec::new());
    let names: Option<Vec<String>> = call
        .get("fields")
        .map(|names| serde_json::from_value(names.clone()).unwrap());
    let fields = names.as_deref().map_or(Fields::All, Fields::Named);
    let domain = call.get("domain").unwrap_or(&no_domain);
    let records: Vec<Map<String, Value>> = match call.get("values") {
        Some(Value::Array(records)) => serde_json::from_value(records.clone().into()).unwrap(),
        Some(values) => vec![values.as_object().unwrap().clone()],
        None => Vec::new(),
    };
    let order = call.get("order").and_then(Value::as_str);
    let verbs = [
        (
            "search",
            Verb::Search {
                domain,
                order,
                read: Fields::None,
            },
        ),
        (
            "search_read",
            Verb::Search {
                domain,
                order,
                read: fields,
            },
        ),
        ("read", Verb::Read { fields }),
        ("name_search", Verb::NameSearch { domain }),
        ("fields_get", Verb::FieldsGet),
        ("default_get", Verb::DefaultGet { fields }),
        ("unlink", Verb::Unlink),
        ("create", Verb::Create { records: &records }),
    ];
    let write = records
        .first()
        .map(|values| ("write", Verb::Write { values }));
    let (verb, model) = verbs
        .into_iter()
        .chain(write)
        .find_map(|(name, verb)| Some((verb, call.get(name)?.as_str()?)))
        .unwrap();
    let context = call.get("context").and_then(Value::as_object);
    let call = Call {
        model,
        verb,
        context,
    };
    footprint(&call, schemas, policy)
}
