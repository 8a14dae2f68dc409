//! The models that a caller can reach: Odoo's own list, cut by the scope.

use odoo_rpc::{Domain, Page};
use odoo_scope::{Permission, Scope};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::call;
use crate::caller::Caller;
use crate::error::Error;
use crate::failure;
use crate::state::State;
use crate::tools::Effect;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Reachable {
    pub(super) model: String,
    /// What people call it, in the user's language.
    pub(super) name: String,
    /// The letters that the scope grants.
    pub(super) permissions: String,
}

#[derive(Deserialize)]
struct Row {
    model: String,
    name: String,
}

/// Lists the models in reach whose technical or human name contains `text`, by technical name.
pub(super) async fn reachable(
    state: &State,
    caller: &Caller,
    text: &str,
) -> Result<Vec<Reachable>, Error> {
    let domain = Domain::from_json(json!([
        ["transient", "=", false],
        ["model", "!=", "_unknown"],
        "|",
        ["model", "ilike", text],
        ["name", "ilike", text],
    ]))
    .map_err(Error::internal)?;
    let session = call::session(state, caller).await?;
    let rows: Vec<Row> = session
        .model("ir.model")
        .search_read(&domain, &["model", "name"], &Page::all().order("model"))
        .await
        .map_err(|error| failure::of_call(state, caller, Effect::Reads, error))?;
    Ok(cut(rows, caller.scope()))
}

fn cut(rows: Vec<Row>, scope: &Scope) -> Vec<Reachable> {
    rows.into_iter()
        .filter_map(|Row { model, name }| {
            let permissions = letters(scope, &model);
            (!permissions.is_empty()).then_some(Reachable {
                model,
                name,
                permissions,
            })
        })
        .collect()
}

fn letters(scope: &Scope, model: &str) -> String {
    [
        (Permission::Read, 'R'),
        (Permission::Write, 'W'),
        (Permission::Delete, 'D'),
    ]
    .into_iter()
    .filter(|(permission, _)| scope.allows(model, *permission))
    .map(|(_, letter)| letter)
    .collect()
}
