//! `cargo xtask tidy`: house rules that neither the compiler nor clippy knows.

mod arrows;
mod commands;
mod environment;
mod files;
mod homes;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Result, bail};

use crate::shell;

/// Checks the house rules: crate arrows, one home for each third party, file sizes, front pages, stray paths.
#[derive(clap::Args)]
pub(crate) struct Tidy {}

impl Tidy {
    pub(crate) fn run(self) -> Result<()> {
        check()
    }
}

/// Each rule looks at the whole tree and returns one line for each thing that is wrong.
type Rule = fn(&Tree) -> Vec<String>;

static RULES: [(&str, Rule); 8] = [
    ("crates depend along the arrows", arrows::check),
    ("a third party has one home", homes::check),
    ("a file answers one question", files::check_sizes),
    ("a crate has a front page", files::check_front_pages),
    ("the papers are there", files::check_papers),
    ("nothing names a machine or a registry", files::check_strays),
    ("commands that are named exist", commands::check),
    (
        ".env.example and the configuration are one list",
        environment::check,
    ),
];

/// Checks every rule.
///
/// # Errors
///
/// Fails if a rule is broken, after printing each place, or if the files cannot be listed.
pub(crate) fn check() -> Result<()> {
    let tree = Tree::read()?;
    let mut broken = 0;
    for (rule, check) in RULES {
        for complaint in check(&tree) {
            eprintln!("tidy: {complaint} ({rule})");
            broken += 1;
        }
    }
    if broken > 0 {
        bail!("{broken} places are not tidy");
    }
    println!(
        "tidy: {} rules hold for {} files",
        RULES.len(),
        tree.0.len()
    );
    Ok(())
}

/// The text files of the work tree by their path, the ignored ones left out.
struct Tree(BTreeMap<String, String>);

impl Tree {
    fn read() -> Result<Self> {
        let list = [
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ];
        let paths = shell::output(shell::command("git").args(list))?;
        let mut files = BTreeMap::new();
        for path in paths.split_terminator('\0') {
            // A file that is deleted but not yet committed is listed, and one that is no text has no rules here.
            if let Ok(text) = fs::read_to_string(shell::root().join(path)) {
                files.insert(path.to_owned(), text);
            }
        }
        Ok(Self(files))
    }

    #[cfg(test)]
    fn of(files: &[(&str, &str)]) -> Self {
        Self(
            files
                .iter()
                .map(|&(path, text)| (path.into(), text.into()))
                .collect(),
        )
    }

    fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the folders of the crates, which all lie in the root.
    fn crates(&self) -> impl Iterator<Item = &str> {
        self.iter()
            .filter_map(|(path, _)| path.strip_suffix("/Cargo.toml"))
            .filter(|folder| *folder != "fuzz")
    }
}
