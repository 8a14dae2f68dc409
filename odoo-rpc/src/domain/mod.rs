//! Search conditions.

mod parse;

use std::str::FromStr;

use serde::ser::{Serialize, SerializeSeq as _, Serializer};
use serde_json::Value;

pub use self::parse::InvalidDomain;

/// A search condition: Odoo's domain, checked to be well-formed.
///
/// Odoo writes domains as lists in prefix notation, such as
/// `["|", ["name", "ilike", "azure"], ["is_company", "=", true]]`.
///
/// # Examples
///
/// ```
/// use odoo_rpc::{Domain, Operator};
///
/// let built = Domain::field("name", Operator::ILike, "azure")
///     .or(Domain::field("is_company", Operator::Equal, true));
/// let parsed: Domain =
///     r#"["|", ["name", "ilike", "azure"], ["is_company", "=", true]]"#.parse()?;
/// assert_eq!(built, parsed);
/// assert_eq!(serde_json::to_string(&!built)?,
///     r#"["!","|",["name","ilike","azure"],["is_company","=",true]]"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Domain {
    /// In prefix notation, with every `&` written out; empty for all records.
    terms: Vec<Term>,
}

/// A part of a [`Domain`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Term {
    /// `&`: both of the two that follow.
    And,
    /// `|`: one of the two that follow.
    Or,
    /// `!`: not the one that follows.
    Not,
    /// A condition.
    Condition(Condition),
    /// `[1, "=", 1]` (all records) or `[0, "=", 1]` (none).
    Constant(bool),
}

/// A condition on a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    path: String,
    operator: Operator,
    value: Operand,
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Operand {
    /// A value or a list of values.
    Value(Value),
    /// A condition on the records that a relation points to, for `any` and `not any`.
    Domain(Domain),
}

/// Declares the operators once.
macro_rules! operators {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// How a field is compared.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operator { $($(#[$doc])* $variant),+ }

        impl Operator {
            /// Lists all operators.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the operator as Odoo writes it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

operators! {
    /// Equal.
    Equal = "=",
    /// Not equal.
    NotEqual = "!=",
    /// Less.
    Less = "<",
    /// Less or equal.
    LessOrEqual = "<=",
    /// Greater.
    Greater = ">",
    /// Greater or equal.
    GreaterOrEqual = ">=",
    /// Equal, or true where the value is `false`.
    EqualOrUnset = "=?",
    /// One of a list.
    In = "in",
    /// None of a list.
    NotIn = "not in",
    /// Contains, letter case told apart.
    Like = "like",
    /// Does not contain, letter case told apart.
    NotLike = "not like",
    /// Contains.
    ILike = "ilike",
    /// Does not contain.
    NotILike = "not ilike",
    /// Matches a pattern with `%` and `_`, letter case told apart.
    EqualLike = "=like",
    /// Does not match a pattern, letter case told apart (Odoo 19).
    NotEqualLike = "not =like",
    /// Matches a pattern with `%` and `_`.
    EqualILike = "=ilike",
    /// Does not match a pattern (Odoo 19).
    NotEqualILike = "not =ilike",
    /// Is one of the records, or below one in their tree.
    ChildOf = "child_of",
    /// Is one of the records, or above one in their tree.
    ParentOf = "parent_of",
    /// Points to a record for which a domain holds (Odoo 17 and later).
    Any = "any",
    /// Points to no record for which a domain holds (Odoo 17 and later).
    NotAny = "not any",
}

impl Domain {
    /// Matches all records.
    pub fn all() -> Self {
        Self::default()
    }

    /// Matches the records whose field, or the field at the end of a dotted path, compares so.
    pub fn field(path: impl Into<String>, operator: Operator, value: impl Into<Value>) -> Self {
        let value = Operand::Value(value.into());
        Self::term(Term::Condition(Condition {
            path: path.into(),
            operator,
            value,
        }))
    }

    /// Matches the records of which a relation points to a record for which `domain` holds
    /// (Odoo 17 and later).
    pub fn any(path: impl Into<String>, domain: Self) -> Self {
        let value = Operand::Domain(domain);
        Self::term(Term::Condition(Condition {
            path: path.into(),
            operator: Operator::Any,
            value,
        }))
    }

    /// Matches what both match.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self.terms.is_empty() {
            return other;
        }
        if other.terms.is_empty() {
            return self;
        }
        self.join(Term::And, other)
    }

    /// Matches what either matches.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.terms.is_empty() || other.terms.is_empty() {
            return Self::all();
        }
        self.join(Term::Or, other)
    }

    /// Reads a domain from JSON.
    ///
    /// # Errors
    ///
    /// Fails when the value is not a list, an operator lacks what it combines, a condition is not
    /// `[field, operator, value]`, or an operator is not known.
    pub fn from_json(value: Value) -> Result<Self, InvalidDomain> {
        parse::domain(value, 0)
    }

    /// Returns the terms in prefix notation, with every `&` written out.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    fn term(term: Term) -> Self {
        Self { terms: vec![term] }
    }

    fn join(self, operator: Term, other: Self) -> Self {
        let terms = std::iter::once(operator)
            .chain(self.terms)
            .chain(other.terms)
            .collect();
        Self { terms }
    }
}

impl std::ops::Not for Domain {
    type Output = Self;

    /// Matches what `self` does not.
    fn not(self) -> Self {
        if self.terms.is_empty() {
            return Self::term(Term::Constant(false));
        }
        Self {
            terms: std::iter::once(Term::Not).chain(self.terms).collect(),
        }
    }
}

impl Condition {
    /// Returns the field, or the dotted path to it.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the operator.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// Returns what the field is compared with.
    pub fn operand(&self) -> &Operand {
        &self.value
    }
}

impl FromStr for Domain {
    type Err = InvalidDomain;

    /// Reads a domain from JSON text.
    fn from_str(text: &str) -> Result<Self, InvalidDomain> {
        let value = serde_json::from_str(text).map_err(|_| InvalidDomain::not_json())?;
        Self::from_json(value)
    }
}

impl Serialize for Domain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.terms.len()))?;
        for term in &self.terms {
            match term {
                Term::And => list.serialize_element("&"),
                Term::Or => list.serialize_element("|"),
                Term::Not => list.serialize_element("!"),
                Term::Constant(true) => list.serialize_element(&(1, "=", 1)),
                Term::Constant(false) => list.serialize_element(&(0, "=", 1)),
                Term::Condition(Condition {
                    path,
                    operator,
                    value,
                }) => {
                    let operator = operator.as_str();
                    match value {
                        Operand::Value(value) => list.serialize_element(&(path, operator, value)),
                        Operand::Domain(domain) => {
                            list.serialize_element(&(path, operator, domain))
                        }
                    }
                }
            }?;
        }
        list.end()
    }
}
