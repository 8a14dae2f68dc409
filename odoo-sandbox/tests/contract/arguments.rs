//! How arguments reach a method, and what Python says when they do not fit.

use serde_json::json;

use crate::target::{PARTNER, assert_fault, assert_says, on_odoo};

#[test]
fn an_unknown_named_argument_is_a_fault() {
    on_odoo(async |odoo| {
        for (method, arguments) in [
            ("search", json!([[]])),
            ("read", json!([[1]])),
            ("search_count", json!([[]])),
            ("unlink", json!([[]])),
        ] {
            let fault = odoo
                .fault(PARTNER, method, arguments, json!({"bogus": 1}))
                .await;
            assert_says(&fault, 1, "TypeError: ");
            assert_fault(&fault, 1, "got an unexpected keyword argument 'bogus'");
        }
    });
}

#[test]
fn a_missing_argument_is_a_fault() {
    on_odoo(async |odoo| {
        let fault = odoo.fault(PARTNER, "search", json!([]), json!({})).await;
        assert_says(
            &fault,
            1,
            "search() missing 1 required positional argument: ",
        );
        let fault = odoo.fault(PARTNER, "write", json!([[1]]), json!({})).await;
        assert_fault(
            &fault,
            1,
            "write() missing 1 required positional argument: 'vals'",
        );
        let fault = odoo
            .fault(PARTNER, "default_get", json!([]), json!({}))
            .await;
        assert_fault(
            &fault,
            1,
            "default_get() missing 1 required positional argument: 'fields'",
        );
    });
}

#[test]
fn too_many_arguments_are_a_fault() {
    on_odoo(async |odoo| {
        let fault = odoo
            .fault(
                PARTNER,
                "search",
                json!([[], 0, 1, null, false, 1, 2]),
                json!({}),
            )
            .await;
        assert_says(&fault, 1, "search() takes from 2 to ");
        assert_fault(&fault, 1, "were given");
    });
}

#[test]
fn one_argument_given_twice_is_a_fault() {
    on_odoo(async |odoo| {
        let fault = odoo
            .fault(PARTNER, "search", json!([[], 1]), json!({"offset": 1}))
            .await;
        assert_fault(
            &fault,
            1,
            "search() got multiple values for argument 'offset'",
        );
    });
}

#[test]
fn values_can_be_named() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(
            odoo.call(
                PARTNER,
                "write",
                json!([[id]]),
                json!({"vals": {"ref": "x"}})
            )
            .await,
            true
        );
        assert_eq!(odoo.value(PARTNER, id, "ref").await, "x");
    });
}

#[test]
fn a_method_on_records_needs_ids() {
    on_odoo(async |odoo| {
        let fault = odoo
            .fault(PARTNER, "read", json!([]), json!({"ids": [1]}))
            .await;
        assert_says(&fault, 1, "IndexError: ");
    });
}

#[test]
fn one_id_does_for_a_list() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        let rows = odoo
            .call(PARTNER, "read", json!([id, ["ref"]]), json!({}))
            .await;
        assert_eq!(rows, json!([{"id": id, "ref": false}]));
    });
}

#[test]
fn private_methods_are_refused() {
    on_odoo(async |odoo| {
        for method in ["_write", "__init__", "_compute_display_name"] {
            let fault = odoo.fault(PARTNER, method, json!([[1]]), json!({})).await;
            let shown = if odoo.series < 19 {
                method.to_owned()
            } else {
                format!("'res.partner.{method}'")
            };
            assert_fault(
                &fault,
                4,
                &format!("Private methods (such as {shown}) cannot be called remotely."),
            );
        }
    });
}

#[test]
fn an_unknown_method_is_a_fault() {
    on_odoo(async |odoo| {
        let fault = odoo
            .fault(PARTNER, "no_method", json!([[]]), json!({}))
            .await;
        assert_says(&fault, 1, "AttributeError: ");
        assert_says(&fault, 1, "no_method");
    });
}

#[test]
fn context_may_be_null_or_empty() {
    on_odoo(async |odoo| {
        for context in [json!(null), json!({})] {
            let named = json!({"context": context});
            odoo.call(PARTNER, "search_count", json!([[]]), named).await;
        }
        let fault = odoo
            .fault(PARTNER, "search_count", json!([[]]), json!({"context": 5}))
            .await;
        assert_says(&fault, 1, "TypeError: ");
    });
}

#[test]
fn an_unknown_language_is_refused_since_16() {
    on_odoo(async |odoo| {
        let named = json!({"context": {"lang": "xx_YY"}});
        if odoo.series < 16 {
            odoo.call(PARTNER, "search_count", json!([[]]), named).await;
        } else {
            let fault = odoo
                .fault(PARTNER, "search_count", json!([[]]), named)
                .await;
            assert_fault(&fault, 2, "Invalid language code: xx_YY");
        }
    });
}
