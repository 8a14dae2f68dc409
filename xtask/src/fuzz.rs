//! `cargo xtask fuzz`

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::shell;

/// Runs the fuzz targets of `fuzz/`, each for a while. Needs cargo-fuzz and a nightly toolchain.
#[derive(clap::Args)]
pub(crate) struct Fuzz {
    /// Which target; all of them when none is named.
    target: Option<String>,
    /// How long each target runs.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

impl Fuzz {
    pub(crate) fn run(self) -> Result<()> {
        let known = targets()?;
        let chosen = match self.target {
            Some(name) if known.contains(&name) => BTreeSet::from([name]),
            Some(name) => bail!(
                "no fuzz target `{name}`; there are: {}",
                known.into_iter().collect::<Vec<_>>().join(", ")
            ),
            None => known,
        };
        if !shell::succeeds(shell::command("cargo-fuzz").arg("--version")) {
            bail!("cargo-fuzz is not installed: `cargo install cargo-fuzz --locked`");
        }
        let nightly = shell::command("rustc")
            .args(["+nightly", "--version"])
            .output();
        if !nightly.is_ok_and(|output| output.status.success()) {
            bail!("no nightly toolchain: `rustup toolchain install nightly`");
        }
        for target in &chosen {
            eprintln!("fuzzing {target} for {} s", self.seconds);
            let limit = format!("-max_total_time={}", self.seconds);
            // `cargo` by its bare name is rustup's, which understands `+nightly`; $CARGO does not.
            let mut cargo = shell::command("cargo");
            cargo.args([
                "+nightly",
                "fuzz",
                "run",
                target,
                "--",
                &limit,
                "-rss_limit_mb=1024",
            ]);
            for name in ["CARGO", "RUSTUP_TOOLCHAIN"] {
                cargo.env_remove(name);
            }
            shell::run(&mut cargo)?;
        }
        println!("fuzz: {} targets, nothing found", chosen.len());
        Ok(())
    }
}

/// Returns the targets' names: one file each.
fn targets() -> Result<BTreeSet<String>> {
    let folder = shell::root().join("fuzz/fuzz_targets");
    let files = fs::read_dir(&folder)
        .with_context(|| format!("no fuzz targets in {}", folder.display()))?;
    let mut names = BTreeSet::new();
    for file in files {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(
                path.file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned()),
            );
        }
    }
    Ok(names)
}
