//! What a call would reach, and what a scope and the policy say of it, row by row. Nothing is sent for the
//! call itself.

use odoo_scope::Scope;
use odoo_scope::footprint::{Footprint, Part, Row, footprint};
use odoo_scope::policy::Policy;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::caller::Caller;
use crate::error::{Error, Status};
use crate::reach::{self, Hand};
use crate::rest::Order;
use crate::state::State;
use crate::tools::{self, Subject};

/// A call, and for whom it is to be judged.
#[derive(Debug)]
pub(crate) struct Question {
    /// The scope to judge by.
    pub(crate) scope: Scope,
    /// In whose name Odoo is asked for the fields of models; without one, fields are not known.
    pub(crate) caller: Option<Caller>,
    pub(crate) tool: String,
    pub(crate) arguments: Map<String, Value>,
}

impl Question {
    /// Reads a question that does not come by HTTP; `call` is a body of `/tools/call`.
    pub(crate) fn read(
        state: &State,
        scope: Option<&str>,
        key: Option<&str>,
        call: &str,
    ) -> Result<Question, Error> {
        let caller = key
            .map(|key| Caller::from_key(state, key.as_bytes(), "--key"))
            .transpose()?;
        let call = serde_json::from_str(call)
            .map_err(|error| Error::invalid(format!("the call is not a JSON object: {error}")))?;
        Question::new(scope, caller, Order::read(call)?)
    }

    /// Judges by `scope`, or else by the caller's own.
    pub(crate) fn new(
        scope: Option<&str>,
        caller: Option<Caller>,
        order: Order,
    ) -> Result<Question, Error> {
        let scope = match (scope, &caller) {
            (Some(text), _) => Scope::parse(text)
                .map_err(|error| Error::new(Status::ScopeInvalid, error.to_string()))?,
            (None, Some(caller)) => caller.scope().clone(),
            (None, None) => {
                return Err(Error::invalid("name a scope, or give an API key"));
            }
        };
        Ok(Question {
            scope,
            caller,
            tool: order.name,
            arguments: order.arguments,
        })
    }
}

/// The verdict on a call, with its reasons.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation {
    pub(crate) verdict: Verdict,
    /// Why the call is not allowed.
    pub(crate) because: Option<String>,
    /// All that the call reaches.
    pub(crate) rows: Vec<ExplainedRow>,
    /// The models whose fields would have to be known to tell the rest.
    pub(crate) unknown: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    Allowed,
    Denied,
    /// Whether it is allowed depends on fields that are not known without credentials.
    Unknown,
}

#[derive(Debug, Serialize)]
pub(crate) struct ExplainedRow {
    pub(crate) model: String,
    pub(crate) permission: String,
    /// A field, `*` for all of them, or null for the record as such.
    pub(crate) field: Option<String>,
    /// Where in the call this is asked for.
    pub(crate) place: String,
    pub(crate) reason: String,
    pub(crate) allowed: bool,
    pub(crate) because: Option<String>,
}

/// Explains a call.
pub(crate) async fn explain(state: &State, question: Question) -> Result<Explanation, Error> {
    let Question {
        scope,
        caller,
        tool,
        mut arguments,
    } = question;
    let spec = tools::find(&tool)?;
    let Subject::Records(prepare) = spec.subject else {
        return Ok(Explanation::of(
            &scope,
            &Policy::permissive(),
            &[],
            Vec::new(),
        ));
    };
    let model = tools::take_model(&mut arguments)?;
    tools::refuse_unknown(spec, &arguments)?;
    let mut prepared = prepare(arguments, &state.rules)?;
    let policy = state.policy.get();
    let mut hand = Hand::default();
    let names_fields = prepared.reads_all_fields() && !scope.reads_all_fields(&model, &policy);
    match &caller {
        Some(caller) => {
            if names_fields {
                let known = state.schemas.of(state, caller, &model).await?;
                let names = scope.readable_fields(&model, &known.schema, &policy);
                prepared.name_fields(names.into_iter().map(str::to_owned).collect());
            }
            let caller = caller.with_scope(Scope::everything());
            let call = prepared.reach(&model);
            let rows = reach::rows(state, &caller, &call, &policy, &mut hand).await?;
            Ok(Explanation::of(&scope, &policy, &rows, Vec::new()))
        }
        None => {
            let (rows, unknown) = match footprint(&prepared.reach(&model), &hand, &policy) {
                Ok(Footprint::Complete(rows)) => (rows, Vec::new()),
                Ok(Footprint::Needs { models, rows }) => (rows, models.into_iter().collect()),
                Err(refusal) => return Err(reach::uncertain(&refusal)),
            };
            Ok(Explanation::of(&scope, &policy, &rows, unknown))
        }
    }
}

impl Explanation {
    fn of(scope: &Scope, policy: &Policy, rows: &[Row], unknown: Vec<String>) -> Explanation {
        let rows: Vec<ExplainedRow> = rows
            .iter()
            .map(|row| ExplainedRow::of(scope, policy, row))
            .collect();
        let because = rows.iter().find_map(|row| row.because.clone());
        let verdict = match (&because, unknown.is_empty()) {
            (Some(_), _) => Verdict::Denied,
            (None, true) => Verdict::Allowed,
            (None, false) => Verdict::Unknown,
        };
        Explanation {
            verdict,
            because,
            rows,
            unknown,
        }
    }
}

impl ExplainedRow {
    fn of(scope: &Scope, policy: &Policy, row: &Row) -> ExplainedRow {
        let judged = scope.judge(row, policy);
        ExplainedRow {
            model: row.model.clone(),
            permission: row.permission.to_string(),
            field: match &row.part {
                Part::Records => None,
                Part::Field(name) => Some(name.clone()),
                Part::AllFields => Some("*".to_owned()),
            },
            place: row.place.clone(),
            reason: row.reason.to_string(),
            allowed: judged.is_ok(),
            because: judged.err().map(|refused| refused.to_string()),
        }
    }
}
