//! What is known of models' fields: asked of Odoo once, and kept for all callers of a database.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use odoo_pool::Cache;
use odoo_rpc::{ALL, Credentials, FaultKind, ServerUrl};
use odoo_scope::footprint::{ATTRIBUTES, ModelSchema};
use serde_json::Value;

use crate::call;
use crate::caller::Caller;
use crate::error::Error;
use crate::failure;
use crate::state::State;
use crate::tools::{Effect, RunError};

/// The schemas of models, by database.
#[derive(Debug)]
pub(crate) struct Schemas {
    kept: Cache<Key, Known, Arc<odoo_rpc::Error>>,
}

/// A schema, and whose session it was asked in: fields can be hidden from a user.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) schema: Arc<ModelSchema>,
    username: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    url: ServerUrl,
    database: String,
    model: String,
}

impl Key {
    fn new(credentials: &Credentials, model: &str) -> Key {
        Key {
            url: credentials.url().clone(),
            database: credentials.database().to_owned(),
            model: model.to_owned(),
        }
    }
}

impl Known {
    /// Whether the schema was asked for in this user's name.
    pub(crate) fn is_of(&self, credentials: &Credentials) -> bool {
        *self.username == *credentials.username()
    }
}

impl Schemas {
    pub(crate) fn new(capacity: NonZeroUsize, lifetime: Duration) -> Schemas {
        Schemas {
            kept: Cache::new(capacity, lifetime),
        }
    }

    /// Returns a schema that is kept.
    pub(crate) fn kept(&self, credentials: &Credentials, model: &str) -> Option<Known> {
        self.kept.get(&Key::new(credentials, model))
    }

    /// Returns a schema, asking Odoo for it as the caller where none is kept.
    pub(crate) async fn of(
        &self,
        state: &State,
        caller: &Caller,
        model: &str,
    ) -> Result<Known, Error> {
        let credentials = caller.credentials();
        let key = Key::new(credentials, model);
        if let Some(known) = self.kept.get(&key) {
            return Ok(known);
        }
        // Signed in first: nobody else's wrong password can become this caller's failure.
        let lease = call::session(state, caller).await?;
        let asked = (model.to_owned(), Arc::from(credentials.username()));
        self.kept
            .get_or_make(&key, move || async move {
                let (model, username) = asked;
                let answer: Value = lease
                    .model(model)
                    .fields_get(ALL, &ATTRIBUTES)
                    .await
                    .map_err(Arc::new)?;
                // An answer of another shape knows no field, and so lets none be used.
                let schema = ModelSchema::from_fields_get(&answer).unwrap_or_default();
                let schema = Arc::new(schema);
                Ok(Known { schema, username })
            })
            .await
            .map_err(|error| failure::of_shared_call(state, caller, Effect::Reads, error))
    }

    /// Drops a schema, so that the next call asks for it again.
    pub(crate) fn forget(&self, credentials: &Credentials, model: &str) {
        self.kept.remove(&Key::new(credentials, model));
    }

    /// Drops what a call may have made untrue: its model's schema where Odoo knows fields otherwise, and all
    /// of the database's where models themselves were changed.
    pub(crate) fn learn<T>(
        &self,
        credentials: &Credentials,
        model: &str,
        effect: Effect,
        result: &Result<T, RunError>,
    ) {
        match result {
            Err(RunError::Odoo(odoo_rpc::Error::Fault(fault)))
                if fault.kind() == FaultKind::Server
                    && fault.summary().contains("nvalid field") =>
            {
                self.forget(credentials, model);
            }
            _ if effect != Effect::Reads && changes_models(model) => {
                let (url, database) = (credentials.url(), credentials.database());
                self.kept
                    .retain(|key| key.url != *url || key.database != database);
            }
            _ => {}
        }
    }
}

fn changes_models(model: &str) -> bool {
    model.starts_with("ir.model") || model.starts_with("ir.module")
}
