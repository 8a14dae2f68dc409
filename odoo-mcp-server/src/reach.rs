//! Refuses what a call reaches beyond its scope, before anything is sent.

use std::collections::{HashMap, HashSet};

use odoo_scope::footprint::{
    Call, Footprint, ModelSchema, Problem, Refusal, Row, Schema, footprint,
};
use odoo_scope::policy::Policy;

use crate::caller::Caller;
use crate::error::{Error, Status};
use crate::schemas::Known;
use crate::state::State;
use crate::tools::{Prepared, ToolSpec};
use crate::view::View;

/// The schemas that one call has needed so far.
#[derive(Default)]
pub(crate) struct Hand(HashMap<String, Known>);

impl Schema for Hand {
    fn model(&self, name: &str) -> Option<&ModelSchema> {
        self.0.get(name).map(|known| &*known.schema)
    }
}

/// Checks all that a call reaches against the caller's scope and the operator's policy.
///
/// Where the key may use some of the model's fields only and the call names none, those are named.
pub(crate) async fn check(
    state: &State,
    caller: &Caller,
    model: &str,
    policy: &Policy,
    prepared: &mut dyn Prepared,
) -> Result<(), Error> {
    let scope = caller.scope();
    let mut hand = Hand::default();
    if prepared.reads_all_fields() && !scope.reads_all_fields(model, policy) {
        let own = own_schema(state, caller, model).await?;
        let names = scope.readable_fields(model, &own.schema, policy);
        prepared.name_fields(names.into_iter().map(str::to_owned).collect());
        hand.0.insert(model.to_owned(), own);
    }
    let rows = rows(state, caller, &prepared.reach(model), policy, &mut hand).await?;
    scope.verdict(&rows, policy).map_err(|refused| {
        log::info!(
            "denied user={} rows=[{}]",
            caller.credentials().username().escape_debug(),
            show(&rows)
        );
        Error::new(Status::PermissionDenied, refused.to_string())
    })
}

/// Returns what of the answer the caller may see.
pub(crate) async fn view<'c>(
    state: &State,
    caller: &'c Caller,
    model: &str,
    policy: &'c Policy,
    tool: &ToolSpec,
) -> Result<View<'c>, Error> {
    let withhold = if state.rules.withhold_names && tool.answers_records() {
        Some(state.schemas.of(state, caller, model).await?.schema)
    } else {
        None
    };
    Ok(View {
        scope: caller.scope(),
        policy,
        withhold,
    })
}

/// Works out all that a call reaches, asking for the schemas that it takes.
///
/// Stops where what is known already is denied: the last row tells why.
pub(crate) async fn rows(
    state: &State,
    caller: &Caller,
    call: &Call<'_>,
    policy: &Policy,
    hand: &mut Hand,
) -> Result<Vec<Row>, Error> {
    let credentials = caller.credentials();
    if let Some(known) = state.schemas.kept(credentials, call.model) {
        hand.0.insert(call.model.to_owned(), known);
    }
    let mut asked_again = HashSet::new();
    loop {
        match footprint(call, hand, policy) {
            Ok(Footprint::Complete(rows)) => return Ok(rows),
            Ok(Footprint::Needs { models, rows }) => {
                if caller.scope().verdict(&rows, policy).is_err() {
                    return Ok(rows);
                }
                for model in models {
                    let known = state.schemas.of(state, caller, &model).await?;
                    hand.0.insert(model, known);
                }
            }
            Err(refusal) => match hidden_from_another(&refusal, hand, caller) {
                Some(model) if asked_again.insert(model.clone()) => {
                    let own = own_schema(state, caller, &model).await?;
                    hand.0.insert(model, own);
                }
                _ => return Err(uncertain(&refusal)),
            },
        }
    }
}

/// Returns a schema asked for in the caller's own name: another user may see other fields.
async fn own_schema(state: &State, caller: &Caller, model: &str) -> Result<Known, Error> {
    let known = state.schemas.of(state, caller, model).await?;
    if known.is_of(caller.credentials()) {
        return Ok(known);
    }
    state.schemas.forget(caller.credentials(), model);
    state.schemas.of(state, caller, model).await
}

/// Returns the model of a field that is not known, where the schema was made for another user.
fn hidden_from_another(refusal: &Refusal, hand: &Hand, caller: &Caller) -> Option<String> {
    let Problem::UnknownField { model, .. } = refusal.problem() else {
        return None;
    };
    let known = hand.0.get(model)?;
    (!known.is_of(caller.credentials())).then(|| model.clone())
}

/// What Odoo would do with the call is not certain: the caller can write it otherwise.
pub(crate) fn uncertain(refusal: &Refusal) -> Error {
    let status = match refusal.problem() {
        Problem::ContextKey { .. } => Status::PermissionDenied,
        _ => Status::InvalidRequest,
    };
    Error::new(status, format!("`arguments`: {refusal}"))
}

/// Rows on one line, for the log: the letter, the model, and where in the call it is asked for.
fn show(rows: &[Row]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} {}", row.permission, row.model, row.place))
        .collect();
    rows.join(", ").escape_debug().to_string()
}
