//! Each third party has one home, so that replacing it is work on one file.

use super::Tree;

const BINARY: &[&str] = &["odoo-mcp-server/src/main.rs", "odoo-mcp-server/src/config"];

/// How code names the third party, and what the paths that may name it start with.
static HOMES: [(&str, &[&str]); 12] = [
    ("reqwest", &["odoo-rpc/src/transport"]),
    ("quick_xml", &["odoo-rpc/src/xml"]),
    ("fernet", &["odoo-keys/src/keyring.rs"]),
    ("parking_lot", &["odoo-pool/", "odoo-sandbox/src/"]),
    ("lru", &["odoo-pool/"]),
    ("rmcp", &["odoo-mcp-server/src/mcp"]),
    ("actix_web", &["odoo-mcp-server/src/", "odoo-sandbox/src/"]),
    ("std::env", BINARY),
    ("env::var", BINARY),
    ("clap", BINARY),
    ("anyhow", &["odoo-mcp-server/src/main.rs"]),
    ("env_logger", &["odoo-mcp-server/src/main.rs"]),
];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    // This crate may use what it likes; tests, benches and examples are programs of their own.
    let is_source =
        |path: &str| path.contains("/src/") && path.ends_with(".rs") && !path.starts_with("xtask/");
    let sources = tree.iter().filter(|(path, _)| is_source(path));
    for (path, text) in sources {
        for (number, line) in (1..).zip(text.lines()) {
            let comment_free = line.split("//").next().unwrap_or_default();
            // What stands between quotes is text.
            let code: String = comment_free.split('"').step_by(2).collect();
            for (name, homes) in HOMES {
                if names(&code, name) && !homes.iter().any(|home| path.starts_with(home)) {
                    complaints.push(format!(
                        "{path}:{number}: `{name}` lives in {}",
                        homes.join(", ")
                    ));
                }
            }
        }
    }
    complaints
}

/// Tells whether a line of code has a path that starts with or is the name: `name::…`, `use name;`.
fn names(code: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code.get(..at).unwrap_or_default();
        let after = code.get(at + name.len()..).unwrap_or_default();
        let starts_here = !before.ends_with(is_word);
        let is_path = after.starts_with("::") || after.starts_with(';') || name.contains("::");
        starts_here && is_path && !after.starts_with(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_stray(path: &str, code: &str, stray: bool) {
        let found = check(&Tree::of(&[(path, code)]));
        assert_eq!(!found.is_empty(), stray, "{path}: {code}: {found:?}");
    }

    #[test]
    fn at_home_everything_is_fine() {
        assert_stray("odoo-rpc/src/transport.rs", "use reqwest::Body;", false);
        assert_stray("odoo-rpc/src/transport/tls.rs", "use reqwest::Body;", false);
        assert_stray(
            "odoo-mcp-server/src/config.rs",
            "std::env::var(name)",
            false,
        );
    }

    #[test]
    fn a_stray_is_found_however_it_is_written() {
        assert_stray("odoo-rpc/src/client.rs", "use reqwest::Body;", true);
        assert_stray("odoo-rpc/src/client.rs", "use reqwest;", true);
        assert_stray(
            "odoo-rpc/src/client.rs",
            "fn body() -> reqwest::Body {",
            true,
        );
        assert_stray(
            "odoo-rpc/src/client.rs",
            "fn body() -> ::reqwest::Body {",
            true,
        );
        assert_stray(
            "odoo-scope/src/parse.rs",
            "let home = std::env::var(\"HOME\");",
            true,
        );
        assert_stray(
            "odoo-scope/src/parse.rs",
            "let home = env::var(\"HOME\");",
            true,
        );
    }

    #[test]
    fn the_word_alone_is_no_use_of_it() {
        assert_stray("odoo-rpc/src/client.rs", "// once reqwest::Body", false);
        assert_stray("odoo-rpc/src/client.rs", "let reqwest = 1;", false);
        assert_stray(
            "odoo-rpc/src/client.rs",
            r#"filter("hyper=warn,reqwest::connect=off")"#,
            false,
        );
        assert_stray("odoo-rpc/src/client.rs", "use my_reqwest::Body;", false);
        assert_stray("odoo-rpc/src/client.rs", "use reqwest_like::Body;", false);
    }

    #[test]
    fn tests_and_examples_may_use_what_they_like() {
        assert_stray("odoo-rpc/tests/it/main.rs", "use reqwest::Body;", false);
    }
}
