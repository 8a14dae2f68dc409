//! MCP by hand: what a client of each generation sends.

use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use crate::support::Bench;

pub(crate) const NEWEST: &str = "2026-07-28";
pub(crate) const STREAMS: &str = "application/json, text/event-stream";

/// A caller of the gateway's MCP endpoint.
#[derive(Clone, Copy)]
pub(crate) struct Mcp<'b> {
    pub(crate) bench: &'b Bench,
    pub(crate) key: &'b str,
}

/// What came back; `message` is the JSON-RPC answer, from a body or from the last event of a stream.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) message: Value,
}

impl<'b> Mcp<'b> {
    pub(crate) fn new(bench: &'b Bench) -> Mcp<'b> {
        Mcp {
            bench,
            key: &bench.key,
        }
    }

    /// A request as of 2026-07-28: it stands for itself.
    pub(crate) async fn ask(self, method: &str, params: Value) -> Answer {
        Answer::of(self.request(method, params)).await
    }

    pub(crate) fn request(self, method: &str, mut params: Value) -> reqwest::RequestBuilder {
        let mut request = self
            .post(STREAMS)
            .header("mcp-protocol-version", NEWEST)
            .header("mcp-method", method);
        if let Some(name) = params["name"].as_str().or(params["uri"].as_str()) {
            request = request.header("mcp-name", name);
        }
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": NEWEST,
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        request.body(rpc(method, params).to_string())
    }

    pub(crate) async fn call(self, name: &str, arguments: Value) -> Answer {
        self.ask("tools/call", json!({"name": name, "arguments": arguments}))
            .await
    }

    /// Opens a session as the older clients do, and returns its id.
    pub(crate) async fn open(self) -> String {
        let answer = self.initialize("2025-11-25", STREAMS).await;
        answer.headers["mcp-session-id"]
            .to_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn initialize(self, version: &str, accept: &str) -> Answer {
        let params = json!({
            "protocolVersion": version,
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        });
        Answer::of(
            self.post(accept)
                .body(rpc("initialize", params).to_string()),
        )
        .await
    }

    /// A request in a session.
    pub(crate) fn in_session(self, session: &str, body: &Value) -> reqwest::RequestBuilder {
        self.post(STREAMS)
            .header("mcp-session-id", session)
            .header("mcp-protocol-version", "2025-11-25")
            .body(body.to_string())
    }

    pub(crate) fn post(self, accept: &str) -> reqwest::RequestBuilder {
        self.with_key("POST")
            .header("content-type", "application/json")
            .header("accept", accept)
    }

    pub(crate) fn with_key(self, method: &str) -> reqwest::RequestBuilder {
        self.bench
            .request(method, "/mcp")
            .header("X-API-Key", self.key)
    }
}

pub(crate) fn rpc(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
}

impl Answer {
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let code = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap();
        let last = text
            .lines()
            .filter_map(|line| line.strip_prefix("data: "))
            .rfind(|data| data.starts_with('{'));
        Answer {
            code,
            headers,
            message: serde_json::from_str(last.unwrap_or(&text)).unwrap_or_default(),
        }
    }

    #[track_caller]
    pub(crate) fn result(&self) -> &Value {
        assert!(self.message["result"].is_object(), "{self:?}");
        &self.message["result"]
    }

    #[track_caller]
    pub(crate) fn assert_error(&self, code: i64, because: &str) {
        assert_eq!(self.message["error"]["code"], code, "{self:?}");
        let message = self.message["error"]["message"].as_str().unwrap();
        assert!(message.contains(because), "{because}: {self:?}");
    }
}
