//! A lane bounds the calls in flight to one database, so that a slow one cannot take the others' place.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use odoo_rpc::{Credentials, ServerUrl};
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::Config;
use crate::error::Busy;

/// The lanes that are in use, one a database.
#[derive(Debug)]
pub(crate) struct Lanes {
    // Lanes are held by sessions and waiting calls; nobody else keeps one alive.
    lanes: Mutex<HashMap<Database, Weak<Lane>>>,
    width: usize,
    queue_length: usize,
    queue_timeout: Duration,
}

type Database = (ServerUrl, String);

/// A bounded number of calls at a time; the others wait in order, also bounded.
#[derive(Debug)]
pub(crate) struct Lane {
    slots: Arc<Semaphore>,
    width: usize,
    waiting: AtomicUsize,
    queue_length: usize,
    queue_timeout: Duration,
}

/// A place in a lane. Dropping it lets the next call through.
#[derive(Debug)]
pub(crate) struct Slot {
    _permit: OwnedSemaphorePermit,
    // A lane must outlive its calls, or a second lane for the same database would let more through.
    _lane: Arc<Lane>,
}

impl Lanes {
    pub(crate) fn new(config: &Config) -> Lanes {
        Lanes {
            lanes: Mutex::default(),
            width: config.calls_per_database.get(),
            queue_length: config.queue_length,
            queue_timeout: config.queue_timeout,
        }
    }

    /// Returns the lane of the database that `credentials` name, whoever the user is.
    pub(crate) fn of(&self, credentials: &Credentials) -> Arc<Lane> {
        let database = (credentials.url().clone(), credentials.database().to_owned());
        let mut lanes = self.lanes.lock();
        if let Some(lane) = lanes.get(&database).and_then(Weak::upgrade) {
            return lane;
        }
        lanes.retain(|_, lane| lane.strong_count() > 0);
        let lane = Arc::new(Lane {
            slots: Arc::new(Semaphore::new(self.width)),
            width: self.width,
            waiting: AtomicUsize::new(0),
            queue_length: self.queue_length,
            queue_timeout: self.queue_timeout,
        });
        lanes.insert(database, Arc::downgrade(&lane));
        lane
    }

    /// Counts the calls in flight and the calls waiting, over all lanes.
    pub(crate) fn load(&self) -> (usize, usize) {
        let lanes = self.lanes.lock();
        lanes
            .values()
            .filter_map(Weak::upgrade)
            .fold((0, 0), |(running, waiting), lane| {
                (
                    running + lane.width.saturating_sub(lane.slots.available_permits()),
                    waiting + lane.waiting.load(Ordering::Relaxed),
                )
            })
    }
}

impl Lane {
    /// Waits for a slot.
    ///
    /// # Errors
    ///
    /// When too many wait already, or none came free in time.
    pub(crate) async fn enter(self: &Arc<Lane>) -> Result<Slot, Busy> {
        if let Ok(permit) = Arc::clone(&self.slots).try_acquire_owned() {
            return Ok(self.slot(permit));
        }
        let _place = self.queue()?;
        let slots = Arc::clone(&self.slots);
        match tokio::time::timeout(self.queue_timeout, slots.acquire_owned()).await {
            Ok(Ok(permit)) => Ok(self.slot(permit)),
            // The semaphore is never closed, so what is left is the time running out.
            Ok(Err(_)) | Err(_) => Err(Busy::TimedOut {
                after: self.queue_timeout,
            }),
        }
    }

    fn slot(self: &Arc<Lane>, permit: OwnedSemaphorePermit) -> Slot {
        Slot {
            _permit: permit,
            _lane: Arc::clone(self),
        }
    }

    fn queue(&self) -> Result<Place<'_>, Busy> {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let place = Place(&self.waiting);
        if before < self.queue_length {
            Ok(place)
        } else {
            Err(Busy::QueueFull {
                waiting: self.queue_length,
            })
        }
    }
}

/// A place in the queue; given up when dropped, also by a caller that no longer waits.
struct Place<'l>(&'l AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
