//! The binary as its users start it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::support::{Reply, http_client};

/// The binary with nothing of the tests' own environment in its way.
fn binary(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_odoo-mcp-server"));
    command.args(args).env_clear().stdin(Stdio::null());
    command
}

fn output(mut command: Command) -> Output {
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A gateway that listens; it is ended with the test.
struct Running {
    process: Child,
    url: String,
}

impl Running {
    /// Starts it, and waits until it says where it listens.
    fn start(mut command: Command) -> Running {
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let url = loop {
            let mut line = String::new();
            assert_ne!(
                log.read_line(&mut line).unwrap(),
                0,
                "ended before it listened"
            );
            if let Some((_, url)) = line.split_once("listening on ") {
                break url.trim().to_owned();
            }
        };
        // Whoever writes into a pipe that nobody reads stands still one day.
        std::thread::spawn(move || log.read_to_end(&mut Vec::new()));
        Running { process, url }
    }

    fn port(&self) -> &str {
        self.url.rsplit(':').next().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn help_names_every_variable_and_shows_no_secret() {
    let mut command = binary(&["--help"]);
    command.env("ENCRYPTION_KEY", "sesame");
    let help = text(&output(command).stdout);
    for name in [
        "ENCRYPTION_KEY",
        "CONNECTION_POOL_TTL_MINUTES",
        "LOG_LEVEL",
        "HOST",
        "PORT",
    ] {
        assert!(help.contains(name), "{name}: {help}");
    }
    assert!(!help.contains("sesame"));
}

#[test]
fn generate_key_prints_a_key_that_can_be_used() {
    let output = output(binary(&["generate-key"]));
    assert!(output.status.success());
    odoo_keys::Keyring::parse(text(&output.stdout).trim()).unwrap();
}

#[test]
fn with_a_broken_encryption_key_it_does_not_start_and_says_how_to_make_one() {
    let mut command = binary(&["--port", "0"]);
    command.env("ENCRYPTION_KEY", "sesame");
    let output = output(command);
    let error = text(&output.stderr);
    assert!(!output.status.success());
    assert!(
        error.contains("ENCRYPTION_KEY") && error.contains("generate-key"),
        "{error}"
    );
    assert!(!error.contains("sesame"), "{error}");
}

#[test]
fn what_does_not_fit_is_refused_at_the_start() {
    for (variable, value) in [
        ("PORT", "many"),
        ("LOG_LEVEL", "loud"),
        ("CONNECTION_POOL_TTL_MINUTES", "0"),
        ("HTTP_ERROR_STATUS", "sometimes"),
        ("ODOO_CA_FILE", "no/such/file"),
    ] {
        let mut command = binary(&[]);
        command.env(variable, value);
        let output = output(command);
        assert!(!output.status.success(), "{variable}={value}");
        let flag = format!("--{}", variable.to_lowercase().replace('_', "-"));
        let error = text(&output.stderr);
        assert!(
            error.contains(variable) || error.contains(&flag),
            "{variable}={value}: {output:?}"
        );
    }
}

#[test]
fn an_empty_variable_is_as_good_as_none() {
    let mut command = binary(&["--port", "0"]);
    for name in [
        "ENCRYPTION_KEY",
        "LOG_LEVEL",
        "HOST",
        "MAX_LIMIT",
        "WORKERS",
        "ALLOWED_ORIGINS",
        "RUST_LOG",
    ] {
        command.env(name, "");
    }
    let running = Running::start(command);
    assert!(
        running.url.starts_with("http://127.0.0.1:"),
        "{}",
        running.url
    );
}

#[test]
fn without_an_encryption_key_a_warning_says_what_that_means() {
    let mut process = binary(&["--port", "0"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(process.stderr.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(
        first.contains("WARN") && first.contains("ENCRYPTION_KEY is not set"),
        "{first}"
    );
}

#[test]
fn healthcheck_tells_a_healthy_gateway_from_none() {
    let running = Running::start(binary(&["--port", "0"]));
    let port = running.port().to_owned();
    assert!(
        output(binary(&["--port", &port, "healthcheck"]))
            .status
            .success()
    );
    drop(running);
    let output = output(binary(&["--port", &port, "healthcheck"]));
    assert!(!output.status.success());
    assert!(
        text(&output.stderr).contains("nothing listens on 127.0.0.1"),
        "{output:?}"
    );
}

#[tokio::test]
async fn the_sandbox_prints_a_key_and_calls_that_work() {
    let mut command = binary(&["--sandbox", "--port", "0"]);
    let mut running = Running::start({
        command.stdout(Stdio::piped());
        command
    });
    let mut lines = BufReader::new(running.process.stdout.take().unwrap()).lines();
    let printed: Vec<String> = lines
        .by_ref()
        .map(Result::unwrap)
        .take_while(|line| !line.starts_with("MCP: "))
        .collect();
    let key = printed
        .iter()
        .find_map(|line| line.strip_prefix("export KEY="))
        .unwrap();
    let calls: Vec<&str> = printed
        .iter()
        .filter(|line| line.starts_with("curl "))
        .filter_map(|line| line.split('\'').nth(1))
        .collect();
    assert!(calls.len() >= 3, "{printed:?}");
    for body in calls {
        let request = http_client()
            .post(format!("{}/tools/call", running.url))
            .header("X-API-Key", key)
            .body(body.to_owned());
        let reply = Reply::of(request).await;
        assert_eq!(reply.code, 200, "{body}: {reply:?}");
        assert_ne!(reply.body["result"], Value::Null);
    }
}

#[cfg(unix)]
#[test]
fn sigterm_ends_it_well() {
    let mut running = Running::start(binary(&["--port", "0"]));
    let kill = format!("kill -TERM {}", running.process.id());
    assert!(
        Command::new("sh")
            .args(["-c", &kill])
            .status()
            .unwrap()
            .success()
    );
    assert!(running.process.wait().unwrap().success());
}
