//! The walk through a call: what every part of it has in common.

use std::collections::{BTreeSet, HashSet};

use super::refusal::{Problem, Refusal};
use super::row::{Part, Reason, Row, Step, show_place};
use super::schema::{FieldSchema, ModelSchema, Schema};
use crate::permission::Permission;

/// How deep domains, commands and related fields may be nested.
const DEEPEST: usize = 32;

/// Collects the rows of a call. A model whose schema is not at hand is noted,
/// and what lies behind it is left out.
pub(super) struct Walker<'a> {
    schema: &'a dyn Schema,
    pub(super) rows: Vec<Row>,
    seen: HashSet<(&'a str, Permission, Touched<'a>)>,
    pub(super) needs: BTreeSet<&'a str>,
    place: Vec<Step<'a>>,
    depth: usize,
    /// The models of which the call creates records, in the order of discovery.
    pub(super) created: Vec<&'a str>,
}

/// A [`Part`], borrowed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Touched<'a> {
    Records,
    Field(&'a str),
    AllFields,
}

impl<'a> Walker<'a> {
    pub(super) fn new(schema: &'a dyn Schema) -> Self {
        Self {
            schema,
            rows: Vec::new(),
            seen: HashSet::new(),
            needs: BTreeSet::new(),
            place: Vec::new(),
            depth: 0,
            created: Vec::new(),
        }
    }

    /// Notes that the call touches a model. The first place to do so is kept.
    pub(super) fn touch(
        &mut self,
        model: &'a str,
        permission: Permission,
        touched: Touched<'a>,
        reason: Reason,
    ) {
        if !self.seen.insert((model, permission, touched)) {
            return;
        }
        self.rows.push(Row {
            model: model.to_owned(),
            permission,
            part: match touched {
                Touched::Records => Part::Records,
                Touched::Field(name) => Part::Field(name.to_owned()),
                Touched::AllFields => Part::AllFields,
            },
            place: show_place(&self.place),
            reason,
        });
    }

    /// Returns a model's schema, or notes that it has to be fetched.
    pub(super) fn model(&mut self, name: &'a str) -> Option<&'a ModelSchema> {
        let schema = self.schema.model(name);
        if schema.is_none() {
            self.needs.insert(name);
        }
        schema
    }

    /// Returns a model's field; nothing when the schema has to be fetched first.
    pub(super) fn field(
        &mut self,
        model: &'a str,
        name: &'a str,
    ) -> Result<Option<&'a FieldSchema>, Refusal> {
        let Some(schema) = self.model(model) else {
            return Ok(None);
        };
        match schema.field(name) {
            Some(field) => Ok(Some(field)),
            None => Err(self.refusal(Problem::unknown_field(model, name, schema))),
        }
    }

    /// Notes that the call creates records of a model.
    pub(super) fn creates(&mut self, model: &'a str) {
        if !self.created.contains(&model) {
            self.created.push(model);
        }
    }

    /// Walks on at a step further in.
    pub(super) fn at(
        &mut self,
        step: Step<'a>,
        walk: impl FnOnce(&mut Self) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.place.push(step);
        let result = walk(self);
        self.place.pop();
        result
    }

    /// Walks on a level deeper.
    pub(super) fn deeper(
        &mut self,
        walk: impl FnOnce(&mut Self) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        if self.depth == DEEPEST {
            return Err(self.refusal(Problem::TooDeep));
        }
        self.depth += 1;
        let result = walk(self);
        self.depth -= 1;
        result
    }

    pub(super) fn refusal(&self, problem: Problem) -> Refusal {
        Refusal {
            place: show_place(&self.place),
            problem,
        }
    }

    pub(super) fn shape(&self, expected: &'static str) -> Refusal {
        self.refusal(Problem::Shape { expected })
    }
}
