//! `/auth/generate` and `/auth/validate`.

use actix_web::{HttpResponse, web};
use odoo_keys::{Claims, Password};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Settings, body, reply};
use crate::call;
use crate::caller::{self, Caller, unix_now};
use crate::error::Error;
use crate::state::State;
use crate::tools::{quotable, suggestion};

#[derive(Serialize)]
struct Generated<'c> {
    api_key: &'c str,
    expires: Option<String>,
    user: &'c str,
    credentials: Shown<'c>,
}

#[derive(Serialize)]
struct Validated<'c> {
    status: &'static str,
    credentials: Shown<'c>,
    expires: Option<String>,
}

/// What may be shown of a key.
#[derive(Serialize)]
struct Shown<'c> {
    url: &'c str,
    database: &'c str,
    username: &'c str,
    scope: &'c str,
}

impl<'c> Shown<'c> {
    fn of(claims: &'c Claims) -> Shown<'c> {
        Shown {
            url: &claims.url,
            database: &claims.database,
            username: &claims.username,
            scope: &claims.scope,
        }
    }
}

/// What the Python project grants where no scope is named.
const DEFAULT_SCOPE: &str = "*:R";
const HUNDRED_YEARS: u64 = 100 * 365 * 24 * 60 * 60;

pub(super) async fn generate(
    state: web::Data<State>,
    settings: web::Data<Settings>,
    payload: web::Payload,
) -> HttpResponse {
    match make(&state, &settings, payload).await {
        Ok(response) => response,
        Err(error) => refused("generate", &error),
    }
}

async fn make(
    state: &State,
    settings: &Settings,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let order = Order::read(body::object(payload, settings.max_request_bytes).await?)?;
    let caller = Caller::from_claims(state, &order.claims)?;
    if order.verify {
        call::session(state, &caller).await?;
    }
    let claims = &order.claims;
    log::info!(
        "auth generate host={} db={} user={} verify={}",
        caller.credentials().url().host(),
        claims.database.escape_debug(),
        claims.username.escape_debug(),
        order.verify
    );
    Ok(reply::object(&Generated {
        api_key: state.keyring.seal(claims).reveal(),
        expires: claims.exp.and_then(timestamp),
        user: &claims.username,
        credentials: Shown::of(claims),
    }))
}

pub(super) async fn validate(
    state: web::Data<State>,
    settings: web::Data<Settings>,
    payload: web::Payload,
) -> HttpResponse {
    match look(&state, &settings, payload).await {
        Ok(response) => response,
        Err(error) => refused("validate", &error),
    }
}

async fn look(
    state: &State,
    settings: &Settings,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let mut members = Members(body::object(payload, settings.max_request_bytes).await?);
    let key = members.filled("api_key")?;
    members.finish(&["api_key"])?;
    let claims = caller::open(state, &key, "api_key")?;
    Caller::from_claims(state, &claims)?;
    Ok(reply::object(&Validated {
        status: "valid",
        credentials: Shown::of(&claims),
        expires: claims.exp.and_then(timestamp),
    }))
}

fn refused(what: &str, error: &Error) -> HttpResponse {
    log::info!("auth {what} status={}", error.status().word());
    reply::failure(error)
}

/// What `/auth/generate` is asked for.
struct Order {
    claims: Claims,
    verify: bool,
}

impl Order {
    fn read(body: Map<String, Value>) -> Result<Order, Error> {
        let mut members = Members(body);
        let now = unix_now();
        let claims = Claims {
            url: members.filled("url")?.trim().to_owned(),
            database: members.filled("database")?.trim().to_owned(),
            username: members.filled("username")?.trim().to_owned(),
            password: Password::new(members.filled("password")?),
            scope: members
                .text("scope")?
                .unwrap_or_else(|| DEFAULT_SCOPE.to_owned()),
            iat: Some(now),
            exp: members.seconds("expires_in")?.map(|seconds| now + seconds),
        };
        let verify = members.flag("verify")?;
        members.finish(&[
            "url",
            "database",
            "username",
            "password",
            "scope",
            "expires_in",
            "verify",
        ])?;
        Ok(Order { claims, verify })
    }
}

/// The members of a body with secrets in it: what is wrong is said without showing what was sent.
struct Members(Map<String, Value>);

impl Members {
    fn text(&mut self, name: &str) -> Result<Option<String>, Error> {
        match self.0.shift_remove(name) {
            Some(Value::String(text)) => Ok(Some(text)),
            None | Some(Value::Null) => Ok(None),
            Some(_) => Err(Error::invalid(format!("`{name}` must be a string"))),
        }
    }

    fn filled(&mut self, name: &str) -> Result<String, Error> {
        match self.text(name)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(Error::invalid(format!("`{name}` is empty"))),
            None => Err(Error::invalid(format!("`{name}` is missing"))),
        }
    }

    fn seconds(&mut self, name: &str) -> Result<Option<u64>, Error> {
        let seconds = match self.0.shift_remove(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(value) => value.as_u64(),
        };
        match seconds {
            Some(seconds @ 1..=HUNDRED_YEARS) => Ok(Some(seconds)),
            _ => Err(Error::invalid(format!(
                "`{name}` must be a whole number of seconds, at least 1"
            ))),
        }
    }

    fn flag(&mut self, name: &str) -> Result<bool, Error> {
        match self.0.shift_remove(name) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(true),
            Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(false),
            Some(_) => Err(Error::invalid(format!("`{name}` must be true or false"))),
        }
    }

    /// Refuses what is left: a misspelt restriction must not go unnoticed.
    fn finish(self, known: &[&str]) -> Result<(), Error> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(unknown) => Err(Error::invalid(format!(
                "`{}` is not known here; {}",
                quotable(unknown),
                suggestion(unknown, known.iter().copied())
            ))),
        }
    }
}

/// A second since 1970 as people and n8n read it: `2026-11-22T07:54:34Z`.
fn timestamp(second: u64) -> Option<String> {
    let second = i64::try_from(second).ok()?;
    let timestamp = jiff::Timestamp::from_second(second).ok()?;
    Some(timestamp.to_string())
}
