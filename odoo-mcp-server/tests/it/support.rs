//! A gateway and an Odoo in memory, spoken to over real HTTP.

use std::time::Duration;

use odoo_keys::{Claims, Password};
use odoo_mcp_server::{Config, Gateway, Stopper};
use odoo_sandbox::Sandbox;
use serde_json::{Value, json};

/// A running gateway before a running sandbox.
pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) url: String,
    pub(crate) stopper: Stopper,
    /// A key for the administrator, good for everything.
    pub(crate) key: String,
    gateway: tokio::task::JoinHandle<std::io::Result<()>>,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) code: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Bench {
    pub(crate) async fn start() -> Bench {
        Bench::with(&[]).await
    }

    /// Starts with further flags.
    pub(crate) async fn with(flags: &[&str]) -> Bench {
        Bench::before(Sandbox::start().await.unwrap(), flags)
    }

    /// Starts before a sandbox that differs.
    pub(crate) fn before(sandbox: Sandbox, flags: &[&str]) -> Bench {
        let fixed = [
            "odoo-mcp-server",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--workers",
            "2",
        ];
        let config = Config::from_args([&fixed, flags].concat()).unwrap();
        let gateway = Gateway::bind(&config).unwrap();
        let key = gateway.make_key(&claims(&sandbox, "*:RWD")).into_string();
        Bench {
            sandbox,
            url: gateway.url(),
            stopper: gateway.stopper(),
            key,
            gateway: tokio::spawn(gateway.run()),
            http: http_client(),
        }
    }

    /// Makes a key with a scope over the gateway's own door.
    pub(crate) async fn key_for(&self, scope: &str) -> String {
        let admin = self.sandbox.admin();
        let reply = self
            .post(
                "/auth/generate",
                json!({
                    "url": self.sandbox.url(),
                    "database": self.sandbox.database(),
                    "username": admin.username(),
                    "password": admin.password().reveal(),
                    "scope": scope,
                }),
            )
            .await;
        assert_eq!(reply.code, 200, "{reply:?}");
        reply.body["api_key"].as_str().unwrap().to_owned()
    }

    /// Calls a tool with the key that is good for everything.
    pub(crate) async fn call(&self, name: &str, arguments: Value) -> Reply {
        self.call_as(&self.key, name, arguments).await
    }

    pub(crate) async fn call_as(&self, key: &str, name: &str, arguments: Value) -> Reply {
        let body = json!({"name": name, "arguments": arguments});
        self.send(key, "/tools/call", &body.to_string()).await
    }

    /// Calls a tool that must succeed, and returns its result.
    #[track_caller]
    pub(crate) fn result(&self, name: &str, arguments: Value) -> impl Future<Output = Value> {
        let place = std::panic::Location::caller();
        async move {
            let mut reply = self.call(name, arguments).await;
            assert_eq!(reply.code, 200, "{place}: {reply:?}");
            reply.body["result"].take()
        }
    }

    /// Posts a body with the key that is good for everything.
    pub(crate) async fn send(&self, key: &str, path: &str, body: &str) -> Reply {
        let request = self.request("POST", path).header("X-API-Key", key);
        Reply::of(request.body(body.to_owned())).await
    }

    /// Posts a body without credentials.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        Reply::of(self.request("POST", path).body(body.to_string())).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        Reply::of(self.request("GET", path)).await
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.url);
        self.http.request(method.parse().unwrap(), url)
    }

    /// Waits until the gateway has stopped.
    pub(crate) async fn stopped(self) {
        self.gateway.await.unwrap().unwrap();
    }

    /// The methods that reached Odoo, of `execute_kw` and of the service.
    pub(crate) fn methods(&self) -> Vec<String> {
        let calls = self.sandbox.calls();
        calls.iter().map(|call| call.method().to_owned()).collect()
    }
}

impl Reply {
    pub(crate) async fn of(request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let code = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap();
        let body = match text.as_str() {
            "" => Value::Null,
            text => serde_json::from_str(text).unwrap_or_else(|_| panic!("not JSON: {text}")),
        };
        Reply {
            code,
            headers,
            body,
        }
    }

    /// The sentence of an error.
    pub(crate) fn error(&self) -> &str {
        self.body["error"].as_str().unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn assert_error(&self, code: u16, status: &str, because: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.body["status"], status, "{self:?}");
        assert!(self.error().contains(because), "{because}: {self:?}");
        let members: Vec<&String> = self.body.as_object().unwrap().keys().collect();
        assert_eq!(members, ["error", "status"]);
        assert_eq!(self.headers["content-type"], "application/json");
    }
}

/// The administrator's claims.
pub(crate) fn claims(sandbox: &Sandbox, scope: &str) -> Claims {
    let admin = sandbox.admin();
    Claims {
        url: sandbox.url().to_owned(),
        database: sandbox.database().to_owned(),
        username: admin.username().to_owned(),
        password: Password::new(admin.password().reveal()),
        scope: scope.to_owned(),
        iat: None,
        exp: None,
    }
}

pub(crate) fn http_client() -> reqwest::Client {
    // Whoever comes first installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap()
}
