//! The JSON Schemas of a tool, made from the types that are read and written.

use schemars::generate::{Contract, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::Tool;

/// What a tool takes and gives.
///
/// Without `$ref`: many clients, n8n and the large models' APIs among them, drop what a reference names.
pub(super) struct Schemas {
    pub(super) input: Map<String, Value>,
    pub(super) output: Map<String, Value>,
}

impl Schemas {
    pub(super) fn of_records<T: Tool>() -> Schemas {
        Schemas {
            input: with_model(object_schema::<T::Args>(Contract::Deserialize)),
            output: object_schema::<T::Output>(Contract::Serialize),
        }
    }

    pub(super) fn of_caller<Output: JsonSchema>() -> Schemas {
        let input = json!({ "type": "object", "properties": {}, "additionalProperties": false });
        Schemas {
            input: object(input),
            output: object_schema::<Output>(Contract::Serialize),
        }
    }
}

fn object_schema<T: JsonSchema>(contract: Contract) -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.contract = contract;
        settings.inline_subschemas = true;
        settings.meta_schema = None;
        settings
            .transforms
            .push(Box::new(RecursiveTransform(without_rust_formats)));
    });
    let schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
    let mut map = object(schema.to_value());
    // The name of a Rust type tells a client nothing.
    map.shift_remove("title");
    map.shift_remove("description");
    map
}

/// Takes off `int64` and the like: JSON Schema does not know them, and validators warn about each.
fn without_rust_formats(schema: &mut Schema) {
    let is_rust = |format: &str| format.starts_with("int") || format.starts_with("uint");
    if schema
        .get("format")
        .and_then(Value::as_str)
        .is_some_and(is_rust)
    {
        schema.remove("format");
    }
}

fn object(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(map) => map,
        // The other schemas are `true` and `false`, which no type of ours has.
        _ => Map::new(),
    }
}

/// Puts `model` before the tool's own arguments.
fn with_model(mut schema: Map<String, Value>) -> Map<String, Value> {
    let mut properties = Map::new();
    properties.insert("model".to_owned(), model());
    if let Some(Value::Object(own)) = schema.shift_remove("properties") {
        properties.extend(own);
    }
    let mut required = vec![Value::from("model")];
    if let Some(Value::Array(own)) = schema.shift_remove("required") {
        required.extend(own);
    }
    let mut whole = Map::new();
    whole.insert("type".to_owned(), Value::from("object"));
    whole.insert("properties".to_owned(), Value::Object(properties));
    whole.insert("required".to_owned(), Value::Array(required));
    whole.extend(schema);
    whole
}

fn model() -> Value {
    json!({
        "type": "string",
        "description": "Technical name of the Odoo model, such as `res.partner` (contacts), `sale.order`, \
            `product.product` or `account.move` (invoices).",
    })
}
