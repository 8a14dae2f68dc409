//! [`Scope`]: which entry covers a model, and what it allows.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::error::Denied;
use crate::fields::{FieldRule, fold_case};
use crate::grant::{Grant, Target, is_model_name};
use crate::permission::{Permission, Permissions};

/// What a key may do: the entries of a scope, ready for look-ups.
///
/// Two scopes are equal when they have the same entries in the same order.
///
/// # Examples
///
/// ```
/// use odoo_scope::{Permission, Scope};
///
/// let scope: Scope = "sale.*:RW,sale.report:R,*:".parse()?;
/// assert!(scope.allows("sale.order.line", Permission::Write));
/// assert!(!scope.allows("sale.report", Permission::Write));
/// assert!(!scope.allows("res.partner", Permission::Read));
/// # Ok::<(), odoo_scope::ScopeError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub(crate) grants: Vec<Grant>,
    /// Places in `grants`, by the name which the entry's target holds.
    models: HashMap<String, usize>,
    prefixes: HashMap<String, usize>,
    any: Option<usize>,
}

impl Scope {
    /// Returns true when the scope gives the permission on the model.
    ///
    /// A name which no model can have is never allowed, not even by `*`.
    pub fn allows(&self, model: &str, permission: Permission) -> bool {
        self.grant(model)
            .is_some_and(|grant| grant.allows(permission))
    }

    /// Checks that the scope gives the permission on the model.
    ///
    /// # Errors
    ///
    /// When it does not: the error's text tells the key's user what is missing.
    pub fn check(&self, model: &str, permission: Permission) -> Result<(), Denied> {
        let has = self
            .grant(model)
            .map_or(Permissions::NONE, Grant::permissions);
        if has.contains(permission) {
            Ok(())
        } else {
            Err(Denied::new(model, permission, has))
        }
    }

    /// Returns true when the scope gives the permission on any model at all.
    pub fn allows_anywhere(&self, permission: Permission) -> bool {
        self.grants.iter().any(|grant| grant.allows(permission))
    }

    /// Returns true when the scope gives the permission on every model there is.
    pub fn allows_everywhere(&self, permission: Permission) -> bool {
        self.any.is_some() && self.grants.iter().all(|grant| grant.allows(permission))
    }

    /// Returns the scope that allows everything.
    pub fn everything() -> Self {
        Self::parse("*:RWD").unwrap_or_default()
    }

    /// Returns the entry which covers the model: the one that names it, else
    /// the one with the longest prefix, else `*`.
    pub fn grant(&self, model: &str) -> Option<&Grant> {
        if !is_model_name(model) {
            return None;
        }
        let model = fold_case(model);
        let place = self
            .models
            .get(model.as_ref())
            .or_else(|| prefixes(&model).find_map(|prefix| self.prefixes.get(prefix)))
            .or(self.any.as_ref())?;
        self.grants.get(*place)
    }

    /// Returns the rule for the fields of the model.
    ///
    /// It says nothing about permissions; a model without an entry has the
    /// rule which permits `id` and `display_name` alone.
    pub fn fields(&self, model: &str) -> &FieldRule {
        self.grant(model).map_or(FieldRule::NONE, Grant::fields)
    }

    /// Returns the entries in the order in which they were written.
    pub fn grants(&self) -> impl ExactSizeIterator<Item = &Grant> {
        self.grants.iter()
    }

    /// Adds an entry, unless its target has one already: then returns false.
    pub(crate) fn add(&mut self, grant: Grant) -> bool {
        let place = self.grants.len();
        let is_new = match &grant.target {
            Target::Model(name) => insert_new(&mut self.models, name, place),
            Target::Prefix(prefix) => insert_new(&mut self.prefixes, prefix, place),
            Target::Any => self.any.is_none() && self.any.replace(place).is_none(),
        };
        if is_new {
            self.grants.push(grant);
        }
        is_new
    }
}

impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        self.grants == other.grants
    }
}

impl Eq for Scope {}

/// Returns the prefixes of a model's name, the longest first:
/// `sale.order` and `sale` of `sale.order.line`.
fn prefixes(model: &str) -> impl Iterator<Item = &str> {
    model
        .rmatch_indices('.')
        .filter_map(|(dot, _)| model.get(..dot))
}

fn insert_new(places: &mut HashMap<String, usize>, name: &str, place: usize) -> bool {
    match places.entry(name.to_owned()) {
        Entry::Occupied(_) => false,
        Entry::Vacant(slot) => {
            slot.insert(place);
            true
        }
    }
}
