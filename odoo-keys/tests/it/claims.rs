//! The JSON of credentials, as strict in a token as in a header.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::SystemTime;

use odoo_keys::{Claims, ClaimsError, Keyring, OpenError, Password};

const GOOD: &str = r#"{"url":"u","database":"d","username":"n","password":"p","scope":"s"}"#;

#[test]
fn the_five_texts_are_enough() {
    assert_eq!(
        Claims::from_json(GOOD.as_bytes()),
        Ok(Claims {
            url: "u".into(),
            database: "d".into(),
            username: "n".into(),
            password: Password::new("p"),
            scope: "s".into(),
            iat: None,
            exp: None,
        })
    );
}

#[test]
fn times_may_be_there_or_null() {
    assert_times(r#""iat":1,"exp":2"#, (Some(1), Some(2)));
    assert_times(r#""exp":null"#, (None, None));
}

#[test]
fn an_empty_scope_is_left_to_whoever_reads_scopes() {
    let json = GOOD.replace(r#""scope":"s""#, r#""scope":"""#);
    assert_eq!(Claims::from_json(json.as_bytes()).unwrap().scope, "");
}

#[test]
fn everything_else_is_refused_by_name() {
    let with = |from: &str, to: &str| GOOD.replace(from, to);
    for (json, error) in [
        (String::new(), ClaimsError::NotAnObject),
        ("[]".into(), ClaimsError::NotAnObject),
        ("null".into(), ClaimsError::NotAnObject),
        ("\"p\"".into(), ClaimsError::NotAnObject),
        (format!("{GOOD}x"), ClaimsError::NotAnObject),
        ("[".repeat(10_000), ClaimsError::NotAnObject),
        (
            format!(r#"{{"url":{}"#, "[".repeat(10_000)),
            ClaimsError::NotAnObject,
        ),
        (with(r#""url":"u","#, ""), ClaimsError::Missing("url")),
        (with(r#","scope":"s""#, ""), ClaimsError::Missing("scope")),
        (with(r#""p""#, r#""""#), ClaimsError::Empty("password")),
        (with(r#""d""#, r#""""#), ClaimsError::Empty("database")),
        (with(r#""p""#, "1234"), ClaimsError::NotText("password")),
        (with(r#""s""#, "null"), ClaimsError::NotText("scope")),
        (
            with(r#""s""#, r#""s","exp":"2027""#),
            ClaimsError::NotTime("exp"),
        ),
        (
            with(r#""s""#, r#""s","exp":-1"#),
            ClaimsError::NotTime("exp"),
        ),
        (
            with(r#""s""#, r#""s","exp":1.5"#),
            ClaimsError::NotTime("exp"),
        ),
        (
            with(r#""s""#, r#""s","iat":true"#),
            ClaimsError::NotTime("iat"),
        ),
        (
            with(r#""s""#, r#""s","scope":"*:RWD""#),
            ClaimsError::Repeated("scope"),
        ),
        (
            with(r#""s""#, r#""s","exp":1,"exp":null"#),
            ClaimsError::Repeated("exp"),
        ),
        (with(r#""s""#, r#""s","expires":1"#), ClaimsError::Unknown),
        (with(r#""url""#, r#""URL""#), ClaimsError::Unknown),
    ] {
        assert_eq!(
            Claims::from_json(json.as_bytes()).err(),
            Some(error),
            "for {json}"
        );
    }
    assert_eq!(
        Claims::from_json(b"{\"url\":\"\xff\"}"),
        Err(ClaimsError::NotAnObject)
    );
}

#[test]
fn a_token_that_holds_something_else_says_so() {
    let keyring = Keyring::generate();
    let empty = Claims {
        username: String::new(),
        ..crate::claims()
    };
    assert_eq!(
        keyring.open(keyring.seal(&empty).reveal(), SystemTime::now()),
        Err(OpenError::Malformed(ClaimsError::Empty("username")))
    );
}

#[track_caller]
fn assert_times(members: &str, expected: (Option<u64>, Option<u64>)) {
    let json = GOOD.replace('}', &format!(",{members}}}"));
    let claims = Claims::from_json(json.as_bytes()).unwrap();
    assert_eq!((claims.iat, claims.exp), expected);
}
