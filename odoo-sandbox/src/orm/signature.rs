//! How Python fits positional and named arguments to a method's parameters.

use serde_json::{Map, Value};

use super::python;
use crate::fault::Fault;

/// A method's parameters, after `self`.
pub(crate) struct Signature(pub(crate) &'static [Parameter]);

pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
}

pub(crate) const fn required(name: &'static str) -> Parameter {
    Parameter {
        name,
        required: true,
    }
}

pub(crate) const fn optional(name: &'static str) -> Parameter {
    Parameter {
        name,
        required: false,
    }
}

/// The arguments of one call, in the order of the parameters.
pub(crate) struct Arguments(Vec<Option<Value>>);

impl Signature {
    /// Fits the arguments to the parameters of the method that Python calls `shown`.
    ///
    /// # Errors
    ///
    /// The `TypeError` that Python raises.
    pub(crate) fn bind(
        &self,
        shown: &str,
        positional: Vec<Value>,
        mut named: Map<String, Value>,
    ) -> Result<Arguments, Fault> {
        let (given, most) = (positional.len(), self.0.len());
        if given > most {
            let least = self.0.iter().filter(|parameter| parameter.required).count();
            let takes = if least == most {
                format!("{}", most + 1)
            } else {
                format!("from {} to {}", least + 1, most + 1)
            };
            let plural = if most == 0 { "" } else { "s" };
            return Err(Fault::type_error(format_args!(
                "{shown}() takes {takes} positional argument{plural} but {} were given",
                given + 1
            )));
        }
        let mut positional = positional.into_iter();
        let mut arguments = Vec::with_capacity(most);
        for parameter in self.0 {
            arguments.push(match (positional.next(), named.remove(parameter.name)) {
                (Some(_), Some(_)) => {
                    return Err(Fault::type_error(format_args!(
                        "{shown}() got multiple values for argument '{}'",
                        parameter.name
                    )));
                }
                (first, second) => first.or(second),
            });
        }
        if let Some(unknown) = named.keys().next() {
            return Err(Fault::type_error(format_args!(
                "{shown}() got an unexpected keyword argument '{unknown}'"
            )));
        }
        let missing: Vec<String> = self
            .0
            .iter()
            .zip(&arguments)
            .filter(|(parameter, argument)| parameter.required && argument.is_none())
            .map(|(parameter, _)| format!("'{}'", parameter.name))
            .collect();
        match missing.as_slice() {
            [] => Ok(Arguments(arguments)),
            [one] => Err(Fault::type_error(format_args!(
                "{shown}() missing 1 required positional argument: {one}"
            ))),
            many => Err(Fault::type_error(format_args!(
                "{shown}() missing {} required positional arguments: {}",
                many.len(),
                many.join(" and ")
            ))),
        }
    }
}

impl Arguments {
    /// Returns an argument; one that was not given is null.
    pub(crate) fn value(&self, at: usize) -> &Value {
        self.get(at).unwrap_or(&Value::Null)
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Value> {
        self.0.get(at).and_then(Option::as_ref)
    }

    /// Returns a list of names; none and null are the empty list.
    pub(crate) fn names(&self, at: usize) -> Result<Vec<&str>, Fault> {
        match self.value(at) {
            Value::Null | Value::Bool(false) => Ok(Vec::new()),
            Value::Array(names) => {
                let not_a_name = |name: &Value| {
                    Fault::type_error(format_args!(
                        "unhashable type: '{}'",
                        python::type_name(name)
                    ))
                };
                names
                    .iter()
                    .map(|name| name.as_str().ok_or_else(|| not_a_name(name)))
                    .collect()
            }
            other => Err(Fault::type_error(format_args!(
                "'{}' object is not iterable",
                python::type_name(other)
            ))),
        }
    }

    /// Returns a number of records; false, null and 0 are none.
    pub(crate) fn count(&self, at: usize, clause: &str) -> Result<Option<usize>, Fault> {
        let number = match self.value(at) {
            Value::Null | Value::Bool(false) => return Ok(None),
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        };
        match number {
            Some(0) => Ok(None),
            Some(number) => usize::try_from(number).map(Some).map_err(|_| {
                let error = if clause == "LIMIT" {
                    "Limit"
                } else {
                    "ResultOffset"
                };
                Fault::python(
                    &format!("psycopg2.errors.InvalidRowCountIn{error}Clause"),
                    format_args!("{clause} must not be negative\n"),
                )
            }),
            None => Err(Fault::python(
                "psycopg2.errors.InvalidTextRepresentation",
                format_args!("invalid input syntax for type bigint: {}", self.value(at)),
            )),
        }
    }

    /// Returns a struct of values.
    pub(crate) fn object(&self, at: usize) -> Result<&Map<String, Value>, Fault> {
        object(self.value(at))
    }
}

/// Returns the values of a record to be.
pub(crate) fn object(value: &Value) -> Result<&Map<String, Value>, Fault> {
    value.as_object().ok_or_else(|| {
        Fault::python(
            "AttributeError",
            format_args!(
                "'{}' object has no attribute 'get'",
                python::type_name(value)
            ),
        )
    })
}
