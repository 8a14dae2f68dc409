//! The reference documents are what the source says.
//!
//! `UPDATE_EXPECT=1 cargo test -p odoo-mcp-server --test it surface` writes them anew.

use expect_test::expect_file;
use odoo_mcp_server::reference;
use serde_json::Value;

#[test]
fn docs_tools_md_is_the_tool_table() {
    expect_file!["../../../docs/tools.md"].assert_eq(&reference::tools());
}

#[test]
fn docs_errors_md_is_the_table_of_failures() {
    expect_file!["../../../docs/errors.md"].assert_eq(&reference::errors());
}

#[test]
fn docs_configuration_md_is_the_declaration_of_flags() {
    expect_file!["../../../docs/configuration.md"].assert_eq(&reference::configuration());
}

#[test]
fn docs_policy_md_is_the_built_in_policy() {
    expect_file!["../../../docs/policy.md"].assert_eq(&reference::policy());
}

#[test]
fn docs_openapi_json_is_the_rest_door() {
    expect_file!["../../../docs/openapi.json"].assert_eq(&reference::openapi());
}

/// n8n and the large models' APIs drop what a reference names, and refuse arrays of anything.
#[tokio::test]
async fn every_schema_is_inline_with_typed_items_and_descriptions() {
    let bench = crate::support::Bench::start().await;
    let list = bench.get("/tools/list").await.body;
    assert_eq!(list["tools"].as_array().unwrap().len(), 10);
    for tool in list["tools"].as_array().unwrap() {
        let schema = &tool["inputSchema"];
        assert_eq!(schema["type"], "object", "{tool}");
        assert_eq!(schema["additionalProperties"], false, "{tool}");
        for (name, property) in schema["properties"].as_object().unwrap() {
            assert!(
                property["description"].is_string(),
                "{} {name}",
                tool["name"]
            );
            check(property);
        }
    }
}

fn check(schema: &Value) {
    assert!(
        schema.get("$ref").is_none() && schema.get("$defs").is_none(),
        "{schema}"
    );
    if schema["type"] == "array" {
        let items = &schema["items"];
        assert!(
            items["type"].is_string() || items["anyOf"].is_array(),
            "{schema}"
        );
        check(items);
    }
    for branch in schema["anyOf"].as_array().into_iter().flatten() {
        check(branch);
    }
}
