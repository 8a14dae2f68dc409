//! The bridge from actix to rmcp, and the door before it.
//!
//! A request is admitted first ([`Door`]); then its credentials are taken off, and what is left goes to
//! rmcp's transport with the caller beside it. JSON answers come back whole, event streams as they grow.

use std::convert::Infallible;
use std::sync::Arc;

use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, HttpResponseBuilder, web};
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt as _, TryStreamExt as _};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyDataStream, BodyExt as _, Full};
use rmcp::ServerHandler;
use rmcp::model::{ErrorCode, ProtocolVersion};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
};
use serde::Deserialize;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::sessions::{SessionLimits, Sessions};

/// Headers that may carry a secret; rmcp, tools and logs see none of them.
const SECRET_HEADERS: [&str; 5] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "x-api-key",
    "x-auth-credentials",
];
const SESSION_HEADER: &str = "mcp-session-id";
const VERSION_HEADER: &str = "mcp-protocol-version";
const BOTH_MEDIA_TYPES: &str = "application/json, text/event-stream";

/// Decides for whom a request speaks, before MCP sees any of it.
pub trait Door: Send + Sync + 'static {
    /// Whoever was let in. A session belongs to the caller that opened it.
    type Caller: Clone + Eq + Send + Sync + 'static;

    /// Returns the caller of a request.
    ///
    /// # Errors
    ///
    /// What is answered instead, when the request carries no valid credentials.
    fn admit(&self, request: &HttpRequest) -> Result<Self::Caller, actix_web::Error>;
}

/// What an operator may set about the MCP endpoint.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `Host` values that are served; empty for any. Set on a loopback bind, against DNS rebinding.
    pub allowed_hosts: Vec<String>,
    /// `Origin` values that are served, such as `https://app.example:443` or `http://localhost:*`.
    /// A request without an `Origin` is always served.
    pub allowed_origins: Vec<String>,
    /// The largest request body, in bytes.
    pub max_request_bytes: usize,
    /// How many sessions are kept, and for how long.
    pub sessions: SessionLimits,
    /// Cancelled when the server begins to stop: listening streams end, calls in flight finish.
    pub drain: CancellationToken,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allowed_hosts: Vec::new(),
            allowed_origins: Vec::new(),
            max_request_bytes: 4 * 1024 * 1024,
            sessions: SessionLimits::default(),
            drain: CancellationToken::new(),
        }
    }
}

/// An MCP endpoint for actix: a door, and behind it an rmcp handler.
///
/// Clients before 2026-07-28 that can read event streams get a session. Those that cannot, and those
/// that come when the sessions are full, are served without one: each request stands for itself.
pub struct Bridge<D: Door, H: ServerHandler> {
    door: D,
    with_sessions: StreamableHttpService<H, LocalSessionManager>,
    without_sessions: StreamableHttpService<H, NeverSessionManager>,
    sessions: Sessions<D::Caller>,
    max_request_bytes: usize,
    drain: CancellationToken,
}

impl<D: Door, H: ServerHandler + Clone> Bridge<D, H> {
    /// Puts `handler` behind `door`.
    pub fn new(door: D, handler: H, settings: Settings) -> Self {
        let config = StreamableHttpServerConfig::default()
            .with_allowed_hosts(settings.allowed_hosts)
            .with_allowed_origins(settings.allowed_origins)
            .enforce_origin_validation()
            .with_max_request_body_bytes(settings.max_request_bytes)
            .with_json_response(true);
        let factory = move || Ok(handler.clone());
        let sessions = Sessions::new(settings.sessions);
        Self {
            door,
            with_sessions: StreamableHttpService::new(
                factory.clone(),
                sessions.manager(),
                config.clone(),
            ),
            without_sessions: StreamableHttpService::new(
                factory,
                Arc::new(NeverSessionManager::default()),
                config.with_legacy_session_mode(false),
            ),
            sessions,
            max_request_bytes: settings.max_request_bytes,
            drain: settings.drain,
        }
    }

    /// Registers the endpoint at `/mcp` and `/mcp/`. Neither redirects: a redirect drops credentials.
    pub fn register(this: web::Data<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(this)
            .service(web::resource(["/mcp", "/mcp/"]).to(
                |request: HttpRequest, body: web::Payload, bridge: web::Data<Self>| async move {
                    bridge.serve(request, body).await
                },
            ));
    }

    async fn serve(&self, request: HttpRequest, payload: web::Payload) -> HttpResponse {
        let caller = match self.door.admit(&request) {
            Ok(caller) => caller,
            Err(refusal) => return refusal.error_response(),
        };
        let Some(body) = read_body(payload, self.max_request_bytes).await else {
            return json_rpc_error(
                StatusCode::PAYLOAD_TOO_LARGE,
                ErrorCode::INVALID_REQUEST,
                &format!(
                    "the request is larger than {} bytes",
                    self.max_request_bytes
                ),
            );
        };
        let visit = Visit::of(&request, &body);
        if let Visit::InSession(id) = &visit
            && !self.sessions.belongs(id, &caller)
        {
            return no_such_session();
        }
        let Some(inward) = inward(&request, &visit, body.clone(), caller.clone()) else {
            return json_rpc_error(
                StatusCode::BAD_REQUEST,
                ErrorCode::INVALID_REQUEST,
                "the request's headers cannot be read",
            );
        };
        let answer = if self.uses_session(&visit, &caller).await {
            Box::pin(self.with_sessions.handle(inward)).await
        } else {
            Box::pin(self.without_sessions.handle(inward)).await
        };
        if let Some(id) = answer
            .headers()
            .get(SESSION_HEADER)
            .and_then(|id| id.to_str().ok())
        {
            self.sessions.opened(id, caller);
        }
        self.outward(&request, &body, answer).await
    }

