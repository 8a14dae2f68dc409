//! The crate through its public door.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod connecting;
mod decode;
mod encode;
mod round_trip;
mod server;
mod transport;
mod types;
