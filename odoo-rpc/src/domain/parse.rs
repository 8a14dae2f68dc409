//! Domains from JSON, strictly: what Odoo would misread or trip over is refused here.

use std::fmt;

use serde_json::Value;

use super::{Condition, Domain, Operand, Operator, Term};

/// How deep `any` may nest domains.
const MAX_DEPTH: usize = 16;

/// A value that is not a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDomain {
    /// Where: positions from the outermost list inwards.
    path: Vec<usize>,
    message: String,
}

impl InvalidDomain {
    fn new(message: impl Into<String>) -> Self {
        Self {
            path: Vec::new(),
            message: message.into(),
        }
    }

    fn within(mut self, index: usize) -> Self {
        self.path.insert(0, index);
        self
    }

    pub(super) fn not_json() -> Self {
        Self::new(r#"a domain is a JSON list, such as [["name", "ilike", "azure"]]"#)
    }
}

impl fmt::Display for InvalidDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            f.write_str("at ")?;
            for index in &self.path {
                write!(f, "[{index}]")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidDomain {}

/// Reads a domain that is nested in `depth` others.
pub(super) fn domain(value: Value, depth: usize) -> Result<Domain, InvalidDomain> {
    if depth > MAX_DEPTH {
        return Err(InvalidDomain::new(format!(
            "nested deeper than {MAX_DEPTH} levels"
        )));
    }
    let Value::Array(items) = value else {
        return Err(InvalidDomain::not_json());
    };
    if let [Value::String(field), Value::String(operator), _] = items.as_slice()
        && parse_operator(operator).is_some()
    {
        return Err(InvalidDomain::new(format!(
            "a domain is a list of conditions: write [[{field:?}, {operator:?}, …]]"
        )));
    }
    let terms = items
        .into_iter()
        .enumerate()
        .map(|(index, item)| term(item, depth).map_err(|error| error.within(index)))
        .collect::<Result<Vec<Term>, _>>()?;
    Ok(Domain {
        terms: write_out_and(terms)?,
    })
}

fn term(item: Value, depth: usize) -> Result<Term, InvalidDomain> {
    match item {
        Value::String(operator) => match operator.as_str() {
            "&" => Ok(Term::And),
            "|" => Ok(Term::Or),
            "!" => Ok(Term::Not),
            _ => Err(InvalidDomain::new(format!(
                "{} is not one of \"&\", \"|\", \"!\"; a condition is a list of three",
                quoted(&operator)
            ))),
        },
        Value::Array(parts) => {
            let length = parts.len();
            let [field, operator, value] = <[Value; 3]>::try_from(parts).map_err(|_| {
                InvalidDomain::new(format!(
                    "a condition is [field, operator, value], and this has {length} parts"
                ))
            })?;
            condition(&field, &operator, value, depth)
        }
        _ => Err(InvalidDomain::new(
            "a condition is [field, operator, value]",
        )),
    }
}

fn condition(
    field: &Value,
    operator: &Value,
    value: Value,
    depth: usize,
) -> Result<Term, InvalidDomain> {
    let operator = match operator {
        Value::String(text) => parse_operator(text).ok_or_else(|| unknown_operator(text))?,
        _ => return Err(InvalidDomain::new("the operator, the second part, is text").within(1)),
    };
    let path = match field {
        Value::String(path) if is_path(path) => path.clone(),
        // Odoo's own way to write "always" and "never".
        Value::Number(number) if operator == Operator::Equal && value == 1 => {
            return match number.as_u64() {
                Some(bit @ (0 | 1)) => Ok(Term::Constant(bit == 1)),
                _ => Err(InvalidDomain::new("the first part is a field").within(0)),
            };
        }
        Value::String(text) => {
            return Err(InvalidDomain::new(format!("{} is no field name", quoted(text))).within(0));
        }
        _ => return Err(InvalidDomain::new("the first part is a field's name").within(0)),
    };
    let value = match operator {
        Operator::Any | Operator::NotAny => {
            Operand::Domain(domain(value, depth + 1).map_err(|error| error.within(2))?)
        }
        Operator::In | Operator::NotIn if !matches!(value, Value::Array(_) | Value::Bool(_)) => {
            let message = format!("`{}` takes a list of values", operator.as_str());
            return Err(InvalidDomain::new(message).within(2));
        }
        _ if value.is_object() => {
            return Err(InvalidDomain::new("a field is not compared with an object").within(2));
        }
        _ => Operand::Value(value),
    };
    Ok(Term::Condition(Condition {
        path,
        operator,
        value,
    }))
}

/// Checks that every operator has what it combines, and puts the `&` that Odoo supplies between
/// conditions that stand side by side.
fn write_out_and(terms: Vec<Term>) -> Result<Vec<Term>, InvalidDomain> {
    // From the right, an operator takes what was completed before it.
    let mut complete = 0_usize;
    for (index, term) in terms.iter().enumerate().rev() {
        let taken = match term {
            Term::And | Term::Or => 2,
            Term::Not => 1,
            Term::Condition(_) | Term::Constant(_) => 0,
        };
        if complete < taken {
            let message = format!("this operator needs {taken} conditions behind it");
            return Err(InvalidDomain::new(message).within(index));
        }
        complete = complete + 1 - taken;
    }
    let missing = std::iter::repeat_n(Term::And, complete.saturating_sub(1));
    Ok(missing.chain(terms).collect())
}

/// Reads an operator; Odoo takes any letter case, and two old spellings.
fn parse_operator(text: &str) -> Option<Operator> {
    let text = text.trim();
    match text {
        "<>" => Some(Operator::NotEqual),
        "==" => Some(Operator::Equal),
        _ => Operator::ALL
            .iter()
            .copied()
            .find(|known| known.as_str().eq_ignore_ascii_case(text)),
    }
}

fn unknown_operator(text: &str) -> InvalidDomain {
    let known: Vec<&str> = Operator::ALL
        .iter()
        .map(|operator| operator.as_str())
        .collect();
    let message = format!(
        "{} is no operator; there are: {}",
        quoted(text),
        known.join(", ")
    );
    InvalidDomain::new(message).within(1)
}

/// Returns whether the text can be a field's name or a dotted path of such.
fn is_path(text: &str) -> bool {
    let name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    text.len() <= 500 && text.split('.').all(name)
}

fn quoted(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    format!("{short:?}")
}
