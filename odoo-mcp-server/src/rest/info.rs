//! `/` and `/health`.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::reply;
use crate::state::State;

#[derive(Serialize)]
struct Root {
    name: &'static str,
    version: &'static str,
    transport: &'static str,
    status: &'static str,
    documentation: &'static str,
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    pool: PoolHealth,
}

#[derive(Serialize)]
struct PoolHealth {
    total_connections: usize,
    expired_connections: usize,
    active_connections: usize,
    ttl_minutes: u64,
    capacity: usize,
    logins: u64,
    failed_logins: u64,
    running_calls: usize,
    waiting_calls: usize,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) async fn root() -> HttpResponse {
    reply::object(&Root {
        name: "Odoo MCP Server",
        version: VERSION,
        transport: "http_streamable",
        status: "running",
        documentation: env!("CARGO_PKG_REPOSITORY"),
    })
}

pub(super) async fn health(state: web::Data<State>) -> HttpResponse {
    let stats = state.pool.stats();
    reply::object(&Health {
        status: "healthy",
        version: VERSION,
        pool: PoolHealth {
            total_connections: stats.total,
            expired_connections: stats.expired,
            active_connections: stats.active(),
            ttl_minutes: stats.ttl.as_secs() / 60,
            capacity: stats.capacity,
            logins: stats.logins,
            failed_logins: stats.failed_logins,
            running_calls: stats.running,
            waiting_calls: stats.waiting,
        },
    })
}
