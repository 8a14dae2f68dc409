//! What can go wrong, told apart by who can do something about it.

use std::fmt;
use std::time::Duration;

use crate::fault::{Fault, FaultKind};
use crate::xml::{DecodeError, EncodeError};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// A call that failed.
///
/// The text of each is one line that may be shown to whoever made the call: no password, no
/// traceback. What lies beneath is its [`source`](std::error::Error::source), for logs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server does not know this login with this password.
    #[error(transparent)]
    LoginRefused(LoginRefused),
    /// A value cannot be sent; nothing was.
    #[error(transparent)]
    Encode(EncodeError),
    /// No connection came about; nothing was sent.
    #[error(transparent)]
    Connect(ConnectError),
    /// No complete answer came in time.
    #[error(transparent)]
    TimedOut(TimedOut),
    /// The connection broke while the request was sent or before the answer was complete.
    #[error(transparent)]
    Broken(Broken),
    /// An answer came, but not from Odoo's XML-RPC: a proxy, a wrong path, a maintenance page.
    #[error(transparent)]
    Http(HttpError),
    /// The server wants the call sent elsewhere, which is never done with a call.
    #[error(transparent)]
    Redirect(Redirect),
    /// The answer cannot be read.
    #[error(transparent)]
    Response(ResponseUnreadable),
    /// Odoo answered with a fault.
    #[error(transparent)]
    Fault(Fault),
}

/// What is known about a call's effect after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Odoo never got the call.
    NotSent,
    /// Odoo answered, and did not do what was asked: a fault rolls back.
    Refused,
    /// Odoo did what was asked, and its answer cannot be read.
    Done,
    /// The call was sent and no word came back: whether Odoo did it is not known.
    Unknown,
}

impl Error {
    /// Returns what is known about the call's effect.
    ///
    /// A write whose outcome is [`Outcome::Unknown`] must not simply be sent again.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Encode(_) | Self::Connect(_) => Outcome::NotSent,
            // The answer is written after the work was committed.
            Self::Fault(fault) if fault.is_marshalling() => Outcome::Done,
            Self::Response(response) if response.kind == ResponseErrorKind::Mismatch => {
                Outcome::Done
            }
            Self::LoginRefused(_) | Self::Fault(_) | Self::Redirect(_) => Outcome::Refused,
            Self::TimedOut(timed_out) if !timed_out.sent => Outcome::NotSent,
            Self::Broken(broken) if !broken.sent => Outcome::NotSent,
            // A proxy's 404 or 413 means that it did not pass the call on; its 502 or 504 says
            // nothing about what Odoo did.
            Self::Http(http) if http.status < 500 && http.status != 408 && http.status >= 300 => {
                Outcome::Refused
            }
            Self::TimedOut(_) | Self::Broken(_) | Self::Http(_) | Self::Response(_) => {
                Outcome::Unknown
            }
        }
    }

    /// Returns whether the server refused the login or the password.
    pub fn is_access_denied(&self) -> bool {
        match self {
            Self::LoginRefused(_) => true,
            Self::Fault(fault) => fault.kind() == FaultKind::AccessDenied,
            _ => false,
        }
    }

    /// Returns whether time ran out.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::TimedOut(_) => true,
            Self::Connect(connect) => connect.kind == ConnectErrorKind::TimedOut,
            _ => false,
        }
    }
}

/// See [`Error::LoginRefused`].
#[derive(Debug, thiserror::Error)]
#[error("Odoo does not accept this login and password for database `{database}` on {host}")]
pub struct LoginRefused {
    pub(crate) host: String,
    pub(crate) database: String,
}

/// See [`Error::Connect`].
#[derive(Debug)]
pub struct ConnectError {
    pub(crate) host: String,
    pub(crate) kind: ConnectErrorKind,
    pub(crate) source: Option<Source>,
}

/// Where on the way to a connection it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectErrorKind {
    /// The name has no address.
    Resolve,
    /// The address policy of the client does not permit the address.
    Forbidden,
    /// Nothing accepts connections there.
    Connect,
    /// The TLS handshake failed: an unknown or expired certificate, or no TLS at all.
    Tls,
    /// No connection came about in time.
    TimedOut,
}

impl ConnectError {
    /// Returns where it failed.
    pub fn kind(&self) -> ConnectErrorKind {
        self.kind
    }

