//! What MCP clients find: tools, resources, prompts, completion and instructions.

use odoo_sandbox::Trouble;
use serde_json::{Value, json};

use crate::mcp_client::{Answer, Mcp, STREAMS};
use crate::support::Bench;

#[tokio::test]
async fn discovery_says_who_the_caller_is_and_what_the_key_may_do() {
    let bench = Bench::start().await;
    let key = bench.key_for("res.partner:R").await;
    let mcp = Mcp {
        bench: &bench,
        key: &key,
    };
    let answer = mcp.ask("server/discover", json!({})).await;
    let instructions = answer.result()["instructions"].as_str().unwrap();
    for part in ["`sandbox`", "login admin", "res.partner:R", "Odoo 19.0"] {
        assert!(instructions.contains(part), "{part}: {instructions}");
    }
    assert_eq!(answer.result()["cacheScope"], "private");
}

#[tokio::test]
async fn connecting_works_while_odoo_is_down_and_says_so() {
    let bench = Bench::start().await;
    bench.sandbox.trouble(Trouble::page(503).for_good());
    let answer = Mcp::new(&bench).initialize("2025-11-25", STREAMS).await;
    let instructions = answer.result()["instructions"].as_str().unwrap();
    assert!(
        instructions.contains("could not be asked"),
        "{instructions}"
    );
}

#[tokio::test]
async fn a_key_sees_the_tools_and_prompts_it_can_use() {
    let bench = Bench::start().await;
    let reading = [
        "search",
        "read",
        "search_read",
        "search_count",
        "fields_get",
        "default_get",
    ];
    for (scope, more, prompts) in [
        (
            "*:R",
            vec!["whoami"],
            vec!["explore_model", "summarise_order"],
        ),
        (
            "res.partner:RW",
            vec!["create", "write", "whoami"],
            vec!["explore_model", "fix_record"],
        ),
        (
            "res.partner:RD",
            vec!["unlink", "whoami"],
            vec!["explore_model"],
        ),
    ] {
        let key = bench.key_for(scope).await;
        let mcp = Mcp {
            bench: &bench,
            key: &key,
        };
        let answer = mcp.ask("tools/list", json!({})).await;
        assert_eq!(
            names(&answer.result()["tools"]),
            [&reading[..], &more].concat(),
            "{scope}"
        );
        assert_eq!(answer.result()["cacheScope"], "private");
        let answer = mcp.ask("prompts/list", json!({})).await;
        assert_eq!(names(&answer.result()["prompts"]), prompts, "{scope}");
    }
}

fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap();
    list.iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn hints_follow_from_what_a_tool_does() {
    let bench = Bench::start().await;
    let answer = Mcp::new(&bench).ask("tools/list", json!({})).await;
    let hints = |name: &str| {
        let tools = answer.result()["tools"].as_array().unwrap();
        let tool = tools.iter().find(|tool| tool["name"] == name).unwrap();
        let hint = |key: &str| tool["annotations"][key].as_bool().unwrap();
        [
            hint("readOnlyHint"),
            hint("destructiveHint"),
            hint("idempotentHint"),
        ]
    };
    assert_eq!(hints("search_read"), [true, false, true]);
    assert_eq!(hints("create"), [false, false, false]);
    assert_eq!(hints("write"), [false, true, true]);
    assert!(hints("unlink")[1]);
}

#[tokio::test]
async fn resources_are_read_under_the_scope() {
    let bench = Bench::start().await;
    let key = bench.key_for("res.partner:RW,sale.*:R").await;
    let mcp = Mcp {
        bench: &bench,
        key: &key,
    };
    let read = async |uri: &str| mcp.ask("resources/read", json!({"uri": uri})).await;
    let content = |answer: &Answer| -> Value {
        let text = answer.result()["contents"][0]["text"].as_str().unwrap();
        serde_json::from_str(text).unwrap()
    };

    let models = content(&read("odoo://models").await);
    let found: Vec<(&str, &str)> = models["models"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["model"].as_str().unwrap(),
                one["permissions"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("res.partner", "RW"),
            ("sale.order", "R"),
            ("sale.order.line", "R")
        ]
    );

    assert_eq!(content(&read("odoo://res.partner/1").await)["id"], 1);
    let fields = content(&read("odoo://sale.order/fields").await);
    assert_eq!(fields["fields"]["partner_id"]["relation"], "res.partner");

    read("odoo://res.partner/999999")
        .await
        .assert_error(-32602, "no record");
    read("odoo://res.users/2")
        .await
        .assert_error(-32602, "may not read `res.users`");
    read("odoo://res.partner")
        .await
        .assert_error(-32602, "no such resource");
}

#[tokio::test]
async fn models_and_fields_are_completed_within_the_scope() {
    let bench = Bench::start().await;
    let key = bench.key_for("sale.*:R").await;
    let mcp = Mcp {
        bench: &bench,
        key: &key,
    };
    let complete = async |argument: Value, context: Value| {
        let reference = json!({"type": "ref/prompt", "name": "explore_model"});
        let params =
            json!({"ref": reference, "argument": argument, "context": {"arguments": context}});
        mcp.ask("completion/complete", params).await.result()["completion"]["values"].clone()
    };
    assert_eq!(
        complete(json!({"name": "model", "value": "sale"}), json!({})).await,
        json!(["sale.order", "sale.order.line"])
    );
    assert_eq!(
        complete(json!({"name": "model", "value": "res.p"}), json!({})).await,
        json!([])
    );
    assert_eq!(
        complete(
            json!({"name": "field", "value": "amount_"}),
            json!({"model": "sale.order"})
        )
        .await[0],
        "amount_tax"
    );
}

#[tokio::test]
async fn a_prompt_says_what_it_lacks() {
    let bench = Bench::start().await;
    let mcp = Mcp::new(&bench);
    let filled = json!({"name": "explore_model", "arguments": {"model": "sale.order"}});
    let answer = mcp.ask("prompts/get", filled).await;
    let text = answer.result()["messages"][0]["content"]["text"]
        .as_str()
        .unwrap();
    assert!(
        text.contains(r#"{"model": "sale.order", "domain": []}"#),
        "{text}"
    );
    let empty = mcp
        .ask("prompts/get", json!({"name": "explore_model"}))
        .await;
    empty.assert_error(-32602, "needs `model`");
    let unknown = mcp
        .ask("prompts/get", json!({"name": "explode_model"}))
        .await;
    unknown.assert_error(-32602, "there are: explore_model");
}

#[tokio::test]
async fn the_prompt_for_orders_names_fields_that_exist() {
    let bench = Bench::start().await;
    let filled = json!({"name": "summarise_order", "arguments": {"order": "S00001"}});
    let answer = Mcp::new(&bench).ask("prompts/get", filled).await;
    let text = answer.result()["messages"][0]["content"]["text"]
        .as_str()
        .unwrap();
    for model in ["sale.order", "sale.order.line"] {
        let (_, after) = text
            .split_once(&format!("{{\"model\": \"{model}\""))
            .unwrap();
        let (_, after) = after.split_once("\"fields\": ").unwrap();
        let end = after.find(']').unwrap();
        let fields: Vec<String> = serde_json::from_str(&after[..=end]).unwrap();
        let known = bench
            .result("fields_get", json!({"model": model, "fields": fields}))
            .await;
        assert_eq!(known["count"], fields.len(), "{model}: {known}");
    }
}
