//! Which fields of a model an entry covers.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// The fields of a model which a key may use, wherever a field is named: in
/// answers, domains, order, values and field lists alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum FieldRule {
    /// Every field: the entry has no field list.
    #[default]
    All,
    /// Only the fields listed, with `id` and `display_name`: `(name,email)`.
    Only(FieldNames),
    /// Every field but those listed: `(-credit_limit)`.
    Except(FieldNames),
}

impl FieldRule {
    /// Permits no field but `id` and `display_name`: the rule of a model which
    /// no entry covers.
    pub(crate) const NONE: &'static Self = &Self::Only(FieldNames(BTreeSet::new()));

    /// Returns true when the rule lets the field be used.
    ///
    /// It says nothing about the permissions on the field's model.
    pub fn permits(&self, field: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => matches!(field, "id" | "display_name") || names.contains(field),
            Self::Except(names) => !names.contains(field),
        }
    }
}

/// The names in a field list, in alphabetical order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldNames(BTreeSet<String>);

impl FieldNames {
    pub(crate) fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// Adds a name, and returns false when it was there already.
    pub(crate) fn insert(&mut self, name: &str) -> bool {
        self.0.insert(fold_case(name).into_owned())
    }

    /// Returns true when the name is listed; upper and lower case are the same.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(fold_case(name).as_ref())
    }

    /// Returns the names in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Returns the name in lower case, allocating only for a name which has capitals.
///
/// Names are compared without regard to case, so that `-Credit_Limit` cannot
/// leave `credit_limit` open; Odoo has no two names which differ in case alone.
pub(crate) fn fold_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
