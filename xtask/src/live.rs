//! `cargo xtask live`

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::odoo::{Series, VARIABLES};
use crate::shell;

/// Holds the sandbox and real Odoo servers to one contract, with the same assertions.
///
/// Runs the contract suite (every method, fault and value shape that the sandbox claims), then the gateway's REST
/// contract end to end; with `--attacks`, then attacks on scopes. Without a choice: against the sandbox, Odoo 14 and Odoo 19. A real Odoo that is not up is
/// installed and started, as by `cargo xtask odoo up`.
#[derive(clap::Args)]
pub(crate) struct Live {
    /// Against this Odoo; may be given more than once.
    #[arg(long)]
    series: Vec<Series>,
    /// Against the sandbox.
    #[arg(long)]
    sandbox: bool,
    /// Attacks on scopes as well, which take many minutes against a real Odoo.
    #[arg(long)]
    attacks: bool,
    /// Only tests whose name contains this.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// A test binary that finds its Odoo in the environment, and starts the sandbox when there is none.
struct Suite {
    name: &'static str,
    arguments: [&'static str; 4],
    /// The environment that it wants besides: attacks share records that Odoo makes one at a time.
    environment: Option<(&'static str, &'static str)>,
}

static ATTACKS: Suite = Suite {
    name: "attacks",
    arguments: ["-p", "odoo-mcp-server", "--test", "attacks"],
    environment: Some(("RUST_TEST_THREADS", "1")),
};

static SUITES: [Suite; 2] = [
    Suite {
        name: "contract",
        arguments: ["-p", "odoo-sandbox", "--test", "contract"],
        environment: None,
    },
    Suite {
        name: "gateway",
        arguments: ["-p", "odoo-mcp-server", "--test", "live"],
        environment: None,
    },
];

/// Whom a suite talks to.
#[derive(Clone, Copy)]
enum Target {
    Sandbox,
    Odoo(Series),
}

#[derive(Default)]
struct Counts {
    passed: u32,
    failed: u32,
    ignored: u32,
}

struct Row {
    suite: &'static str,
    target: Target,
    counts: Counts,
    green: bool,
    time: Duration,
}

impl Live {
    pub(crate) fn run(self) -> Result<()> {
        let targets = self.targets();
        for target in &targets {
            if let Target::Odoo(series) = target {
                series.up()?;
            }
        }
        let mut rows = Vec::new();
        for suite in SUITES.iter().chain(self.attacks.then_some(&ATTACKS)) {
            for &target in &targets {
                rows.push(run(suite, target, self.only.as_deref())?);
            }
        }
        println!("\n| suite | against | passed | failed | ignored | time |");
        println!("|---|---|--:|--:|--:|--:|");
        for row in &rows {
            println!("{row}");
        }
        let red = rows.iter().filter(|row| !row.green).count();
        if red > 0 {
            bail!("{red} of {} runs failed", rows.len());
        }
        Ok(())
    }

    fn targets(&self) -> Vec<Target> {
        let everything = self.series.is_empty() && !self.sandbox;
        let series = if everything {
            Series::ALL.as_slice()
        } else {
            &self.series
        };
        let sandbox = (everything || self.sandbox).then_some(Target::Sandbox);
        sandbox
            .into_iter()
            .chain(series.iter().copied().map(Target::Odoo))
            .collect()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sandbox => f.write_str("sandbox"),
            Self::Odoo(series) => write!(f, "Odoo {series}"),
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts {
            passed,
            failed,
            ignored,
        } = self.counts;
        let note = if self.green { "" } else { " RED" };
        write!(
            f,
            "| {} | {}{note} | {passed} | {failed} | {ignored} | {:.1} s |",
            self.suite,
            self.target,
            self.time.as_secs_f32()
        )
    }
}

/// Runs one suite against one target; what it prints goes on to the user.
fn run(suite: &'static Suite, target: Target, only: Option<&str>) -> Result<Row> {
    eprintln!("\n== {} against {target}", suite.name);
    let mut command = shell::cargo(&["test"]);
    command
        .args(suite.arguments)
        .args(only)
        .envs(suite.environment);
    match target {
        Target::Sandbox => VARIABLES.iter().for_each(|name| {
            command.env_remove(name);
        }),
        Target::Odoo(series) => {
            command.envs(series.environment());
        }
    }
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let mut counts = Counts::default();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|stdout| BufReader::new(stdout).lines())
    {
        let line = line.context("cannot read what cargo prints")?;
        println!("{line}");
        counts.add(&line);
    }
    let status = child.wait().context("cannot wait for cargo")?;
    // A suite that finds no test to run has shown nothing; one that was asked for few may have none here.
    let green = status.success() && (counts.passed > 0 || only.is_some());
    Ok(Row {
        suite: suite.name,
        target,
        counts,
        green,
        time: start.elapsed(),
    })
}

impl Counts {
    /// Adds the numbers of libtest's closing line, `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn add(&mut self, line: &str) {
        let Some((_, numbers)) = line
            .strip_prefix("test result: ")
            .and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for part in numbers.split("; ") {
            let Some((number, word)) = part.split_once(' ') else {
                continue;
            };
            let number: u32 = number.parse().unwrap_or_default();
            match word {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_are_added_up() {
        let mut counts = Counts::default();
        counts.add("running 4 tests");
        counts.add("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s");
        counts.add("test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.1s");
        assert_eq!((counts.passed, counts.failed, counts.ignored), (5, 1, 1));
    }

    #[test]
    fn without_a_choice_everything_is_tried() {
        let live = Live {
            series: vec![],
            sandbox: false,
            attacks: false,
            only: None,
        };
        let names: Vec<String> = live.targets().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["sandbox", "Odoo 14", "Odoo 19"]);
    }

    #[test]
    fn a_choice_is_kept_to() {
        let live = Live {
            series: vec![Series::Nineteen],
            sandbox: false,
            attacks: false,
            only: None,
        };
        let names: Vec<String> = live.targets().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["Odoo 19"]);
    }
}
