//! `.env.example` names what the gateway reads, and nothing else.

use std::collections::BTreeSet;

use super::Tree;

const DECLARED: &str = "odoo-mcp-server/src/config.rs";
const EXAMPLE: &str = ".env.example";

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let config = tree.get(DECLARED).unwrap_or_default();
    let declared: BTreeSet<&str> = config
        .split("env = \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let example = tree.get(EXAMPLE).unwrap_or_default();
    let named: BTreeSet<&str> = example.lines().filter_map(assigned).collect();
    let missing = declared
        .difference(&named)
        .map(|name| format!("{EXAMPLE}: lacks {name} of {DECLARED}"));
    let unknown = named
        .difference(&declared)
        .map(|name| format!("{EXAMPLE}: nothing reads {name}"));
    missing.chain(unknown).collect()
}

/// Returns the name that a line assigns to, commented out or not.
fn assigned(line: &str) -> Option<&str> {
    let (name, _) = line.trim_start_matches('#').split_once('=')?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_are_one() {
        let config =
            r#"#[arg(env = "HOST")] host, #[arg(long, env = "PORT", default_value_t = 1)] port"#;
        let example = "# Where it listens (a = b):\n#HOST=::1\nPROT=1\n";
        let tree = Tree::of(&[(DECLARED, config), (EXAMPLE, example)]);
        let lacks_port = format!("{EXAMPLE}: lacks PORT of {DECLARED}");
        assert_eq!(
            check(&tree),
            [lacks_port, format!("{EXAMPLE}: nothing reads PROT")]
        );
    }
}
