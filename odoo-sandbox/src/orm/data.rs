//! The records: tables of rows, an index of every relation, and a way back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::registry::{self, Model};
use super::schema::{Field, Kind, Source};

/// All records of one database.
#[derive(Default)]
pub(crate) struct Data {
    tables: BTreeMap<&'static str, Table>,
    /// What each row was before the call under way touched it, the last touched last.
    undo: Vec<(&'static str, i64, Option<Row>)>,
}

#[derive(Default)]
struct Table {
    rows: BTreeMap<i64, Row>,
    last_id: i64,
    /// For each relation that the rows hold: which rows hold which record.
    holders: HashMap<&'static str, HashMap<i64, BTreeSet<i64>>>,
}

/// One record's own columns. A column that is absent has no value.
#[derive(Clone, Default)]
pub(crate) struct Row(BTreeMap<&'static str, Value>);

impl Row {
    pub(crate) fn get(&self, column: &str) -> Option<&Value> {
        self.0.get(column)
    }

    /// Sets a column; `false` is kept too, so that it reads as it was written.
    pub(crate) fn set(&mut self, column: &'static str, value: Value) {
        self.0.insert(column, value);
    }

    pub(crate) fn text(&self, column: &str) -> &str {
        self.get(column).and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn flag(&self, column: &str) -> bool {
        self.get(column)
            .and_then(Value::as_bool)
            .unwrap_or_default()
    }

    pub(crate) fn number(&self, column: &str) -> f64 {
        self.get(column).and_then(Value::as_f64).unwrap_or_default()
    }

    /// Returns the record that a many2one holds.
    pub(crate) fn id(&self, column: &str) -> Option<i64> {
        self.get(column).and_then(Value::as_i64)
    }

    fn links(&self, column: &str) -> Vec<i64> {
        self.get(column).map(ids_in).unwrap_or_default()
    }
}

/// Returns the ids that a relation's raw value holds, of one record or of many.
pub(crate) fn ids_in(value: &Value) -> Vec<i64> {
    match value {
        Value::Array(ids) => ids.iter().filter_map(Value::as_i64).collect(),
        other => other.as_i64().into_iter().collect(),
    }
}

impl Data {
    pub(crate) fn row(&self, model: &str, id: i64) -> Option<&Row> {
        self.tables.get(model)?.rows.get(&id)
    }

    /// Returns a model's records, in the order of their ids.
    pub(crate) fn rows(&self, model: &str) -> impl Iterator<Item = (i64, &Row)> {
        self.tables
            .get(model)
            .into_iter()
            .flat_map(|table| table.rows.iter().map(|(&id, row)| (id, row)))
    }

    /// Returns the records of `model` whose relation `field` holds `id`, in the order of their ids.
    pub(crate) fn holders(&self, model: &str, field: &str, id: i64) -> Vec<i64> {
        let holders = self
            .tables
            .get(model)
            .and_then(|table| table.holders.get(field)?.get(&id));
        holders.into_iter().flatten().copied().collect()
    }

    /// Returns an id that no record of the model has had.
    pub(crate) fn next_id(&mut self, model: &Model) -> i64 {
        let table = self.tables.entry(model.name()).or_default();
        table.last_id += 1;
        table.last_id
    }

    /// Puts a record in place of the one with this id, if there is one.
    pub(crate) fn put(&mut self, model: &'static Model, id: i64, row: Row) {
        let before = self.replace(model, id, Some(row));
        self.undo.push((model.name(), id, before));
    }

    pub(crate) fn remove(&mut self, model: &'static Model, id: i64) {
        let before = self.replace(model, id, None);
        self.undo.push((model.name(), id, before));
    }

    /// Makes what was done since the last commit final.
    pub(crate) fn commit(&mut self) {
        self.undo.clear();
    }

    /// Takes back what was done since the last commit; used ids stay used, as in a database.
    pub(crate) fn roll_back(&mut self) {
        while let Some((name, id, before)) = self.undo.pop() {
            if let Some(model) = registry::model(name) {
                self.replace(model, id, before);
            }
        }
    }

    fn replace(&mut self, model: &'static Model, id: i64, row: Option<Row>) -> Option<Row> {
        let table = self.tables.entry(model.name()).or_default();
        table.last_id = table.last_id.max(id);
        let before = table.rows.remove(&id);
        for field in model.fields().iter().filter(|field| field.is_held()) {
            let holders = table.holders.entry(field.name).or_default();
            for held in before.iter().flat_map(|row| row.links(field.name)) {
                if let Some(rows) = holders.get_mut(&held) {
                    rows.remove(&id);
                }
            }
            for held in row.iter().flat_map(|row| row.links(field.name)) {
                holders.entry(held).or_default().insert(id);
            }
        }
        if let Some(row) = row {
            table.rows.insert(id, row);
        }
        before
    }

    /// Returns a field's value as it is kept: a relation as an id or a list of ids, no value as `false`.
    pub(crate) fn value(&self, model: &Model, id: i64, row: &Row, field: &Field) -> Value {
        match (field.source, field.kind) {
            _ if field.name == "id" => id.into(),
            _ if field.masked => "".into(),
            _ if field.name == "display_name" => (model.spec.display_name)(self, id, row).into(),
            (Source::Computed(compute), _) => compute(self, id, row),
            (Source::Related(via, target), _) => self
                .related(model, row, via, target)
                .unwrap_or_else(|| field.kind.empty()),
            (Source::Mirror(back), Kind::Many2many(other)) | (_, Kind::One2many(other, back)) => {
                self.holders(other, back, id).into()
            }
            _ => row
                .get(field.name)
                .cloned()
                .unwrap_or_else(|| field.kind.empty()),
        }
    }

    fn related(&self, model: &Model, row: &Row, via: &str, target: &str) -> Option<Value> {
        let other = registry::model(model.field(via)?.kind.comodel()?)?;
        let id = row.id(via)?;
        Some(self.value(other, id, self.row(other.name(), id)?, other.field(target)?))
    }

    pub(crate) fn is_archived(&self, model: &Model, id: i64, row: &Row) -> bool {
        let active = model.field("active");
        active.is_some_and(|active| self.value(model, id, row, active) == json!(false))
    }

    /// Returns what a record is called, or nothing if there is none.
    pub(crate) fn display_name(&self, model: &str, id: i64) -> String {
        let found = registry::model(model).zip(self.row(model, id));
        found
            .map(|(model, row)| (model.spec.display_name)(self, id, row))
            .unwrap_or_default()
    }
}

impl Field {
    /// Returns whether rows hold the field as ids of other records.
    fn is_held(&self) -> bool {
        matches!(
            (self.source, self.kind),
            (Source::Column, Kind::Many2one(_) | Kind::Many2many(_))
        )
    }
}

impl Kind {
    /// Returns how a field without a value reads.
    pub(crate) fn empty(self) -> Value {
        match self {
            Self::Integer => json!(0),
            Self::Float | Self::Monetary => json!(0.0),
            _ if self.is_many() => json!([]),
            _ => json!(false),
        }
    }
}
