//! `create`, `copy` and `name_create`.

use serde_json::{Value, json};

use crate::target::{ORDER, PARTNER, TAG, assert_fault, assert_says, on_odoo};

#[test]
fn one_struct_answers_an_id_and_a_list_answers_ids() {
    on_odoo(async |odoo| {
        let id = odoo
            .call(
                PARTNER,
                "create",
                json!([odoo.named("a", json!({}))]),
                json!({}),
            )
            .await;
        assert!(id.is_i64());
        let list = json!([[odoo.named("b", json!({})), odoo.named("c", json!({}))]]);
        let ids = odoo.call(PARTNER, "create", list, json!({})).await;
        assert_eq!(ids.as_array().unwrap().len(), 2);
        assert_eq!(
            odoo.call(PARTNER, "create", json!([[]]), json!({})).await,
            json!([])
        );
    });
}

#[test]
fn a_new_record_has_defaults_and_a_log() {
    on_odoo(async |odoo| {
        let id = odoo.partner("a", json!({})).await;
        assert_eq!(odoo.value(PARTNER, id, "active").await, true);
        assert_eq!(odoo.value(PARTNER, id, "type").await, "contact");
        assert_eq!(odoo.value(PARTNER, id, "create_uid").await[0], 2);
        assert_eq!(
            odoo.value(PARTNER, id, "display_name").await,
            odoo.name("a")
        );
        assert_eq!(odoo.value(PARTNER, id, "company_type").await, "person");
        assert_eq!(
            odoo.value(PARTNER, id, "commercial_partner_id").await[0],
            id
        );
    });
}

#[test]
fn defaults_may_come_by_context() {
    on_odoo(async |odoo| {
        let values = odoo.named("a", json!({"ref": "given"}));
        let context =
            json!({"context": {"default_street": "By context", "default_ref": "by context"}});
        let id = odoo
            .call(PARTNER, "create", json!([values]), context)
            .await
            .as_i64()
            .unwrap();
        assert_eq!(odoo.value(PARTNER, id, "street").await, "By context");
        assert_eq!(odoo.value(PARTNER, id, "ref").await, "given");
    });
}

#[test]
fn a_default_by_context_may_create_another_record() {
    on_odoo(async |odoo| {
        let child = odoo.named("child", json!({}));
        let context = json!({"context": {"default_child_ids": [[0, 0, child]]}});
        let values = odoo.named("a", json!({}));
        let id = odoo
            .call(PARTNER, "create", json!([values]), context)
            .await
            .as_i64()
            .unwrap();
        let children = odoo.value(PARTNER, id, "child_ids").await;
        assert_eq!(children.as_array().unwrap().len(), 1);
        assert_eq!(
            odoo.value(PARTNER, children[0].as_i64().unwrap(), "name")
                .await,
            odoo.name("child")
        );
    });
}

#[test]
fn an_unknown_field_is_a_fault() {
    on_odoo(async |odoo| {
        let fault = odoo
            .fault(
                PARTNER,
                "create",
                json!([odoo.named("a", json!({"nofield": 1}))]),
                json!({}),
            )
            .await;
        assert_says(&fault, 1, "ValueError: Invalid field 'nofield' ");
    });
}

#[test]
fn values_that_are_no_struct_are_a_fault() {
    on_odoo(async |odoo| {
        for values in [json!("x"), json!(null)] {
            let fault = odoo
                .fault(PARTNER, "create", json!([values]), json!({}))
                .await;
            assert_eq!(fault.code(), 1);
        }
    });
}

#[test]
fn a_missing_required_field_is_told() {
    on_odoo(async |odoo| {
        for (model, values, label, field, of) in [
            (ORDER, json!({}), "Customer", "partner_id", "sale.order"),
            (
                "res.country",
                json!({"code": "QQ"}),
                "Country Name",
                "name",
                "res.country",
            ),
        ] {
            let fault = odoo
                .fault(model, "create", json!([values]), json!({}))
                .await;
            assert_says(&fault, 2, "mandatory field is not set");
            if odoo.series >= 17 {
                assert_says(
                    &fault,
                    2,
                    &format!("Missing required value for the field '{label}' ({field})."),
                );
                assert_says(&fault, 2, &format!("({of})"));
            } else {
                assert_says(&fault, 2, &format!("Field: {label} ({field})"));
            }
        }
    });
}

