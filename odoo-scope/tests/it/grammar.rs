//! Holds the tables of `grammar.md` to what the parser does.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use odoo_scope::{Permission, Scope};

const GRAMMAR: &str = include_str!("../../grammar.md");

#[test]
fn every_example_allows_and_denies_what_its_row_says() {
    let rows = table("## Examples");
    assert!(rows.len() > 10, "the table is read");
    for [scope, allows, denies] in rows {
        let scope = Scope::parse(code(&scope)).unwrap();
        for call in calls(&allows) {
            assert!(reaches(&scope, call), "`{scope}` allows `{call}`");
        }
        for call in calls(&denies) {
            assert!(!reaches(&scope, call), "`{scope}` denies `{call}`");
        }
    }
}

#[test]
fn every_refusal_says_where_and_why_as_its_row_does() {
    let rows = table("## What is refused");
    assert!(rows.len() > 40, "the table is read");
    for [scope, column, because] in rows {
        let error = Scope::parse(&unescape(code(&scope))).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("column {column}: {because}"),
            "for {scope}"
        );
        assert_eq!(error.column().to_string(), column);
    }
}

#[test]
fn the_limits_are_those_of_the_reference() {
    assert_eq!(odoo_scope::MAX_LENGTH, 16_384);
    assert_eq!(odoo_scope::MAX_ENTRIES, 512);
    assert!(GRAMMAR.contains("at most 16,384 bytes and 512 entries"));
}

/// Asks for a call written `R res.partner` or `R res.partner name`.
fn reaches(scope: &Scope, call: &str) -> bool {
    let (letter, rest) = call.split_once(' ').unwrap();
    let (model, field) = rest.split_once(' ').unwrap_or((rest, "id"));
    let permission = Permission::from_letter(letter.parse().unwrap()).unwrap();
    scope.allows(model, permission) && scope.fields(model).permits(field)
}

/// Reads the rows of the table below a heading.
fn table(heading: &str) -> Vec<[String; 3]> {
    let (_, below) = GRAMMAR.split_once(heading).unwrap();
    let section = below.split("\n## ").next().unwrap();
    section
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            let cells: Vec<_> = line.trim_matches('|').split('|').collect();
            let cells: [&str; 3] = cells.try_into().unwrap();
            cells.map(|cell| {
                let cell = cell.strip_prefix(' ').unwrap();
                cell.strip_suffix(' ').unwrap().to_owned()
            })
        })
        .collect()
}

fn code(cell: &str) -> &str {
    cell.strip_prefix('`').unwrap().strip_suffix('`').unwrap()
}

fn calls(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(", ").map(code)
}

/// Turns `\n` and `\u{…}` into the characters which a table cannot show.
fn unescape(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let rest = match part.strip_prefix("u{") {
            Some(escape) => {
                let (code, rest) = escape.split_once('}').unwrap();
                plain.push(u32::from_str_radix(code, 16).unwrap().try_into().unwrap());
                rest
            }
            None => {
                plain.push('\n');
                part.strip_prefix('n').unwrap()
            }
        };
        plain.push_str(rest);
    }
    plain
}
