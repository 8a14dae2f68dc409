use std::fmt;
use std::future::Future;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;
use tokio::time::Instant;

use crate::flights::Flights;
use crate::table::Table;

/// Values by key: bounded, expiring, and each made once however many ask for it.
///
/// A hit takes a read lock and no more. Of the values, the one used longest ago makes room. A failure is told
/// to all who waited for it, and not remembered.
///
/// Cheap to clone; clones share their values.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// use std::num::NonZeroUsize;
/// use std::time::Duration;
///
/// use odoo_pool::Cache;
///
/// let capacity = NonZeroUsize::new(100).unwrap();
/// let cache: Cache<&str, usize, ()> = Cache::new(capacity, Duration::from_secs(60));
/// let made = cache.get_or_make(&"key", || async { Ok(3) }).await;
/// let kept = cache.get_or_make(&"key", || async { Ok(4) }).await;
/// assert_eq!((made, kept), (Ok(3), Ok(3)));
/// # }
/// ```
pub struct Cache<K: Hash + Eq, V: Clone, E: Clone> {
    shared: Arc<Shared<K, V, E>>,
}

struct Shared<K: Hash + Eq, V: Clone, E: Clone> {
    kept: RwLock<Table<K, V>>,
    under_way: Flights<K, Result<V, E>>,
}

impl<K, V, E> Cache<K, V, E>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    E: Clone + Send + Sync + 'static,
{
    /// Makes an empty cache of at most `capacity` values, each kept for `lifetime`.
    pub fn new(capacity: NonZeroUsize, lifetime: Duration) -> Self {
        let shared = Shared {
            kept: RwLock::new(Table::new(capacity, lifetime)),
            under_way: Flights::default(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Returns the value under `key`, if it is kept.
    pub fn get(&self, key: &K) -> Option<V> {
        self.shared.get(key)
    }

    /// Returns the value under `key`, making it first where none is kept.
    ///
    /// However many ask at once, one `make` is run. It goes on as long as anyone waits for it.
    ///
    /// # Errors
    ///
    /// What `make` fails with.
    pub async fn get_or_make<F>(&self, key: &K, make: impl FnOnce() -> F) -> Result<V, E>
    where
        F: Future<Output = Result<V, E>> + Send + 'static,
    {
        if let Some(value) = self.get(key) {
            return Ok(value);
        }
        let flight = self.shared.under_way.join(key, || {
            let shared = Arc::clone(&self.shared);
            let key = key.clone();
            let make = make();
            async move {
                // Between the look-up and this flight another one may have landed.
                if let Some(value) = shared.get(&key) {
                    return Ok(value);
                }
                let value = make.await?;
                shared
                    .kept
                    .write()
                    .insert(key, value.clone(), Instant::now());
                Ok(value)
            }
        });
        flight.await
    }

    /// Keeps a value that was made elsewhere.
    pub fn insert(&self, key: K, value: V) {
        self.shared.kept.write().insert(key, value, Instant::now());
    }

    /// Drops the value under `key`.
    pub fn remove(&self, key: &K) {
        self.shared.kept.write().remove(key);
    }

    /// Drops the values whose key is not `wanted`.
    pub fn retain(&self, wanted: impl Fn(&K) -> bool) {
        self.shared.kept.write().retain(wanted);
    }

    /// Returns how many values are kept, and how many of them have expired.
    pub fn count(&self) -> (usize, usize) {
        let kept = self.shared.kept.read();
        (kept.len(), kept.expired(Instant::now()))
    }
}

impl<K: Hash + Eq + Clone, V: Clone, E: Clone> Shared<K, V, E> {
    fn get(&self, key: &K) -> Option<V> {
        self.kept.read().get(key, Instant::now()).cloned()
    }
}

impl<K: Hash + Eq, V: Clone, E: Clone> Clone for Cache<K, V, E> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl<K: Hash + Eq, V: Clone, E: Clone> fmt::Debug for Cache<K, V, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}
