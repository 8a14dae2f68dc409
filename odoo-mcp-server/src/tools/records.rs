use odoo_rpc::Rows;
use serde::{Serialize, Serializer};

use super::arguments::json_schema;

/// Records as Odoo sent them: JSON text that is passed on as it is.
#[derive(Debug)]
pub(super) struct Records(pub(super) Rows);

json_schema!(Records, {
    "type": "array",
    "description": "The records: an object of values by field name each, `id` among them. A many2one is [id, name]; false is no value.",
    "items": { "type": "object", "additionalProperties": true },
});

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
