//! What holds for every text.

use std::time::SystemTime;

use odoo_keys::{Claims, Keyring, Password};
use proptest::prelude::*;

proptest! {
    #[test]
    fn whatever_is_sealed_opens_the_same(
        url in ".+", database in ".+", username in ".+", password in "(?s).+", scope in ".*",
        iat in any::<Option<u64>>(),
    ) {
        let password = Password::new(password);
        let claims = Claims { url, database, username, password, scope, iat, exp: None };
        let keyring = Keyring::generate();
        let token = keyring.seal(&claims).into_string();
        prop_assert_eq!(keyring.open(&token, SystemTime::now()), Ok(claims));
    }

    #[test]
    fn no_token_makes_opening_panic(token in "[gA-Ca-c0-9=_+/ -]{0,300}|\\PC*") {
        prop_assert!(Keyring::generate().open(&token, SystemTime::now()).is_err());
    }

    #[test]
    fn no_json_makes_reading_panic(json in any::<Vec<u8>>()) {
        let _ = Claims::from_json(&json);
    }
}
