//! `search`, `search_count` and their windows.

use odoo_rpc::{Domain, Operator, Page};
use serde_json::{Value, json};

use crate::target::{Odoo, PARTNER, assert_fault, assert_says, on_odoo};

/// Makes three contacts, and returns their ids and a domain that finds them alone.
async fn three(odoo: &Odoo) -> (Vec<i64>, Value) {
    let values = ["c", "a", "b"].map(|name| odoo.named(name, json!({"ref": name})));
    let ids = odoo.model(PARTNER).create_many(&values).await.unwrap();
    let domain = json!([["id", "in", ids]]);
    (ids, domain)
}

#[test]
fn search_answers_ids_in_the_order_asked_for() {
    on_odoo(async |odoo| {
        let (ids, domain) = three(&odoo).await;
        let domain = Domain::from_json(domain).unwrap();
        let search = async |order: &str| {
            odoo.model(PARTNER)
                .search(&domain, &Page::all().order(order))
                .await
                .unwrap()
        };
        assert_eq!(search("ref").await, [ids[1], ids[2], ids[0]]);
        assert_eq!(search("ref desc").await, [ids[0], ids[2], ids[1]]);
        assert_eq!(search("ref ASC, id desc").await, [ids[1], ids[2], ids[0]]);
        assert_eq!(
            search("is_company, id DESC").await,
            [ids[2], ids[1], ids[0]]
        );
    });
}

#[test]
fn without_an_order_the_models_own_holds() {
    on_odoo(async |odoo| {
        let (ids, domain) = three(&odoo).await;
        for named in [json!({}), json!({"order": false}), json!({"order": ""})] {
            assert_eq!(
                odoo.call(PARTNER, "search", json!([domain]), named).await,
                json!([ids[1], ids[2], ids[0]])
            );
        }
    });
}

#[test]
fn a_many2one_sorts_by_the_other_models_order() {
    on_odoo(async |odoo| {
        let country = async |name: &str, country: i64| {
            odoo.partner(name, json!({"country_id": country})).await
        };
        // Germany, Belgium, France, and none: nothing comes last.
        let ids = [
            country("a", 57).await,
            country("b", 20).await,
            country("c", 75).await,
        ];
        let stateless = odoo.partner("d", json!({})).await;
        let domain = json!([[["id", "in", [ids[0], ids[1], ids[2], stateless]]]]);
        let sorted = odoo
            .call(
                PARTNER,
                "search",
                domain.clone(),
                json!({"order": "country_id"}),
            )
            .await;
        assert_eq!(sorted, json!([ids[1], ids[2], ids[0], stateless]));
        let sorted = odoo
            .call(
                PARTNER,
                "search",
                domain,
                json!({"order": "country_id desc"}),
            )
            .await;
        assert_eq!(sorted, json!([stateless, ids[0], ids[2], ids[1]]));
    });
}

#[test]
fn limit_and_offset_cut_a_window() {
    on_odoo(async |odoo| {
        let (ids, domain) = three(&odoo).await;
        let domain = Domain::from_json(domain).unwrap();
        let page = Page::all().order("id").offset(1).limit(1);
        assert_eq!(
            odoo.model(PARTNER).search(&domain, &page).await.unwrap(),
            [ids[1]]
        );
        let beyond = Page::all().offset(9);
        assert_eq!(
            odoo.model(PARTNER).search(&domain, &beyond).await.unwrap(),
            [] as [i64; 0]
        );
    });
}

#[test]
fn limit_0_false_and_null_are_no_limit() {
    on_odoo(async |odoo| {
        let (_, domain) = three(&odoo).await;
        for limit in [json!(0), json!(false), json!(null)] {
            let found = odoo
                .call(PARTNER, "search", json!([domain]), json!({"limit": limit}))
                .await;
            assert_eq!(found.as_array().unwrap().len(), 3, "limit {limit}");
        }
    });
}

