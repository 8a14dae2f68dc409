//! Real clients against the gateway.

use std::process::Command;

use anyhow::{Result, ensure};

use super::gateway::Gateway;
use super::packages::{Node, python};
use crate::shell;

pub(super) fn run() -> Result<()> {
    let node = Node::install()?;
    let python = python()?;
    let gateway = Gateway::start()?;
    let scripts = shell::root().join("odoo-mcp-server/tests/clients");
    for mode in ["auto", "legacy", "stdio"] {
        let mut command = Command::new(&python);
        command.arg(scripts.join("python/smoke.py")).arg(mode);
        shell::run(as_user(&mut command, &gateway))?;
    }
    for mode in ["auto", "legacy", "v1"] {
        let mut command = node.script(&scripts.join("typescript/smoke.mjs"));
        shell::run(as_user(command.arg(mode), &gateway))?;
    }
    let inspector = Inspector {
        node: &node,
        gateway: &gateway,
    };
    for way in Way::ALL {
        inspector.walk(way)?;
    }
    Ok(())
}

fn as_user<'c>(command: &'c mut Command, gateway: &Gateway) -> &'c mut Command {
    command
        .env("MCP_URL", &gateway.url)
        .env("MCP_KEY", &gateway.key)
        .env("GATEWAY", &gateway.program)
        .env("ENCRYPTION_KEY", &gateway.encryption_key)
}

/// How the Inspector reaches the gateway.
#[derive(Clone, Copy, Debug)]
enum Way {
    Legacy,
    Modern,
    Stdio,
}

impl Way {
    const ALL: [Way; 3] = [Way::Legacy, Way::Modern, Way::Stdio];
}

struct Inspector<'t> {
    node: &'t Node,
    gateway: &'t Gateway,
}

impl Inspector<'_> {
    fn walk(&self, way: Way) -> Result<()> {
        println!("Inspector, {way:?}");
        // Strict: schemas that some client cannot use are errors.
        self.ask(way, &["--method", "tools/list", "--strict"], "search_read")?;
        let call = |tool, arguments| {
            [
                "--method",
                "tools/call",
                "--tool-name",
                tool,
                "--tool-args-json",
                arguments,
            ]
        };
        let read = call(
            "search_read",
            r#"{"model": "res.partner", "fields": ["name"], "limit": 1}"#,
        );
        self.ask(way, &read, "has_more")?;
        let made = call(
            "create",
            r#"{"model": "res.partner", "values": {"name": "Inspected"}}"#,
        );
        self.ask(way, &made, "created")?;
        self.ask(
            way,
            &["--method", "resources/read", "--uri", "odoo://models"],
            "res.partner",
        )?;
        self.ask(
            way,
            &["--method", "resources/templates/list"],
            "odoo://{model}/{id}",
        )?;
        let prompt = ["--method", "prompts/get", "--prompt-name", "explore_model"];
        self.ask(
            way,
            &[&prompt[..], &["--prompt-args", "model=sale.order"]].concat(),
            "sale.order",
        )
    }

    fn ask(&self, way: Way, arguments: &[&str], expected: &str) -> Result<()> {
        let launcher = self
            .node
            .package("inspector/clients/launcher/build/index.js");
        let mut command = self.node.script(&launcher);
        command.arg("--cli");
        let key = format!("X-API-Key: {}", self.gateway.key);
        match way {
            Way::Stdio => {
                command.arg(&self.gateway.program).arg("--stdio");
                for (name, value) in [
                    ("ODOO_MCP_KEY", &self.gateway.key),
                    ("ENCRYPTION_KEY", &self.gateway.encryption_key),
                ] {
                    command.arg("-e").arg(format!("{name}={value}"));
                }
            }
            Way::Legacy | Way::Modern => {
                let era = format!("{way:?}").to_lowercase();
                command.args([
                    &self.gateway.url,
                    "--transport",
                    "http",
                    "--protocol-era",
                    &era,
                ]);
                command.args(["--header", &key]);
            }
        }
        let answer = shell::output(command.args(arguments))?;
        ensure!(
            answer.contains(expected),
            "no `{expected}` in the answer to {arguments:?}:\n{answer}"
        );
        println!("  {}", arguments.join(" "));
        Ok(())
    }
}