    async fn uses_session(&self, visit: &Visit, caller: &D::Caller) -> bool {
        match visit {
            Visit::InSession(_) => true,
            Visit::Opening { reads_streams } => {
                *reads_streams && self.sessions.has_room(caller).await
            }
            Visit::Alone => false,
        }
    }

    async fn outward(
        &self,
        request: &HttpRequest,
        request_body: &[u8],
        answer: http::Response<BoxBody<Bytes, Infallible>>,
    ) -> HttpResponse {
        let (head, body) = answer.into_parts();
        let status =
            StatusCode::from_u16(head.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // rmcp says 415 to any body it cannot read; JSON-RPC has errors for that.
        if status == StatusCode::UNSUPPORTED_MEDIA_TYPE && is_json(request) {
            return not_a_message(request_body);
        }
        // Clients expect "gone" from a DELETE: the Python SDK logs a warning about 202.
        if request.method() == Method::DELETE && status == StatusCode::ACCEPTED {
            return HttpResponse::NoContent().finish();
        }
        let mut response = HttpResponseBuilder::new(status);
        for (name, value) in &head.headers {
            response.append_header((name.as_str(), value.as_bytes()));
        }
        let is_stream = head
            .headers
            .get("content-type")
            .is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"));
        if !is_stream {
            let Ok(whole) = body.collect().await;
            return response.body(whole.to_bytes());
        }
        let chunks = BodyDataStream::new(body);
        if request.method() == Method::GET {
            // A listening stream has no end of its own; without this a stop would wait for it.
            response.streaming(chunks.take_until(self.drain.clone().cancelled_owned()))
        } else {
            response.streaming(chunks)
        }
    }
}

/// How a request relates to sessions, which exist before 2026-07-28 only.
enum Visit {
    Opening { reads_streams: bool },
    InSession(String),
    Alone,
}

impl Visit {
    fn of(request: &HttpRequest, body: &[u8]) -> Self {
        let headers = request.headers();
        if text(headers, VERSION_HEADER)
            .is_some_and(|version| version >= ProtocolVersion::V_2026_07_28.as_str())
        {
            return Self::Alone;
        }
        if let Some(id) = text(headers, SESSION_HEADER) {
            return Self::InSession(id.to_owned());
        }
        match Method::POST == request.method() && is_initialize(body) {
            true => Self::Opening {
                reads_streams: accepts(headers, "text/event-stream"),
            },
            false => Self::Alone,
        }
    }
}

fn is_initialize(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Peek<'a> {
        #[serde(borrow)]
        method: std::borrow::Cow<'a, str>,
    }
    serde_json::from_slice::<Peek<'_>>(body).is_ok_and(|peek| peek.method == "initialize")
}

fn accepts(headers: &HeaderMap, media_type: &str) -> bool {
    headers
        .get_all(header::ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| range.split(';').next())
        .any(|range| range.trim().eq_ignore_ascii_case(media_type))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Reads the body, or returns `None` once it is larger than `limit` or breaks off.
async fn read_body(mut payload: web::Payload, limit: usize) -> Option<Bytes> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.try_next().await.ok()? {
        if body.len() + chunk.len() > limit {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body.freeze())
}

/// Rebuilds the request for rmcp: without secrets, with the caller.
fn inward<C: Clone + Send + Sync + 'static>(
    request: &HttpRequest,
    visit: &Visit,
    body: Bytes,
    caller: C,
) -> Option<http::Request<Full<Bytes>>> {
    let mut inward = http::Request::builder()
        .method(request.method().as_str())
        .uri(request.uri().path());
    for (name, value) in request.headers() {
        let name = name.as_str();
        let is_foreign_session = name == SESSION_HEADER && !matches!(visit, Visit::InSession(_));
        // rmcp insists on both media types; what the client can read was settled by the choice of service.
        let is_accept = name == "accept" && request.method() == Method::POST;
        if !is_foreign_session && !is_accept && !SECRET_HEADERS.contains(&name) {
            inward = inward.header(name, value.as_bytes());
        }
    }
    if request.method() == Method::POST {
        inward = inward.header("accept", BOTH_MEDIA_TYPES);
    }
    inward.extension(caller).body(Full::new(body)).ok()
}

fn is_json(request: &HttpRequest) -> bool {
    request
        .content_type()
        .trim()
        .eq_ignore_ascii_case("application/json")
}

fn not_a_message(body: &[u8]) -> HttpResponse {
    let (code, message) = match serde_json::from_slice::<serde::de::IgnoredAny>(body) {
        Err(error) => (
            ErrorCode::PARSE_ERROR,
            format!("the body is not JSON: {error}"),
        ),
        Ok(_) => (
            ErrorCode::INVALID_REQUEST,
            "the body is not one JSON-RPC message (batches are not served)".to_owned(),
        ),
    };
    json_rpc_error(StatusCode::BAD_REQUEST, code, &message)
}

fn no_such_session() -> HttpResponse {
    json_rpc_error(
        StatusCode::NOT_FOUND,
        ErrorCode(-32001),
        "session not found: start a new one with `initialize`",
    )
}

fn json_rpc_error(status: StatusCode, code: ErrorCode, message: &str) -> HttpResponse {
    HttpResponseBuilder::new(status).json(json!({
        "jsonrpc": "2.0",
        "id": null,
        "error": {"code": code.0, "message": message},
    }))
}
