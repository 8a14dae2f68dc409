//! A gateway before an Odoo, and a door to that Odoo beside it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use odoo_mcp_server::{Config, Gateway};
use odoo_rpc::{Client, Credentials, Error, Password, ServerUrl, Session};
use odoo_sandbox::Sandbox;
use serde_json::{Value, json};

pub(crate) struct Bench {
    /// The administrator's own door to Odoo, past the gateway.
    session: Session,
    pub(crate) series: u32,
    gateway: String,
    http: reqwest::Client,
    mark: String,
    worlds: AtomicU32,
    /// The fields that there are, and those that there are not.
    fields: Mutex<HashMap<(String, String), bool>>,
    sandbox: Option<Sandbox>,
}

/// What the gateway answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) code: u16,
    pub(crate) body: Value,
}

impl Bench {
    pub(crate) async fn start() -> Bench {
        Bench::with(&[]).await
    }

    /// Starts with further flags.
    pub(crate) async fn with(flags: &[&str]) -> Bench {
        static BENCHES: AtomicU32 = AtomicU32::new(0);
        let (credentials, sandbox) = odoo().await;
        let client = Client::new().unwrap();
        let series = client.version(credentials.url()).await.unwrap().major();
        let session = client.login(&credentials).await.unwrap();
        let fixed = ["odoo-mcp-server", "--host", "127.0.0.1", "--port", "0"];
        let config = Config::from_args([&fixed, flags].concat()).unwrap();
        let gateway = Gateway::bind(&config).unwrap();
        let url = gateway.url();
        tokio::spawn(gateway.run());
        let number = BENCHES.fetch_add(1, Ordering::Relaxed);
        Bench {
            session,
            series,
            gateway: url,
            http: http_client(),
            mark: format!("attack{}x{number}", std::process::id()),
            worlds: AtomicU32::new(0),
            fields: Mutex::default(),
            sandbox,
        }
    }

    pub(crate) fn is_sandbox(&self) -> bool {
        self.sandbox.is_some()
    }

    pub(crate) fn uid(&self) -> i64 {
        self.session.uid()
    }

    /// Returns a word that stands in no record yet.
    pub(crate) fn new_mark(&self) -> String {
        let number = self.worlds.fetch_add(1, Ordering::Relaxed);
        format!("{}n{number}e", self.mark)
    }

    /// Calls a tool over the gateway with a key of this scope.
    pub(crate) async fn call(&self, scope: &str, tool: &str, arguments: &Value) -> Reply {
        let own = self.session.credentials();
        let (username, password) = (own.username(), own.password().reveal());
        let call = json!({"name": tool, "arguments": arguments});
        self.call_as(username, password, scope, &call).await
    }

    /// Calls a tool in another user's name.
    pub(crate) async fn call_as(
        &self,
        username: &str,
        password: &str,
        scope: &str,
        call: &Value,
    ) -> Reply {
        let own = self.session.credentials();
        let order = json!({
            "url": own.url().as_str(),
            "database": own.database(),
            "username": username,
            "password": password,
            "scope": scope,
        });
        let made = self.post("/auth/generate", "", &order).await;
        assert_eq!(made.code, 200, "{made:?}");
        let key = made.body["api_key"].as_str().unwrap();
        self.post("/tools/call", key, call).await
    }

