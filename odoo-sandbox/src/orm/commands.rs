//! Relational commands: what a one2many or many2many does with `[[0, 0, {…}], [4, id], …]`.

use serde_json::{Map, Value, json};

use super::data::ids_in;
use super::env::Env;
use super::python;
use super::registry::Model;
use super::schema::{Field, Kind, OnDelete, Source};
use crate::fault::Fault;

/// One command, by Odoo's numbers 0 to 6.
enum Command<'v> {
    Create(&'v Map<String, Value>),
    Update(i64, &'v Map<String, Value>),
    Delete(i64),
    Unlink(i64),
    Link(i64),
    Clear,
    Set(Vec<i64>),
}

impl<'v> Command<'v> {
    fn parse(command: &'v Value) -> Option<Self> {
        if let Some(id) = command.as_i64() {
            return Some(Self::Link(id));
        }
        let parts = command.as_array()?;
        let id = || parts.get(1).and_then(Value::as_i64);
        let values = || parts.get(2).and_then(Value::as_object);
        Some(match parts.first()?.as_i64()? {
            0 => Self::Create(values()?),
            1 => Self::Update(id()?, values()?),
            2 => Self::Delete(id()?),
            3 => Self::Unlink(id()?),
            4 => Self::Link(id()?),
            5 => Self::Clear,
            6 => Self::Set(ids_in(parts.get(2)?)),
            _ => return None,
        })
    }
}

impl Env<'_> {
    /// Carries out a relation's commands for one record.
    pub(crate) fn command(
        &mut self,
        model: &'static Model,
        id: i64,
        field: &'static Field,
        value: &Value,
    ) -> Result<(), Fault> {
        let commands: Vec<Command<'_>> = match value {
            Value::Null | Value::Bool(false) => vec![Command::Set(Vec::new())],
            // Ids alone replace what is linked.
            Value::Array(ids) if !ids.is_empty() && ids.iter().all(Value::is_i64) => {
                vec![Command::Set(ids_in(value))]
            }
            // A number that is no command's is passed over, as Odoo does.
            Value::Array(commands) => commands.iter().filter_map(Command::parse).collect(),
            other => {
                let (model, field) = (model.name(), field.name);
                let other = other
                    .as_str()
                    .map_or_else(|| python::repr(other), str::to_owned);
                return Err(Fault::value_error(format_args!(
                    "Wrong value for {model}.{field}: {other}"
                )));
            }
        };
        let other = self.model(field.kind.comodel().unwrap_or_default())?;
        let link = Link {
            model,
            id,
            field,
            other,
        };
        for command in commands {
            match command {
                Command::Create(values) => {
                    let mut values = values.clone();
                    if let Kind::One2many(_, back) = field.kind {
                        values.insert(back.to_owned(), id.into());
                    }
                    let made = self.create(other, values)?;
                    self.link(&link, made)?;
                }
                Command::Update(held, values) => self.write(other, &[held], values)?,
                Command::Delete(held) => self.unlink(other, &[held])?,
                Command::Unlink(held) => self.sever(&link, held)?,
                Command::Link(held) => self.link(&link, held)?,
                Command::Clear => self.set_links(&link, &[])?,
                Command::Set(ids) => self.set_links(&link, &ids)?,
            }
        }
        Ok(())
    }

    fn linked(&self, link: &Link) -> Vec<i64> {
        let row = self.data.row(link.model.name(), link.id);
        row.map(|row| ids_in(&self.data.value(link.model, link.id, row, link.field)))
            .unwrap_or_default()
    }

    fn set_links(&mut self, link: &Link, ids: &[i64]) -> Result<(), Fault> {
        for held in self.linked(link) {
            if !ids.contains(&held) {
                self.sever(link, held)?;
            }
        }
        ids.iter().try_for_each(|&held| self.link(link, held))
    }

    fn link(&mut self, link: &Link, held: i64) -> Result<(), Fault> {
        if self.data.row(link.other.name(), held).is_none() {
            return Err(match link.field.kind {
                Kind::One2many(..) => Fault::missing_record(link.other.name(), held, self.user),
                _ => Fault::still_in_use(
                    ("Unknown", link.field.name),
                    ("Unknown", link.other.name()),
                ),
            });
        }
        match (link.field.kind, link.field.source) {
            (Kind::One2many(_, back), _) => {
                if self
                    .data
                    .row(link.other.name(), held)
                    .and_then(|row| row.id(back))
                    == Some(link.id)
                {
                    return Ok(());
                }
                self.write(
                    link.other,
                    &[held],
                    &Map::from_iter([(back.to_owned(), link.id.into())]),
                )
            }
            (_, Source::Mirror(back)) => self.add(link.other, held, back, link.id),
            _ => self.add(link.model, link.id, link.field.name, held),
        }
    }

    /// Adds a record to a many2many.
    fn add(&mut self, model: &'static Model, id: i64, field: &str, held: i64) -> Result<(), Fault> {
        let Some(field) = model.field(field) else {
            return Ok(());
        };
        let mut ids = self.held(model, id, field);
        if !ids.contains(&held) {
            ids.push(held);
            self.set_column(model, id, field, ids.into());
        }
        Ok(())
    }

    /// Takes a record out of a relation; one that cannot be without its owner is deleted.
    fn sever(&mut self, link: &Link, held: i64) -> Result<(), Fault> {
        let (model, id, field, held) = match (link.field.kind, link.field.source) {
            (Kind::One2many(_, back), _) => {
                let Some(back) = link.other.field(back) else {
                    return Ok(());
                };
                if back.on_delete == OnDelete::Cascade {
                    return self.unlink(link.other, &[held]);
                }
                return self.write(
                    link.other,
                    &[held],
                    &Map::from_iter([(back.name.to_owned(), json!(false))]),
                );
            }
            (_, Source::Mirror(back)) => (link.other, held, back, link.id),
            _ => (link.model, link.id, link.field.name, held),
        };
        if let Some(field) = model.field(field) {
            let mut ids = self.held(model, id, field);
            ids.retain(|&other| other != held);
            self.set_column(model, id, field, ids.into());
        }
        Ok(())
    }

    fn held(&self, model: &'static Model, id: i64, field: &Field) -> Vec<i64> {
        let row = self.data.row(model.name(), id);
        row.and_then(|row| row.get(field.name))
            .map(ids_in)
            .unwrap_or_default()
    }
}

/// One record's relation, and the model on its other side.
struct Link {
    model: &'static Model,
    id: i64,
    field: &'static Field,
    other: &'static Model,
}
