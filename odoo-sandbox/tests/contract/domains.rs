//! What each operator of a domain finds.

use serde_json::{Value, json};

use crate::target::{Odoo, PARTNER, assert_fault, assert_says, on_odoo, sorted};

/// Five contacts: a Belgian company `A` with the children `kid` and, archived, `old kid`; `b`; and, archived, `g`.
struct Family {
    odoo: Odoo,
    ids: [(i64, &'static str); 5],
}

impl Family {
    async fn of(odoo: Odoo) -> Self {
        let a = json!({"is_company": true, "country_id": 20, "ref": "r1", "color": 3, "email": "a@x.example"});
        let a = odoo.partner("A", a).await;
        let b = odoo
            .partner("b", json!({"ref": "R2", "color": 5, "city": "100%_x"}))
            .await;
        let g = odoo.partner("g", json!({"active": false})).await;
        let kid = odoo.partner("kid", json!({"parent_id": a})).await;
        let old = odoo
            .partner("old kid", json!({"parent_id": a, "active": false}))
            .await;
        Self {
            odoo,
            ids: [(a, "A"), (b, "b"), (g, "g"), (kid, "kid"), (old, "old kid")],
        }
    }

    fn id(&self, name: &str) -> i64 {
        self.ids.iter().find(|(_, known)| *known == name).unwrap().0
    }

    /// Holds a domain to whom it finds, of the family.
    async fn assert_finds(&self, domain: Value, names: &[&str]) {
        let ids: Vec<i64> = self.ids.iter().map(|(id, _)| *id).collect();
        let mut whole = vec![json!("&"), json!(["id", "in", ids])];
        let conditions = domain.as_array().unwrap();
        // The conditions become one, so that the `&` before takes all of them.
        whole.extend(vec![json!("&"); top_level(conditions).saturating_sub(1)]);
        whole.extend(conditions.iter().cloned());
        let found = self
            .odoo
            .call(PARTNER, "search", json!([whole]), json!({}))
            .await;
        let found = sorted(&found);
        let found: Vec<&str> = found
            .iter()
            .map(|id| self.ids.iter().find(|(known, _)| known == id).unwrap().1)
            .collect();
        assert_eq!(found, names, "{domain}");
    }
}

/// Returns how many conditions a domain joins by its implicit `&`.
fn top_level(conditions: &[Value]) -> usize {
    let mut operands: usize = 0;
    for condition in conditions.iter().rev() {
        match condition.as_str() {
            Some("&" | "|") => operands -= 1,
            Some(_) => {}
            None => operands += 1,
        }
    }
    operands
}

/// Runs a table of domains against a family.
fn assert_table<F: Future<Output = ()> + 'static>(table: impl FnOnce(Family) -> F + 'static) {
    on_odoo(async move |odoo| table(Family::of(odoo).await).await);
}

#[test]
fn equality_takes_no_value_as_false() {
    assert_table(async |family| {
        family
            .assert_finds(json!([["ref", "=", "r1"]]), &["A"])
            .await;
        family
            .assert_finds(json!([["ref", "!=", "r1"]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "=", false]]), &["kid"])
            .await;
        family
            .assert_finds(json!([["ref", "=", null]]), &["kid"])
            .await;
        family
            .assert_finds(json!([["ref", "!=", false]]), &["A", "b"])
            .await;
        family
            .assert_finds(json!([["ref", "<>", "r1"]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "=?", false]]), &["A", "b", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "=?", "r1"]]), &["A"])
            .await;
    });
}

#[test]
fn in_takes_lists_with_false_for_no_value() {
    assert_table(async |family| {
        family
            .assert_finds(json!([["ref", "in", ["r1", "R2"]]]), &["A", "b"])
            .await;
        family
            .assert_finds(json!([["ref", "not in", ["r1"]]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "in", ["r1", false]]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "not in", ["r1", false]]]), &["b"])
            .await;
        family.assert_finds(json!([["ref", "in", []]]), &[]).await;
        family
            .assert_finds(json!([["ref", "not in", []]]), &["A", "b", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "=", ["r1"]]]), &["A"])
            .await;
        family
            .assert_finds(json!([["color", "in", [3, 5]]]), &["A", "b"])
            .await;
    });
}

