//! Bytes to a server and bytes back: the only place that knows HTTP.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use url::Url;

use crate::client::{BuildError, ClientBuilder};
use crate::credentials::ServerUrl;
use crate::error::{
    Broken, ConnectError, ConnectErrorKind, Error, HttpError, Redirect, ResponseErrorKind,
    ResponseUnreadable, TimedOut,
};

/// Decides which addresses may be connected to: given a host's name and one of its addresses.
pub(crate) type AddressPolicy = Arc<dyn Fn(&str, IpAddr) -> bool + Send + Sync>;

/// Sends requests and collects their answers, within limits.
pub(crate) struct Transport {
    http: reqwest::Client,
    max_response_bytes: usize,
    total_timeout: Duration,
    address_policy: Option<AddressPolicy>,
}

/// Whether a request may be sent a second time when its connection breaks.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Repeat {
    /// It may change something.
    Never,
    /// It only reads. An idle connection that the server closes just as it is used again is
    /// everyday life, and not the caller's concern.
    Once,
}

impl Transport {
    pub(crate) fn new(builder: ClientBuilder) -> Result<Self, BuildError> {
        let http = reqwest::Client::builder()
            .user_agent(builder.user_agent)
            .connect_timeout(builder.connect_timeout)
            .read_timeout(builder.read_timeout)
            .timeout(builder.total_timeout)
            // Below the usual 60 to 75 seconds of servers and proxies.
            .pool_idle_timeout(Duration::from_secs(20))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            .no_proxy()
            .tls_backend_preconfigured(tls(&builder.root_certificates)?)
            .dns_resolver(Resolver {
                policy: builder.address_policy.clone(),
            })
            .build()
            .map_err(|error| BuildError::new("the HTTP client cannot be built", error))?;
        Ok(Self {
            http,
            max_response_bytes: builder.max_response_bytes,
            total_timeout: builder.total_timeout,
            address_policy: builder.address_policy,
        })
    }

    /// Posts `body` to one of the server's endpoints and returns the answer's bytes.
    pub(crate) async fn post(
        &self,
        server: &ServerUrl,
        endpoint: &Url,
        body: Vec<u8>,
        repeat: Repeat,
    ) -> Result<Vec<u8>, Error> {
        if let (Some(ip), Some(policy)) = (server.ip(), &self.address_policy)
            && !policy(&ip.to_string(), ip.to_canonical())
        {
            return Err(connect_error(server, ConnectErrorKind::Forbidden, None));
        }
        let body = Bytes::from(body);
        match self.post_once(server, endpoint, body.clone()).await {
            Err(Error::Broken(broken)) if repeat == Repeat::Once => {
                log::debug!("{server}: {broken}; asking once more");
                self.post_once(server, endpoint, body).await
            }
            result => result,
        }
    }

    async fn post_once(
        &self,
        server: &ServerUrl,
        endpoint: &Url,
        body: Bytes,
    ) -> Result<Vec<u8>, Error> {
        let sent = Arc::new(AtomicBool::new(false));
        let body = WatchedBody {
            bytes: Some(body),
            sent: Arc::clone(&sent),
        };
        let sent = || sent.load(Ordering::Relaxed);
        let mut response = self
            .http
            .post(endpoint.clone())
            .header(CONTENT_TYPE, HeaderValue::from_static("text/xml"))
            .body(reqwest::Body::wrap(body))
            .send()
            .await
            .map_err(|error| self.request_error(server, error, sent()))?;
        check_head(server, &response)?;
        let too_large = || {
            let kind = ResponseErrorKind::TooLarge {
                limit: self.max_response_bytes,
            };
            Error::Response(ResponseUnreadable {
                host: server.host(),
                kind,
                source: None,
            })
        };
        let announced = response.content_length().unwrap_or(0);
        let announced = usize::try_from(announced).unwrap_or(usize::MAX);
        if announced > self.max_response_bytes {
            return Err(too_large());
        }
        let mut answer = Vec::with_capacity(announced);
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.request_error(server, error, true))?
        {
            if answer.len() + chunk.len() > self.max_response_bytes {
                return Err(too_large());
            }
            answer.extend_from_slice(&chunk);
        }
        Ok(answer)
    }

    fn request_error(&self, server: &ServerUrl, error: reqwest::Error, sent: bool) -> Error {
        // The URL says nothing that the host does not, and it could be long.
        let error = error.without_url();
        if error.is_connect() {
            let kind = if find::<Forbidden>(&error).is_some() {
                ConnectErrorKind::Forbidden
            } else if error.is_timeout() {
                ConnectErrorKind::TimedOut
            } else if error.is_dns() || find::<ResolveError>(&error).is_some() {
                ConnectErrorKind::Resolve
            } else if find::<rustls::Error>(&error).is_some() {
                ConnectErrorKind::Tls
            } else {
                ConnectErrorKind::Connect
            };
            return connect_error(server, kind, Some(error));
        }
        let host = server.host();
        if error.is_timeout() {
            return Error::TimedOut(TimedOut {
                host,
                after: self.total_timeout,
                sent,
            });
        }
        Error::Broken(Broken {
            host,
            sent,
            source: Box::new(error),
        })
    }
}

