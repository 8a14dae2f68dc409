//! What a call touches: every model behind its domains, values, context and order.
//!
//! A call names one model, and reaches others: by a path in a domain, a command
//! in a value, a default in the context. [`footprint()`] works out all of them
//! before anything is sent, as rows of (model, permission, part), and
//! [`Scope::verdict`](crate::Scope::verdict) checks the rows.
//!
//! It is pure: it is handed the answers of `fields_get` that are at hand, and
//! says which others it needs.
//!
//! ```
//! use std::collections::HashMap;
//! use odoo_scope::footprint::{Call, Footprint, ModelSchema, Verb, footprint};
//! use odoo_scope::policy::Policy;
//! use odoo_scope::Scope;
//! use serde_json::json;
//!
//! let scope = Scope::parse("res.partner:RW")?;
//! let policy = Policy::default();
//! let values = json!({"user_ids": [[1, 2, {"password": "x"}]]});
//! let call = Call {
//!     model: "res.partner",
//!     verb: Verb::Write { values: values.as_object().unwrap() },
//!     context: None,
//! };
//!
//! // Schemas are fetched until the footprint is complete.
//! let mut schemas = HashMap::new();
//! let rows = loop {
//!     match footprint(&call, &schemas, &policy)? {
//!         Footprint::Complete(rows) => break rows,
//!         Footprint::Needs { models, rows } => {
//!             // What is denied already needs no further schema.
//!             if scope.verdict(&rows, &policy).is_err() {
//!                 break rows;
//!             }
//!             for model in models {
//!                 let answer = fields_get(&model);
//!                 schemas.insert(model, ModelSchema::from_fields_get(&answer).unwrap());
//!             }
//!         }
//!     }
//! };
//!
//! let denied = scope.verdict(&rows, &policy).unwrap_err();
//! assert_eq!(
//!     denied.to_string(),
//!     "`values.user_ids[0]` reaches `res.users`, which this key may not write \
//!      (needs W on `res.users`; the key has none)",
//! );
//! # fn fields_get(_: &str) -> serde_json::Value {
//! #     json!({"user_ids": {"type": "one2many", "relation": "res.users", "relation_field": "partner_id"}})
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What needs which permission:
//!
//! | in the call | needs |
//! |---|---|
//! | a field read, compared with or sorted by | R there, and the field permitted |
//! | a hop of a dotted path, the domain of `any` | R on the model it leads to |
//! | a relation compared with a text, `child_of`, `parent_of` | R on the relation's model |
//! | sorting by a many2one | R on its model, by whose order Odoo sorts; `partner_id.id` needs none |
//! | a many2one or reference set | R on the model pointed to; on all models where the call does not tell it |
//! | `[0, 0, {…}]`, `[1, id, {…}]` | W on the relation's model, and what the values need |
//! | `[2, id]` | D |
//! | `[4, id]`, `[6, 0, ids]` | R for many2many; W for one2many, where the record itself changes |
//! | `[3, id]`, `[5]`, `[6, 0, ids]` on what is there | the same, and for one2many D as well unless [`OnDelete::Keep`] is known |
//! | a file that is the content of a field: `res_field` of an attachment | W on the model of the field, and the field permitted |
//! | a related field written | W on the model at the end, as if written there |
//! | a record created whose model has `_inherits` | W on the parent too, unless it is linked |
//! | `default_…` in the context | as the value would need in `create`, in every model created |
//!
//! What Odoo does by itself when it computes a field or runs a method, it does
//! in its own responsibility: that is not part of a footprint.
//! So a related field that is *read* counts as the model's own.

mod commands;
mod context;
mod domain;
mod fields;
mod order;
mod refusal;
mod row;
mod schema;
mod values;
mod walk;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

pub use refusal::{Problem, Refusal};
pub use row::{ANY_MODEL, Part, Reason, Row};
pub use schema::{ATTRIBUTES, FieldSchema, ModelSchema, OnDelete, Schema};

use crate::grant::is_model_name;
use crate::permission::Permission;
use crate::policy::Policy;
use row::Step;
use values::Purpose;
use walk::{Touched, Walker};

/// A call, as far as it can reach anything.
#[derive(Clone, Copy, Debug)]
pub struct Call<'c> {
    /// The model called.
    pub model: &'c str,
    /// What is called there.
    pub verb: Verb<'c>,
    /// The context sent along.
    pub context: Option<&'c Map<String, Value>>,
}

