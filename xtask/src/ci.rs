//! `cargo xtask ci`

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;

use crate::{shell, test, tidy};

/// Does what CI does, step by step, and stops at the first step that fails.
///
/// Green here is green there, but for the tests against a real Odoo (`cargo xtask live`).
#[derive(clap::Args)]
pub(crate) struct Ci {
    /// Leave this step out; may be given more than once.
    #[arg(long, value_name = "STEP", value_parser = PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    skip: Vec<String>,
}

struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Outcome>,
}

enum Outcome {
    Done,
    Skipped(&'static str),
}

use Outcome::{Done, Skipped};

static STEPS: [Step; 9] = [
    Step {
        name: "lock",
        about: "Cargo.lock fits the manifests",
        run: || {
            let arguments = ["metadata", "--locked", "--format-version", "1"];
            shell::output(&mut shell::cargo(&arguments)).map(|_| Done)
        },
    },
    Step {
        name: "fmt",
        about: "the code is formatted",
        run: || {
            shell::run(&mut shell::cargo(&["fmt", "--all", "--check"]))?;
            if has_fuzz() {
                shell::run(&mut shell::cargo(&[
                    "fmt",
                    "--check",
                    "--manifest-path",
                    FUZZ,
                ]))?;
            }
            Ok(Done)
        },
    },
    Step {
        name: "tidy",
        about: "house rules that no other tool knows",
        run: || tidy::check().map(|()| Done),
    },
    Step {
        name: "clippy",
        about: "no warnings in any target, benches and examples included",
        run: || {
            cargo(&[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "--deny",
                "warnings",
            ])
        },
    },
    Step {
        name: "doc",
        about: "the documentation builds, and its links lead somewhere",
        run: || {
            let mut command = shell::cargo(&["doc", "--workspace", "--no-deps"]);
            shell::run(command.env("RUSTDOCFLAGS", "--deny warnings"))?;
            Ok(Done)
        },
    },
    Step {
        name: "deny",
        about: "licences, advisories and sources of the dependencies",
        run: || {
            if !shell::succeeds(shell::command("cargo-deny").arg("--version")) {
                return Ok(Skipped("cargo-deny is not installed"));
            }
            // The advisories live in a git repository, which not every machine reaches; their own workflow checks them.
            cargo(&[
                "deny",
                "--all-features",
                "check",
                "bans",
                "licenses",
                "sources",
            ])
        },
    },
    Step {
        name: "tests",
        about: "`cargo xtask test`",
        run: || test::run(&[]).map(|()| Done),
    },
    Step {
        name: "benches",
        about: "the benches build (without optimising: nothing is measured)",
        run: || cargo(&["test", "--workspace", "--benches", "--no-run"]),
    },
    Step {
        name: "fuzz",
        about: "the fuzz targets compile",
        run: || {
            if !has_fuzz() {
                return Ok(Skipped("there are none"));
            }
            if !shell::succeeds(shell::command("c++").arg("--version")) {
                return Ok(Skipped(
                    "libFuzzer needs a C++ compiler, and `c++` is not there",
                ));
            }
            cargo(&["check", "--manifest-path", FUZZ])
        },
    },
];

const FUZZ: &str = "fuzz/Cargo.toml";

impl Ci {
    pub(crate) fn run(self) -> Result<()> {
        let mut summary = Vec::new();
        for step in &STEPS {
            if self.skip.iter().any(|name| name == step.name) {
                summary.push((step, Duration::ZERO, Skipped("as asked")));
                continue;
            }
            eprintln!("\n== {}: {}", step.name, step.about);
            let start = Instant::now();
            let outcome = (step.run)().with_context(|| {
                format!(
                    "step `{}` failed after {:.1} s",
                    step.name,
                    start.elapsed().as_secs_f32()
                )
            })?;
            if let Skipped(reason) = outcome {
                eprintln!("skipped: {reason}");
            }
            summary.push((step, start.elapsed(), outcome));
        }
        println!();
        for (step, time, outcome) in summary {
            match outcome {
                Done => println!("{:8} {:7.1} s", step.name, time.as_secs_f32()),
                Skipped(reason) => println!("{:8}  skipped: {reason}", step.name),
            }
        }
        Ok(())
    }
}

fn cargo(arguments: &[&str]) -> Result<Outcome> {
    shell::run(&mut shell::cargo(arguments)).map(|()| Done)
}

fn has_fuzz() -> bool {
    shell::root().join(FUZZ).exists()
}
