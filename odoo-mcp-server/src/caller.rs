//! Who calls: what a verified credential becomes. Every header form ends here.

use std::convert::Infallible;
use std::hash::{Hash, Hasher};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use odoo_keys::{Claims, OpenError};
use odoo_pool::Cache;
use odoo_rpc::{Credentials, Password, ServerUrl};
use odoo_scope::Scope;

use crate::error::{Error, Status};
use crate::state::State;

/// A verified credential: whom to be in Odoo, and what is allowed. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    inner: Arc<Inner>,
}

#[derive(Debug, PartialEq, Eq)]
struct Inner {
    credentials: Credentials,
    scope: Scope,
    expires: Option<u64>,
}

/// Callers by the key that they sent, of late: opening a key costs as much as the rest of a small call.
///
/// Whoever finds their key here sent the very bytes that opened before; `exp` is looked at each time.
#[derive(Debug)]
pub(crate) struct KnownKeys(Cache<Vec<u8>, Caller, Infallible>);

impl KnownKeys {
    pub(crate) fn new(capacity: NonZeroUsize) -> KnownKeys {
        const LIFETIME: Duration = Duration::from_secs(5 * 60);
        KnownKeys(Cache::new(capacity, LIFETIME))
    }
}

impl Caller {
    /// Reads the credentials of a request, without asking anyone.
    ///
    /// `X-API-Key` is looked at first, then `Authorization: Bearer`, then `X-Auth-Credentials`.
    pub(crate) fn from_headers(state: &State, headers: &HeaderMap) -> Result<Caller, Error> {
        if let Some(value) = headers.get("x-api-key") {
            return Caller::from_known_key(state, value.as_bytes(), "X-API-Key");
        }
        if let Some(token) = headers
            .get(AUTHORIZATION)
            .and_then(|v| bearer(v.as_bytes()))
        {
            return Caller::from_known_key(state, token, "Authorization");
        }
        if let Some(value) = headers.get("x-auth-credentials") {
            return Caller::from_base64(state, value.as_bytes());
        }
        Err(Error::new(
            Status::AuthFailed,
            "no credentials: send the key from /auth/generate in the header `X-API-Key` or as \
             `Authorization: Bearer <key>`",
        ))
    }

    /// Reads the credentials of a request that need not have any.
    pub(crate) fn from_headers_if_any(
        state: &State,
        headers: &HeaderMap,
    ) -> Result<Option<Caller>, Error> {
        let has_any = ["x-api-key", "authorization", "x-auth-credentials"]
            .iter()
            .any(|name| headers.contains_key(*name));
        has_any
            .then(|| Caller::from_headers(state, headers))
            .transpose()
    }

    /// The same user with another scope.
    pub(crate) fn with_scope(&self, scope: Scope) -> Caller {
        Caller::new(self.credentials().clone(), scope, self.expires())
    }

    fn new(credentials: Credentials, scope: Scope, expires: Option<u64>) -> Caller {
        Caller {
            inner: Arc::new(Inner {
                credentials,
                scope,
                expires,
            }),
        }
    }

    /// Opens one of our keys, if it was not opened a moment ago.
    fn from_known_key(state: &State, key: &[u8], place: &str) -> Result<Caller, Error> {
        let KnownKeys(known) = &state.known_keys;
        let key = key.to_vec();
        if let Some(caller) = known.get(&key) {
            return match caller.expires() {
                Some(second) if second <= unix_now() => Err(expired(place)),
                _ => Ok(caller),
            };
        }
        let caller = Caller::from_key(state, &key, place)?;
        known.insert(key, caller.clone());
        Ok(caller)
    }

    /// Opens one of our keys; `place` says where it was, for the error.
    pub(crate) fn from_key(state: &State, key: &[u8], place: &str) -> Result<Caller, Error> {
        let claims = std::str::from_utf8(key)
            .map_err(|_| unreadable(place))
            .and_then(|key| open(state, key.trim(), place))?;
        Caller::from_claims(state, &claims)
    }

