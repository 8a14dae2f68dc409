//! Values of create and write, field by field.

use serde_json::{Map, Value};

use super::refusal::{Problem, Refusal};
use super::row::{ANY_MODEL, Reason, Step};
use super::schema::{FieldSchema, Kind};
use super::walk::{Touched, Walker};
use crate::grant::is_model_name;
use crate::permission::Permission::{Read, Write};

/// A record's values.
pub(super) type Values = Map<String, Value>;

/// What the values are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Create,
    Write,
}

/// A value on its way into a field.
#[derive(Clone, Copy)]
pub(super) struct Assigned<'a> {
    pub(super) model: &'a str,
    pub(super) name: &'a str,
    pub(super) field: &'a FieldSchema,
    pub(super) value: &'a Value,
    /// The values beside it, among which a model may be named.
    pub(super) beside: &'a Values,
    pub(super) purpose: Purpose,
}

impl<'a> Walker<'a> {
    /// Walks the values of one record.
    pub(super) fn values(
        &mut self,
        model: &'a str,
        values: &'a Values,
        purpose: Purpose,
    ) -> Result<(), Refusal> {
        if purpose == Purpose::Create {
            self.creates(model);
            self.parents(model, values);
        }
        for (name, value) in values {
            self.at(Step::Name(name), |walker| {
                walker.named_value(model, name, value, values, purpose)
            })?;
        }
        Ok(())
    }

    pub(super) fn named_value(
        &mut self,
        model: &'a str,
        name: &'a str,
        value: &'a Value,
        beside: &'a Values,
        purpose: Purpose,
    ) -> Result<(), Refusal> {
        self.touch(model, Write, Touched::Field(name), Reason::Called);
        let Some(field) = self.field(model, name)? else {
            return Ok(());
        };
        self.deeper(|walker| {
            walker.assigned(Assigned {
                model,
                name,
                field,
                value,
                beside,
                purpose,
            })
        })
    }

    fn assigned(&mut self, assigned: Assigned<'a>) -> Result<(), Refusal> {
        if self.goes_through(assigned.model, assigned.name, assigned.field) {
            return self.through(assigned);
        }
        let value = assigned.value;
        match assigned.field.kind {
            Kind::One2many | Kind::Many2many => self.commands(assigned),
            Kind::Many2one => self.link(assigned),
            Kind::Reference => self.reference(value),
            Kind::Many2oneReference => self.numbered_reference(assigned),
            Kind::Properties => self.properties(value),
            Kind::PropertiesDefinition => self.definitions(value),
            Kind::Json => self.json(assigned),
            Kind::Date | Kind::Plain if value.is_array() || value.is_object() => {
                Err(self.shape("a single value"))
            }
            Kind::Date | Kind::Plain => {
                self.model_name(assigned);
                self.file_of_a_field(assigned);
                Ok(())
            }
            Kind::Unknown => Err(self.refusal(Problem::UnknownType)),
        }
    }

    /// Returns true when writing the field writes the one it shows.
    ///
    /// A readonly one does not, but for those of a parent in `_inherits`, which
    /// look like this: the same name, behind a required link.
    fn goes_through(&mut self, model: &'a str, name: &str, field: &FieldSchema) -> bool {
        if field.related.len() < 2 {
            return false;
        }
        if !field.readonly {
            return true;
        }
        let schema = self.model(model);
        match field.related.as_slice() {
            [link, last] if last == name => schema
                .and_then(|schema| schema.field(link))
                .is_some_and(|link| link.required),
            _ => false,
        }
    }

    /// Walks a value to the field at the end of `related`.
    fn through(&mut self, assigned: Assigned<'a>) -> Result<(), Refusal> {
        let Some((name, links)) = assigned.field.related.split_last() else {
            return Ok(());
        };
        let mut model = assigned.model;
        for link in links {
            let Some(field) = self.field(model, link)? else {
                return Ok(());
            };
            let Some(comodel) = field.relation() else {
                return Err(self.refusal(Problem::NoRelation {
                    field: link.clone(),
                }));
            };
            model = comodel;
        }
        self.touch(model, Write, Touched::Field(name), Reason::Related);
        let Some(field) = self.field(model, name)? else {
            return Ok(());
        };
        self.deeper(|walker| {
            walker.assigned(Assigned {
                model,
                name,
                field,
                // The record at the end may have been there before.
                purpose: Purpose::Write,
                ..assigned
            })
        })
    }

    /// Notes the records that are created along with one: of each model in its
    /// `_inherits`, unless the values link to a record there is.
    fn parents(&mut self, model: &'a str, values: &'a Values) {
        let Some(schema) = self.model(model) else {
            return;
        };
        for (link, parent) in schema.parent_candidates() {
            if values.get(link).is_some_and(Value::is_number) {
                continue;
            }
            let is_parent = self.model(parent).map(|parent| schema.shows(parent));
            if is_parent == Some(true) {
                self.touch(parent, Write, Touched::Records, Reason::Inherits);
                self.creates(parent);
            }
        }
    }

    fn link(&mut self, assigned: Assigned<'a>) -> Result<(), Refusal> {
        match (assigned.value, assigned.field.relation()) {
            (Value::Null | Value::Bool(false), _) => Ok(()),
            (Value::Number(id), Some(comodel)) if id.is_i64() => {
                self.touch(comodel, Read, Touched::Records, Reason::Link);
                Ok(())
            }
            // Odoo takes a pair as `read` answers it for no value at all, and
            // an object for a new record.
            _ => Err(self.shape("the id of a record, or false")),
        }
    }

