//! One line of a footprint.

use std::fmt;

use crate::permission::Permission;

/// The model of a row, when it may be any: a value points to a record, and what
/// names its model is not in the call.
pub const ANY_MODEL: &str = "*";

/// A model that a call touches, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The model touched, or [`ANY_MODEL`].
    pub model: String,
    /// What is done there.
    pub permission: Permission,
    /// Which part of the model it is done to.
    pub part: Part,
    /// Where in the call this is asked for: `values.user_ids[0][2].password`.
    pub place: String,
    /// Why this place touches the model.
    pub reason: Reason,
}

/// The part of a model that a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The records as such.
    Records,
    /// One field.
    Field(String),
    /// Every field there is, because the call names none.
    AllFields,
}

/// Why a place in a call touches a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The call is about this model.
    Called,
    /// A path leads through or to it.
    Path,
    /// Its records are searched by their names.
    NameSearch,
    /// A domain inside a domain is about it.
    Subdomain,
    /// Its hierarchy is followed.
    Hierarchy,
    /// Records are sorted by its order.
    Order,
    /// A command creates its records.
    Create,
    /// A command changes its records.
    Write,
    /// A command deletes its records.
    Delete,
    /// A command cuts its records loose, or ties them to another record.
    Tie,
    /// A command cuts its records loose, which deletes them.
    CutLoose,
    /// A value points to its records.
    Link,
    /// A field written is in truth a field of it.
    Related,
    /// A record created creates one of it too.
    Inherits,
    /// A file is the content of one of its fields.
    File,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Called => "the call is about it",
            Self::Path => "a path leads there",
            Self::NameSearch => "its records are searched by name",
            Self::Subdomain => "a domain inside the domain is about it",
            Self::Hierarchy => "its hierarchy is followed",
            Self::Order => "its own order decides",
            Self::Create => "a command creates records",
            Self::Write => "a command changes records",
            Self::Delete => "a command deletes records",
            Self::Tie => "a command ties records to another one or cuts them loose",
            Self::CutLoose => "records cut loose are deleted",
            Self::Link => "a value points to a record",
            Self::Related => "the field is in truth one of that model",
            Self::Inherits => "creating the record creates one there",
            Self::File => "the file is the content of a field there",
        })
    }
}

/// A step on the way to a place in a call.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Name(&'a str),
    Index(usize),
}

/// Writes a place as one would in a program: `values.user_ids[0]`.
pub(super) fn show_place(steps: &[Step<'_>]) -> String {
    let mut shown = String::new();
    for step in steps {
        match step {
            Step::Name(name) => {
                if !shown.is_empty() {
                    shown.push('.');
                }
                shown.push_str(name);
            }
            Step::Index(index) => {
                shown.push('[');
                shown.push_str(&index.to_string());
                shown.push(']');
            }
        }
    }
    shown
}
