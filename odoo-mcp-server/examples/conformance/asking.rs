//! The suite's tools that ask the client something: by a request of their own in the sessions before
//! 2026-07-28, by an `input_required` result since.

#![expect(deprecated, reason = "the suite still tests sampling and roots")]

use rmcp::model::{
    CallToolResult, ClientCapabilities, CreateMessageRequestParams, ElicitRequestParams,
    InputRequiredResult, InputResponses, RequestStateCodec,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServiceError};
use serde_json::{Map, Value, json};

use crate::content::{of_json, text};

pub(crate) const MULTI_ROUND: [&str; 8] = [
    "test_input_required_result_elicitation",
    "test_input_required_result_sampling",
    "test_input_required_result_list_roots",
    "test_input_required_result_request_state",
    "test_input_required_result_multiple_inputs",
    "test_input_required_result_multi_round",
    "test_input_required_result_tampered_state",
    "test_input_required_result_capabilities",
];

/// What a tool of several rounds has to say in this one.
pub(crate) enum Round {
    Ask(InputRequiredResult),
    Done(String),
}

/// What the client brought along.
pub(crate) struct Brought<'a> {
    pub(crate) responses: Option<&'a InputResponses>,
    pub(crate) state: Option<&'a str>,
    pub(crate) capabilities: ClientCapabilities,
}

impl Brought<'_> {
    /// The field `field` of the accepted form `key`.
    fn field(&self, key: &str, field: &str) -> Option<String> {
        let value = self.responses?.get(key)?.get("content")?.get(field)?;
        Some(
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned),
        )
    }

    fn response(&self, key: &str) -> Option<&Value> {
        self.responses?
            .get(key)
            .filter(|response| response.is_object())
    }
}

/// Asks by a request to the client; `None` if `name` is not such a tool.
pub(crate) async fn ask_in_session(
    name: &str,
    arguments: &Map<String, Value>,
    context: &RequestContext<RoleServer>,
) -> Option<Result<CallToolResult, ErrorData>> {
    let argument = |name: &str| {
        arguments
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (message, schema, lead) = match name {
        "test_sampling" => return Some(sample(argument("prompt"), context).await),
        "test_elicitation" => (
            argument("message"),
            json!({
                "type": "object",
                "properties": {
                    "username": {"type": "string", "description": "User's response"},
                    "email": {"type": "string", "description": "User's email address"},
                },
                "required": ["username", "email"],
            }),
            "User response:",
        ),
        "test_elicitation_sep1034_defaults" => (
            "Please check these values",
            defaults_schema(),
            "Elicitation completed:",
        ),
        "test_elicitation_sep1330_enums" => {
            ("Please choose", enums_schema(), "Elicitation completed:")
        }
        _ => return None,
    };
    Some(elicit(message, schema, lead, context).await)
}

async fn sample(
    prompt: &str,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResult, ErrorData> {
    let params: CreateMessageRequestParams = of_json(sampling(prompt, 100))?;
    let reply = context.peer.create_message(params).await.map_err(refused)?;
    let reply = serde_json::to_value(&reply.message.content).unwrap_or_default();
    let said = reply
        .get("text")
        .and_then(Value::as_str)
        .unwrap_or_default();
    of_json(json!({"resultType": "complete", "content": [text(&format!("LLM response: {said}"))]}))
}

async fn elicit(
    message: &str,
    schema: Value,
    lead: &str,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResult, ErrorData> {
    let params: ElicitRequestParams =
        of_json(json!({"mode": "form", "message": message, "requestedSchema": schema}))?;
    let reply = context
        .peer
        .create_elicitation(params)
        .await
        .map_err(refused)?;
    let action = serde_json::to_value(&reply.action).unwrap_or_default();
    let action = action.as_str().unwrap_or_default();
    let content = reply.content.unwrap_or_default();
    of_json(
        json!({"resultType": "complete", "content": [text(&format!("{lead} action={action}, content={content}"))]}),
    )
}

fn refused(error: ServiceError) -> ErrorData {
    ErrorData::internal_error(error.to_string(), None)
}

fn defaults_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": {"type": "string", "default": "John Doe"},
            "age": {"type": "integer", "default": 30},
            "score": {"type": "number", "default": 95.5},
            "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
            "verified": {"type": "boolean", "default": true},
        },
    })
}

fn enums_schema() -> Value {
    let titled = |word: &str| {
        json!([
            {"const": "value1", "title": format!("First {word}")},
            {"const": "value2", "title": format!("Second {word}")},
            {"const": "value3", "title": format!("Third {word}")},
        ])
    };
    let options = json!(["option1", "option2", "option3"]);
    json!({
        "type": "object",
        "properties": {
            "untitledSingle": {"type": "string", "enum": options},
            "titledSingle": {"type": "string", "oneOf": titled("Option")},
            "legacyEnum": {
                "type": "string",
                "enum": ["opt1", "opt2", "opt3"],
                "enumNames": ["Option One", "Option Two", "Option Three"],
            },
            "untitledMulti": {"type": "array", "items": {"type": "string", "enum": options}},
            "titledMulti": {"type": "array", "items": {"anyOf": titled("Choice")}},
        },
    })
}

