//! The `order` of a search.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::column;
use super::data::Data;
use super::registry::{self, Model};
use super::schema::{Field, Kind};
use crate::fault::Fault;
use serde_json::Value;

/// How many relations deep an order is followed: an order by partner is an order by the partners' own order.
const DEPTH: usize = 3;

/// Sorts records by an order such as `name desc, id`.
///
/// # Errors
///
/// The fault that Odoo answers for an order that is not understood, or a field that cannot be sorted by.
pub(crate) fn sort(
    data: &Data,
    model: &'static Model,
    ids: &mut Vec<i64>,
    order: &str,
) -> Result<(), Fault> {
    sort_to(data, model, ids, order, DEPTH)
}

fn sort_to(
    data: &Data,
    model: &'static Model,
    ids: &mut Vec<i64>,
    order: &str,
    depth: usize,
) -> Result<(), Fault> {
    let terms = order
        .split(',')
        .map(|term| Term::parse(model, order, term))
        .collect::<Result<Vec<_>, _>>()?;
    let mut ranks = Vec::new();
    for term in &terms {
        ranks.push(ranks_of(data, term.field, depth)?);
    }
    let mut keyed: Vec<(Vec<Key>, i64)> = ids
        .iter()
        .filter_map(|&id| data.row(model.name(), id).map(|row| (id, row)))
        .map(|(id, row)| {
            let keys = terms.iter().zip(&ranks).map(|(term, ranks)| {
                Key::of(term.field, &data.value(model, id, row, term.field), ranks)
            });
            (keys.collect(), id)
        })
        .collect();
    keyed.sort_by(|(one, _), (other, _)| {
        let pairs = one.iter().zip(other).zip(&terms);
        pairs
            .map(|((one, other), term)| term.compare(one, other))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    *ids = keyed.into_iter().map(|(_, id)| id).collect();
    Ok(())
}

/// Returns, for a many2one, the place of each record of the other model in that model's own order.
fn ranks_of(
    data: &Data,
    field: &Field,
    depth: usize,
) -> Result<Option<HashMap<i64, usize>>, Fault> {
    let Some(other) = field.kind.comodel().and_then(registry::model) else {
        return Ok(None);
    };
    let mut ids: Vec<i64> = data.rows(other.name()).map(|(id, _)| id).collect();
    if depth > 0 {
        sort_to(data, other, &mut ids, other.spec.order, depth - 1)?;
    }
    Ok(Some(
        ids.into_iter()
            .enumerate()
            .map(|(rank, id)| (id, rank))
            .collect(),
    ))
}

struct Term {
    field: &'static Field,
    descends: bool,
    nulls_first: bool,
}

impl Term {
    fn parse(model: &'static Model, order: &str, term: &str) -> Result<Self, Fault> {
        let malformed = || {
            Fault::user(format!(
                "Invalid \"order\" specified ({order}). A valid \"order\" specification is a comma-separated list of \
                 valid field names (optionally followed by asc/desc for the direction)"
            ))
        };
        let mut words = term.split_whitespace();
        let name = words.next().ok_or_else(malformed)?;
        let rest: Vec<String> = words.map(str::to_lowercase).collect();
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        let (descends, nulls) = match rest.as_slice() {
            [] => (false, None),
            ["asc"] => (false, None),
            ["desc"] => (true, None),
            ["nulls", nulls] => (false, Some(*nulls)),
            ["asc", "nulls", nulls] => (false, Some(*nulls)),
            ["desc", "nulls", nulls] => (true, Some(*nulls)),
            _ => return Err(malformed()),
        };
        let nulls_first = match nulls {
            None => descends,
            Some("first") => true,
            Some("last") => false,
            Some(_) => return Err(malformed()),
        };
        if !name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '.'))
        {
            return Err(malformed());
        }
        let (head, property) = name
            .split_once('.')
            .map_or((name, None), |(head, rest)| (head, Some(rest)));
        let field = model.field(head).ok_or_else(|| {
            Fault::value_error(format_args!(
                "Invalid field '{head}' on model '{}'",
                model.name()
            ))
        })?;
        if let Some(property) = property {
            let name = model.name();
            return Err(Fault::value_error(format_args!(
                "Invalid field property '{property}' on {name}.{head}"
            )));
        }
        if !field.is_sortable() {
            let name = model.name();
            return Err(Fault::value_error(format_args!(
                "Cannot convert {name}.{head} to SQL because it is not stored"
            )));
        }
        Ok(Self {
            field,
            descends,
            nulls_first,
        })
    }

    fn compare(&self, one: &Key, other: &Key) -> Ordering {
        let (one, other) = match (one, other) {
            (Key::Unset, Key::Unset) => return Ordering::Equal,
            (Key::Unset, _) => {
                return if self.nulls_first {
                    Ordering::Less
                } else {
                    Ordering::Greater
                };
            }
            (_, Key::Unset) => {
                return if self.nulls_first {
                    Ordering::Greater
                } else {
                    Ordering::Less
                };
            }
            pair => pair,
        };
        let order = match (one, other) {
            (Key::Rank(one), Key::Rank(other)) => one.cmp(other),
            (Key::Text(folded, exact), Key::Text(other_folded, other_exact)) => folded
                .cmp(other_folded)
                .then_with(|| exact.cmp(other_exact)),
            (Key::Value(one), Key::Value(other)) => {
                column::compare(one, other).unwrap_or(Ordering::Equal)
            }
            _ => Ordering::Equal,
        };
        if self.descends {
            order.reverse()
        } else {
            order
        }
    }
}

/// What a record is sorted by.
enum Key {
    Unset,
    Rank(usize),
    /// A text without its case, and as it is: names sort as in a dictionary.
    Text(String, String),
    Value(Value),
}

impl Key {
    fn new(value: &Value, ranks: &Option<HashMap<i64, usize>>) -> Self {
        match (value, ranks) {
            (value, Some(ranks)) => value
                .as_i64()
                .and_then(|id| ranks.get(&id))
                .map_or(Self::Unset, |&rank| Self::Rank(rank)),
            (Value::String(text), None) => Self::Text(text.to_lowercase(), text.clone()),
            (value, None) => Self::Value(value.clone()),
        }
    }

    fn of(field: &Field, value: &Value, ranks: &Option<HashMap<i64, usize>>) -> Self {
        match (field.kind, value) {
            (Kind::Boolean, value) => Self::Value(value.clone()),
            (_, Value::Bool(false)) => Self::Unset,
            (_, value) => Self::new(value, ranks),
        }
    }
}
