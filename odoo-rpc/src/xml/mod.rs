//! XML-RPC documents and their values, by serde.
//!
//! | XML-RPC | serde | JSON |
//! |---|---|---|
//! | `int`, `i4`, `i8` | integers; written as `int` within 32 bits, else as `i8` | number |
//! | `boolean` | `bool` | truth value |
//! | `double` | floats; NaN and infinities are refused | number |
//! | `string`, no type | strings; nothing is trimmed | string |
//! | `dateTime.iso8601` | strings; written by [`DateTime`] | string |
//! | `base64` | bytes, or the base64 text where a string is asked for | string |
//! | `nil` | `()`, `None` | `null` |
//! | `array` | sequences and tuples | array |
//! | `struct` | maps with text keys, structs | object |
//!
//! Values may be nested [`MAX_DEPTH`] levels deep. A document type definition is refused, so no
//! entity can grow. What XML 1.0 cannot hold (control characters) is refused before it is written.
//!
//! # Examples
//!
//! ```
//! use odoo_rpc::xml;
//!
//! let request = xml::to_request("add", &(2, "<three>"))?;
//! let (method, parameters): (String, (i32, String)) = xml::from_request(&request)?;
//! assert_eq!((method.as_str(), parameters), ("add", (2, "<three>".to_owned())));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod date;
mod de;
pub(crate) mod error;
mod lexer;
pub(crate) mod ser;
mod text;

use serde::de::{Deserialize, SeqAccess, Visitor};
use serde::ser::Serialize;

pub use self::date::{DateTime, InvalidDateTime};
pub use self::error::{DecodeError, EncodeError, ResponseError};

use self::de::Deserializer;
use self::error::Problem;
use self::lexer::{Lexer, Markup, Tag};
use crate::fault::Fault;

/// How many levels deep arrays and structs may be nested, in both directions.
pub const MAX_DEPTH: usize = 100;

const DECLARATION: &[u8] = b"<?xml version=\"1.0\"?>";

/// Returns the call of `method` with `parameters`, a sequence.
///
/// # Errors
///
/// Fails when a value has no XML-RPC form, and when `parameters` is not a sequence.
pub fn to_request<P: Serialize + ?Sized>(
    method: &str,
    parameters: &P,
) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::with_capacity(1024);
    out.extend_from_slice(DECLARATION);
    out.extend_from_slice(b"<methodCall><methodName>");
    text::push_text(&mut out, method)?;
    out.extend_from_slice(b"</methodName>");
    ser::write_params(&mut out, parameters)?;
    out.extend_from_slice(b"</methodCall>");
    Ok(out)
}

/// Reads a call: the method's name and its parameters, a sequence.
///
/// # Errors
///
/// Fails when `body` is not an XML-RPC call or its parameters are not of the type asked for.
pub fn from_request<'de, P: Deserialize<'de>>(body: &'de [u8]) -> Result<(String, P), DecodeError> {
    let mut lexer = Lexer::new(body)?;
    lexer.expect(Markup::Open(Tag::MethodCall))?;
    lexer.expect(Markup::Open(Tag::MethodName))?;
    let method = lexer.text(Tag::MethodName)?.trim().to_owned();
    let parameters = match lexer.markup()? {
        Markup::Open(Tag::Params) => {
            let parameters = P::deserialize(Parameters(&mut lexer))?;
            lexer.expect(Markup::Close(Tag::MethodCall))?;
            parameters
        }
        Markup::Empty(Tag::Params) => {
            lexer.expect(Markup::Close(Tag::MethodCall))?;
            no_parameters()?
        }
        Markup::Close(Tag::MethodCall) => no_parameters()?,
        found => return Err(lexer.unexpected(found, Markup::Open(Tag::Params))),
    };
    lexer.expect(Markup::End)?;
    Ok((method, parameters))
}

/// Returns a response with `value`.
///
/// # Errors
///
/// Fails when a value has no XML-RPC form.
pub fn to_response<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::with_capacity(1024);
    out.extend_from_slice(DECLARATION);
    out.extend_from_slice(b"<methodResponse><params><param>");
    ser::write_value(&mut out, value)?;
    out.extend_from_slice(b"</param></params></methodResponse>");
    Ok(out)
}