/// Runs one round of a tool or prompt of several; `None` if `name` is not one.
pub(crate) fn round(
    name: &str,
    brought: &Brought<'_>,
    codec: &RequestStateCodec,
) -> Option<Result<Round, ErrorData>> {
    let round = match name {
        "test_input_required_result_elicitation" | "test_streaming_elicitation" => {
            match brought.field("user_name", "name") {
                Some(name) => Ok(Round::Done(format!("Hello, {name}!"))),
                None => ask(json!({"user_name": name_form()}), None),
            }
        }
        "test_input_required_result_sampling" => match brought.response("capital_question") {
            Some(reply) => Ok(Round::Done(format!(
                "The model said: {}",
                reply.pointer("/content/text").unwrap_or_default()
            ))),
            None => ask(
                json!({"capital_question": sampling_request("What is the capital of France?", 100)}),
                None,
            ),
        },
        "test_input_required_result_list_roots" => match brought.response("client_roots") {
            Some(reply) => Ok(Round::Done(format!(
                "The client's roots: {}",
                reply.pointer("/roots").unwrap_or_default()
            ))),
            None => ask(json!({"client_roots": roots_request()}), None),
        },
        "test_input_required_result_request_state"
        | "test_input_required_result_tampered_state" => confirm(brought, codec),
        "test_input_required_result_multiple_inputs" => several(brought, codec),
        "test_input_required_result_multi_round" => name_then_color(brought, codec),
        "test_input_required_result_capabilities" => what_the_client_can(brought),
        "test_input_required_result_prompt" => match brought.field("user_context", "context") {
            Some(context) => Ok(Round::Done(format!("Answer in this context: {context}"))),
            None => ask(
                json!({"user_context": form("What context should the prompt use?", "context", "string")}),
                None,
            ),
        },
        _ => return None,
    };
    Some(round)
}

fn confirm(brought: &Brought<'_>, codec: &RequestStateCodec) -> Result<Round, ErrorData> {
    if let Some(state) = brought.state {
        open(codec, state, b"confirm")?;
        if brought.response("confirm").is_some() {
            return Ok(Round::Done("state-ok".to_owned()));
        }
    }
    ask(
        json!({"confirm": form("Please confirm", "ok", "boolean")}),
        Some(codec.seal(b"confirm")),
    )
}

fn several(brought: &Brought<'_>, codec: &RequestStateCodec) -> Result<Round, ErrorData> {
    if let (Some(state), Some(name), Some(_), Some(_)) = (
        brought.state,
        brought.field("user_name", "name"),
        brought.response("greeting"),
        brought.response("client_roots"),
    ) {
        open(codec, state, b"several")?;
        return Ok(Round::Done(format!("All three came, {name}.")));
    }
    ask(
        json!({
            "user_name": name_form(),
            "greeting": sampling_request("Generate a greeting", 50),
            "client_roots": roots_request(),
        }),
        Some(codec.seal(b"several")),
    )
}

fn name_then_color(brought: &Brought<'_>, codec: &RequestStateCodec) -> Result<Round, ErrorData> {
    if let (Some(state), Some(color)) = (brought.state, brought.field("step2", "color")) {
        open(codec, state, b"step2")?;
        return Ok(Round::Done(format!("Your color is {color}.")));
    }
    if let (Some(state), Some(_)) = (brought.state, brought.field("step1", "name")) {
        open(codec, state, b"step1")?;
        return ask(
            json!({"step2": form("Step 2: What is your favorite color?", "color", "string")}),
            Some(codec.seal(b"step2")),
        );
    }
    ask(
        json!({"step1": form("Step 1: What is your name?", "name", "string")}),
        Some(codec.seal(b"step1")),
    )
}

fn what_the_client_can(brought: &Brought<'_>) -> Result<Round, ErrorData> {
    if brought
        .responses
        .is_some_and(|responses| !responses.is_empty())
    {
        return Ok(Round::Done("Thank you.".to_owned()));
    }
    let mut requests = Map::new();
    if brought.capabilities.sampling.is_some() {
        requests.insert(
            "greeting".to_owned(),
            sampling_request("Generate a greeting", 50),
        );
    }
    if brought.capabilities.elicitation.is_some() {
        requests.insert("user_name".to_owned(), name_form());
    }
    ask(Value::Object(requests), None)
}

fn ask(requests: Value, state: Option<String>) -> Result<Round, ErrorData> {
    Ok(Round::Ask(InputRequiredResult::new(
        Some(of_json(requests)?),
        state,
    )))
}

fn open(codec: &RequestStateCodec, state: &str, expected: &[u8]) -> Result<(), ErrorData> {
    match codec.open(state) {
        Ok(opened) if opened == expected => Ok(()),
        _ => Err(ErrorData::invalid_params(
            "requestState does not verify",
            None,
        )),
    }
}

fn name_form() -> Value {
    form("What is your name?", "name", "string")
}

fn form(message: &str, field: &str, kind: &str) -> Value {
    json!({"method": "elicitation/create", "params": {
        "mode": "form",
        "message": message,
        "requestedSchema": {
            "type": "object",
            "properties": {field: {"type": kind}},
            "required": [field],
        },
    }})
}

fn sampling_request(prompt: &str, max_tokens: u32) -> Value {
    json!({"method": "sampling/createMessage", "params": sampling(prompt, max_tokens)})
}

fn sampling(prompt: &str, max_tokens: u32) -> Value {
    json!({"messages": [{"role": "user", "content": text(prompt)}], "maxTokens": max_tokens})
}

fn roots_request() -> Value {
    json!({"method": "roots/list", "params": {}})
}