/// What is called, with the arguments that can reach anything.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Verb<'c> {
    /// `search`, `search_count` and `search_read`.
    Search {
        /// The domain.
        domain: &'c Value,
        /// The order clause.
        order: Option<&'c str>,
        /// What is read of the records found.
        read: Fields<'c>,
    },
    /// `read`.
    Read {
        /// What is read.
        fields: Fields<'c>,
    },
    /// `name_search`: reads display names, and searches by them.
    NameSearch {
        /// The domain.
        domain: &'c Value,
    },
    /// `fields_get`, whose answer [`Policy`] and scope narrow afterwards.
    FieldsGet,
    /// `default_get`.
    DefaultGet {
        /// The fields whose defaults are asked for.
        fields: Fields<'c>,
    },
    /// `create`.
    Create {
        /// The values, one object for each record.
        records: &'c [Map<String, Value>],
    },
    /// `write`.
    Write {
        /// The values.
        values: &'c Map<String, Value>,
    },
    /// `unlink`.
    Unlink,
}

/// The fields that a call reads.
#[derive(Clone, Copy, Debug)]
pub enum Fields<'c> {
    /// None: only ids come back.
    None,
    /// All there are. Where [`Scope::reads_all_fields`](crate::Scope::reads_all_fields)
    /// says no, name those that may be read instead.
    All,
    /// Those named; an empty list means all, as in Odoo.
    Named(&'c [String]),
}

/// What a call touches, as far as the schemas at hand tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Footprint {
    /// Every row.
    Complete(Vec<Row>),
    /// The rows so far: the rest hides behind models whose schemas are missing.
    Needs {
        /// The models whose schemas to fetch.
        models: BTreeSet<String>,
        /// The rows that are certain already.
        rows: Vec<Row>,
    },
}

/// Works out what a call touches.
///
/// # Errors
///
/// When a part of the call is such that it is not certain what Odoo would do
/// with it: an unknown field, operator or context key, a value of a shape that
/// does not belong there.
pub fn footprint(
    call: &Call<'_>,
    schema: &dyn Schema,
    policy: &Policy,
) -> Result<Footprint, Refusal> {
    let mut walker = Walker::new(schema);
    walker.call(call)?;
    if let Some(context) = call.context {
        walker.context(call.model, context, policy)?;
    }
    let rows = walker.rows;
    if walker.needs.is_empty() {
        return Ok(Footprint::Complete(rows));
    }
    let models = walker.needs.into_iter().map(str::to_owned).collect();
    Ok(Footprint::Needs { models, rows })
}

impl<'a> Walker<'a> {
    fn call(&mut self, call: &Call<'a>) -> Result<(), Refusal> {
        let model = call.model;
        if !is_model_name(model) {
            return self.at(Step::Name("model"), |walker| {
                Err(walker.shape("the name of a model"))
            });
        }
        let permission = match call.verb {
            Verb::Create { .. } | Verb::Write { .. } => Permission::Write,
            Verb::Unlink => Permission::Delete,
            _ => Permission::Read,
        };
        self.touch(model, permission, Touched::Records, Reason::Called);
        match call.verb {
            Verb::Search {
                domain,
                order,
                read,
            } => {
                self.at(Step::Name("domain"), |walker| walker.domain(model, domain))?;
                if let Some(order) = order {
                    self.at(Step::Name("order"), |walker| walker.order(model, order))?;
                }
                self.reads(model, read)
            }
            Verb::NameSearch { domain } => {
                let names = Touched::Field("display_name");
                self.touch(model, Permission::Read, names, Reason::NameSearch);
                self.at(Step::Name("domain"), |walker| walker.domain(model, domain))
            }
            Verb::Read { fields } | Verb::DefaultGet { fields } => self.reads(model, fields),
            Verb::Create { records } => self.at(Step::Name("values"), |walker| match records {
                [values] => walker.values(model, values, Purpose::Create),
                several => several.iter().enumerate().try_for_each(|(index, values)| {
                    walker.at(Step::Index(index), |walker| {
                        walker.values(model, values, Purpose::Create)
                    })
                }),
            }),
            Verb::Write { values } => self.at(Step::Name("values"), |walker| {
                walker.values(model, values, Purpose::Write)
            }),
            Verb::FieldsGet | Verb::Unlink => Ok(()),
        }
    }

    fn reads(&mut self, model: &'a str, fields: Fields<'a>) -> Result<(), Refusal> {
        let named = match fields {
            Fields::None => return Ok(()),
            Fields::All => None,
            Fields::Named(names) => Some(names),
        };
        self.at(Step::Name("fields"), |walker| walker.fields(model, named))
    }
}
