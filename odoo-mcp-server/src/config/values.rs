//! The kinds of values that options take.

use std::fmt;

use clap::ValueEnum;

/// How much to log, in the words of the Python project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub enum LogLevel {
    /// Also what passes between the gateway and Odoo, without the records.
    Debug,
    /// One line a call.
    Info,
    /// What an operator should look at.
    #[value(alias = "WARN")]
    Warning,
    /// What failed through a fault of the gateway.
    Error,
    /// As `ERROR`.
    Critical,
}

/// With which HTTP codes failed tool calls are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ErrorCodes {
    /// A code that says what failed.
    Real,
    /// 200 whatever happens.
    #[value(name = "always-200")]
    Always200,
}

/// What is answered of records that a key may not read, but that others point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RelatedNames {
    /// Id and display name, as Odoo does.
    Show,
    /// The id alone.
    Withhold,
}

/// A value that is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Returns the value.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        Secret(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
