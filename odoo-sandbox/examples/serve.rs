//! Serves a sandbox until it is interrupted: `cargo run -p odoo-sandbox --example serve -- 8069`.

#![expect(clippy::print_stdout, reason = "it tells where it serves")]

use odoo_sandbox::Sandbox;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args()
        .nth(1)
        .and_then(|port| port.parse().ok())
        .unwrap_or_default();
    let sandbox = Sandbox::builder().port(port).start().await?;
    let admin = sandbox.admin();
    println!(
        "{} database {}, {} / {}",
        sandbox.url(),
        sandbox.database(),
        admin.username(),
        admin.password().reveal()
    );
    std::future::pending().await
}
