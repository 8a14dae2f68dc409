//! The reference documentation, made from the tables that the server runs on.
//!
//! `docs/tools.md`, `docs/errors.md`, `docs/configuration.md`, `docs/policy.md` and `docs/openapi.json` are
//! these texts; a test compares them.

use std::fmt::Write as _;

use odoo_scope::policy::Policy;
use serde_json::{Map, Value};

use crate::config;
use crate::error::{OverMcp, TABLE};
use crate::tools::{TOOLS, ToolSpec};

const MADE: &str = "<!-- Generated from the source; a test says how to make it anew. -->\n\n";

/// Returns `docs/tools.md`.
pub fn tools() -> String {
    let mut text = format!(
        "# Tools\n\n{MADE}\
         Every tool works on any model of Odoo that the key's scope grants.\n\
         Over REST, post `{{\"name\": \"<tool>\", \"arguments\": {{…}}}}` to `/tools/call`; the answer is `{{\"result\": {{…}}}}`.\n\
         Over MCP they are the tools of `/mcp`.\n\n\
         | tool | does | needs |\n| --- | --- | --- |\n"
    );
    for tool in &TOOLS {
        let _ = writeln!(
            text,
            "| [`{0}`](#{0}) | {1} | {2} |",
            tool.name,
            tool.title,
            tool.permission().map_or_else(
                || "any key".to_owned(),
                |permission| format!("`{permission}` on the model")
            )
        );
    }
    for tool in &TOOLS {
        describe(&mut text, tool);
    }
    text
}

fn describe(text: &mut String, tool: &ToolSpec) {
    let _ = write!(text, "\n## {}\n\n{}\n", tool.name, tool.about);
    let arguments = properties(tool.input_schema());
    if arguments.count() > 0 {
        text.push_str("\n| argument | type | |\n| --- | --- | --- |\n");
    }
    let required = tool.input_schema().get("required");
    for (name, schema) in properties(tool.input_schema()) {
        let is_required = required
            .and_then(Value::as_array)
            .is_some_and(|names| names.iter().any(|required| required == name));
        let default = match schema.get("default") {
            _ if is_required => "**Required.** ".to_owned(),
            Some(default) => format!("Default `{default}`. "),
            None => String::new(),
        };
        let _ = writeln!(
            text,
            "| `{name}` | {} | {default}{} |",
            type_of(schema),
            cell(schema)
        );
    }
    text.push_str("\n| answer | type | |\n| --- | --- | --- |\n");
    for (name, schema) in properties(tool.output_schema()) {
        let _ = writeln!(
            text,
            "| `{name}` | {} | {} |",
            type_of(schema),
            cell(schema)
        );
    }
}

fn properties(schema: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten()
}

fn type_of(schema: &Value) -> String {
    match (schema.get("type"), schema.get("anyOf")) {
        (Some(Value::String(name)), _) => name.clone(),
        (Some(Value::Array(names)), _) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join(" or ")
        }
        (_, Some(Value::Array(branches))) => {
            let names: Vec<String> = branches.iter().map(type_of).collect();
            names.join(" or ")
        }
        _ => "any".to_owned(),
    }
}

fn cell(schema: &Value) -> String {
    let about = schema.get("description").and_then(Value::as_str);
    about
        .unwrap_or_default()
        .replace('|', "\\|")
        .replace('\n', " ")
}

/// Returns `docs/errors.md`.
pub fn errors() -> String {
    let mut text = format!(
        "# Errors\n\n{MADE}\
         Every failure over REST is `{{\"error\": \"<what to change, in words>\", \"status\": \"<word>\"}}`.\n\
         With `HTTP_ERROR_STATUS=always-200` the HTTP code of `/tools/call` is 200 whatever happens, as it was with the Python project.\n\n\
         | `status` | HTTP | MCP | when | what `error` says |\n| --- | --- | --- | --- | --- |\n"
    );
    for row in &TABLE {
        let mcp = match row.over_mcp {
            OverMcp::AtTheDoor => format!("HTTP {}", row.http),
            OverMcp::ToolError => "`isError`".to_owned(),
            OverMcp::InvalidParams => "−32602".to_owned(),
            OverMcp::InternalError => "−32603".to_owned(),
        };
        let _ = writeln!(
            text,
            "| `{}` | {} | {mcp} | {} | {} |",
            row.word, row.http, row.when, row.says
        );
    }
    text
}

/// Returns `docs/configuration.md`.
pub fn configuration() -> String {
    let mut text = format!(
        "# Configuration\n\n{MADE}\
         By environment variable or flag; the flag wins, and an empty variable is as good as none.\n\n\
         | variable | flag | default | |\n| --- | --- | --- | --- |\n"
    );
    for setting in config::settings() {
        let default = match setting.default.as_str() {
            "" => String::new(),
            default => format!("`{default}`"),
        };
        let _ = writeln!(
            text,
            "| `{}` | `{}` | {default} | {} |",
            setting.variable,
            setting.flag,
            setting.about.replace('|', "\\|").replace('\n', " ")
        );
    }
    text
}

/// Returns `docs/policy.md`.
pub fn policy() -> String {
    let mut text = format!(
        "# The built-in policy\n\n{MADE}\
         What no key may do unless its scope names the model exactly: `*:RWD` does not write server actions, \
         and `ir.actions.server:RW,*:RWD` does.\n\
         The operator's own rules stand beside these: [operations.md](operations.md#the-operators-policy).\n\n\
         | model | fields | not | because |\n| --- | --- | --- | --- |\n"
    );
    for rule in Policy::default().rules() {
        let fields: Vec<String> = rule
            .fields()
            .iter()
            .map(|field| format!("`{field}`"))
            .collect();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            rule.target(),
            fields.join(", "),
            rule.denied(),
            rule.reason().replace('|', "\\|")
        );
    }
    text
}

/// Returns `docs/openapi.json`.
pub fn openapi() -> String {
    let mut text = serde_json::to_string_pretty(&crate::openapi::document()).unwrap_or_default();
    text.push('\n');
    text
}
