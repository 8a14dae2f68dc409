//! Searching and reading.

use serde_json::{Map, Value, json};

use super::data::{Row, ids_in};
use super::domain::Domain;
use super::env::Env;
use super::order;
use super::registry::{self, Model};
use super::schema::{Field, Kind, Source};
use crate::fault::{Fault, Operation};

/// Which of the records found a search answers with.
#[derive(Default)]
pub(crate) struct Window {
    pub(crate) offset: usize,
    /// No limit if absent.
    pub(crate) limit: Option<usize>,
    /// The model's own order if absent.
    pub(crate) order: Option<String>,
}

/// How a read shows a many2one.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Show {
    IdAndName,
    Id,
}

impl Env<'_> {
    /// Returns the ids of the records that match a domain and that the user may see.
    pub(crate) fn search(
        &self,
        model: &'static Model,
        domain: &Value,
        window: &Window,
    ) -> Result<Vec<i64>, Fault> {
        self.require(model, Operation::Read)?;
        let mut ids = self.matching(model, domain)?;
        order::sort(
            self.data,
            model,
            &mut ids,
            window.order.as_deref().unwrap_or(model.spec.order),
        )?;
        Ok(ids
            .into_iter()
            .skip(window.offset)
            .take(window.limit.unwrap_or(usize::MAX))
            .collect())
    }

    /// Returns how many records match a domain, counting no further than the limit.
    pub(crate) fn search_count(
        &self,
        model: &'static Model,
        domain: &Value,
        limit: Option<usize>,
    ) -> Result<usize, Fault> {
        self.require(model, Operation::Read)?;
        Ok(self
            .matching(model, domain)?
            .len()
            .min(limit.unwrap_or(usize::MAX)))
    }

    fn matching(&self, model: &'static Model, domain: &Value) -> Result<Vec<i64>, Fault> {
        let domain = Domain::resolve(self, model, domain)?;
        let hides_archived = model.has_active() && !domain.names_active && self.hides_archived();
        let is_match = |(id, row): &(i64, &Row)| {
            self.sees(model, row)
                && !(hides_archived && self.data.is_archived(model, *id, row))
                && domain.matches(self.data, *id, row)
        };
        Ok(self
            .data
            .rows(model.name())
            .filter(is_match)
            .map(|(id, _)| id)
            .collect())
    }

    /// Returns the records as objects; one that does not exist is left out.
    pub(crate) fn read(
        &self,
        model: &'static Model,
        ids: &[i64],
        fields: &[&str],
        show: Show,
    ) -> Result<Value, Fault> {
        self.require(model, Operation::Read)?;
        let fields = self.fields_named(model, fields)?;
        let ids: Vec<i64> = ids
            .iter()
            .copied()
            .filter(|&id| self.data.row(model.name(), id).is_some())
            .collect();
        self.require_records(model, Operation::Read, &ids)?;
        let mut records = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(row) = self.data.row(model.name(), id) else {
                continue;
            };
            let mut record = Map::from_iter([("id".to_owned(), id.into())]);
            for field in &fields {
                record.insert(
                    field.name.to_owned(),
                    self.shown(model, id, row, field, show)?,
                );
            }
            records.push(record.into());
        }
        Ok(Value::Array(records))
    }

    fn fields_named(
        &self,
        model: &'static Model,
        names: &[&str],
    ) -> Result<Vec<&'static Field>, Fault> {
        if names.is_empty() {
            return Ok(model.fields().iter().collect());
        }
        let field = |name: &&str| {
            let unknown =
                || Fault::value_error(format_args!("Invalid field '{name}' on '{}'", model.name()));
            model.field(name).ok_or_else(unknown)
        };
        names.iter().map(field).collect()
    }

    fn shown(
        &self,
        model: &'static Model,
        id: i64,
        row: &Row,
        field: &Field,
        show: Show,
    ) -> Result<Value, Fault> {
        let value = self.data.value(model, id, row, field);
        Ok(match (field.kind, value.as_i64()) {
            (Kind::Many2one(other), Some(id)) if show == Show::IdAndName => {
                json!([id, self.data.display_name(other, id)])
            }
            (Kind::One2many(other, _) | Kind::Many2many(other), _) => {
                let mut ids = ids_in(&value);
                if let Some(other) = registry::model(other) {
                    if other.has_active() && self.hides_archived() {
                        let is_shown = |id: &i64| {
                            let row = self.data.row(other.name(), *id);
                            row.is_some_and(|row| !self.data.is_archived(other, *id, row))
                        };
                        ids.retain(is_shown);
                    }
                    if ids.len() > 1 {
                        order::sort(self.data, other, &mut ids, other.spec.order)?;
                    }
                }
                ids.into()
            }
            _ => value,
        })
    }

    /// Returns the ids and names of the records whose name matches, as `name_search` does.
    pub(crate) fn name_search(
        &self,
        model: &'static Model,
        name: &Value,
        domain: &Value,
        operator: &str,
        limit: Option<usize>,
    ) -> Result<Value, Fault> {
        let own = model.spec.searched_names;
        let mut either = vec![json!("|"); own.len()];
        either.extend(own.iter().map(|field| json!([field, operator, name])));
        either.push(json!(["display_name", operator, name]));
        let mut domain = domain.clone();
        match &mut domain {
            Value::Array(items) => items.extend(either),
            none @ Value::Null => *none = Value::Array(either),
            _ => {}
        }
        let ids = self.search(
            model,
            &domain,
            &Window {
                limit,
                ..Window::default()
            },
        )?;
        Ok(ids
            .into_iter()
            .map(|id| json!([id, self.data.display_name(model.name(), id)]))
            .collect())
    }

    /// Returns what the model's fields are; unknown names and attributes are left out.
    pub(crate) fn fields_get(
        &self,
        model: &'static Model,
        names: &[&str],
        attributes: &[&str],
    ) -> Result<Value, Fault> {
        let is_wanted = |field: &&Field| names.is_empty() || names.contains(&field.name);
        let described = model.fields().iter().filter(is_wanted).map(|field| {
            let mut description = describe(field);
            description.retain(|attribute, _| {
                attributes.is_empty() || attributes.contains(&attribute.as_str())
            });
            (field.name.to_owned(), description.into())
        });
        Ok(Value::Object(described.collect()))
    }

    /// Returns the values that a new record would start with; a field without a default is left out.
    pub(crate) fn default_get(&self, model: &'static Model, names: &[&str]) -> Map<String, Value> {
        let fields = names.iter().filter_map(|name| model.field(name));
        fields
            .filter_map(|field| Some((field.name.to_owned(), self.default_of(model, field)?)))
            .collect()
    }

    pub(crate) fn default_of(&self, model: &Model, field: &Field) -> Option<Value> {
        if let Some(value) = self.context.get(&format!("default_{}", field.name)) {
            return Some(value.clone());
        }
        if let (true, Source::Related(via, target)) = (field.inherited, field.source) {
            let parent = registry::model(model.field(via)?.kind.comodel()?)?;
            return self.default_of(parent, parent.field(target)?);
        }
        field.default.map(|default| default(self))
    }
}

