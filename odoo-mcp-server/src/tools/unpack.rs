//! From loose JSON to a tool's arguments, and what is said when it does not fit.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{TOOLS, ToolSpec, names, not_found};
use crate::error::Error;

/// Takes the name of the model out of the arguments, and checks that it can be one.
pub(crate) fn take_model(arguments: &mut Map<String, Value>) -> Result<String, Error> {
    let name = match arguments.shift_remove("model") {
        Some(Value::String(name)) => name,
        None | Some(Value::Null) => {
            return Err(Error::invalid(
                "`arguments.model` is missing: name a model, such as `res.partner`",
            ));
        }
        Some(_) => {
            return Err(Error::invalid(
                "`arguments.model` must be a string, such as `res.partner`",
            ));
        }
    };
    let name = name.trim();
    if odoo_scope::is_model_name(name) {
        Ok(name.to_owned())
    } else {
        Err(Error::invalid(format!(
            "`arguments.model`: `{}` is no model name; one looks like `res.partner`",
            quotable(name)
        )))
    }
}

/// Reads a tool's arguments; the error names the path of what does not fit.
pub(super) fn arguments<A: DeserializeOwned>(arguments: Map<String, Value>) -> Result<A, Error> {
    serde_path_to_error::deserialize(Value::Object(arguments)).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        // Of a missing argument the path is that of the whole.
        if path == "." {
            Error::invalid(format!("`arguments`: {cause}"))
        } else {
            Error::invalid(format!("`arguments.{path}`: {cause}"))
        }
    })
}

/// Refuses arguments that the tool has not got, and names those that may have been meant.
pub(crate) fn refuse_unknown(tool: &ToolSpec, arguments: &Map<String, Value>) -> Result<(), Error> {
    let Some(Value::Object(known)) = tool.input_schema().get("properties") else {
        return Ok(());
    };
    match arguments.keys().find(|name| !known.contains_key(*name)) {
        None => Ok(()),
        Some(unknown) if known.is_empty() => Err(Error::invalid(format!(
            "`arguments.{}`: `{}` takes no arguments",
            quotable(unknown),
            tool.name,
        ))),
        Some(unknown) => Err(Error::invalid(format!(
            "`arguments.{}`: `{}` has no such argument; {}",
            quotable(unknown),
            tool.name,
            suggestion(unknown, known.keys().map(String::as_str)),
        ))),
    }
}

/// The failure for a name that no tool has.
pub(super) fn no_such_tool(name: &str) -> Error {
    let near = near(name, TOOLS.iter().map(|tool| tool.name));
    let hint = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
    not_found(format!(
        "no tool `{}`{hint}; there are: {}",
        quotable(name),
        names()
    ))
}

/// Says which of the names may have been meant, or all of them.
pub(crate) fn suggestion<'n>(wrong: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    match near(wrong, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            format!("there are: {}", names.join(", "))
        }
    }
}

/// The name that `wrong` was probably meant to be.
fn near<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    const LIKELY: f64 = 0.7;
    let wrong = wrong.to_lowercase();
    names
        .map(|name| (strsim::jaro_winkler(&wrong, name), name))
        .filter(|(likeness, _)| *likeness >= LIKELY)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}

/// What a caller sent, fit for a sentence: on one line, and not too long.
pub(crate) fn quotable(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut characters = text.chars();
    let mut short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short.escape_debug().to_string()
}
