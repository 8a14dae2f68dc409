//! Nothing that is printed shows a secret.

use std::error::Error;
use std::time::SystemTime;

use odoo_keys::{Claims, Keyring, OpenError, Password, generate_key};

use crate::claims;

#[test]
fn debug_shows_no_secret() {
    let key = generate_key();
    let keyring = Keyring::parse(&key).unwrap();
    let api_key = keyring.seal(&claims());
    assert_eq!(format!("{:?}", Password::new("hunter2")), "Password(…)");
    assert_eq!(format!("{api_key:?}"), "ApiKey(…)");
    assert_eq!(format!("{keyring:?}"), "Keyring(1 keys)");
    assert!(!format!("{:#?}", claims()).contains("hunter2"));
}

#[test]
fn errors_show_nothing_of_the_text_they_refuse() {
    let json = r#"{"url":1,"database":"hunter2","username":"hunter2","password":["hunter2"],"scope":{"hunter2":"hunter2"}}"#;
    for json in [json, "hunter2", r#"{"hunter2":1}"#, r#"{"url":"hunter2"#] {
        let error = Claims::from_json(json.as_bytes()).unwrap_err();
        assert_quiet(&OpenError::Malformed(error));
    }
    assert_quiet(&Keyring::parse("hunter2").unwrap_err());
    let error = Keyring::generate().open("hunter2", SystemTime::now());
    assert_quiet(&error.unwrap_err());
}

#[track_caller]
fn assert_quiet(error: &dyn Error) {
    let mut shown = format!("{error:?} {error:#?}");
    let mut next = Some(error);
    while let Some(error) = next {
        shown.push_str(&error.to_string());
        next = error.source();
    }
    assert!(!shown.contains("hunter2"), "{shown}");
}
