//! What a scope and a policy say of a footprint.

use std::fmt;

use crate::error::OrNone;
use crate::fields::FieldRule;
use crate::footprint::{ANY_MODEL, ModelSchema, Part, Reason, Row};
use crate::grant::Grant;
use crate::permission::{Permission, Permissions};
use crate::policy::Policy;
use crate::scope::Scope;

impl Scope {
    /// Checks every row of a footprint.
    ///
    /// # Errors
    ///
    /// The first row which is denied, and why.
    pub fn verdict<'r>(&self, rows: &'r [Row], policy: &Policy) -> Result<(), Refused<'r>> {
        rows.iter().try_for_each(|row| self.judge(row, policy))
    }

    /// Checks one row of a footprint.
    ///
    /// # Errors
    ///
    /// When the row is denied; the error's text is a sentence for the key's user.
    pub fn judge<'r>(&self, row: &'r Row, policy: &Policy) -> Result<(), Refused<'r>> {
        let because = match self.grant(&row.model) {
            None if row.model == ANY_MODEL => self.deny_anywhere(row.permission, policy),
            Some(grant) => deny(grant, &row.model, &row.part, row.permission, policy),
            None => Some(Because::Scope {
                has: Permissions::NONE,
            }),
        };
        match because {
            Some(because) => Err(Refused { row, because }),
            None => Ok(()),
        }
    }

    /// Returns true when a call may read a model without naming fields.
    ///
    /// When it may not, the fields to name are
    /// [`readable_fields`](Self::readable_fields).
    pub fn reads_all_fields(&self, model: &str, policy: &Policy) -> bool {
        self.reads(model, &Part::AllFields, policy)
    }

    /// Returns the fields that may be read, by scope and policy, in alphabetical
    /// order.
    pub fn readable_fields<'s>(
        &self,
        model: &str,
        schema: &'s ModelSchema,
        policy: &Policy,
    ) -> Vec<&'s str> {
        let mut names: Vec<_> = schema
            .names()
            .filter(|name| self.reads(model, &Part::Field((*name).to_owned()), policy))
            .collect();
        names.sort_unstable();
        names
    }

    /// Returns why a permission is not given on every model.
    fn deny_anywhere(&self, permission: Permission, policy: &Policy) -> Option<Because> {
        if !self.allows_everywhere(permission) {
            let has = Permission::ALL
                .into_iter()
                .filter(|permission| self.allows_everywhere(*permission))
                .collect();
            return Some(Because::Scope { has });
        }
        let rule = policy.denying_somewhere(permission)?;
        Some(Because::Policy {
            reason: rule.reason().to_owned(),
        })
    }

    fn reads(&self, model: &str, part: &Part, policy: &Policy) -> bool {
        self.grant(model)
            .is_some_and(|grant| deny(grant, model, part, Permission::Read, policy).is_none())
    }
}

/// Returns why a grant for a model does not let a part of it be used.
fn deny(
    grant: &Grant,
    model: &str,
    part: &Part,
    permission: Permission,
    policy: &Policy,
) -> Option<Because> {
    let is_permitted = match (part, grant.fields()) {
        (Part::Records, _) | (_, FieldRule::All) => true,
        (Part::Field(name), rule) => rule.permits(name),
        (Part::AllFields, _) => false,
    };
    if !grant.allows(permission) {
        let has = grant.permissions();
        return Some(Because::Scope { has });
    }
    if !is_permitted {
        return Some(Because::Fields);
    }
    let rule = policy.denying(model, part, permission, grant.target())?;
    Some(Because::Policy {
        reason: rule.reason().to_owned(),
    })
}

/// A row which is denied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", Sentence(.row, .because))]
pub struct Refused<'r> {
    row: &'r Row,
    because: Because,
}

impl Refused<'_> {
    /// Returns the row.
    pub fn row(&self) -> &Row {
        self.row
    }

    /// Returns why it is denied.
    pub fn because(&self) -> &Because {
        &self.because
    }
}

/// Why a row is denied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Because {
    /// The scope does not give the permission.
    Scope {
        /// What it gives on the model.
        has: Permissions,
    },
    /// The scope's field list does not have the field, or the call names none.
    Fields,
    /// The operator's policy denies it.
    Policy {
        /// The operator's words.
        reason: String,
    },
}

struct Sentence<'e>(&'e Row, &'e Because);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(row, because) = self;
        let (model, needed) = (&row.model, row.permission);
        let (verb, place) = (needed.verb(), &row.place);
        let is_call = row.reason == Reason::Called && row.part == Part::Records;
        match because {
            Because::Scope { has } if is_call => {
                let has = OrNone(*has);
                write!(
                    f,
                    "the key may not {verb} `{model}` (needs {needed}; it has {has})"
                )
            }
            Because::Scope { has } => write!(
                f,
                "`{place}` reaches `{model}`, which this key may not {verb} \
                 (needs {needed} on `{model}`; the key has {})",
                OrNone(*has)
            ),
            Because::Fields => match &row.part {
                Part::Field(field) => write!(
                    f,
                    "`{place}` uses `{field}` of `{model}`, a field which this key may not use"
                ),
                _ => write!(
                    f,
                    "this key may use certain fields of `{model}` only: name those to read"
                ),
            },
            Because::Policy { reason } => match &row.part {
                Part::Field(field) => write!(
                    f,
                    "this gateway does not {verb} `{field}` of `{model}`: {reason}"
                ),
                _ => write!(f, "this gateway does not {verb} `{model}`: {reason}"),
            },
        }
    }
}
