//! `docs/attacks.md`, made of the rows that the tests run.

use std::fmt::Write as _;

use expect_test::expect_file;
use serde_json::Value;

use crate::attack::{Attack, Verdict};
use crate::{Everyday, attacks, everyday};

/// The series that the rows are run against.
const SERIES: [u32; 2] = [14, 19];

#[test]
fn the_document_is_the_table() {
    expect_file!["../../../docs/attacks.md"].assert_eq(&document());
}

fn document() -> String {
    let mut text = String::from(include_str!("document.md"));
    for (chapter, rows) in attacks() {
        let _ = write!(
            text,
            "\n### {chapter}\n\n| attack | scope | call | 14 | 19 | allowed by |\n|---|---|---|---|---|---|\n"
        );
        for row in &rows {
            add_attack(&mut text, row);
        }
    }
    text.push_str(
        "\n## Everyday calls\n\nEach of these answers 200 on both series, but for those which a series does not have.\n\n\
         | call | scope | arguments | 14 | 19 |\n|---|---|---|---|---|\n",
    );
    for row in &everyday() {
        add_everyday(&mut text, row);
    }
    text
}

fn add_attack(text: &mut String, row: &Attack) {
    let verdict = match row.verdict {
        Verdict::Denied(_) => "403",
        Verdict::Invalid(_) => "400",
        Verdict::LeftOut => "left out",
    };
    let [first, second] = SERIES.map(|series| if row.is_for(series) { verdict } else { "–" });
    let allowed_by = row.allowed_by.map_or("–".to_owned(), code);
    let _ = writeln!(
        text,
        "| {} | {} | {} | {first} | {second} | {allowed_by} |",
        cell(row.what),
        code(row.scope),
        call(row.tool, &row.arguments),
    );
}

fn add_everyday(text: &mut String, row: &Everyday) {
    let [first, second] = SERIES.map(|series| {
        if series < row.first_series {
            "–"
        } else {
            "200"
        }
    });
    let _ = writeln!(
        text,
        "| {} | {} | {} | {first} | {second} |",
        cell(row.what),
        code(row.scope),
        call(row.tool, &row.arguments),
    );
}

fn call(tool: &str, arguments: &Value) -> String {
    code(&format!("{tool} {arguments}"))
}

fn code(text: &str) -> String {
    format!("`{}`", cell(text))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
