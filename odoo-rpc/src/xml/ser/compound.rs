//! Arrays and structs while they are written.

use serde::ser::{self, Serialize};

use super::key::KeyWriter;
use super::{EncodeError, Frame, Serializer, Step, open_member};

/// An array that is being written.
pub(super) struct Array<'o> {
    pub(super) out: &'o mut Vec<u8>,
    pub(super) depth: usize,
    pub(super) frame: &'static Frame,
    pub(super) length: usize,
    pub(super) closing: &'static str,
}

impl Array<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.out
            .extend_from_slice(self.frame.before_element.as_bytes());
        value
            .serialize(Serializer::value(self.out, self.depth))
            .map_err(|error| error.within(Step::Index(self.length)))?;
        self.out
            .extend_from_slice(self.frame.after_element.as_bytes());
        self.length += 1;
        Ok(())
    }

    fn close(self) {
        self.out.extend_from_slice(self.frame.close.as_bytes());
        self.out.extend_from_slice(self.closing.as_bytes());
    }
}

/// A struct that is being written.
pub(super) struct Members<'o> {
    pub(super) out: &'o mut Vec<u8>,
    pub(super) depth: usize,
    pub(super) key: String,
    pub(super) closing: &'static str,
}

impl Members<'_> {
    fn open(&mut self, key: &str) -> Result<(), EncodeError> {
        open_member(self.out, key)
            .map_err(|error| error.within(Step::Key(key.escape_debug().to_string())))
    }

    fn value<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), EncodeError> {
        value
            .serialize(Serializer::value(self.out, self.depth))
            .map_err(|error| error.within(Step::Key(key.to_owned())))?;
        self.out.extend_from_slice(b"</member>");
        Ok(())
    }

    fn close(self) {
        self.out.extend_from_slice(b"</struct></value>");
        self.out.extend_from_slice(self.closing.as_bytes());
    }
}

/// Implements the sequence-like traits, which differ in the names of their methods alone.
macro_rules! array_traits {
    ($($name:ident::$method:ident),+ $(,)?) => {$(
        impl ser::$name for Array<'_> {
            type Ok = ();
            type Error = EncodeError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
                self.element(value)
            }

            fn end(self) -> Result<(), EncodeError> {
                self.close();
                Ok(())
            }
        }
    )+};
}

array_traits! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}

macro_rules! struct_traits {
    ($($name:ident),+ $(,)?) => {$(
        impl ser::$name for Members<'_> {
            type Ok = ();
            type Error = EncodeError;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), EncodeError> {
                self.open(key)?;
                self.value(key, value)
            }

            fn end(self) -> Result<(), EncodeError> {
                self.close();
                Ok(())
            }
        }
    )+};
}

struct_traits! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeError> {
        self.key.clear();
        key.serialize(KeyWriter(&mut self.key))?;
        let key = std::mem::take(&mut self.key);
        self.open(&key)?;
        self.key = key;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        let key = std::mem::take(&mut self.key);
        self.value(&key, value)?;
        self.key = key;
        Ok(())
    }

    fn end(self) -> Result<(), EncodeError> {
        self.close();
        Ok(())
    }
}
