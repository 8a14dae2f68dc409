//! The gateway's binary: reads the configuration, starts the log, serves.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, bail};
use odoo_mcp_server::{
    Command, Config, Gateway, LogLevel, PolicyFile, ScopeCommand, Secret, Stopper, explain,
    serve_stdio,
};
use tokio::signal;

mod welcome;

fn main() -> anyhow::Result<()> {
    let config = Config::from_process();
    match config.command {
        Some(Command::GenerateKey) => print_line(&odoo_keys::generate_key()),
        Some(Command::Healthcheck) => healthcheck(&config),
        Some(Command::Scope(ScopeCommand::Explain {
            ref scope,
            ref key,
            ref call,
        })) => {
            start_log(LogLevel::Error);
            let (scope, key) = (scope.as_deref(), key.as_ref().map(Secret::reveal));
            let explained = actix_web::rt::System::new()
                .block_on(explain(&config, scope, key, call))
                .map_err(anyhow::Error::msg)?;
            print_line(&explained)
        }
        None => {
            start_log(config.log_level);
            actix_web::rt::System::new().block_on(async {
                if config.stdio.stdio {
                    Ok(serve_stdio(&config).await?)
                } else {
                    serve(&config).await
                }
            })
        }
    }
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let mut signals = StopSignals::listen()?;
    let gateway = Gateway::bind(config)?;
    log::info!("listening on {}", gateway.url());
    let sandbox = if config.sandbox {
        let sandbox = odoo_sandbox::Sandbox::start()
            .await
            .context("the built-in Odoo does not start")?;
        print_line(&welcome::text(&gateway, &sandbox))?;
        Some(sandbox)
    } else {
        None
    };
    let stopper = gateway.stopper();
    let stopping =
        actix_web::rt::spawn(async move { stop_when_told(&mut signals, &stopper).await });
    let policing = actix_web::rt::spawn(reload_when_told(gateway.policy()));
    gateway.run().await?;
    stopping.abort();
    policing.abort();
    drop(sandbox);
    log::info!("stopped");
    Ok(())
}

/// Ctrl-C and SIGTERM finish what is in flight; a second one does not wait for it.
async fn stop_when_told(signals: &mut StopSignals, stopper: &Stopper) {
    signals.next().await;
    log::info!("stopping: calls in flight are finished first");
    tokio::select! {
        () = stopper.finish() => {}
        () = signals.next() => stopper.abort().await,
    }
}

/// SIGHUP reads the operator's policy again.
async fn reload_when_told(policy: PolicyFile) {
    #[cfg(unix)]
    {
        use signal::unix::{SignalKind, signal};
        match signal(SignalKind::hangup()) {
            Ok(mut hangup) => {
                while hangup.recv().await.is_some() {
                    policy.reload();
                }
            }
            Err(error) => log::warn!("SIGHUP cannot be listened for: {error}"),
        }
    }
    #[cfg(not(unix))]
    drop(policy);
}

#[cfg(unix)]
struct StopSignals {
    interrupt: signal::unix::Signal,
    terminate: signal::unix::Signal,
}

#[cfg(unix)]
impl StopSignals {
    /// From here on the signals do not end the process by themselves.
    fn listen() -> std::io::Result<StopSignals> {
        use signal::unix::{SignalKind, signal};
        Ok(StopSignals {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct StopSignals(signal::windows::CtrlC);

#[cfg(windows)]
impl StopSignals {
    fn listen() -> std::io::Result<StopSignals> {
        signal::windows::ctrl_c().map(StopSignals)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}

fn start_log(level: LogLevel) {
    // The libraries below write lines for themselves; at DEBUG some of them write what passes through.
    let filter = match level {
        LogLevel::Debug => {
            "info,odoo_mcp_server=debug,odoo_rpc=debug,odoo_pool=debug,rmcp=warn,tracing::span=warn"
        }
        LogLevel::Info => "info,rmcp=warn,rmcp::service=off,tracing::span=warn,actix_server=warn",
        LogLevel::Warning => "warn",
        LogLevel::Error | LogLevel::Critical => "error",
    };
    let wanted = std::env::var("RUST_LOG").ok();
    let wanted = wanted.filter(|wanted| !wanted.is_empty());
    env_logger::Builder::new()
        .parse_filters(wanted.as_deref().unwrap_or(filter))
        .init();
}

/// Asks a running gateway whether it is healthy, in the place of curl.
fn healthcheck(config: &Config) -> anyhow::Result<()> {
    const PATIENCE: Duration = Duration::from_secs(5);
    let host = match config.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    };
    let mut stream = TcpStream::connect((host, config.port))
        .with_context(|| format!("nothing listens on {host}:{}", config.port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer)?;
    if !answer.starts_with("HTTP/1.1 200 ") {
        bail!(
            "the gateway is not healthy: {}",
            answer.lines().next().unwrap_or_default()
        );
    }
    Ok(())
}

fn print_line(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}").context("cannot write to standard output")
}
