//! API keys that carry sealed Odoo credentials and a scope.
//!
//! A key is a Fernet token of a JSON object with `url`, `database`, `username`,
//! `password` and `scope`, and optionally `iat` and `exp`.
//! Nothing is stored: whoever holds the encryption key can open every API key,
//! and Python's `cryptography` opens and makes the same ones.
//!
//! ```
//! use std::time::SystemTime;
//! use odoo_keys::{Claims, Keyring, Password};
//!
//! // From the configuration: the first key seals, all of them open.
//! let keyring = Keyring::parse(&odoo_keys::generate_key())?;
//!
//! let api_key = keyring.seal(&Claims {
//!     url: "https://company.odoo.com".into(),
//!     database: "company".into(),
//!     username: "api".into(),
//!     password: Password::new("secret"),
//!     scope: "res.partner:RW".into(),
//!     iat: None,
//!     exp: None,
//! });
//!
//! let claims = keyring.open(api_key.reveal(), SystemTime::now())?;
//! assert_eq!(claims.scope, "res.partner:RW");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Passwords, API keys and keyrings show nothing of themselves in `Debug`, and
//! have neither `Display` nor `Serialize`.

mod api_key;
mod base64;
mod claims;
mod error;
mod keyring;
mod password;

pub use api_key::ApiKey;
pub use claims::Claims;
pub use error::{ClaimsError, KeyringError, OpenError};
pub use keyring::{Keyring, MAX_TOKEN_LENGTH, generate_key};
pub use password::Password;
