//! A user signed in to a database.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::value::UnitDeserializer;
use url::Url;

use crate::client::Client;
use crate::credentials::{Credentials, ServerUrl};
use crate::error::{Error, HttpError, ResponseErrorKind, ResponseUnreadable};
use crate::model::Model;
use crate::transport::Repeat;
use crate::xml::{self, DecodeError, ResponseError};

/// A user signed in to a database. Cheap to clone.
///
/// Odoo keeps no state for it: it is the user's id, and the credentials that go with every call.
#[derive(Clone)]
pub struct Session {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    credentials: Credentials,
    uid: i64,
    endpoint: Url,
}

impl Session {
    pub(crate) fn new(client: Client, credentials: Credentials, uid: i64) -> Self {
        let endpoint = credentials.url().endpoint("object");
        Self {
            inner: Arc::new(Inner {
                client,
                credentials,
                uid,
                endpoint,
            }),
        }
    }

    /// Returns the user's id, of `res.users`.
    pub fn uid(&self) -> i64 {
        self.inner.uid
    }

    /// Returns what the user signed in with.
    pub fn credentials(&self) -> &Credentials {
        &self.inner.credentials
    }

    /// Returns the client that the session was made with.
    pub fn client(&self) -> &Client {
        &self.inner.client
    }

    /// Returns the way to a model's records, such as `res.partner`'s.
    pub fn model<'s>(&'s self, name: impl Into<Cow<'s, str>>) -> Model<'s> {
        Model::new(self, name.into())
    }

    /// Calls a method of a model, whatever it does.
    pub(crate) async fn call<R: DeserializeOwned>(
        &self,
        model: &str,
        method: &str,
        arguments: &(impl Serialize + ?Sized),
        named: &(impl Serialize + ?Sized),
        repeat: Repeat,
    ) -> Result<R, Error> {
        let Inner {
            client,
            credentials,
            uid,
            endpoint,
        } = &*self.inner;
        let password = credentials.password().reveal();
        let parameters = (
            credentials.database(),
            uid,
            password,
            model,
            method,
            xml::ser::Arguments(arguments),
            named,
        );
        exchange(
            client,
            credentials.url(),
            endpoint,
            "execute_kw",
            &parameters,
            repeat,
        )
        .await
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("credentials", &self.inner.credentials)
            .field("uid", &self.inner.uid)
            .finish_non_exhaustive()
    }
}

/// Sends a call and reads its answer.
pub(crate) async fn exchange<R: DeserializeOwned>(
    client: &Client,
    server: &ServerUrl,
    endpoint: &Url,
    method: &str,
    parameters: &(impl Serialize + ?Sized),
    repeat: Repeat,
) -> Result<R, Error> {
    let request = xml::to_request(method, parameters).map_err(Error::Encode)?;
    let answer = client
        .transport
        .post(server, endpoint, request, repeat)
        .await?;
    match xml::from_response(&answer) {
        Ok(value) => Ok(value),
        Err(ResponseError::Fault(fault)) if fault.is_marshalled_none() => {
            R::deserialize(UnitDeserializer::new()).map_err(|error| unreadable(server, error))
        }
        Err(ResponseError::Fault(fault)) => {
            log::debug!("{server}: fault {}: {}", fault.code(), fault.text());
            Err(Error::Fault(fault))
        }
        Err(ResponseError::Decode(error)) if looks_like_html(&answer) => {
            log::debug!("{server}: {error}");
            Err(Error::Http(HttpError {
                host: server.host(),
                status: 200,
            }))
        }
        Err(ResponseError::Decode(error)) => Err(unreadable(server, error)),
    }
}

fn unreadable(server: &ServerUrl, error: DecodeError) -> Error {
    let kind = if error.is_cut_off() {
        ResponseErrorKind::CutOff
    } else if error.is_mismatch() {
        ResponseErrorKind::Mismatch
    } else {
        ResponseErrorKind::NotXmlRpc
    };
    Error::Response(ResponseUnreadable {
        host: server.host(),
        kind,
        source: Some(error),
    })
}

fn looks_like_html(answer: &[u8]) -> bool {
    let start = answer.trim_ascii_start();
    let start = start
        .get(..start.len().min(14))
        .unwrap_or_default()
        .to_ascii_lowercase();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}
