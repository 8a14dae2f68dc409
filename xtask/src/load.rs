//! `cargo xtask load`

mod client;
mod nginx;
mod process;
mod rows;
mod stub;

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::shell;
use client::Run;
use process::Process;
use rows::{Row, Server};
use stub::Stub;

/// Measures what a call costs the gateway, next to nginx proxying the same raw XML-RPC call in the same run.
///
/// The release binary and nginx run pinned to one core, in turns; a stub in the place of Odoo and the client share the
/// other. The rows are interleaved round by round and the medians are printed, since cores are noisy. Loopback only;
/// ends by itself.
#[derive(clap::Args)]
pub(crate) struct Load {
    /// How often each row is measured.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    rounds: u32,
    /// How long each measurement takes.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// Measure this gateway binary instead of building one.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

/// One measurement of one row.
struct Sample {
    cpu_micros: f64,
    calls_per_second: f64,
    p50_micros: f64,
    p99_micros: f64,
    peak_mib: f64,
}

impl Load {
    pub(crate) fn run(self) -> Result<()> {
        let binary = match &self.binary {
            Some(binary) => fs::canonicalize(binary)
                .with_context(|| format!("no binary {}", binary.display()))?,
            None => build()?,
        };
        let cores = Cores::choose()?;
        cores.move_here()?;
        let stub = Stub::start().context("cannot start the stub")?;
        let nginx = nginx::start(stub.port(), &cores)?;
        let gateway = start_gateway(&binary, &cores)?;
        // Before the first call: what an idle gateway takes.
        thread::sleep(Duration::from_secs(1));
        let idle = gateway.memory_mib("VmRSS")?;
        let key = rows::api_key(gateway.port(), stub.port())?;

        let process_of = |row: &Row| match row.server {
            Server::Nginx => nginx.as_ref(),
            Server::Gateway => Some(&gateway),
        };
        let rows: Vec<Row> = rows::all(&key)
            .into_iter()
            .filter(|row| process_of(row).is_some())
            .collect();
        let mut samples: Vec<Vec<Sample>> = rows.iter().map(|_| Vec::new()).collect();
        for round in 1..=self.rounds {
            for (row, samples) in rows.iter().zip(&mut samples) {
                eprintln!("round {round} of {}: {}", self.rounds, row.name);
                if let Some(process) = process_of(row) {
                    samples.push(self.measure(row, process)?);
                }
            }
        }
        print_table(&rows, &samples);
        println!("\nThe gateway's memory when idle: {idle:.1} MiB. {cores}.");
        Ok(())
    }

    fn measure(&self, row: &Row, process: &Process) -> Result<Sample> {
        client::check(process.port(), row)
            .with_context(|| format!("`{}` does not answer as it should", row.name))?;
        process.forget_peak()?;
        let before = process.cpu()?;
        let run = Run::go(process.port(), row, Duration::from_secs(self.seconds))
            .with_context(|| format!("`{}` broke off", row.name))?;
        let cpu = process.cpu()?.saturating_sub(before);
        let calls = run.calls() as f64;
        Ok(Sample {
            cpu_micros: cpu.as_secs_f64() * 1e6 / calls,
            calls_per_second: calls / run.time.as_secs_f64(),
            p50_micros: run.percentile_micros(50),
            p99_micros: run.percentile_micros(99),
            peak_mib: process.memory_mib("VmHWM")?,
        })
    }
}

/// Which core the measured server has to itself, and which one is left to the client and the stub.
struct Cores {
    server: usize,
    rest: Option<usize>,
}

impl Cores {
    fn choose() -> Result<Self> {
        let allowed = thread::available_parallelism()
            .context("cannot count the cores")?
            .get();
        Ok(Self {
            server: 0,
            rest: (allowed > 1).then_some(1),
        })
    }

    /// Moves this process, and so every thread it will start, off the server's core.
    fn move_here(&self) -> Result<()> {
        let Some(rest) = self.rest else {
            return Ok(());
        };
        let own = std::process::id().to_string();
        shell::output(shell::command("taskset").args([
            "--cpu-list",
            "--pid",
            &rest.to_string(),
            &own,
        ]))?;
        Ok(())
    }
}

impl std::fmt::Display for Cores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.rest {
            Some(rest) => write!(
                f,
                "Servers on core {}, client and stub on core {rest}",
                self.server
            ),
            None => f.write_str("One core for everything: calls a second mean little"),
        }
    }
}

fn build() -> Result<PathBuf> {
    eprintln!("building the gateway (--release)");
    shell::run(&mut shell::cargo(&[
        "build",
        "--release",
        "--package",
        "odoo-mcp-server",
    ]))?;
    let binary = shell::target_dir()?.join("release/odoo-mcp-server");
    if !binary.exists() {
        bail!(
            "cargo did not build {}; name it with --binary",
            binary.display()
        );
    }
    Ok(binary)
}

fn start_gateway(binary: &std::path::Path, cores: &Cores) -> Result<Process> {
    let port = process::free_port()?;
    let mut command = process::pinned(cores.server);
    command
        .arg(binary)
        .env("HOST", "127.0.0.1")
        .env("PORT", port.to_string())
        // 32 zero bytes: nothing is kept behind it.
        .env("ENCRYPTION_KEY", format!("{}=", "A".repeat(43)))
        .env("MAX_LIMIT", "5000")
        .env("LOG_LEVEL", "ERROR");
    Process::start(&mut command, port).context("the gateway does not start")
}

fn print_table(rows: &[Row], samples: &[Vec<Sample>]) {
    let median = |samples: &[Sample], value: fn(&Sample) -> f64| {
        let mut values: Vec<f64> = samples.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    println!("\n| call | CPU µs a call | × nginx | calls/s | p50 µs | p99 µs | peak MiB |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let mut reference = Vec::new();
    for (row, samples) in rows.iter().zip(samples) {
        let cpu = median(samples, |sample| sample.cpu_micros);
        if matches!(row.server, Server::Nginx) {
            reference.push((row.size, cpu));
        }
        let same_size = reference.iter().find(|(size, _)| *size == row.size);
        let ratio = same_size.map_or("–".into(), |(_, nginx)| format!("{:.2}", cpu / nginx));
        println!(
            "| {} | {cpu:.0} | {ratio} | {:.0} | {:.0} | {:.0} | {:.1} |",
            row.name,
            median(samples, |sample| sample.calls_per_second),
            median(samples, |sample| sample.p50_micros),
            median(samples, |sample| sample.p99_micros),
            median(samples, |sample| sample.peak_mib),
        );
    }
}
