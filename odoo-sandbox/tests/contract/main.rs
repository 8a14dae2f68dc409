//! What odoo-rpc and the sandbox promise about Odoo, asked of an Odoo.
//!
//! Without `ODOO_URL` the suite runs against the sandbox; with `ODOO_URL`, `ODOO_DB`, `ODOO_USERNAME` and
//! `ODOO_PASSWORD` against that server, whose sample data must be loaded and which must have a user `demo` with the
//! password `demo`. The assertions are the same; where the series differ, the assertion says how. Each test makes
//! its own records and removes them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod access;
mod arguments;
mod commands;
mod creating;
mod deleting;
mod domains;
mod fields;
mod methods;
mod names;
mod orders;
mod reading;
mod relations;
mod searching;
mod sign_in;
mod target;
mod values;
mod writing;
