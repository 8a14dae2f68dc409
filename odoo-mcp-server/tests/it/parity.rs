//! The same call over REST and over MCP has the same outcome.

use serde_json::{Value, json};

use crate::mcp_client::{Answer, Mcp};
use crate::support::{Bench, Reply};

const EVERYTHING: &str = "*:RWD";
const LITTLE: &str = "res.partner:R,sale.order:RW";

/// Scope, tool, arguments. The rows are sent in order: later ones see what earlier ones have done.
fn table() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        (EVERYTHING, "whoami", json!({})),
        (
            EVERYTHING,
            "search",
            json!({"model": "res.partner", "limit": 3}),
        ),
        (
            EVERYTHING,
            "search",
            json!({"model": "res.partner", "domain": "[]", "limit": "2"}),
        ),
        (
            EVERYTHING,
            "search",
            json!({"model": "res.partner", "domain": [["id", "=", 0]]}),
        ),
        (EVERYTHING, "search_count", json!({"model": "sale.order"})),
        (
            EVERYTHING,
            "read",
            json!({"model": "res.partner", "ids": 1, "fields": ["name"]}),
        ),
        (
            EVERYTHING,
            "read",
            json!({"model": "res.partner", "ids": [999_999]}),
        ),
        (
            EVERYTHING,
            "search_read",
            json!({"model": "sale.order", "fields": ["name", "partner_id"], "limit": 2, "order": "id"}),
        ),
        (
            EVERYTHING,
            "fields_get",
            json!({"model": "res.partner", "fields": ["name", "email"]}),
        ),
        (
            EVERYTHING,
            "default_get",
            json!({"model": "res.partner", "fields": ["lang", "type"]}),
        ),
        (
            EVERYTHING,
            "create",
            json!({"model": "res.partner", "values": {"name": "Parity"}}),
        ),
        (
            EVERYTHING,
            "create",
            json!({"model": "res.partner", "values": [{"name": "One"}, {"name": "Two"}]}),
        ),
        (
            EVERYTHING,
            "write",
            json!({"model": "res.partner", "ids": [1], "values": {"phone": "1"}}),
        ),
        (
            EVERYTHING,
            "search_read",
            json!({"model": "res.partner", "domain": [["name", "=", "Two"]], "fields": ["name"]}),
        ),
        (
            EVERYTHING,
            "unlink",
            json!({"model": "res.partner", "ids": [999_999]}),
        ),
        // What is refused.
        (EVERYTHING, "serach", json!({"model": "res.partner"})),
        (EVERYTHING, "search", json!({})),
        (EVERYTHING, "search", json!({"model": "Res Partner"})),
        (
            EVERYTHING,
            "search",
            json!({"model": "res.partner", "limt": 3}),
        ),
        (
            EVERYTHING,
            "search",
            json!({"model": "res.partner", "limit": 0}),
        ),
        (
            EVERYTHING,
            "search",
            json!({"model": "res.partner", "domain": [["name"]]}),
        ),
        (EVERYTHING, "search", json!({"model": "no.model"})),
        (
            EVERYTHING,
            "search",
            json!({"model": "res.partner", "domain": [["colour", "=", 1]]}),
        ),
        (
            EVERYTHING,
            "write",
            json!({"model": "res.partner", "ids": [999_999], "values": {"name": "x"}}),
        ),
        (
            EVERYTHING,
            "create",
            json!({"model": "res.partner", "values": {}}),
        ),
        (LITTLE, "search", json!({"model": "product.product"})),
        (
            LITTLE,
            "write",
            json!({"model": "res.partner", "ids": [1], "values": {"name": "x"}}),
        ),
        (LITTLE, "unlink", json!({"model": "sale.order", "ids": [1]})),
        (LITTLE, "search_count", json!({"model": "res.partner"})),
    ]
}

#[tokio::test]
async fn rest_and_mcp_agree_on_every_row() {
    // Two sandboxes are born alike, so the same rows have the same answers, ids and all.
    let (rest, mcp) = tokio::join!(Bench::start(), Bench::start());
    for (scope, tool, arguments) in table() {
        let over_rest = rest
            .call_as(&rest.key_for(scope).await, tool, arguments.clone())
            .await;
        let key = mcp.key_for(scope).await;
        let caller = Mcp {
            bench: &mcp,
            key: &key,
        };
        let over_mcp = caller.call(tool, arguments.clone()).await;
        let row = format!("{scope} {tool} {arguments}");
        assert_same(&row, &over_rest, &rest, &over_mcp, &mcp);
    }
}

#[track_caller]
fn assert_same(row: &str, rest: &Reply, rest_bench: &Bench, mcp: &Answer, mcp_bench: &Bench) {
    // The sandboxes differ in their addresses alone.
    let of_rest = |value: &Value| {
        value
            .to_string()
            .replace(rest_bench.sandbox.url(), "http://odoo")
    };
    let of_mcp = |value: &Value| {
        value
            .to_string()
            .replace(mcp_bench.sandbox.url(), "http://odoo")
    };
    assert_eq!(mcp.code, 200, "{row}: {mcp:?}");
    if rest.body["status"] == "tool_not_found" {
        assert_eq!(mcp.message["error"]["code"], -32602, "{row}: {mcp:?}");
        assert_eq!(mcp.message["error"]["message"], rest.body["error"], "{row}");
        return;
    }
    let result = mcp.result();
    if rest.code == 200 {
        assert_eq!(result["isError"], false, "{row}: {result}");
        let structured = &result["structuredContent"];
        assert_eq!(of_mcp(structured), of_rest(&rest.body["result"]), "{row}");
        let text = result["content"][0]["text"].as_str().unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(text).unwrap(),
            *structured,
            "{row}"
        );
    } else {
        assert_eq!(result["isError"], true, "{row}: {result}");
        assert_eq!(
            of_mcp(&result["content"][0]["text"]),
            of_rest(&rest.body["error"]),
            "{row}"
        );
        assert_eq!(
            result["_meta"]["odoo-mcp/status"], rest.body["status"],
            "{row}"
        );
        assert_eq!(result.get("structuredContent"), None, "{row}");
    }
}
