//! A bounded table whose entries expire; the one used longest ago makes room.

use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use lru::LruCache;
use tokio::time::Instant;

/// A table of values by key, pure: it never looks at a clock.
///
/// Looking up takes `&self`, so that many readers share one lock. A look-up cannot move its entry to the
/// front of the list then; it leaves a stamp instead, and the stamps are settled into the list's order when
/// room is needed. What makes room is therefore exactly the entry that was used longest ago.
#[derive(Debug)]
pub(crate) struct Table<K: Hash + Eq, V> {
    entries: LruCache<K, Entry<V>>,
    lifetime: Duration,
    clock: AtomicU64,
    /// Entries with a higher stamp are not in their place in the list yet.
    settled: u64,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    expires: Instant,
    stamp: AtomicU64,
}

impl<K: Hash + Eq + Clone, V> Table<K, V> {
    pub(crate) fn new(capacity: NonZeroUsize, lifetime: Duration) -> Table<K, V> {
        Table {
            entries: LruCache::new(capacity),
            lifetime,
            clock: AtomicU64::new(0),
            settled: 0,
        }
    }

    /// Returns the value under `key`, unless it has expired, and marks it as used.
    pub(crate) fn get(&self, key: &K, now: Instant) -> Option<&V> {
        let entry = self.entries.peek(key)?;
        if entry.expires <= now {
            return None;
        }
        entry.stamp.store(self.tick(), Ordering::Relaxed);
        Some(&entry.value)
    }

    /// Puts `value` under `key` and drops what has expired, then whatever is too many.
    pub(crate) fn insert(&mut self, key: K, value: V, now: Instant) {
        self.drop_expired(now);
        if self.entries.len() == self.entries.cap().get() {
            self.settle();
        }
        let entry = Entry {
            value,
            expires: now + self.lifetime,
            stamp: AtomicU64::new(self.tick()),
        };
        self.entries.push(key, entry);
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        self.entries.pop(key).map(|entry| entry.value)
    }

    /// Drops the entries whose key is not `wanted`.
    pub(crate) fn retain(&mut self, wanted: impl Fn(&K) -> bool) {
        self.drop_where(|key, _| !wanted(key));
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Counts the entries that have expired and were not dropped yet.
    pub(crate) fn expired(&self, now: Instant) -> usize {
        self.entries
            .iter()
            .filter(|(_, entry)| entry.expires <= now)
            .count()
    }

    fn drop_expired(&mut self, now: Instant) {
        self.drop_where(|_, entry| entry.expires <= now);
    }

    fn drop_where(&mut self, unwanted: impl Fn(&K, &Entry<V>) -> bool) {
        let keys: Vec<K> = self
            .entries
            .iter()
            .filter(|(key, entry)| unwanted(key, entry))
            .map(|(key, _)| key.clone())
            .collect();
        for key in &keys {
            self.entries.pop(key);
        }
    }

    /// Moves what was used since the last time to the front, oldest use first.
    fn settle(&mut self) {
        let mut used: Vec<(u64, K)> = self
            .entries
            .iter()
            .map(|(key, entry)| (entry.stamp.load(Ordering::Relaxed), key))
            .filter(|(stamp, _)| *stamp > self.settled)
            .map(|(stamp, key)| (stamp, key.clone()))
            .collect();
        used.sort_unstable_by_key(|(stamp, _)| *stamp);
        for (_, key) in &used {
            self.entries.promote(key);
        }
        self.settled = self.clock.load(Ordering::Relaxed);
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn table(capacity: usize) -> Table<&'static str, i32> {
        Table::new(NonZeroUsize::new(capacity).unwrap(), MINUTE)
    }

    #[test]
    fn the_entry_used_longest_ago_makes_room() {
        let now = Instant::now();
        let mut table = table(3);
        for (key, value) in [("a", 1), ("b", 2), ("c", 3)] {
            table.insert(key, value, now);
        }
        // The last uses are, oldest first: b, c, a.
        for key in ["a", "b", "c", "a"] {
            table.get(&key, now);
        }
        table.insert("d", 4, now);
        assert_eq!(table.get(&"b", now), None);
        table.insert("e", 5, now);
        assert_eq!(table.get(&"c", now), None);
        assert_eq!(table.get(&"a", now), Some(&1));
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn an_unused_entry_makes_room_before_an_older_one_in_use() {
        let now = Instant::now();
        let mut table = table(2);
        table.insert("old", 1, now);
        table.insert("new", 2, now);
        table.get(&"old", now);
        table.insert("newest", 3, now);
        assert_eq!(table.get(&"new", now), None);
        assert_eq!(table.get(&"old", now), Some(&1));
    }

    #[test]
    fn an_entry_lives_as_long_as_its_lifetime_and_no_longer() {
        let start = Instant::now();
        let mut table = table(3);
        table.insert("a", 1, start);
        let last = start + MINUTE - Duration::from_nanos(1);
        assert_eq!(table.get(&"a", last), Some(&1));
        assert_eq!(table.expired(last), 0);
        assert_eq!(table.get(&"a", start + MINUTE), None);
        assert_eq!(table.expired(start + MINUTE), 1);
    }

    #[test]
    fn using_an_entry_does_not_prolong_it() {
        let start = Instant::now();
        let mut table = table(3);
        table.insert("a", 1, start);
        table.get(&"a", start + MINUTE / 2);
        assert_eq!(table.get(&"a", start + MINUTE), None);
    }

    #[test]
    fn an_insertion_drops_what_has_expired() {
        let start = Instant::now();
        let mut table = table(3);
        table.insert("a", 1, start);
        table.insert("b", 2, start + MINUTE);
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn inserting_again_replaces_the_value_and_starts_its_time_anew() {
        let start = Instant::now();
        let mut table = table(3);
        table.insert("a", 1, start);
        table.insert("a", 2, start + MINUTE / 2);
        assert_eq!(table.get(&"a", start + MINUTE), Some(&2));
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn what_is_not_retained_is_gone() {
        let now = Instant::now();
        let mut table = table(3);
        table.insert("a", 1, now);
        table.insert("b", 2, now);
        table.retain(|key| *key == "b");
        assert_eq!(
            (table.get(&"a", now), table.get(&"b", now)),
            (None, Some(&2))
        );
    }

    #[test]
    fn a_removed_entry_is_gone() {
        let now = Instant::now();
        let mut table = table(3);
        table.insert("a", 1, now);
        assert_eq!(table.remove(&"a"), Some(1));
        assert_eq!(table.get(&"a", now), None);
    }
}
