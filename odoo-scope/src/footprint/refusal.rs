//! Calls of which the footprint cannot be known.

use std::fmt;

use super::schema::ModelSchema;

/// A call that is refused whatever the scope says, because what Odoo would do
/// with it is not certain.
///
/// The text is a sentence for the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{place}`: {problem}")]
pub struct Refusal {
    pub(super) place: String,
    pub(super) problem: Problem,
}

impl Refusal {
    /// Returns where in the call the trouble is: `values.user_ids[0]`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns what the trouble is.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

/// Why a footprint cannot be known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The model has no such field, for this user at least.
    UnknownField {
        /// The model.
        model: String,
        /// The name that no field has.
        field: String,
        /// Fields with names like it, the nearest first.
        near: Vec<String>,
    },
    /// A path goes on behind a field which leads nowhere.
    NoRelation {
        /// The field.
        field: String,
    },
    /// The operator is none of those that may be sent.
    UnknownOperator,
    /// The context key is not on the list of those allowed.
    ContextKey {
        /// Why it is not, where that is known.
        reason: Option<&'static str>,
    },
    /// The value does not have the shape that belongs here.
    Shape {
        /// What belongs here.
        expected: &'static str,
    },
    /// The field's type is not known, nor so what a value does.
    UnknownType,
    /// The call is nested deeper than anyone needs.
    TooDeep,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField { model, field, near } => {
                write!(f, "`{model}` has no field `{field}` for this user")?;
                match near.as_slice() {
                    [] => Ok(()),
                    near => write!(f, "; near names: `{}`", near.join("`, `")),
                }
            }
            Self::NoRelation { field } => {
                write!(
                    f,
                    "the path goes on behind `{field}`, which leads to no model"
                )
            }
            Self::UnknownOperator => f.write_str("not an operator of domains"),
            Self::ContextKey {
                reason: Some(reason),
            } => write!(f, "this context key is not allowed: it {reason}"),
            Self::ContextKey { reason: None } => f.write_str(
                "this context key is not allowed: the operator can allow it, knowing what it does",
            ),
            Self::Shape { expected } => write!(f, "expected {expected}"),
            Self::UnknownType => f.write_str("the field's type is not known to this gateway"),
            Self::TooDeep => f.write_str("nested too deep"),
        }
    }
}

impl Problem {
    pub(super) fn unknown_field(model: &str, field: &str, schema: &ModelSchema) -> Self {
        const MOST: usize = 3;
        const LONGEST: usize = 64;
        let field: String = field.chars().take(LONGEST).collect();
        let mut near: Vec<_> = schema
            .names()
            .map(|name| (strsim::jaro_winkler(name, &field), name))
            .filter(|(likeness, _)| *likeness > 0.8)
            .collect();
        near.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
        near.truncate(MOST);
        Self::UnknownField {
            model: model.to_owned(),
            field: field.escape_debug().to_string(),
            near: near.into_iter().map(|(_, name)| name.to_owned()).collect(),
        }
    }
}
