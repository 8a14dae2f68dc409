//! The type of XML-RPC that no type of serde stands for.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

/// A date and time, written as `dateTime.iso8601`.
///
/// Odoo writes and reads dates as plain strings (`2026-11-22 07:54:34`); this type is for other
/// XML-RPC servers. It reads from any string.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DateTime(String);

/// A text that is no `dateTime.iso8601`.
#[derive(Debug, thiserror::Error)]
#[error("a dateTime.iso8601 is written like `20261122T07:54:34`")]
pub struct InvalidDateTime(());

impl DateTime {
    /// Takes a date as XML-RPC writes it, such as `20261122T07:54:34`.
    ///
    /// # Errors
    ///
    /// Fails when `text` holds other characters than digits, `T`, `Z`, `:`, `-`, `+` and `.`.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidDateTime> {
        let text = text.into();
        let allowed = |byte: u8| byte.is_ascii_digit() || b"TZ:-+.".contains(&byte);
        if !text.is_empty() && text.bytes().all(allowed) {
            Ok(Self(text))
        } else {
            Err(InvalidDateTime(()))
        }
    }

    /// Returns the date as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(super::ser::DATE_TIME, &self.0)
    }
}
