//! Credentials, domains, faults, and Odoo's habits in values.

use odoo_rpc::{
    Credentials, Domain, Fault, FaultKind, Many2one, Operator, Password, Rows, ServerUrl, xml,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[test]
fn addresses_are_normalised() {
    for (text, expected) in [
        ("https://company.odoo.com", "https://company.odoo.com"),
        (
            " HTTPS://Company.Odoo.com:443/ ",
            "https://company.odoo.com",
        ),
        ("http://odoo:8069", "http://odoo:8069"),
        ("http://odoo:80//", "http://odoo"),
        ("http://odoo.example./", "http://odoo.example"),
        ("https://example.com/odoo/", "https://example.com/odoo"),
        ("http://[::1]:8069", "http://[::1]:8069"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ] {
        assert_eq!(ServerUrl::parse(text).unwrap().as_str(), expected, "{text}");
    }
}

#[test]
fn what_is_no_address_is_refused_with_what_to_change() {
    for (text, reason) in [
        ("", "http://"),
        ("company.odoo.com", "http:// or https://"),
        ("ftp://company.odoo.com", "http:// or https://"),
        ("https://", "not a URL"),
        (
            "https://user:secret@company.odoo.com",
            "leave user name and password out",
        ),
        (
            "https://user@company.odoo.com",
            "leave user name and password out",
        ),
        ("https://company.odoo.com/?db=x", "leave `?`"),
        ("https://company.odoo.com/#x", "leave `?`"),
        ("http://a b", "not a URL"),
    ] {
        let error = ServerUrl::parse(text).unwrap_err().to_string();
        assert!(
            error.contains(reason) && !error.contains("secret"),
            "{text}: {error}"
        );
    }
}

#[test]
fn credentials_differ_when_any_part_does_and_never_show_the_password() {
    let credentials = |url: &str, database: &str, username: &str, password: &str| {
        let url = ServerUrl::parse(url).unwrap();
        Credentials::new(url, database, username, Password::new(password))
    };
    let one = credentials("http://odoo", "a", "b", "hush");
    assert_eq!(one, credentials("http://odoo:80/", "a", "b", "hush"));
    for other in [
        credentials("https://odoo", "a", "b", "hush"),
        credentials("http://odoo", "x", "b", "hush"),
        credentials("http://odoo", "a", "x", "hush"),
        credentials("http://odoo", "a", "b", "other"),
        credentials("http://odoo", "ab", "", "hush"),
    ] {
        assert_ne!(one, other);
    }
    assert!(!format!("{one:?}").contains("hush"));
}

#[test]
fn domains_are_read_as_odoo_reads_them() {
    let a = || Domain::field("a", Operator::Equal, 1);
    let b = || Domain::field("b.c", Operator::In, vec![1, 2]);
    for (value, expected) in [
        (json!([]), Domain::all()),
        (json!([["a", "=", 1]]), a()),
        (json!([["a", "=", 1], ["b.c", "in", [1, 2]]]), a().and(b())),
        (
            json!(["&", ["a", "=", 1], ["b.c", "in", [1, 2]]]),
            a().and(b()),
        ),
        (
            json!(["|", ["a", "=", 1], ["b.c", "IN", [1, 2]]]),
            a().or(b()),
        ),
        (json!(["!", ["a", "==", 1]]), !a()),
        (
            json!([["a", "<>", null]]),
            Domain::field("a", Operator::NotEqual, Value::Null),
        ),
        (
            json!([["r", "any", [["a", "=", 1]]]]),
            Domain::any("r", a()),
        ),
        (json!([[0, "=", 1]]), !Domain::all()),
    ] {
        assert_eq!(
            Domain::from_json(value.clone()).unwrap(),
            expected,
            "{value}"
        );
        let written = serde_json::to_value(&expected).unwrap();
        assert_eq!(Domain::from_json(written).unwrap(), expected);
    }
}

#[test]
fn what_is_no_domain_is_refused_with_its_place() {
    for (value, reason) in [
        (json!("name"), "a domain is a JSON list"),
        (json!({"name": 1}), "a domain is a JSON list"),
        (json!(["name", "=", "x"]), "write [[\"name\", \"=\", …]]"),
        (
            json!([["name", "="]]),
            "at [0]: a condition is [field, operator, value], and this has 2",
        ),
        (
            json!([["name", "equals", 1]]),
            "at [0][1]: \"equals\" is no operator",
        ),
        (json!([["name", "any!", []]]), "is no operator"),
        (json!(["|", ["a", "=", 1]]), "at [0]: this operator needs 2"),
        (json!(["!"]), "at [0]: this operator needs 1"),
        (
            json!(["and", ["a", "=", 1]]),
            "at [0]: \"and\" is not one of",
        ),
        (json!([["a", "in", 5]]), "at [0][2]: `in` takes a list"),
        (json!([["a", "=", {"b": 1}]]), "not compared with an object"),
        (json!([["a b", "=", 1]]), "is no field name"),
        (json!([["a..b", "=", 1]]), "is no field name"),
        (json!([[2, "=", 1]]), "the first part is a field"),
        (
            json!([["r", "any", [["x", "?", 1]]]]),
            "at [0][2][0][1]: \"?\" is no operator",
        ),
        (json!([null]), "at [0]: a condition is"),
    ] {
        let error = Domain::from_json(value.clone()).unwrap_err().to_string();
        assert!(error.contains(reason), "{value}: {error}");
    }
    let deep = (0..100).fold(json!([]), |inner, _| json!([["r", "any", inner]]));
    assert!(
        Domain::from_json(deep)
            .unwrap_err()
            .to_string()
            .contains("nested deeper than 16")
    );
}

/// Reads a fault back from a response.
fn fault(code: i64, text: &str) -> Fault {
    match xml::from_response::<Value>(&xml::to_fault(code, text)) {
        Err(xml::ResponseError::Fault(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn faults_say_their_kind_and_one_line() {
    let traceback = "Traceback (most recent call last):\n  File \"a.py\", line 1, in b\n    c\n\
                     ValueError: Invalid field 'x' on model 'res.partner'\n\n";
    let database = "Traceback …\npsycopg2.OperationalError: connection to server on socket \
                    \"/run/x\" failed: FATAL:  database \"x\" does not exist\n";
    for (code, text, kind, summary) in [
        (
            1,
            traceback,
            FaultKind::Server,
            "ValueError: Invalid field 'x' on model 'res.partner'",
        ),
        (
            1,
            database,
            FaultKind::UnknownDatabase,
            "database \"x\" does not exist",
        ),
        (2, "One.\n\nTwo.\n", FaultKind::User, "One. Two."),
        (
            2,
            traceback,
            FaultKind::User,
            "ValueError: Invalid field 'x' on model 'res.partner'",
        ),
        (3, "Access Denied", FaultKind::AccessDenied, "Access Denied"),
        (
            4,
            "You may not.\n\nGroups",
            FaultKind::AccessError,
            "You may not. Groups",
        ),
        (99, "", FaultKind::Server, "no reason given"),
    ] {
        let fault = fault(code, text);
        assert_eq!((fault.kind(), fault.summary().as_str()), (kind, summary));
        assert!(
            !format!("{fault:?} {fault}").contains("File \""),
            "{fault:?}"
        );
    }
    assert!(fault(2, &"é".repeat(10_000)).summary().chars().count() <= 501);
}

#[test]
fn odoos_false_is_no_value() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        #[serde(deserialize_with = "odoo_rpc::optional")]
        text: Option<String>,
        #[serde(deserialize_with = "odoo_rpc::optional")]
        number: Option<f64>,
        #[serde(deserialize_with = "odoo_rpc::optional")]
        country: Option<Many2one>,
        #[serde(deserialize_with = "odoo_rpc::optional")]
        list: Option<Vec<i64>>,
    }

    let read = |value: Value| -> Row {
        let from_json = serde_json::from_value(value.clone()).unwrap();
        let row = xml::from_response(&xml::to_response(&value).unwrap()).unwrap();
        assert_eq!(row, from_json);
        row
    };
    let row = read(json!({"text": false, "number": false, "country": false, "list": null}));
    assert_eq!(
        row,
        Row {
            text: None,
            number: None,
            country: None,
            list: None
        }
    );
    let row = read(json!({"text": "", "number": 0, "country": [1, "x"], "list": [1]}));
    assert_eq!(row.text.as_deref(), Some(""));
    assert_eq!((row.number, row.list), (Some(0.0), Some(vec![1])));
    assert_eq!(
        row.country.and_then(|country| country.name).as_deref(),
        Some("x")
    );
    let row = read(json!({"text": "a & b", "number": 1.5, "country": 7, "list": []}));
    assert_eq!(
        row.country.map(|country| (country.id, country.name)),
        Some((7, None))
    );
}

#[test]
fn rows_are_the_json_of_the_answer_and_can_be_cut() {
    let answer = json!([{"a": "x\n\"y\"", "b": [1.5, null, {}]}, {"a": true}, {}]);
    let document = xml::to_response(&answer).unwrap();
    let mut rows: Rows = xml::from_response(&document).unwrap();
    for length in [5, 3, 2, 1, 0] {
        rows.truncate(length);
        let length = length.min(3);
        assert_eq!(rows.len(), length);
        let expected: Vec<Value> = answer.as_array().unwrap()[..length].to_vec();
        assert_eq!(
            serde_json::from_str::<Vec<Value>>(rows.as_str()).unwrap(),
            expected
        );
        assert_eq!(serde_json::to_value(&rows).unwrap(), Value::from(expected));
    }
    let empty: Rows = xml::from_response(&xml::to_response(&[(); 0]).unwrap()).unwrap();
    assert_eq!((empty.as_str(), empty.is_empty()), ("[]", true));
    assert!(xml::from_response::<Rows>(&xml::to_response(&json!({})).unwrap()).is_err());
}

#[test]
fn json_text_is_escaped_wherever_the_letter_stands() {
    let letters: Vec<char> = (0..0x80_u8)
        .map(char::from)
        .chain(['é', '東', '🦀', '\u{2028}'])
        .collect();
    for letter in letters
        .into_iter()
        .filter(|c| !c.is_ascii_control() || "\t\n\r".contains(*c))
    {
        for length in 0..20 {
            for place in 0..=length {
                let text: String =
                    "x".repeat(place) + &letter.to_string() + &"é".repeat(length - place);
                let document = xml::to_response(&text).unwrap();
                let json: odoo_rpc::Json = xml::from_response(&document).unwrap();
                assert_eq!(json.as_str(), serde_json::to_string(&text).unwrap());
            }
        }
    }
}
