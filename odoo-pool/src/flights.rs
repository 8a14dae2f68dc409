//! One piece of work a key, however many wait for it.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::pin::Pin;

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};
use parking_lot::Mutex;

/// The pieces of work under way.
///
/// A flight lives in those who wait for it and in nothing else: no task is spawned, the map holds it weakly,
/// and whoever waits drives it on. One that loses its first caller is driven by the others; one that loses
/// all is dropped half-way, and the next to ask starts afresh.
pub(crate) struct Flights<K, T: Clone> {
    under_way: Mutex<HashMap<K, WeakShared<Work<T>>>>,
}

type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

impl<K, T: Clone> Default for Flights<K, T> {
    fn default() -> Flights<K, T> {
        Flights {
            under_way: Mutex::default(),
        }
    }
}

impl<K: Hash + Eq + Clone, T: Clone> Flights<K, T> {
    /// Joins the flight for `key`, or starts one.
    pub(crate) fn join<F>(&self, key: &K, start: impl FnOnce() -> F) -> Shared<Work<T>>
    where
        F: Future<Output = T> + Send + 'static,
    {
        let mut under_way = self.under_way.lock();
        // A flight that has landed has told everybody who was on it: it is not for those who come after.
        if let Some(flight) = under_way.get(key).and_then(WeakShared::upgrade)
            && flight.peek().is_none()
        {
            return flight;
        }
        under_way.retain(|_, flight| flight.upgrade().is_some());
        let work: Work<T> = Box::pin(start());
        let flight = work.shared();
        if let Some(weak) = flight.downgrade() {
            under_way.insert(key.clone(), weak);
        }
        flight
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    /// Work that waits for a permit and counts how often it was begun.
    #[derive(Clone)]
    struct Job {
        begun: Arc<AtomicUsize>,
        gate: Arc<Semaphore>,
    }

    impl Job {
        fn new() -> Job {
            Job {
                begun: Arc::default(),
                gate: Arc::new(Semaphore::new(0)),
            }
        }

        fn begin(&self) -> impl Future<Output = usize> + Send + 'static {
            let job = self.clone();
            async move {
                let count = job.begun.fetch_add(1, Ordering::SeqCst) + 1;
                job.gate.acquire().await.unwrap().forget();
                count
            }
        }
    }

    #[tokio::test]
    async fn all_who_ask_at_once_share_one_flight() {
        let flights = Flights::default();
        let job = Job::new();
        let first = flights.join(&"key", || job.begin());
        let second = flights.join(&"key", || job.begin());
        job.gate.add_permits(1);
        assert_eq!(tokio::join!(first, second), (1, 1));
    }

    #[tokio::test]
    async fn another_key_is_another_flight() {
        let flights = Flights::default();
        let job = Job::new();
        let first = flights.join(&"one", || job.begin());
        let second = flights.join(&"two", || job.begin());
        job.gate.add_permits(2);
        assert_eq!(tokio::join!(first, second), (1, 2));
    }

    #[tokio::test]
    async fn a_flight_survives_the_one_who_started_it() {
        let flights = Flights::default();
        let job = Job::new();
        let mut first = flights.join(&"key", || job.begin());
        assert!(futures_util::poll!(&mut first).is_pending());
        let second = flights.join(&"key", || job.begin());
        drop(first);
        job.gate.add_permits(1);
        assert_eq!(second.await, 1);
    }

    #[tokio::test]
    async fn a_flight_that_nobody_waits_for_is_dropped() {
        let flights = Flights::default();
        let job = Job::new();
        let mut first = flights.join(&"key", || job.begin());
        assert!(futures_util::poll!(&mut first).is_pending());
        drop(first);
        let second = flights.join(&"key", || job.begin());
        job.gate.add_permits(1);
        assert_eq!(second.await, 2);
    }

    #[tokio::test]
    async fn a_flight_that_has_landed_takes_no_one_on() {
        let flights = Flights::default();
        let job = Job::new();
        job.gate.add_permits(2);
        let first = flights.join(&"key", || job.begin());
        assert_eq!(first.clone().await, 1);
        assert_eq!(flights.join(&"key", || job.begin()).await, 2);
    }
}
