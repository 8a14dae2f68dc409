//! From a configuration to the parts of the gateway.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use odoo_keys::{Keyring, KeyringError};
use odoo_pool::Pool;
use odoo_rpc::{BuildError, Client};

use crate::config::Config;
use crate::hosts::Hosts;

/// Why the gateway does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The encryption key is not one.
    #[error(
        "ENCRYPTION_KEY cannot be used; make a new key with `odoo-mcp-server generate-key`, or keep several \
         with commas between them"
    )]
    Keys(#[source] KeyringError),
    /// The file with further certificates cannot be read.
    #[error("ODOO_CA_FILE `{}` cannot be read", path.display())]
    #[non_exhaustive]
    Certificates {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
    /// The policy's file cannot be read.
    #[error("POLICY_FILE `{}` cannot be read: {source}", path.display())]
    #[non_exhaustive]
    PolicyFile {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: io::Error,
    },
    /// The policy is not one.
    #[error("POLICY_FILE `{}` is not a policy: {message}", path.display())]
    #[non_exhaustive]
    Policy {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        message: String,
    },
    /// The client for Odoo cannot be set up.
    #[error("the client for Odoo cannot be set up")]
    Client(#[source] BuildError),
    /// The address is not free.
    #[error("cannot listen on {address}")]
    #[non_exhaustive]
    Listen {
        /// Host and port.
        address: String,
        /// What went wrong.
        source: io::Error,
    },
    /// The credentials for standard input and output cannot be used.
    #[error("cannot serve on standard input and output: {0}")]
    Credentials(String),
    /// Standard input or output broke.
    #[error("standard input or output broke")]
    Stdio(#[source] io::Error),
}

pub(crate) fn keyring(config: &Config) -> Result<Keyring, StartError> {
    match &config.encryption_key {
        Some(keys) => Keyring::parse(keys.reveal()).map_err(StartError::Keys),
        None => {
            if !config.sandbox {
                log::warn!(
                    "ENCRYPTION_KEY is not set: API keys made now end with this process. \
                     Make a lasting key with `odoo-mcp-server generate-key`"
                );
            }
            Ok(Keyring::generate())
        }
    }
}

pub(crate) fn pool(config: &Config, hosts: &Hosts) -> Result<Pool, StartError> {
    let mut client = Client::builder()
        .connect_timeout(Duration::from_secs(config.odoo_connect_timeout_seconds))
        .read_timeout(Duration::from_secs(config.odoo_read_timeout_seconds))
        .total_timeout(Duration::from_secs(config.odoo_total_timeout_seconds))
        .max_response_bytes(config.max_response_bytes.get())
        .user_agent(concat!("odoo-mcp-server/", env!("CARGO_PKG_VERSION")))
        .address_policy({
            let hosts = hosts.clone();
            move |host, address| hosts.permits(host, address)
        });
    if let Some(path) = &config.odoo_ca_file {
        let pem = std::fs::read(path).map_err(|source| StartError::Certificates {
            path: path.clone(),
            source,
        })?;
        client = client
            .root_certificates_pem(&pem)
            .map_err(StartError::Client)?;
    }
    let client = client.build().map_err(StartError::Client)?;
    Ok(Pool::new(client, config.pool()))
}
