//! How values start.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::xml::error::{DecodeError, Problem};
use crate::xml::lexer::{Lexer, Markup, Tag};

/// How a value starts: all that has to be known to choose the visitor's method.
pub(super) enum Head<'de> {
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
pub(super) enum Shape {
    Open,
    /// `<array/>`, `<struct/>`: nothing inside, nothing to close.
    Empty,
}

/// Reads `<value>` and what follows, up to the content of an array or struct, or up to and
/// including `</value>` for everything else.
#[inline]
pub(super) fn read_head<'de>(lexer: &mut Lexer<'de>) -> Result<Head<'de>, DecodeError> {
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
pub(super) fn read_content<'de>(lexer: &mut Lexer<'de>) -> Result<Head<'de>, DecodeError> {
    if lexer.passes("<string>") {
        return match lexer.plain_text("</string></value>") {
            Some(text) => Ok(Head::Text(Cow::Borrowed(text))),
            None => read_rest(lexer, Tag::String),
        };
    }
    if lexer.passes("<int>") {
        let plain = lexer.plain_text("</int></value>");
        return match plain.map(str::parse) {
            Some(Ok(number)) => Ok(Head::Integer(number)),
            Some(Err(_)) => read_scalar(lexer, Tag::Int, plain.unwrap_or_default().into()),
            None => read_rest(lexer, Tag::Int),
        };
    }
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
        Some(Markup::Open(tag)) => return read_rest(lexer, tag),
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

/// Reads what stands behind the opening tag of a scalar.
fn read_rest<'de>(lexer: &mut Lexer<'de>, tag: Tag) -> Result<Head<'de>, DecodeError> {
    let text = lexer.text(tag)?;
    let head = read_scalar(lexer, tag, text)?;
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

pub(super) fn decode_base64(text: &str) -> Result<Vec<u8>, DecodeError> {
    let text: String = text.split_ascii_whitespace().collect();
    BASE64
        .decode(text)
        .map_err(|_| DecodeError::new(Problem::BadValue { tag: "base64" }))
}
