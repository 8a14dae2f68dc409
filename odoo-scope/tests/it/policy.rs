//! What the operator denies, by default and by file.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use odoo_scope::policy::Policy;
use serde_json::{Value, json};

use crate::world::{SERIES, outcome};

#[test]
fn what_gives_code_or_rights_is_written_only_by_name() {
    for (named, call, says) in [
        (
            "ir.config_parameter:W",
            json!({"create": "ir.config_parameter", "values": {"key": "x", "value": "y"}}),
            "system parameters",
        ),
        (
            "ir.actions.server:W",
            json!({"write": "ir.actions.server", "values": {"code": "x"}}),
            "server actions run Python code",
        ),
        (
            "ir.cron:W,ir.actions.server:W",
            json!({"write": "ir.cron", "values": {"code": "x"}}),
            "scheduled actions run Python code",
        ),
        (
            "ir.cron:D",
            json!({"unlink": "ir.cron"}),
            "scheduled actions",
        ),
        ("ir.rule:D", json!({"unlink": "ir.rule"}), "record rules"),
        (
            "res.users:W",
            json!({"write": "res.users", "values": {"password": "x"}}),
            "this gateway does not write `password` of `res.users`",
        ),
        (
            "res.users:W,res.partner:W",
            json!({"write": "res.partner", "values": {"user_ids": [[1, 2, {"login": "x"}]]}}),
            "`login` of `res.users`",
        ),
        (
            "res.users:W,res.partner:W",
            json!({"write": "res.partner", "values": {"user_ids": [[4, 2]]}}),
            "`partner_id` of `res.users`",
        ),
        (
            "res.company:W,res.users:R",
            json!({"write": "res.company", "values": {"user_ids": [[4, 2]]}}),
            "`user_ids` of `res.company`",
        ),
        (
            "ir.config_parameter:R",
            json!({"search_read": "ir.config_parameter", "fields": ["key", "value"]}),
            "it may be a secret",
        ),
        (
            "res.config.settings:R",
            json!({"fields_get": "res.config.settings"}),
            "settings show system parameters",
        ),
        (
            "ir.config_parameter:R",
            json!({"search": "ir.config_parameter", "domain": [["value", "=like", "a%"]]}),
            "it may be a secret",
        ),
    ] {
        for (series, schemas) in SERIES.iter() {
            for wide in ["*:RWD", "ir.*:RWD,res.*:RWD"] {
                let refused = outcome(wide, &Policy::default(), schemas, &call).unwrap_err();
                assert!(refused.contains(says), "{series}: {call} says {refused:?}");
                assert_eq!(outcome(wide, &Policy::permissive(), schemas, &call), Ok(()));
            }
            assert_eq!(
                outcome(named, &Policy::default(), schemas, &call),
                Ok(()),
                "{series}: {call}"
            );
        }
    }
}

#[test]
fn groups_are_not_given_by_a_star() {
    for ((_, schemas), field) in SERIES.iter().zip(["groups_id", "group_ids"]) {
        let call = json!({"write": "res.users", "values": {field: [[4, 2]]}});
        let refused = outcome("*:RWD", &Policy::default(), schemas, &call).unwrap_err();
        assert!(refused.contains(&format!("does not write `{field}` of `res.users`")));
    }
}