    fn from_base64(state: &State, text: &[u8]) -> Result<Caller, Error> {
        let json = decode_base64(text).ok_or_else(|| {
            Error::new(
                Status::AuthFailed,
                "the header `X-Auth-Credentials` is not base64",
            )
        })?;
        let claims = Claims::from_json(&json).map_err(|error| {
            Error::new(
                Status::AuthFailed,
                format!("the JSON in the header `X-Auth-Credentials` does not fit: {error}"),
            )
        })?;
        if claims.exp.is_some_and(|exp| exp <= unix_now()) {
            return Err(expired("X-Auth-Credentials"));
        }
        Caller::from_claims(state, &claims)
    }

    /// Checks what a key says: the scope, the URL and the host that it names.
    pub(crate) fn from_claims(state: &State, claims: &Claims) -> Result<Caller, Error> {
        let scope = Scope::parse(&claims.scope)
            .map_err(|error| Error::new(Status::ScopeInvalid, error.to_string()))?;
        let url = ServerUrl::parse(&claims.url)
            .map_err(|error| Error::invalid(format!("`url`: {error}")))?;
        state.hosts.check(&url)?;
        let credentials = Credentials::new(
            url,
            &claims.database,
            &claims.username,
            Password::new(claims.password.reveal()),
        );
        Ok(Caller::new(credentials, scope, claims.exp))
    }

    pub(crate) fn credentials(&self) -> &Credentials {
        &self.inner.credentials
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.inner.scope
    }

    /// When the key stops working, in seconds since 1970.
    pub(crate) fn expires(&self) -> Option<u64> {
        self.inner.expires
    }
}

impl Hash for Caller {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.credentials.hash(state);
    }
}

/// Opens a key of ours.
pub(crate) fn open(state: &State, key: &str, place: &str) -> Result<Claims, Error> {
    state
        .keyring
        .open(key, SystemTime::now())
        .map_err(|error| match error {
            OpenError::Expired { .. } => expired(place),
            _ => unreadable(place),
        })
}

fn expired(place: &str) -> Error {
    Error::new(
        Status::AuthFailed,
        format!("the key in `{place}` has expired: make a new one at /auth/generate"),
    )
}

fn unreadable(place: &str) -> Error {
    Error::new(
        Status::AuthFailed,
        format!("the key in `{place}` is not valid here: make a new one at /auth/generate"),
    )
}

/// The token of an `Authorization: Bearer …` header; any other scheme is not for us.
fn bearer(value: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = value.split_at_checked("Bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"Bearer ").then_some(token)
}

/// Decodes base64 of either alphabet, padded or not.
fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.trim_ascii();
    let end = text.iter().rposition(|&byte| byte != b'=')? + 1;
    let text = text.get(..end)?;
    STANDARD_NO_PAD
        .decode(text)
        .or_else(|_| URL_SAFE_NO_PAD.decode(text))
        .ok()
}

pub(crate) fn unix_now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_key_that_is_known_ends_with_its_time_all_the_same() {
        let config = Config::from_args(["odoo-mcp-server"]).unwrap();
        let state = State::new(&config).unwrap();
        let url = ServerUrl::parse("https://odoo.example.com").unwrap();
        let caller = |expires| {
            let credentials = Credentials::new(url.clone(), "db", "user", Password::new("secret"));
            Caller::new(credentials, Scope::parse("*:R").unwrap(), Some(expires))
        };
        let known = &state.known_keys.0;
        known.insert(b"alive".to_vec(), caller(u64::MAX));
        known.insert(b"over".to_vec(), caller(1_000_000_000));
        assert!(Caller::from_known_key(&state, b"alive", "X-API-Key").is_ok());
        let error = Caller::from_known_key(&state, b"over", "X-API-Key").unwrap_err();
        assert!(error.message().contains("has expired"), "{error}");
    }
}
