use std::num::NonZeroUsize;
use std::time::Duration;

/// How many sessions a pool keeps, how long, and how many calls it lets through to one database.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// The most sessions that are kept; past it, the one used longest ago goes. Defaults to 1,000.
    pub capacity: NonZeroUsize,
    /// How long a session is kept after its login. Defaults to 60 minutes.
    pub ttl: Duration,
    /// The most calls in flight to one database. Defaults to 16.
    pub calls_per_database: NonZeroUsize,
    /// The most calls that wait for a slot of one database; the next one is refused. Defaults to 1,000.
    pub queue_length: usize,
    /// How long a call waits for a slot before it is refused. Defaults to 60 seconds.
    pub queue_timeout: Duration,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            capacity: const { NonZeroUsize::new(1000).unwrap() },
            ttl: Duration::from_secs(60 * 60),
            calls_per_database: const { NonZeroUsize::new(16).unwrap() },
            queue_length: 1000,
            queue_timeout: Duration::from_secs(60),
        }
    }
}