#[test]
fn like_matches_within_and_its_sisters_from_end_to_end() {
    assert_table(async |family| {
        family
            .assert_finds(json!([["ref", "like", "r"]]), &["A"])
            .await;
        family
            .assert_finds(json!([["ref", "ilike", "r"]]), &["A", "b"])
            .await;
        family
            .assert_finds(json!([["ref", "not like", "r"]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "not ilike", "R"]]), &["kid"])
            .await;
        family
            .assert_finds(json!([["ref", "=like", "r%"]]), &["A"])
            .await;
        family
            .assert_finds(json!([["ref", "=like", "1"]]), &[])
            .await;
        family
            .assert_finds(json!([["ref", "=ilike", "r_"]]), &["A", "b"])
            .await;
        family
            .assert_finds(json!([["ref", "ilike", ""]]), &["A", "b", "kid"])
            .await;
        family
            .assert_finds(json!([["ref", "ilike", false]]), &["A", "b", "kid"])
            .await;
        family
            .assert_finds(json!([["city", "like", "100%"]]), &["b"])
            .await;
        family
            .assert_finds(json!([["city", "=like", "100\\%\\_x"]]), &["b"])
            .await;
        family
            .assert_finds(json!([["color", "ilike", "3"]]), &["A"])
            .await;
    });
}

#[test]
fn comparisons_pass_over_records_without_a_value() {
    assert_table(async |family| {
        family
            .assert_finds(json!([["color", ">", 3]]), &["b"])
            .await;
        family
            .assert_finds(json!([["color", ">=", 3]]), &["A", "b"])
            .await;
        family
            .assert_finds(json!([["color", "<", 5]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["color", "<=", 5]]), &["A", "b", "kid"])
            .await;
        family
            .assert_finds(json!([["color", ">=", "3"]]), &["A", "b"])
            .await;
        family
            .assert_finds(json!([["color", "=", "3"]]), &["A"])
            .await;
        family
            .assert_finds(json!([["ref", ">", "a"]]), &["A"])
            .await;
        let (a, b) = (family.id("A"), family.id("b"));
        family
            .assert_finds(json!([["id", ">", a]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["id", "!=", a]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["id", "=", [a, b]]]), &["A", "b"])
            .await;
    });
}

#[test]
fn numbers_and_truth_values() {
    assert_table(async |family| {
        family
            .assert_finds(json!([["color", "=", 0]]), &["kid"])
            .await;
        family
            .assert_finds(json!([["color", "!=", 3]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["is_company", "=", true]]), &["A"])
            .await;
        family
            .assert_finds(json!([["is_company", "=", false]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["is_company", "!=", true]]), &["b", "kid"])
            .await;
        family
            .assert_finds(
                json!([["is_company", "in", [true, false]]]),
                &["A", "b", "kid"],
            )
            .await;
        family
            .assert_finds(json!([["active", "=", false]]), &["g", "old kid"])
            .await;
        family
            .assert_finds(json!([["active", "!=", true]]), &["g", "old kid"])
            .await;
    });
}

#[test]
fn a_relation_is_found_by_id_by_name_and_by_lack() {
    assert_table(async |family| {
        family
            .assert_finds(json!([["country_id", "=", 20]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["country_id", "=", "Belgium"]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["country_id", "=", "belgium"]]), &[])
            .await;
        family
            .assert_finds(json!([["country_id", "ilike", "belg"]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["country_id", "in", ["Belgium"]]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["country_id", "!=", "Belgium"]]), &["b"])
            .await;
        family
            .assert_finds(json!([["country_id", "not ilike", "belg"]]), &["b"])
            .await;
        family
            .assert_finds(json!([["country_id", "=", false]]), &["b"])
            .await;
        family
            .assert_finds(json!([["country_id", "!=", false]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["country_id", "!=", 20]]), &["b"])
            .await;
        family
            .assert_finds(json!([["country_id", "not in", [20, false]]]), &[])
            .await;
        family
            .assert_finds(json!([["country_id", "=", 999_999]]), &[])
            .await;
    });
}

