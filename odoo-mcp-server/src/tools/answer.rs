use odoo_rpc::Rows;
use schemars::JsonSchema;
use serde::Serialize;

use super::arguments::json_schema;
use crate::view::View;

/// What a tool answers: one JSON object, as text.
///
/// It stays text on its way out: a large answer is neither parsed nor copied again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    parts: [Vec<u8>; 3],
}

/// What can be put into an answer.
pub(super) trait IntoAnswer {
    fn into_answer(self) -> Result<Answer, serde_json::Error>;
}

/// An answer that begins with records, which are JSON text already.
#[derive(JsonSchema)]
pub(super) struct WithRecords<R> {
    records: Records,
    #[schemars(flatten)]
    rest: R,
}

/// The JSON text of a list of records.
struct Records(Vec<u8>);

json_schema!(Records, {
    "type": "array",
    "description": "The records: an object of values by field name each, `id` among them. A many2one is [id, name]; false is no value.",
    "items": { "type": "object", "additionalProperties": true },
});

impl<R> WithRecords<R> {
    /// The records, less the names that the caller may not see.
    pub(super) fn new(rows: Rows, rest: R, view: &View<'_>) -> WithRecords<R> {
        let records = match view.withhold_names(&rows) {
            // What cannot be cut is not shown.
            Some(cut) => cut.unwrap_or_else(|_| b"[]".to_vec()),
            None => rows.into_bytes(),
        };
        WithRecords {
            records: Records(records),
            rest,
        }
    }

    /// An answer without records.
    pub(super) fn none(rest: R) -> WithRecords<R> {
        WithRecords {
            records: Records(b"[]".to_vec()),
            rest,
        }
    }
}

impl<T: Serialize> IntoAnswer for T {
    fn into_answer(self) -> Result<Answer, serde_json::Error> {
        Answer::of(&self)
    }
}

impl<R: Serialize> IntoAnswer for WithRecords<R> {
    fn into_answer(self) -> Result<Answer, serde_json::Error> {
        let mut rest = serde_json::to_vec(&self.rest)?;
        // The opening brace of the rest becomes the comma behind the records.
        if let Some(brace) = rest.first_mut() {
            *brace = b',';
        }
        let head = b"{\"records\":".to_vec();
        Ok(Answer {
            parts: [head, self.records.0, rest],
        })
    }
}

impl Answer {
    pub(crate) fn of(value: &impl Serialize) -> Result<Answer, serde_json::Error> {
        let whole = serde_json::to_vec(value)?;
        Ok(Answer {
            parts: [whole, Vec::new(), Vec::new()],
        })
    }

    /// Returns the answer in one piece.
    pub(crate) fn into_json(self) -> Vec<u8> {
        let [mut whole, records, rest] = self.parts;
        whole.reserve_exact(records.len() + rest.len());
        whole.extend_from_slice(&records);
        whole.extend_from_slice(&rest);
        whole
    }

    /// Returns the answer in pieces that make it up in their order; some are empty.
    pub(crate) fn into_parts(self) -> [Vec<u8>; 3] {
        self.parts
    }
}

#[cfg(test)]
mod tests {
    use odoo_scope::Scope;
    use odoo_scope::policy::Policy;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Serialize)]
    struct Rest {
        count: usize,
        model: &'static str,
    }

    #[test]
    fn records_and_the_rest_make_one_object() {
        let answer = odoo_rpc::xml::to_response(&json!([{"id": 1, "name": "A, \"B\""}])).unwrap();
        let rows: Rows = odoo_rpc::xml::from_response(&answer).unwrap();
        let rest = Rest {
            count: 1,
            model: "res.partner",
        };
        let (scope, policy) = (Scope::everything(), Policy::permissive());
        let view = View {
            scope: &scope,
            policy: &policy,
            withhold: None,
        };
        let json = WithRecords::new(rows, rest, &view)
            .into_answer()
            .unwrap()
            .into_json();
        assert_eq!(
            serde_json::from_slice::<Value>(&json).unwrap(),
            json!({"records": [{"id": 1, "name": "A, \"B\""}], "count": 1, "model": "res.partner"})
        );
    }
}
