//! `cargo xtask test`

use anyhow::Result;

use crate::shell;

/// Runs every test that needs nothing but Rust: units, integration, examples, documentation.
///
/// The tests talk to the built-in sandbox on a loopback port of its own choosing. Tests against a real Odoo are
/// `cargo xtask live`.
#[derive(clap::Args)]
pub(crate) struct Test {
    /// Passed on to `cargo test`, for example `-p odoo-rpc` or the name of a test.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

impl Test {
    pub(crate) fn run(self) -> Result<()> {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        run(&arguments)
    }
}

/// Runs the tests of the whole workspace, or of the packages that the arguments name.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    // `--all-targets` would leave out the documentation's tests and run the benches.
    let mut command = shell::cargo(&["test"]);
    if !arguments
        .iter()
        .any(|&argument| argument == "-p" || argument.starts_with("--package"))
    {
        command.arg("--workspace");
    }
    // What points at a real Odoo is `live`'s, and must not change what is tested here.
    for name in crate::odoo::VARIABLES {
        command.env_remove(name);
    }
    shell::run(command.args(arguments))
}
