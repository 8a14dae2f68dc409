//! The table of tools. A tool is one file and one line in [`TOOLS`].

mod answer;
mod arguments;
mod create;
mod default_get;
mod fields_get;
mod page;
mod read;
mod schema;
mod search;
mod search_count;
mod search_read;
mod unlink;
mod unpack;
mod whoami;
mod write;

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

use odoo_rpc::Model;
use odoo_scope::Permission;
use odoo_scope::footprint::{Call, Fields as Reads, Verb};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(crate) use self::answer::Answer;
use self::answer::IntoAnswer;
use self::arguments::Context;
use self::schema::Schemas;
pub(crate) use self::unpack::{quotable, refuse_unknown, suggestion, take_model};
use crate::caller::Caller;
use crate::error::{Error, Status};
use crate::state::{Rules, State};
use crate::view::View;

/// Every tool, in the order in which clients see them.
pub(crate) static TOOLS: [ToolSpec; 10] = [
    ToolSpec::of::<search::Search>(),
    ToolSpec::of::<read::Read>(),
    ToolSpec::of::<search_read::SearchRead>(),
    ToolSpec::of::<search_count::SearchCount>(),
    ToolSpec::of::<fields_get::FieldsGet>(),
    ToolSpec::of::<default_get::DefaultGet>(),
    ToolSpec::of::<create::Create>(),
    ToolSpec::of::<write::Write>(),
    ToolSpec::of::<unlink::Unlink>(),
    whoami::spec(),
];

/// What a tool is: its words, its effect, its arguments and its answer.
///
/// A tool never sees the name of a model that was not granted: it is handed the [`Model`].
trait Tool: 'static {
    const NAME: &'static str;
    const TITLE: &'static str;
    const ABOUT: &'static str;
    const EFFECT: Effect;
    type Args: DeserializeOwned + JsonSchema + Send;
    type Output: IntoAnswer + JsonSchema;

    /// Settles what depends on the gateway's rules, and refuses what the types cannot.
    fn settle(_args: &mut Self::Args, _rules: &Rules) -> Result<(), Error> {
        Ok(())
    }

    /// The answer, where it is known without asking Odoo.
    fn answer_at_once(_args: &Self::Args, _model: &str) -> Option<Self::Output> {
        None
    }

    /// All that the arguments can reach: what is said here is checked before anything is sent.
    fn reach(args: &Self::Args) -> Reach<'_>;

    /// Names the fields to read, for a caller who may not read all; only where the arguments name none.
    fn name_fields(_args: &mut Self::Args, _fields: Vec<String>) {}

    fn run(
        model: Model<'_>,
        args: Self::Args,
        view: View<'_>,
    ) -> impl Future<Output = Result<Self::Output, odoo_rpc::Error>> + Send;
}

/// What a tool does to records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Reads,
    Adds,
    Overwrites,
    Removes,
}

impl Effect {
    /// The letter that a scope must grant.
    pub(crate) fn permission(self) -> Permission {
        match self {
            Effect::Reads => Permission::Read,
            Effect::Adds | Effect::Overwrites => Permission::Write,
            Effect::Removes => Permission::Delete,
        }
    }

    pub(crate) fn is_read_only(self) -> bool {
        self == Effect::Reads
    }

    /// Whether something that was there may be gone afterwards.
    pub(crate) fn is_destructive(self) -> bool {
        matches!(self, Effect::Overwrites | Effect::Removes)
    }

    /// Whether doing it twice is the same as doing it once.
    pub(crate) fn is_idempotent(self) -> bool {
        matches!(self, Effect::Reads | Effect::Overwrites)
    }
}

/// What the arguments of a call can reach.
struct Reach<'a> {
    verb: Verb<'a>,
    context: &'a Context,
}

/// One row of the table: what the rest of the server knows of a tool.
pub(crate) struct ToolSpec {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    pub(crate) effect: Effect,
    pub(crate) subject: Subject,
    schemas: LazyLock<Schemas>,
}

/// What a tool is about.
#[derive(Clone, Copy)]
pub(crate) enum Subject {
    /// The records of the model that `arguments.model` names. Reads the other arguments strictly.
    Records(Prepare),
    /// The caller, who needs no permission for it and gives no arguments.
    Caller(for<'c> fn(&'c State, &'c Caller) -> Pending<'c, Error>),
}

pub(crate) type Prepare = fn(Map<String, Value>, &Rules) -> Result<Box<dyn Prepared>, Error>;