fn describe(field: &Field) -> Map<String, Value> {
    let mut description = json!({
        "name": field.name,
        "string": field.label,
        "type": field.kind.name(),
        "required": field.required,
        "readonly": field.readonly,
        "store": field.store,
        "searchable": field.is_searchable(),
        "sortable": field.is_sortable(),
        "groupable": field.is_sortable(),
        "company_dependent": false,
        "manual": false,
    });
    let mut add = |attribute: &str, value: Value| {
        if let Value::Object(description) = &mut description {
            description.insert(attribute.to_owned(), value);
        }
    };
    if let Source::Related(via, target) = field.source {
        add("related", format!("{via}.{target}").into());
    }
    if let Some(other) = field.kind.comodel() {
        add("relation", other.into());
        add("domain", json!([]));
        add("context", json!({}));
    }
    match field.kind {
        Kind::One2many(_, back) => add("relation_field", back.into()),
        Kind::Selection(options) => add(
            "selection",
            options
                .iter()
                .map(|(key, label)| json!([key, label]))
                .collect(),
        ),
        Kind::Monetary => add("currency_field", "currency_id".into()),
        Kind::Char | Kind::Text | Kind::Html => add("translate", false.into()),
        _ => {}
    }
    match description {
        Value::Object(description) => description,
        _ => Map::new(),
    }
}
