//! A pool of signed-in Odoo sessions: bounded, expiring, one login at a time.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use odoo_pool::{Config, Pool};
//! use odoo_rpc::{Client, Credentials, Domain, Password, ServerUrl};
//!
//! let pool = Pool::new(Client::new()?, Config::default());
//! let url = ServerUrl::parse("https://company.odoo.com")?;
//! let credentials = Credentials::new(url, "company", "api_user", Password::new("secret"));
//!
//! let session = pool.session(&credentials).await?; // signs in
//! let session = pool.session(&credentials).await?; // does not
//! let partners = session.model("res.partner").search_count(&Domain::all()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! - A session is kept under the **whole** of its credentials, the password among them, compared in full:
//!   nobody gets in on another's login.
//! - A hit takes a read lock and no more. The table holds [`Config::capacity`] sessions, each for
//!   [`Config::ttl`]; the one used longest ago makes room.
//! - One login a credential is in flight, however many calls wait for it. A failed one is told to all who
//!   waited, and not remembered.
//! - [`Config::calls_per_database`] calls are in flight to one database; the others wait in order. One slow
//!   Odoo never takes the place of another.
//!
//! [`Cache`] is what the sessions are kept in, for other things that are dear to fetch.

mod cache;
mod config;
mod error;
mod flights;
mod lane;
mod pool;
mod stats;
mod table;

pub use cache::Cache;
pub use config::Config;
pub use error::{Busy, Error};
pub use pool::{Lease, Pool};
pub use stats::Stats;
