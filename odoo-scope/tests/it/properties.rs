//! What holds for every text.

use odoo_scope::{Permission, Scope};
use proptest::prelude::*;

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = Scope::parse(&text);
    }

    #[test]
    fn whatever_is_read_reads_back_the_same(text in "[a-cRWD.*:,()\\- ;]{0,40}") {
        if let Ok(scope) = Scope::parse(&text) {
            prop_assert_eq!(Scope::parse(&scope.to_string()), Ok(scope));
        }
    }

    #[test]
    fn a_scope_shown_and_read_again_is_the_same(entries in entries()) {
        let scope = Scope::parse(&entries.join(",")).unwrap();
        let shown = scope.to_string();
        let again = Scope::parse(&shown).unwrap();
        prop_assert_eq!(again.to_string(), shown);
        prop_assert_eq!(again, scope);
    }

    #[test]
    fn the_order_of_entries_has_no_meaning(mut entries in entries(), model in models()) {
        let forward = Scope::parse(&entries.join(",")).unwrap();
        entries.reverse();
        let backward = Scope::parse(&entries.join(",")).unwrap();
        prop_assert_eq!(forward.grant(&model), backward.grant(&model));
    }

    #[test]
    fn allows_and_check_agree(entries in entries(), model in models()) {
        let scope = Scope::parse(&entries.join(",")).unwrap();
        for permission in Permission::ALL {
            let allows = scope.allows(&model, permission);
            prop_assert_eq!(allows, scope.check(&model, permission).is_ok());
            prop_assert!(!allows || scope.allows_anywhere(permission));
        }
    }

    #[test]
    fn a_denying_entry_denies_whatever_else_is_written(mut entries in entries(), model in models()) {
        entries.retain(|entry| !entry.starts_with(&format!("{model}:")) && !entry.starts_with(&format!("{model}(")));
        entries.push(format!("{model}:"));
        let scope = Scope::parse(&entries.join(",")).unwrap();
        for permission in Permission::ALL {
            prop_assert!(!scope.allows(&model, permission));
        }
    }
}

fn models() -> impl Strategy<Value = String> {
    "[ab](\\.[ab]){0,3}"
}

/// The entries of a scope, each for another target.
fn entries() -> impl Strategy<Value = Vec<String>> {
    let target = prop_oneof![
        models(),
        models().prop_map(|model| format!("{model}.*")),
        Just("*".to_owned()),
    ];
    let fields = prop_oneof![
        4 => Just(""),
        1 => Just("(x)"),
        1 => Just("( y, x )"),
        1 => Just("(-x,-y)"),
    ];
    let letters = proptest::sample::subsequence(vec!["R", "w", "D"], 0..=3);
    proptest::collection::btree_map(target, (fields, letters), 1..6).prop_map(|entries| {
        entries
            .into_iter()
            .map(|(target, (fields, letters))| format!("{target}{fields}:{}", letters.concat()))
            .collect()
    })
}
