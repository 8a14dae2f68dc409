//! Reading request bodies: JSON whatever the content type says, within a limit.

use actix_web::error::PayloadError;
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt as _;
use serde_json::{Map, Value};

use crate::error::{Error, Status};

/// What is read of a body that nobody needs, so that its sender gets to read the answer.
const DRAINED: usize = 64 * 1024;

/// Reads a body that is a JSON object.
pub(super) async fn object(
    payload: Payload,
    max_bytes: usize,
) -> Result<Map<String, Value>, Error> {
    let body = bytes(payload, max_bytes).await?;
    match serde_json::from_slice(&body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Error::invalid("the body must be a JSON object")),
        Err(_) if body.is_empty() => Err(Error::invalid("the body is empty: send a JSON object")),
        Err(error) => Err(Error::invalid(format!("the body is not JSON: {error}"))),
    }
}

/// Reads what is left of a small body and drops it: a connection that is closed on unread bytes may take the
/// answer with it.
pub(super) async fn drain(payload: Payload) {
    // Whatever goes wrong here, the request is refused already.
    let _ = bytes(payload, DRAINED).await;
}

async fn bytes(mut payload: Payload, max_bytes: usize) -> Result<Bytes, Error> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(unreadable)?;
        if body.len() + chunk.len() > max_bytes {
            return Err(Error::new(
                Status::TooLarge,
                format!("the body is larger than {max_bytes} bytes"),
            ));
        }
        if body.is_empty() {
            body.reserve(chunk.len());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn unreadable(error: PayloadError) -> Error {
    Error::invalid(format!("the body cannot be read: {error}"))
}
