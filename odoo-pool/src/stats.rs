use std::time::Duration;

/// What a pool holds and does right now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Sessions in the table, expired ones among them.
    pub total: usize,
    /// Sessions that have expired and are dropped with the next login.
    pub expired: usize,
    /// The most sessions that are kept.
    pub capacity: usize,
    /// How long a session is kept after its login.
    pub ttl: Duration,
    /// Logins that succeeded since the start.
    pub logins: u64,
    /// Logins that failed since the start.
    pub failed_logins: u64,
    /// Calls in flight to Odoo.
    pub running: usize,
    /// Calls waiting for a slot of their database.
    pub waiting: usize,
}

impl Stats {
    /// Returns the number of sessions that are good for a call.
    pub fn active(&self) -> usize {
        self.total - self.expired
    }
}