#[test]
fn a_dotted_path_asks_the_other_record() {
    assert_table(async |family| {
        family
            .assert_finds(json!([["country_id.code", "=", "BE"]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["country_id.code", "!=", "BE"]]), &[])
            .await;
        family
            .assert_finds(json!([["parent_id.ref", "=", "r1"]]), &["kid"])
            .await;
        family
            .assert_finds(json!([["parent_id.country_id.code", "=", "BE"]]), &["kid"])
            .await;
        family
            .assert_finds(json!([["child_ids.name", "ilike", "kid"]]), &["A"])
            .await;
    });
}

#[test]
fn one_record_of_many_is_enough() {
    assert_table(async |family| {
        let kid = family.id("kid");
        family
            .assert_finds(json!([["child_ids", "=", false]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["child_ids", "!=", false]]), &["A"])
            .await;
        family
            .assert_finds(json!([["child_ids", "in", [kid]]]), &["A"])
            .await;
        family
            .assert_finds(json!([["child_ids", "not in", [kid]]]), &["b", "kid"])
            .await;
        family
            .assert_finds(json!([["child_ids", "=", kid]]), &["A"])
            .await;
        family
            .assert_finds(json!([["child_ids", "ilike", "kid"]]), &["A"])
            .await;
        family
            .assert_finds(json!([["category_id", "=", false]]), &["A", "b", "kid"])
            .await;
        family
            .assert_finds(json!([["user_ids", "=", false]]), &["A", "b", "kid"])
            .await;
    });
}

#[test]
fn any_takes_a_domain_of_the_other_model_since_17() {
    assert_table(async |family| {
        let belgian = json!([["country_id", "any", [["code", "=", "BE"]]]]);
        if family.odoo.series < 17 {
            let fault = family
                .odoo
                .fault(PARTNER, "search", json!([belgian]), json!({}))
                .await;
            assert_eq!(fault.code(), 1);
            return;
        }
        family.assert_finds(belgian, &["A", "kid"]).await;
        family
            .assert_finds(
                json!([["country_id", "not any", [["code", "=", "BE"]]]]),
                &["b"],
            )
            .await;
        family
            .assert_finds(
                json!([["child_ids", "any", [["name", "like", "kid"]]]]),
                &["A"],
            )
            .await;
        family
            .assert_finds(
                json!([["child_ids", "not any", [["name", "like", "kid"]]]]),
                &["b", "kid"],
            )
            .await;
        let deep = json!([[
            "child_ids",
            "any",
            [[
                "country_id",
                "any",
                ["|", ["code", "=", "BE"], ["id", "=", 1]]
            ]]
        ]]);
        family.assert_finds(deep, &["A"]).await;
        family
            .assert_finds(json!([["ref", "not =like", "r%"]]), &["b", "kid"])
            .await;
    });
}

#[test]
fn child_of_and_parent_of_follow_the_tree() {
    assert_table(async |family| {
        let (a, kid) = (family.id("A"), family.id("kid"));
        family
            .assert_finds(json!([["id", "child_of", a]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["id", "child_of", [a]]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["parent_id", "child_of", a]]), &["A", "kid"])
            .await;
        family
            .assert_finds(json!([["id", "parent_of", kid]]), &["A", "kid"])
            .await;
        family
            .assert_finds(
                json!([["id", "child_of", family.odoo.name("A")]]),
                &["A", "kid"],
            )
            .await;
        family
            .assert_finds(json!([["id", "child_of", false]]), &[])
            .await;
        family
            .assert_finds(json!([["id", "child_of", []]]), &[])
            .await;
        let fault = family
            .odoo
            .fault(
                PARTNER,
                "search",
                json!([[["country_id", "child_of", 20]]]),
                json!({}),
            )
            .await;
        assert_says(&fault, 1, "Invalid field res.country.parent_id");
    });
}

