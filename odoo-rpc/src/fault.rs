//! What Odoo answers when it does not do what it was asked.

use std::fmt;

use serde::Deserialize;

/// A fault that Odoo answered.
///
/// [`summary`](Self::summary) is one line that may be shown to whoever made the call;
/// [`text`](Self::text) can hold the server's traceback and belongs into a log at most.
#[derive(Clone, Deserialize)]
pub struct Fault {
    #[serde(rename = "faultCode", deserialize_with = "code")]
    code: Code,
    #[serde(rename = "faultString")]
    text: String,
}

/// `/xmlrpc/2/` answers numbers, the older `/xmlrpc/` words.
#[derive(Clone, Debug, PartialEq)]
enum Code {
    Number(i64),
    Word(String),
}

/// What kind of refusal a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// Any error of the server's own code, such as a wrong keyword argument (code 1).
    Server,
    /// The database does not exist on this server (code 1, told by its text).
    UnknownDatabase,
    /// A rule of the application: validation, a missing record, an unknown model (code 2).
    User,
    /// Wrong login or password (code 3).
    AccessDenied,
    /// The user's own rights in Odoo do not suffice (code 4).
    AccessError,
}

/// The longest summary, in characters.
const MAX_SUMMARY: usize = 500;

const MARSHALLED_NONE: &str = "TypeError: cannot marshal None unless allow_none is enabled";

/// How PostgreSQL's complaint about an unknown database starts.
const DATABASE: &str = "database \"";

impl Fault {
    /// Returns the numeric code; 0 where the server answered a word.
    pub fn code(&self) -> i64 {
        match self.code {
            Code::Number(code) => code,
            Code::Word(_) => 0,
        }
    }

    /// Returns the kind, by code and text.
    pub fn kind(&self) -> FaultKind {
        match &self.code {
            Code::Number(2) => FaultKind::User,
            Code::Number(3) => FaultKind::AccessDenied,
            Code::Number(4) => FaultKind::AccessError,
            Code::Word(word) if word.starts_with("warning -- ") => FaultKind::User,
            Code::Word(word) if word == "AccessDenied" => FaultKind::AccessDenied,
            Code::Word(word) if word == "AccessError" => FaultKind::AccessError,
            _ if self.names_unknown_database() => FaultKind::UnknownDatabase,
            _ => FaultKind::Server,
        }
    }

    /// Returns the whole text, which for [`FaultKind::Server`] is the server's traceback.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what went wrong on one line, without the server's traceback.
    pub fn summary(&self) -> String {
        let line = match self.kind() {
            FaultKind::Server => last_line(&self.text).to_owned(),
            // What stands before it says how Odoo reaches its PostgreSQL.
            FaultKind::UnknownDatabase => {
                let line = last_line(&self.text);
                line.rfind(DATABASE)
                    .and_then(|start| line.get(start..))
                    .unwrap_or(line)
                    .to_owned()
            }
            _ if self.text.contains("Traceback (most recent call last)") => {
                last_line(&self.text).to_owned()
            }
            _ => self.text.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        match line.char_indices().nth(MAX_SUMMARY) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
            None if line.is_empty() => "no reason given".to_owned(),
            None => line,
        }
    }

    /// Returns whether the method did its work and returned Python's `None`, which Odoo's
    /// marshaller cannot write: a success with a null result.
    pub(crate) fn is_marshalled_none(&self) -> bool {
        self.code == Code::Number(1) && last_line(&self.text) == MARSHALLED_NONE
    }

    /// Returns whether the method did its work, and its result has no XML-RPC form.
    pub(crate) fn is_marshalling(&self) -> bool {
        self.code == Code::Number(1) && last_line(&self.text).contains("cannot marshal ")
    }

    fn names_unknown_database(&self) -> bool {
        let line = last_line(&self.text);
        line.contains(DATABASE) && line.ends_with("\" does not exist")
    }
}

/// Returns the last line with something on it; of a traceback, that is the exception.
fn last_line(text: &str) -> &str {
    text.lines()
        .map(str::trim)
        .rfind(|line| !line.is_empty())
        .unwrap_or_default()
}

fn code<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
    struct Visitor;

    impl serde::de::Visitor<'_> for Visitor {
        type Value = Code;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a fault code")
        }

        fn visit_i64<E>(self, code: i64) -> Result<Code, E> {
            Ok(Code::Number(code))
        }

        fn visit_str<E>(self, word: &str) -> Result<Code, E> {
            Ok(word
                .trim()
                .parse()
                .map_or_else(|_| Code::Word(word.to_owned()), Code::Number))
        }
    }

    deserializer.deserialize_any(Visitor)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.summary())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("code", &self.code)
            .field("summary", &self.summary())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Fault {}
