//! XML-RPC to values.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::MAX_DEPTH;
use super::error::{DecodeError, Problem, Step};
use super::lexer::{Lexer, Markup, Tag};

/// Reads one value from a document.
pub(super) struct Deserializer<'p, 'de> {
    lexer: &'p mut Lexer<'de>,
    depth: usize,
    /// The start of the value, where it was read already to see what it is.
    head: Option<Head<'de>>,
}

/// How a value starts: all that has to be known to choose the visitor's method.
enum Head<'de> {
    Integer(i64),
    Boolean(bool),
    Double(f64),
    Text(Cow<'de, str>),
    Base64(Cow<'de, str>),
    Nil,
    Array(Shape),
    Struct(Shape),
}

/// Whether an element has a closing tag.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Open,
    /// `<array/>`, `<struct/>`: nothing inside, nothing to close.
    Empty,
}

impl<'p, 'de> Deserializer<'p, 'de> {
    /// Reads the value that starts at the lexer's position.
    pub(super) fn new(lexer: &'p mut Lexer<'de>) -> Self {
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

/// Reads `<value>` and what follows, up to the content of an array or struct, or up to and
/// including `</value>` for everything else.
#[inline]
fn read_head<'de>(lexer: &mut Lexer<'de>) -> Result<Head<'de>, DecodeError> {
    if lexer.passes("\n<value>") {
        return read_content(lexer);
    }
    match lexer.markup()? {
        Markup::Open(Tag::Value) => read_content(lexer),
        Markup::Empty(Tag::Value) => Ok(Head::Text(Cow::Borrowed(""))),
        found => Err(lexer.unexpected(found, Markup::Open(Tag::Value))),
    }
}

/// Reads what stands behind `<value>`.
#[inline]
fn read_content<'de>(lexer: &mut Lexer<'de>) -> Result<Head<'de>, DecodeError> {
    let head = match lexer.markup_unless_text()? {
        None => return Ok(Head::Text(lexer.text(Tag::Value)?)),
        Some(Markup::Open(Tag::Array)) => {
            return Ok(Head::Array(match lexer.markup()? {
                Markup::Open(Tag::Data) => Shape::Open,
                Markup::Empty(Tag::Data) => {
                    lexer.expect(Markup::Close(Tag::Array))?;
                    lexer.expect(Markup::Close(Tag::Value))?;
                    Shape::Empty
                }
                found => return Err(lexer.unexpected(found, Markup::Open(Tag::Data))),
            }));
        }
        Some(Markup::Open(Tag::Struct)) => return Ok(Head::Struct(Shape::Open)),
        Some(Markup::Empty(Tag::Array)) => Head::Array(Shape::Empty),
        Some(Markup::Empty(Tag::Struct)) => Head::Struct(Shape::Empty),
        Some(Markup::Empty(Tag::Nil)) => Head::Nil,
        Some(Markup::Open(Tag::Nil)) => {
            lexer.expect(Markup::Close(Tag::Nil))?;
            Head::Nil
        }
        Some(Markup::Open(tag)) => {
            let text = lexer.text(tag)?;
            read_scalar(lexer, tag, text)?
        }
        Some(Markup::Empty(tag)) => read_scalar(lexer, tag, Cow::Borrowed(""))?,
        Some(found) => {
            return Err(lexer.error(Problem::Unexpected {
                found,
                expected: None,
            }));
        }
    };
    if !lexer.passes("</value>") {
        lexer.expect(Markup::Close(Tag::Value))?;
    }
    Ok(head)
}

#[inline]
fn read_scalar<'de>(
    lexer: &Lexer<'de>,
    tag: Tag,
    text: Cow<'de, str>,
) -> Result<Head<'de>, DecodeError> {
    let bad = || lexer.error(Problem::BadValue { tag: tag.name() });
    Ok(match tag {
        Tag::String | Tag::DateTime => Head::Text(text),
        Tag::Int | Tag::I4 | Tag::I8 => Head::Integer(text.trim().parse().map_err(|_| bad())?),
        Tag::Boolean => match text.trim() {
            "1" => Head::Boolean(true),
            "0" => Head::Boolean(false),
            _ => return Err(bad()),
        },
        Tag::Double => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Head::Double(number),
            _ => return Err(bad()),
        },
        Tag::Base64 => Head::Base64(text),
        _ => {
            return Err(lexer.error(Problem::Unexpected {
                found: Markup::Open(tag),
                expected: None,
            }));
        }
    })
}

fn decode_base64(text: &str) -> Result<Vec<u8>, DecodeError> {
    let text: String = text.split_ascii_whitespace().collect();
    BASE64
        .decode(text)
        .map_err(|_| DecodeError::new(Problem::BadValue { tag: "base64" }))
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

/// The elements of an array.
struct Elements<'p, 'de> {
    lexer: &'p mut Lexer<'de>,
    depth: usize,
    index: usize,
    /// Becomes `Empty` when the end was read.
    shape: Shape,
}

impl Elements<'_, '_> {
    fn check_end(&mut self, found: Markup) -> Result<(), DecodeError> {
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
struct Members<'p, 'de> {
    lexer: &'p mut Lexer<'de>,
    depth: usize,
    key: Cow<'de, str>,
    /// Becomes `Empty` when the end was read.
    shape: Shape,
}

impl Members<'_, '_> {
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
        if self.lexer.passes("\n<member>\n<name>") {
            self.key = self.lexer.text(Tag::Name)?;
        } else if !self.read_key()? {
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
        let value = seed
            .deserialize(Deserializer {
                lexer: self.lexer,
                depth: self.depth,
                head: None,
            })
            .map_err(|error| error.within(Step::Key(self.key.to_string())))?;
        if !self.lexer.passes("\n</member>") {
            self.lexer.expect(Markup::Close(Tag::Member))?;
        }
        Ok(value)
    }
}
