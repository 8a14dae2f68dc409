//! Servers on loopback, for as long as the tests run.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::shell;

const PATIENCE: Duration = Duration::from_secs(20);

/// A program that ends with this one.
pub(super) struct Running {
    child: Child,
}

impl Running {
    /// Starts a program and waits until it takes connections on `port`.
    pub(super) fn start(command: &mut Command, port: u16) -> Result<Running> {
        let mut running = Running::spawn(command)?;
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = running.child.try_wait()? {
                bail!("it ended at once ({status})");
            }
            if start.elapsed() > PATIENCE {
                bail!("it does not listen on port {port}");
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(running)
    }

    fn spawn(command: &mut Command) -> Result<Running> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        Ok(Running { child })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns a port of loopback that nobody listens on.
pub(super) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}

/// Builds the gateway and the example, and returns the folder that they are in.
pub(super) fn build() -> Result<PathBuf> {
    let what = [
        "build",
        "--package",
        "odoo-mcp-server",
        "--bins",
        "--examples",
    ];
    shell::run(&mut shell::cargo(&what))?;
    Ok(shell::target_dir()?.join("debug"))
}

/// The gateway with its sandbox.
pub(super) struct Gateway {
    _running: Running,
    /// Kept open: a program whose output nobody takes ends with a broken pipe.
    _output: BufReader<ChildStdout>,
    pub(super) program: PathBuf,
    pub(super) encryption_key: String,
    pub(super) url: String,
    pub(super) key: String,
}

impl Gateway {
    pub(super) fn start() -> Result<Gateway> {
        let program = build()?.join("odoo-mcp-server");
        let encryption_key = shell::output(Command::new(&program).arg("generate-key"))?;
        let encryption_key = encryption_key.trim().to_owned();
        let mut command = Command::new(&program);
        command
            .args(["--sandbox", "--port", "0"])
            .env("ENCRYPTION_KEY", &encryption_key)
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped());
        let mut running = Running::spawn(&mut command)?;
        let output = running.child.stdout.take().context("it has no output")?;
        let (mut url, mut key) = (None, None);
        let mut output = BufReader::new(output);
        for line in output.by_ref().lines() {
            let line = line?;
            if let Some(value) = line.strip_prefix("export KEY=") {
                key = Some(value.to_owned());
            }
            if let Some(rest) = line.strip_prefix("MCP: ") {
                url = rest.split(',').next().map(str::to_owned);
                break;
            }
        }
        Ok(Gateway {
            _running: running,
            _output: output,
            program,
            encryption_key,
            url: url.context("the gateway has not said where it listens")?,
            key: key.context("the gateway has not printed a key")?,
        })
    }
}
