//! `/tools/list` and `/tools/call`.

use std::sync::LazyLock;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Settings, body, reply};
use crate::call;
use crate::caller::Caller;
use crate::error::Error;
use crate::state::State;
use crate::tools::{Answer, TOOLS, quotable, suggestion};

#[derive(Serialize)]
struct List {
    tools: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    description: &'static str,
    #[serde(rename = "inputSchema")]
    input_schema: &'static Map<String, Value>,
}

/// The answer to `/tools/list`; it never changes.
static LIST: LazyLock<String> = LazyLock::new(|| {
    let tools = TOOLS.iter().map(|tool| Listed {
        name: tool.name,
        description: tool.about,
        input_schema: tool.input_schema(),
    });
    let list = List {
        tools: tools.collect(),
    };
    serde_json::to_string(&list).unwrap_or_default()
});

/// The body, whatever it says, is read: a connection is closed on unread bytes, and that is slow.
pub(super) async fn list(payload: web::Payload) -> HttpResponse {
    body::drain(payload).await;
    reply::json_text(&LIST)
}

pub(super) async fn call(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
    settings: web::Data<Settings>,
) -> HttpResponse {
    match run(&request, payload, &state, &settings).await {
        Ok(answer) => reply::result(answer),
        Err(error) => reply::failure_coded(&error, settings.error_codes),
    }
}

async fn run(
    request: &HttpRequest,
    payload: web::Payload,
    state: &State,
    settings: &Settings,
) -> Result<Answer, Error> {
    let caller = match Caller::from_headers(state, request.headers()) {
        Ok(caller) => caller,
        Err(error) => {
            body::drain(payload).await;
            log::info!("call status={}", error.status().word());
            return Err(error);
        }
    };
    let body = body::object(payload, settings.max_request_bytes).await?;
    let mut order = Order::read(body)?;
    order.page_by(request.query_string())?;
    call::call(state, &caller, &order.name, order.arguments).await
}

/// What a call's body and query ask for.
#[derive(Debug, PartialEq)]
pub(crate) struct Order {
    pub(crate) name: String,
    pub(crate) arguments: Map<String, Value>,
}

/// n8n cannot change `arguments` from page to page: in its expressions the word is not allowed.
const ARGUMENTS: [&str; 3] = ["arguments", "args", "params"];
/// The arguments that may also stand beside them, and in the query.
const PAGING: [&str; 2] = ["limit", "offset"];

impl Order {
    pub(crate) fn read(mut body: Map<String, Value>) -> Result<Order, Error> {
        if body.contains_key("jsonrpc") {
            return Err(Error::invalid(
                "this is the REST door, which takes {\"name\", \"arguments\"}; MCP is at /mcp",
            ));
        }
        let name = match body.shift_remove("name") {
            Some(Value::String(name)) => name,
            None | Some(Value::Null) => {
                return Err(Error::invalid("`name` is missing: name a tool"));
            }
            Some(_) => {
                return Err(Error::invalid(
                    "`name` must be a string: the name of a tool",
                ));
            }
        };
        let mut arguments = take_arguments(&mut body)?;
        for name in PAGING {
            if let Some(value) = body.shift_remove(name) {
                arguments.insert(name.to_owned(), value);
            }
        }
        match body.keys().next() {
            None => Ok(Order { name, arguments }),
            Some(unknown) => Err(Error::invalid(format!(
                "`{}` is not known here; it may belong into `arguments`, or {}",
                quotable(unknown),
                suggestion(
                    unknown,
                    ["name", "arguments", "limit", "offset"].into_iter()
                )
            ))),
        }
    }

    /// Takes `limit` and `offset` from the query, which is where n8n's paging can put them.
    fn page_by(&mut self, query: &str) -> Result<(), Error> {
        if query.is_empty() {
            return Ok(());
        }
        let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
            .map_err(|error| Error::invalid(format!("the query cannot be read: {error}")))?;
        for (name, value) in pairs.into_inner() {
            if !PAGING.contains(&name.as_str()) {
                return Err(Error::invalid(format!(
                    "`{}` is not known in the query; {}",
                    quotable(&name),
                    suggestion(&name, PAGING.into_iter())
                )));
            }
            self.arguments.insert(name, Value::String(value));
        }
        Ok(())
    }
}