    async fn post(&self, path: &str, key: &str, body: &Value) -> Reply {
        let url = format!("{}{path}", self.gateway);
        let request = self.http.post(url).header("X-API-Key", key);
        let response = request.body(body.to_string()).send().await.unwrap();
        let code = response.status().as_u16();
        let text = response.text().await.unwrap();
        let body =
            serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path} answers {text:?}"));
        Reply { code, body }
    }

    /// Calls Odoo past the gateway.
    pub(crate) async fn ask(
        &self,
        model: &str,
        method: &str,
        arguments: Value,
        named: Value,
    ) -> Result<Value, Error> {
        let model = self.session.model(model);
        model.call(method, &arguments, &named).await
    }

    /// Reads what a domain finds, archived records too.
    pub(crate) async fn look(&self, model: &str, domain: &Value, fields: &[&str]) -> Value {
        let named = json!({
            "fields": fields, "order": "id", "context": {"active_test": false, "bin_size": true},
        });
        self.ask(model, "search_read", json!([domain]), named)
            .await
            .unwrap()
    }

    /// Returns whether a user name and a password let in.
    pub(crate) async fn signs_in(&self, username: &str, password: &str) -> bool {
        let own = self.session.credentials();
        let password = Password::new(password);
        let theirs = Credentials::new(own.url().clone(), own.database(), username, password);
        self.session.client().login(&theirs).await.is_ok()
    }

    pub(crate) async fn has_field(&self, model: &str, field: &str) -> bool {
        let key = (model.to_owned(), field.to_owned());
        if let Some(known) = self.fields.lock().unwrap().get(&key) {
            return *known;
        }
        let named = json!({"allfields": [field], "attributes": ["type"]});
        let answer = self.ask(model, "fields_get", json!([]), named).await;
        let is_there = answer.is_ok_and(|fields| fields.get(field).is_some());
        self.fields.lock().unwrap().insert(key, is_there);
        is_there
    }

    /// Removes every record that bears the mark.
    pub(crate) async fn remove_records(&self) {
        if self.is_sandbox() {
            return;
        }
        let mut left = BTreeSet::new();
        for (model, path) in MARKED {
            if !self.remove_marked(model, path).await {
                left.insert(*model);
            }
        }
        assert!(left.is_empty(), "records of {left:?} are left");
    }

    /// Returns false when records are left.
    async fn remove_marked(&self, model: &str, path: &str) -> bool {
        let field = path.split('.').next().unwrap_or_default();
        if !self.has_field(model, field).await {
            return true;
        }
        let domain = json!([[[path, "=like", format!("%{}%", self.mark)]]]);
        let named = json!({"context": {"active_test": false}});
        let found = self.ask(model, "search", domain, named).await.unwrap();
        if found == json!([]) {
            return true;
        }
        if model == "mail.mail" {
            // Odoo 19 lets no message go that is about no record.
            let about = json!({"model": "res.users", "res_id": self.uid()});
            let written = self.ask(model, "write", json!([found, about]), json!({}));
            written.await.unwrap();
        }
        let removed = self.ask(model, "unlink", json!([found]), json!({}));
        removed.await.is_ok()
    }
}

/// Where the mark stands, in an order in which the records can be deleted.
const MARKED: &[(&str, &str)] = &[
    ("ir.attachment", "name"),
    ("sale.order", "partner_id.name"),
    ("crm.lead", "name"),
    ("crm.team", "name"),
    ("ir.ui.menu", "name"),
    ("ir.cron", "name"),
    ("ir.actions.server", "name"),
    ("ir.actions.act_window", "name"),
    ("ir.actions.client", "name"),
    ("ir.rule", "name"),
    ("ir.model.access", "name"),
    ("ir.config_parameter", "key"),
    ("ir.ui.view", "name"),
    ("ir.asset", "name"),
    ("ir.module.module", "name"),
    ("ir.model.data", "name"),
    ("ir.filters", "name"),
    ("ir.mail_server", "name"),
    ("fetchmail.server", "name"),
    ("mail.template", "name"),
    ("account.tax", "name"),
    ("mail.activity", "summary"),
    ("mail.message", "body"),
    ("res.partner.bank", "acc_number"),
    ("res.bank", "name"),
    ("res.users", "login"),
    ("res.groups", "name"),
    ("res.partner", "parent_id.name"),
    ("res.partner", "name"),
    ("res.partner.category", "name"),
    ("product.product", "name"),
    ("product.template", "name"),
    // What Odoo tells users about their passwords.
    ("mail.mail", "body_html"),
];

async fn odoo() -> (Credentials, Option<Sandbox>) {
    let Ok(url) = std::env::var("ODOO_URL") else {
        let sandbox = Sandbox::start().await.unwrap();
        return (sandbox.admin(), Some(sandbox));
    };
    let variable =
        |name| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set, but ODOO_URL is"));
    let credentials = Credentials::new(
        ServerUrl::parse(&url).unwrap(),
        variable("ODOO_DB"),
        variable("ODOO_USERNAME"),
        Password::new(variable("ODOO_PASSWORD")),
    );
    (credentials, None)
}

fn http_client() -> reqwest::Client {
    // Whoever comes first installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .timeout(Duration::from_secs(120))
        .build()
        .unwrap()
}
