//! Completion: model names, and the names of a model's fields.

use rmcp::ErrorData;
use rmcp::model::{CompleteRequestParams, CompletionInfo};
use serde_json::{Value, json};

use super::{models, tools};
use crate::call::call;
use crate::caller::Caller;
use crate::error::Error;
use crate::state::State;

/// Completes an argument of a prompt or of a resource template.
///
/// An argument means the same wherever it stands, so the place does not matter. What cannot be found out
/// is not completed: an editor that asks at every key has no use for an error.
pub(super) async fn complete(
    state: &State,
    caller: &Caller,
    request: &CompleteRequestParams,
) -> Result<CompletionInfo, ErrorData> {
    let typed = request.argument.value.as_str();
    let found = match request.argument.name.as_str() {
        "model" => model_names(state, caller, typed).await,
        "field" => match request
            .context
            .as_ref()
            .and_then(|context| context.get_argument("model"))
        {
            Some(model) => field_names(state, caller, model, typed).await,
            None => Ok(Vec::new()),
        },
        _ => Ok(Vec::new()),
    };
    let mut values = found.unwrap_or_else(|error| {
        log::debug!("nothing to complete with: {error}");
        Vec::new()
    });
    let total = values.len();
    values.truncate(CompletionInfo::MAX_VALUES);
    let has_more = total > values.len();
    CompletionInfo::with_pagination(values, u32::try_from(total).ok(), has_more)
        .map_err(|error| ErrorData::internal_error(error, None))
}

async fn model_names(state: &State, caller: &Caller, typed: &str) -> Result<Vec<String>, Error> {
    let models = models::reachable(state, caller, typed).await?;
    let mut names: Vec<String> = models.into_iter().map(|found| found.model).collect();
    names.sort_by_key(|name| !name.starts_with(typed));
    Ok(names)
}

async fn field_names(
    state: &State,
    caller: &Caller,
    model: &str,
    typed: &str,
) -> Result<Vec<String>, Error> {
    let Value::Object(asked) = json!({"model": model, "attributes": ["type"]}) else {
        return Ok(Vec::new());
    };
    let answer = tools::value(call(state, caller, "fields_get", asked).await?)?;
    let fields = answer.get("fields").and_then(Value::as_object);
    let mut names: Vec<String> = fields
        .into_iter()
        .flat_map(|fields| fields.keys())
        .filter(|name| name.contains(typed))
        .cloned()
        .collect();
    names.sort_by_cached_key(|name| (!name.starts_with(typed), name.clone()));
    Ok(names)
}
