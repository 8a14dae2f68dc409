//! What every file, every crate folder and the root must or must not have.

use std::env;

use super::Tree;
use crate::shell;

/// Longer than this, a source file answers more than one question.
const MAX_LINES: usize = 400;

/// The files that are longer all the same, each with the reason.
static LONG: [(&str, &str); 2] = [
    (
        "odoo-mcp-server/src/config.rs",
        "the one declaration of every option, with its help",
    ),
    (
        "odoo-sandbox/tests/contract/domains.rs",
        "a table, one row a domain",
    ),
];

pub(super) fn check_sizes(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, text) in tree.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let lines = text.lines().count();
        let listed = LONG.iter().any(|(long, _)| *long == path);
        if lines > MAX_LINES && !listed {
            complaints.push(format!("{path}: {lines} lines, more than {MAX_LINES}"));
        }
        if lines <= MAX_LINES && listed {
            complaints.push(format!(
                "{path}: no longer long: take it off the list in xtask/src/tidy/files.rs"
            ));
        }
    }
    complaints
}

pub(super) fn check_front_pages(tree: &Tree) -> Vec<String> {
    let has_front_page = |folder: &&str| {
        let documented = |file: &str| {
            let text = tree.get(&format!("{folder}/src/{file}"));
            text.is_some_and(|text| text.starts_with("//!") || text.starts_with("#![doc"))
        };
        tree.get(&format!("{folder}/README.md")).is_some()
            || documented("lib.rs")
            || documented("main.rs")
    };
    let bare = tree.crates().filter(|folder| !has_front_page(folder));
    bare.map(|folder| format!("{folder}: neither a README.md nor a `//!` page"))
        .collect()
}

pub(super) fn check_papers(tree: &Tree) -> Vec<String> {
    let papers = [
        "README.md",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "SECURITY.md",
        "docs/ARCHITECTURE.md",
    ];
    let missing = papers
        .into_iter()
        .filter(|paper| tree.get(paper).is_none_or(str::is_empty));
    missing.map(|paper| format!("{paper}: missing")).collect()
}

/// What the hosts of package registries and their mirrors are called.
static REGISTRY_HOSTS: [&str; 7] = [
    "registry.",
    "index.",
    "static.",
    "deb.",
    "mirror.",
    "mirrors.",
    "pypi.",
];

pub(super) fn check_strays(tree: &Tree) -> Vec<String> {
    // Of this machine: where the work tree lies, and the home folder. Of any other: the usual home folders, spelled in
    // halves, so that this file keeps its own rule.
    let mut folders = vec![
        concat!("/ho", "me/").to_owned(),
        concat!("/Us", "ers/").to_owned(),
    ];
    folders.push(format!("{}/", shell::root().display()));
    folders.extend(
        env::var("HOME")
            .ok()
            .filter(|home| home.len() > 1)
            .map(|home| format!("{home}/")),
    );
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();

    let mut complaints = Vec::new();
    for (path, text) in tree.iter() {
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(stray) = stray(line, &folders) {
                complaints.push(format!("{path}:{number}: names `{stray}`"));
            }
        }
    }
    complaints
}

/// Returns what a line should not name: one of the folders, or a registry's host.
fn stray<'a>(line: &'a str, folders: &[&'a str]) -> Option<&'a str> {
    // In the middle of a longer path the same letters are nobody's home: `docs/home/`.
    let starts_path = |at: usize| {
        !line
            .get(..at)
            .unwrap_or_default()
            .ends_with(|c: char| c.is_alphanumeric() || "./_-*}".contains(c))
    };
    let folder = folders
        .iter()
        .find(|folder| line.match_indices(**folder).any(|(at, _)| starts_path(at)));
    let host = || {
        let hosts = line.split("://").skip(1);
        let mut hosts = hosts.map(|rest| {
            rest.split(['/', '"', ' ', ')', '`'])
                .next()
                .unwrap_or_default()
        });
        hosts.find(|host| {
            REGISTRY_HOSTS
                .iter()
                .any(|registry| host.starts_with(registry))
        })
    };
    folder.copied().or_else(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_told() {
        let long = "\n".repeat(MAX_LINES + 1);
        let fine = "\n".repeat(MAX_LINES);
        let tree = Tree::of(&[
            ("a/src/long.rs", &long),
            ("a/src/fine.rs", &fine),
            ("README.md", &long),
        ]);
        assert_eq!(
            check_sizes(&tree),
            ["a/src/long.rs: 401 lines, more than 400"]
        );
    }

    #[test]
    fn a_front_page_is_a_readme_or_the_crates_documentation() {
        let tree = Tree::of(&[
            ("a/Cargo.toml", ""),
            ("a/README.md", ""),
            ("b/Cargo.toml", ""),
            ("b/src/lib.rs", "//! A page."),
            ("c/Cargo.toml", ""),
            ("c/src/lib.rs", "mod page;"),
        ]);
        assert_eq!(
            check_front_pages(&tree),
            ["c: neither a README.md nor a `//!` page"]
        );
    }

    #[test]
    fn an_empty_paper_is_a_missing_one() {
        let tree = Tree::of(&[("CHANGELOG.md", "")]);
        assert!(check_papers(&tree).contains(&"CHANGELOG.md: missing".into()));
    }

    #[test]
    fn strays_are_told_from_look_alikes() {
        let table = [
            ("see /srv/checkout/file", Some("/srv/checkout/")),
            ("\"/srv/checkout/file\"", Some("/srv/checkout/")),
            ("docs/srv/checkout/", None),
            (
                concat!("https://", "registry.example/odoo"),
                Some("registry.example"),
            ),
            ("https://example.com/registry.html", None),
            ("registry.example", None),
        ];
        for (line, expected) in table {
            assert_eq!(stray(line, &["/srv/checkout/"]), expected, "{line}");
        }
    }
}
