//! Documents to values.

use std::collections::BTreeMap;

use odoo_rpc::xml::{self, ResponseError};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Wraps a `<value>` as servers do.
pub(crate) fn response(value: &str) -> String {
    format!(
        "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n{value}\n</param>\n</params>\n</methodResponse>\n"
    )
}

#[track_caller]
fn assert_reads<T: DeserializeOwned + PartialEq + std::fmt::Debug>(value: &str, expected: T) {
    match xml::from_response::<T>(response(value).as_bytes()) {
        Ok(found) => assert_eq!(found, expected, "{value}"),
        Err(error) => panic!("{value}: {error}"),
    }
}

#[track_caller]
fn assert_refuses<T: DeserializeOwned + std::fmt::Debug>(document: &str, reason: &str) {
    match xml::from_response::<T>(document.as_bytes()) {
        Ok(found) => panic!("{document} was read as {found:?}"),
        Err(error) => assert!(error.to_string().contains(reason), "{document}: {error}"),
    }
}

#[test]
fn every_type_of_xml_rpc_is_read() {
    for (value, expected) in [
        ("<value><int>7</int></value>", json!(7)),
        ("<value><i4>-7</i4></value>", json!(-7)),
        (
            "<value><i8>9007199254740993</i8></value>",
            json!(9_007_199_254_740_993_i64),
        ),
        ("<value><ex:i8>5</ex:i8></value>", json!(5)),
        ("<value><int> 7\n</int></value>", json!(7)),
        ("<value><boolean>1</boolean></value>", json!(true)),
        ("<value><boolean>0</boolean></value>", json!(false)),
        ("<value><double>1.5</double></value>", json!(1.5)),
        ("<value><double>-1e-3</double></value>", json!(-0.001)),
        ("<value><string>text</string></value>", json!("text")),
        ("<value><string></string></value>", json!("")),
        ("<value><string/></value>", json!("")),
        ("<value>untyped</value>", json!("untyped")),
        ("<value></value>", json!("")),
        ("<value/>", json!("")),
        ("<value>  \n </value>", json!("  \n ")),
        ("<value> <!-- a comment --> <int>1</int> </value>", json!(1)),
        ("<value><nil/></value>", json!(null)),
        ("<value><nil></nil></value>", json!(null)),
        ("<value><ex:nil/></value>", json!(null)),
        (
            "<value><dateTime.iso8601>20261122T07:54:34</dateTime.iso8601></value>",
            json!("20261122T07:54:34"),
        ),
        ("<value><base64>aGk=</base64></value>", json!("aGk=")),
        ("<value><array><data></data></array></value>", json!([])),
        ("<value><array><data/></array></value>", json!([])),
        ("<value><array/></value>", json!([])),
        ("<value><struct></struct></value>", json!({})),
        ("<value><struct/></value>", json!({})),
        (
            "<value><array><data>\n<value><int>1</int></value>\n<value>a</value>\n</data></array></value>",
            json!([1, "a"]),
        ),
        (
            "<value><struct>\n<member>\n<name>a</name>\n<value><array><data>\n</data></array></value>\n</member>\n<member>\n<name>b &amp; c</name>\n<value><struct>\n</struct></value>\n</member>\n</struct></value>",
            json!({"a": [], "b & c": {}}),
        ),
    ] {
        assert_reads(value, expected);
    }
}

#[test]
fn text_is_joined_and_never_trimmed() {
    for (inside, expected) in [
        ("  a\n b\t", "  a\n b\t"),
        ("a&amp;b&lt;c&gt;&quot;&apos;", "a&b<c>\"'"),
        ("&#65;&#x42;&#13;", "AB\r"),
        ("a<![CDATA[<b> & ]]>c", "a<b> & c"),
        ("a]]&gt;b", "a]]>b"),
        ("a<!-- x -->b", "ab"),
        ("a<?pi x?>b", "ab"),
        ("Zoë 東京 🦀", "Zoë 東京 🦀"),
        ("a\r\nb", "a\r\nb"),
    ] {
        assert_reads(
            &format!("<value><string>{inside}</string></value>"),
            expected.to_owned(),
        );
        assert_reads(&format!("<value>{inside}</value>"), expected.to_owned());
    }
}

#[test]
fn documents_that_are_not_xml_rpc_are_refused_with_the_reason() {
    for (document, reason) in [
        ("", "ends too early"),
        (
            "<methodResponse><params><param><value><int>1</int>",
            "ends too early",
        ),
        (
            "<methodResponse><params><param><value><str",
            "ends too early",
        ),
        ("<!DOCTYPE html><html></html>", "document type definition"),
        (
            "<!DOCTYPE x [<!ENTITY a \"b\">]><methodResponse><params><param><value>&a;</value></param></params></methodResponse>",
            "document type definition",
        ),
        ("<html><body>hello</body></html>", "not one of XML-RPC's"),
        ("hello", "text stands where"),
        (
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><methodResponse/>",
            "not UTF-8",
        ),
        (&response("<value>&unknown;</value>"), "entity"),
        (&response("<value><int>x</int></value>"), "<int>"),
        (&response("<value><int></int></value>"), "<int>"),
        (
            &response("<value><int>99999999999999999999</int></value>"),
            "<int>",
        ),
        (
            &response("<value><boolean>true</boolean></value>"),
            "<boolean>",
        ),
        (&response("<value><double>nan</double></value>"), "<double>"),
        (&response("<value><double>inf</double></value>"), "<double>"),
        (
            &response("<value><float>1</float></value>"),
            "not one of XML-RPC's",
        ),
        (
            &response("<value><int>1</string></value>"),
            "</string> stands where",
        ),
        (&response("<int>1</int>"), "<int> stands where <value>"),
        (
            &response("<value><int>1</int><int>2</int></value>"),
            "<int> stands where </value>",
        ),
        (
            &response("<value><int>1</int>x</value>"),
            "text stands where",
        ),
        (
            &(response("<value>a</value>") + "<again/>"),
            "not one of XML-RPC's",
        ),
        (
            &(response("<value>a</value>") + "more"),
            "text stands where",
        ),
        (
            &response("<value><struct><member><value>1</value></member></struct></value>"),
            "<name>",
        ),
    ] {
        assert_refuses::<Value>(document, reason);
    }
    let cut = [response("<value>").into_bytes(), vec![0xe6, 0x9d]].concat();
    assert!(xml::from_response::<Value>(&cut).is_err());
}