#[test]
fn a_negative_limit_is_a_fault() {
    on_odoo(async |odoo| {
        let fault = odoo
            .fault(PARTNER, "search", json!([[]]), json!({"limit": -1}))
            .await;
        assert_fault(&fault, 1, "LIMIT must not be negative");
        let fault = odoo
            .fault(PARTNER, "search", json!([[]]), json!({"offset": -1}))
            .await;
        assert_fault(&fault, 1, "OFFSET must not be negative");
    });
}

#[test]
fn positional_and_named_arguments_are_the_same() {
    on_odoo(async |odoo| {
        let (ids, domain) = three(&odoo).await;
        let found = odoo
            .call(PARTNER, "search", json!([domain, 1, 1, "id"]), json!({}))
            .await;
        assert_eq!(found, json!([ids[1]]));
        let named = json!({"offset": 1, "limit": 1, "order": "id"});
        assert_eq!(
            odoo.call(PARTNER, "search", json!([domain]), named).await,
            found
        );
    });
}

#[test]
fn search_count_counts() {
    on_odoo(async |odoo| {
        let (_, domain) = three(&odoo).await;
        let all = Domain::from_json(domain.clone()).unwrap();
        assert_eq!(odoo.model(PARTNER).search_count(&all).await.unwrap(), 3);
        let none = Domain::field("name", Operator::Equal, "no such name");
        assert_eq!(odoo.model(PARTNER).search_count(&none).await.unwrap(), 0);
        if odoo.series >= 16 {
            assert_eq!(
                odoo.call(
                    PARTNER,
                    "search_count",
                    json!([domain]),
                    json!({"limit": 2})
                )
                .await,
                2
            );
        }
    });
}

#[test]
fn order_takes_direct_fields_only() {
    on_odoo(async |odoo| {
        let fault = odoo
            .fault(
                PARTNER,
                "search",
                json!([[]]),
                json!({"order": "country_id.name"}),
            )
            .await;
        if odoo.series < 17 {
            assert_says(&fault, 2, "Invalid \"order\" specified (country_id.name)");
        } else {
            assert_fault(
                &fault,
                1,
                "ValueError: Invalid field property 'name' on res.partner.country_id",
            );
        }
    });
}

#[test]
fn an_order_that_is_not_understood_is_a_fault() {
    on_odoo(async |odoo| {
        for order in ["name sideways", "name; drop"] {
            let fault = odoo
                .fault(PARTNER, "search", json!([[]]), json!({"order": order}))
                .await;
            assert_says(&fault, 2, &format!("Invalid \"order\" specified ({order})"));
        }
        let fault = odoo
            .fault(PARTNER, "search", json!([[]]), json!({"order": "nofield"}))
            .await;
        assert_fault(
            &fault,
            1,
            "ValueError: Invalid field 'nofield' on model 'res.partner'",
        );
    });
}

#[test]
fn archived_records_are_found_only_if_asked_for() {
    on_odoo(async |odoo| {
        let shown = odoo.partner("shown", json!({})).await;
        let hidden = odoo.partner("hidden", json!({"active": false})).await;
        let both = json!([["id", "in", [shown, hidden]]]);
        let search = async |domain: Value, named: Value| {
            odoo.call(PARTNER, "search", json!([domain]), named).await
        };
        assert_eq!(search(both.clone(), json!({})).await, json!([shown]));
        let context = json!({"context": {"active_test": false}, "order": "id"});
        assert_eq!(search(both.clone(), context).await, json!([shown, hidden]));
        let named = json!([["id", "in", [shown, hidden]], ["active", "=", false]]);
        assert_eq!(search(named, json!({})).await, json!([hidden]));
        let either = json!([
            ["id", "in", [shown, hidden]],
            ["active", "in", [true, false]]
        ]);
        assert_eq!(
            search(either, json!({"order": "id"})).await,
            json!([shown, hidden])
        );
        // Reading by id shows them all the same.
        assert_eq!(odoo.value(PARTNER, hidden, "active").await, false);
    });
}

#[test]
fn an_unknown_model_is_told() {
    on_odoo(async |odoo| {
        for method in ["search", "fields_get", "no_method"] {
            let fault = odoo.fault("no.model", method, json!([[]]), json!({})).await;
            assert_fault(&fault, 2, "Object no.model doesn't exist");
        }
    });
}
