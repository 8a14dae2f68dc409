//! Whose each session is, and how many there may be.
//!
//! rmcp keeps the sessions and ends the idle ones; it knows nothing of callers. Here every session is
//! bound to the caller that opened it. Nothing is evicted to make room, so that no caller can push out
//! another: whoever comes too late is served without a session, which every client understands.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;

/// How many sessions are kept, and for how long.
#[derive(Debug, Clone)]
pub struct SessionLimits {
    /// The most sessions at a time. Defaults to 1,000, which is about 60 MB.
    pub in_all: usize,
    /// The most sessions of one caller at a time. Defaults to 100.
    pub per_caller: usize,
    /// How long a session lives without a request. Defaults to 5 minutes.
    pub idle: Duration,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            in_all: 1_000,
            per_caller: 100,
            idle: Duration::from_secs(300),
        }
    }
}

pub(super) struct Sessions<C> {
    manager: Arc<LocalSessionManager>,
    owners: Mutex<HashMap<String, C>>,
    limits: SessionLimits,
}

impl<C: Eq> Sessions<C> {
    pub(super) fn new(limits: SessionLimits) -> Self {
        let mut manager = LocalSessionManager::default();
        manager.session_config.keep_alive = Some(limits.idle);
        Self {
            manager: Arc::new(manager),
            owners: Mutex::default(),
            limits,
        }
    }

    pub(super) fn manager(&self) -> Arc<LocalSessionManager> {
        self.manager.clone()
    }

    /// Whether the session was opened by `caller`. Also `false` if there is no such session.
    pub(super) fn belongs(&self, id: &str, caller: &C) -> bool {
        self.owners().get(id) == Some(caller)
    }

    /// Whether `caller` may open one more session.
    pub(super) async fn has_room(&self, caller: &C) -> bool {
        let alive = self.manager.sessions.read().await;
        let mut owners = self.owners();
        owners.retain(|id, _| alive.contains_key(id.as_str()));
        // Sessions that are being opened have no owner yet: `alive` counts them, `owners` does not.
        alive.len() < self.limits.in_all
            && owners.values().filter(|owner| *owner == caller).count() < self.limits.per_caller
    }

    pub(super) fn opened(&self, id: &str, caller: C) {
        self.owners().insert(id.to_owned(), caller);
    }

    fn owners(&self) -> std::sync::MutexGuard<'_, HashMap<String, C>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
