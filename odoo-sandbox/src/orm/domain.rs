//! Search domains: checked, resolved against the records, and asked of one record at a time.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};

use serde_json::{Value, json};

use super::data::{Data, Row, ids_in};
use super::env::Env;
use super::like::Pattern;
use super::registry::{self, Model};
use super::schema::{Field, Kind};
use super::{column, python};
use crate::fault::Fault;

/// A domain that is ready to be asked: the records behind its dotted paths and names are looked up already.
pub(crate) struct Domain {
    model: &'static Model,
    /// In prefix notation, the last first.
    items: Vec<Item>,
    /// Whether a condition names `active`, which makes a search see archived records.
    pub(crate) names_active: bool,
}

enum Item {
    And,
    Or,
    Not,
    Always(bool),
    Condition {
        field: &'static Field,
        test: Test,
        negated: bool,
    },
}

enum Test {
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

impl Domain {
    /// Reads a domain for a model.
    ///
    /// # Errors
    ///
    /// The fault that Odoo answers for a malformed domain, an unknown field or operator.
    pub(crate) fn resolve(
        env: &Env<'_>,
        model: &'static Model,
        domain: &Value,
    ) -> Result<Self, Fault> {
        let list = match domain {
            Value::Array(list) => list.as_slice(),
            Value::Bool(false) => {
                return Ok(Self {
                    model,
                    items: vec![Item::Always(false)],
                    names_active: false,
                });
            }
            other => {
                return Err(Fault::type_error(format_args!(
                    "Domain() invalid argument type for domain: {}",
                    python::repr(other)
                )));
            }
        };
        let mut items = Vec::with_capacity(list.len());
        // From the end, as Odoo does, so that of two bad conditions the same one is told.
        for item in list.iter().rev() {
            items.push(match item {
                Value::String(operator) if operator == "&" => Item::And,
                Value::String(operator) if operator == "|" => Item::Or,
                Value::String(operator) if operator == "!" => Item::Not,
                Value::Array(parts) => match parts.as_slice() {
                    [field, Value::String(operator), value] => {
                        condition(env, model, field, operator, value)?
                    }
                    _ => return Err(invalid_item(item)),
                },
                other => return Err(invalid_item(other)),
            });
        }
        let names_active = list
            .iter()
            .any(|item| item.get(0).and_then(Value::as_str) == Some("active"));
        let domain = Self {
            model,
            items,
            names_active,
        };
        // Every operator must find its operands; what the answers are does not matter.
        match domain.combine(|_| true) {
            Some(_) => Ok(domain),
            None => {
                let domain = Value::Array(list.to_vec());
                Err(Fault::value_error(format_args!(
                    "Domain() malformed domain {}",
                    python::repr(&domain)
                )))
            }
        }
    }

    pub(crate) fn matches(&self, data: &Data, id: i64, row: &Row) -> bool {
        let answer = |item: &Item| match item {
            Item::Always(answer) => *answer,
            Item::Condition {
                field,
                test,
                negated,
            } => test.holds(field, &data.value(self.model, id, row, field)) != *negated,
            Item::And | Item::Or | Item::Not => false,
        };
        self.combine(answer).unwrap_or(false)
    }