#[test]
fn operators_stand_before_their_operands() {
    assert_table(async |family| {
        let (one, two) = (json!(["ref", "=", "r1"]), json!(["ref", "=", "R2"]));
        family
            .assert_finds(json!(["|", one, two]), &["A", "b"])
            .await;
        family.assert_finds(json!(["!", one]), &["b", "kid"]).await;
        family
            .assert_finds(json!(["!", "|", one, two]), &["kid"])
            .await;
        family
            .assert_finds(
                json!(["&", one, ["color", "=", 3], ["active", "=", true]]),
                &["A"],
            )
            .await;
        family.assert_finds(json!([one, two]), &[]).await;
        family
            .assert_finds(json!(["|", "&", one, ["color", "=", 9], two]), &["b"])
            .await;
        family
            .assert_finds(json!([[1, "=", 1]]), &["A", "b", "kid"])
            .await;
        family.assert_finds(json!([[0, "=", 1]]), &[]).await;
    });
}

#[test]
fn dates_compare_with_days_and_seconds() {
    assert_table(async |family| {
        family
            .assert_finds(
                json!([["create_date", ">", "2020-01-01"]]),
                &["A", "b", "kid"],
            )
            .await;
        family
            .assert_finds(json!([["create_date", "<", "2020-01-01 00:00:00"]]), &[])
            .await;
        family
            .assert_finds(json!([["create_date", "=", false]]), &[])
            .await;
        let fault = family
            .odoo
            .fault(
                PARTNER,
                "search",
                json!([[["create_date", ">", "zzz"]]]),
                json!({}),
            )
            .await;
        assert_eq!(fault.code(), 1);
    });
}

#[test]
fn names_for_display_can_be_searched() {
    assert_table(async |family| {
        let shown = format!("{}, {}", family.odoo.name("A"), family.odoo.name("kid"));
        family
            .assert_finds(json!([["display_name", "=", shown]]), &["kid"])
            .await;
        family
            .assert_finds(json!([["display_name", "ilike", "KID"]]), &["kid"])
            .await;
    });
}

#[test]
fn unknown_fields_and_operators_are_faults() {
    on_odoo(async |odoo| {
        let fault = async |condition: Value| {
            odoo.fault(PARTNER, "search", json!([[condition]]), json!({}))
                .await
        };
        assert_says(
            &fault(json!(["nofield", "=", 1])).await,
            1,
            "ValueError: Invalid field res.partner.nofield in",
        );
        let dotted = fault(json!(["country_id.nofield", "=", 1])).await;
        assert_says(
            &dotted,
            1,
            "ValueError: Invalid field res.country.nofield in",
        );
        assert_says(
            &fault(json!(["NAME", "=", "x"])).await,
            1,
            "Invalid field res.partner.NAME",
        );
        assert_says(
            &fault(json!(["name", "~~", 1])).await,
            1,
            "('name', '~~', 1)",
        );
        assert_eq!(fault(json!(["name.x", "=", 1])).await.code(), 1);
    });
}

#[test]
fn a_malformed_domain_is_a_fault() {
    on_odoo(async |odoo| {
        for domain in [
            json!(["name", "=", "x"]),
            json!(["&", ["name", "=", "x"]]),
            json!([["name", "="]]),
            json!("name"),
            json!(5),
            json!(null),
            json!([[]]),
        ] {
            let fault = odoo
                .fault(PARTNER, "search", json!([domain]), json!({}))
                .await;
            assert_eq!(fault.code(), 1, "{domain}");
        }
        if odoo.series >= 19 {
            let fault = odoo
                .fault(
                    PARTNER,
                    "search",
                    json!([["&", ["name", "=", "x"]]]),
                    json!({}),
                )
                .await;
            assert_fault(
                &fault,
                1,
                "ValueError: Domain() malformed domain ['&', ['name', '=', 'x']]",
            );
        }
    });
}
