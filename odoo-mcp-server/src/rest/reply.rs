//! Answers: always JSON, and always of type `application/json`, the one that n8n reads.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{ContentType, RETRY_AFTER, WWW_AUTHENTICATE};
use serde::Serialize;

use super::sliced::Sliced;
use crate::config::ErrorCodes;
use crate::error::{Error, Status};
use crate::tools::Answer;

/// What to do before a call that was refused as one too many is sent again.
const RETRY: Duration = Duration::from_secs(1);

#[derive(Serialize)]
struct ErrorBody<'e> {
    error: &'e str,
    status: &'static str,
}

/// An object of our own.
pub(super) fn object(body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(line(body))
}

/// JSON that is made already.
pub(super) fn json_text(json: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(json)
}

/// A tool's answer: `{"result": …}`.
pub(super) fn result(answer: Answer) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(Sliced::new("{\"result\":", answer, "}\n"))
}

pub(super) fn failure(error: &Error) -> HttpResponse {
    failure_coded(error, ErrorCodes::Real)
}

/// A failure: `{"error", "status"}`.
pub(super) fn failure_coded(error: &Error, codes: ErrorCodes) -> HttpResponse {
    let status = error.status();
    let code = match codes {
        ErrorCodes::Real => StatusCode::from_u16(status.http()),
        ErrorCodes::Always200 => Ok(StatusCode::OK),
    };
    let mut response = HttpResponse::build(code.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    match status {
        Status::AuthFailed => response.insert_header((WWW_AUTHENTICATE, "Bearer")),
        Status::Busy => response.insert_header((RETRY_AFTER, RETRY.as_secs())),
        _ => &mut response,
    };
    response
        .content_type(ContentType::json())
        .body(line(&ErrorBody {
            error: error.message(),
            status: status.word(),
        }))
}

/// JSON and a line break, for those who read it in a terminal.
fn line(body: &impl Serialize) -> String {
    // Serializing our own structs of strings and numbers does not fail.
    let mut line = serde_json::to_string(body).unwrap_or_default();
    line.push('\n');
    line
}
