//! Scopes: which Odoo models a key may read, write and delete.
//!
//! ```
//! use odoo_scope::{Permission, Scope};
//!
//! let scope = Scope::parse("res.partner(-credit_limit):RW, sale.*:R, *:")?;
//!
//! assert!(scope.allows("sale.order.line", Permission::Read));
//! assert!(!scope.fields("res.partner").permits("credit_limit"));
//!
//! let denied = scope.check("sale.order", Permission::Write).unwrap_err();
//! assert_eq!(
//!     denied.to_string(),
//!     "the key may not write `sale.order` (needs W; it has R)",
//! );
//!
//! let error = Scope::parse("res.partner:read").unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "column 14: `read` is not made of R, W and D: use these letters, and `,` between entries",
//! );
//! # Ok::<(), odoo_scope::ScopeError>(())
//! ```
//!
//! The start is [`Scope::parse`]; what a scope allows is asked with
//! [`Scope::allows`], [`Scope::check`] and [`Scope::fields`].
//! A call reaches more models than the one it names: [`footprint`] finds them,
//! and [`Scope::verdict`] checks them, together with the operator's [`policy`].
//! The grammar follows.
//!
#![doc = include_str!("../grammar.md")]

mod display;
mod error;
mod fields;
pub mod footprint;
mod grant;
mod parse;
mod permission;
pub mod policy;
mod scope;
mod verdict;

pub use error::{Denied, ScopeError, ScopeErrorKind};
pub use fields::{FieldNames, FieldRule};
pub use grant::{Grant, Target, is_model_name};
pub use permission::{Permission, Permissions};
pub use scope::Scope;
pub use verdict::{Because, Refused};

/// The most bytes which a scope's text may have.
pub const MAX_LENGTH: usize = 16 * 1024;

/// The most entries which a scope may have.
pub const MAX_ENTRIES: usize = 512;
