//! The suite's tools that need no answer from the client, and the list of all tools.

#![expect(deprecated, reason = "the suite still tests logging")]

use std::time::Duration;

use rmcp::model::{
    CallToolResult, LoggingLevel, LoggingMessageNotificationParam, ProgressNotificationParam, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer};
use serde_json::{Value, json};

use crate::asking;
use crate::content::{PNG, WAV, of_json, text};

const PLAIN: [&str; 16] = [
    "test_simple_text",
    "test_image_content",
    "test_audio_content",
    "test_embedded_resource",
    "test_multiple_content_types",
    "test_error_handling",
    "test_tool_with_progress",
    "test_tool_with_logging",
    "test_reconnection",
    "test_missing_capability",
    "test_logging_tool",
    "test_streaming_elicitation",
    "test_trigger_tool_change",
    "test_trigger_prompt_change",
    "test_elicitation_sep1034_defaults",
    "test_elicitation_sep1330_enums",
];

pub(crate) fn list() -> Result<Vec<Tool>, ErrorData> {
    let mut tools: Vec<Value> = PLAIN
        .iter()
        .chain(&asking::MULTI_ROUND)
        .map(|name| with_schema(name, json!({"type": "object"})))
        .collect();
    for (name, argument) in [("test_sampling", "prompt"), ("test_elicitation", "message")] {
        let schema = json!({
            "type": "object",
            "properties": {argument: {"type": "string"}},
            "required": [argument],
        });
        tools.push(with_schema(name, schema));
    }
    tools.push(with_schema(
        "test_custom_header",
        json!({
            "type": "object",
            "properties": {"region": {"type": "string", "x-mcp-header": "Region"}},
        }),
    ));
    tools.push(with_schema("json_schema_2020_12_tool", rich_schema()));
    of_json(Value::Array(tools))
}

fn with_schema(name: &str, schema: Value) -> Value {
    json!({"name": name, "description": format!("The suite's {name}"), "inputSchema": schema})
}

/// A schema with the keywords that a server must hand on untouched.
fn rich_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {"address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }},
        "properties": {
            "name": {"type": "string"},
            "address": {"$ref": "#/$defs/address"},
            "contactMethod": {"type": "string", "enum": ["phone", "email"]},
            "phone": {"type": "string"},
            "email": {"type": "string"},
        },
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": false,
    })
}

/// The tools that answer by themselves; `None` if `name` is not one of them.
pub(crate) async fn call(
    name: &str,
    context: &RequestContext<RoleServer>,
) -> Option<Result<CallToolResult, ErrorData>> {
    let content = match name {
        "test_simple_text" => vec![text("This is a simple text response for testing.")],
        "test_image_content" => vec![image()],
        "test_audio_content" => {
            vec![json!({"type": "audio", "data": WAV, "mimeType": "audio/wav"})]
        }
        "test_embedded_resource" => vec![json!({"type": "resource", "resource": {
            "uri": "test://embedded-resource",
            "mimeType": "text/plain",
            "text": "This is an embedded resource content.",
        }})],
        "test_multiple_content_types" => vec![
            text("Multiple content types test:"),
            image(),
            json!({"type": "resource", "resource": {
                "uri": "test://mixed-content-resource",
                "mimeType": "application/json",
                "text": r#"{"test":"data","value":123}"#,
            }}),
        ],
        "test_error_handling" => {
            return Some(of_json(json!({
                "resultType": "complete",
                "isError": true,
                "content": [text("This tool intentionally returns an error for testing")],
            })));
        }
        "test_tool_with_progress" => {
            report_progress(context).await;
            vec![text("Progress reported.")]
        }
        "test_tool_with_logging" => {
            write_logs(context).await;
            vec![text("Logs written.")]
        }
        "test_logging_tool" => {
            if context.meta.log_level().is_some() {
                write_logs(context).await;
            }
            vec![text("Logs written if they were asked for.")]
        }
        "test_reconnection" | "test_custom_header" | "json_schema_2020_12_tool" => {
            vec![text("Done.")]
        }
        _ => return None,
    };
    Some(of_json(
        json!({"resultType": "complete", "content": content}),
    ))
}

fn image() -> Value {
    json!({"type": "image", "data": PNG, "mimeType": "image/png"})
}

async fn report_progress(context: &RequestContext<RoleServer>) {
    let token = context.meta.get_progress_token();
    for progress in [0.0, 50.0, 100.0] {
        if let Some(token) = &token {
            let note = ProgressNotificationParam::new(token.clone(), progress).with_total(100.0);
            // The client may have gone; the call ends the same way.
            let _ = context.peer.notify_progress(note).await;
        }
        pause().await;
    }
}

async fn write_logs(context: &RequestContext<RoleServer>) {
    for line in [
        "Tool execution started",
        "Tool processing data",
        "Tool execution completed",
    ] {
        let note = LoggingMessageNotificationParam::new(LoggingLevel::Info, json!(line));
        let _ = context.peer.notify_logging_message(note).await;
        pause().await;
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}
