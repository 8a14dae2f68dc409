//! Values to XML-RPC.

mod compound;
mod key;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::ser::{self, Serialize};

use self::compound::{Array, Members};
use super::MAX_DEPTH;
use super::error::{EncodeError, Step};
use super::text::push_text;

/// The name of the newtype struct that marks a string as a date; see [`DateTime`](super::DateTime).
pub(in crate::xml) const DATE_TIME: &str = "$odoo_rpc::xml::DateTime";

/// The name of the newtype struct that marks positional arguments; see [`Arguments`].
const ARGUMENTS: &str = "$odoo_rpc::xml::Arguments";

/// Positional arguments: a sequence, and `()` is the empty one.
pub(crate) struct Arguments<'a, A: ?Sized>(pub(crate) &'a A);

impl<A: Serialize + ?Sized> Serialize for Arguments<'_, A> {
    fn serialize<S: ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(ARGUMENTS, self.0)
    }
}

/// Writes `<value>…</value>` for `value`.
pub(in crate::xml) fn write_value<T: Serialize + ?Sized>(
    out: &mut Vec<u8>,
    value: &T,
) -> Result<(), EncodeError> {
    value.serialize(Serializer::value(out, 0))
}

/// Writes `<params>…</params>` for a sequence of parameters.
pub(in crate::xml) fn write_params<P: Serialize + ?Sized>(
    out: &mut Vec<u8>,
    parameters: &P,
) -> Result<(), EncodeError> {
    let start = out.len();
    parameters.serialize(Serializer {
        out,
        depth: 0,
        frame: &PARAMS,
    })?;
    if out
        .get(start..)
        .is_some_and(|written| written.starts_with(b"<params>"))
    {
        Ok(())
    } else {
        Err(EncodeError::new(
            "the parameters of a call have to be a sequence",
        ))
    }
}

/// What stands around a sequence and its elements.
struct Frame {
    open: &'static str,
    close: &'static str,
    before_element: &'static str,
    after_element: &'static str,
    unit: &'static str,
}

static ARRAY: Frame = Frame {
    open: "<value><array><data>",
    close: "</data></array></value>",
    before_element: "",
    after_element: "",
    unit: "<value><nil/></value>",
};

static POSITIONAL: Frame = Frame {
    unit: "<value><array><data></data></array></value>",
    ..ARRAY
};

static PARAMS: Frame = Frame {
    open: "<params>",
    close: "</params>",
    before_element: "<param>",
    after_element: "</param>",
    unit: "<params></params>",
};

/// Writes one value.
struct Serializer<'o> {
    out: &'o mut Vec<u8>,
    depth: usize,
    frame: &'static Frame,
}

impl<'o> Serializer<'o> {
    fn value(out: &'o mut Vec<u8>, depth: usize) -> Self {
        Self {
            out,
            depth,
            frame: &ARRAY,
        }
    }

    fn scalar(self, tag: &str, text: &str) {
        for part in ["<value><", tag, ">", text, "</", tag, "></value>"] {
            self.out.extend_from_slice(part.as_bytes());
        }
    }

    fn deeper(&self) -> Result<usize, EncodeError> {
        if self.depth < MAX_DEPTH {
            Ok(self.depth + 1)
        } else {
            Err(EncodeError::new(format!(
                "is nested deeper than {MAX_DEPTH} levels"
            )))
        }
    }

    fn open_array(self) -> Result<Array<'o>, EncodeError> {
        let depth = self.deeper()?;
        self.out.extend_from_slice(self.frame.open.as_bytes());
        Ok(Array {
            out: self.out,
            depth,
            frame: self.frame,
            length: 0,
            closing: "",
        })
    }

    fn open_struct(self) -> Result<Members<'o>, EncodeError> {
        let depth = self.deeper()?;
        self.out.extend_from_slice(b"<value><struct>");
        Ok(Members {
            out: self.out,
            depth,
            key: String::new(),
            closing: "",
        })
    }

    /// Opens the struct with one member that stands for a variant with content.
    fn open_variant(&mut self, variant: &str) -> Result<(), EncodeError> {
        self.depth = self.deeper()?;
        self.out.extend_from_slice(b"<value><struct>");
        open_member(self.out, variant)
    }
}

const CLOSE_VARIANT: &str = "</member></struct></value>";