    /// Returns the host that was to be reached.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = &self.host;
        match self.kind {
            ConnectErrorKind::Resolve => {
                write!(
                    f,
                    "the host name of {host} cannot be resolved: check the URL"
                )
            }
            ConnectErrorKind::Forbidden => {
                write!(f, "connections to {host} are not permitted here")
            }
            ConnectErrorKind::Connect => {
                write!(
                    f,
                    "cannot connect to {host}: check the URL and that Odoo is running"
                )
            }
            ConnectErrorKind::Tls => {
                write!(
                    f,
                    "no secure connection to {host}: check its certificate, or http://"
                )
            }
            ConnectErrorKind::TimedOut => write!(f, "{host} did not accept a connection in time"),
        }
    }
}

impl std::error::Error for ConnectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// See [`Error::TimedOut`].
#[derive(Debug)]
pub struct TimedOut {
    pub(crate) host: String,
    pub(crate) after: Duration,
    pub(crate) sent: bool,
}

impl TimedOut {
    /// Returns whether the request was sent, wholly or in part.
    pub fn sent(&self) -> bool {
        self.sent
    }
}

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, seconds) = (&self.host, self.after.as_secs_f64());
        if self.sent {
            write!(f, "{host} gave no complete answer within {seconds:.1} s")
        } else {
            write!(
                f,
                "the request could not be sent to {host} within {seconds:.1} s"
            )
        }
    }
}

impl std::error::Error for TimedOut {}

/// See [`Error::Broken`].
#[derive(Debug, thiserror::Error)]
#[error("the connection to {host} broke before the answer was complete")]
pub struct Broken {
    pub(crate) host: String,
    pub(crate) sent: bool,
    pub(crate) source: Source,
}

/// See [`Error::Http`].
#[derive(Debug)]
pub struct HttpError {
    pub(crate) host: String,
    pub(crate) status: u16,
}

impl HttpError {
    /// Returns the HTTP status; 200 where a web page came with success.
    pub fn status(&self) -> u16 {
        self.status
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, status } = self;
        match status {
            200..300 => write!(
                f,
                "{host} answers with a web page: is this URL an Odoo server?"
            ),
            404 | 405 => write!(
                f,
                "{host} answers HTTP {status}: Odoo's XML-RPC is not at this URL, or is switched off"
            ),
            413 => write!(
                f,
                "{host} answers HTTP 413: the request is too large for it"
            ),
            429 => write!(
                f,
                "{host} answers HTTP 429: too many requests, wait and slow down"
            ),
            500.. => {
                write!(
                    f,
                    "{host} answers HTTP {status}: Odoo or the proxy before it is in trouble"
                )
            }
            _ => write!(f, "{host} answers HTTP {status} instead of Odoo's XML-RPC"),
        }
    }
}

impl std::error::Error for HttpError {}

/// See [`Error::Redirect`].
#[derive(Debug)]
pub struct Redirect {
    pub(crate) host: String,
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
}

impl Redirect {
    /// Returns where the server points to, without credentials, query and fragment.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }
}

impl fmt::Display for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            host,
            status,
            location,
        } = self;
        match location {
            Some(location) => {
                write!(
                    f,
                    "{host} redirects (HTTP {status}) to {location}: use that URL"
                )
            }
            None => write!(f, "{host} redirects (HTTP {status}) to nowhere"),
        }
    }
}

impl std::error::Error for Redirect {}

/// See [`Error::Response`].
#[derive(Debug)]
pub struct ResponseUnreadable {
    pub(crate) host: String,
    pub(crate) kind: ResponseErrorKind,
    pub(crate) source: Option<DecodeError>,
}

/// Why an answer cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// It is not XML-RPC.
    NotXmlRpc,
    /// It ends too early.
    CutOff,
    /// It is larger than the client's limit, in bytes.
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// It is XML-RPC, but its value is not of the type that was asked for.
    Mismatch,
}

impl ResponseUnreadable {
    /// Returns why the answer cannot be read.
    pub fn kind(&self) -> ResponseErrorKind {
        self.kind
    }
}

impl fmt::Display for ResponseUnreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = &self.host;
        match self.kind {
            ResponseErrorKind::NotXmlRpc => write!(f, "what {host} answers is not XML-RPC"),
            ResponseErrorKind::CutOff => write!(f, "the answer of {host} was cut off"),
            ResponseErrorKind::TooLarge { limit } => write!(
                f,
                "the answer of {host} is larger than {limit} bytes: ask for fewer records or fields"
            ),
            ResponseErrorKind::Mismatch => write!(f, "the answer of {host} is of another shape"),
        }
    }
}

impl std::error::Error for ResponseUnreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
