//! The REST contract end to end, against whatever Odoo there is.
//!
//! `ODOO_URL`, `ODOO_DB`, `ODOO_USERNAME` and `ODOO_PASSWORD` name a real one (`ODOO_DB2` a second database of it);
//! without them it is the one in memory. What a test creates, it removes.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod keys;
mod records;
mod refusals;
mod support;
