//! A response that decodes, encoded again, decodes to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odoo_rpc::xml::{from_response, to_response};
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let Ok(value) = from_response::<Value>(body) else {
        return;
    };
    if let Ok(body) = to_response(&value) {
        assert_eq!(from_response::<Value>(&body).ok(), Some(value));
    }
});
