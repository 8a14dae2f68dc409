//! The sandbox through its public door: what it can do that a real Odoo cannot.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod http;
mod sample;
mod sandboxes;
mod trouble;

use odoo_rpc::{Client, Session};
use odoo_sandbox::Sandbox;

/// Starts a sandbox and signs in as its administrator.
async fn signed_in() -> (Sandbox, Session) {
    let sandbox = Sandbox::start().await.unwrap();
    let session = Client::new()
        .unwrap()
        .login(&sandbox.admin())
        .await
        .unwrap();
    sandbox.forget_calls();
    (sandbox, session)
}
