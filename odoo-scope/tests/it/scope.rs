//! What a scope answers, beyond the tables of the grammar.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use odoo_scope::{FieldRule, MAX_ENTRIES, MAX_LENGTH, Permission, Scope, ScopeErrorKind, Target};

#[test]
fn it_shows_itself_in_canonical_form() {
    assert_shows(
        " Res.Partner ( Name , email ): dwr , *: ",
        "res.partner(email,name):RWD,*:",
    );
    assert_shows("sale.*(-total):r", "sale.*(-total):R");
}

#[test]
fn entries_keep_the_order_in_which_they_were_written() {
    let scope = parse("sale.order:R,*:,res.*:RW,res.users:D");
    let targets: Vec<_> = scope
        .grants()
        .map(|grant| grant.target().to_string())
        .collect();
    assert_eq!(targets, ["sale.order", "*", "res.*", "res.users"]);
    assert_ne!(scope, parse("*:,sale.order:R,res.*:RW,res.users:D"));
}

#[test]
fn a_grant_tells_target_permissions_and_fields() {
    let scope = parse("sale.*(name):RW");
    let grant = scope.grant("sale.order").unwrap();
    assert_eq!(grant.target(), &Target::Prefix("sale".into()));
    assert_eq!(grant.permissions().to_string(), "RW");
    assert!(matches!(grant.fields(), FieldRule::Only(names) if names.contains("name")));
    assert!(scope.grant("sale").is_none());
}

#[test]
fn a_denial_is_a_sentence_with_the_missing_letter() {
    let scope = parse("res.users:R,hr.payslip:");
    assert_denied(
        &scope,
        "res.users",
        Permission::Write,
        "the key may not write `res.users` (needs W; it has R)",
    );
    assert_denied(
        &scope,
        "hr.payslip",
        Permission::Read,
        "the key may not read `hr.payslip` (needs R; it has none)",
    );
    assert_denied(
        &scope,
        "ir.cron",
        Permission::Delete,
        "the key may not delete `ir.cron` (needs D; it has none)",
    );
    assert!(scope.check("res.users", Permission::Read).is_ok());
}

#[test]
fn anywhere_asks_every_entry() {
    let scope = parse("*:,res.partner:R,sale.*:W");
    assert!(scope.allows_anywhere(Permission::Read));
    assert!(scope.allows_anywhere(Permission::Write));
    assert!(!scope.allows_anywhere(Permission::Delete));
}

#[test]
fn a_name_that_no_model_can_have_is_never_allowed() {
    let scope = parse("*:RWD,res.*:RWD");
    for name in [
        "",
        ".",
        "res.",
        ".res",
        "res..users",
        "res.users ",
        " res.users",
        "res.users\0",
        "*",
        "res.*",
        "r\u{435}s.users",
    ] {
        assert!(!scope.allows(name, Permission::Read), "{name:?}");
    }
}

#[test]
fn case_opens_no_way_around_a_denial() {
    let scope = parse("*:RWD,Res.Users:,res.partner(-Credit_Limit):R");
    assert!(!scope.allows("res.users", Permission::Read));
    assert!(!scope.allows("RES.USERS", Permission::Read));
    assert!(!scope.fields("res.partner").permits("credit_limit"));
    assert!(!scope.fields("res.partner").permits("CREDIT_LIMIT"));
}

#[test]
fn a_model_without_an_entry_has_no_fields_to_use() {
    let scope = parse("res.partner:R");
    assert!(scope.fields("res.partner").permits("email"));
    assert!(!scope.fields("res.users").permits("login"));
}

#[test]
fn the_size_is_bounded() {
    let entries = |count| {
        let entries: Vec<_> = (0..count).map(|number| format!("m{number}:R")).collect();
        Scope::parse(&entries.join(","))
    };
    assert_eq!(entries(MAX_ENTRIES).unwrap().grants().len(), MAX_ENTRIES);
    assert_eq!(
        entries(MAX_ENTRIES + 1).unwrap_err().kind(),
        ScopeErrorKind::TooManyEntries
    );

    let of_length = |length: usize| Scope::parse(&format!("*:R{}", " ".repeat(length - 3)));
    assert!(of_length(MAX_LENGTH).is_ok());
    assert_eq!(
        of_length(MAX_LENGTH + 1).unwrap_err().kind(),
        ScopeErrorKind::TooLong
    );
}

#[test]
fn an_error_echoes_little_of_a_long_token() {
    let error = Scope::parse(&"a".repeat(10_000)).unwrap_err();
    assert!(error.to_string().len() < 400, "{error}");
    assert_eq!(error.column(), 10_001);
}

#[test]
fn columns_count_characters_and_not_bytes() {
    assert_eq!(Scope::parse("é").unwrap_err().column(), 1);
    assert_eq!(Scope::parse("*:R,é").unwrap_err().column(), 5);
}

#[track_caller]
fn assert_shows(text: &str, canonical: &str) {
    let scope = parse(text);
    assert_eq!(scope.to_string(), canonical);
    assert_eq!(parse(canonical), scope);
}

#[track_caller]
fn assert_denied(scope: &Scope, model: &str, permission: Permission, sentence: &str) {
    let denied = scope.check(model, permission).unwrap_err();
    assert_eq!(denied.to_string(), sentence);
    assert_eq!((denied.model(), denied.needed()), (model, permission));
}

#[track_caller]
fn parse(text: &str) -> Scope {
    Scope::parse(text).unwrap()
}
