//! The table of tools. A tool is one file and one line in [`TOOLS`].

mod answer;
mod arguments;
mod create;
mod default_get;
mod fields_get;
mod page;
mod read;
mod records;
mod schema;
mod search;
mod search_count;
mod search_read;
mod unlink;
mod unpack;
mod write;

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

use odoo_rpc::Model;
use odoo_scope::Permission;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(crate) use self::answer::Answer;
use self::schema::Schemas;
pub(crate) use self::unpack::{quotable, suggestion, take_model};
use crate::error::{Error, Status};
use crate::state::Rules;

/// Every tool, in the order in which clients see them.
pub(crate) static TOOLS: [ToolSpec; 9] = [
    ToolSpec::of::<search::Search>(),
    ToolSpec::of::<read::Read>(),
    ToolSpec::of::<search_read::SearchRead>(),
    ToolSpec::of::<search_count::SearchCount>(),
    ToolSpec::of::<fields_get::FieldsGet>(),
    ToolSpec::of::<default_get::DefaultGet>(),
    ToolSpec::of::<create::Create>(),
    ToolSpec::of::<write::Write>(),
    ToolSpec::of::<unlink::Unlink>(),
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
    type Output: Serialize + JsonSchema;

    /// Settles what depends on the gateway's rules, and refuses what the types cannot.
    fn settle(_args: &mut Self::Args, _rules: &Rules) -> Result<(), Error> {
        Ok(())
    }

    /// The answer, where it is known without asking Odoo.
    fn answer_at_once(_args: &Self::Args, _model: &str) -> Option<Self::Output> {
        None
    }

    fn run(
        model: Model<'_>,
        args: Self::Args,
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

/// One row of the table: what the rest of the server knows of a tool.
pub(crate) struct ToolSpec {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) about: &'static str,
    pub(crate) effect: Effect,
    schemas: LazyLock<Schemas>,
    prepare: fn(Map<String, Value>, &Rules) -> Result<Box<dyn Prepared>, Error>,
}

impl ToolSpec {
    const fn of<T: Tool>() -> ToolSpec {
        ToolSpec {
            name: T::NAME,
            title: T::TITLE,
            about: T::ABOUT,
            effect: T::EFFECT,
            schemas: LazyLock::new(Schemas::of::<T>),
            prepare: prepare::<T>,
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

    /// Reads the arguments (less `model`) strictly.
    pub(crate) fn prepare(
        &self,
        arguments: Map<String, Value>,
        rules: &Rules,
    ) -> Result<Box<dyn Prepared>, Error> {
        unpack::refuse_unknown(self, &arguments)?;
        (self.prepare)(arguments, rules)
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

    /// Asks Odoo.
    fn run<'m>(
        self: Box<Self>,
        model: Model<'m>,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, RunError>> + Send + 'm>>;
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
        Some(Answer::of(&output).map_err(Error::internal))
    }

    fn run<'m>(
        self: Box<Self>,
        model: Model<'m>,
    ) -> Pin<Box<dyn Future<Output = Result<Answer, RunError>> + Send + 'm>> {
        Box::pin(async move {
            let output = T::run(model, self.0).await.map_err(RunError::Odoo)?;
            Answer::of(&output).map_err(RunError::Render)
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
