//! The workspace's own commands: `cargo xtask --help`.
//!
//! One file a command. A new one is a module, a variant of [`Command`] and its arm in [`main`].
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its user"
)]

mod ci;
mod fuzz;
mod live;
mod load;
mod mcp;
mod odoo;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Develops, checks and measures this workspace.
///
/// Every command runs from any folder of the workspace and says what it does while it does it.
#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    after_help = "Start with `cargo xtask test`. Before a commit: `cargo xtask ci`. \
                  With a real Odoo: `cargo xtask odoo up --series 19`, then `cargo xtask live`."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Test(test::Test),
    Ci(ci::Ci),
    Tidy(tidy::Tidy),
    Odoo(odoo::Odoo),
    Live(live::Live),
    Load(load::Load),
    Mcp(mcp::Mcp),
    Fuzz(fuzz::Fuzz),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Test(command) => command.run(),
        Command::Ci(command) => command.run(),
        Command::Tidy(command) => command.run(),
        Command::Odoo(command) => command.run(),
        Command::Live(command) => command.run(),
        Command::Load(command) => command.run(),
        Command::Mcp(command) => command.run(),
        Command::Fuzz(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
