//! Creating, changing, copying and deleting.

use serde_json::{Map, Value, json};

use super::column;
use super::data::{Row, ids_in};
use super::env::Env;
use super::registry::{self, Model};
use super::schema::{Field, Kind, OnDelete, Source};
use crate::clock;
use crate::fault::{Fault, Operation};

type Values = Map<String, Value>;

impl Env<'_> {
    /// Makes one record and returns its id.
    pub(crate) fn create(
        &mut self,
        model: &'static Model,
        mut values: Values,
    ) -> Result<i64, Fault> {
        self.require(model, Operation::Create)?;
        let unknown = |name: &String| {
            Fault::value_error(format_args!("Invalid field '{name}' in '{}'", model.name()))
        };
        if let Some(name) = values.keys().find(|name| model.field(name).is_none()) {
            return Err(unknown(name));
        }
        for field in model.fields().iter().filter(|field| !field.inherited) {
            if !values.contains_key(field.name)
                && let Some(value) = self.default_of(model, field)
            {
                values.insert(field.name.to_owned(), value);
            }
        }
        if let Some(rewrite) = model.spec.rewrite {
            rewrite(&mut values);
        }
        if let Some(complete) = model.spec.before_create {
            complete(self, &mut values)?;
        }
        self.create_parent(model, &mut values)?;
        let mut row = Row::default();
        for field in model.fields().iter().filter(|field| field.is_own_column()) {
            let value = column::keep(
                self,
                model,
                field,
                values.get(field.name).unwrap_or(&Value::Null),
            )?;
            if field.required && (value == json!(false) || value == json!("")) {
                return Err(Fault::required(
                    (field.label, field.name),
                    (model.spec.label, model.name()),
                ));
            }
            if value != json!(false) || field.kind == Kind::Boolean {
                row.set(field.name, value);
            }
        }
        let now = Value::from(clock::now());
        for (log, value) in [
            ("create_uid", json!(self.user)),
            ("create_date", now.clone()),
        ] {
            row.set(log, value);
        }
        row.set("write_uid", self.user.into());
        row.set("write_date", now);
        let id = self.data.next_id(model);
        self.data.put(model, id, row);
        self.assign_elsewhere(model, id, &values)?;
        self.verify(model, id)?;
        Ok(id)
    }

    /// Makes the record that an inheriting one stands on, unless the values name one.
    fn create_parent(&mut self, model: &'static Model, values: &mut Values) -> Result<(), Fault> {
        let Some((parent, via)) = model.spec.inherits else {
            return Ok(());
        };
        if values
            .get(via)
            .is_some_and(|value| value.as_i64().is_some())
        {
            return Ok(());
        }
        let parent = self.model(parent)?;
        let inherited = model.fields().iter().filter(|field| field.inherited);
        let given =
            inherited.filter_map(|field| Some((field.name.to_owned(), values.remove(field.name)?)));
        let given = given.collect();
        let id = self.create(parent, given)?;
        values.insert(via.to_owned(), id.into());
        Ok(())
    }

    /// Changes records.
    pub(crate) fn write(
        &mut self,
        model: &'static Model,
        ids: &[i64],
        values: &Values,
    ) -> Result<(), Fault> {
        let may_write = |name: &String| model.spec.own_fields.contains(&name.as_str());
        if !self.sudo
            && !model.spec.own_fields.is_empty()
            && ids == [self.user]
            && values.keys().all(may_write)
        {
            return self.as_superuser().write(model, ids, values);
        }
        self.require_records(model, Operation::Write, ids)?;
        let mut values = values.clone();
        if let Some(rewrite) = model.spec.rewrite {
            rewrite(&mut values);
        }
        if let Some(name) = values.keys().find(|name| model.field(name).is_none()) {
            return Err(Fault::python("KeyError", format_args!("'{name}'")));
        }
        let mut columns = Vec::new();
        for field in model.fields().iter().filter(|field| field.is_own_column()) {
            if let Some(value) = values.get(field.name) {
                let value = column::keep(self, model, field, value)?;
                if field.required && value == json!(false) {
                    return Err(Fault::required(
                        (field.label, field.name),
                        (model.spec.label, model.name()),
                    ));
                }
                columns.push((field.name, value));
            }
        }
        columns.extend([
            ("write_uid", json!(self.user)),
            ("write_date", clock::now().into()),
        ]);
        for &id in ids {
            let Some(mut row) = self.data.row(model.name(), id).cloned() else {
                continue;
            };
            for (name, value) in &columns {
                row.set(name, value.clone());
            }
            self.data.put(model, id, row);
            self.assign_elsewhere(model, id, &values)?;
            self.verify(model, id)?;
        }
        Ok(())
    }

    /// Carries out what a value means for other records: relational commands, related and inherited fields.
    fn assign_elsewhere(
        &mut self,
        model: &'static Model,
        id: i64,
        values: &Values,
    ) -> Result<(), Fault> {
        for (name, value) in values {
            let Some(field) = model.field(name) else {
                continue;
            };
            match field.source {
                Source::Related(via, target) => {
                    self.assign_related(model, id, (via, target), value)?;
                }
                Source::Column | Source::Mirror(_) if field.kind.is_many() => {
                    self.without_defaults().command(model, id, field, value)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn assign_related(
        &mut self,
        model: &'static Model,
        id: i64,
        (via, target): (&str, &str),
        value: &Value,
    ) -> Result<(), Fault> {
        let other = model
            .field(via)
            .and_then(|field| registry::model(field.kind.comodel()?));
        let held = self.data.row(model.name(), id).and_then(|row| row.id(via));
        match other.zip(held) {
            Some((other, held)) => self.write(
                other,
                &[held],
                &Map::from_iter([(target.to_owned(), value.clone())]),
            ),
            None => Ok(()),
        }
    }

    /// Holds a record to its model's rules.
    fn verify(&self, model: &'static Model, id: i64) -> Result<(), Fault> {
        let Some(row) = self.data.row(model.name(), id) else {
            return Ok(());
        };
        for (column, text) in model.spec.unique {
            let Some(value) = row.get(column).filter(|value| value.is_string()) else {
                continue;
            };
            if self
                .data
                .rows(model.name())
                .any(|(other, row)| other != id && row.get(column) == Some(value))
            {
                return Err(Fault::integrity(text));
            }
        }
        model
            .spec
            .check
            .map_or(Ok(()), |check| check(self.data, id, row))
    }

    /// Deletes records, and what cannot be without them.
    pub(crate) fn unlink(&mut self, model: &'static Model, ids: &[i64]) -> Result<(), Fault> {
        self.require_records(model, Operation::Unlink, ids)?;
        for &id in ids {
            // An earlier one may have taken this one with it.
            let Some(row) = self.data.row(model.name(), id) else {
                continue;
            };
            if let Some(refuse) = model.spec.before_unlink {
                refuse(self.data, id, row)?;
            }
            // First itself, so that a loop of records that go with each other ends.
            self.data.remove(model, id);
            self.release(model, id)?;
        }
        Ok(())
    }

    /// Frees a record from those that lead to it, or refuses.
    fn release(&mut self, model: &'static Model, id: i64) -> Result<(), Fault> {
        for other in registry::models() {
            for field in other
                .fields()
                .iter()
                .filter(|field| field.kind.comodel() == Some(model.name()))
            {
                if !matches!(
                    (field.source, field.kind),
                    (Source::Column, Kind::Many2one(_) | Kind::Many2many(_))
                ) {
                    continue;
                }
                for holder in self.data.holders(other.name(), field.name, id) {
                    match field.on_delete {
                        _ if field.kind.is_many() => self.unlink_from(other, holder, field, id),
                        OnDelete::Unset => self.set_column(other, holder, field, json!(false)),
                        OnDelete::Cascade => self.as_superuser().unlink(other, &[holder])?,
                        OnDelete::Refuse => {
                            let (field, other) =
                                ((field.label, field.name), (other.spec.label, other.name()));
                            return Err(Fault::still_in_use(field, other));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn unlink_from(&mut self, model: &'static Model, holder: i64, field: &Field, id: i64) {
        let held = self
            .data
            .row(model.name(), holder)
            .and_then(|row| row.get(field.name))
            .map(ids_in);
        let rest: Vec<i64> = held
            .unwrap_or_default()
            .into_iter()
            .filter(|&held| held != id)
            .collect();
        self.set_column(model, holder, field, rest.into());
    }

    /// Sets one column as the database does: no rights, no rules.
    pub(crate) fn set_column(
        &mut self,
        model: &'static Model,
        id: i64,
        field: &Field,
        value: Value,
    ) {
        if let Some(mut row) = self.data.row(model.name(), id).cloned() {
            row.set(field.name, value);
            self.data.put(model, id, row);
        }
    }

    /// Makes a copy of a record, with other values where some are given, and returns its id.
    pub(crate) fn copy(
        &mut self,
        model: &'static Model,
        id: i64,
        default: &Values,
    ) -> Result<i64, Fault> {
        self.require_records(model, Operation::Read, &[id])?;
        let mut values = self.copied_values(model, id);
        if !default.contains_key("name")
            && let Some(Value::String(name)) = values.get_mut("name")
        {
            name.push_str(" (copy)");
        }
        values.extend(default.clone());
        self.create(model, values)
    }

    fn copied_values(&self, model: &'static Model, id: i64) -> Values {
        let Some(row) = self.data.row(model.name(), id) else {
            return Values::new();
        };
        let is_copied = |field: &&Field| {
            !field.uncopied && matches!(field.source, Source::Column)
                || field.inherited && field.kind == Kind::Char
        };
        let fields = model
            .fields()
            .iter()
            .filter(|field| field.name != "id")
            .filter(is_copied);
        let via = model.spec.inherits.map(|(_, via)| via);
        let fields = fields.filter(|field| Some(field.name) != via);
        let value = |field: &Field| {
            let value = self.data.value(model, id, row, field);
            match field.kind {
                Kind::One2many(other, back) => {
                    let Some(other) = registry::model(other) else {
                        return json!([]);
                    };
                    let copies = ids_in(&value).into_iter().map(|id| {
                        let mut values = self.copied_values(other, id);
                        values.remove(back);
                        json!([0, 0, values])
                    });
                    copies.collect()
                }
                Kind::Many2many(_) => json!([[6, 0, value]]),
                _ => value,
            }
        };
        fields
            .map(|field| (field.name.to_owned(), value(field)))
            .collect()
    }
}

impl Field {
    /// Returns whether the record itself keeps the value, and callers may set it.
    fn is_own_column(&self) -> bool {
        const KEPT_BY_ODOO: [&str; 5] =
            ["id", "create_uid", "create_date", "write_uid", "write_date"];
        matches!(self.source, Source::Column)
            && !self.kind.is_many()
            && !KEPT_BY_ODOO.contains(&self.name)
    }
}