    /// Works prefix notation off from its end,
    /// so that no depth of operators needs a deep stack of calls.
    fn combine(&self, answer: impl Fn(&Item) -> bool) -> Option<bool> {
        let mut answers: Vec<bool> = Vec::new();
        for item in &self.items {
            let answer = match item {
                Item::Not => !answers.pop()?,
                Item::And => {
                    let (first, second) = (answers.pop()?, answers.pop()?);
                    first && second
                }
                Item::Or => {
                    let (first, second) = (answers.pop()?, answers.pop()?);
                    first || second
                }
                leaf => answer(leaf),
            };
            answers.push(answer);
        }
        Some(answers.into_iter().all(|answer| answer))
    }
}

fn invalid_item(item: &Value) -> Fault {
    Fault::value_error(format_args!(
        "Domain() invalid item in domain: {}",
        python::repr(item)
    ))
}

fn condition(
    env: &Env<'_>,
    model: &'static Model,
    name: &Value,
    operator: &str,
    value: &Value,
) -> Result<Item, Fault> {
    let shown = || {
        format!(
            "({}, {}, {})",
            python::repr(name),
            python::repr(&operator.into()),
            python::repr(value)
        )
    };
    let path = match name {
        Value::Number(number) => {
            return Ok(Item::Always(
                (number.as_i64() == Some(1)) == (*value == json!(1)),
            ));
        }
        Value::String(path) => path,
        _ => {
            return Err(Fault::value_error(format_args!(
                "Domain() invalid item in domain: {}",
                shown()
            )));
        }
    };
    let operator = operator.to_lowercase();
    let (operator, negated) = match operator.as_str() {
        "!=" | "<>" => ("=", true),
        "==" => ("=", false),
        other => match other.strip_prefix("not ") {
            Some(operator) => (operator, true),
            None => (other, false),
        },
    };
    let (head, rest) = path
        .split_once('.')
        .map_or((path.as_str(), None), |(head, rest)| (head, Some(rest)));
    let Some(field) = model.field(head) else {
        return Err(Fault::value_error(format_args!(
            "Invalid field {}.{head} in condition {}",
            model.name(),
            shown()
        )));
    };
    if !field.is_searchable() && field.name != "display_name" {
        return Err(Fault::value_error(format_args!(
            "Cannot convert {}.{head} to SQL because it is not stored",
            model.name()
        )));
    }
    let done = |test, negated| {
        Ok(Item::Condition {
            field,
            test,
            negated,
        })
    };
    if let Some(rest) = rest {
        let Some(other) = field.kind.comodel().and_then(registry::model) else {
            return Err(Fault::value_error(format_args!(
                "Invalid field property '{rest}' on {}.{head}",
                model.name()
            )));
        };
        // The negation belongs to the condition at the end of the path, not to the path.
        let operator = match (operator, negated) {
            ("=", true) => "!=".to_owned(),
            (operator, true) => format!("not {operator}"),
            (operator, false) => operator.to_owned(),
        };
        return done(
            Test::Holds(behind(
                env,
                field,
                other,
                &json!([[rest, operator, value]]),
            )?),
            false,
        );
    }
    match operator {
        "any" => match field.kind.comodel().and_then(registry::model) {
            Some(other) => done(Test::Holds(behind(env, field, other, value)?), negated),
            None => Err(Fault::value_error(format_args!(
                "Cannot use 'any' with non-relational fields in condition {}",
                shown()
            ))),
        },
        "child_of" | "parent_of" => {
            // A many2one within the tree stands for the record: `parent_id child_of 5` finds 5 too.
            let is_own_tree = field.kind == Kind::Many2one(model.name());
            let field = if is_own_tree {
                model.field("id").unwrap_or(field)
            } else {
                field
            };
            let test = Test::Holds(family(env, model, field, operator, value)?);
            Ok(Item::Condition {
                field,
                test,
                negated,
            })
        }
        "=" | "in" => equals(env, field, value, negated),
        "=?" if !python::is_true(value) => Ok(Item::Always(true)),
        "=?" => equals(env, field, value, negated),
        "<" | "<=" | ">" | ">=" if !negated => {
            let value = column::operand(field, operator, value)?;
            let test: fn(Ordering) -> bool = match operator {
                "<" => Ordering::is_lt,
                "<=" => Ordering::is_le,
                ">" => Ordering::is_gt,
                _ => Ordering::is_ge,
            };
            done(Test::Compares(value, test), false)
        }
        "like" | "ilike" | "=like" | "=ilike" => {
            let text = match value {
                Value::String(text) => text.clone(),
                other if !python::is_true(other) => String::new(),
                other => other.to_string(),
            };
            let folds_case = operator.ends_with("ilike");
            let pattern = if operator.starts_with('=') {
                Pattern::whole(&text, folds_case)
            } else {
                Pattern::anywhere(&text, folds_case)
            };
            match field.kind.comodel().and_then(registry::model) {
                Some(other) => done(
                    Test::Holds(named(env, other, |name| pattern.matches(name))),
                    negated,
                ),
                None => done(Test::Like(pattern), negated),
            }
        }
        _ => Err(Fault::value_error(format_args!(
            "Invalid operator in condition {}",
            shown()
        ))),
    }
}

/// Resolves `=` and `in`, for relations by id or by name.
fn equals(
    env: &Env<'_>,
    field: &'static Field,
    value: &Value,
    negated: bool,
) -> Result<Item, Fault> {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        single => std::slice::from_ref(single),
    };
    let unset = values
        .iter()
        .any(|value| matches!(value, Value::Null | Value::Bool(false)) || *value == "");
    let test = match field.kind.comodel() {
        None if field.name == "id" => Test::Holds(values.iter().filter_map(whole_number).collect()),
        None => {
            let values = values
                .iter()
                .map(|value| column::operand(field, "=", value))
                .collect::<Result<_, _>>()?;
            Test::OneOf { values, unset }
        }
        Some(other) => {
            let other = env.model(other)?;
            let mut ids: HashSet<i64> = values.iter().filter_map(whole_number).collect();
            let names: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            if !names.is_empty() {
                ids.extend(named(env, other, |name| names.contains(&name)));
            }
            if unset {
                Test::HoldsOrLacks(ids, behind(env, field, other, &json!([]))?)
            } else {
                Test::Holds(ids)
            }
        }
    };
    Ok(Item::Condition {
        field,
        test,
        negated,
    })
}

