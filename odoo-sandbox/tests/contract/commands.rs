//! Relational commands.

use serde_json::{Value, json};

use crate::target::{Odoo, PARTNER, TAG, assert_fault, on_odoo, sorted};

async fn write(odoo: &Odoo, id: i64, values: Value) {
    assert_eq!(
        odoo.call(PARTNER, "write", json!([[id], values]), json!({}))
            .await,
        true
    );
}

/// Makes a contact with two children.
async fn parent_of_two(odoo: &Odoo) -> (i64, [i64; 2]) {
    let parent = odoo.partner("parent", json!({"is_company": true})).await;
    let children = [
        odoo.partner("one", json!({"parent_id": parent})).await,
        odoo.partner("two", json!({"parent_id": parent})).await,
    ];
    (parent, children)
}

async fn children_of(odoo: &Odoo, parent: i64) -> Vec<i64> {
    sorted(&odoo.value(PARTNER, parent, "child_ids").await)
}

#[test]
fn command_0_creates_to_any_depth() {
    on_odoo(async |odoo| {
        let tag = odoo.named("tag", json!({}));
        let grandchild = odoo.named("grandchild", json!({"category_id": [[0, 0, tag]]}));
        let child = odoo.named(
            "child",
            json!({"is_company": true, "child_ids": [[0, 0, grandchild]]}),
        );
        let id = odoo
            .partner("a", json!({"child_ids": [[0, 0, child]]}))
            .await;
        let domain = json!([[["parent_id.parent_id", "=", id]]]);
        let named = json!({"fields": ["name", "category_id"]});
        let found = odoo.call(PARTNER, "search_read", domain, named).await;
        assert_eq!(found[0]["name"], odoo.name("grandchild"));
        let tags = &found[0]["category_id"];
        assert_eq!(
            odoo.value(TAG, tags[0].as_i64().unwrap(), "name").await,
            odoo.name("tag")
        );
    });
}

#[test]
fn command_1_writes() {
    on_odoo(async |odoo| {
        let (parent, [one, two]) = parent_of_two(&odoo).await;
        write(
            &odoo,
            parent,
            json!({"child_ids": [[1, one, {"ref": "new"}]]}),
        )
        .await;
        assert_eq!(odoo.value(PARTNER, one, "ref").await, "new");
        assert_eq!(odoo.value(PARTNER, two, "ref").await, false);
    });
}

#[test]
fn command_1_on_a_missing_record_is_a_fault() {
    on_odoo(async |odoo| {
        let (parent, _) = parent_of_two(&odoo).await;
        let values = json!({"child_ids": [[1, 99_999_999, {"ref": "new"}]]});
        let fault = odoo
            .fault(PARTNER, "write", json!([[parent], values]), json!({}))
            .await;
        let said =
            "Record does not exist or has been deleted. (Record: res.partner(99999999,), User: 2)";
        assert_fault(&fault, 2, said);
    });
}

#[test]
fn command_2_deletes() {
    on_odoo(async |odoo| {
        let (parent, [one, two]) = parent_of_two(&odoo).await;
        write(&odoo, parent, json!({"child_ids": [[2, one]]})).await;
        assert_eq!(children_of(&odoo, parent).await, [two]);
        assert_eq!(
            odoo.call(PARTNER, "read", json!([[one], ["name"]]), json!({}))
                .await,
            json!([])
        );
    });
}

#[test]
fn command_3_unlinks_and_4_links() {
    on_odoo(async |odoo| {
        let (parent, [one, two]) = parent_of_two(&odoo).await;
        write(&odoo, parent, json!({"child_ids": [[3, one]]})).await;
        assert_eq!(children_of(&odoo, parent).await, [two]);
        assert_eq!(odoo.value(PARTNER, one, "parent_id").await, false);
        write(&odoo, parent, json!({"child_ids": [[4, one]]})).await;
        assert_eq!(children_of(&odoo, parent).await, [one, two]);
        write(&odoo, parent, json!({"child_ids": [[4, one]]})).await;
        assert_eq!(children_of(&odoo, parent).await, [one, two]);
    });
}

