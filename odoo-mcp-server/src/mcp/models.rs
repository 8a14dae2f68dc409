//! The models that a caller can reach: Odoo's own list, cut by the scope.

use odoo_rpc::{Domain, Operator, Page, Session};
use odoo_scope::{Permission, Scope};
use serde::{Deserialize, Serialize};

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

/// A row of either list.
#[derive(Deserialize)]
struct Row {
    model: String,
    #[serde(alias = "display_name")]
    name: String,
}

/// Lists the models in reach whose technical or human name contains `text`, by technical name.
pub(super) async fn reachable(
    state: &State,
    caller: &Caller,
    text: &str,
) -> Result<Vec<Reachable>, Error> {
    let session = call::session(state, caller).await?;
    let rows = match available(&session).await {
        // Odoo 14 has no such method, and there every user may read the table of models.
        Err(odoo_rpc::Error::Fault(_)) => table(&session).await,
        rows => rows,
    };
    let rows = rows.map_err(|error| failure::of_call(state, caller, Effect::Reads, error))?;
    Ok(cut(rows, caller.scope(), text))
}

/// The models that Odoo lets this user choose from.
async fn available(session: &Session) -> Result<Vec<Row>, odoo_rpc::Error> {
    let models = session.model("ir.model");
    models.call("get_available_models", &(), &()).await
}

async fn table(session: &Session) -> Result<Vec<Row>, odoo_rpc::Error> {
    let lasting = Domain::field("transient", Operator::Equal, false);
    let models = session.model("ir.model");
    models
        .search_read(&lasting, &["model", "name"], &Page::all())
        .await
}

fn cut(rows: Vec<Row>, scope: &Scope, text: &str) -> Vec<Reachable> {
    let text = text.to_lowercase();
    let mut models: Vec<Reachable> = rows
        .into_iter()
        .filter(|row| row.model.contains(&text) || row.name.to_lowercase().contains(&text))
        .filter_map(|Row { model, name }| {
            let permissions = letters(scope, &model);
            (!permissions.is_empty()).then_some(Reachable {
                model,
                name,
                permissions,
            })
        })
        .collect();
    models.sort_by(|one, other| one.model.cmp(&other.model));
    models
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
