use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, SeqAccess, Visitor};

use super::json_schema;
use crate::error::Error;

/// Ids of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tools) struct Ids(pub(in crate::tools) Vec<i64>);

/// Names of fields; none means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::tools) struct Fields(pub(in crate::tools) Vec<String>);

/// Names of the properties that describe a field; none means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::tools) struct Attributes(pub(in crate::tools) Vec<String>);

impl Ids {
    /// Refuses an empty list, where doing nothing cannot be what was meant.
    pub(in crate::tools) fn some(&self) -> Result<(), Error> {
        if self.0.is_empty() {
            return Err(Error::invalid(
                "`arguments.ids` is empty: name at least one record",
            ));
        }
        Ok(())
    }
}

json_schema!(Ids, {
    "type": "array",
    "description": "Ids of the records, such as [7, 12].",
    "items": { "type": "integer", "minimum": 1 },
});

json_schema!(Fields, {
    "type": "array",
    "description": "Technical names of fields, such as [\"name\", \"email\"]. Name only those that are needed; empty means all. `fields_get` lists them.",
    "items": { "type": "string" },
    "default": [],
});

json_schema!(Attributes, {
    "type": "array",
    "description": "Which properties of the fields to answer, such as [\"string\", \"type\", \"required\", \"relation\", \"selection\"]. Empty means all, which is long.",
    "items": { "type": "string" },
    "default": [],
});

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ids, D::Error> {
        let ids = deserializer.deserialize_any(OneOrMany::<Id>::new("a list of record ids"))?;
        Ok(Ids(ids.into_iter().map(|Id(id)| id).collect()))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        names(deserializer, "a list of field names").map(Fields)
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Attributes, D::Error> {
        names(deserializer, "a list of attribute names").map(Attributes)
    }
}

/// Reads names: a list of strings, or one string with commas between them. Empty ones are left out.
fn names<'de, D: Deserializer<'de>>(
    deserializer: D,
    what: &'static str,
) -> Result<Vec<String>, D::Error> {
    let names = deserializer.deserialize_any(OneOrMany::<Name>::new(what))?;
    let names = names.into_iter().filter_map(|Name(name)| name);
    Ok(names
        .flat_map(|name| {
            let parts: Vec<String> = name.split(',').map(|part| part.trim().to_owned()).collect();
            parts
        })
        .filter(|name| !name.is_empty())
        .collect())
}

/// One id: a positive whole number, in digits or as a string.
struct Id(i64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record's id, a whole number of at least 1")
    }

    fn visit_i64<E: de::Error>(self, id: i64) -> Result<Id, E> {
        if id > 0 {
            Ok(Id(id))
        } else {
            Err(E::invalid_value(de::Unexpected::Signed(id), &self))
        }
    }

    fn visit_u64<E: de::Error>(self, id: u64) -> Result<Id, E> {
        match i64::try_from(id) {
            Ok(id) => self.visit_i64(id),
            Err(_) => Err(E::invalid_value(de::Unexpected::Unsigned(id), &self)),
        }
    }

    fn visit_f64<E: de::Error>(self, id: f64) -> Result<Id, E> {
        if id.fract() == 0.0 && id.abs() < 9e15 {
            self.visit_i64(id as i64)
        } else {
            Err(E::invalid_value(de::Unexpected::Float(id), &self))
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        match text.trim().parse() {
            Ok(id) => self.visit_i64(id),
            Err(_) => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }
}

/// One name; n8n's form fills an empty list with `null`.
struct Name(Option<String>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Name, E> {
        Ok(Name(None))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Name, E> {
        Ok(Name(Some(name.to_owned())))
    }
}

/// Reads a list, one item without its list, either of them as JSON text; `null` is an empty list.
struct OneOrMany<T> {
    what: &'static str,
    item: PhantomData<T>,
}

impl<T> OneOrMany<T> {
    fn new(what: &'static str) -> OneOrMany<T> {
        OneOrMany {
            what,
            item: PhantomData,
        }
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for OneOrMany<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(all)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Vec<T>, E> {
        T::deserialize(de::value::I64Deserializer::new(number)).map(|item| vec![item])
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Vec<T>, E> {
        T::deserialize(de::value::U64Deserializer::new(number)).map(|item| vec![item])
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Vec<T>, E> {
        T::deserialize(de::value::F64Deserializer::new(number)).map(|item| vec![item])
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
        let text = text.trim();
        if text.starts_with('[') {
            return serde_json::from_str(text).map_err(E::custom);
        }
        if text.is_empty() {
            return Ok(Vec::new());
        }
        text.split(',')
            .map(|part| T::deserialize(de::value::StrDeserializer::new(part.trim())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{assert_reads, assert_refuses};
    use super::*;

    #[test]
    fn ids_come_as_a_list_as_one_and_as_text() {
        for json in ["[5]", "5", "\"5\"", "5.0", "[\"5\"]", "\"[5]\"", "[5.0]"] {
            assert_reads(json, Ids(vec![5]));
        }
        for json in ["[5, 6]", "\"5,6\"", "\"5, 6\"", "\"[5, \\\"6\\\"]\""] {
            assert_reads(json, Ids(vec![5, 6]));
        }
        for json in ["[]", "\"[]\"", "null", "\"\""] {
            assert_reads(json, Ids(vec![]));
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for json in [
            "[0]", "-1", "[1.5]", "\"five\"", "[null]", "[[5]]", "[true]", "\"5,,6\"",
        ] {
            assert_refuses::<Ids>(json, "a record's id");
        }
        for json in ["true", "{}"] {
            assert_refuses::<Ids>(json, "a list of record ids");
        }
        assert_refuses::<Ids>("\"[5\"", "EOF");
    }

    #[test]
    fn field_names_come_as_a_list_as_one_and_as_text() {
        let fields = |names: &[&str]| Fields(names.iter().map(|&name| name.to_owned()).collect());
        assert_reads("[\"name\", \"email\"]", fields(&["name", "email"]));
        assert_reads("\"name, email\"", fields(&["name", "email"]));
        assert_reads("\"[\\\"name\\\"]\"", fields(&["name"]));
        for json in ["[]", "null", "[null]", "[\"\"]", "\"\"", "\"[]\""] {
            assert_reads(json, fields(&[]));
        }
        assert_refuses::<Fields>("[1]", "a name");
        assert_refuses::<Fields>("{}", "a list of field names");
    }
}
