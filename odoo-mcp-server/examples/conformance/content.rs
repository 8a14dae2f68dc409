//! What the suite expects to read: listings, resources and prompts.

use rmcp::ErrorData;
use rmcp::model::{GetPromptResult, Prompt, ReadResourceResult, Resource, ResourceTemplate};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// One red pixel.
pub(crate) const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
/// A WAV file with no samples.
pub(crate) const WAV: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

/// Reads an rmcp type from the JSON that the suite describes it by.
pub(crate) fn of_json<T: DeserializeOwned>(value: Value) -> Result<T, ErrorData> {
    serde_json::from_value(value)
        .map_err(|error| ErrorData::internal_error(error.to_string(), None))
}

pub(crate) fn resources() -> Result<Vec<Resource>, ErrorData> {
    of_json(json!([
        {"uri": "test://static-text", "name": "Text", "description": "A text", "mimeType": "text/plain"},
        {"uri": "test://static-binary", "name": "Binary", "description": "A picture", "mimeType": "image/png"},
        {"uri": "test://watched-resource", "name": "Watched", "description": "A text to subscribe to", "mimeType": "text/plain"},
    ]))
}

pub(crate) fn templates() -> Result<Vec<ResourceTemplate>, ErrorData> {
    of_json(json!([{
        "uriTemplate": "test://template/{id}/data",
        "name": "Template",
        "description": "Data for an id",
        "mimeType": "application/json",
    }]))
}

pub(crate) fn resource(uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let content = match uri {
        "test://static-text" => {
            json!({"mimeType": "text/plain", "text": "This is the content of the static text resource."})
        }
        "test://static-binary" => json!({"mimeType": "image/png", "blob": PNG}),
        "test://watched-resource" => json!({"mimeType": "text/plain", "text": "Watched."}),
        _ => {
            let id = uri
                .strip_prefix("test://template/")
                .and_then(|rest| rest.strip_suffix("/data"))
                .ok_or_else(|| {
                    ErrorData::resource_not_found("Resource not found", Some(json!({"uri": uri})))
                })?;
            let text =
                json!({"id": id, "templateTest": true, "data": format!("Data for ID: {id}")});
            json!({"mimeType": "application/json", "text": text.to_string()})
        }
    };
    let mut content = content;
    if let Some(object) = content.as_object_mut() {
        object.insert("uri".to_owned(), json!(uri));
    }
    of_json(json!({"resultType": "complete", "contents": [content]}))
}

pub(crate) fn prompts() -> Result<Vec<Prompt>, ErrorData> {
    let required =
        |name: &str| json!({"name": name, "description": "An argument", "required": true});
    of_json(json!([
        {"name": "test_simple_prompt", "description": "A prompt"},
        {
            "name": "test_prompt_with_arguments",
            "description": "A prompt with arguments",
            "arguments": [required("arg1"), required("arg2")],
        },
        {
            "name": "test_prompt_with_embedded_resource",
            "description": "A prompt with a resource",
            "arguments": [required("resourceUri")],
        },
        {"name": "test_prompt_with_image", "description": "A prompt with a picture"},
        {"name": "test_input_required_result_prompt", "description": "A prompt that asks first"},
    ]))
}

/// A prompt that needs no input; `None` if there is none of this name.
pub(crate) fn prompt(
    name: &str,
    arguments: &Map<String, Value>,
) -> Option<Result<GetPromptResult, ErrorData>> {
    let argument = |name: &str| {
        arguments
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let contents = match name {
        "test_simple_prompt" => vec![text("This is a simple prompt for testing.")],
        "test_prompt_with_arguments" => vec![text(&format!(
            "Prompt with arguments: arg1='{}', arg2='{}'",
            argument("arg1"),
            argument("arg2")
        ))],
        "test_prompt_with_embedded_resource" => vec![
            json!({"type": "resource", "resource": {
                "uri": argument("resourceUri"),
                "mimeType": "text/plain",
                "text": "Embedded resource content for testing.",
            }}),
            text("Please process the embedded resource above."),
        ],
        "test_prompt_with_image" => vec![
            json!({"type": "image", "data": PNG, "mimeType": "image/png"}),
            text("Please analyze the image above."),
        ],
        _ => return None,
    };
    let messages: Vec<Value> = contents
        .into_iter()
        .map(|content| json!({"role": "user", "content": content}))
        .collect();
    Some(of_json(
        json!({"resultType": "complete", "messages": messages}),
    ))
}

pub(crate) fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}
