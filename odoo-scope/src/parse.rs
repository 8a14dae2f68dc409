//! From a text to a [`Scope`], by recursive descent; `grammar.md` is the grammar.

use std::str::FromStr;

use crate::error::{ScopeError, ScopeErrorKind, name_character};
use crate::fields::{FieldNames, FieldRule};
use crate::grant::{BadTarget, Grant, Target};
use crate::permission::{Permission, Permissions};
use crate::{MAX_ENTRIES, MAX_LENGTH, Scope};

impl Scope {
    /// Reads a scope.
    ///
    /// # Errors
    ///
    /// Whatever the grammar does not name is an error, which says where it is
    /// and what to change.
    pub fn parse(text: &str) -> Result<Self, ScopeError> {
        if text.len() > MAX_LENGTH {
            return Err(ScopeError::new(1, ScopeErrorKind::TooLong, ""));
        }
        Parser { text, at: 0 }.scope()
    }
}

impl FromStr for Scope {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

struct Parser<'t> {
    text: &'t str,
    /// The byte at which the rest begins.
    at: usize,
}

impl<'t> Parser<'t> {
    fn scope(mut self) -> Result<Scope, ScopeError> {
        self.skip_spaces();
        if self.peek().is_none() {
            return Err(self.error(ScopeErrorKind::Empty, ""));
        }
        let mut scope = Scope::default();
        loop {
            self.skip_spaces();
            let start = self.at;
            let (name, grant) = self.entry()?;
            if scope.grants.len() == MAX_ENTRIES {
                return Err(self.error_at(start, ScopeErrorKind::TooManyEntries, ""));
            }
            if !scope.add(grant) {
                return Err(self.error_at(start, ScopeErrorKind::RepeatedModel, name));
            }
            if !self.skip(',') {
                return Ok(scope);
            }
        }
    }

    /// Reads an entry, up to the `,` behind it or the end.
    fn entry(&mut self) -> Result<(&'t str, Grant), ScopeError> {
        let start = self.at;
        let name = self.take_while(|c| is_name_character(c) || matches!(c, '.' | '*'));
        if name.is_empty() {
            return Err(match self.peek() {
                None | Some(',' | ':' | '(') => self.error(ScopeErrorKind::MissingModel, ""),
                Some(other) => self.unexpected(other),
            });
        }
        let target = Target::parse(name).map_err(|bad| match bad {
            BadTarget::Name => self.error_at(start, ScopeErrorKind::BadModelName, name),
            BadTarget::Wildcard => self.error_at(start, ScopeErrorKind::BadWildcard, name),
        })?;
        self.skip_spaces();
        let fields = self.fields()?;
        self.skip_spaces();
        match self.peek() {
            Some(':') => self.bump(':'),
            None | Some(',') => return Err(self.error(ScopeErrorKind::MissingColon, name)),
            Some(other) => return Err(self.unexpected(other)),
        }
        let permissions = self.letters()?;
        let grant = Grant {
            target,
            permissions,
            fields,
        };
        Ok((name, grant))
    }

    /// Reads the field list, if there is one.
    fn fields(&mut self) -> Result<FieldRule, ScopeError> {
        let open = self.at;
        if !self.skip('(') {
            return Ok(FieldRule::All);
        }
        let mut names = FieldNames::new();
        let mut first_is_withheld = None;
        loop {
            self.skip_spaces();
            let start = self.at;
            let is_withheld = self.skip('-');
            self.skip_spaces();
            let name = self.field()?;
            if *first_is_withheld.get_or_insert(is_withheld) != is_withheld {
                return Err(self.error_at(start, ScopeErrorKind::MixedFields, name));
            }
            if is_withheld && name.eq_ignore_ascii_case("id") {
                return Err(self.error_at(start, ScopeErrorKind::IdWithheld, ""));
            }
            if !names.insert(name) {
                return Err(self.error_at(start, ScopeErrorKind::RepeatedField, name));
            }
            self.skip_spaces();
            match self.peek() {
                Some(',') => self.bump(','),
                Some(')') => break self.bump(')'),
                None | Some(':' | '(') => {
                    return Err(self.error_at(open, ScopeErrorKind::UnclosedFields, ""));
                }
                Some(other) => return Err(self.unexpected(other)),
            }
        }
        Ok(match first_is_withheld {
            Some(true) => FieldRule::Except(names),
            _ => FieldRule::Only(names),
        })
    }

    fn field(&mut self) -> Result<&'t str, ScopeError> {
        let start = self.at;
        // Dots are read along, so that a path is reported as a whole.
        let name = self.take_while(|c| is_name_character(c) || c == '.');
        if name.is_empty() {
            return Err(match self.peek() {
                None | Some(',' | ')' | ':' | '(') => self.error(ScopeErrorKind::MissingField, ""),
                Some(other) => self.unexpected(other),
            });
        }
        if name.contains('.') || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.error_at(start, ScopeErrorKind::BadFieldName, name));
        }
        Ok(name)
    }

    /// Reads the letters, up to the `,` behind them or the end.
    fn letters(&mut self) -> Result<Permissions, ScopeError> {
        let mut permissions = Permissions::NONE;
        loop {
            self.skip_spaces();
            let start = self.at;
            let word = self.take_while(is_name_character);
            if word.is_empty() {
                return match self.peek() {
                    None | Some(',') => Ok(permissions),
                    Some(other) => Err(self.unexpected(other)),
                };
            }
            // The whole word first: in `res` the second letter is wrong, and
            // that `r` was there before tells nothing.
            if let Some(wrong) = word.find(|c| Permission::from_letter(c).is_none()) {
                return Err(self.error_at(start + wrong, ScopeErrorKind::UnknownLetter, word));
            }
            for (place, letter) in word.char_indices() {
                let is_new = Permission::from_letter(letter)
                    .is_some_and(|permission| permissions.insert(permission));
                if !is_new {
                    let letter = word.get(place..=place).unwrap_or_default();
                    let place = start + place;
                    return Err(self.error_at(place, ScopeErrorKind::RepeatedLetter, letter));
                }
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, character: char) {
        self.at += character.len_utf8();
    }

    fn skip(&mut self, character: char) -> bool {
        let is_next = self.peek() == Some(character);
        if is_next {
            self.bump(character);
        }
        is_next
    }

    fn skip_spaces(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t'));
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn unexpected(&self, character: char) -> ScopeError {
        let kind = match character {
            ';' | '\n' | '\r' => ScopeErrorKind::BadSeparator,
            _ => ScopeErrorKind::UnexpectedCharacter,
        };
        self.error(kind, &name_character(character))
    }

    fn error(&self, kind: ScopeErrorKind, token: &str) -> ScopeError {
        self.error_at(self.at, kind, token)
    }

    fn error_at(&self, at: usize, kind: ScopeErrorKind, token: &str) -> ScopeError {
        let before = self.text.get(..at).unwrap_or_default();
        ScopeError::new(before.chars().count() + 1, kind, token)
    }
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}