#[test]
fn a_document_cut_off_anywhere_is_an_error_and_never_a_shorter_answer() {
    let whole = xml::to_response(&json!([{"name": "a & b", "ids": [1, 2]}, true, null])).unwrap();
    for length in 0..whole.len() {
        let cut = &whole[..length];
        assert!(
            xml::from_response::<Value>(cut).is_err(),
            "{}",
            String::from_utf8_lossy(cut)
        );
    }
}

#[test]
fn depth_is_bounded_in_both_directions() {
    let nest = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    let deepest = xml::to_response(&nest(xml::MAX_DEPTH)).unwrap();
    assert_eq!(
        xml::from_response::<Value>(&deepest).unwrap(),
        nest(xml::MAX_DEPTH)
    );
    let error = xml::to_response(&nest(xml::MAX_DEPTH + 1)).unwrap_err();
    assert!(
        error.to_string().contains("nested deeper than 100"),
        "{error}"
    );
    let arrays = "<value><array><data>".repeat(100_000);
    assert_refuses::<Value>(&response(&arrays), "nested deeper than 100");
}

#[test]
fn rows_decode_into_the_callers_types() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum State {
        Draft,
        Sale,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Row {
        id: i64,
        state: State,
        total: f64,
        partner: (i64, String),
        note: Option<String>,
    }

    let answer = json!([
        {"id": 1, "state": "sale", "total": 3, "partner": [7, "Azure"], "note": null, "other": [{}]},
        {"note": "x", "id": 2, "state": "draft", "total": 1.5, "partner": [8, "Deco"]},
    ]);
    let rows: Vec<Row> = xml::from_response(&xml::to_response(&answer).unwrap()).unwrap();
    let row = |id, state, total, partner: (i64, &str), note: Option<&str>| Row {
        id,
        state,
        total,
        partner: (partner.0, partner.1.to_owned()),
        note: note.map(str::to_owned),
    };
    assert_eq!(
        rows,
        [
            row(1, State::Sale, 3.0, (7, "Azure"), None),
            row(2, State::Draft, 1.5, (8, "Deco"), Some("x")),
        ]
    );
}

#[test]
fn a_mismatch_says_where() {
    let answer = xml::to_response(&json!([{"id": 1}, {"id": "two"}])).unwrap();
    let error = xml::from_response::<Vec<BTreeMap<String, i64>>>(&answer).unwrap_err();
    let ResponseError::Decode(error) = error else {
        panic!("{error}")
    };
    assert!(error.is_mismatch());
    assert_eq!(error.path(), "[1].id");
    let pair = xml::to_response(&(1, 2, 3)).unwrap();
    assert!(
        xml::from_response::<(i64, i64)>(&pair).is_err(),
        "an element was dropped silently"
    );
}

#[test]
fn faults_are_read_with_their_members_in_any_order() {
    let fault = |members: &str| {
        format!(
            "<methodResponse><fault><value><struct>{members}</struct></value></fault></methodResponse>"
        )
    };
    let code = "<member><name>faultCode</name><value><int>2</int></value></member>";
    let text = "<member><name>faultString</name><value><string>No\nway</string></value></member>";
    for document in [
        fault(&format!("{code}{text}")),
        fault(&format!("{text}{code}")),
    ] {
        match xml::from_response::<Value>(document.as_bytes()) {
            Err(ResponseError::Fault(fault)) => {
                assert_eq!((fault.code(), fault.text()), (2, "No\nway"));
                assert_eq!(fault.summary(), "No way");
            }
            other => panic!("{other:?}"),
        }
    }
    let written = xml::to_fault(4, "a\u{0}b");
    match xml::from_response::<Value>(&written) {
        Err(ResponseError::Fault(fault)) => assert_eq!(fault.text(), "a\u{fffd}b"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn requests_are_read_with_and_without_parameters() {
    let call =
        |params: &str| format!("<methodCall><methodName>version</methodName>{params}</methodCall>");
    for params in ["", "<params/>", "<params></params>", "<params>\n</params>"] {
        let document = call(params);
        let (method, params): (String, Vec<Value>) =
            xml::from_request(document.as_bytes()).unwrap();
        assert_eq!((method.as_str(), params.len()), ("version", 0));
    }
}
