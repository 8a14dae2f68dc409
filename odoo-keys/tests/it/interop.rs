//! The same keys as Python's `cryptography`, both ways.
//!
//! `fixtures/python.json` is what Python sealed, opened and refused; the last
//! test asks a Python on this machine, where one has the package.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use odoo_keys::{Claims, Keyring, OpenError};
use serde_json::Value;

#[test]
fn tokens_made_by_python_open() {
    let python = fixtures();
    let keyring = Keyring::parse(&format!(
        "{},{}",
        text(&python["new_key"]),
        text(&python["old_key"])
    ));
    let keyring = keyring.unwrap();
    let expected = Claims::from_json(python["claims"].to_string().as_bytes()).unwrap();
    for (name, token) in python["opening"].as_object().unwrap() {
        let claims = keyring.open(text(token), SystemTime::now());
        assert_eq!(claims.as_ref(), Ok(&expected), "{name}");
        assert_eq!(claims.unwrap().password.reveal(), "pä$$ \"wörd\" 🔑");
    }
}

#[test]
fn a_token_made_by_python_expires() {
    let python = fixtures();
    let keyring = Keyring::parse(text(&python["old_key"])).unwrap();
    let open_at = |seconds| {
        let now = UNIX_EPOCH + Duration::from_secs(seconds);
        keyring.open(text(&python["expiring"]), now)
    };
    assert_eq!(open_at(1_700_003_599).unwrap().iat, Some(1_700_000_000));
    assert!(matches!(
        open_at(1_700_003_600),
        Err(OpenError::Expired {
            at: 1_700_003_600,
            ..
        })
    ));
}

#[test]
fn a_token_opens_in_exactly_the_forms_that_python_reads() {
    let python = fixtures();
    let keyring = Keyring::parse(text(&python["old_key"])).unwrap();
    for (form, case) in python["forms"].as_object().unwrap() {
        let opens = keyring.open(text(&case[0]), SystemTime::now()).is_ok();
        assert_eq!(Value::from(opens), case[1], "a token {form}");
    }
}

#[test]
fn a_token_made_here_opens_in_python() {
    const OPEN: &str = "import sys; from cryptography.fernet import Fernet; \
        key, token = sys.stdin.read().split(); \
        sys.stdout.buffer.write(Fernet(key).decrypt(token))";
    if !python_has_cryptography() {
        println!("skipped: no python3 with cryptography here");
        return;
    }
    let key = odoo_keys::generate_key();
    let claims = Claims {
        iat: Some(1),
        exp: Some(2_000_000_000),
        ..crate::claims()
    };
    let token = Keyring::parse(&key).unwrap().seal(&claims).into_string();

    let json = python(OPEN, &format!("{key} {token}")).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    let expected = serde_json::json!({
        "url": claims.url, "database": claims.database, "username": claims.username,
        "password": "hunter2", "scope": claims.scope, "iat": 1, "exp": 2_000_000_000,
    });
    assert_eq!(json, expected);
}

fn fixtures() -> Value {
    serde_json::from_str(include_str!("../fixtures/python.json")).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn python_has_cryptography() -> bool {
    python("import cryptography.fernet", "").is_some()
}

/// Runs a line of Python; nothing when there is no Python or it fails.
fn python(line: &str, input: &str) -> Option<Vec<u8>> {
    let mut child = Command::new("python3")
        .args(["-c", line])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    output.status.success().then_some(output.stdout)
}
