//! MCP over HTTP and over standard input and output, on rmcp.
//!
//! [`Bridge`] is the way in over HTTP; behind it stands one handler, which makes calls as REST does.

mod bridge;
mod completion;
mod door;
mod handler;
mod instructions;
mod models;
mod prompts;
mod resources;
mod sessions;
mod tools;

use std::sync::Arc;

use actix_web::web;
use rmcp::ServiceExt as _;
use tokio_util::sync::CancellationToken;

pub use self::bridge::{Bridge, Door, Settings};
use self::door::{KeyDoor, Visitor};
use self::handler::Handler;
pub use self::sessions::SessionLimits;
use crate::caller::Caller;
use crate::state::State;

/// The gateway's MCP endpoint. Cheap to clone; clones share their sessions.
#[derive(Clone)]
pub(crate) struct Endpoint {
    bridge: web::Data<Bridge<KeyDoor, Handler>>,
    drain: CancellationToken,
}

impl Endpoint {
    pub(crate) fn new(state: &Arc<State>, settings: Settings) -> Endpoint {
        let drain = settings.drain.clone();
        let bridge = Bridge::new(
            KeyDoor::new(Arc::clone(state)),
            Handler::for_many(Arc::clone(state)),
            settings,
        );
        Endpoint {
            bridge: web::Data::new(bridge),
            drain,
        }
    }

    pub(crate) fn register(&self, app: &mut web::ServiceConfig) {
        Bridge::register(self.bridge.clone(), app);
    }

    /// Ends the streams that only listen. Calls in flight go on.
    pub(crate) fn drain(&self) {
        self.drain.cancel();
    }
}

/// Serves MCP to `caller` over standard input and output, until the input ends.
pub(crate) async fn serve_stdio(state: Arc<State>, caller: Caller) -> std::io::Result<()> {
    let handler = Handler::for_one(state, Visitor::new(caller));
    let service = handler
        .serve(rmcp::transport::stdio())
        .await
        .map_err(std::io::Error::other)?;
    service.waiting().await.map_err(std::io::Error::other)?;
    Ok(())
}
