//! XML-RPC to values.

mod access;
mod head;

use std::borrow::Cow;

use serde::de::{self, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use self::access::{Elements, Members};
use self::head::{Head, Shape, decode_base64, read_head};
use super::MAX_DEPTH;
use super::error::{DecodeError, Problem};
use super::lexer::{Lexer, Markup, Tag};

/// Reads one value from a document.
pub(in crate::xml) struct Deserializer<'p, 'de> {
    lexer: &'p mut Lexer<'de>,
    depth: usize,
    /// The start of the value, where it was read already to see what it is.
    head: Option<Head<'de>>,
}

impl<'p, 'de> Deserializer<'p, 'de> {
    /// Reads the value that starts at the lexer's position.
    pub(in crate::xml) fn new(lexer: &'p mut Lexer<'de>) -> Self {
        Self {
            lexer,
            depth: 0,
            head: None,
        }
    }

    #[inline]
    fn head(&mut self) -> Result<Head<'de>, DecodeError> {
        match self.head.take() {
            Some(head) => Ok(head),
            None => read_head(self.lexer),
        }
    }

    #[inline]
    fn visit<V: Visitor<'de>>(
        mut self,
        head: Head<'de>,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match head {
            Head::Integer(value) => visitor.visit_i64(value),
            Head::Boolean(value) => visitor.visit_bool(value),
            Head::Double(value) => visitor.visit_f64(value),
            Head::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Head::Text(Cow::Owned(text)) => visitor.visit_string(text),
            // Odoo itself writes bytes as base64 text, so that is what self-describing types get.
            Head::Base64(text) => visitor.visit_str(&text),
            Head::Nil => visitor.visit_unit(),
            Head::Array(shape) => self.visit_array(shape, visitor),
            Head::Struct(shape) => self.visit_struct(shape, visitor),
        }
    }

    fn visit_array<V: Visitor<'de>>(
        &mut self,
        shape: Shape,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let mut elements = Elements {
            depth: self.deeper()?,
            lexer: self.lexer,
            index: 0,
            shape,
        };
        let value = visitor.visit_seq(&mut elements)?;
        if elements.shape == Shape::Open {
            let more = elements.lexer.markup()?;
            elements.check_end(more)?;
        }
        Ok(value)
    }

    fn visit_struct<V: Visitor<'de>>(
        &mut self,
        shape: Shape,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let depth = self.deeper()?;
        let mut members = Members {
            depth,
            lexer: self.lexer,
            key: Cow::Borrowed(""),
            in_value: false,
            shape,
        };
        let value = visitor.visit_map(&mut members)?;
        if members.shape == Shape::Open {
            members.lexer.expect(Markup::Close(Tag::Struct))?;
            members.lexer.expect(Markup::Close(Tag::Value))?;
        }
        Ok(value)
    }

    fn deeper(&self) -> Result<usize, DecodeError> {
        if self.depth < MAX_DEPTH {
            Ok(self.depth + 1)
        } else {
            Err(self.lexer.error(Problem::TooDeep))
        }
    }
}

impl<'de> de::Deserializer<'de> for Deserializer<'_, 'de> {
    type Error = DecodeError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, DecodeError> {
        let head = self.head()?;
        self.visit(head, visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.head()? {
            Head::Base64(text) => visitor.visit_byte_buf(decode_base64(&text)?),
            head => self.visit(head, visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.head()? {
            Head::Nil => visitor.visit_none(),
            head => {
                self.head = Some(head);
                visitor.visit_some(self)
            }
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.head()? {
            Head::Text(text) => visitor.visit_enum(text.into_deserializer()),
            head @ Head::Struct(_) => {
                // A variant with content is a struct with one member.
                self.visit(head, EnumVisitor(visitor))
            }
            head => self.visit(head, visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Passes a struct with one member on as an enum's variant.
struct EnumVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for EnumVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0
            .visit_enum(de::value::MapAccessDeserializer::new(map))
    }
}