    /// Walks `"res.partner,7"`.
    fn reference(&mut self, value: &'a Value) -> Result<(), Refusal> {
        match value {
            Value::Null | Value::Bool(false) => Ok(()),
            Value::String(text) => match text.split_once(',') {
                Some((model, _)) if is_model_name(model) => {
                    self.touch(model, Read, Touched::Records, Reason::Link);
                    Ok(())
                }
                _ => Err(self.shape("a reference like `res.partner,7`, or false")),
            },
            _ => Err(self.shape("a reference like `res.partner,7`, or false")),
        }
    }

    /// Walks the name of a model, to whose record an id beside it points, or
    /// has pointed since before.
    fn model_name(&mut self, assigned: Assigned<'a>) {
        let Some(model) = assigned.value.as_str().filter(|name| is_model_name(name)) else {
            return;
        };
        let names_models = self
            .model(assigned.model)
            .is_some_and(|schema| schema.model_fields().any(|(name, _)| name == assigned.name));
        if names_models {
            self.touch(model, Read, Touched::Records, Reason::Link);
        }
    }

    /// Walks the name of a field whose content a file is: Odoo keeps pictures and
    /// the like as attachments, so such a file is written into the field.
    fn file_of_a_field(&mut self, assigned: Assigned<'a>) {
        if (assigned.model, assigned.name) != ("ir.attachment", "res_field") {
            return;
        }
        let Some(field) = assigned.value.as_str().filter(|name| !name.is_empty()) else {
            return;
        };
        let named = assigned.beside.get("res_model").and_then(Value::as_str);
        let model = named.filter(|name| is_model_name(name));
        let model = model.unwrap_or(ANY_MODEL);
        self.touch(model, Write, Touched::Records, Reason::File);
        self.touch(model, Write, Touched::Field(field), Reason::File);
    }

    /// Walks a JSON field: of some it is known that their keys are ids.
    fn json(&mut self, assigned: Assigned<'a>) -> Result<(), Refusal> {
        let Some(comodel) = keyed_by(assigned.name) else {
            return Ok(());
        };
        match assigned.value {
            Value::Null | Value::Bool(false) => Ok(()),
            Value::Object(keys) if keys.is_empty() => Ok(()),
            Value::Object(_) => {
                self.touch(comodel, Read, Touched::Records, Reason::Link);
                Ok(())
            }
            _ => Err(self.shape("an object whose keys are ids, or false")),
        }
    }

    /// Walks an id whose model another field names.
    fn numbered_reference(&mut self, assigned: Assigned<'a>) -> Result<(), Refusal> {
        match assigned.value {
            Value::Null | Value::Bool(false) => return Ok(()),
            Value::Number(id) if id.as_i64() == Some(0) => return Ok(()),
            Value::Number(id) if id.is_i64() => {}
            _ => return Err(self.shape("the id of a record, or false")),
        }
        let Some(schema) = self.model(assigned.model) else {
            return Ok(());
        };
        // A field which is itself computed names nothing: `res_model` of an
        // activity follows its `res_model_id`, whatever is written into it.
        let named = schema
            .model_fields()
            .filter(|(_, field)| field.related.is_empty())
            .find_map(|(name, _)| assigned.beside.get(name)?.as_str());
        let model = named.filter(|model| is_model_name(model));
        self.touch(
            model.unwrap_or(ANY_MODEL),
            Read,
            Touched::Records,
            Reason::Link,
        );
        Ok(())
    }

    /// Walks properties: an object of values, or a list which defines them too.
    fn properties(&mut self, value: &'a Value) -> Result<(), Refusal> {
        match value {
            Value::Null | Value::Bool(false) => Ok(()),
            Value::Object(properties) if properties.values().all(is_property_value) => Ok(()),
            // Such a list can change the definitions, which stand in a record
            // of a model that only Odoo knows.
            _ => Err(self.shape("an object of properties' names and values")),
        }
    }

    /// Walks definitions of properties, which may name models.
    fn definitions(&mut self, value: &'a Value) -> Result<(), Refusal> {
        let expected = "a list of definitions";
        match value {
            Value::Null | Value::Bool(false) => Ok(()),
            Value::Array(definitions) => definitions.iter().try_for_each(|definition| {
                match definition.get("comodel") {
                    None | Some(Value::Null | Value::Bool(false)) if definition.is_object() => {}
                    Some(Value::String(model)) if is_model_name(model) => {
                        self.touch(model, Read, Touched::Records, Reason::Link);
                    }
                    _ => return Err(self.shape(expected)),
                }
                // The domain which limits a property is a text of Python, so
                // what it reaches is not known.
                match definition.get("domain") {
                    None | Some(Value::Null | Value::Bool(false)) => Ok(()),
                    Some(_) => Err(self.shape("definitions without a domain")),
                }
            }),
            _ => Err(self.shape(expected)),
        }
    }
}

/// Returns the model of whose ids a JSON field's keys are made.
pub(super) fn keyed_by(field: &str) -> Option<&'static str> {
    (field == "analytic_distribution").then_some("account.analytic.account")
}

fn is_property_value(value: &Value) -> bool {
    match value {
        Value::Array(items) => items
            .iter()
            .all(|item| !item.is_array() && !item.is_object()),
        Value::Object(_) => false,
        _ => true,
    }
}
