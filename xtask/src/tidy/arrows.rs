//! Which crate may depend on which: the drawing in `docs/ARCHITECTURE.md`, as a table.

use toml::{Table, Value};

use super::Tree;

struct Arrows {
    from: &'static str,
    to: &'static [&'static str],
}

static ARROWS: [Arrows; 7] = [
    Arrows {
        from: "odoo-rpc",
        to: &[],
    },
    Arrows {
        from: "odoo-scope",
        to: &[],
    },
    Arrows {
        from: "odoo-keys",
        to: &[],
    },
    Arrows {
        from: "odoo-pool",
        to: &["odoo-rpc"],
    },
    Arrows {
        from: "odoo-sandbox",
        to: &["odoo-rpc"],
    },
    Arrows {
        from: "odoo-mcp-server",
        to: &[
            "odoo-rpc",
            "odoo-scope",
            "odoo-keys",
            "odoo-pool",
            "odoo-sandbox",
        ],
    },
    Arrows {
        from: "xtask",
        to: &[],
    },
];

/// Tests may talk to the sandbox, and with what speaks to it.
static FOR_TESTS: [&str; 2] = ["odoo-sandbox", "odoo-rpc"];

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for name in tree.crates() {
        let manifest = format!("{name}/Cargo.toml");
        let Some(arrows) = ARROWS.iter().find(|arrows| arrows.from == name) else {
            complaints.push(format!(
                "{manifest}: a new crate needs a line in xtask/src/tidy/arrows.rs"
            ));
            continue;
        };
        match tree.get(&manifest).unwrap_or_default().parse::<Table>() {
            Ok(table) => check_manifest(&manifest, &table, arrows, &mut complaints),
            Err(error) => complaints.push(format!("{manifest}: {}", error.message())),
        }
    }
    complaints
}

fn check_manifest(manifest: &str, table: &Table, arrows: &Arrows, complaints: &mut Vec<String>) {
    let is_sibling = |name: &str| ARROWS.iter().any(|arrows| arrows.from == name);
    for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
        let Some(Value::Table(dependencies)) = table.get(section) else {
            continue;
        };
        for (name, dependency) in dependencies {
            let inherited = dependency.get("workspace").is_some();
            let sibling = is_sibling(name);
            // A sibling is also tested through a path, without a version: two crates that test each other can be published.
            if !inherited && !sibling {
                complaints.push(format!(
                    "{manifest}: `{name}` belongs into the root's [workspace.dependencies]"
                ));
            }
            let for_tests = section == "dev-dependencies" && FOR_TESTS.contains(&name.as_str());
            if sibling && !for_tests && !arrows.to.contains(&name.as_str()) {
                complaints.push(format!(
                    "{manifest}: {} must not depend on {name}",
                    arrows.from
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_complains(manifest: &str, text: &str, complaint: Option<&str>) {
        let found = check(&Tree::of(&[(manifest, text)]));
        assert_eq!(found.first().map(String::as_str), complaint, "{found:?}");
        assert!(found.len() <= 1, "{found:?}");
    }

    #[test]
    fn an_arrow_of_the_drawing_is_fine() {
        assert_complains(
            "odoo-pool/Cargo.toml",
            "[dependencies]\nodoo-rpc.workspace = true",
            None,
        );
    }

    #[test]
    fn a_leaf_has_no_sibling() {
        assert_complains(
            "odoo-keys/Cargo.toml",
            "[dependencies]\nodoo-scope = { workspace = true }",
            Some("odoo-keys/Cargo.toml: odoo-keys must not depend on odoo-scope"),
        );
    }

    #[test]
    fn tests_may_use_the_sandbox() {
        assert_complains(
            "odoo-rpc/Cargo.toml",
            "[dev-dependencies]\nodoo-sandbox = { path = \"../odoo-sandbox\" }",
            None,
        );
    }

    #[test]
    fn a_version_is_said_once_in_the_root() {
        assert_complains(
            "odoo-keys/Cargo.toml",
            "[dependencies]\nfernet = \"0.2\"",
            Some("odoo-keys/Cargo.toml: `fernet` belongs into the root's [workspace.dependencies]"),
        );
    }

    #[test]
    fn a_crate_that_the_drawing_lacks_is_told() {
        assert_complains(
            "odoo-new/Cargo.toml",
            "",
            Some("odoo-new/Cargo.toml: a new crate needs a line in xtask/src/tidy/arrows.rs"),
        );
    }
}