fn connect_error(
    server: &ServerUrl,
    kind: ConnectErrorKind,
    source: Option<reqwest::Error>,
) -> Error {
    let source = source.map(|source| Box::new(source) as _);
    Error::Connect(ConnectError {
        host: server.host(),
        kind,
        source,
    })
}

/// Looks for a cause of type `T`; `io::Error` hides what it wraps from `source`.
fn find<'e, T: std::error::Error + 'static>(
    error: &'e (dyn std::error::Error + 'static),
) -> Option<&'e T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    None
}

/// Checks status and content type.
fn check_head(server: &ServerUrl, response: &reqwest::Response) -> Result<(), Error> {
    let status = response.status();
    let host = || server.host();
    if status.is_redirection() {
        let location = response
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok());
        let location = location.and_then(|location| response.url().join(location).ok());
        return Err(Error::Redirect(Redirect {
            host: host(),
            status: status.as_u16(),
            location: location.map(plain_location),
        }));
    }
    let html = response.headers().get(CONTENT_TYPE).is_some_and(|value| {
        value
            .as_bytes()
            .to_ascii_lowercase()
            .starts_with(b"text/html")
    });
    if !status.is_success() || html {
        return Err(Error::Http(HttpError {
            host: host(),
            status: status.as_u16(),
        }));
    }
    Ok(())
}

/// Keeps of a redirect's target what helps, and what cannot hold a secret or fill a screen.
fn plain_location(mut url: Url) -> String {
    const MAX_LOCATION: usize = 200;
    // Fails for URLs that cannot have credentials, which then have none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().chars().take(MAX_LOCATION).collect()
}

fn tls(root_certificates: &[Vec<u8>]) -> Result<rustls::ClientConfig, BuildError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for certificate in root_certificates {
        roots
            .add(certificate.clone().into())
            .map_err(|error| BuildError::new("a root certificate cannot be used", error))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| BuildError::new("TLS cannot be set up", error))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// A body of one piece that notes when it is handed out to be written.
///
/// Until then, nothing of the call has left this process.
struct WatchedBody {
    bytes: Option<Bytes>,
    sent: Arc<AtomicBool>,
}

impl http_body::Body for WatchedBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let bytes = self.bytes.take();
        self.sent.store(true, Ordering::Relaxed);
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// The system's resolver, cut by the address policy, so that a name cannot stand for an address
/// that may not be reached, whenever it is resolved.
struct Resolver {
    policy: Option<AddressPolicy>,
}

#[derive(Debug, thiserror::Error)]
#[error("the name cannot be resolved")]
struct ResolveError(#[source] std::io::Error);

#[derive(Debug)]
struct Forbidden;

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the address policy does not permit any of the host's addresses")
    }
}

impl std::error::Error for Forbidden {}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.policy.clone();
        Box::pin(async move {
            let host = name.as_str();
            let mut addresses: Vec<SocketAddr> = tokio::net::lookup_host((host, 0))
                .await
                .map_err(ResolveError)?
                .collect();
            if let Some(policy) = policy {
                addresses.retain(|address| policy(host, address.ip().to_canonical()));
                if addresses.is_empty() {
                    return Err(Forbidden.into());
                }
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
