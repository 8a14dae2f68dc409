//! What the gateway's operator denies, above all keys.
//!
//! A policy is a list of rules that deny, read from TOML or the like by serde:
//!
//! ```toml
//! # The rules that come with the gateway hold too; false leaves them out.
//! builtin = true
//!
//! # Keys that may stand in a call's context, beside the harmless ones.
//! context = ["tracking_disable"]
//!
//! # Never reachable, whatever a key's scope says.
//! [[deny]]
//! model = "hr.*"
//! letters = "RWD"
//! reason = "personnel records stay in Odoo"
//!
//! # Never readable or writable, so never to be searched or sorted by either.
//! [[deny]]
//! model = "res.partner"
//! fields = ["credit_limit", "x_private_*"]
//! letters = "RW"
//! reason = "only accounting sees credit limits"
//!
//! # Denied to keys which reach it by `*` or a prefix, and not by its name.
//! [[deny]]
//! model = "account.move"
//! letters = "WD"
//! unless_named = true
//! reason = "entries are made by accounting's own keys"
//! ```

mod builtin;
mod rule;

use std::collections::HashMap;

use serde::Deserialize;

pub use rule::Rule;

use crate::footprint::Part;
use crate::grant::Target;
use crate::permission::Permission;

/// The rules in force.
///
/// Defaults to the rules that come with the gateway; see [`Policy::rules`].
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Written")]
pub struct Policy {
    models: HashMap<String, Vec<Rule>>,
    patterns: Vec<Rule>,
    context: Vec<String>,
}

impl Policy {
    /// Returns the policy that denies nothing and allows no further context key.
    pub fn permissive() -> Self {
        Self::new(Vec::new(), Vec::new())
    }

    /// Returns the rules, those for single models first.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        let mut models: Vec<_> = self.models.iter().collect();
        models.sort_by_key(|(name, _)| *name);
        models
            .into_iter()
            .flat_map(|(_, rules)| rules)
            .chain(&self.patterns)
    }

    /// Returns the rule which denies the permission on a part of a model, for a
    /// key whose grant there has this target.
    pub fn denying(
        &self,
        model: &str,
        part: &Part,
        permission: Permission,
        target: &Target,
    ) -> Option<&Rule> {
        let is_named = matches!(target, Target::Model(_));
        let for_model = self.models.get(model).into_iter().flatten();
        for_model
            .chain(self.patterns.iter().filter(|rule| rule.covers(model)))
            .find(|rule| rule.denies(part, permission, is_named))
    }

    /// Returns a rule which denies the permission on some model to every key.
    pub(crate) fn denying_somewhere(&self, permission: Permission) -> Option<&Rule> {
        self.rules().find(|rule| {
            !rule.spares_named() && rule.fields().is_empty() && rule.denied().contains(permission)
        })
    }

    /// Returns true when the operator lets the key stand in a context.
    pub fn allows_context_key(&self, key: &str) -> bool {
        self.context.iter().any(|allowed| allowed == key)
    }

    fn new(rules: Vec<Rule>, context: Vec<String>) -> Self {
        let mut policy = Self {
            models: HashMap::new(),
            patterns: Vec::new(),
            context,
        };
        for rule in rules {
            match rule.target() {
                Target::Model(name) => policy.models.entry(name.clone()).or_default().push(rule),
                _ => policy.patterns.push(rule),
            }
        }
        policy
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new(builtin::rules(), Vec::new())
    }
}

/// A policy as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default = "yes")]
    builtin: bool,
    #[serde(default)]
    context: Vec<String>,
    #[serde(default)]
    deny: Vec<Rule>,
}

fn yes() -> bool {
    true
}

impl TryFrom<Written> for Policy {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        if let Some(key) = written
            .context
            .iter()
            .find(|key| key.starts_with("default_"))
        {
            return Err(format!(
                "`{key}` cannot be allowed as a context key: defaults are checked like values"
            ));
        }
        let mut rules = written.deny;
        if written.builtin {
            rules.extend(builtin::rules());
        }
        Ok(Self::new(rules, written.context))
    }
}
