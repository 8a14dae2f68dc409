//! What every worker shares.

use std::sync::Arc;

use odoo_keys::Keyring;
use odoo_pool::Pool;

use crate::caller::KnownKeys;
use crate::config::{Config, RelatedNames};
use crate::hosts::Hosts;
use crate::policy::CurrentPolicy;
use crate::schemas::Schemas;
use crate::start::{self, StartError};

/// The gateway's parts, built once from the configuration.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) keyring: Keyring,
    pub(crate) known_keys: KnownKeys,
    pub(crate) pool: Pool,
    pub(crate) rules: Rules,
    pub(crate) hosts: Hosts,
    pub(crate) policy: CurrentPolicy,
    pub(crate) schemas: Schemas,
}

/// What a call is held to, whoever makes it.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// The most records that one call may ask for.
    pub(crate) max_limit: u32,
    /// Whether the display names of records that the key may not read are left out.
    pub(crate) withhold_names: bool,
}

impl State {
    pub(crate) fn new(config: &Config) -> Result<Arc<State>, StartError> {
        let hosts = Hosts::new(&config.odoo_allowed_hosts);
        Ok(Arc::new(State {
            keyring: start::keyring(config)?,
            known_keys: KnownKeys::new(config.pool_capacity),
            pool: start::pool(config, &hosts)?,
            rules: Rules {
                max_limit: config.max_limit.get(),
                withhold_names: config.related_names == RelatedNames::Withhold,
            },
            hosts,
            policy: CurrentPolicy::load(config.policy_file.as_deref())?,
            schemas: Schemas::new(config.schema_capacity, config.schema_ttl()),
        }))
    }
}