#[test]
fn a_contact_needs_a_name() {
    on_odoo(async |odoo| {
        let fault = odoo.fault(PARTNER, "create", json!([{}]), json!({})).await;
        assert_says(
            &fault,
            2,
            if odoo.series < 17 {
                "res_partner_check_name"
            } else {
                "Contacts require a name"
            },
        );
        // An address of a company does not.
        let company = odoo.partner("company", json!({"is_company": true})).await;
        let address = json!([{"parent_id": company, "type": "other"}]);
        assert!(
            odoo.call(PARTNER, "create", address, json!({}))
                .await
                .is_i64()
        );
    });
}

#[test]
fn what_must_be_unique_is_held_to_it() {
    on_odoo(async |odoo| {
        let values = odoo.named("a", json!({"code": "BE"}));
        let fault = odoo
            .fault("res.country", "create", json!([values]), json!({}))
            .await;
        let said = if odoo.series < 17 {
            "res_country_code_uniq"
        } else {
            "The code of the country must be unique!"
        };
        assert_fault(&fault, 2, said);
    });
}

#[test]
fn a_failing_create_leaves_nothing_behind() {
    on_odoo(async |odoo| {
        let children = json!([
            [0, 0, odoo.named("child", json!({}))],
            [0, 0, odoo.named("bad", json!({"color": "red"}))]
        ]);
        let values = odoo.named("a", json!({"child_ids": children}));
        odoo.fault(PARTNER, "create", json!([values]), json!({}))
            .await;
        let both = json!([[
            odoo.named("b", json!({})),
            odoo.named("c", json!({"type": "zzz"}))
        ]]);
        odoo.fault(PARTNER, "create", both, json!({})).await;
        let domain = json!([[["name", "=like", format!("{}%", odoo.name(""))]]]);
        assert_eq!(
            odoo.call(PARTNER, "search_count", domain, json!({})).await,
            0
        );
    });
}

#[test]
fn a_copy_takes_the_values_along() {
    on_odoo(async |odoo| {
        let id = odoo
            .partner("a", json!({"street": "Main Street", "country_id": 20}))
            .await;
        let copy = odoo.call(PARTNER, "copy", json!([[id]]), json!({})).await;
        // 14 answers the id, later series a list.
        let copy = copy.as_i64().or_else(|| copy[0].as_i64()).unwrap();
        assert_ne!(copy, id);
        assert_eq!(
            odoo.value(PARTNER, copy, "name").await,
            format!("{} (copy)", odoo.name("a"))
        );
        assert_eq!(odoo.value(PARTNER, copy, "street").await, "Main Street");
        let named = json!({"default": {"name": odoo.name("b"), "street": "Other Street"}});
        let copy = odoo.call(PARTNER, "copy", json!([[id]]), named).await;
        let copy = copy.as_i64().or_else(|| copy[0].as_i64()).unwrap();
        assert_eq!(odoo.value(PARTNER, copy, "name").await, odoo.name("b"));
        assert_eq!(odoo.value(PARTNER, copy, "street").await, "Other Street");
    });
}

#[test]
fn name_create_needs_a_name_only() {
    on_odoo(async |odoo| {
        let name = odoo.name("tag");
        let made: Value = odoo
            .call(TAG, "name_create", json!([name]), json!({}))
            .await;
        assert_eq!(made[1], name);
        assert_eq!(
            odoo.value(TAG, made[0].as_i64().unwrap(), "name").await,
            name
        );
    });
}

#[test]
fn a_contact_takes_the_address_of_its_company() {
    on_odoo(async |odoo| {
        let company =
            json!({"is_company": true, "street": "Main Street", "city": "Gent", "country_id": 20});
        let company = odoo.partner("company", company).await;
        let contact = odoo.partner("contact", json!({"parent_id": company})).await;
        assert_eq!(odoo.value(PARTNER, contact, "city").await, "Gent");
        assert_eq!(
            odoo.value(PARTNER, contact, "country_id").await,
            json!([20, "Belgium"])
        );
        assert_eq!(
            odoo.value(PARTNER, contact, "commercial_partner_id").await[0],
            company
        );
        let shown = format!("{}, {}", odoo.name("company"), odoo.name("contact"));
        assert_eq!(odoo.value(PARTNER, contact, "display_name").await, shown);
    });
}
