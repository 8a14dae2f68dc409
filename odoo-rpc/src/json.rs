//! Answers as JSON text, written while they are read: no tree stands between.

use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// Any answer as JSON text.
///
/// `session.model("res.partner").fields_get::<Json>(…)` turns Odoo's XML into JSON in one pass.
/// XML-RPC's `base64` and dates become strings.
///
/// # Examples
///
/// ```
/// use odoo_rpc::{Json, xml};
///
/// let answer = xml::to_response(&(1, "two", None::<i32>))?;
/// let json: Json = xml::from_response(&answer)?;
/// assert_eq!(json.as_str(), r#"[1,"two",null]"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Json {
    text: Vec<u8>,
}

/// A list of records as JSON text, with the number of records known.
///
/// Where [`Json`] takes any answer, this takes a list, and can drop records from its end.
///
/// # Examples
///
/// ```
/// use odoo_rpc::{Rows, xml};
///
/// let answer = xml::to_response(&[10, 20, 30])?;
/// let mut rows: Rows = xml::from_response(&answer)?;
/// rows.truncate(2);
/// assert_eq!((rows.len(), rows.as_str()), (2, "[10,20]"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Rows {
    text: Vec<u8>,
    /// Where in `text` each row ends.
    ends: Vec<usize>,
}

impl Json {
    /// Returns the JSON text.
    pub fn as_str(&self) -> &str {
        as_str(&self.text)
    }

    /// Returns the JSON text as bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text
    }
}

impl Rows {
    /// Returns the number of records.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Drops all records behind the first `length`.
    pub fn truncate(&mut self, length: usize) {
        if length < self.ends.len() {
            self.ends.truncate(length);
            self.text.truncate(self.ends.last().copied().unwrap_or(1));
            self.text.push(b']');
        }
    }

    /// Returns the JSON text of the list.
    pub fn as_str(&self) -> &str {
        as_str(&self.text)
    }

    /// Returns the JSON text of the list as bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text
    }
}

fn as_str(text: &[u8]) -> &str {
    // What `JsonWriter` writes is UTF-8: it is made of `str`s and ASCII.
    std::str::from_utf8(text).unwrap_or_default()
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut text = Vec::new();
        JsonWriter(&mut text).deserialize(deserializer)?;
        Ok(Self { text })
    }
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RowsVisitor;

        impl<'de> Visitor<'de> for RowsVisitor {
            type Value = Rows;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of records")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Rows, A::Error> {
                let mut text = vec![b'['];
                let mut ends = Vec::new();
                loop {
                    let end = text.len();
                    if !ends.is_empty() {
                        text.push(b',');
                    }
                    if rows.next_element_seed(JsonWriter(&mut text))?.is_none() {
                        text.truncate(end);
                        text.push(b']');
                        return Ok(Rows { text, ends });
                    }
                    ends.push(text.len());
                }
            }
        }

        deserializer.deserialize_seq(RowsVisitor)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_text(&self.text, serializer)
    }
}

impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_text(&self.text, serializer)
    }
}

/// Passes JSON text on to a JSON serializer as it is.
fn serialize_text<S: Serializer>(text: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_slice::<&serde_json::value::RawValue>(text)
        .map_err(serde::ser::Error::custom)?
        .serialize(serializer)
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Writes whatever a deserializer holds as JSON.
struct JsonWriter<'w>(&'w mut Vec<u8>);

impl JsonWriter<'_> {
    /// Writes text; most of it needs no escape.
    #[inline]
    fn write_text<E: de::Error>(self, text: &str) -> Result<(), E> {
        if needs_escape(text.as_bytes()) {
            return self.write(text);
        }
        self.0.reserve(text.len() + 2);
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
        Ok(())
    }

    fn write<T: Serialize + ?Sized, E: de::Error>(self, value: &T) -> Result<(), E> {
        serde_json::to_writer(self.0, value).map_err(E::custom)
    }
}

/// Tells whether JSON has to escape any of the bytes, eight at a time.
#[inline]
fn needs_escape(bytes: &[u8]) -> bool {
    match bytes.last_chunk() {
        // The last eight may overlap those before them: they are only looked at.
        Some(last) => {
            let (words, _) = bytes.as_chunks();
            words
                .iter()
                .chain([last])
                .any(|word| word_needs_escape(*word))
        }
        None => bytes
            .iter()
            .any(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\'),
    }
}

/// Finds a control character, a quotation mark or a backslash among eight bytes.
#[inline]
fn word_needs_escape(word: [u8; 8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let word = u64::from_ne_bytes(word);
    // A byte below `limit` borrows into its own highest bit, unless it had that bit to begin with.
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let equals = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | equals(b'"') | equals(b'\\')) & HIGH != 0
}

impl<'de> DeserializeSeed<'de> for JsonWriter<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for JsonWriter<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<(), E> {
        self.0
            .extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        self.0
            .extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<(), E> {
        self.write_text(value)
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        self.0.push(b'[');
        let mut end = self.0.len();
        while elements.next_element_seed(JsonWriter(self.0))?.is_some() {
            end = self.0.len();
            self.0.push(b',');
        }
        self.0.truncate(end);
        self.0.push(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.push(b'{');
        let mut end = self.0.len();
        while members.next_key_seed(JsonKey(self.0))?.is_some() {
            self.0.push(b':');
            members.next_value_seed(JsonWriter(self.0))?;
            end = self.0.len();
            self.0.push(b',');
        }
        self.0.truncate(end);
        self.0.push(b'}');
        Ok(())
    }
}

/// Writes a key: JSON has text for keys and nothing else.
struct JsonKey<'w>(&'w mut Vec<u8>);

impl<'de> DeserializeSeed<'de> for JsonKey<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for JsonKey<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<(), E> {
        JsonWriter(self.0).write_text(key)
    }
}
