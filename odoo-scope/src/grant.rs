//! One entry of a scope.

use crate::fields::{FieldRule, fold_case};
use crate::permission::{Permission, Permissions};

/// One entry of a scope: the models it covers, what may be done with their
/// records, and which of their fields may be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    pub(crate) target: Target,
    pub(crate) permissions: Permissions,
    pub(crate) fields: FieldRule,
}

impl Grant {
    /// Returns the models which the entry covers.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Returns the permissions given; none when the entry denies its models.
    pub fn permissions(&self) -> Permissions {
        self.permissions
    }

    /// Returns true when the entry gives the permission.
    pub fn allows(&self, permission: Permission) -> bool {
        self.permissions.contains(permission)
    }

    /// Returns the rule for the fields of the models covered.
    pub fn fields(&self) -> &FieldRule {
        &self.fields
    }
}

/// The models which an entry covers, named in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// One model: `sale.order`.
    Model(String),
    /// Every model below a prefix: `sale.*` is `Prefix("sale")`.
    Prefix(String),
    /// Every model: `*`.
    Any,
}

impl Target {
    /// Reads a target, in which only model names' characters and `*` stand.
    pub(crate) fn parse(text: &str) -> Result<Self, BadTarget> {
        let folded = || fold_case(text).into_owned();
        if text == "*" {
            return Ok(Self::Any);
        }
        match text.strip_suffix(".*") {
            Some(prefix) if is_model_name(prefix) => {
                Ok(Self::Prefix(fold_case(prefix).into_owned()))
            }
            _ if text.contains('*') => Err(BadTarget::Wildcard),
            _ if is_model_name(text) => Ok(Self::Model(folded())),
            _ => Err(BadTarget::Name),
        }
    }
}

/// Why a text is no target.
#[derive(Debug)]
pub(crate) enum BadTarget {
    Wildcard,
    Name,
}

/// Returns true for a name which a model can have: letters, digits and `_`,
/// in parts joined by single dots.
pub fn is_model_name(name: &str) -> bool {
    name.split('.')
        .all(|part| !part.is_empty() && part.bytes().all(is_name_byte))
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
