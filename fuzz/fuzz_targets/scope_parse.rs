//! Whatever parses shows itself as a text that parses to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odoo_scope::{Permission, Scope};

fuzz_target!(|text: &str| {
    let Ok(scope) = Scope::parse(text) else {
        return;
    };
    let shown = scope.to_string();
    assert_eq!(Scope::parse(&shown).as_ref(), Ok(&scope), "{shown}");
    for grant in scope.grants() {
        let model = grant.target().to_string();
        for permission in Permission::ALL {
            let allows = scope.allows(&model, permission);
            assert_eq!(allows, scope.check(&model, permission).is_ok());
        }
    }
});
