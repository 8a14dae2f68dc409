//! The context: keys that are values in truth, and keys that change what Odoo does.

use serde_json::Value;

use super::refusal::{Problem, Refusal};
use super::row::Step;
use super::values::{Purpose, Values};
use super::walk::Walker;
use crate::policy::Policy;

/// Keys of which it is known why they are not allowed.
const NOT_ALLOWED: [(&str, &str); 10] = [
    ("active_id", "points Odoo's wizards to records of any model"),
    (
        "active_ids",
        "points Odoo's wizards to records of any model",
    ),
    (
        "active_model",
        "points Odoo's wizards to records of any model",
    ),
    ("force_company", "changes for which company Odoo acts"),
    ("force_delete", "deletes what Odoo protects"),
    ("install_mode", "leaves checks out"),
    (
        "mail_create_nolog",
        "keeps a change out of the record's history",
    ),
    ("mail_notrack", "keeps a change out of the record's history"),
    ("no_reset_password", "changes how users are invited"),
    (
        "tracking_disable",
        "keeps a change out of the record's history",
    ),
];

impl<'a> Walker<'a> {
    /// Walks the context of a call on a model, after the call itself: defaults
    /// count for every model of which the call creates records.
    pub(super) fn context(
        &mut self,
        model: &'a str,
        context: &'a Values,
        policy: &Policy,
    ) -> Result<(), Refusal> {
        self.at(Step::Name("context"), |walker| {
            for (key, value) in context {
                walker.at(Step::Name(key), |walker| {
                    match key.strip_prefix("default_") {
                        Some(field) => walker.default(model, field, value, context),
                        None => walker.key(key, value, policy),
                    }
                })?;
            }
            Ok(())
        })
    }

    /// Walks a default for the model called and for those created.
    ///
    /// The walk may find further models that are created, so the list is read
    /// by place.
    fn default(
        &mut self,
        model: &'a str,
        field: &'a str,
        value: &'a Value,
        context: &'a Values,
    ) -> Result<(), Refusal> {
        self.named_value(model, field, value, context, Purpose::Create)?;
        let mut place = 0;
        while let Some(created) = self.created.get(place).copied() {
            place += 1;
            let knows_it = created != model
                && self
                    .model(created)
                    .is_some_and(|schema| schema.field(field).is_some());
            if knows_it {
                self.named_value(created, field, value, context, Purpose::Create)?;
            }
        }
        Ok(())
    }

    fn key(&self, key: &str, value: &Value, policy: &Policy) -> Result<(), Refusal> {
        let is_well_formed = match key {
            "lang" => is_name(value, "_@-"),
            "tz" => is_name(value, "_/+-"),
            "active_test" | "bin_size" | "prefetch_fields" => value.is_boolean(),
            // Odoo checks that the companies are the user's own.
            "allowed_company_ids" => value
                .as_array()
                .is_some_and(|ids| ids.iter().all(Value::is_i64)),
            _ if key.starts_with("bin_size_") => value.is_boolean(),
            _ if policy.allows_context_key(key) => true,
            _ => {
                let known = NOT_ALLOWED.iter().find(|(name, _)| *name == key);
                return Err(self.refusal(Problem::ContextKey {
                    reason: known.map(|(_, reason)| *reason),
                }));
            }
        };
        if is_well_formed {
            Ok(())
        } else {
            Err(self.shape("another kind of value for this context key"))
        }
    }
}

/// Returns true for a text of ASCII letters, digits and the signs given, and
/// for no value.
fn is_name(value: &Value, signs: &str) -> bool {
    match value {
        Value::String(text) => text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || signs.contains(c)),
        value => matches!(value, Value::Null | Value::Bool(false)),
    }
}
