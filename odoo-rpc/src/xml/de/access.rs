//! The insides of arrays and structs.

use std::borrow::Cow;

use serde::de::{self, DeserializeSeed, IntoDeserializer as _};

use super::Deserializer;
use super::head::{Head, Shape, read_content, read_head};
use crate::xml::error::{DecodeError, Step};
use crate::xml::lexer::{Lexer, Markup, Tag};

/// The elements of an array.
pub(super) struct Elements<'p, 'de> {
    pub(super) lexer: &'p mut Lexer<'de>,
    pub(super) depth: usize,
    pub(super) index: usize,
    /// Becomes `Empty` when the end was read.
    pub(super) shape: Shape,
}

impl Elements<'_, '_> {
    pub(super) fn check_end(&mut self, found: Markup) -> Result<(), DecodeError> {
        match found {
            Markup::Close(Tag::Data) => {
                self.lexer.expect(Markup::Close(Tag::Array))?;
                self.lexer.expect(Markup::Close(Tag::Value))?;
                self.shape = Shape::Empty;
                Ok(())
            }
            Markup::Open(Tag::Value) | Markup::Empty(Tag::Value) => Err(de::Error::custom(
                format_args!("more than {} elements", self.index),
            )),
            found => Err(self.lexer.unexpected(found, Markup::Close(Tag::Data))),
        }
    }
}

impl<'de> de::SeqAccess<'de> for Elements<'_, 'de> {
    type Error = DecodeError;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        if self.shape == Shape::Empty {
            return Ok(None);
        }
        let head = match self.lexer.markup()? {
            Markup::Open(Tag::Value) => read_content(self.lexer),
            Markup::Empty(Tag::Value) => Ok(Head::Text(Cow::Borrowed(""))),
            found => return self.check_end(found).map(|()| None),
        };
        let index = self.index;
        self.index += 1;
        head.and_then(|head| {
            seed.deserialize(Deserializer {
                lexer: self.lexer,
                depth: self.depth,
                head: Some(head),
            })
        })
        .map(Some)
        .map_err(|error| error.within(Step::Index(index)))
    }
}

/// The members of a struct.
pub(super) struct Members<'p, 'de> {
    pub(super) lexer: &'p mut Lexer<'de>,
    pub(super) depth: usize,
    pub(super) key: Cow<'de, str>,
    /// Whether the value's `<value>` was passed together with the key.
    pub(super) in_value: bool,
    /// Becomes `Empty` when the end was read.
    pub(super) shape: Shape,
}

impl Members<'_, '_> {
    /// Reads `<member>`, the name and `<value>` as Odoo's marshaller writes them.
    #[inline]
    fn read_usual_key(&mut self) -> bool {
        let start = *self.lexer;
        if self.lexer.passes("\n<member>\n<name>")
            && let Some(key) = self.lexer.plain_text("</name>\n<value>")
        {
            self.key = Cow::Borrowed(key);
            self.in_value = true;
            return true;
        }
        *self.lexer = start;
        self.in_value = false;
        false
    }

    /// Reads `<member>` and the name, or the struct's end, however they are written. Returns
    /// whether there is a member.
    fn read_key(&mut self) -> Result<bool, DecodeError> {
        match self.lexer.markup()? {
            Markup::Open(Tag::Member) => {}
            Markup::Close(Tag::Struct) => {
                self.lexer.expect(Markup::Close(Tag::Value))?;
                self.shape = Shape::Empty;
                return Ok(false);
            }
            found => return Err(self.lexer.unexpected(found, Markup::Close(Tag::Struct))),
        }
        self.key = match self.lexer.markup()? {
            Markup::Open(Tag::Name) => self.lexer.text(Tag::Name)?,
            Markup::Empty(Tag::Name) => Cow::Borrowed(""),
            found => return Err(self.lexer.unexpected(found, Markup::Open(Tag::Name))),
        };
        Ok(true)
    }
}

impl<'de> de::MapAccess<'de> for Members<'_, 'de> {
    type Error = DecodeError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, DecodeError> {
        if self.shape == Shape::Empty {
            return Ok(None);
        }
        if !self.read_usual_key() && !self.read_key()? {
            return Ok(None);
        }
        match &self.key {
            Cow::Borrowed(key) => seed.deserialize(de::value::BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(key.as_str().into_deserializer()),
        }
        .map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, DecodeError> {
        let head = if self.in_value {
            read_content(self.lexer)
        } else {
            read_head(self.lexer)
        };
        let value = head
            .and_then(|head| {
                seed.deserialize(Deserializer {
                    lexer: self.lexer,
                    depth: self.depth,
                    head: Some(head),
                })
            })
            .map_err(|error| error.within(Step::Key(self.key.to_string())))?;
        if !self.lexer.passes("\n</member>") {
            self.lexer.expect(Markup::Close(Tag::Member))?;
        }
        Ok(value)
    }
}
