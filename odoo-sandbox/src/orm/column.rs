//! What a field makes of the values it is given, and how two values compare.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::env::Env;
use super::python;
use super::registry::Model;
use super::schema::{Field, Kind};
use crate::clock;
use crate::fault::Fault;

/// Returns a value as the field keeps it: `false` for none.
///
/// # Errors
///
/// The fault that Odoo answers when the value does not fit the field's type.
pub(crate) fn keep(
    env: &Env<'_>,
    model: &Model,
    field: &Field,
    value: &Value,
) -> Result<Value, Fault> {
    let wrong = || {
        let value = match value {
            Value::String(text) => format!("'{text}'"),
            other => python::repr(other),
        };
        Err(Fault::value_error(format_args!(
            "Wrong value for {}.{}: {value}",
            model.name(),
            field.name
        )))
    };
    match (field.kind, value) {
        (Kind::Boolean, value) => Ok(python::is_true(value).into()),
        (Kind::Integer, Value::Null | Value::Bool(false)) => Ok(json!(0)),
        (Kind::Float | Kind::Monetary, Value::Null | Value::Bool(false)) => Ok(json!(0.0)),
        (_, Value::Null | Value::Bool(false)) => Ok(json!(false)),
        (Kind::Integer, value) => integer(value),
        (Kind::Float | Kind::Monetary, value) => float(value),
        (Kind::Char | Kind::Text | Kind::Binary, Value::String(_)) => Ok(value.clone()),
        (Kind::Char | Kind::Text | Kind::Binary, value) => Ok(python::repr(value).into()),
        (Kind::Html, Value::String(text)) => Ok(paragraph(text).into()),
        (Kind::Date, Value::String(text)) => {
            // Odoo takes a moment for its day.
            let day = text
                .get(..10)
                .filter(|_| clock::is_datetime(text))
                .unwrap_or(text);
            known_time(clock::is_date(day), day, "%Y-%m-%d")
        }
        (Kind::Datetime, Value::String(text)) if clock::is_date(text) => {
            Ok(format!("{text} 00:00:00").into())
        }
        (Kind::Datetime, Value::String(text)) => {
            known_time(clock::is_datetime(text), text, "%Y-%m-%d %H:%M:%S")
        }
        (Kind::Selection(options), Value::String(text))
            if options.iter().any(|(key, _)| key == text) =>
        {
            Ok(value.clone())
        }
        (Kind::Many2one(other), value) => match value.as_i64() {
            Some(id) if env.data.row(other, id).is_some() => Ok(id.into()),
            Some(_) => Err(Fault::still_in_use(
                (field.label, field.name),
                (model.spec.label, model.name()),
            )),
            None if value.is_string() => Err(Fault::python(
                "psycopg2.errors.InvalidTextRepresentation",
                format_args!("invalid input syntax for type integer: {value}"),
            )),
            None => wrong(),
        },
        _ => wrong(),
    }
}

fn integer(value: &Value) -> Result<Value, Fault> {
    let number = match value {
        Value::String(text) => text.trim().parse::<i64>().ok(),
        Value::Bool(flag) => Some(i64::from(*flag)),
        value => value
            .as_i64()
            .or_else(|| value.as_f64().map(|number| number as i64)),
    };
    let unfit = || {
        Fault::value_error(format_args!(
            "invalid literal for int() with base 10: {}",
            python::repr(value)
        ))
    };
    number.map(Value::from).ok_or_else(unfit)
}

fn float(value: &Value) -> Result<Value, Fault> {
    let number = match value {
        Value::String(text) => text
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite()),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        value => value.as_f64(),
    };
    let unfit = || {
        Fault::value_error(format_args!(
            "could not convert string to float: {}",
            python::repr(value)
        ))
    };
    number.map(Value::from).ok_or_else(unfit)
}

fn known_time(is_known: bool, text: &str, format: &str) -> Result<Value, Fault> {
    if is_known {
        return Ok(text.into());
    }
    Err(Fault::value_error(format_args!(
        "time data '{text}' does not match format '{format}'"
    )))
}

/// Puts loose text into a paragraph, as Odoo's HTML fields do.
fn paragraph(text: &str) -> String {
    let trimmed = text.trim_start();
    if trimmed.is_empty() || trimmed.starts_with("<p") || trimmed.starts_with("<div") {
        return text.to_owned();
    }
    format!("<p>{trimmed}</p>")
}

/// Returns a domain's value as it compares with a field's values.
///
/// # Errors
///
/// The fault that Odoo answers for a date that is none.
pub(crate) fn operand(field: &Field, operator: &str, value: &Value) -> Result<Value, Fault> {
    match (field.kind, value) {
        (Kind::Boolean, value) => Ok(python::is_true(value).into()),
        (Kind::Integer | Kind::Float | Kind::Monetary, Value::String(text)) => Ok(text
            .parse::<f64>()
            .map_or_else(|_| value.clone(), Value::from)),
        (Kind::Date, Value::String(text)) if text.len() >= 10 && clock::is_datetime(text) => {
            Ok(text.get(..10).unwrap_or(text).into())
        }
        (Kind::Date, Value::String(text)) if clock::is_date(text) => Ok(value.clone()),
        (Kind::Datetime, Value::String(text)) if clock::is_datetime(text) => Ok(value.clone()),
        // A day stands for its first second, or for its last where the whole day is meant.
        (Kind::Datetime, Value::String(text)) if clock::is_date(text) => {
            let time = if matches!(operator, ">" | "<=") {
                "23:59:59"
            } else {
                "00:00:00"
            };
            Ok(format!("{text} {time}").into())
        }
        (Kind::Date | Kind::Datetime, Value::String(text)) => Err(Fault::value_error(
            format_args!("Invalid term '{text}' in expression date: '{text}'"),
        )),
        _ => Ok(value.clone()),
    }
}

/// Compares two values of one type; values of different types have no order.
pub(crate) fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64()?.partial_cmp(&other.as_f64()?),
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
        _ => None,
    }
}
