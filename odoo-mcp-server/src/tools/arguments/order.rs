use serde::de::{Deserialize, Deserializer};

use super::json_schema;

/// How to sort, in Odoo's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::tools) struct Order(pub(in crate::tools) Option<String>);

json_schema!(Order, {
    "type": "string",
    "description": "How to sort, by fields of the model itself: \"name\", \"create_date desc\", \"date desc, id desc\". Empty means the model's own order.",
    "default": "",
});

impl<'de> Deserialize<'de> for Order {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Order, D::Error> {
        let order: Option<String> = Option::deserialize(deserializer)?;
        Ok(Order(order.filter(|order| !order.trim().is_empty())))
    }
}