/// Returns a response with a fault; what XML cannot hold in `text` is replaced by U+FFFD.
pub fn to_fault(code: i64, text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 256);
    out.extend_from_slice(DECLARATION);
    out.extend_from_slice(b"<methodResponse><fault><value><struct>");
    out.extend_from_slice(b"<member><name>faultCode</name><value><int>");
    out.extend_from_slice(code.to_string().as_bytes());
    out.extend_from_slice(b"</int></value></member>");
    out.extend_from_slice(b"<member><name>faultString</name><value><string>");
    text::push_text_lossy(&mut out, text);
    out.extend_from_slice(b"</string></value></member>");
    out.extend_from_slice(b"</struct></value></fault></methodResponse>");
    out
}

/// Reads a response.
///
/// Text is borrowed from `body` where the type allows it and the text holds no entities.
///
/// # Errors
///
/// Fails with the fault that the server answered, and when `body` is not an XML-RPC response or its
/// value is not of the type asked for.
pub fn from_response<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, ResponseError> {
    let mut lexer = Lexer::new(body)?;
    lexer.expect(Markup::Open(Tag::MethodResponse))?;
    match lexer.markup()? {
        Markup::Open(Tag::Params) => {
            lexer.expect(Markup::Open(Tag::Param))?;
            let value = T::deserialize(Deserializer::new(&mut lexer))?;
            lexer.expect(Markup::Close(Tag::Param))?;
            lexer.expect(Markup::Close(Tag::Params))?;
            expect_end(&mut lexer)?;
            Ok(value)
        }
        Markup::Open(Tag::Fault) => {
            let fault = Fault::deserialize(Deserializer::new(&mut lexer))?;
            lexer.expect(Markup::Close(Tag::Fault))?;
            expect_end(&mut lexer)?;
            Err(ResponseError::Fault(fault))
        }
        found => Err(lexer.unexpected(found, Markup::Open(Tag::Params)).into()),
    }
}

fn expect_end(lexer: &mut Lexer<'_>) -> Result<(), DecodeError> {
    lexer.expect(Markup::Close(Tag::MethodResponse))?;
    lexer.expect(Markup::End)
}

fn no_parameters<'de, P: Deserialize<'de>>() -> Result<P, DecodeError> {
    P::deserialize(serde::de::value::SeqDeserializer::new(
        std::iter::empty::<()>(),
    ))
}

/// The parameters of a call as a sequence: `<param>…</param>` up to `</params>`.
struct Parameters<'p, 'de>(&'p mut Lexer<'de>);

impl<'de> serde::Deserializer<'de> for Parameters<'_, 'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let mut access = ParameterAccess {
            lexer: self.0,
            ended: false,
        };
        let value = visitor.visit_seq(&mut access)?;
        if access.ended {
            return Ok(value);
        }
        match access.lexer.markup()? {
            Markup::Close(Tag::Params) => Ok(value),
            Markup::Open(Tag::Param) => Err(DecodeError::new(Problem::Mismatch(
                "the call has more parameters than the method takes".to_owned(),
            ))),
            found => Err(access.lexer.unexpected(found, Markup::Close(Tag::Params))),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

struct ParameterAccess<'p, 'de> {
    lexer: &'p mut Lexer<'de>,
    ended: bool,
}

impl<'de> SeqAccess<'de> for ParameterAccess<'_, 'de> {
    type Error = DecodeError;

    fn next_element_seed<T: serde::de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        if self.ended {
            return Ok(None);
        }
        match self.lexer.markup()? {
            Markup::Open(Tag::Param) => {
                let value = seed.deserialize(Deserializer::new(self.lexer))?;
                self.lexer.expect(Markup::Close(Tag::Param))?;
                Ok(Some(value))
            }
            Markup::Close(Tag::Params) => {
                self.ended = true;
                Ok(None)
            }
            found => Err(self.lexer.unexpected(found, Markup::Close(Tag::Params))),
        }
    }
}
