//! Who is let in: the same credentials, read in the same place, as for REST.

use std::ops::Deref;
use std::sync::Arc;

use actix_web::error::InternalError;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::Door;
use crate::caller::Caller;
use crate::error::Error;
use crate::state::State;

pub(super) struct KeyDoor {
    state: Arc<State>,
}

impl KeyDoor {
    pub(super) fn new(state: Arc<State>) -> KeyDoor {
        KeyDoor { state }
    }
}

impl Door for KeyDoor {
    type Caller = Visitor;

    fn admit(&self, request: &HttpRequest) -> Result<Visitor, actix_web::Error> {
        match Caller::from_headers(&self.state, request.headers()) {
            Ok(caller) => Ok(Visitor::new(caller)),
            Err(error) => {
                let response = refusal(&error);
                Err(InternalError::from_response(error, response).into())
            }
        }
    }
}

/// REST's error body, with the header that tells MCP clients to bring a token.
fn refusal(error: &Error) -> HttpResponse {
    let status = StatusCode::from_u16(error.status().http()).unwrap_or(StatusCode::UNAUTHORIZED);
    let mut response = HttpResponse::build(status);
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, r#"Bearer realm="odoo-mcp""#));
    }
    response.json(json!({"error": error.message(), "status": error.status().word()}))
}

/// A caller on a visit. Two are equal when they may do the same as the same user.
#[derive(Debug, Clone)]
pub(super) struct Visitor {
    caller: Arc<Caller>,
}

impl Visitor {
    pub(super) fn new(caller: Caller) -> Visitor {
        Visitor {
            caller: Arc::new(caller),
        }
    }
}

impl Deref for Visitor {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl PartialEq for Visitor {
    fn eq(&self, other: &Visitor) -> bool {
        self.credentials() == other.credentials() && self.scope() == other.scope()
    }
}

impl Eq for Visitor {}