fn open_member(out: &mut Vec<u8>, name: &str) -> Result<(), EncodeError> {
    out.extend_from_slice(b"<member><name>");
    push_text(out, name)?;
    out.extend_from_slice(b"</name>");
    Ok(())
}

impl<'o> ser::Serializer for Serializer<'o> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = Array<'o>;
    type SerializeTuple = Array<'o>;
    type SerializeTupleStruct = Array<'o>;
    type SerializeTupleVariant = Array<'o>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Members<'o>;
    type SerializeStructVariant = Members<'o>;

    fn serialize_bool(self, value: bool) -> Result<(), EncodeError> {
        self.scalar("boolean", if value { "1" } else { "0" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), EncodeError> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_i16(self, value: i16) -> Result<(), EncodeError> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_i32(self, value: i32) -> Result<(), EncodeError> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_i64(self, value: i64) -> Result<(), EncodeError> {
        let mut digits = itoa::Buffer::new();
        let tag = if i32::try_from(value).is_ok() {
            "int"
        } else {
            "i8"
        };
        self.scalar(tag, digits.format(value));
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), EncodeError> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_u16(self, value: u16) -> Result<(), EncodeError> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_u32(self, value: u32) -> Result<(), EncodeError> {
        self.serialize_i64(i64::from(value))
    }

    fn serialize_u64(self, value: u64) -> Result<(), EncodeError> {
        let value = i64::try_from(value)
            .map_err(|_| EncodeError::new("is larger than a 64-bit signed integer"))?;
        self.serialize_i64(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        if !value.is_finite() {
            return Err(EncodeError::new("is not a finite number"));
        }
        self.scalar("double", &value.to_string());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        self.out.extend_from_slice(b"<value><string>");
        push_text(self.out, value)?;
        self.out.extend_from_slice(b"</string></value>");
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), EncodeError> {
        self.scalar("base64", &BASE64.encode(value));
        Ok(())
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), EncodeError> {
        self.out.extend_from_slice(self.frame.unit.as_bytes());
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), EncodeError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), EncodeError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let start = self.out.len();
        if name == ARGUMENTS {
            let Serializer { out, depth, .. } = self;
            value.serialize(Serializer {
                out,
                depth,
                frame: &POSITIONAL,
            })?;
            let is_sequence = |written: &[u8]| written.starts_with(ARRAY.open.as_bytes());
            return if out.get(start..).is_some_and(is_sequence) {
                Ok(())
            } else {
                Err(EncodeError::new("has to be a sequence of arguments"))
            };
        }
        if name != DATE_TIME {
            return value.serialize(self);
        }
        // A date was checked when it was made: it holds no character that needs an escape.
        let out = self.out;
        value.serialize(Serializer::value(out, self.depth))?;
        let text = out.split_off(start);
        let text = text
            .strip_prefix(b"<value><string>")
            .and_then(|text| text.strip_suffix(b"</string></value>"))
            .unwrap_or_default();
        for part in [
            &b"<value><dateTime.iso8601>"[..],
            text,
            b"</dateTime.iso8601></value>",
        ] {
            out.extend_from_slice(part);
        }
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        mut self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        self.open_variant(variant)?;
        value
            .serialize(Serializer::value(self.out, self.depth))
            .map_err(|error| error.within(Step::Key(variant.to_owned())))?;
        self.out.extend_from_slice(CLOSE_VARIANT.as_bytes());
        Ok(())
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Array<'o>, EncodeError> {
        self.open_array()
    }

    fn serialize_tuple(self, _length: usize) -> Result<Array<'o>, EncodeError> {
        self.open_array()
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Array<'o>, EncodeError> {
        self.open_array()
    }

    fn serialize_tuple_variant(
        mut self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Array<'o>, EncodeError> {
        self.open_variant(variant)?;
        Ok(Array {
            closing: CLOSE_VARIANT,
            ..self.open_array()?
        })
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Members<'o>, EncodeError> {
        self.open_struct()
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Members<'o>, EncodeError> {
        self.open_struct()
    }

    fn serialize_struct_variant(
        mut self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Members<'o>, EncodeError> {
        self.open_variant(variant)?;
        Ok(Members {
            closing: CLOSE_VARIANT,
            ..self.open_struct()?
        })
    }
}
