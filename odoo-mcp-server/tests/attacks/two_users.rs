//! What one user's calls leave behind in the gateway widens nobody else's scope.

use serde_json::json;

use crate::bench::Bench;
use crate::world::World;

/// Odoo hides fields from users by their groups, and the gateway keeps what it was told of a model for all.
#[tokio::test]
async fn fields_hidden_from_one_user_hide_no_way_from_another() {
    let bench = Bench::start().await;
    let making =
        json!({"model": "res.users", "values": {"name": "$mark new", "login": "$mark new"}});
    let _turn = World::turn(&making).await;
    let mut world = World::new(&bench);
    let user = world.fill(&json!("$user")).await.unwrap();
    let mark = world.fill(&json!("$mark")).await.unwrap();
    let mark = mark.as_str().unwrap();
    bench
        .ask(
            "res.users",
            "write",
            json!([[user], {"password": mark}]),
            json!({}),
        )
        .await
        .unwrap();

    let reading = json!({"name": "search", "arguments": {
        "model": "res.users", "domain": [["login", "=", mark]],
    }});
    let seen = bench.call_as(mark, mark, "res.users:R", &reading).await;
    assert_eq!(seen.code, 200, "{seen:?}");

    let making = world.fill(&making).await.unwrap();
    let refused = bench.call("res.users:W", "create", &making).await;
    let allowed = bench
        .call("res.users:W,res.partner:W", "create", &making)
        .await;
    bench.remove_records().await;
    assert_eq!(refused.code, 403, "{refused:?}");
    assert!(
        refused.body["error"]
            .as_str()
            .is_some_and(|error| error.contains("`res.partner`"))
    );
    assert_eq!(allowed.code, 200, "{allowed:?}");
}
