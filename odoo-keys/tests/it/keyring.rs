//! Encryption keys, and what opens with which.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use odoo_keys::{
    Claims, Keyring, KeyringError, MAX_TOKEN_LENGTH, OpenError, Password, generate_key,
};

use crate::claims;

#[test]
fn what_a_keyring_seals_it_opens() {
    let keyring = Keyring::generate();
    let claims = Claims {
        iat: Some(1_700_000_000),
        exp: Some(u64::MAX),
        ..claims()
    };
    assert_eq!(open(&keyring, keyring.seal(&claims).reveal()), Ok(claims));
}

#[test]
fn another_keyring_does_not_open_it() {
    let token = Keyring::generate().seal(&claims()).into_string();
    assert_eq!(open(&Keyring::generate(), &token), Err(OpenError::Invalid));
}

#[test]
fn the_first_key_seals_and_all_open() {
    let (new, old) = (generate_key(), generate_key());
    let old_only = Keyring::parse(&old).unwrap();
    let new_only = Keyring::parse(&new).unwrap();
    let both = Keyring::parse(&format!(" {new} , {old} ")).unwrap();

    let sealed_before = old_only.seal(&claims());
    assert_eq!(open(&both, sealed_before.reveal()), Ok(claims()));
    let sealed_now = both.seal(&claims());
    assert_eq!(open(&new_only, sealed_now.reveal()), Ok(claims()));
    assert_eq!(
        open(&old_only, sealed_now.reveal()),
        Err(OpenError::Invalid)
    );
}

#[test]
fn two_keys_for_the_same_claims_are_not_the_same() {
    let keyring = Keyring::generate();
    assert_ne!(keyring.seal(&claims()), keyring.seal(&claims()));
}

#[test]
fn a_bad_key_is_named_by_its_place() {
    let key = generate_key();
    for (text, error) in [
        (String::new(), KeyringError::Empty(1)),
        ("  ".to_owned(), KeyringError::Empty(1)),
        (format!("{key},"), KeyringError::Empty(2)),
        (format!(",{key}"), KeyringError::Empty(1)),
        (
            "your_base64_fernet_key_here".to_owned(),
            KeyringError::Invalid(1),
        ),
        (format!("{key},c2hvcnQ="), KeyringError::Invalid(2)),
        (
            key.trim_end_matches('=').to_owned(),
            KeyringError::Invalid(1),
        ),
        (format!("A{key}"), KeyringError::Invalid(1)),
    ] {
        assert_eq!(Keyring::parse(&text).err(), Some(error), "for {text:?}");
    }
    assert_eq!(
        KeyringError::Invalid(2).to_string(),
        "encryption key 2 is not 32 bytes in URL-safe base64"
    );
}

#[test]
fn a_key_is_refused_from_the_second_on_at_which_it_expires() {
    let keyring = Keyring::generate();
    let key = keyring.seal(&Claims {
        exp: Some(1_000),
        ..claims()
    });
    let open_at = |time: SystemTime| keyring.open(key.reveal(), time);
    let second = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);

    assert!(open_at(second(999)).is_ok());
    assert!(open_at(UNIX_EPOCH - Duration::from_secs(5)).is_ok());
    for late in [1_000, 1_001, 4_000_000_000] {
        let error = open_at(second(late)).unwrap_err();
        assert!(matches!(error, OpenError::Expired { at: 1_000, .. }));
        assert_eq!(error.to_string(), "the API key has expired");
    }
}

#[test]
fn every_token_that_does_not_open_is_refused_in_the_same_words() {
    let keyring = Keyring::generate();
    let good = keyring.seal(&claims()).into_string();
    let foreign = Keyring::generate().seal(&claims()).into_string();
    let cut = good.get(..40).unwrap().to_owned();
    for token in ["", "=", "gAAAAA==", "not a token", "ключ", &foreign, &cut] {
        let error = open(&keyring, token).unwrap_err();
        assert_eq!(error, OpenError::Invalid, "for {token:?}");
        assert_eq!(error.to_string(), "the API key is not valid here");
    }
}

#[test]
fn no_character_of_a_token_can_be_changed() {
    let keyring = Keyring::generate();
    let good = keyring.seal(&claims()).into_string();
    let body = good.trim_end_matches('=').len() - 1;
    for place in 0..body {
        let mut token = good.clone().into_bytes();
        let other = if token[place] == b'A' { b'B' } else { b'A' };
        token[place] = other;
        let token = String::from_utf8(token).unwrap();
        assert_eq!(
            open(&keyring, &token),
            Err(OpenError::Invalid),
            "at {place}"
        );
    }
}

#[test]
fn a_long_token_is_not_looked_at() {
    let keyring = Keyring::generate();
    let key = keyring.seal(&claims()).into_string();
    let padded_to = |length: usize| format!("{key}{}", " ".repeat(length - key.len()));
    assert_eq!(open(&keyring, &padded_to(MAX_TOKEN_LENGTH)), Ok(claims()));
    assert_eq!(
        open(&keyring, &padded_to(MAX_TOKEN_LENGTH + 1)),
        Err(OpenError::Invalid)
    );
}

#[test]
fn claims_of_48_kilobytes_are_the_longest_that_open() {
    let keyring = Keyring::generate();
    let long = |length| Claims {
        password: Password::new("x".repeat(length)),
        ..claims()
    };
    let fits = long(48_000);
    assert_eq!(open(&keyring, keyring.seal(&fits).reveal()), Ok(fits));
    let too_long = keyring.seal(&long(50_000));
    assert_eq!(open(&keyring, too_long.reveal()), Err(OpenError::Invalid));
}

fn open(keyring: &Keyring, token: &str) -> Result<Claims, OpenError> {
    keyring.open(token, SystemTime::now())
}
