//! Starting, asking and stopping a sandbox.

use std::collections::BTreeMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use odoo_rpc::{Credentials, Password, ServerUrl};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::calls::{Call, Calls};
use crate::http::{self, Shared};
use crate::models;
use crate::service::Service;
use crate::trouble::{Trouble, Troubles};

/// A running Odoo in memory, on a port of the loopback address.
///
/// It stops when it is dropped.
pub struct Sandbox {
    server_url: ServerUrl,
    databases: Vec<String>,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox with the sample records on a free port.
    ///
    /// # Errors
    ///
    /// Fails if no port can be had.
    ///
    /// # Panics
    ///
    /// Panics outside of a Tokio runtime.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Returns a builder, for a sandbox that differs.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the address that a client is to be told, such as `http://127.0.0.1:41234`.
    pub fn url(&self) -> &str {
        self.server_url.as_str()
    }

    /// Returns the name of the database, the first if there are several.
    pub fn database(&self) -> &str {
        self.databases
            .first()
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// Returns the names of all databases.
    pub fn databases(&self) -> &[String] {
        &self.databases
    }

    /// Returns what the administrator signs in with: `admin` and `admin`.
    pub fn admin(&self) -> Credentials {
        self.credentials("admin", "admin")
    }

    /// Returns what an ordinary user signs in with, `demo` and `demo`.
    ///
    /// They may change contacts and their own orders, and little else.
    pub fn demo(&self) -> Credentials {
        self.credentials("demo", "demo")
    }

    fn credentials(&self, username: &str, password: &str) -> Credentials {
        let password = Password::new(password);
        Credentials::new(self.server_url.clone(), self.database(), username, password)
    }

    /// Makes trouble for a call to come.
    pub fn trouble(&self, trouble: Trouble) {
        self.shared.troubles.add(trouble);
    }

    /// Takes back all troubles that have not met their call.
    pub fn calm(&self) {
        self.shared.troubles.clear();
    }

    /// Returns the calls that reached the sandbox, the oldest first; of more than 1,000, the last 1,000.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.calls.all()
    }

    /// Forgets the calls made so far.
    pub fn forget_calls(&self) {
        self.shared.calls.forget();
    }

    /// Returns how many connections have been made, to see whether a client keeps them.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::Relaxed)
    }

    /// Stops the sandbox: its port is closed, and so is every connection to it.
    pub async fn stop(mut self) {
        self.server.abort();
        // The only outcome is that it was cancelled.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// How a sandbox is to be started.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    port: u16,
    databases: Vec<String>,
    partners: usize,
    http_1_0: bool,
}

impl Builder {
    /// Sets the port. Defaults to any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Adds a database of this name. Defaults to one that is called `sandbox`.
    pub fn database(mut self, name: impl Into<String>) -> Self {
        self.databases.push(name.into());
        self
    }

    /// Adds this many generated partners, the same ones each time. Defaults to none.
    pub fn partners(mut self, count: usize) -> Self {
        self.partners = count;
        self
    }

    /// Closes the connection after each answer, as Odoo does without a proxy before it. Defaults to `false`.
    pub fn http_1_0(mut self, http_1_0: bool) -> Self {
        self.http_1_0 = http_1_0;
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    ///
    /// Fails if the port cannot be had.
    ///
    /// # Panics
    ///
    /// Panics outside of a Tokio runtime.
    pub async fn start(mut self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let server_url = ServerUrl::parse(&url).map_err(io::Error::other)?;
        if self.databases.is_empty() {
            self.databases.push("sandbox".to_owned());
        }
        let mut databases = BTreeMap::new();
        for name in &self.databases {
            let mut data = models::sample();
            models::add_partners(&mut data, self.partners);
            databases.insert(name.clone(), data);
        }
        let shared = Arc::new(Shared {
            service: Service::new(databases),
            calls: Calls::default(),
            troubles: Troubles::default(),
            connections: AtomicUsize::new(0),
            http_1_0: self.http_1_0,
        });
        let server = tokio::spawn(http::serve(listener, Arc::clone(&shared)));
        Ok(Sandbox {
            server_url,
            databases: self.databases,
            shared,
            server,
        })
    }
}
