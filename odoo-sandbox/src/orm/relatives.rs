//! The records that a condition reaches through a relation.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::data::{Row, ids_in};
use super::domain::Domain;
use super::env::Env;
use super::like::Pattern;
use super::python;
use super::registry::Model;
use super::schema::Field;
use crate::fault::Fault;

/// Returns the records on the other side of a relation that match a domain.
pub(crate) fn behind(
    env: &Env<'_>,
    field: &Field,
    other: &'static Model,
    domain: &Value,
) -> Result<HashSet<i64>, Fault> {
    let domain = Domain::resolve(env, other, domain)?;
    let hides_archived =
        field.kind.is_many() && other.has_active() && !domain.names_active && env.hides_archived();
    let matching = |(id, row): &(i64, &Row)| {
        !(hides_archived && env.data.is_archived(other, *id, row))
            && domain.matches(env.data, *id, row)
    };
    Ok(env
        .data
        .rows(other.name())
        .filter(matching)
        .map(|(id, _)| id)
        .collect())
}

/// Returns the records whose name for display matches.
pub(crate) fn named(env: &Env<'_>, model: &Model, matches: impl Fn(&str) -> bool) -> HashSet<i64> {
    let rows = env.data.rows(model.name());
    rows.filter(|(id, row)| matches(&(model.spec.display_name)(env.data, *id, row)))
        .map(|(id, _)| id)
        .collect()
}

/// Returns the records below or above some others in their tree, with those themselves.
pub(crate) fn family(
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