/// An answer under way.
pub(crate) type Pending<'p, E> = Pin<Box<dyn Future<Output = Result<Answer, E>> + Send + 'p>>;

impl ToolSpec {
    const fn of<T: Tool>() -> ToolSpec {
        ToolSpec {
            name: T::NAME,
            title: T::TITLE,
            about: T::ABOUT,
            effect: T::EFFECT,
            subject: Subject::Records(prepare::<T>),
            schemas: LazyLock::new(Schemas::of_records::<T>),
        }
    }

    /// The JSON Schema of the arguments, `model` among them; without references.
    pub(crate) fn input_schema(&self) -> &Map<String, Value> {
        &self.schemas.input
    }

    /// The JSON Schema of the answer; without references.
    pub(crate) fn output_schema(&self) -> &Map<String, Value> {
        &self.schemas.output
    }

    /// Whether the answer holds values of records.
    pub(crate) fn answers_records(&self) -> bool {
        matches!(self.name, read::Read::NAME | search_read::SearchRead::NAME)
    }

    /// The letter that a scope must grant, on the model that the call names.
    pub(crate) fn permission(&self) -> Option<Permission> {
        match self.subject {
            Subject::Records(_) => Some(self.effect.permission()),
            Subject::Caller(_) => None,
        }
    }
}

/// Finds a tool by its name.
pub(crate) fn find(name: &str) -> Result<&'static ToolSpec, Error> {
    TOOLS
        .iter()
        .find(|tool| tool.name == name)
        .ok_or_else(|| unpack::no_such_tool(name))
}

/// A call whose arguments are read and found good: nothing is left to refuse but by scope and Odoo.
pub(crate) trait Prepared: Send {
    /// The answer, where it is known without asking Odoo.
    fn answer_at_once(&self, model: &str) -> Option<Result<Answer, Error>>;

    /// All that the call on `model` can reach.
    fn reach<'a>(&'a self, model: &'a str) -> Call<'a>;

    /// Whether the answer would hold all fields there are, because the arguments name none.
    fn reads_all_fields(&self) -> bool;

    /// Names the fields to read.
    fn name_fields(&mut self, fields: Vec<String>);

    /// Asks Odoo.
    fn run<'m>(self: Box<Self>, model: Model<'m>, view: View<'m>) -> Pending<'m, RunError>;
}

/// What can go wrong while a tool runs.
#[derive(Debug)]
pub(crate) enum RunError {
    /// Odoo, or the way to it.
    Odoo(odoo_rpc::Error),
    /// The answer could not be put into words: our own fault.
    Render(serde_json::Error),
}

struct Ready<T: Tool>(T::Args);

fn prepare<T: Tool>(
    arguments: Map<String, Value>,
    rules: &Rules,
) -> Result<Box<dyn Prepared>, Error> {
    let mut args: T::Args = unpack::arguments(arguments)?;
    T::settle(&mut args, rules)?;
    Ok(Box::new(Ready::<T>(args)))
}

impl<T: Tool> Prepared for Ready<T> {
    fn answer_at_once(&self, model: &str) -> Option<Result<Answer, Error>> {
        let output = T::answer_at_once(&self.0, model)?;
        Some(output.into_answer().map_err(Error::internal))
    }

    fn reach<'a>(&'a self, model: &'a str) -> Call<'a> {
        let Reach { verb, context } = T::reach(&self.0);
        let context = (!context.0.is_empty()).then_some(&context.0);
        Call {
            model,
            verb,
            context,
        }
    }

    fn reads_all_fields(&self) -> bool {
        let (Verb::Search { read: fields, .. }
        | Verb::Read { fields }
        | Verb::DefaultGet { fields }) = T::reach(&self.0).verb
        else {
            return false;
        };
        match fields {
            Reads::All => true,
            Reads::Named(names) => names.is_empty(),
            Reads::None => false,
        }
    }

    fn name_fields(&mut self, fields: Vec<String>) {
        T::name_fields(&mut self.0, fields);
    }

    fn run<'m>(self: Box<Self>, model: Model<'m>, view: View<'m>) -> Pending<'m, RunError> {
        Box::pin(async move {
            let output = T::run(model, self.0, view).await.map_err(RunError::Odoo)?;
            output.into_answer().map_err(RunError::Render)
        })
    }
}

/// The names of the tools, for a sentence.
pub(crate) fn names() -> String {
    let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
    names.join(", ")
}

/// The failure for a name that no tool has.
fn not_found(message: String) -> Error {
    Error::new(Status::ToolNotFound, message)
}
