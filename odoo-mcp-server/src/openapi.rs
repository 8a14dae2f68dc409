//! The OpenAPI description of the REST door, made from the tools and the errors.

use serde_json::{Map, Value, json};

use crate::error::{Status, TABLE};
use crate::tools::{TOOLS, ToolSpec};

pub(crate) fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Odoo MCP Server",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A gateway between Odoo databases and their users, with scoped keys.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "security": [{ "apiKey": [] }, { "bearer": [] }, { "credentials": [] }],
        "paths": {
            "/": { "get": open("Says what is running", &object()) },
            "/health": { "get": open("Says whether the gateway is healthy, and what its pool holds", &object()) },
            "/auth/generate": { "post": generate() },
            "/auth/validate": { "post": validate() },
            "/auth/explain": { "post": explain() },
            "/tools/list": {
                "get": open("Lists the tools", &tool_list()),
                "post": open("Lists the tools", &tool_list()),
            },
            "/tools/call": { "post": call() },
        },
        "components": {
            "securitySchemes": {
                "apiKey": { "type": "apiKey", "in": "header", "name": "X-API-Key" },
                "bearer": { "type": "http", "scheme": "bearer" },
                "credentials": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-Auth-Credentials",
                    "description": "Base64 of the JSON {url, database, username, password, scope}.",
                },
            },
            "schemas": { "Error": error() },
        },
    })
}

/// An operation that needs no credentials.
fn open(summary: &str, schema: &Value) -> Value {
    json!({ "summary": summary, "security": [], "responses": { "200": answer(summary, schema) } })
}

fn generate() -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    json!({
        "summary": "Makes an API key from Odoo credentials and a scope",
        "security": [],
        "requestBody": body(&json!({
            "type": "object",
            "properties": {
                "url": { "type": "string", "format": "uri", "examples": ["https://company.odoo.com"] },
                "database": text,
                "username": text,
                "password": { "type": "string", "minLength": 1, "description": "Or an API key made in Odoo." },
                "scope": {
                    "type": "string",
                    "default": "*:R",
                    "examples": ["res.partner:RWD,sale.order:RW,product.product:R,*:R"],
                },
                "expires_in": { "type": "integer", "minimum": 1, "description": "Seconds until the key stops working." },
                "verify": { "type": "boolean", "default": false, "description": "Sign in to Odoo before answering." },
            },
            "required": ["url", "database", "username", "password"],
            "additionalProperties": false,
        })),
        "responses": responses("The key", &json!({
            "type": "object",
            "properties": {
                "api_key": { "type": "string" },
                "expires": expires(),
                "user": { "type": "string" },
                "credentials": credentials(),
            },
            "required": ["api_key", "expires", "user", "credentials"],
        }), &[Status::AuthFailed, Status::ScopeInvalid, Status::InvalidRequest, Status::TooLarge,
              Status::ConnectionFailed, Status::Busy, Status::TimedOut]),
    })
}

fn validate() -> Value {
    json!({
        "summary": "Says what an API key holds, without the password",
        "security": [],
        "requestBody": body(&json!({
            "type": "object",
            "properties": { "api_key": { "type": "string" } },
            "required": ["api_key"],
            "additionalProperties": false,
        })),
        "responses": responses("The key is valid", &json!({
            "type": "object",
            "properties": {
                "status": { "const": "valid" },
                "credentials": credentials(),
                "expires": expires(),
            },
            "required": ["status", "credentials", "expires"],
        }), &[Status::AuthFailed, Status::ScopeInvalid, Status::InvalidRequest, Status::TooLarge]),
    })
}

