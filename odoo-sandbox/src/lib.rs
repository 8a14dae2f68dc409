//! An in-memory Odoo on a loopback port, to test your own program against and to take first steps with.
//!
//! ```
//! use odoo_rpc::{Client, Domain, Operator, Outcome, Page};
//! use odoo_sandbox::{Sandbox, Trouble};
//! use serde_json::{Value, json};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::start().await?;
//! let session = Client::new()?.login(&sandbox.admin()).await?;
//! let partners = session.model("res.partner");
//!
//! // It holds contacts, products and sales orders, and answers as Odoo does.
//! let belgian = Domain::field("country_id.code", Operator::Equal, "BE");
//! let found: Vec<Value> =
//!     partners.search_read(&belgian, &["name", "country_id"], &Page::all().limit(1)).await?;
//! assert_eq!(found, [json!({"id": 14, "name": "Ready Mat", "country_id": [20, "Belgium"]})]);
//!
//! // What your program does when an answer is lost is a test of three lines.
//! sandbox.trouble(Trouble::disconnect().on("create").after_the_work());
//! let error = partners.create(&json!({"name": "Azure Interior"})).await.unwrap_err();
//! assert_eq!(error.outcome(), Outcome::Unknown);
//!
//! // So is whether it sent the call again.
//! let creates = sandbox.calls().into_iter().filter(|call| call.method() == "create");
//! assert_eq!(creates.count(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! Any program that speaks Odoo's XML-RPC can use it, in any language: `cargo run --example serve -- 8069` serves
//! one on port 8069, and prints the database and a login.
//!
//! # What it is
//!
//! - An Odoo 19, over HTTP at `/xmlrpc/2/common` and `/xmlrpc/2/object`. It starts in milliseconds on a free port of
//!   the loopback address, keeps nothing outside the process, and any number run side by side, one for each test.
//! - Models: `res.partner` and its tags, countries, states, currencies, languages, companies, users and groups,
//!   `product.product` and `product.template` with categories and units, `sale.order` and its lines, `ir.model`,
//!   `ir.config_parameter`. Fields are typed, related, inherited and computed as Odoo's are.
//! - Methods: `search`, `search_count`, `search_read`, `read`, `fields_get`, `default_get`, `name_search`,
//!   `name_create`, `create`, `write`, `unlink`, `copy`, `has_access`, `check_access_rights`, `action_archive`,
//!   `action_unarchive`, `context_get` of users, and the buttons of an order (`action_confirm`, `action_lock`, …).
//! - Domains with every operator, dotted paths, `any` and `child_of`; relational commands to any depth; `default_…`
//!   and `active_test` in the context; access rights and a record rule for the ordinary user,
//!   [`demo`](Sandbox::demo).
//! - Faults with Odoo's codes and words. A failing call changes nothing.
//!
//! One suite of tests, `tests/contract`, holds all of this to real Odoo servers: it runs against the sandbox, or
//! against the server that `ODOO_URL` names.
//!
//! # What it is not
//!
//! It has no taxes, stock, mail, views or other models, one language, and no JSON-RPC. Texts sort by their
//! characters with case folded, not by a locale.
//!
//! # Testing with it
//!
//! - [`Sandbox::trouble`] makes a call go wrong: late, never, cut off, a proxy's page, a huge answer. See [`Trouble`].
//! - [`Sandbox::calls`] tells what reached it, and [`Sandbox::connections`] whether connections were kept.
//! - [`Builder::partners`] adds thousands of records, [`Builder::database`] more databases, and
//!   [`Builder::http_1_0`] closes connections as Odoo's development server does.

mod calls;
mod clock;
mod fault;
mod http;
mod models;
mod orm;
mod sandbox;
mod service;
mod trouble;

pub use calls::Call;
pub use sandbox::{Builder, Sandbox};
pub use trouble::Trouble;
