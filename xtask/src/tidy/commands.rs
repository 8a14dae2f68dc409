//! Whoever names one of our commands names one that exists.

use clap::CommandFactory;

use super::Tree;
use crate::Cli;

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let cli = Cli::command();
    let exists = |name: &str| {
        cli.get_subcommands()
            .any(|command| command.get_name() == name)
    };
    let mut complaints = Vec::new();
    for (path, text) in tree.iter() {
        for (number, line) in (1..).zip(text.lines()) {
            for name in named(line).filter(|name| !exists(name)) {
                complaints.push(format!(
                    "{path}:{number}: there is no `cargo xtask` command `{name}`"
                ));
            }
        }
    }
    complaints
}

/// Returns the words that follow `cargo xtask` in a line, where they can be a command's name.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let rests = line.split("cargo xtask ").skip(1);
    let words = rests.map(|rest| {
        rest.split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
    });
    words.filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_after_the_program_is_the_command() {
        let line = "run `cargo xtask test`, then cargo xtask ci --skip tests; cargo xtask --help";
        assert_eq!(named(line).collect::<Vec<_>>(), ["test", "ci"]);
    }

    #[test]
    fn a_command_that_does_not_exist_is_told() {
        let tree = Tree::of(&[("README.md", concat!("cargo xtask ", "tset"))]);
        assert_eq!(
            check(&tree),
            ["README.md:1: there is no `cargo xtask` command `tset`"]
        );
    }

    #[test]
    fn the_help_is_well_formed() {
        Cli::command().debug_assert();
    }
}
