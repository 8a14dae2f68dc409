//! What every worker shares.

use std::sync::Arc;

use odoo_keys::Keyring;
use odoo_pool::Pool;

use crate::config::Config;
use crate::hosts::Hosts;
use crate::start::{self, StartError};

/// The gateway's parts, built once from the configuration.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) keyring: Keyring,
    pub(crate) pool: Pool,
    pub(crate) rules: Rules,
    pub(crate) hosts: Hosts,
}

/// What a call is held to, whoever makes it.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// The most records that one call may ask for.
    pub(crate) max_limit: u32,
}

impl State {
    pub(crate) fn new(config: &Config) -> Result<Arc<State>, StartError> {
        let hosts = Hosts::new(&config.odoo_allowed_hosts);
        Ok(Arc::new(State {
            keyring: start::keyring(config)?,
            pool: start::pool(config, &hosts)?,
            rules: Rules {
                max_limit: config.max_limit.get(),
            },
            hosts,
        }))
    }
}
