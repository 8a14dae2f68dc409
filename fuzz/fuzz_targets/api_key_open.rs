//! No text opens but a sealed one, and claims come back as they were sealed.
#![no_main]

use std::sync::LazyLock;
use std::time::UNIX_EPOCH;

use libfuzzer_sys::fuzz_target;
use odoo_keys::{Claims, Keyring};

static KEYRING: LazyLock<Keyring> = LazyLock::new(Keyring::generate);

fuzz_target!(|input: &[u8]| {
    if let Ok(token) = std::str::from_utf8(input) {
        assert!(KEYRING.open(token, UNIX_EPOCH).is_err());
        let _ = Keyring::parse(token);
    }
    if let Ok(claims) = Claims::from_json(input) {
        let token = KEYRING.seal(&claims).into_string();
        let opened = KEYRING.open(&token, UNIX_EPOCH);
        let is_expired = claims.exp == Some(0);
        assert!(is_expired || opened == Ok(claims));
    }
});