#[test]
fn command_5_clears_and_6_replaces() {
    on_odoo(async |odoo| {
        let (parent, [one, two]) = parent_of_two(&odoo).await;
        write(&odoo, parent, json!({"child_ids": [[5]]})).await;
        assert_eq!(children_of(&odoo, parent).await, [] as [i64; 0]);
        write(&odoo, parent, json!({"child_ids": [[6, 0, [one, two]]]})).await;
        assert_eq!(children_of(&odoo, parent).await, [one, two]);
        write(&odoo, parent, json!({"child_ids": [[6, 0, [two]]]})).await;
        assert_eq!(children_of(&odoo, parent).await, [two]);
    });
}

#[test]
fn a_many2many_takes_the_same_commands() {
    on_odoo(async |odoo| {
        let tags = [
            odoo.named("x", json!({})),
            odoo.named("y", json!({})),
            odoo.named("z", json!({})),
        ];
        let tags = odoo.model(TAG).create_many(&tags).await.unwrap();
        let id = odoo
            .partner("a", json!({"category_id": [[6, 0, [tags[0], tags[1]]]]}))
            .await;
        let held = async || sorted(&odoo.value(PARTNER, id, "category_id").await);
        assert_eq!(held().await, tags[..2]);
        write(
            &odoo,
            id,
            json!({"category_id": [[3, tags[0]], [4, tags[2]]]}),
        )
        .await;
        assert_eq!(held().await, tags[1..]);
        write(
            &odoo,
            id,
            json!({"category_id": [[1, tags[1], {"color": 7}]]}),
        )
        .await;
        assert_eq!(odoo.value(TAG, tags[1], "color").await, 7);
        write(&odoo, id, json!({"category_id": [[2, tags[2]]]})).await;
        assert_eq!(held().await, tags[1..2]);
        write(&odoo, id, json!({"category_id": [[5]]})).await;
        assert_eq!(held().await, [] as [i64; 0]);
        // Unlinked, not deleted.
        assert_eq!(odoo.value(TAG, tags[1], "color").await, 7);
    });
}

#[test]
fn both_sides_of_a_many2many_agree() {
    on_odoo(async |odoo| {
        let tag = odoo
            .model(TAG)
            .create(&odoo.named("tag", json!({})))
            .await
            .unwrap();
        let id = odoo.partner("a", json!({"category_id": [[4, tag]]})).await;
        assert_eq!(odoo.value(TAG, tag, "partner_ids").await, json!([id]));
        odoo.call(
            TAG,
            "write",
            json!([[tag], {"partner_ids": [[3, id]]}]),
            json!({}),
        )
        .await;
        assert_eq!(odoo.value(PARTNER, id, "category_id").await, json!([]));
        odoo.call(
            TAG,
            "write",
            json!([[tag], {"partner_ids": [[4, id]]}]),
            json!({}),
        )
        .await;
        assert_eq!(odoo.value(PARTNER, id, "category_id").await, json!([tag]));
    });
}

#[test]
fn ids_alone_replace_and_false_clears() {
    on_odoo(async |odoo| {
        let tag = odoo
            .model(TAG)
            .create(&odoo.named("tag", json!({})))
            .await
            .unwrap();
        let id = odoo.partner("a", json!({})).await;
        write(&odoo, id, json!({"category_id": [tag]})).await;
        assert_eq!(odoo.value(PARTNER, id, "category_id").await, json!([tag]));
        write(&odoo, id, json!({"category_id": false})).await;
        assert_eq!(odoo.value(PARTNER, id, "category_id").await, json!([]));
    });
}

#[test]
fn what_is_no_command_is_passed_over_or_refused() {
    on_odoo(async |odoo| {
        let (parent, children) = parent_of_two(&odoo).await;
        write(&odoo, parent, json!({"child_ids": [[9, children[0]]]})).await;
        assert_eq!(children_of(&odoo, parent).await, children);
        let fault = odoo
            .fault(
                PARTNER,
                "write",
                json!([[parent], {"child_ids": "x"}]),
                json!({}),
            )
            .await;
        assert_fault(
            &fault,
            1,
            "ValueError: Wrong value for res.partner.child_ids: x",
        );
        let fault = odoo
            .fault(
                PARTNER,
                "write",
                json!([[parent], {"category_id": [[4, 99_999_999]]}]),
                json!({}),
            )
            .await;
        assert_eq!(fault.code(), 2);
    });
}
