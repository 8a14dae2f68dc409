//! Why a key is refused, and how much of that is said.

/// An API key which does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The token is none, or was sealed by another encryption key. Which of
    /// these it is, nobody is told: it would help only who guesses.
    #[error("the API key is not valid here")]
    Invalid,
    /// The token opened, and its time is over.
    #[error("the API key has expired")]
    #[non_exhaustive]
    Expired {
        /// The second since 1970 at which it expired.
        at: u64,
    },
    /// The token opened, but does not hold credentials and a scope.
    #[error("the API key does not hold usable credentials")]
    Malformed(#[source] ClaimsError),
}

/// A JSON text which does not hold credentials and a scope.
///
/// The text names members, and never shows what they hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimsError {
    /// The text is not JSON, or not an object.
    #[error("the credentials are not a JSON object")]
    NotAnObject,
    /// A member is not there.
    #[error("the credentials lack `{0}`")]
    Missing(&'static str),
    /// A member is there and holds no text at all.
    #[error("`{0}` is empty in the credentials")]
    Empty(&'static str),
    /// A member is not a text, where one belongs.
    #[error("`{0}` is not a text in the credentials")]
    NotText(&'static str),
    /// A member is not a time, where one belongs.
    #[error("`{0}` is not a whole number of seconds since 1970 in the credentials")]
    NotTime(&'static str),
    /// A member is there twice.
    #[error("`{0}` is there twice in the credentials")]
    Repeated(&'static str),
    /// A member is none of those known, and might have meant a restriction.
    #[error(
        "the credentials have a member which is none of `url`, `database`, `username`, \
         `password`, `scope`, `iat` and `exp`"
    )]
    Unknown,
}

/// A list of encryption keys which cannot be used.
///
/// The text tells which key it is by its place, and shows nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyringError {
    /// Nothing stands where a key belongs.
    #[error("encryption key {0} is empty")]
    Empty(usize),
    /// What stands there is not a key.
    #[error("encryption key {0} is not 32 bytes in URL-safe base64")]
    Invalid(usize),
}