fn take_arguments(body: &mut Map<String, Value>) -> Result<Map<String, Value>, Error> {
    let mut given = ARGUMENTS
        .into_iter()
        .filter_map(|name| body.shift_remove(name).map(|value| (name, value)));
    let Some((name, value)) = given.next() else {
        return Ok(Map::new());
    };
    if let Some((other, _)) = given.next() {
        return Err(Error::invalid(format!(
            "`{name}` and `{other}` mean the same: send one of them"
        )));
    }
    match value {
        Value::Object(arguments) => Ok(arguments),
        Value::Null => Ok(Map::new()),
        Value::String(text) if text.trim().is_empty() => Ok(Map::new()),
        Value::String(text) => serde_json::from_str(&text).map_err(|error| {
            Error::invalid(format!(
                "`{name}` is a string, but not a JSON object: {error}"
            ))
        }),
        _ => Err(Error::invalid(format!("`{name}` must be an object"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, query: &str) -> Result<Order, Error> {
        let mut order = Order::read(serde_json::from_str(json).unwrap())?;
        order.page_by(query)?;
        Ok(order)
    }

    #[track_caller]
    fn assert_asks(json: &str, query: &str, arguments: &str) {
        match read(json, query) {
            Ok(order) => assert_eq!(
                Value::Object(order.arguments),
                serde_json::from_str::<Value>(arguments).unwrap(),
                "{json} ?{query}"
            ),
            Err(error) => panic!("{json} ?{query}: {error}"),
        }
    }

    #[track_caller]
    fn assert_refused(json: &str, query: &str, because: &str) {
        match read(json, query) {
            Ok(order) => panic!("{json} ?{query} is read as {order:?}"),
            Err(error) => assert!(error.to_string().contains(because), "{json}: {error}"),
        }
    }

    #[test]
    fn arguments_have_three_names_and_two_forms() {
        for json in [
            r#"{"name": "read", "arguments": {"ids": [1]}}"#,
            r#"{"name": "read", "args": {"ids": [1]}}"#,
            r#"{"name": "read", "params": {"ids": [1]}}"#,
            r#"{"name": "read", "arguments": "{\"ids\": [1]}"}"#,
        ] {
            assert_asks(json, "", r#"{"ids": [1]}"#);
        }
        for json in [
            r#"{"name": "read"}"#,
            r#"{"name": "read", "arguments": null}"#,
            r#"{"name": "read", "arguments": ""}"#,
        ] {
            assert_asks(json, "", "{}");
        }
    }

    #[test]
    fn paging_overrides_from_the_body_and_from_the_query() {
        let json = r#"{"name": "search", "arguments": {"limit": 1, "offset": 1}, "offset": 2}"#;
        assert_asks(json, "", r#"{"limit": 1, "offset": 2}"#);
        assert_asks(json, "offset=3", r#"{"limit": 1, "offset": "3"}"#);
        assert_asks(json, "offset=3&limit=4", r#"{"limit": "4", "offset": "3"}"#);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_refused(r#"{"arguments": {}}"#, "", "`name` is missing");
        assert_refused(r#"{"name": 5}"#, "", "`name` must be a string");
        assert_refused(
            r#"{"name": "read", "arguments": [1]}"#,
            "",
            "must be an object",
        );
        assert_refused(
            r#"{"name": "read", "arguments": "ids=1"}"#,
            "",
            "not a JSON object",
        );
        assert_refused(
            r#"{"name": "read", "args": {}, "params": {}}"#,
            "",
            "mean the same",
        );
        assert_refused(
            r#"{"name": "read", "argumants": {}}"#,
            "",
            "did you mean `arguments`?",
        );
        assert_refused(
            r#"{"name": "read", "model": "res.partner"}"#,
            "",
            "into `arguments`",
        );
        assert_refused(
            r#"{"jsonrpc": "2.0", "method": "tools/call"}"#,
            "",
            "MCP is at /mcp",
        );
        assert_refused(r#"{"name": "search"}"#, "ofset=3", "did you mean `offset`?");
    }
}
