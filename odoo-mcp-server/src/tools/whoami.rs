use std::sync::LazyLock;

use super::answer::IntoAnswer as _;
use super::schema::Schemas;
use super::{Effect, Pending, Subject, ToolSpec};
use crate::caller::Caller;
use crate::error::Error;
use crate::state::State;
use crate::whoami::{Whoami, whoami};

/// The one tool that is not about records.
pub(super) const fn spec() -> ToolSpec {
    ToolSpec {
        name: "whoami",
        title: "Say who I am",
        about: "Says for whom the gateway speaks with Odoo: the user, company, database, Odoo version, language and \
        time zone, and what this key may do with which models.",
        effect: Effect::Reads,
        subject: Subject::Caller(answer),
        schemas: LazyLock::new(Schemas::of_caller::<Whoami>),
    }
}

fn answer<'c>(state: &'c State, caller: &'c Caller) -> Pending<'c, Error> {
    Box::pin(async move {
        let answer = whoami(state, caller).await?;
        answer.into_answer().map_err(Error::internal)
    })
}
