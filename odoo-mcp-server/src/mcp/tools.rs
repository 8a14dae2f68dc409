//! The tool table in MCP's words.

use std::sync::{Arc, LazyLock};

use odoo_scope::Scope;
use rmcp::ErrorData;
use rmcp::model::{CallToolResult, ContentBlock, MetaObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

use crate::error::{Error, OverMcp};
use crate::tools::{Answer, TOOLS, ToolSpec};

/// Where in `_meta` of a failed call its `status` stands, as in REST's error body.
const STATUS_KEY: &str = "odoo-mcp/status";

static LIST: LazyLock<Vec<Tool>> = LazyLock::new(|| TOOLS.iter().map(describe).collect());

/// The tools that a key with this scope can use at all, in the table's order.
pub(super) fn visible(scope: &Scope) -> Vec<Tool> {
    TOOLS
        .iter()
        .zip(LIST.iter())
        .filter(|(spec, _)| scope.allows_anywhere(spec.effect.permission()))
        .map(|(_, tool)| tool.clone())
        .collect()
}

pub(super) fn find(name: &str) -> Option<Tool> {
    LIST.iter().find(|tool| tool.name == name).cloned()
}

fn describe(spec: &ToolSpec) -> Tool {
    let effect = spec.effect;
    let hints = ToolAnnotations::with_title(spec.title)
        .read_only(effect.is_read_only())
        .destructive(effect.is_destructive())
        .idempotent(effect.is_idempotent())
        // What is read stays in the database; a change may set off Odoo's automation: mails, deliveries.
        .open_world(!effect.is_read_only());
    Tool::new(spec.name, spec.about, Arc::new(spec.input_schema().clone()))
        .with_title(spec.title)
        .with_raw_output_schema(Arc::new(spec.output_schema().clone()))
        .with_annotations(hints)
}

/// The answer of a call: as a value that fits the output schema, and as the text that REST answers.
pub(super) fn success(answer: Answer) -> Result<CallToolResult, ErrorData> {
    let answer = text(answer).and_then(|text| Ok((parse(&text)?, text)));
    match answer {
        Ok((value, text)) => {
            let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
            result.structured_content = Some(value);
            Ok(result)
        }
        Err(error) => failure(&error),
    }
}

/// An answer as text.
pub(super) fn text(answer: Answer) -> Result<String, Error> {
    String::from_utf8(answer.into_json()).map_err(Error::internal)
}

/// An answer as a value to look into.
pub(super) fn value(answer: Answer) -> Result<Value, Error> {
    parse(&text(answer)?)
}

fn parse(json: &str) -> Result<Value, Error> {
    serde_json::from_str(json).map_err(Error::internal)
}

/// The failure of a call: for the model to read, where it can do something about it.
pub(super) fn failure(error: &Error) -> Result<CallToolResult, ErrorData> {
    let message = error.message().to_owned();
    match error.status().over_mcp() {
        OverMcp::InvalidParams => Err(ErrorData::invalid_params(message, None)),
        OverMcp::InternalError => Err(ErrorData::internal_error(message, None)),
        // Odoo refuses a login only when it is asked, long after the door.
        OverMcp::ToolError | OverMcp::AtTheDoor => {
            let mut meta = MetaObject::new();
            meta.insert(STATUS_KEY.to_owned(), json!(error.status().word()));
            Ok(CallToolResult::error(vec![ContentBlock::text(message)]).with_meta(Some(meta)))
        }
    }
}
