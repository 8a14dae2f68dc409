//! The official conformance suite.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::gateway::{Gateway, Running, build, free_port};
use super::packages::Node;
use crate::shell;

const REVISIONS: [&str; 2] = ["2025-11-25", "2026-07-28"];

/// What can be asked of any server. The other scenarios call fixtures by name, which only the example has.
const GENERIC: [(&str, &[&str]); 4] = [
    ("2025-03-26", &["server-session-lifecycle"]),
    ("2025-06-18", &OLDER),
    ("2025-11-25", &OLDER_WITH_ORIGIN),
    (
        "2026-07-28",
        &[
            "server-stateless",
            "tools-list",
            "resources-list",
            "prompts-list",
            "completion-complete",
            "sep-2164-resource-not-found",
            "caching",
            "dns-rebinding-protection",
            "http-header-validation",
            "server-sse-multiple-streams",
            "input-required-result-unsupported-methods",
        ],
    ),
];
const OLDER: [&str; 7] = [
    "server-initialize",
    "ping",
    "server-session-lifecycle",
    "tools-list",
    "resources-list",
    "prompts-list",
    "completion-complete",
];
const OLDER_WITH_ORIGIN: [&str; 9] = [
    "server-initialize",
    "ping",
    "server-session-lifecycle",
    "tools-list",
    "resources-list",
    "prompts-list",
    "completion-complete",
    "dns-rebinding-protection",
    "server-sse-multiple-streams",
];

pub(super) fn run() -> Result<()> {
    let node = Node::install()?;
    let suite = Suite {
        program: node.package("conformance/dist/index.js"),
        node: &node,
    };
    let mut rows = Vec::new();
    {
        let port = free_port()?;
        let mut example = Command::new(build()?.join("examples/conformance"));
        let _running = Running::start(example.arg(port.to_string()), port)?;
        for revision in REVISIONS {
            let counts = suite.require(&format!("http://127.0.0.1:{port}/mcp"), revision)?;
            rows.push(("bridge, all that is required", revision, counts));
        }
    }
    let gateway = Gateway::start()?;
    let port = free_port()?;
    let proxy = shell::root().join("odoo-mcp-server/tests/clients/typescript/with_key.mjs");
    let mut proxy = node.script(&proxy);
    proxy.args([&port.to_string(), &gateway.url, &gateway.key]);
    let _running = Running::start(&mut proxy, port)?;
    for (revision, scenarios) in GENERIC {
        let mut counts = Counts::default();
        for scenario in scenarios {
            let url = format!("http://127.0.0.1:{port}/mcp");
            counts.add(suite.scenario(&url, scenario, revision)?);
        }
        rows.push(("gateway, what is generic", revision, counts));
    }
    report(&rows)
}

fn report(rows: &[(&str, &str, Counts)]) -> Result<()> {
    println!("\n| what | revision | scenarios | passed | failed | warnings | needs fixtures |");
    println!("|---|---|--:|--:|--:|--:|--:|");
    for (what, revision, counts) in rows {
        let Counts {
            scenarios,
            passed,
            failed,
            warnings,
            untestable,
        } = counts;
        println!(
            "| {what} | {revision} | {scenarios} | {passed} | {failed} | {warnings} | {untestable} |"
        );
    }
    let failed: u32 = rows.iter().map(|(_, _, counts)| counts.failed).sum();
    if failed > 0 {
        bail!("{failed} checks failed");
    }
    Ok(())
}

struct Suite<'n> {
    program: std::path::PathBuf,
    node: &'n Node,
}

#[derive(Default)]
struct Counts {
    scenarios: u32,
    passed: u32,
    failed: u32,
    warnings: u32,
    untestable: u32,
}

impl Suite<'_> {
    /// Runs all scenarios of a revision. Extensions, which are not required, do not count.
    fn require(&self, url: &str, revision: &str) -> Result<Counts> {
        let folder = shell::target_dir()?.join("mcp/results").join(revision);
        let arguments = ["--requirements", revision];
        if !self.start(url, &arguments, &folder)? {
            bail!(
                "the suite is not content with {revision}; its findings are in {}",
                folder.display()
            );
        }
        Counts::read(&folder, |scenario| !scenario.starts_with("server-tasks-"))
    }

    fn scenario(&self, url: &str, scenario: &str, revision: &str) -> Result<Counts> {
        let folder = shell::target_dir()?
            .join("mcp/results/gateway")
            .join(revision)
            .join(scenario);
        // It fails where a check needs a fixture, too: what failed is counted from its findings.
        self.start(
            url,
            &["--scenario", scenario, "--spec-version", revision],
            &folder,
        )?;
        Counts::read(&folder, |_| true)
    }

    /// Runs the suite, and returns whether it ended with success.
    fn start(&self, url: &str, arguments: &[&str], folder: &Path) -> Result<bool> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        let mut command = self.node.script(&self.program);
        command.args(["server", "--url", url]).args(arguments);
        command.arg("--output-dir").arg(folder);
        Ok(shell::succeeds(&mut command))
    }
}

impl Counts {
    /// Counts the checks of the scenarios whose results lie in `folder`.
    fn read(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Result<Counts> {
        let mut counts = Counts::default();
        let entries = fs::read_dir(folder)
            .with_context(|| format!("the suite has left nothing in {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            if !is_wanted(&entry.file_name().to_string_lossy()) {
                continue;
            }
            let checks = fs::read_to_string(entry.path().join("checks.json"))?;
            let checks: Vec<Value> = serde_json::from_str(&checks)?;
            counts.scenarios += 1;
            for check in &checks {
                counts.count(check);
            }
        }
        if counts.scenarios == 0 {
            bail!("the suite has tested nothing");
        }
        Ok(counts)
    }

    fn count(&mut self, check: &Value) {
        let text = |name| check.get(name).and_then(Value::as_str).unwrap_or_default();
        let untestable = check.pointer("/details/untestable") == Some(&Value::Bool(true));
        match text("status") {
            "SUCCESS" => self.passed += 1,
            "FAILURE" if untestable => self.untestable += 1,
            "FAILURE" => {
                self.failed += 1;
                eprintln!("failed: {}: {}", text("id"), text("errorMessage"));
            }
            "WARNING" => {
                self.warnings += 1;
                eprintln!("warning: {}: {}", text("id"), text("errorMessage"));
            }
            _ => {}
        }
    }

    fn add(&mut self, other: Counts) {
        self.scenarios += other.scenarios;
        self.passed += other.passed;
        self.failed += other.failed;
        self.warnings += other.warnings;
        self.untestable += other.untestable;
    }
}
