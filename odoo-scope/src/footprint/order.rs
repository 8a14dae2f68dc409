//! Order clauses.

use super::refusal::{Problem, Refusal};
use super::row::Reason;
use super::schema::{FieldSchema, Kind};
use super::walk::{Touched, Walker};
use crate::permission::Permission::Read;

impl<'a> Walker<'a> {
    /// Walks an order clause: `name desc, date_order nulls last`.
    pub(super) fn order(&mut self, model: &'a str, order: &'a str) -> Result<(), Refusal> {
        for term in order.split(',') {
            self.term(model, term)?;
        }
        Ok(())
    }

    fn term(&mut self, model: &'a str, term: &'a str) -> Result<(), Refusal> {
        let mut words = term.split_ascii_whitespace();
        let expression = words.next().unwrap_or_default();
        let rest: Vec<_> = words.map(str::to_ascii_lowercase).collect();
        let rest: Vec<_> = rest.iter().map(String::as_str).collect();
        let is_understood = matches!(
            rest.as_slice(),
            [] | ["asc" | "desc"]
                | ["nulls", "first" | "last"]
                | ["asc" | "desc", "nulls", "first" | "last"]
        );
        if expression.is_empty() || !is_understood {
            return Err(self.shape("fields with `asc` or `desc`, separated by commas"));
        }
        let (name, part) = match expression.split_once('.') {
            Some((name, part)) => (name, Some(part)),
            None => (expression, None),
        };
        self.touch(model, Read, Touched::Field(name), Reason::Called);
        if name == "id" && part.is_none() {
            return Ok(());
        }
        let Some(field) = self.field(model, name)? else {
            return Ok(());
        };
        match (field.relation(), part) {
            // `partner_id.id` sorts by the number itself; every other path is a
            // fault in Odoo.
            (Some(_), Some("id")) | (None, None) => Ok(()),
            (Some(comodel), None) => {
                self.touch(comodel, Read, Touched::Records, Reason::Order);
                Ok(())
            }
            (None, Some(part)) if is_part(field, part) => Ok(()),
            _ => Err(self.refusal(Problem::NoRelation {
                field: name.to_owned(),
            })),
        }
    }
}

/// Returns true for one of the properties, which are sorted like fields.
fn is_part(field: &FieldSchema, part: &str) -> bool {
    field.kind == Kind::Properties && !part.is_empty() && !part.contains('.')
}
