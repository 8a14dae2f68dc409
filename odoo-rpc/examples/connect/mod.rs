//! Where the examples run: the Odoo of the environment, or else the sandbox.

use std::env;

use odoo_rpc::{Credentials, Password, ServerUrl};
use odoo_sandbox::Sandbox;

/// Credentials, and the sandbox that they belong to, which stops when this is dropped.
pub(crate) struct Target {
    pub(crate) credentials: Credentials,
    _sandbox: Option<Sandbox>,
}

/// Reads the environment.
pub(crate) async fn target() -> Result<Target, Box<dyn std::error::Error>> {
    if let Ok(url) = env::var("ODOO_URL") {
        let credentials = Credentials::new(
            ServerUrl::parse(&url)?,
            env::var("ODOO_DB")?,
            env::var("ODOO_USERNAME")?,
            Password::new(env::var("ODOO_PASSWORD")?),
        );
        return Ok(Target {
            credentials,
            _sandbox: None,
        });
    }
    let sandbox = Sandbox::start().await?;
    let credentials = sandbox.admin();
    Ok(Target {
        credentials,
        _sandbox: Some(sandbox),
    })
}
