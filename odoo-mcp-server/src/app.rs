//! The HTTP server: what is mounted where, and how it starts and stops.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::{App, HttpServer, web};

use crate::config::Config;
use crate::rest;
use crate::start::StartError;
use crate::state::State;

/// A gateway that listens, and serves once it runs.
pub struct Gateway {
    server: Server,
    address: SocketAddr,
    state: Arc<State>,
}

/// Stops a gateway from elsewhere.
#[derive(Debug, Clone)]
pub struct Stopper {
    handle: ServerHandle,
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
        let mut server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .configure(|app| rest::register(app, &rest))
        })
        .keep_alive(KEEP_ALIVE)
        .tcp_nodelay(true)
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
        }
    }

    /// Makes an API key, as `/auth/generate` does.
    pub fn make_key(&self, claims: &odoo_keys::Claims) -> odoo_keys::ApiKey {
        self.state.keyring.seal(claims)
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

impl Stopper {
    /// Takes no more requests, and returns when those in flight are answered.
    pub async fn finish(&self) {
        self.handle.stop(true).await;
    }

    /// Drops what is in flight.
    pub async fn abort(&self) {
        self.handle.stop(false).await;
    }
}
