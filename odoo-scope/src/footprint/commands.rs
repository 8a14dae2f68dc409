//! Commands on one2many and many2many fields.

use serde_json::Value;

use super::refusal::Refusal;
use super::row::{Reason, Step};
use super::schema::{Kind, OnDelete};
use super::values::{Assigned, Purpose};
use super::walk::{Touched, Walker};
use crate::permission::Permission::{Delete, Read, Write};

impl<'a> Walker<'a> {
    /// Walks the value of a one2many or many2many field.
    pub(super) fn commands(&mut self, assigned: Assigned<'a>) -> Result<(), Refusal> {
        let Some(comodel) = assigned.field.relation() else {
            return Err(self.shape("a relation to a known model"));
        };
        match assigned.value {
            // Odoo clears the field; a record only now created has nothing in it.
            Value::Null | Value::Bool(false) if assigned.purpose == Purpose::Create => {}
            Value::Null | Value::Bool(false) => self.cuts_loose(comodel, assigned),
            Value::Array(items) if items.is_empty() => {}
            // A list of ids replaces what is there.
            Value::Array(items) if items.iter().all(Value::is_i64) => {
                self.replaces(comodel, assigned, true, 0);
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.at(Step::Index(index), |walker| {
                        walker.command(comodel, item, assigned, index)
                    })?;
                }
            }
            _ => return Err(self.shape("a list of commands, or a list of ids")),
        }
        Ok(())
    }

    fn command(
        &mut self,
        comodel: &'a str,
        command: &'a Value,
        assigned: Assigned<'a>,
        index: usize,
    ) -> Result<(), Refusal> {
        let Value::Array(parts) = command else {
            return Err(self.shape("a command like `[4, id]`, and no ids among commands"));
        };
        let code = parts
            .first()
            .filter(|code| code.is_i64())
            .and_then(Value::as_i64);
        match (code, parts.as_slice()) {
            (Some(0), [_, virtual_id, Value::Object(values)]) if is_single(virtual_id) => {
                self.touch(comodel, Write, Touched::Records, Reason::Create);
                self.inverse(comodel, assigned);
                self.at(Step::Index(2), |walker| {
                    walker.deeper(|walker| walker.values(comodel, values, Purpose::Create))
                })
            }
            (Some(1), [_, id, Value::Object(values)]) if id.is_i64() => {
                self.touch(comodel, Write, Touched::Records, Reason::Write);
                self.at(Step::Index(2), |walker| {
                    walker.deeper(|walker| walker.values(comodel, values, Purpose::Write))
                })
            }
            (Some(2), [_, id] | [_, id, _]) if id.is_i64() => {
                self.touch(comodel, Delete, Touched::Records, Reason::Delete);
                Ok(())
            }
            (Some(3), [_, id] | [_, id, _]) if id.is_i64() => {
                self.cuts_loose(comodel, assigned);
                Ok(())
            }
            (Some(4), [_, id] | [_, id, _]) if id.is_i64() => {
                self.ties(comodel, assigned);
                Ok(())
            }
            (Some(5), [_] | [_, _] | [_, _, _]) => {
                self.replaces(comodel, assigned, false, index);
                Ok(())
            }
            (Some(6), [_, _, Value::Array(ids)]) if ids.iter().all(Value::is_i64) => {
                self.replaces(comodel, assigned, !ids.is_empty(), index);
                Ok(())
            }
            _ => Err(self.shape(
                "a command: `[0, 0, {…}]`, `[1, id, {…}]`, `[2, id]`, `[3, id]`, `[4, id]`, \
                 `[5]` or `[6, 0, [ids]]`",
            )),
        }
    }

    /// Commands 5 and 6: what is there is cut loose, what is named is tied.
    fn replaces(
        &mut self,
        comodel: &'a str,
        assigned: Assigned<'a>,
        names_records: bool,
        commands_before: usize,
    ) {
        // A record which is only now created has nothing there, but for what
        // commands before this one put there, and those Odoo 14 takes away
        // when others are named.
        let has_records = match assigned.purpose {
            Purpose::Write => true,
            Purpose::Create => names_records && commands_before > 0,
        };
        if has_records {
            self.cuts_loose(comodel, assigned);
        } else {
            self.ties(comodel, assigned);
        }
    }

    /// In a one2many field the records themselves change; in a many2many field
    /// they are only pointed to.
    fn ties(&mut self, comodel: &'a str, assigned: Assigned<'a>) {
        let permission = match assigned.field.kind {
            Kind::One2many => Write,
            _ => Read,
        };
        self.touch(comodel, permission, Touched::Records, Reason::Tie);
        self.inverse(comodel, assigned);
    }

    /// Notes the field by which records belong to a one2many field.
    fn inverse(&mut self, comodel: &'a str, assigned: Assigned<'a>) {
        if let (Kind::One2many, Some(name)) = (assigned.field.kind, &assigned.field.relation_field)
        {
            self.touch(comodel, Write, Touched::Field(name), Reason::Tie);
        }
    }

    fn cuts_loose(&mut self, comodel: &'a str, assigned: Assigned<'a>) {
        self.ties(comodel, assigned);
        if assigned.field.kind != Kind::One2many {
            return;
        }
        // Odoo deletes the records when their inverse field cascades, which
        // `fields_get` does not tell: whoever does not know has to fear it.
        let Some(schema) = self.model(comodel) else {
            return;
        };
        let inverse = assigned.field.relation_field.as_deref();
        let on_delete = inverse
            .and_then(|name| schema.field(name))
            .and_then(|field| field.on_delete);
        if on_delete != Some(OnDelete::Keep) {
            self.touch(comodel, Delete, Touched::Records, Reason::CutLoose);
        }
    }
}

fn is_single(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}
