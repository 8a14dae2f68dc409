//! One rule of a policy.

use serde::Deserialize;

use crate::footprint::Part;
use crate::grant::Target;
use crate::permission::{Permission, Permissions};

/// A rule which denies something to every key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Rule {
    target: Target,
    /// Names of fields, or beginnings of names with a `*` behind; empty for the
    /// model as a whole.
    fields: Vec<String>,
    letters: Permissions,
    unless_named: bool,
    reason: String,
}

impl Rule {
    /// Makes one of the rules which come with the gateway: for one model.
    pub(super) fn builtin(model: &str, fields: &[&str], letters: &str, reason: &str) -> Self {
        let target = match model.strip_suffix(".*") {
            Some(prefix) => Target::Prefix(prefix.to_owned()),
            None => Target::Model(model.to_owned()),
        };
        Self {
            target,
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            letters: letters
                .chars()
                .filter_map(Permission::from_letter)
                .collect(),
            unless_named: true,
            reason: reason.to_owned(),
        }
    }

    /// Returns the models which the rule is about.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Returns the fields which the rule is about; none for the whole model.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// Returns what the rule denies.
    pub fn denied(&self) -> Permissions {
        self.letters
    }

    /// Returns true when a scope that names the model exactly is let through.
    pub fn spares_named(&self) -> bool {
        self.unless_named
    }

    /// Returns why, in the operator's words, for the key's user.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    pub(super) fn covers(&self, model: &str) -> bool {
        match &self.target {
            Target::Model(name) => name == model,
            Target::Prefix(prefix) => model
                .strip_prefix(prefix.as_str())
                .is_some_and(|rest| rest.starts_with('.')),
            Target::Any => true,
        }
    }

    pub(super) fn denies(&self, part: &Part, permission: Permission, is_named: bool) -> bool {
        if !self.letters.contains(permission) || (self.unless_named && is_named) {
            return false;
        }
        match part {
            _ if self.fields.is_empty() => true,
            Part::Records => false,
            Part::AllFields => true,
            Part::Field(name) => self
                .fields
                .iter()
                .any(|field| match field.strip_suffix('*') {
                    Some(beginning) => name.starts_with(beginning),
                    None => name == field,
                }),
        }
    }
}

/// A rule as a policy's file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    model: String,
    #[serde(default)]
    fields: Vec<String>,
    letters: String,
    #[serde(default)]
    unless_named: bool,
    reason: String,
}

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let model = &written.model;
        let Ok(target) = Target::parse(model) else {
            return Err(format!(
                "`{model}` is no model, no prefix like `sale.*` and not `*`"
            ));
        };
        let letters: Option<Permissions> = written
            .letters
            .chars()
            .map(Permission::from_letter)
            .collect();
        let Some(letters) = letters.filter(|letters| !letters.is_empty()) else {
            return Err(format!(
                "the letters which `{model}` is denied must be among R, W and D"
            ));
        };
        if !written.fields.is_empty() && letters.contains(Permission::Delete) {
            return Err(format!(
                "a field of `{model}` cannot be denied D: records are deleted whole"
            ));
        }
        Ok(Self {
            target,
            fields: written.fields,
            letters,
            unless_named: written.unless_named,
            reason: written.reason,
        })
    }
}
