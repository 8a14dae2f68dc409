//! A client for Odoo's external API over XML-RPC.

mod fault;
pub mod xml;

pub use self::fault::{Fault, FaultKind};
