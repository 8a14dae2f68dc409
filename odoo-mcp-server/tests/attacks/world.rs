//! The records around one row.

use odoo_rpc::Error;
use serde_json::{Value, json};

use tokio::sync::{Mutex, MutexGuard};

use crate::bench::Bench;
use crate::fixtures::{Fixture, fixture};
use crate::templates::{Names, fill, names_in};

/// Odoo 19 cannot make two users at the same time: both join the same channels.
static USERS: Mutex<()> = Mutex::const_new(());

/// The records that a row's templates name, made when they are first named.
pub(crate) struct World<'b> {
    pub(crate) bench: &'b Bench,
    names: Names,
}

impl<'b> World<'b> {
    pub(crate) fn new(bench: &'b Bench) -> Self {
        let groups = if bench.series < 18 {
            "groups_id"
        } else {
            "group_ids"
        };
        let members = if bench.series < 18 {
            "users"
        } else {
            "user_ids"
        };
        let names = [
            ("mark", json!(bench.new_mark())),
            ("admin", json!(bench.uid())),
            ("groups_field", json!(groups)),
            ("members_field", json!(members)),
        ];
        Self {
            bench,
            names: names.map(|(name, value)| (name.to_owned(), value)).into(),
        }
    }

    /// Waits until no other row makes users, for a row which may.
    pub(crate) async fn turn(templates: &Value) -> Option<MutexGuard<'static, ()>> {
        let text = templates.to_string();
        let makes_users = text.contains("$user") || text.contains("login");
        if makes_users {
            Some(USERS.lock().await)
        } else {
            None
        }
    }

    /// Fills a template in, and makes the records that it names.
    pub(crate) async fn fill(&mut self, template: &Value) -> Result<Value, Error> {
        for name in names_in(template) {
            if !self.names.contains_key(&name) {
                let value = Box::pin(self.make(&name)).await?;
                self.names.insert(name, value);
            }
        }
        Ok(fill(template, &self.names))
    }

    async fn make(&mut self, name: &str) -> Result<Value, Error> {
        let bench = self.bench;
        match fixture(name) {
            Fixture::New(model, values) => {
                let values = self.fill(&values).await?;
                let quiet = json!({"context": {"no_reset_password": true}});
                bench.ask(model, "create", json!([values]), quiet).await
            }
            Fixture::Field(owner, model, field) => {
                let owner = self.fill(&json!(format!("${owner}"))).await?;
                let named = json!({"fields": [field]});
                let rows = bench.ask(model, "read", json!([owner]), named).await?;
                Ok(match &rows[0][field] {
                    Value::Array(parts) => parts.first().cloned().unwrap_or_default(),
                    value => value.clone(),
                })
            }
            Fixture::Found(model, domain) => {
                let named = json!({"limit": 1});
                let found = bench.ask(model, "search", json!([domain]), named).await?;
                let id = found[0].clone();
                assert!(id.is_i64(), "no {model} for {domain}");
                Ok(id)
            }
        }
    }
}
