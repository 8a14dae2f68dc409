//! Who signs in, and where.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use url::{Host, Url};

/// The address of an Odoo server, normalised: two spellings of one address are equal.
///
/// The scheme and the host are in lower case, the scheme's own port and a closing slash are gone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServerUrl(Url);

/// A text that is not the address of an Odoo server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidUrl(&'static str);

impl ServerUrl {
    /// Reads an address such as `https://company.odoo.com`.
    ///
    /// # Examples
    ///
    /// ```
    /// use odoo_rpc::ServerUrl;
    ///
    /// let url = ServerUrl::parse("HTTPS://Company.odoo.com:443/")?;
    /// assert_eq!(url.as_str(), "https://company.odoo.com");
    /// # Ok::<(), odoo_rpc::InvalidUrl>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails when the text has no `http://` or `https://`, no host, a user name or password, a
    /// query or a fragment.
    pub fn parse(text: &str) -> Result<Self, InvalidUrl> {
        let text = text.trim();
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        if !lower.starts_with("http://") && !lower.starts_with("https://") {
            return Err(InvalidUrl(
                "write the URL with http:// or https:// in front",
            ));
        }
        let mut url = Url::parse(text).map_err(|_| InvalidUrl("this is not a URL"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidUrl("leave user name and password out of the URL"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidUrl(
                "leave `?` and `#` and what follows them out of the URL",
            ));
        }
        let host = url
            .host_str()
            .unwrap_or_default()
            .trim_end_matches('.')
            .to_owned();
        if host.is_empty() || url.set_host(Some(&host)).is_err() {
            return Err(InvalidUrl("the URL names no host"));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Returns the address without a closing slash.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Returns the host, with the port where it is not the scheme's own.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Returns the host's address, where the URL names one instead of a name.
    pub(crate) fn ip(&self) -> Option<IpAddr> {
        match self.0.host()? {
            Host::Ipv4(ip) => Some(IpAddr::V4(ip)),
            Host::Ipv6(ip) => Some(IpAddr::V6(ip)),
            Host::Domain(_) => None,
        }
    }

    /// Returns the URL of one of the server's XML-RPC services.
    pub(crate) fn endpoint(&self, service: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!(
            "{}/xmlrpc/2/{service}",
            self.0.path().trim_end_matches('/')
        ));
        url
    }
}

impl FromStr for ServerUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        Self::parse(text)
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// A password, or an Odoo API key in its place. It cannot be printed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Password(String);

impl Password {
    /// Takes a password.
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    /// Returns the password as it is, for sending alone.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Everything that signing in takes. Equal only when all of it is, the password included.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Credentials {
    url: ServerUrl,
    database: String,
    username: String,
    password: Password,
}

impl Credentials {
    /// Takes the server, its database, and a user's login and password.
    pub fn new(
        url: ServerUrl,
        database: impl Into<String>,
        username: impl Into<String>,
        password: Password,
    ) -> Self {
        Self {
            url,
            database: database.into(),
            username: username.into(),
            password,
        }
    }

    /// Returns the server.
    pub fn url(&self) -> &ServerUrl {
        &self.url
    }

    /// Returns the database's name.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// Returns the user's login.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// Returns the password.
    pub fn password(&self) -> &Password {
        &self.password
    }
}
