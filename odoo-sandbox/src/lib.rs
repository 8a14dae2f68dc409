//! An in-memory Odoo on a loopback port, for tests and first steps.
//!
//! [`Sandbox::start`] gives an Odoo 19 with contacts, products and sales orders that any XML-RPC client can sign in
//! to. It starts in milliseconds, holds no state outside the process, and any number run side by side.

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
pub use sandbox::{Builder, Login, Sandbox};
pub use trouble::Trouble;
