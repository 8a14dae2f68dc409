//! `/auth/explain`: what a call would reach, and whether a scope allows it.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value};

use super::tools::Order;
use super::{Settings, body, reply};
use crate::caller::Caller;
use crate::error::Error;
use crate::explain::{Explanation, Question, explain};
use crate::state::State;

pub(super) async fn answer(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
    settings: web::Data<Settings>,
) -> HttpResponse {
    match run(&request, payload, &state, &settings).await {
        Ok(explanation) => reply::object(&explanation),
        Err(error) => reply::failure(&error),
    }
}

async fn run(
    request: &HttpRequest,
    payload: web::Payload,
    state: &State,
    settings: &Settings,
) -> Result<Explanation, Error> {
    let mut body = body::object(payload, settings.max_request_bytes).await?;
    let scope = take_text(&mut body, "scope")?;
    let caller = match take_text(&mut body, "api_key")? {
        Some(key) => Some(Caller::from_key(state, key.as_bytes(), "api_key")?),
        None => Caller::from_headers_if_any(state, request.headers())?,
    };
    let question = Question::new(scope.as_deref(), caller, Order::read(body)?)?;
    explain(state, question).await
}

fn take_text(body: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Error> {
    match body.shift_remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Error::invalid(format!("`{name}` must be a string"))),
    }
}
