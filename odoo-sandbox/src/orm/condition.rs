//! One condition of a domain, `[field, operator, value]`.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::{Value, json};

use super::data::{Data, Row, ids_in};
use super::env::Env;
use super::like::Pattern;
use super::registry::{self, Model};
use super::relatives::{behind, family, named};
use super::schema::{Field, Kind};
use super::{column, python};
use crate::fault::Fault;

/// A condition, resolved.
pub(crate) struct Condition {
    field: &'static Field,
    test: Test,
    negated: bool,
}

enum Test {
    Anything,
    /// Holds one of these records (the field `id` holds the record itself).
    Holds(HashSet<i64>),
    /// Holds one of the first records, or none of the second.
    HoldsOrLacks(HashSet<i64>, HashSet<i64>),
    /// Has one of these values; with `unset`, no value does too.
    OneOf {
        values: Vec<Value>,
        unset: bool,
    },
    Compares(Value, fn(Ordering) -> bool),
    Like(Pattern),
}

impl Condition {
    /// Looks up what a condition speaks of: its field, and the records behind a dotted path or a name.
    ///
    /// # Errors
    ///
    /// The fault that Odoo answers for an unknown field or operator.
    pub(crate) fn resolve(
        env: &Env<'_>,
        model: &'static Model,
        path: &str,
        operator: &str,
        value: &Value,
    ) -> Result<Self, Fault> {
        let shown = || format!("('{path}', '{operator}', {})", python::repr(value));
        let folded = operator.to_lowercase();
        let (operator, negated) = match folded.as_str() {
            "!=" | "<>" => ("=", true),
            "==" => ("=", false),
            other => other
                .strip_prefix("not ")
                .map_or((other, false), |operator| (operator, true)),
        };
        let (head, rest) = path
            .split_once('.')
            .map_or((path, None), |(head, rest)| (head, Some(rest)));
        let name = model.name();
        let Some(mut field) = model.field(head) else {
            let text = format_args!("Invalid field {name}.{head} in condition {}", shown());
            return Err(Fault::value_error(text));
        };
        if !field.is_searchable() && field.name != "display_name" {
            let text = format_args!("Cannot convert {name}.{head} to SQL because it is not stored");
            return Err(Fault::value_error(text));
        }
        let other = field.kind.comodel().and_then(registry::model);
        if let Some(rest) = rest {
            let Some(other) = other else {
                let text = format_args!("Invalid field property '{rest}' on {name}.{head}");
                return Err(Fault::value_error(text));
            };
            // A negation belongs to the end of the path: it asks for a record that is not so.
            let test = Test::Holds(behind(env, field, other, &json!([[rest, folded, value]]))?);
            return Ok(Self {
                field,
                test,
                negated: false,
            });
        }
        let test = match (operator, other) {
            ("any", Some(other)) => Test::Holds(behind(env, field, other, value)?),
            ("any", None) => {
                let text = format_args!(
                    "Cannot use 'any' with non-relational fields in condition {}",
                    shown()
                );
                return Err(Fault::value_error(text));
            }
            ("child_of" | "parent_of", _) => {
                // A many2one within the tree stands for the record: `parent_id child_of 5` finds 5 too.
                if field.kind == Kind::Many2one(name) {
                    field = model.field("id").unwrap_or(field);
                }
                Test::Holds(family(env, model, field, operator, value)?)
            }
            ("=?", _) if !python::is_true(value) => Test::Anything,
            ("=" | "in" | "=?", _) => equals(env, field, value)?,
            ("<" | "<=" | ">" | ">=", _) if !negated => {
                let test: fn(Ordering) -> bool = match operator {
                    "<" => Ordering::is_lt,
                    "<=" => Ordering::is_le,
                    ">" => Ordering::is_gt,
                    _ => Ordering::is_ge,
                };
                Test::Compares(column::operand(field, operator, value)?, test)
            }
            ("like" | "ilike" | "=like" | "=ilike", other) => {
                let pattern = pattern(operator, value);
                match other {
                    Some(other) => Test::Holds(named(env, other, |name| pattern.matches(name))),
                    None => Test::Like(pattern),
                }
            }
            _ => {
                let text = format_args!("Invalid operator in condition {}", shown());
                return Err(Fault::value_error(text));
            }
        };
        Ok(Self {
            field,
            test,
            negated,
        })
    }

    /// Returns whether a record meets the condition.
    pub(crate) fn holds(&self, data: &Data, model: &Model, id: i64, row: &Row) -> bool {
        self.test
            .holds(self.field, &data.value(model, id, row, self.field))
            != self.negated
    }
}

fn pattern(operator: &str, value: &Value) -> Pattern {
    let text = match value {
        Value::String(text) => text.clone(),
        other if !python::is_true(other) => String::new(),
        other => other.to_string(),
    };
    let folds_case = operator.ends_with("ilike");
    if operator.starts_with('=') {
        Pattern::whole(&text, folds_case)
    } else {
        Pattern::anywhere(&text, folds_case)
    }
}

/// Resolves `=` and `in`, for relations by id or by name.
fn equals(env: &Env<'_>, field: &'static Field, value: &Value) -> Result<Test, Fault> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        single => std::slice::from_ref(single),
    };
    let is_nothing =
        |value: &Value| matches!(value, Value::Null | Value::Bool(false)) || *value == "";
    let unset = values.iter().any(is_nothing);
    let mut ids: HashSet<i64> = values.iter().filter_map(whole_number).collect();
    let Some(other) = field.kind.comodel().and_then(registry::model) else {
        if field.name == "id" {
            return Ok(Test::Holds(ids));
        }
        let values = values
            .iter()
            .map(|value| column::operand(field, "=", value));
        return Ok(Test::OneOf {
            values: values.collect::<Result<_, _>>()?,
            unset,
        });
    };
    let names: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    if !names.is_empty() {
        ids.extend(named(env, other, |name| names.contains(&name)));
    }
    if unset {
        return Ok(Test::HoldsOrLacks(
            ids,
            behind(env, field, other, &json!([]))?,
        ));
    }
    Ok(Test::Holds(ids))
}

fn whole_number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        value
            .as_f64()
            .filter(|number| number.fract() == 0.0)
            .map(|number| number as i64)
    })
}

impl Test {
    fn holds(&self, field: &Field, value: &Value) -> bool {
        match self {
            Self::Anything => true,
            Self::Holds(ids) => ids_in(value).iter().any(|id| ids.contains(id)),
            Self::HoldsOrLacks(ids, all) => {
                let held = ids_in(value);
                held.iter().any(|id| ids.contains(id)) || !held.iter().any(|id| all.contains(id))
            }
            Self::OneOf { values, unset } => {
                values
                    .iter()
                    .any(|wanted| column::compare(value, wanted) == Some(Ordering::Equal))
                    || *unset && is_unset(field, value)
            }
            Self::Compares(than, test) => column::compare(value, than).is_some_and(test),
            Self::Like(pattern) => match value {
                Value::String(text) => pattern.matches(text),
                Value::Bool(_) => pattern.matches(""),
                other => pattern.matches(&other.to_string()),
            },
        }
    }
}

fn is_unset(field: &Field, value: &Value) -> bool {
    match field.kind {
        Kind::Boolean | Kind::Integer | Kind::Float | Kind::Monetary => !python::is_true(value),
        _ => matches!(value, Value::Bool(false)) || value.as_str() == Some(""),
    }
}
