//! What each type of field makes of a value, and how it reads.

use serde_json::{Value, json};

use crate::target::{ORDER, Odoo, PARTNER, assert_fault, assert_says, on_odoo};

/// Writes a value to a contact's field and reads it back.
async fn round_trip(odoo: &Odoo, partner: i64, field: &str, value: Value) -> Value {
    odoo.call(
        PARTNER,
        "write",
        json!([[partner], {field: value}]),
        json!({}),
    )
    .await;
    odoo.value(PARTNER, partner, field).await
}

#[test]
fn texts_come_back_as_they_went() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        for text in [
            "  leading and trailing  ",
            "two\nlines\n",
            "a < b & c > d ]]> &amp; \"quoted\" 'too'",
            "Ünïcödé € 日本語 🎉",
            "&#10; &lt;tag/&gt; <![CDATA[x]]>",
            "0",
            "tab\there",
        ] {
            assert_eq!(round_trip(&odoo, id, "street", json!(text)).await, text);
        }
    });
}

#[test]
fn no_value_reads_as_false() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        for field in [
            "ref",
            "country_id",
            "image_1920",
            "parent_id",
            "tz",
            "comment",
            "user_id",
        ] {
            assert_eq!(odoo.value(PARTNER, id, field).await, false, "{field}");
        }
        for field in ["child_ids", "category_id"] {
            assert_eq!(odoo.value(PARTNER, id, field).await, json!([]), "{field}");
        }
        assert_eq!(odoo.value(PARTNER, id, "color").await, 0);
        assert_eq!(odoo.value(PARTNER, id, "partner_latitude").await, 0.0);
        assert_eq!(odoo.value(PARTNER, id, "is_company").await, false);
    });
}

#[test]
fn null_and_false_clear_a_field() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        for nothing in [json!(null), json!(false)] {
            for (field, value) in [
                ("ref", json!("x")),
                ("country_id", json!(20)),
                ("tz", json!("UTC")),
            ] {
                assert_ne!(round_trip(&odoo, id, field, value).await, false);
                assert_eq!(
                    round_trip(&odoo, id, field, nothing.clone()).await,
                    false,
                    "{field}"
                );
            }
        }
        assert_eq!(round_trip(&odoo, id, "color", json!(false)).await, 0);
        assert_eq!(
            round_trip(&odoo, id, "partner_latitude", json!(false)).await,
            0.0
        );
        assert_eq!(round_trip(&odoo, id, "ref", json!("")).await, "");
    });
}

#[test]
fn numbers_are_taken_from_texts() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(round_trip(&odoo, id, "color", json!("7")).await, 7);
        assert_eq!(round_trip(&odoo, id, "color", json!(-3)).await, -3);
        assert_eq!(
            round_trip(&odoo, id, "partner_latitude", json!("1.5")).await,
            1.5
        );
        assert_eq!(
            round_trip(&odoo, id, "partner_latitude", json!(2)).await,
            2.0
        );
        let fault = odoo
            .fault(PARTNER, "write", json!([[id], {"color": "red"}]), json!({}))
            .await;
        assert_fault(
            &fault,
            1,
            "ValueError: invalid literal for int() with base 10: 'red'",
        );
        let fault = odoo
            .fault(
                PARTNER,
                "write",
                json!([[id], {"partner_latitude": "red"}]),
                json!({}),
            )
            .await;
        assert_fault(
            &fault,
            1,
            "ValueError: could not convert string to float: 'red'",
        );
    });
}

#[test]
fn texts_and_truth_values_are_taken_from_anything() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(round_trip(&odoo, id, "ref", json!(5)).await, "5");
        assert_eq!(round_trip(&odoo, id, "is_company", json!("x")).await, true);
        assert_eq!(round_trip(&odoo, id, "is_company", json!(0)).await, false);
    });
}

#[test]
fn a_selection_takes_its_own_values_only() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(
            round_trip(&odoo, id, "type", json!("invoice")).await,
            "invoice"
        );
        let fault = odoo
            .fault(PARTNER, "write", json!([[id], {"type": "zzz"}]), json!({}))
            .await;
        assert_fault(
            &fault,
            1,
            "ValueError: Wrong value for res.partner.type: 'zzz'",
        );
    });
}

#[test]
fn a_binary_is_base64_text() {
    on_odoo(async |odoo| {
        const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(
            round_trip(&odoo, id, "image_1920", json!(PIXEL)).await,
            PIXEL
        );
    });
}

#[test]
fn html_keeps_its_markup() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        let html = "<p>Met <b>twice</b> &amp; again</p>";
        assert_eq!(round_trip(&odoo, id, "comment", json!(html)).await, html);
        let loose = round_trip(&odoo, id, "comment", json!("hi <b>there</b>")).await;
        assert_eq!(
            loose,
            if odoo.series < 16 {
                "hi <b>there</b>"
            } else {
                "<p>hi <b>there</b></p>"
            }
        );
    });
}

#[test]
fn dates_and_moments_are_texts() {
    on_odoo(async |odoo| {
        let partner = odoo.partner("a", json!({})).await;
        let values = json!({"partner_id": partner, "validity_date": "2026-12-24", "date_order": "2026-11-22 07:54:34"});
        let order = odoo.model(ORDER).create(&values).await.unwrap();
        assert_eq!(
            odoo.value(ORDER, order, "validity_date").await,
            "2026-12-24"
        );
        assert_eq!(
            odoo.value(ORDER, order, "date_order").await,
            "2026-11-22 07:54:34"
        );
        let made = odoo.value(ORDER, order, "create_date").await;
        assert_eq!(made.as_str().unwrap().len(), "2026-11-22 07:54:34".len());
        let day = json!([[order], {"date_order": "2026-11-23"}]);
        odoo.call(ORDER, "write", day, json!({})).await;
        assert_eq!(
            odoo.value(ORDER, order, "date_order").await,
            "2026-11-23 00:00:00"
        );
        let fault = odoo
            .fault(
                ORDER,
                "write",
                json!([[order], {"date_order": "2026-13-99 00:00:00"}]),
                json!({}),
            )
            .await;
        assert_says(
            &fault,
            1,
            "time data '2026-13-99 00:00:00' does not match format '%Y-%m-%d %H:%M:%S'",
        );
        let fault = odoo
            .fault(
                ORDER,
                "write",
                json!([[order], {"validity_date": "soon"}]),
                json!({}),
            )
            .await;
        assert_eq!(fault.code(), 1);
    });
}

#[test]
fn a_many2one_takes_an_id_that_exists() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(
            round_trip(&odoo, id, "country_id", json!(20)).await,
            json!([20, "Belgium"])
        );
        let values = odoo.named("b", json!({"country_id": 99_999_999}));
        let fault = odoo
            .fault(PARTNER, "create", json!([values]), json!({}))
            .await;
        assert_says(&fault, 2, "The operation cannot be completed: ");
        assert_says(&fault, 2, "res.partner");
        let values = odoo.named("b", json!({"country_id": "Belgium"}));
        let fault = odoo
            .fault(PARTNER, "create", json!([values]), json!({}))
            .await;
        assert_eq!(fault.code(), 1);
    });
}

#[test]
fn a_password_never_comes_back() {
    on_odoo(async |odoo| {
        let password = odoo.value("res.users", 2, "password").await;
        assert_ne!(password, odoo.session.credentials().password().reveal());
    });
}
