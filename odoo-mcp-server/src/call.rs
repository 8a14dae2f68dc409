//! The path of every call, over REST and MCP alike: name, arguments and caller in, an answer out.

use std::time::Instant;

use odoo_pool::Lease;
use serde_json::{Map, Value};

use crate::caller::Caller;
use crate::error::{Error, Status};
use crate::failure;
use crate::reach;
use crate::state::State;
use crate::tools::{self, Answer, RunError, Subject, ToolSpec};

/// Calls the tool `name`. Nothing is asked of Odoo for a call that will be refused.
///
/// Dropping the future stops waiting for Odoo and frees the call's slot.
pub(crate) async fn call(
    state: &State,
    caller: &Caller,
    name: &str,
    arguments: Map<String, Value>,
) -> Result<Answer, Error> {
    let started = Instant::now();
    let mut model = String::new();
    let result = journey(state, caller, name, arguments, &mut model).await;
    write_log(caller, name, &model, &result, started);
    result
}

async fn journey(
    state: &State,
    caller: &Caller,
    name: &str,
    mut arguments: Map<String, Value>,
    named_model: &mut String,
) -> Result<Answer, Error> {
    let tool = tools::find(name)?;
    let prepare = match tool.subject {
        Subject::Records(prepare) => prepare,
        Subject::Caller(answer) => {
            tools::refuse_unknown(tool, &arguments)?;
            return answer(state, caller).await;
        }
    };
    let model = named_model;
    *model = tools::take_model(&mut arguments)?;
    tools::refuse_unknown(tool, &arguments)?;
    let mut prepared = prepare(arguments, &state.rules)?;
    allow(caller, tool, model)?;
    if let Some(answer) = prepared.answer_at_once(model) {
        return answer;
    }
    let policy = state.policy.get();
    reach::check(state, caller, model, &policy, &mut *prepared).await?;
    let view = reach::view(state, caller, model, &policy, tool).await?;
    let session = session(state, caller).await?;
    let result = prepared.run(session.model(model.as_str()), view).await;
    state
        .schemas
        .learn(caller.credentials(), model, tool.effect, &result);
    result.map_err(|error| match error {
        RunError::Odoo(error) => failure::of_call(state, caller, tool.effect, error),
        RunError::Render(error) => Error::internal(error),
    })
}

/// Refuses what the scope does not grant.
fn allow(caller: &Caller, tool: &ToolSpec, model: &str) -> Result<(), Error> {
    caller
        .scope()
        .check(model, tool.effect.permission())
        .map_err(|denied| Error::new(Status::PermissionDenied, denied.to_string()))
}

/// A signed-in session of the caller, with one of the slots of its database.
pub(crate) async fn session(state: &State, caller: &Caller) -> Result<Lease, Error> {
    state
        .pool
        .session(caller.credentials())
        .await
        .map_err(|error| failure::of_session(caller, error))
}

/// One line a call. The arguments are never in it, and no text of a caller can break the line.
fn write_log(
    caller: &Caller,
    tool: &str,
    model: &str,
    result: &Result<Answer, Error>,
    started: Instant,
) {
    let credentials = caller.credentials();
    let status = match result {
        Ok(_) => "ok",
        Err(error) => error.status().word(),
    };
    log::info!(
        "call tool={} model={} host={} db={} user={} status={status} ms={:.1}",
        tool.escape_debug(),
        model.escape_debug(),
        credentials.url().host(),
        credentials.database().escape_debug(),
        credentials.username().escape_debug(),
        started.elapsed().as_secs_f64() * 1000.0,
    );
    if let Err(error) = result
        && let Some(causes) = error.causes()
    {
        log::warn!("{}: {}", error.status().word(), causes.escape_debug());
    }
}
