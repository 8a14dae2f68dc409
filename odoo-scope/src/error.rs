//! Why a text is no scope, and why a call is denied.

use std::fmt;

use crate::permission::{Permission, Permissions};

/// A text which is no scope: where it goes wrong, and what to change.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {}", Sentence(*.kind, .token))]
pub struct ScopeError {
    column: usize,
    kind: ScopeErrorKind,
    token: String,
}

impl ScopeError {
    pub(crate) fn new(column: usize, kind: ScopeErrorKind, token: &str) -> Self {
        let token = abridge(token);
        Self {
            column,
            kind,
            token,
        }
    }

    /// Returns where the text goes wrong, counted in characters from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Returns what is wrong.
    pub fn kind(&self) -> ScopeErrorKind {
        self.kind
    }
}

/// What is wrong with a scope's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ScopeErrorKind {
    /// Nothing is written.
    Empty,
    /// The text is longer than [`MAX_LENGTH`](crate::MAX_LENGTH).
    TooLong,
    /// There are more entries than [`MAX_ENTRIES`](crate::MAX_ENTRIES).
    TooManyEntries,
    /// No model is named where one must be.
    MissingModel,
    /// The name cannot be a model's: it starts or ends with a dot, or has two.
    BadModelName,
    /// The `*` stands where it may not.
    BadWildcard,
    /// The same model, prefix or `*` has an entry already.
    RepeatedModel,
    /// The entry has no `:`.
    MissingColon,
    /// A letter is none of R, W and D.
    UnknownLetter,
    /// A letter is there twice.
    RepeatedLetter,
    /// The field list has no `)`.
    UnclosedFields,
    /// No field is named where one must be.
    MissingField,
    /// The name cannot be a field's, or is a path through several.
    BadFieldName,
    /// The field is in the list already.
    RepeatedField,
    /// Some fields of the list have a `-` and some have none.
    MixedFields,
    /// The list takes away `id`.
    IdWithheld,
    /// A `;` or a line break stands where a `,` belongs.
    BadSeparator,
    /// A character has no place here.
    UnexpectedCharacter,
}

/// The sentence which tells what to change.
struct Sentence<'e>(ScopeErrorKind, &'e str);

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ScopeErrorKind as Kind;
        let token = self.1;
        match self.0 {
            Kind::Empty => write!(f, "the scope is empty: write entries like `res.partner:R`"),
            Kind::TooLong => write!(f, "the scope is longer than {} bytes", crate::MAX_LENGTH),
            Kind::TooManyEntries => write!(
                f,
                "the scope has more than {} entries: cover several models with one, like `sale.*:R`",
                crate::MAX_ENTRIES
            ),
            Kind::MissingModel => {
                write!(f, "a model is missing: write an entry like `res.partner:R`")
            }
            Kind::BadModelName => write!(
                f,
                "`{token}` is no model name: write parts joined by single dots, like `res.partner`"
            ),
            Kind::BadWildcard => write!(
                f,
                "`{token}` is no pattern: `*` stands alone or after a prefix, like `sale.*`"
            ),
            Kind::RepeatedModel => write!(f, "`{token}` has an entry already: make it one"),
            Kind::MissingColon => write!(
                f,
                "`{token}` has no `:`: write `{token}:` to deny it or `{token}:R` to let it be read"
            ),
            Kind::UnknownLetter => write!(
                f,
                "`{token}` is not made of R, W and D: use these letters, and `,` between entries"
            ),
            Kind::RepeatedLetter => write!(f, "`{token}` is there twice: write each letter once"),
            Kind::UnclosedFields => write!(f, "the field list has no end: add `)`"),
            Kind::MissingField => write!(f, "a field is missing: write a list like `(name,email)`"),
            Kind::BadFieldName => write!(
                f,
                "`{token}` is no field name: list fields of the model itself, without dots"
            ),
            Kind::RepeatedField => write!(f, "`{token}` is in the list already: name it once"),
            Kind::MixedFields => write!(
                f,
                "`{token}` mixes the list: put `-` before every field or none"
            ),
            Kind::IdWithheld => write!(f, "`id` cannot be taken away: it is part of every answer"),
            Kind::BadSeparator => write!(f, "{token} separates nothing: write `,` between entries"),
            Kind::UnexpectedCharacter => write!(f, "{token} has no place here"),
        }
    }
}

/// Names a character for a sentence, without printing what may not show.
pub(crate) fn name_character(character: char) -> String {
    match character {
        '\n' | '\r' => "a line break".to_owned(),
        '!'..='~' => format!("`{character}`"),
        _ => format!("the character U+{:04X}", u32::from(character)),
    }
}

/// Cuts a token to a length which fits a sentence, and to characters which
/// cannot break a line of the log.
fn abridge(token: &str) -> String {
    const LONGEST: usize = 64;
    let mut characters = token
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut kept: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        kept.push('…');
    }
    kept
}

/// A scope does not give the permission which a call needs.
///
/// The text is a sentence for the key's user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the key may not {} `{model}` (needs {needed}; it has {})", .needed.verb(), OrNone(*.has))]
pub struct Denied {
    model: String,
    needed: Permission,
    has: Permissions,
}

impl Denied {
    pub(crate) fn new(model: &str, needed: Permission, has: Permissions) -> Self {
        let model = abridge(model);
        Self { model, needed, has }
    }

    /// Returns the model which the call reaches.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Returns the permission which the key lacks.
    pub fn needed(&self) -> Permission {
        self.needed
    }

    /// Returns what the key may do with the model.
    pub fn has(&self) -> Permissions {
        self.has
    }
}

pub(crate) struct OrNone(pub(crate) Permissions);

impl fmt::Display for OrNone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            f.write_str("none")
        } else {
            write!(f, "{}", self.0)
        }
    }
}
