use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use odoo_rpc::{Client, Credentials, Session};

use crate::cache::Cache;
use crate::config::Config;
use crate::error::Error;
use crate::lane::{Lane, Lanes, Slot};
use crate::stats::Stats;

/// Signed-in sessions, one for each distinct set of credentials.
///
/// Cheap to clone; clones share their sessions. See the [crate's front page](crate).
#[derive(Clone)]
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    client: Client,
    config: Config,
    sessions: Cache<Credentials, Pooled, Arc<odoo_rpc::Error>>,
    lanes: Lanes,
    succeeded: AtomicU64,
    failed: AtomicU64,
}

/// A session together with the lane of its database, so that a hit is one look-up.
#[derive(Clone)]
struct Pooled {
    session: Session,
    lane: Arc<Lane>,
}

/// A session, and the right to have one call to its database in flight.
///
/// Hold it for the length of the call: dropping it lets the next call through.
#[derive(Debug)]
pub struct Lease {
    session: Session,
    _slot: Slot,
}

impl Deref for Lease {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl Pool {
    /// Makes an empty pool that signs in through `client`.
    pub fn new(client: Client, config: Config) -> Pool {
        Pool {
            shared: Arc::new(Shared {
                client,
                sessions: Cache::new(config.capacity, config.ttl),
                lanes: Lanes::new(&config),
                succeeded: AtomicU64::new(0),
                failed: AtomicU64::new(0),
                config,
            }),
        }
    }

    /// Returns a session for `credentials`, signing in if none is kept, with a slot of its database.
    ///
    /// However many ask at once, one login is sent and all share what comes of it.
    /// Dropping the future gives up the place in the queue; a login goes on as long as anyone waits for it.
    ///
    /// # Errors
    ///
    /// [`Error::Login`] when Odoo cannot be reached or refuses the credentials, [`Error::Busy`] when the
    /// database has too many calls already.
    pub async fn session(&self, credentials: &Credentials) -> Result<Lease, Error> {
        if let Some(Pooled { session, lane }) = self.shared.sessions.get(credentials) {
            let slot = lane.enter().await?;
            return Ok(Lease {
                session,
                _slot: slot,
            });
        }
        let lane = self.shared.lanes.of(credentials);
        let slot = lane.enter().await?;
        // Another call may have signed in while this one waited for its slot.
        let pooled = match self.shared.sessions.get(credentials) {
            Some(pooled) => pooled,
            None => self.login(credentials, lane).await.map_err(Error::Login)?,
        };
        Ok(Lease {
            session: pooled.session,
            _slot: slot,
        })
    }

    /// Drops the session of `credentials`, so that the next call signs in again.
    ///
    /// For when Odoo answers "Access Denied": the password was changed, or the user is gone.
    pub fn forget(&self, credentials: &Credentials) {
        self.shared.sessions.remove(credentials);
    }

    /// Returns the client that the pool signs in through.
    pub fn client(&self) -> &Client {
        &self.shared.client
    }

    /// Returns what the pool holds and does right now.
    pub fn stats(&self) -> Stats {
        let shared = &*self.shared;
        let (running, waiting) = shared.lanes.load();
        let (total, expired) = shared.sessions.count();
        Stats {
            total,
            expired,
            capacity: shared.config.capacity.get(),
            ttl: shared.config.ttl,
            logins: shared.succeeded.load(Ordering::Relaxed),
            failed_logins: shared.failed.load(Ordering::Relaxed),
            running,
            waiting,
        }
    }

    async fn login(
        &self,
        credentials: &Credentials,
        lane: Arc<Lane>,
    ) -> Result<Pooled, Arc<odoo_rpc::Error>> {
        let sessions = &self.shared.sessions;
        sessions
            .get_or_make(credentials, || {
                let shared = Arc::clone(&self.shared);
                let credentials = credentials.clone();
                async move { shared.login(&credentials, lane).await }
            })
            .await
    }
}

impl Shared {
    async fn login(
        &self,
        credentials: &Credentials,
        lane: Arc<Lane>,
    ) -> Result<Pooled, Arc<odoo_rpc::Error>> {
        let result = self.client.login(credentials).await;
        let counter = match &result {
            Ok(_) => &self.succeeded,
            Err(_) => &self.failed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        let session = result.map_err(Arc::new)?;
        Ok(Pooled { session, lane })
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pool").field(&self.stats()).finish()
    }
}
