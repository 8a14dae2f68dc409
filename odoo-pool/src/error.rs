use std::sync::Arc;
use std::time::Duration;

/// Why the pool gave no session.
///
/// Cheap to clone: all who waited for one login are told the same.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The login failed. It is not remembered: the next call tries again.
    #[error("cannot sign in")]
    Login(#[source] Arc<odoo_rpc::Error>),
    /// The database has more calls than it may; Odoo was not asked.
    #[error(transparent)]
    Busy(#[from] Busy),
}

/// Why a call was not let through to its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Busy {
    /// As many calls are waiting as may.
    #[error("{waiting} calls are waiting for this database already")]
    #[non_exhaustive]
    QueueFull {
        /// How many calls are waiting.
        waiting: usize,
    },
    /// No slot came free in time.
    #[error("waited {} s for a free slot of this database", after.as_secs())]
    #[non_exhaustive]
    TimedOut {
        /// How long the call waited.
        after: Duration,
    },
}
