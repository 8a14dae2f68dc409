//! The gateway over real HTTP, before an Odoo in memory.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail as tests do"
)]

mod arguments;
mod binary;
mod errors;
mod keys;
mod mcp;
mod mcp_client;
mod mcp_door;
mod parity;
mod promises;
mod stop;
mod support;
mod surface;
mod tools;
mod trouble;
