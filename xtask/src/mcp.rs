//! `cargo xtask mcp`

mod clients;
mod conformance;
mod gateway;
mod packages;

use anyhow::Result;
use clap::Subcommand;

/// Holds the gateway's MCP to the official test suite and to real clients.
///
/// The suite and the clients are installed into the target folder, from npm and PyPI; Node 22 comes along where the
/// installed one is older.
#[derive(clap::Args)]
pub(crate) struct Mcp {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// The official conformance suite: all of it against our bridge, what needs no fixtures against the gateway.
    Conformance,
    /// The Inspector and the Python and TypeScript SDKs against the gateway with its sandbox.
    Clients,
}

impl Mcp {
    pub(crate) fn run(self) -> Result<()> {
        match self.what {
            Some(What::Conformance) => conformance::run(),
            Some(What::Clients) => clients::run(),
            None => conformance::run().and_then(|()| clients::run()),
        }
    }
}
