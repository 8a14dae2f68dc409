//! How a model is declared: its fields, its access rights, its buttons.

use serde_json::{Map, Value};

use super::{Data, Env, Row};
use crate::fault::Fault;

/// One model, declared in a file of `models/`.
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    /// What Odoo's messages call one record of it.
    pub(crate) label: &'static str,
    /// The order of records when a caller names none.
    pub(crate) order: &'static str,
    pub(crate) fields: &'static [Field],
    /// `_inherits`: the model whose fields this one shows as its own, and the many2one that leads to it.
    pub(crate) inherits: Option<(&'static str, &'static str)>,
    /// The fields that `name_search` looks at.
    pub(crate) searched_names: &'static [&'static str],
    pub(crate) display_name: fn(&Data, i64, &Row) -> String,
    pub(crate) access: Access,
    /// Replaces values that stand for others, before a `create` or a `write`.
    pub(crate) rewrite: Option<fn(&mut Map<String, Value>)>,
    /// Fills in and completes values before a record is made.
    pub(crate) before_create: Option<Complete>,
    /// Refuses a record that breaks one of the model's own rules; it runs after each `create` and `write`.
    pub(crate) check: Option<Rule>,
    /// The fields that users may write on the record that is their own.
    pub(crate) own_fields: &'static [&'static str],
    /// Refuses to delete a record.
    pub(crate) before_unlink: Option<Rule>,
    /// Columns of which no two records may have the same value, with what Odoo says then.
    pub(crate) unique: &'static [(&'static str, &'static str)],
    pub(crate) buttons: &'static [(&'static str, Button)],
    /// The records that a new sandbox starts with: their columns, and their `id`.
    pub(crate) sample: fn() -> Vec<Value>,
}

/// Completes the values of a record to be.
pub(crate) type Complete = fn(&mut Env<'_>, &mut Map<String, Value>) -> Result<(), Fault>;

/// Refuses a record, by its id and its row.
pub(crate) type Rule = fn(&Data, i64, &Row) -> Result<(), Fault>;

/// A method of one model: it is handed the ids that it was called on.
pub(crate) type Button = fn(&mut Env<'_>, &[i64]) -> Result<Value, Fault>;

impl Spec {
    /// Returns a model with a `name` field's worth of defaults, for `..Spec::DEFAULT`.
    pub(crate) const DEFAULT: Self = Self {
        name: "",
        label: "",
        order: "id",
        fields: &[],
        inherits: None,
        searched_names: &["name"],
        display_name: |_, _, row| row.text("name").to_owned(),
        access: Access::READ,
        rewrite: None,
        before_create: None,
        check: None,
        own_fields: &[],
        before_unlink: None,
        unique: &[],
        buttons: &[],
        sample: Vec::new,
    };
}

/// What the ordinary user may do with a model; the administrator may do all.
pub(crate) struct Access {
    pub(crate) read: bool,
    pub(crate) create: bool,
    pub(crate) write: bool,
    pub(crate) unlink: bool,
    /// The group that Odoo's refusal names.
    pub(crate) group: &'static str,
    /// Which records the ordinary user sees, by the user's id. Without a rule, all.
    pub(crate) rule: Option<fn(i64, &Row) -> bool>,
}

impl Access {
    pub(crate) const ALL: Self = Self {
        read: true,
        create: true,
        write: true,
        unlink: true,
        group: "Role / Administrator",
        rule: None,
    };
    pub(crate) const READ: Self = Self {
        create: false,
        write: false,
        unlink: false,
        ..Self::ALL
    };
    pub(crate) const NONE: Self = Self {
        read: false,
        ..Self::READ
    };

    pub(crate) const fn group(mut self, name: &'static str) -> Self {
        self.group = name;
        self
    }
}

/// One field of a model.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: Kind,
    pub(crate) source: Source,
    pub(crate) default: Option<fn(&Env<'_>) -> Value>,
    pub(crate) required: bool,
    pub(crate) readonly: bool,
    pub(crate) store: bool,
    /// Whether `copy` leaves the value out.
    pub(crate) uncopied: bool,
    /// Whether the value can be written but reads as an empty text.
    pub(crate) masked: bool,
    /// What becomes of the record when the one that its many2one holds is deleted.
    pub(crate) on_delete: OnDelete,
    pub(crate) inherited: bool,
}

/// A field's type, as `fields_get` names it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Char,
    Text,
    Html,
    Integer,
    Float,
    Monetary,
    Boolean,
    Date,
    Datetime,
    Binary,
    Selection(&'static [(&'static str, &'static str)]),
    Many2one(&'static str),
    /// The other model, and its many2one that leads back.
    One2many(&'static str, &'static str),
    Many2many(&'static str),
}

/// Where a field's value comes from.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    /// The record itself.
    Column,
    /// A field of the record that a many2one leads to.
    Related(&'static str, &'static str),
    /// The other side of another model's many2many, by that field's name.
    Mirror(&'static str),
    /// A function of the record.
    Computed(fn(&Data, i64, &Row) -> Value),
}

/// What becomes of a record when one that it leads to is deleted.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum OnDelete {
    Unset,
    Refuse,
    Cascade,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Char => "char",
            Self::Text => "text",
            Self::Html => "html",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Monetary => "monetary",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Binary => "binary",
            Self::Selection(_) => "selection",
            Self::Many2one(_) => "many2one",
            Self::One2many(..) => "one2many",
            Self::Many2many(_) => "many2many",
        }
    }

    /// Returns the model on the other side of a relation.
    pub(crate) const fn comodel(self) -> Option<&'static str> {
        match self {
            Self::Many2one(model) | Self::One2many(model, _) | Self::Many2many(model) => {
                Some(model)
            }
            _ => None,
        }
    }

    /// Returns whether a record holds any number of the others: one2many or many2many.
    pub(crate) const fn is_many(self) -> bool {
        matches!(self, Self::One2many(..) | Self::Many2many(_))
    }
}

