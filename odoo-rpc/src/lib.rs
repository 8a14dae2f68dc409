//! A client for Odoo's external API: signs in, and reads and writes records as that user.
//!
//! ```no_run
//! use odoo_rpc::{Client, Credentials, Domain, Operator, Page, Password, ServerUrl};
//!
//! #[derive(serde::Deserialize)]
//! struct Partner {
//!     id: i64,
//!     name: String,
//!     #[serde(deserialize_with = "odoo_rpc::optional")] // Odoo writes "no value" as false
//!     email: Option<String>,
//! }
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let url = ServerUrl::parse("https://company.odoo.com")?;
//! let password = Password::new(std::env::var("ODOO_PASSWORD")?);
//! let session =
//!     Client::new()?.login(&Credentials::new(url, "company", "api_user", password)).await?;
//!
//! let partners = session.model("res.partner");
//! let companies = Domain::field("is_company", Operator::Equal, true);
//! let page = Page::all().limit(10).order("name");
//! let found: Vec<Partner> =
//!     partners.search_read(&companies, &["name", "email"], &page).await?;
//! for Partner { id, name, email } in found {
//!     println!("{id} {name} {}", email.unwrap_or_default());
//! }
//!
//! let id = partners.create(&serde_json::json!({"name": "Azure Interior"})).await?;
//! partners.write(&[id], &serde_json::json!({"email": "azure@example.com"})).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # The types that matter
//!
//! - [`Client`] holds connections, timeouts and limits, and knows no user; one serves a program.
//! - [`Credentials`] name a server, a database and a user; [`Client::login`] makes a [`Session`].
//! - [`Model`] is the door to records: [`search`](Model::search), [`read`](Model::read),
//!   [`search_read`](Model::search_read), [`create`](Model::create), [`write`](Model::write),
//!   [`unlink`](Model::unlink), and [`call`](Model::call) for any other method.
//! - [`Domain`] is a search condition, built in code or read from JSON.
//! - Answers are read as any type of serde's. [`Rows`] and [`Json`] are JSON text, made from Odoo's
//!   XML in one pass. [`optional`] and [`Many2one`] know Odoo's habits.
//! - [`Error`] tells what failed, and [`Error::outcome`] whether a write can have been done. Nothing
//!   that may change something is ever sent twice.
//! - [`xml`] is the codec, for other XML-RPC servers and for tests.
//!
//! # Which servers
//!
//! Odoo 14 to 19, by XML-RPC (`/xmlrpc/2/common` and `/xmlrpc/2/object`), over HTTP or HTTPS. TLS is
//! rustls with ring and Mozilla's root certificates; more are added with
//! [`ClientBuilder::root_certificates_pem`]. A runtime of tokio has to be running.

mod client;
mod credentials;
mod domain;
mod error;
mod fault;
mod json;
mod model;
mod session;
mod transport;
mod value;
pub mod xml;

pub use self::client::{BuildError, Client, ClientBuilder, Version};
pub use self::credentials::{Credentials, InvalidUrl, Password, ServerUrl};
pub use self::domain::{Condition, Domain, InvalidDomain, Operand, Operator, Term};
pub use self::error::{
    Broken, ConnectError, ConnectErrorKind, Error, HttpError, LoginRefused, Outcome, Redirect,
    ResponseErrorKind, ResponseUnreadable, TimedOut,
};
pub use self::fault::{Fault, FaultKind};
pub use self::json::{Json, Rows};
pub use self::model::{ALL, Model, Page};
pub use self::session::Session;
pub use self::value::{Many2one, optional};
