//! A domain that parses serializes to JSON that parses to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odoo_rpc::Domain;

fuzz_target!(|text: &str| {
    let Ok(domain) = text.parse::<Domain>() else {
        return;
    };
    let json = serde_json::to_value(&domain).expect("a domain is JSON");
    let again = Domain::from_json(json.clone()).expect("a domain parses");
    assert_eq!(serde_json::to_value(&again).ok(), Some(json));
});
