//! One call's view of the records: who calls, in what context, and what they may do.

use serde_json::{Map, Value};

use super::data::{Data, Row};
use super::registry::{self, Model};
use crate::fault::{Fault, Operation};

/// The group whose members may do everything.
pub(crate) const ADMIN_GROUP: i64 = 4;

/// The records as one caller sees them.
pub(crate) struct Env<'d> {
    pub(crate) data: &'d mut Data,
    pub(crate) user: i64,
    pub(crate) context: Map<String, Value>,
    /// Whether access is left unchecked, as when Odoo acts on a user's behalf.
    pub(crate) sudo: bool,
}

impl<'d> Env<'d> {
    pub(crate) fn new(data: &'d mut Data, user: i64, context: Map<String, Value>) -> Self {
        Self {
            data,
            user,
            context,
            sudo: false,
        }
    }

    /// Returns the same records seen without access checks.
    pub(crate) fn as_superuser(&mut self) -> Env<'_> {
        Env {
            data: self.data,
            user: self.user,
            context: self.context.clone(),
            sudo: true,
        }
    }

    /// Returns the same records seen in a context without `default_…` keys, which hold for one `create` only.
    pub(crate) fn without_defaults(&mut self) -> Env<'_> {
        let mut context = self.context.clone();
        context.retain(|key, _| !key.starts_with("default_"));
        Env {
            data: self.data,
            user: self.user,
            context,
            sudo: self.sudo,
        }
    }

    /// Returns whether archived records are left out of searches.
    pub(crate) fn hides_archived(&self) -> bool {
        self.context
            .get("active_test")
            .is_none_or(|value| *value != Value::Bool(false))
    }

    /// Returns the user's own row.
    pub(crate) fn user_row(&self) -> Option<&Row> {
        self.data.row("res.users", self.user)
    }

    fn is_admin(&self) -> bool {
        self.sudo
            || self
                .data
                .holders("res.users", "group_ids", ADMIN_GROUP)
                .contains(&self.user)
    }

    /// Returns whether the user may do this with the model's records at all.
    pub(crate) fn may(&self, model: &Model, operation: Operation) -> bool {
        let access = &model.spec.access;
        self.is_admin()
            || match operation {
                Operation::Read => access.read,
                Operation::Create => access.create,
                Operation::Write => access.write,
                Operation::Unlink => access.unlink,
            }
    }

    /// Returns whether a record rule lets the user see the record.
    pub(crate) fn sees(&self, model: &Model, row: &Row) -> bool {
        model
            .spec
            .access
            .rule
            .is_none_or(|rule| rule(self.user, row))
            || self.is_admin()
    }

    /// Refuses an operation that the user's groups do not allow.
    pub(crate) fn require(&self, model: &Model, operation: Operation) -> Result<(), Fault> {
        if self.may(model, operation) {
            return Ok(());
        }
        Err(Fault::not_allowed(
            operation,
            (model.spec.label, model.name()),
            model.spec.access.group,
        ))
    }

    /// Refuses an operation on these records: a missing one, or one that a rule hides.
    pub(crate) fn require_records(
        &self,
        model: &Model,
        operation: Operation,
        ids: &[i64],
    ) -> Result<(), Fault> {
        self.require(model, operation)?;
        for &id in ids {
            let Some(row) = self.data.row(model.name(), id) else {
                return Err(Fault::missing_record(model.name(), id, self.user));
            };
            if !self.sees(model, row) {
                let name = self.data.display_name("res.users", self.user);
                return Err(Fault::hidden_record(
                    operation,
                    (model.spec.label, model.name()),
                    (&name, self.user),
                ));
            }
        }
        Ok(())
    }

    /// Returns a model by name.
    pub(crate) fn model(&self, name: &str) -> Result<&'static Model, Fault> {
        registry::model(name).ok_or_else(|| Fault::unknown_model(name))
    }
}
