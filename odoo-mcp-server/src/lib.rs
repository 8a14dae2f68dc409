//! A gateway between Odoo databases and their users: REST and MCP, with scoped keys.
//!
//! The binary is the product; this library is what its tests and examples start in-process:
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use odoo_mcp_server::{Config, Gateway};
//!
//! let config = Config::from_args(["odoo-mcp-server", "--port", "0"])?;
//! let gateway = Gateway::bind(&config)?;
//! println!("listening on {}", gateway.url());
//! gateway.run().await?;
//! # Ok(())
//! # }
//! ```
//!
//! A request becomes a caller, a caller makes a call, a call has one path:
//! both doors, REST and MCP, end in the same function, and neither knows the other.

mod app;
mod call;
mod caller;
mod config;
mod cors;
mod error;
mod explain;
mod failure;
mod hosts;
pub mod mcp;
mod openapi;
mod policy;
mod reach;
pub mod reference;
mod rest;
mod schemas;
mod start;
mod state;
mod tools;
mod view;
mod whoami;

pub use app::{Gateway, PolicyFile, Stopper, explain, serve_stdio};
pub use config::{
    Command, Config, ErrorCodes, LogLevel, RelatedNames, ScopeCommand, Secret, Stdio,
};
pub use start::StartError;
