//! Documents in both directions, as properties.

use odoo_rpc::xml;
use proptest::prelude::*;
use serde_json::Value;

use crate::decode::response;

fn any_value() -> impl Strategy<Value = Value> {
    let text = "[\\t\\n\\r\\x20-\\x7e\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]{0,12}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e15_f64..1e15).prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(text, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in any_value()) {
        let document = xml::to_response(&value).unwrap();
        prop_assert_eq!(&xml::from_response::<Value>(&document).unwrap(), &value);
        let request = xml::to_request("m", &(&value,)).unwrap();
        let (_, (read,)): (String, (Value,)) = xml::from_request(&request).unwrap();
        prop_assert_eq!(read, value);
    }

    #[test]
    fn no_document_makes_the_decoder_panic(
        pieces in prop::collection::vec(prop_oneof![
            Just("<value>".to_owned()), Just("</value>".to_owned()), Just("<string>".to_owned()),
            Just("</string>".to_owned()), Just("<array><data>".to_owned()), Just("<struct>".to_owned()),
            Just("<member><name>".to_owned()), Just("&amp;".to_owned()), Just("&#0;".to_owned()),
            Just("<![CDATA[".to_owned()), Just("]]>".to_owned()), Just("<!--".to_owned()), ".{0,4}",
        ], 0..24)
    ) {
        let _ = xml::from_response::<Value>(pieces.concat().as_bytes());
        let _ = xml::from_response::<Value>(response(&pieces.concat()).as_bytes());
    }
}
