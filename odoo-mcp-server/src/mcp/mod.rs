//! MCP over HTTP and over standard input and output, on rmcp.

mod bridge;
mod sessions;

pub use self::bridge::{Bridge, Door, Settings};
pub use self::sessions::SessionLimits;