fn whole_number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        value
            .as_f64()
            .filter(|number| number.fract() == 0.0)
            .map(|number| number as i64)
    })
}

/// Returns the records on the other side of a relation that match a domain.
fn behind(
    env: &Env<'_>,
    field: &Field,
    other: &'static Model,
    domain: &Value,
) -> Result<HashSet<i64>, Fault> {
    let domain = Domain::resolve(env, other, domain)?;
    let hides_archived =
        field.kind.is_many() && other.has_active() && !domain.names_active && env.hides_archived();
    let matching = |(id, row): &(i64, &Row)| {
        !(hides_archived && is_archived(env.data, other, *id, row))
            && domain.matches(env.data, *id, row)
    };
    Ok(env
        .data
        .rows(other.name())
        .filter(matching)
        .map(|(id, _)| id)
        .collect())
}

/// Returns whether a record is archived.
pub(crate) fn is_archived(data: &Data, model: &Model, id: i64, row: &Row) -> bool {
    model
        .field("active")
        .is_some_and(|active| data.value(model, id, row, active) == json!(false))
}

fn named(env: &Env<'_>, model: &Model, matches: impl Fn(&str) -> bool) -> HashSet<i64> {
    let rows = env.data.rows(model.name());
    rows.filter(|(id, row)| matches(&(model.spec.display_name)(env.data, *id, row)))
        .map(|(id, _)| id)
        .collect()
}

/// Returns the records below or above some others in their tree, with those themselves.
fn family(
    env: &Env<'_>,
    model: &'static Model,
    field: &Field,
    operator: &str,
    value: &Value,
) -> Result<HashSet<i64>, Fault> {
    let tree = if field.name == "id" {
        model
    } else {
        env.model(field.kind.comodel().unwrap_or_default())?
    };
    let mut pending = ids_in(value);
    if let Value::String(name) = value {
        let pattern = Pattern::anywhere(name, true);
        pending.extend(named(env, tree, |name| pattern.matches(name)));
    }
    let Some(parent) = tree.parent_field() else {
        let ids = Value::from(pending);
        return Err(Fault::value_error(format_args!(
            "Invalid field {}.parent_id in condition ('parent_id', 'in', OrderedSet({}))",
            tree.name(),
            python::repr(&ids)
        )));
    };
    let mut found = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if !found.insert(id) {
            continue;
        }
        if operator == "child_of" {
            pending.extend(env.data.holders(tree.name(), parent.name, id));
        } else {
            pending.extend(
                env.data
                    .row(tree.name(), id)
                    .and_then(|row| row.id(parent.name)),
            );
        }
    }
    Ok(found.into_iter().collect())
}

impl Test {
    fn holds(&self, field: &Field, value: &Value) -> bool {
        match self {
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
