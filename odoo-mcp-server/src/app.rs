//! The HTTP server: what is mounted where, and how it starts and stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::{App, HttpServer, web};
use odoo_keys::{ApiKey, Claims, Password};

use crate::caller::Caller;
use crate::config::{Config, Stdio};
use crate::cors;
use crate::mcp;
use crate::rest;
use crate::start::StartError;
use crate::state::State;

/// A gateway that listens, and serves once it runs.
pub struct Gateway {
    server: Server,
    address: SocketAddr,
    state: Arc<State>,
    mcp: mcp::Endpoint,
}

/// Stops a gateway from elsewhere.
#[derive(Clone)]
pub struct Stopper {
    handle: ServerHandle,
    mcp: mcp::Endpoint,
}

/// The operator's policy of a running gateway.
#[derive(Clone)]
pub struct PolicyFile {
    state: Arc<State>,
}

impl PolicyFile {
    /// Reads `POLICY_FILE` again; one that does not fit is logged, and changes nothing.
    pub fn reload(&self) {
        self.state.policy.reload();
    }
}

/// Longer than what usual proxies keep an idle connection, so that it is they who close it.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

impl Gateway {
    /// Begins to listen at the configured address.
    ///
    /// # Errors
    ///
    /// When the address is taken, or the encryption key or certificates cannot be used.
    pub fn bind(config: &Config) -> Result<Gateway, StartError> {
        let state = State::new(config)?;
        let shared = web::Data::from(Arc::clone(&state));
        let rest = rest::Settings::from(config);
        let settings = mcp_settings(config);
        let origins = settings.allowed_origins.clone();
        let mcp = mcp::Endpoint::new(&state, settings);
        let endpoint = mcp.clone();
        let mut server = HttpServer::new(move || {
            App::new()
                .wrap(cors::for_origins(&origins))
                .app_data(shared.clone())
                // Paths are tried in this order, and MCP's two spellings of one take a regular expression.
                .configure(|app| rest::register(app, &rest))
                .configure(|app| endpoint.register(app))
        })
        .keep_alive(KEEP_ALIVE)
        .tcp_nodelay(true)
        // Who hangs up wants no answer: its call is dropped, and its slot is free.
        .h1_allow_half_closed(false)
        .shutdown_timeout(config.shutdown_timeout_seconds)
        .disable_signals();
        if let Some(workers) = config.workers {
            server = server.workers(workers.get());
        }
        let listen = |source| StartError::Listen {
            address: format!("{}:{}", config.host, config.port),
            source,
        };
        let server = server
            .bind((config.host.as_str(), config.port))
            .map_err(listen)?;
        let address = server.addrs().first().copied();
        let address = address.ok_or_else(|| listen(std::io::ErrorKind::AddrNotAvailable.into()))?;
        Ok(Gateway {
            server: server.run(),
            address,
            state,
            mcp,
        })
    }

    /// Returns where the gateway listens, such as `http://127.0.0.1:3000`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the address that the gateway listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns what stops the gateway.
    pub fn stopper(&self) -> Stopper {
        Stopper {
            handle: self.server.handle(),
            mcp: self.mcp.clone(),
        }
    }

    /// Makes an API key, as `/auth/generate` does.
    pub fn make_key(&self, claims: &Claims) -> ApiKey {
        self.state.keyring.seal(claims)
    }

    /// Returns what reads the operator's policy again.
    pub fn policy(&self) -> PolicyFile {
        PolicyFile {
            state: Arc::clone(&self.state),
        }
    }

    /// Serves until it is stopped.
    ///
    /// # Errors
    ///
    /// When the workers cannot be started.
    pub async fn run(self) -> std::io::Result<()> {
        self.server.await
    }
}

/// Tells what a call would reach, and what a scope says of it, as JSON; the call is not made.
///
/// `call` is the body of `/tools/call`. Without a `key`, fields of models are not known; without a `scope`,
/// the key's is judged by.
///
/// # Errors
///
/// With a sentence for the caller, when the key, the scope or the call cannot be used.
pub async fn explain(
    config: &Config,
    scope: Option<&str>,
    key: Option<&str>,
    call: &str,
) -> Result<String, String> {
    let state = State::new(config).map_err(|error| error.to_string())?;
    let question = crate::explain::Question::read(&state, scope, key, call);
    let explained = match question {
        Ok(question) => crate::explain::explain(&state, question).await,
        Err(error) => Err(error),
    };
    let explanation = explained.map_err(|error| error.to_string())?;
    serde_json::to_string_pretty(&explanation).map_err(|error| error.to_string())
}

/// Serves MCP on standard input and output for the one who started the process.
///
/// # Errors
///
/// When the credentials in the configuration cannot be used, and when a pipe breaks.
pub async fn serve_stdio(config: &Config) -> Result<(), StartError> {
    let state = State::new(config)?;
    let caller = stdio_caller(&state, &config.stdio)?;
    mcp::serve_stdio(state, caller)
        .await
        .map_err(StartError::Stdio)
}

fn stdio_caller(state: &State, stdio: &Stdio) -> Result<Caller, StartError> {
    let result = match &stdio.odoo_mcp_key {
        Some(key) => Caller::from_key(state, key.reveal().as_bytes(), "ODOO_MCP_KEY"),
        None => Caller::from_claims(state, &stdio_claims(stdio)?),
    };
    result.map_err(|error| StartError::Credentials(error.to_string()))
}

fn stdio_claims(stdio: &Stdio) -> Result<Claims, StartError> {
    let missing = |name| StartError::Credentials(format!("{name} is missing"));
    Ok(Claims {
        url: stdio.odoo_url.clone().ok_or(missing("ODOO_URL"))?,
        database: stdio.odoo_db.clone().ok_or(missing("ODOO_DB"))?,
        username: stdio
            .odoo_username
            .clone()
            .ok_or(missing("ODOO_USERNAME"))?,
        password: match &stdio.odoo_password {
            Some(password) => Password::new(password.reveal()),
            None => return Err(missing("ODOO_PASSWORD")),
        },
        scope: stdio.odoo_scope.clone(),
        iat: None,
        exp: None,
    })
}

/// On loopback only its own names are served, as `Host` and as `Origin`: no web page elsewhere can have them.
fn mcp_settings(config: &Config) -> mcp::Settings {
    const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];
    const LOOPBACK_ORIGINS: [&str; 3] =
        ["http://localhost:*", "http://127.0.0.1:*", "http://[::1]:*"];
    let mut allowed_hosts = config.allowed_hosts.clone();
    let mut allowed_origins = config.allowed_origins.clone();
    if LOOPBACK.contains(&config.host.as_str()) {
        if allowed_hosts.is_empty() {
            allowed_hosts.extend(LOOPBACK.map(str::to_owned));
        }
        allowed_origins.extend(LOOPBACK_ORIGINS.map(str::to_owned));
    }
    mcp::Settings {
        allowed_hosts,
        allowed_origins,
        max_request_bytes: config.max_request_bytes.get(),
        ..mcp::Settings::default()
    }
}

impl Stopper {
    /// Takes no more requests, and returns when those in flight are answered.
    pub async fn finish(&self) {
        self.mcp.drain();
        self.handle.stop(true).await;
    }

    /// Drops what is in flight.
    pub async fn abort(&self) {
        self.handle.stop(false).await;
    }
}
