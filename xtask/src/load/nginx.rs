//! nginx as a measure: what merely handing the same bytes on costs.

use std::fs;

use anyhow::{Context, Result};

use super::Cores;
use super::process::{self, Process};
use crate::shell;

/// Starts nginx in front of the stub, or returns `None` where it is not installed and cannot be.
pub(super) fn start(upstream: u16, cores: &Cores) -> Result<Option<Process>> {
    if !is_installed() && !install() {
        eprintln!(
            "nginx is not installed: its rows and the ratios are left out (Debian: `apt-get install nginx-light`)"
        );
        return Ok(None);
    }
    let folder = shell::target_dir()?.join("load");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let port = process::free_port()?;
    let file = folder.join("nginx.conf");
    fs::write(&file, configuration(port, upstream))
        .with_context(|| format!("cannot write {}", file.display()))?;
    let mut command = process::pinned(cores.server);
    command
        .args(["nginx", "-e", "stderr", "-p"])
        .arg(&folder)
        .arg("-c")
        .arg(&file);
    Process::start(&mut command, port)
        .context("nginx does not start")
        .map(Some)
}

/// One process, no log, no answer on disk; connections stay open on both sides.
fn configuration(port: u16, upstream: u16) -> String {
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr error;
        events {{ worker_connections 256; }}
        http {{
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            keepalive_requests 100000000;
            upstream odoo {{ server 127.0.0.1:{upstream}; keepalive 32; keepalive_requests 100000000; }}
            server {{
                listen 127.0.0.1:{port};
                location / {{
                    proxy_pass http://odoo;
                    proxy_http_version 1.1;
                    proxy_set_header Connection '';
                    proxy_max_temp_file_size 0;
                }}
            }}
        }}\n"
    )
}

fn is_installed() -> bool {
    shell::succeeds(shell::command("nginx").arg("-v"))
}

fn install() -> bool {
    let may = shell::output(shell::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !may || !shell::succeeds(shell::command("apt-get").arg("--version")) {
        return false;
    }
    eprintln!("installing nginx");
    let apt = |arguments: &[&str]| {
        // In run level 1 Debian's packages do not start their services.
        let mut command = shell::command("apt-get");
        shell::succeeds(
            command
                .args(arguments)
                .env("RUNLEVEL", "1")
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    apt(&["update"])
        && apt(&["install", "-y", "--no-install-recommends", "nginx-light"])
        && is_installed()
}