fn explain() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "summary": "Says what a call would reach, and whether a scope allows it; the call is not made",
        "requestBody": body(&json!({
            "type": "object",
            "properties": {
                "scope": { "type": "string", "description": "To judge by, in place of the key's." },
                "api_key": { "type": "string", "description": "In place of a header. Without any, the fields of models are not known." },
                "name": text,
                "arguments": { "type": "object", "additionalProperties": true },
            },
            "required": ["name"],
            "additionalProperties": false,
        })),
        "responses": responses("The verdict, with a row for all that the call reaches", &json!({
            "type": "object",
            "properties": {
                "verdict": { "enum": ["allowed", "denied", "unknown"] },
                "because": { "type": ["string", "null"] },
                "rows": { "type": "array", "items": {
                    "type": "object",
                    "properties": {
                        "model": text,
                        "permission": { "enum": ["R", "W", "D"] },
                        "field": { "type": ["string", "null"] },
                        "place": text,
                        "reason": text,
                        "allowed": { "type": "boolean" },
                        "because": { "type": ["string", "null"] },
                    },
                } },
                "unknown": { "type": "array", "items": text, "description": "Models whose fields are not known." },
            },
            "required": ["verdict", "because", "rows", "unknown"],
        }), &[Status::AuthFailed, Status::ScopeInvalid, Status::InvalidRequest, Status::TooLarge,
              Status::ToolNotFound, Status::ConnectionFailed, Status::Busy, Status::TimedOut, Status::OdooError]),
    })
}

fn call() -> Value {
    let calls: Vec<Value> = TOOLS.iter().map(call_of).collect();
    let results: Vec<Value> = TOOLS
        .iter()
        .map(|tool| Value::Object(tool.output_schema().clone()))
        .collect();
    let every_failure: Vec<Status> = TABLE
        .iter()
        .map(|row| row.status)
        .filter(|status| !matches!(status, Status::NoSuchPath | Status::WrongMethod))
        .collect();
    let paging = |name: &str, about: &str| {
        json!({
            "name": name,
            "in": "query",
            "description": about,
            "schema": { "type": "integer" },
        })
    };
    json!({
        "summary": "Calls a tool",
        "parameters": [
            paging("limit", "In place of `arguments.limit`."),
            paging("offset", "In place of `arguments.offset`."),
        ],
        "requestBody": body(&json!({ "oneOf": calls })),
        "responses": responses("What the tool answers", &json!({
            "type": "object",
            "properties": { "result": { "anyOf": results } },
            "required": ["result"],
        }), &every_failure),
    })
}

fn call_of(tool: &ToolSpec) -> Value {
    json!({
        "type": "object",
        "title": tool.title,
        "description": tool.about,
        "properties": {
            "name": { "const": tool.name },
            "arguments": tool.input_schema(),
        },
        "required": ["name", "arguments"],
    })
}

fn tool_list() -> Value {
    json!({
        "type": "object",
        "properties": {
            "tools": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "name": { "type": "string" },
                        "description": { "type": "string" },
                        "inputSchema": { "type": "object" },
                    },
                    "required": ["name", "description", "inputSchema"],
                },
            },
        },
        "required": ["tools"],
    })
}

fn object() -> Value {
    json!({ "type": "object" })
}

fn expires() -> Value {
    json!({ "type": ["string", "null"], "format": "date-time" })
}

fn credentials() -> Value {
    json!({
        "type": "object",
        "properties": {
            "url": { "type": "string" },
            "database": { "type": "string" },
            "username": { "type": "string" },
            "scope": { "type": "string" },
        },
        "required": ["url", "database", "username", "scope"],
    })
}

fn error() -> Value {
    let mut words: Vec<&str> = TABLE.iter().map(|row| row.word).collect();
    words.dedup();
    json!({
        "type": "object",
        "properties": {
            "error": { "type": "string", "description": "What to change, in words." },
            "status": { "type": "string", "enum": words },
        },
        "required": ["error", "status"],
    })
}

fn body(schema: &Value) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": schema } } })
}

fn answer(description: &str, schema: &Value) -> Value {
    json!({ "description": description, "content": { "application/json": { "schema": schema } } })
}

/// The good answer and the bad ones; those that share an HTTP code share a line.
fn responses(description: &str, schema: &Value, failures: &[Status]) -> Value {
    let mut responses = Map::new();
    responses.insert("200".to_owned(), answer(description, schema));
    let mut codes: Vec<u16> = failures.iter().map(|status| status.http()).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let lines: Vec<String> = failures
            .iter()
            .filter(|status| status.http() == code)
            .map(|status| format!("`{}`: {}", status.word(), status.row().when))
            .collect();
        let schema = json!({ "$ref": "#/components/schemas/Error" });
        responses.insert(code.to_string(), answer(&lines.join(" "), &schema));
    }
    Value::Object(responses)
}