#[test]
fn a_file_denies_models_and_fields_to_every_key() {
    let policy = policy(
        r#"
        [[deny]]
        model = "res.country"
        letters = "RWD"
        reason = "closed"

        [[deny]]
        model = "res.partner"
        fields = ["credit_limit", "comm*"]
        letters = "R"
        reason = "private"

        [[deny]]
        model = "sale.*"
        letters = "W"
        unless_named = true
        reason = "for sales keys"
        "#,
    );
    let partner = |domain: Value| json!({"search": "res.partner", "domain": domain});
    for (scope, call, says) in [
        (
            "res.country:R",
            json!({"fields_get": "res.country"}),
            "this gateway does not read `res.country`: closed",
        ),
        (
            "*:R",
            partner(json!([["country_id.code", "=", "BE"]])),
            "`res.country`: closed",
        ),
        (
            "res.partner:R",
            partner(json!([["credit_limit", ">", 5]])),
            "does not read `credit_limit` of `res.partner`: private",
        ),
        (
            "res.partner:R",
            json!({"search": "res.partner", "order": "comment"}),
            "`comment`",
        ),
        (
            "res.partner:R",
            json!({"read": "res.partner"}),
            "does not read `res.partner`: private",
        ),
        (
            "*:RW",
            json!({"write": "sale.order", "values": {"note": "x"}}),
            "for sales keys",
        ),
        (
            "sale.*:RW",
            json!({"write": "sale.order", "values": {"note": "x"}}),
            "for sales keys",
        ),
        ("*:RW", json!({"unlink": "ir.rule"}), "may not delete"),
    ] {
        let refused = outcome(scope, &policy, &SERIES[1].1, &call).unwrap_err();
        assert!(refused.contains(says), "{call} says {refused:?}");
    }
    for (scope, call) in [
        (
            "res.partner:RW",
            json!({"write": "res.partner", "values": {"credit_limit": 5}}),
        ),
        ("res.partner:R", partner(json!([["name", "=", "x"]]))),
        (
            "sale.order:RW",
            json!({"write": "sale.order", "values": {"note": "x"}}),
        ),
    ] {
        assert_eq!(
            outcome(scope, &policy, &SERIES[1].1, &call),
            Ok(()),
            "{call}"
        );
    }
}

#[test]
fn a_file_adds_to_the_builtin_rules_or_replaces_them() {
    let count = |toml: &str| policy(toml).rules().count();
    let builtin = Policy::default().rules().count();
    assert!(builtin > 60);
    let rule = "[[deny]]\nmodel = \"a\"\nletters = \"W\"\nreason = \"x\"\n";
    assert_eq!(count(""), builtin);
    assert_eq!(count(rule), builtin + 1);
    assert_eq!(count(&format!("builtin = false\n{rule}")), 1);
}

#[test]
fn a_file_allows_context_keys() {
    let call = json!({"write": "res.partner", "values": {}, "context": {"tracking_disable": true}});
    let allowing = policy(r#"context = ["tracking_disable"]"#);
    assert_eq!(
        outcome("res.partner:W", &allowing, &SERIES[1].1, &call),
        Ok(())
    );
    assert!(outcome("res.partner:W", &Policy::default(), &SERIES[1].1, &call).is_err());
}

#[test]
fn a_file_with_a_slip_is_refused() {
    let rule =
        |line: &str| format!("[[deny]]\nmodel = \"a\"\nletters = \"W\"\nreason = \"x\"\n{line}");
    for (toml, says) in [
        ("denny = []".to_owned(), "denny"),
        (rule("unles_named = true"), "unles_named"),
        (
            "[[deny]]\nmodel = \"a\"\nletters = \"W\"".to_owned(),
            "reason",
        ),
        (
            "[[deny]]\nmodel = \"a\"\nletters = \"X\"\nreason = \"x\"".to_owned(),
            "must be among R, W and D",
        ),
        (
            "[[deny]]\nmodel = \"a\"\nletters = \"\"\nreason = \"x\"".to_owned(),
            "must be among R, W and D",
        ),
        (
            "[[deny]]\nmodel = \"a*\"\nletters = \"W\"\nreason = \"x\"".to_owned(),
            "is no model",
        ),
        (
            "[[deny]]\nmodel = \"a\"\nletters = \"D\"\nfields = [\"b\"]\nreason = \"x\"".to_owned(),
            "cannot be denied D",
        ),
        (
            "context = [\"default_user_ids\"]".to_owned(),
            "cannot be allowed as a context key",
        ),
    ] {
        let error = toml::from_str::<Policy>(&toml).unwrap_err().to_string();
        assert!(error.contains(says), "{toml:?} says {error}");
    }
}

#[test]
fn every_builtin_rule_has_a_reason_and_spares_who_is_named() {
    for rule in Policy::default().rules() {
        assert!(!rule.reason().is_empty() && rule.spares_named() && !rule.denied().is_empty());
    }
}

fn policy(toml: &str) -> Policy {
    toml::from_str(toml).unwrap()
}
