//! A request that decodes, encoded again, decodes to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odoo_rpc::xml::{from_request, to_request};
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let Ok((method, parameters)) = from_request::<Vec<Value>>(body) else {
        return;
    };
    if let Ok(body) = to_request(&method, &parameters) {
        assert_eq!(from_request(&body).ok(), Some((method, parameters)));
    }
});
