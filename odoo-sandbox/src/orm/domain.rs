//! Search domains: checked, resolved against the records, and asked of one record at a time.

use serde_json::{Value, json};

use super::condition::Condition;
use super::data::{Data, Row};
use super::env::Env;
use super::python;
use super::registry::Model;
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
    Asks(Condition),
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
                    // The two ways to say "all" and "none".
                    [Value::Number(one), Value::String(_), other] => {
                        Item::Always((one.as_i64() == Some(1)) == (*other == json!(1)))
                    }
                    [Value::String(path), Value::String(operator), value] => {
                        Item::Asks(Condition::resolve(env, model, path, operator, value)?)
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
            Item::Asks(condition) => condition.holds(data, self.model, id, row),
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
