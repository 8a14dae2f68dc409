//! Values to documents.

use std::collections::BTreeMap;

use odoo_rpc::xml;
use serde::Serialize;
use serde_json::json;

#[track_caller]
fn assert_writes(value: impl Serialize, expected: &str) {
    let document = String::from_utf8(xml::to_response(&value).unwrap()).unwrap();
    let value = document
        .split_once("<param>")
        .and_then(|(_, rest)| rest.split_once("</param>"))
        .map(|(value, _)| value);
    assert_eq!(value, Some(expected));
}

#[test]
fn every_type_is_written() {
    #[derive(Serialize)]
    enum Choice {
        Plain,
        With(i32),
        Two(i32, i32),
        Named { a: i32 },
    }

    assert_writes(
        json!({"a": [1, -2.5, "x", true, null]}),
        concat!(
            "<value><struct><member><name>a</name><value><array><data>",
            "<value><int>1</int></value><value><double>-2.5</double></value>",
            "<value><string>x</string></value><value><boolean>1</boolean></value><value><nil/></value>",
            "</data></array></value></member></struct></value>"
        ),
    );
    assert_writes(i64::from(i32::MIN), "<value><int>-2147483648</int></value>");
    assert_writes(1_i64 << 31, "<value><i8>2147483648</i8></value>");
    assert_writes(
        "a & <b> ]]>\r\n",
        "<value><string>a &amp; &lt;b&gt; ]]&gt;&#13;\n</string></value>",
    );
    assert_writes('x', "<value><string>x</string></value>");
    assert_writes(Choice::Plain, "<value><string>Plain</string></value>");
    assert_writes(
        Choice::With(1),
        "<value><struct><member><name>With</name><value><int>1</int></value></member></struct></value>",
    );
    assert_writes(
        Choice::Two(1, 2),
        concat!(
            "<value><struct><member><name>Two</name><value><array><data><value><int>1</int></value>",
            "<value><int>2</int></value></data></array></value></member></struct></value>"
        ),
    );
    assert_writes(
        Choice::Named { a: 1 },
        concat!(
            "<value><struct><member><name>Named</name><value><struct><member><name>a</name>",
            "<value><int>1</int></value></member></struct></value></member></struct></value>"
        ),
    );
    let date = xml::DateTime::new("20261122T07:54:34").unwrap();
    assert_writes(
        &date,
        "<value><dateTime.iso8601>20261122T07:54:34</dateTime.iso8601></value>",
    );
    assert_writes(Bytes(b"hi"), "<value><base64>aGk=</base64></value>");
}

struct Bytes(&'static [u8]);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

#[test]
fn what_has_no_xml_form_is_refused_with_its_path() {
    let values = BTreeMap::from([(
        "order_line",
        vec![(0, 0, BTreeMap::from([("name", "a\u{7}b")]))],
    )]);
    let error = xml::to_request("execute_kw", &("db", 2, values)).unwrap_err();
    assert_eq!(error.path(), "[2].order_line[0][2].name");
    assert!(error.to_string().contains("U+0007"), "{error}");
    for (value, reason) in [
        (xml::to_response(&f64::NAN), "finite"),
        (xml::to_response(&f64::INFINITY), "finite"),
        (xml::to_response(&u64::MAX), "64-bit"),
        (xml::to_response(&"\u{ffff}"), "XML does not have"),
        (xml::to_response(&"\0"), "U+0000"),
        (
            xml::to_response(&BTreeMap::from([(1, 2)])),
            "key that is not text",
        ),
        (xml::to_request("m", &1), "sequence"),
        (xml::to_request("m", &json!({"a": 1})), "sequence"),
    ] {
        let error = value.unwrap_err();
        assert!(error.to_string().contains(reason), "{error}");
    }
}
