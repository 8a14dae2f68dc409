//! Records, fields and the list of models as resources.

use rmcp::ErrorData;
use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::{Map, Value, json};

use super::{models, tools};
use crate::call::call;
use crate::caller::Caller;
use crate::error::{Error, OverMcp};
use crate::state::State;

const MODELS: &str = "odoo://models";
pub(super) const RECORD: &str = "odoo://{model}/{id}";
pub(super) const FIELDS: &str = "odoo://{model}/fields";
const JSON: &str = "application/json";

pub(super) fn list() -> Vec<Resource> {
    vec![
        Resource::new(MODELS, "models")
            .with_title("Models in reach")
            .with_description("The models that this key can reach, and what it may do with each.")
            .with_mime_type(JSON),
    ]
}

pub(super) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(RECORD, "record")
            .with_title("One record")
            .with_description(
                "A record with all its fields, less files and pictures: `odoo://res.partner/3`.",
            )
            .with_mime_type(JSON),
        ResourceTemplate::new(FIELDS, "fields")
            .with_title("A model's fields")
            .with_description(
                "Types, labels, choices and relations of a model's fields: `odoo://res.partner/fields`.",
            )
            .with_mime_type(JSON),
    ]
}

/// What a URI names.
#[derive(Debug, PartialEq, Eq)]
enum Place<'u> {
    Models,
    Fields(&'u str),
    Record(&'u str, i64),
}

impl<'u> Place<'u> {
    fn parse(uri: &'u str) -> Option<Place<'u>> {
        if uri == MODELS {
            return Some(Place::Models);
        }
        match uri.strip_prefix("odoo://")?.split_once('/')? {
            (model, "fields") => Some(Place::Fields(model)),
            (model, id) => Some(Place::Record(model, id.parse().ok()?)),
        }
    }
}

/// Reads a resource, through the same path as a tool's call.
pub(super) async fn read(
    state: &State,
    caller: &Caller,
    uri: &str,
) -> Result<ReadResourceResult, ErrorData> {
    let place = Place::parse(uri).ok_or_else(|| {
        not_found(uri, "no such resource; there are `odoo://models`, `odoo://{model}/fields` and `odoo://{model}/{id}`")
    })?;
    let text = match place {
        Place::Models => models::reachable(state, caller, "")
            .await
            .map(|models| json!({"count": models.len(), "models": models}).to_string()),
        Place::Fields(model) => call(
            state,
            caller,
            "fields_get",
            arguments(json!({"model": model})),
        )
        .await
        .and_then(tools::text),
        Place::Record(model, id) => match record(state, caller, model, id).await {
            Ok(Some(record)) => Ok(record),
            Ok(None) => {
                return Err(not_found(
                    uri,
                    "no record of this model has this id, or the user may not see it",
                ));
            }
            Err(error) => Err(error),
        },
    };
    let text = text.map_err(|error| refused(uri, &error))?;
    Ok(ReadResourceResult::new(vec![
        ResourceContents::text(text, uri).with_mime_type(JSON),
    ]))
}

async fn record(
    state: &State,
    caller: &Caller,
    model: &str,
    id: i64,
) -> Result<Option<String>, Error> {
    let fields = readable_fields(state, caller, model).await?;
    let asked = arguments(json!({"model": model, "ids": [id], "fields": fields}));
    let answer = tools::value(call(state, caller, "read", asked).await?)?;
    Ok(answer.pointer("/records/0").map(Value::to_string))
}

/// The fields that fit into a conversation: files and pictures do not.
async fn readable_fields(
    state: &State,
    caller: &Caller,
    model: &str,
) -> Result<Vec<String>, Error> {
    let asked = arguments(json!({"model": model, "attributes": ["type"]}));
    let answer = tools::value(call(state, caller, "fields_get", asked).await?)?;
    let fields = answer.get("fields").and_then(Value::as_object);
    Ok(fields
        .into_iter()
        .flatten()
        .filter(|(_, field)| field.get("type").and_then(Value::as_str) != Some("binary"))
        .map(|(name, _)| name.clone())
        .collect())
}

fn arguments(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(arguments) => arguments,
        _ => Map::new(),
    }
}

fn not_found(uri: &str, message: &'static str) -> ErrorData {
    ErrorData::resource_not_found(message, Some(json!({"uri": uri})))
}

/// A resource has no `isError`: what a call would say there is said in a JSON-RPC error.
fn refused(uri: &str, error: &Error) -> ErrorData {
    let data = Some(json!({"uri": uri, "status": error.status().word()}));
    let message = error.message().to_owned();
    match error.status().over_mcp() {
        OverMcp::InternalError => ErrorData::internal_error(message, data),
        _ => ErrorData::invalid_params(message, data),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_names_one_place_or_none() {
        for (uri, place) in [
            ("odoo://models", Some(Place::Models)),
            (
                "odoo://res.partner/fields",
                Some(Place::Fields("res.partner")),
            ),
            (
                "odoo://res.partner/3",
                Some(Place::Record("res.partner", 3)),
            ),
            ("odoo://res.partner", None),
            ("odoo://res.partner/", None),
            ("odoo://res.partner/3/name", None),
            ("odoo://res.partner/three", None),
            ("http://res.partner/3", None),
            ("odoo://", None),
        ] {
            assert_eq!(Place::parse(uri), place, "{uri}");
        }
    }
}
