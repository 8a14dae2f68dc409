//! A server under measurement: pinned to a core, watched through `/proc`, gone when it is dropped.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::shell;

pub(super) struct Process {
    child: Child,
    port: u16,
}

/// Returns the start of a command line that runs a server on one core and ends it with this program.
pub(super) fn pinned(core: usize) -> Command {
    let mut command = shell::command("setpriv");
    command.args([
        "--pdeathsig",
        "TERM",
        "--",
        "taskset",
        "--cpu-list",
        &core.to_string(),
    ]);
    command
}

/// Returns a port of loopback that nobody listens on.
pub(super) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}

impl Process {
    /// Starts a server and waits until it takes connections on its port.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be started, ends, or takes none for ten seconds.
    pub(super) fn start(command: &mut Command, port: u16) -> Result<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        let mut process = Self { child, port };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            if let Some(status) = process.child.try_wait()? {
                bail!("it ended at once ({status})");
            }
            if start.elapsed() > Duration::from_secs(10) {
                bail!("it does not listen on port {port}");
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(process)
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Returns the processor time that all its threads have taken, those that ended included.
    pub(super) fn cpu(&self) -> Result<Duration> {
        let stat = self.read("stat")?;
        cpu(&stat).context("/proc/<pid>/stat has another form than expected")
    }

    /// Returns a memory size of `/proc/<pid>/status`: `VmRSS` for now, `VmHWM` for the peak.
    pub(super) fn memory_mib(&self, name: &str) -> Result<f64> {
        let status = self.read("status")?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        Ok(kib.with_context(|| format!("/proc/<pid>/status has no {name}"))? / 1024.0)
    }

    /// Makes `VmHWM` start again from the present size.
    pub(super) fn forget_peak(&self) -> Result<()> {
        let path = format!("/proc/{}/clear_refs", self.child.id());
        fs::write(&path, "5").with_context(|| format!("cannot write {path}"))
    }

    fn read(&self, file: &str) -> Result<String> {
        let path = format!("/proc/{}/{file}", self.child.id());
        fs::read_to_string(&path)
            .with_context(|| format!("cannot read {path}; did the server end?"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns user and system time out of a line of `/proc/<pid>/stat`.
fn cpu(stat: &str) -> Option<Duration> {
    // The program's name is in parentheses and may hold anything, so count from the last one.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut times = fields
        .split(' ')
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u64>().ok());
    let ticks = times.next()?? + times.next()??;
    // The kernel tells its user space of 100 ticks a second, whatever its own clock is.
    Some(Duration::from_millis(ticks * 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_user_and_system_time() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194560 900 0 0 0 150 50 9 9 20 0 3 0 100";
        assert_eq!(cpu(stat), Some(Duration::from_secs(2)));
    }

    #[test]
    fn this_process_is_there() {
        let stat = fs::read_to_string("/proc/self/stat").unwrap();
        assert!(cpu(&stat).is_some());
    }
}
