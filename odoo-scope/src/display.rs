//! From a [`Scope`] to its text, which reads back as the same scope.

use std::fmt::{self, Display, Formatter};

use crate::fields::{FieldNames, FieldRule};
use crate::grant::{Grant, Target};
use crate::scope::Scope;

/// Shows the scope as one writes it, in canonical form: no spaces, names in
/// lower case, letters in the order R, W, D, fields in alphabetical order.
impl Display for Scope {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (place, grant) in self.grants().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            write!(f, "{grant}")?;
        }
        Ok(())
    }
}

/// Shows the entry as it stands in a scope: `res.partner(name):RW`.
impl Display for Grant {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}:{}", self.target, self.fields, self.permissions)
    }
}

/// Shows the target as it stands in a scope: `sale.order`, `sale.*` or `*`.
impl Display for Target {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(name) => f.write_str(name),
            Self::Prefix(prefix) => write!(f, "{prefix}.*"),
            Self::Any => f.write_str("*"),
        }
    }
}

/// Shows the field list as it stands in a scope; nothing for every field.
impl Display for FieldRule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Only(names) => write_list(f, names, ""),
            Self::Except(names) => write_list(f, names, "-"),
        }
    }
}

fn write_list(f: &mut Formatter<'_>, names: &FieldNames, sign: &str) -> fmt::Result {
    f.write_str("(")?;
    for (place, name) in names.iter().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        write!(f, "{comma}{sign}{name}")?;
    }
    f.write_str(")")
}
