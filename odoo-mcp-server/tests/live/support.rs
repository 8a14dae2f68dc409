use std::future::Future;
use std::panic::Location;
use std::time::Duration;

use odoo_mcp_server::{Config, Gateway};
use odoo_sandbox::Sandbox;
use serde_json::{Value, json};

/// A running gateway, and an Odoo that it can reach.
pub(crate) struct Live {
    pub(crate) odoo: Odoo,
    url: String,
    http: reqwest::Client,
    key: String,
}

/// Where Odoo is, and who signs in.
pub(crate) struct Odoo {
    pub(crate) url: String,
    pub(crate) database: String,
    pub(crate) second_database: Option<String>,
    pub(crate) username: String,
    pub(crate) password: String,
    _sandbox: Option<Sandbox>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) code: u16,
    pub(crate) body: Value,
}

impl Odoo {
    async fn find() -> Odoo {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        match variable("ODOO_URL") {
            Some(url) => Odoo {
                url,
                database: variable("ODOO_DB").expect("ODOO_DB beside ODOO_URL"),
                second_database: variable("ODOO_DB2"),
                username: variable("ODOO_USERNAME").expect("ODOO_USERNAME beside ODOO_URL"),
                password: variable("ODOO_PASSWORD").expect("ODOO_PASSWORD beside ODOO_URL"),
                _sandbox: None,
            },
            None => Odoo::in_memory().await,
        }
    }

    async fn in_memory() -> Odoo {
        let sandbox = Sandbox::builder()
            .database("one")
            .database("two")
            .start()
            .await
            .unwrap();
        Odoo {
            url: sandbox.url().to_owned(),
            database: "one".to_owned(),
            second_database: Some("two".to_owned()),
            username: sandbox.admin().username().to_owned(),
            password: sandbox.admin().password().reveal().to_owned(),
            _sandbox: Some(sandbox),
        }
    }

    /// What `/auth/generate` takes.
    pub(crate) fn order(&self, scope: &str) -> Value {
        json!({
            "url": self.url,
            "database": self.database,
            "username": self.username,
            "password": self.password,
            "scope": scope,
        })
    }
}

impl Live {
    pub(crate) async fn start() -> Live {
        let odoo = Odoo::find().await;
        let flags = [
            "odoo-mcp-server",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--workers",
            "1",
        ];
        let gateway = Gateway::bind(&Config::from_args(flags).unwrap()).unwrap();
        let url = gateway.url();
        tokio::spawn(gateway.run());
        // Whoever comes first installs it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(120))
            .build()
            .unwrap();
        let mut live = Live {
            odoo,
            url,
            http,
            key: String::new(),
        };
        live.key = live.make_key(live.odoo.order("*:RWD")).await;
        live
    }

    pub(crate) async fn make_key(&self, order: Value) -> String {
        let reply = self.post("/auth/generate", "", &order).await;
        assert_eq!(reply.code, 200, "{reply:?}");
        reply.body["api_key"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn post(&self, path: &str, key: &str, body: &Value) -> Reply {
        let request = self
            .http
            .post(format!("{}{path}", self.url))
            .header("X-API-Key", key);
        let response = request.body(body.to_string()).send().await.unwrap();
        let code = response.status().as_u16();
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).expect("JSON");
        Reply { code, body }
    }

    pub(crate) async fn call(&self, tool: &str, arguments: Value) -> Reply {
        self.call_as(&self.key, tool, arguments).await
    }

    pub(crate) async fn call_as(&self, key: &str, tool: &str, arguments: Value) -> Reply {
        let body = json!({"name": tool, "arguments": arguments});
        self.post("/tools/call", key, &body).await
    }

    /// Calls a tool that must succeed, and returns its result.
    #[track_caller]
    pub(crate) fn result(&self, tool: &str, arguments: Value) -> impl Future<Output = Value> {
        let place = Location::caller();
        async move {
            let mut reply = self.call(tool, arguments).await;
            assert_eq!(reply.code, 200, "{place}: {reply:?}");
            reply.body["result"].take()
        }
    }

    /// Creates a partner, and returns its id.
    pub(crate) async fn partner(&self, values: Value) -> i64 {
        let arguments = json!({"model": "res.partner", "values": values});
        self.result("create", arguments).await["id"]
            .as_i64()
            .unwrap()
    }

    pub(crate) async fn remove(&self, model: &str, ids: Value) {
        let removed = self
            .result("unlink", json!({"model": model, "ids": ids}))
            .await;
        assert_eq!(
            (&removed["success"], &removed["status"]),
            (&json!(true), &json!("deleted"))
        );
    }
}

impl Reply {
    #[track_caller]
    pub(crate) fn assert_error(&self, code: u16, status: &str, because: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.body["status"], status, "{self:?}");
        let error = self.body["error"].as_str().unwrap();
        assert!(error.contains(because), "{because}: {self:?}");
        assert!(
            !error.contains("Traceback") && !error.contains('\n'),
            "{self:?}"
        );
    }
}

/// A name that nothing else in the database has.
pub(crate) fn unique(what: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{what} {}-{next}", std::process::id())
}
