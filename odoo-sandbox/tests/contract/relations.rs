//! How a call to one model reaches another.

use serde_json::json;

use crate::target::{LINE, ORDER, PARTNER, on_odoo};

#[test]
fn a_domain_reads_through_relations() {
    on_odoo(async |odoo| {
        let domain = json!([[["user_ids.login", "=like", "adm%"]]]);
        let found = odoo.call(PARTNER, "search", domain, json!({})).await;
        let partner = odoo.value("res.users", 2, "partner_id").await;
        assert_eq!(found, json!([partner[0]]));
    });
}

#[test]
fn a_user_shows_the_fields_of_its_partner() {
    on_odoo(async |odoo| {
        let partner = odoo.value("res.users", 2, "partner_id").await[0]
            .as_i64()
            .unwrap();
        for field in ["name", "email", "tz", "country_id"] {
            let (user, own) = (
                odoo.value("res.users", 2, field).await,
                odoo.value(PARTNER, partner, field).await,
            );
            assert_eq!(user, own, "{field}");
        }
    });
}

#[test]
fn writing_an_inherited_field_writes_the_other_record() {
    on_odoo(async |odoo| {
        let template = odoo
            .model("product.template")
            .create(&odoo.named("thing", json!({})))
            .await
            .unwrap();
        let variants = odoo
            .value("product.template", template, "product_variant_ids")
            .await;
        // The sandbox makes no variant by itself.
        let product = match variants[0].as_i64() {
            Some(product) => product,
            None => odoo
                .model("product.product")
                .create(&json!({"product_tmpl_id": template}))
                .await
                .unwrap(),
        };
        let name = odoo.name("renamed");
        odoo.call(
            "product.product",
            "write",
            json!([[product], {"name": name, "list_price": 12.5}]),
            json!({}),
        )
        .await;
        assert_eq!(odoo.value("product.template", template, "name").await, name);
        assert_eq!(
            odoo.value("product.template", template, "list_price").await,
            12.5
        );
        assert_eq!(odoo.value("product.product", product, "name").await, name);
    });
}

#[test]
fn creating_an_inheriting_record_creates_the_other() {
    on_odoo(async |odoo| {
        let code = odoo.name("code");
        let values = odoo.named("thing", json!({"default_code": code, "list_price": 7.5}));
        let product = odoo.model("product.product").create(&values).await.unwrap();
        let template = odoo
            .value("product.product", product, "product_tmpl_id")
            .await[0]
            .as_i64()
            .unwrap();
        assert_eq!(
            odoo.value("product.template", template, "name").await,
            odoo.name("thing")
        );
        assert_eq!(
            odoo.value("product.template", template, "list_price").await,
            7.5
        );
        let shown = format!("[{code}] {}", odoo.name("thing"));
        assert_eq!(
            odoo.value("product.product", product, "display_name").await,
            shown
        );
    });
}

#[test]
fn a_related_field_follows_its_record() {
    on_odoo(async |odoo| {
        let partner = odoo.partner("a", json!({})).await;
        let line = json!([[0, 0, {"display_type": "line_note", "name": "A note"}]]);
        let order = odoo
            .model(ORDER)
            .create(&json!({"partner_id": partner, "order_line": line}))
            .await
            .unwrap();
        let line = odoo.value(ORDER, order, "order_line").await[0]
            .as_i64()
            .unwrap();
        assert_eq!(odoo.value(LINE, line, "order_partner_id").await[0], partner);
        assert_eq!(odoo.value(LINE, line, "state").await, "draft");
        let other = odoo.partner("b", json!({})).await;
        odoo.call(
            ORDER,
            "write",
            json!([[order], {"partner_id": other}]),
            json!({}),
        )
        .await;
        assert_eq!(odoo.value(LINE, line, "order_partner_id").await[0], other);
        let domain = json!([[["order_partner_id.name", "=", odoo.name("b")]]]);
        assert_eq!(
            odoo.call(LINE, "search", domain, json!({})).await,
            json!([line])
        );
    });
}
