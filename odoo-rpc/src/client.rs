//! The way in: a client for any number of servers and users.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use crate::credentials::{Credentials, ServerUrl};
use crate::error::{Error, LoginRefused};
use crate::session::{Session, exchange};
use crate::transport::{AddressPolicy, Repeat, Transport};

/// Speaks with Odoo servers. Cheap to clone; clones share their connections.
///
/// A client knows no user: [`login`](Self::login) makes the [`Session`] in which calls are made.
#[derive(Clone)]
pub struct Client {
    pub(crate) transport: Arc<Transport>,
}

/// What a server says of itself, without a login.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Version {
    /// The version in words, such as `19.0` or `saas~18.4+e`.
    pub server_version: String,
    /// The series, such as `19.0`.
    pub server_serie: String,
    /// The version of the protocol, 1 so far.
    pub protocol_version: i64,
}

impl Version {
    /// Returns the series' leading number, such as 19; 0 where there is none.
    pub fn major(&self) -> u32 {
        let digits = |c: char| c.is_ascii_digit();
        let series = self.server_serie.trim_start_matches(|c| !digits(c));
        series
            .split(|c| !digits(c))
            .next()
            .and_then(|major| major.parse().ok())
            .unwrap_or(0)
    }
}

impl Client {
    /// Makes a client with the defaults of [`Client::builder`].
    ///
    /// # Errors
    ///
    /// Fails when TLS cannot be set up.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts a client with limits of one's own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Asks a server which version it is. Needs no login.
    ///
    /// # Errors
    ///
    /// Fails when the server cannot be reached or is not Odoo.
    pub async fn version(&self, server: &ServerUrl) -> Result<Version, Error> {
        let endpoint = server.endpoint("common");
        exchange(self, server, &endpoint, "version", &[(); 0], Repeat::Once).await
    }

    /// Signs in.
    ///
    /// # Errors
    ///
    /// Fails with [`Error::LoginRefused`] for a wrong login or password, with a fault for an
    /// unknown database, and when the server cannot be reached or is not Odoo.
    pub async fn login(&self, credentials: &Credentials) -> Result<Session, Error> {
        #[derive(Deserialize)]
        struct Uid(#[serde(deserialize_with = "crate::optional")] Option<i64>);

        let server = credentials.url();
        let parameters = (
            credentials.database(),
            credentials.username(),
            credentials.password().reveal(),
            serde_json::Map::new(),
        );
        let endpoint = server.endpoint("common");
        let uid: Uid = exchange(
            self,
            server,
            &endpoint,
            "authenticate",
            &parameters,
            Repeat::Once,
        )
        .await?;
        match uid {
            Uid(Some(uid)) => Ok(Session::new(self.clone(), credentials.clone(), uid)),
            Uid(None) => Err(Error::LoginRefused(LoginRefused {
                host: server.host(),
                database: credentials.database().to_owned(),
            })),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

/// Makes a [`Client`].
pub struct ClientBuilder {
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) total_timeout: Duration,
    pub(crate) max_response_bytes: usize,
    pub(crate) user_agent: String,
    pub(crate) root_certificates: Vec<Vec<u8>>,
    pub(crate) address_policy: Option<AddressPolicy>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(90),
            total_timeout: Duration::from_secs(120),
            max_response_bytes: 64 << 20,
            user_agent: concat!("odoo-rpc/", env!("CARGO_PKG_VERSION")).to_owned(),
            root_certificates: Vec::new(),
            address_policy: None,
        }
    }
}

impl ClientBuilder {
    /// Sets how long connecting may take, TLS included. Defaults to 10 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long a server may stay silent. Defaults to 90 seconds.
    #[must_use]
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// Sets how long a call may take in all. Defaults to 120 seconds.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sets how large an answer may be, in bytes of XML. Defaults to 64 MiB.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Sets the user agent. Defaults to `odoo-rpc/` and the version.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Trusts one more root certificate, in DER. Defaults to Mozilla's list alone.
    #[must_use]
    pub fn root_certificate(mut self, der: Vec<u8>) -> Self {
        self.root_certificates.push(der);
        self
    }

    /// Trusts the root certificates of a PEM file's content. Defaults to Mozilla's list alone.
    ///
    /// # Errors
    ///
    /// Fails when the text holds no certificate or a broken one.
    pub fn root_certificates_pem(mut self, pem: &[u8]) -> Result<Self, BuildError> {
        use rustls::pki_types::CertificateDer;
        use rustls::pki_types::pem::PemObject as _;

        let before = self.root_certificates.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate
                .map_err(|error| BuildError::new("this is not a certificate in PEM", error))?;
            self.root_certificates.push(certificate.to_vec());
        }
        if self.root_certificates.len() == before {
            return Err(BuildError {
                what: "this PEM text holds no certificate",
                source: None,
            });
        }
        Ok(self)
    }

    /// Sets which addresses may be connected to. Defaults to all.
    ///
    /// `permits` is given the host as the URL names it and an address that it resolves to, just
    /// before connecting: a name cannot change its meaning between check and use.
    #[must_use]
    pub fn address_policy(
        mut self,
        permits: impl Fn(&str, IpAddr) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.address_policy = Some(Arc::new(permits));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// Fails when a root certificate cannot be used or the user agent is no header value.
    pub fn build(self) -> Result<Client, BuildError> {
        Ok(Client {
            transport: Arc::new(Transport::new(self)?),
        })
    }
}

/// A client that cannot be made.
#[derive(Debug)]
pub struct BuildError {
    what: &'static str,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl BuildError {
    pub(crate) fn new(
        what: &'static str,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        Self {
            what,
            source: Some(Box::new(source)),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
