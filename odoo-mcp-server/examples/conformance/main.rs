//! The server that the official MCP conformance suite is run against, behind the product's own bridge.
//!
//! The suite calls tools, resources and prompts by fixed names and expects fixed answers; this example
//! offers them, so that what is tested is the bridge and rmcp under it. `cargo xtask mcp conformance`
//! starts it and runs the suite. It listens on loopback only and lets everyone in.

mod asking;
mod content;
mod fixture;
mod tools;

use actix_web::{App, HttpRequest, HttpServer, web};
use odoo_mcp_server::mcp::{Bridge, Door, Settings};

use self::fixture::Fixture;

/// A door without a lock: the suite cannot send credentials.
struct Open;

impl Door for Open {
    type Caller = ();

    fn admit(&self, _request: &HttpRequest) -> Result<(), actix_web::Error> {
        Ok(())
    }
}

fn main() -> std::io::Result<()> {
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("warn,rmcp=error"))
        .init();
    let port = std::env::args()
        .nth(1)
        .and_then(|port| port.parse().ok())
        .unwrap_or(0);
    actix_web::rt::System::new().block_on(serve(port))
}

async fn serve(port: u16) -> std::io::Result<()> {
    let settings = Settings {
        allowed_hosts: ["localhost", "127.0.0.1"].map(str::to_owned).to_vec(),
        allowed_origins: ["http://localhost:*", "http://127.0.0.1:*"]
            .map(str::to_owned)
            .to_vec(),
        ..Settings::default()
    };
    let bridge = web::Data::new(Bridge::new(Open, Fixture::new(), settings));
    let server = HttpServer::new(move || {
        let bridge = bridge.clone();
        App::new().configure(|config| Bridge::register(bridge, config))
    })
    .workers(2)
    .tcp_nodelay(true)
    .h1_allow_half_closed(false)
    .bind(("127.0.0.1", port))?;
    for address in server.addrs() {
        log::warn!("serving the conformance fixture at http://{address}/mcp");
    }
    server.run().await
}
