//! The one table of failures: what a caller reads, and under which word and HTTP code.

use std::error::Error as StdError;
use std::sync::Arc;

/// Why a request failed, in words for the caller, with the cause kept for the log.
#[derive(Debug, Clone)]
pub(crate) struct Error {
    status: Status,
    message: String,
    cause: Option<Cause>,
}

type Cause = Arc<dyn StdError + Send + Sync>;

/// The kinds of failure. Several share a word, and differ in their HTTP code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    AuthFailed,
    ScopeInvalid,
    InvalidRequest,
    NoSuchPath,
    WrongMethod,
    TooLarge,
    ToolNotFound,
    PermissionDenied,
    ConnectionFailed,
    Busy,
    TimedOut,
    OdooError,
    ExecutionError,
}

/// How a failure reaches an MCP client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OverMcp {
    /// Refused with the HTTP code, before MCP sees the request.
    AtTheDoor,
    /// A tool result with `isError`, whose text is the message.
    ToolError,
    /// JSON-RPC error −32602.
    InvalidParams,
    /// JSON-RPC error −32603.
    InternalError,
}

/// One row of the table.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) status: Status,
    /// The `status` of the error body.
    pub(crate) word: &'static str,
    pub(crate) http: u16,
    pub(crate) over_mcp: OverMcp,
    /// When it happens.
    pub(crate) when: &'static str,
    /// What the caller is told.
    pub(crate) says: &'static str,
}

/// Every failure there is, in the order of [`Status`].
pub(crate) static TABLE: [Row; 13] = [
    Row {
        status: Status::AuthFailed,
        word: "auth_failed",
        http: 401,
        over_mcp: OverMcp::AtTheDoor,
        when: "No credentials, a key that does not open or has expired, or Odoo refuses the user name or password.",
        says: "Which header was looked at; never why a key does not open.",
    },
    Row {
        status: Status::ScopeInvalid,
        word: "scope_invalid",
        http: 400,
        over_mcp: OverMcp::AtTheDoor,
        when: "The scope does not follow the grammar.",
        says: "Where in the text, and what.",
    },
    Row {
        status: Status::InvalidRequest,
        word: "invalid_request",
        http: 400,
        over_mcp: OverMcp::ToolError,
        when: "The body is not JSON, an argument is missing, misspelt or of the wrong kind.",
        says: "The path of the bad argument, and near names.",
    },
    Row {
        status: Status::NoSuchPath,
        word: "invalid_request",
        http: 404,
        over_mcp: OverMcp::AtTheDoor,
        when: "No such path.",
        says: "The paths that exist.",
    },
    Row {
        status: Status::WrongMethod,
        word: "invalid_request",
        http: 405,
        over_mcp: OverMcp::AtTheDoor,
        when: "The path does not take this HTTP method.",
        says: "The method that it takes.",
    },
    Row {
        status: Status::TooLarge,
        word: "invalid_request",
        http: 413,
        over_mcp: OverMcp::AtTheDoor,
        when: "The request body is larger than `MAX_REQUEST_BYTES`.",
        says: "The limit.",
    },
    Row {
        status: Status::ToolNotFound,
        word: "tool_not_found",
        http: 404,
        over_mcp: OverMcp::InvalidParams,
        when: "No tool has this name.",
        says: "The names that exist.",
    },
    Row {
        status: Status::PermissionDenied,
        word: "permission_denied",
        http: 403,
        over_mcp: OverMcp::ToolError,
        when: "The scope does not grant the call. Odoo was not asked.",
        says: "The model and the missing letter.",
    },
    Row {
        status: Status::ConnectionFailed,
        word: "connection_failed",
        http: 502,
        over_mcp: OverMcp::ToolError,
        when: "Odoo cannot be reached, or what answers is not Odoo.",
        says: "The host and what went wrong; after a write, whether Odoo may have done it.",
    },
    Row {
        status: Status::Busy,
        word: "connection_failed",
        http: 503,
        over_mcp: OverMcp::ToolError,
        when: "Too many calls to this database are waiting already (`MAX_CALLS_PER_DATABASE`). Odoo was not asked.",
        says: "To send fewer at a time, or later.",
    },
    Row {
        status: Status::TimedOut,
        word: "connection_failed",
        http: 504,
        over_mcp: OverMcp::ToolError,
        when: "Odoo did not answer in time.",
        says: "The host; after a write, that Odoo may have done it.",
    },
    Row {
        status: Status::OdooError,
        word: "odoo_error",
        http: 422,
        over_mcp: OverMcp::ToolError,
        when: "Odoo refused the call: its own access rules, a validation, an unknown model or field.",
        says: "Odoo's sentence, without the traceback.",
    },
    Row {
        status: Status::ExecutionError,
        word: "execution_error",
        http: 500,
        over_mcp: OverMcp::InternalError,
        when: "A fault of the gateway itself.",
        says: "\"internal error\"; the log has the rest.",
    },
];

impl Status {
    pub(crate) fn row(self) -> &'static Row {
        #[expect(
            clippy::indexing_slicing,
            reason = "the table has a row for each status, in order; a test holds it"
        )]
        &TABLE[self as usize]
    }

    pub(crate) fn word(self) -> &'static str {
        self.row().word
    }

    pub(crate) fn http(self) -> u16 {
        self.row().http
    }

    pub(crate) fn over_mcp(self) -> OverMcp {
        self.row().over_mcp
    }
}

impl Error {
    pub(crate) fn new(status: Status, message: impl Into<String>) -> Error {
        Error {
            status,
            message: message.into(),
            cause: None,
        }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Error {
        Error::new(Status::InvalidRequest, message)
    }

    /// A fault of our own: the caller learns nothing but that, the log gets the cause.
    pub(crate) fn internal(cause: impl StdError + Send + Sync + 'static) -> Error {
        Error::new(Status::ExecutionError, "internal error").because(Arc::new(cause))
    }

    /// Adds a clause to the message.
    pub(crate) fn and(mut self, clause: &str) -> Error {
        self.message.push_str("; ");
        self.message.push_str(clause);
        self
    }

    pub(crate) fn because(mut self, cause: Cause) -> Error {
        self.cause = Some(cause);
        self
    }

    pub(crate) fn status(&self) -> Status {
        self.status
    }

    /// What the caller reads: one line, free of secrets.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// What only the log reads: the chain of causes on one line.
    pub(crate) fn causes(&self) -> Option<String> {
        let mut cause: &dyn StdError = self.cause.as_deref()?;
        let mut text = cause.to_string();
        while let Some(next) = cause.source() {
            text.push_str(": ");
            text.push_str(&next.to_string());
            cause = next;
        }
        Some(text)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Some(cause) => Some(&**cause),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_finds_its_own_row() {
        for (position, row) in TABLE.iter().enumerate() {
            assert_eq!(row.status as usize, position, "{:?}", row.status);
        }
    }
}
