//! [`ApiKey`]: what a caller presents.

use std::fmt;

/// An API key: the token, fresh from [`Keyring::seal`](crate::Keyring::seal).
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

impl ApiKey {
    pub(crate) fn new(token: String) -> Self {
        Self(token)
    }

    /// Returns the token itself, for handing it to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns the token itself.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}
