//! A client that sends one request over and over on connections that stay open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::rows::Row;

/// What one measurement saw.
pub(super) struct Run {
    pub(super) time: Duration,
    /// Sorted.
    latencies: Vec<Duration>,
}

impl Run {
    /// Calls for about the given time, on as many connections as the row says.
    pub(super) fn go(port: u16, row: &Row, time: Duration) -> Result<Self> {
        let start = Instant::now();
        let latencies = thread::scope(|scope| {
            let threads: Vec<_> = (0..row.connections)
                .map(|_| scope.spawn(move || call_until(port, &row.request, start + time)))
                .collect();
            let mut all = Vec::new();
            for thread in threads {
                match thread.join() {
                    Ok(latencies) => all.extend(latencies?),
                    Err(_) => bail!("a client thread died"),
                }
            }
            Ok(all)
        });
        let mut run = Self {
            time: start.elapsed(),
            latencies: latencies?,
        };
        run.latencies.sort_unstable();
        Ok(run)
    }

    pub(super) fn calls(&self) -> usize {
        self.latencies.len()
    }

    pub(super) fn percentile_micros(&self, percent: usize) -> f64 {
        let latency = self.latencies.get(self.latencies.len() * percent / 100);
        latency.copied().unwrap_or_default().as_secs_f64() * 1e6
    }
}

/// Calls a few times, so that nothing cold is measured, and looks at what comes back.
pub(super) fn check(port: u16, row: &Row) -> Result<()> {
    for _ in 0..3 {
        let answer = call_once(port, &row.request)?;
        if !answer.contains(&row.expected) {
            bail!(
                "no `{}` in the answer: {}",
                row.expected,
                answer.chars().take(300).collect::<String>()
            );
        }
    }
    Ok(())
}

/// Calls on a connection of its own and returns the body.
pub(super) fn call_once(port: u16, request: &[u8]) -> Result<String> {
    let mut body = Vec::new();
    Connection::open(port)?.call(request, &mut body)?;
    String::from_utf8(body).context("the answer is no UTF-8")
}

fn call_until(port: u16, request: &[u8], end: Instant) -> Result<Vec<Duration>> {
    let mut connection = Connection::open(port)?;
    let mut latencies = Vec::new();
    let mut before = Instant::now();
    while before < end {
        connection.call(request, &mut std::io::sink())?;
        let after = Instant::now();
        latencies.push(after - before);
        before = after;
    }
    Ok(latencies)
}

struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self(BufReader::with_capacity(1 << 18, stream)))
    }

    /// Sends the request and writes the answer's body, which may come in one piece or in chunks.
    fn call(&mut self, request: &[u8], body: &mut impl Write) -> Result<()> {
        self.0.get_mut().write_all(request)?;
        let status = self.line()?;
        let mut length = None;
        loop {
            let header = self.line()?.to_ascii_lowercase();
            match header.split_once(':') {
                Some(("content-length", value)) => length = Some(value.trim().parse()?),
                Some(_) => {}
                None => break,
            }
        }
        match length {
            Some(length) => self.copy(length, body)?,
            None => self.copy_chunks(body)?,
        }
        if !status.starts_with("HTTP/1.1 200 ") {
            bail!("the server answers `{status}`");
        }
        Ok(())
    }

    fn copy_chunks(&mut self, body: &mut impl Write) -> Result<()> {
        loop {
            let length =
                u64::from_str_radix(&self.line()?, 16).context("neither a length nor chunks")?;
            self.copy(length, body)?;
            self.line()?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    fn copy(&mut self, length: u64, body: &mut impl Write) -> Result<()> {
        let copied = std::io::copy(&mut (&mut self.0).take(length), body)?;
        if copied < length {
            bail!("the answer is cut off");
        }
        Ok(())
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.0.read_line(&mut line)? == 0 {
            bail!("the server closed the connection");
        }
        Ok(line.trim_end().to_owned())
    }
}