impl Field {
    const fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            kind,
            source: Source::Column,
            default: None,
            required: false,
            readonly: false,
            store: true,
            uncopied: matches!(kind, Kind::One2many(..)),
            masked: false,
            on_delete: OnDelete::Unset,
            inherited: false,
        }
    }

    /// Refuses records without a value; what the field leads to cannot be deleted before the record.
    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self.on_delete = OnDelete::Refuse;
        self
    }

    /// Deletes the record together with the one that the field leads to.
    pub(crate) const fn cascade(mut self) -> Self {
        self.on_delete = OnDelete::Cascade;
        self
    }

    pub(crate) const fn masked(mut self) -> Self {
        self.masked = true;
        self.uncopied = true;
        self
    }

    pub(crate) const fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    pub(crate) const fn uncopied(mut self) -> Self {
        self.uncopied = true;
        self
    }

    pub(crate) const fn copied(mut self) -> Self {
        self.uncopied = false;
        self
    }

    pub(crate) const fn default(mut self, value: fn(&Env<'_>) -> Value) -> Self {
        self.default = Some(value);
        self
    }

    /// Makes the value a function of the record, kept in the database as far as callers can tell.
    pub(crate) const fn computed(mut self, value: fn(&Data, i64, &Row) -> Value) -> Self {
        self.source = Source::Computed(value);
        self.readonly = true;
        self.uncopied = true;
        self
    }

    pub(crate) const fn not_stored(mut self) -> Self {
        self.store = false;
        self
    }

    /// Shows the field `target` of the record that the many2one `via` leads to.
    pub(crate) const fn related(mut self, via: &'static str, target: &'static str) -> Self {
        self.source = Source::Related(via, target);
        self.uncopied = true;
        self
    }

    /// Shows the records of the other model whose many2many `field` holds this one.
    pub(crate) const fn mirror(mut self, field: &'static str) -> Self {
        self.source = Source::Mirror(field);
        self
    }

    /// Returns whether a domain may name the field.
    pub(crate) const fn is_searchable(&self) -> bool {
        self.store || matches!(self.source, Source::Related(..))
    }

    /// Returns whether `order` may name the field.
    pub(crate) const fn is_sortable(&self) -> bool {
        !self.kind.is_many() && self.is_searchable()
    }
}

macro_rules! constructors {
    ($($function:ident => $kind:ident),* $(,)?) => {$(
        pub(crate) const fn $function(name: &'static str, label: &'static str) -> Field {
            Field::new(name, label, Kind::$kind)
        }
    )*};
}

constructors! {
    char => Char,
    text => Text,
    html => Html,
    integer => Integer,
    float => Float,
    monetary => Monetary,
    boolean => Boolean,
    date => Date,
    datetime => Datetime,
    binary => Binary,
}

pub(crate) const fn selection(
    name: &'static str,
    label: &'static str,
    options: &'static [(&'static str, &'static str)],
) -> Field {
    Field::new(name, label, Kind::Selection(options))
}

pub(crate) const fn many2one(
    name: &'static str,
    label: &'static str,
    model: &'static str,
) -> Field {
    Field::new(name, label, Kind::Many2one(model))
}

pub(crate) const fn one2many(
    name: &'static str,
    label: &'static str,
    model: &'static str,
    back: &'static str,
) -> Field {
    Field::new(name, label, Kind::One2many(model, back))
}

pub(crate) const fn many2many(
    name: &'static str,
    label: &'static str,
    model: &'static str,
) -> Field {
    Field::new(name, label, Kind::Many2many(model))
}
