//! Domains: paths, comparisons with names, and domains inside domains.

use serde_json::Value;

use super::refusal::{Problem, Refusal};
use super::row::{Reason, Step};
use super::schema::{FieldSchema, Kind};
use super::values::keyed_by;
use super::walk::{Touched, Walker};
use crate::permission::Permission::Read;

/// The operators which Odoo 14 to 19 take from outside.
///
/// Odoo 19 reads them in any case, and checks for `any!`, which leaves record
/// rules out, in lower case only: so here they are read in lower case alone.
const OPERATORS: [&str; 21] = [
    "=",
    "!=",
    "<>",
    "==",
    "<",
    ">",
    "<=",
    ">=",
    "=?",
    "in",
    "not in",
    "like",
    "not like",
    "ilike",
    "not ilike",
    "=like",
    "not =like",
    "=ilike",
    "not =ilike",
    "child_of",
    "parent_of",
];

impl<'a> Walker<'a> {
    /// Walks a domain on a model.
    pub(super) fn domain(&mut self, model: &'a str, domain: &'a Value) -> Result<(), Refusal> {
        let Value::Array(items) = domain else {
            return Err(self.shape("a domain: a list of conditions"));
        };
        for (index, item) in items.iter().enumerate() {
            self.at(Step::Index(index), |walker| walker.condition(model, item))?;
        }
        Ok(())
    }

    fn condition(&mut self, model: &'a str, item: &'a Value) -> Result<(), Refusal> {
        let (left, operator, value) = match item {
            Value::String(sign) if matches!(sign.as_str(), "&" | "|" | "!") => return Ok(()),
            Value::Array(parts) => match parts.as_slice() {
                [left, Value::String(operator), value] => (left, operator.as_str(), value),
                _ => return Err(self.shape("a condition: `[field, operator, value]`")),
            },
            _ => return Err(self.shape("a condition, `&`, `|` or `!`")),
        };
        match left {
            Value::String(path) if matches!(operator, "any" | "not any") => {
                self.subdomain(model, path, value)
            }
            Value::String(path) if OPERATORS.contains(&operator) => {
                self.comparison(model, path, operator, value)
            }
            Value::String(_) => Err(self.refusal(Problem::UnknownOperator)),
            // `[1, "=", 1]` and `[0, "=", 1]`: always and never.
            Value::Number(_) if operator == "=" && value.as_i64() == Some(1) => Ok(()),
            _ => Err(self.shape("a field on the left")),
        }
    }

    fn subdomain(
        &mut self,
        model: &'a str,
        path: &'a str,
        domain: &'a Value,
    ) -> Result<(), Refusal> {
        let comodel = match self.path(model, path)? {
            Some(Landing {
                model, name: "id", ..
            }) => model,
            Some(Landing { name, field, .. }) => field
                .and_then(FieldSchema::relation)
                .ok_or_else(|| self.no_relation(name))?,
            None => return Ok(()),
        };
        self.touch(comodel, Read, Touched::Records, Reason::Subdomain);
        self.deeper(|walker| walker.at(Step::Index(2), |walker| walker.domain(comodel, domain)))
    }

    fn comparison(
        &mut self,
        model: &'a str,
        path: &'a str,
        operator: &str,
        value: &'a Value,
    ) -> Result<(), Refusal> {
        if !is_plain(value) {
            return Err(self.shape("a value, or a list of values, to compare with"));
        }
        let Some(landing) = self.path(model, path)? else {
            return Ok(());
        };
        let is_hierarchy = matches!(operator, "child_of" | "parent_of");
        let keyed_by = landing
            .field
            .filter(|field| field.kind == Kind::Json)
            .and_then(|_| keyed_by(landing.name));
        let relation = landing.field.and_then(FieldSchema::relation);
        let comodel = match relation.or(keyed_by) {
            Some(comodel) => comodel,
            None if is_hierarchy && landing.name == "id" => landing.model,
            None if is_hierarchy => return Err(self.no_relation(landing.name)),
            None => return Ok(()),
        };
        if is_hierarchy {
            self.touch(comodel, Read, Touched::Records, Reason::Hierarchy);
        }
        // Odoo searches the other model's names: for any text, and for numbers
        // too when the operator wants a text.
        if operator.ends_with("like") || has_text(value) {
            self.touch(comodel, Read, Touched::Records, Reason::NameSearch);
            let names = Touched::Field("display_name");
            self.touch(comodel, Read, names, Reason::NameSearch);
        }
        Ok(())
    }

    /// Follows a path to its last field; nothing when a schema is missing on
    /// the way.
    pub(super) fn path(
        &mut self,
        model: &'a str,
        path: &'a str,
    ) -> Result<Option<Landing<'a>>, Refusal> {
        let mut model = model;
        let mut rest = path;
        loop {
            let (name, behind) = match rest.split_once('.') {
                Some((name, behind)) => (name, Some(behind)),
                None => (rest, None),
            };
            self.touch(model, Read, Touched::Field(name), Reason::Path);
            let Some(field) = self.field_or_id(model, name)? else {
                return Ok(None);
            };
            let landing = Landing { model, name, field };
            let Some(behind) = behind else {
                return Ok(Some(landing));
            };
            if let Some(comodel) = field.and_then(FieldSchema::relation) {
                self.touch(comodel, Read, Touched::Records, Reason::Path);
                model = comodel;
                rest = behind;
                continue;
            }
            // A part of a date, or one of the properties: still the same field.
            let kind = field.map(|field| field.kind);
            let has_parts = matches!(kind, Some(Kind::Date | Kind::Properties));
            if has_parts && !behind.is_empty() && !behind.contains('.') {
                return Ok(Some(landing));
            }
            return Err(self.no_relation(name));
        }
    }

    /// Returns a field, with nothing to know about `id`; nothing when the
    /// schema has to be fetched first.
    fn field_or_id(
        &mut self,
        model: &'a str,
        name: &'a str,
    ) -> Result<Option<Option<&'a FieldSchema>>, Refusal> {
        match name {
            "id" => Ok(Some(None)),
            _ => Ok(self.field(model, name)?.map(Some)),
        }
    }

    fn no_relation(&self, field: &str) -> Refusal {
        self.refusal(Problem::NoRelation {
            field: field.to_owned(),
        })
    }
}

/// Where a path ends.
pub(super) struct Landing<'a> {
    pub(super) model: &'a str,
    pub(super) name: &'a str,
    /// Nothing for `id`.
    pub(super) field: Option<&'a FieldSchema>,
}

/// Returns true for a single value, and for a list of single values.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.iter().any(|item| item.is_array() || item.is_object()),
        Value::Object(_) => false,
        _ => true,
    }
}

fn has_text(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(Value::is_string),
        value => value.is_string(),
    }
}
