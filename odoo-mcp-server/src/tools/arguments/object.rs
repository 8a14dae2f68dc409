use odoo_rpc::Model;
use serde::de::{self, Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::json_schema;

/// Odoo's context of a call.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::tools) struct Context(pub(in crate::tools) Map<String, Value>);

/// Values of fields, by name.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::tools) struct Values(pub(in crate::tools) Map<String, Value>);

/// The values of one new record, or of several.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::tools) enum NewRecords {
    One(Map<String, Value>),
    Many(Vec<Map<String, Value>>),
}

json_schema!(Context, {
    "type": "object",
    "description": "Odoo context, such as {\"lang\": \"de_DE\"}, or {\"active_test\": false} to include archived records.",
    "additionalProperties": true,
    "default": {},
});

json_schema!(Values, {
    "type": "object",
    "description": "New values by field name, such as {\"name\": \"Azure\", \"country_id\": 21}. A many2one takes an id, \
        a date \"2026-11-22\", a date and time \"2026-11-22 07:54:34\" in UTC; false empties a field. \
        A one2many or many2many takes commands: [[6, 0, [ids]]] sets, [[4, id]] adds, [[3, id]] takes out, \
        [[0, 0, {values}]] creates, [[1, id, {values}]] changes, [[2, id]] deletes.",
    "additionalProperties": true,
});

json_schema!(NewRecords, {
    "description": "Values of the new record by field name, such as {\"name\": \"Azure\", \"country_id\": 21}; \
        or a list of them, to create several. A many2one takes an id, a date \"2026-11-22\", a date and time \
        \"2026-11-22 07:54:34\" in UTC. A one2many takes commands: [[0, 0, {values}]] creates a line; \
        a many2many [[6, 0, [ids]]].",
    "anyOf": [
        { "type": "object", "additionalProperties": true },
        { "type": "array", "items": { "type": "object", "additionalProperties": true }, "minItems": 1 },
    ],
});

impl NewRecords {
    /// Returns the values of each record.
    pub(in crate::tools) fn records(&self) -> &[Map<String, Value>] {
        match self {
            NewRecords::One(values) => std::slice::from_ref(values),
            NewRecords::Many(records) => records,
        }
    }
}

impl Context {
    /// Puts the context on a model's calls, if there is one.
    pub(in crate::tools) fn apply(self, model: Model<'_>) -> Model<'_> {
        if self.0.is_empty() {
            model
        } else {
            model.with_context(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Context {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Context, D::Error> {
        match value(deserializer)? {
            Value::Null => Ok(Context::default()),
            value => object(value).map(Context),
        }
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Values, D::Error> {
        object(value(deserializer)?).map(Values)
    }
}

impl<'de> Deserialize<'de> for NewRecords {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<NewRecords, D::Error> {
        match value(deserializer)? {
            Value::Array(items) if items.is_empty() => {
                Err(de::Error::custom("the list of new records is empty"))
            }
            Value::Array(items) => {
                let records: Result<_, D::Error> = items.into_iter().map(object).collect();
                records.map(NewRecords::Many)
            }
            one => object(one).map(NewRecords::One),
        }
    }
}

/// Reads any JSON, also as text in a string.
fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) if text.trim().is_empty() => Ok(Value::Null),
        Value::String(text) => serde_json::from_str(&text)
            .map_err(|error| de::Error::custom(format!("this string is no JSON object: {error}"))),
        value => Ok(value),
    }
}

fn object<E: de::Error>(value: Value) -> Result<Map<String, Value>, E> {
    match value {
        Value::Object(map) => Ok(map),
        _ => Err(E::custom("expected an object of values by field name")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{assert_reads, assert_refuses};
    use super::*;

    fn map(json: &str) -> Map<String, Value> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn values_come_as_an_object_or_as_its_text() {
        let values = Values(map(r#"{"name": "Azure"}"#));
        assert_reads(r#"{"name": "Azure"}"#, values.clone());
        assert_reads(r#""{\"name\": \"Azure\"}""#, values);
        for json in ["[]", "5", "null", "\"\"", "\"[1]\""] {
            assert_refuses::<Values>(json, "expected an object");
        }
        assert_refuses::<Values>("\"name\"", "no JSON object");
    }

    #[test]
    fn new_records_come_one_or_several() {
        let record = map(r#"{"name": "Azure"}"#);
        assert_reads(r#"{"name": "Azure"}"#, NewRecords::One(record.clone()));
        assert_reads(r#"[{"name": "Azure"}]"#, NewRecords::Many(vec![record]));
        assert_refuses::<NewRecords>("[]", "empty");
        assert_refuses::<NewRecords>("[1]", "expected an object");
        assert_refuses::<NewRecords>("5", "expected an object");
    }

    #[test]
    fn no_context_is_an_empty_one() {
        for json in ["null", "{}", "\"\"", "\"{}\""] {
            assert_reads(json, Context::default());
        }
        assert_refuses::<Context>("[]", "expected an object");
    }
}
