//! What of an answer a caller may see.

use std::sync::Arc;

use odoo_rpc::Rows;
use odoo_scope::footprint::{ModelSchema, Part, Reason, Row};
use odoo_scope::policy::Policy;
use odoo_scope::{Permission, Scope};
use serde_json::{Map, Value};

/// What of an answer a caller may see: by scope, policy and the operator's wish about names.
#[derive(Clone, Debug)]
pub(crate) struct View<'c> {
    pub(crate) scope: &'c Scope,
    pub(crate) policy: &'c Policy,
    /// The schema of the model called, where the names of records out of reach are withheld.
    pub(crate) withhold: Option<Arc<ModelSchema>>,
}

impl View<'_> {
    /// Whether the caller may read, or else write, a field.
    pub(crate) fn shows_field(&self, model: &str, field: &str) -> bool {
        let part = Part::Field(field.to_owned());
        [Permission::Read, Permission::Write]
            .into_iter()
            .any(|permission| self.permits(model, permission, part.clone()))
    }

    /// Whether the caller may read a field.
    pub(crate) fn reads_field(&self, model: &str, field: &str) -> bool {
        let part = Part::Field(field.to_owned());
        self.permits(model, Permission::Read, part)
    }

    /// Whether the caller may read records of a model.
    pub(crate) fn reads(&self, model: &str) -> bool {
        self.permits(model, Permission::Read, Part::Records)
    }

    /// Withholds the names of records that the caller may not read.
    ///
    /// # Errors
    ///
    /// When the records are not the JSON that they were made as.
    pub(crate) fn withhold_names(&self, rows: &Rows) -> Option<Result<Vec<u8>, serde_json::Error>> {
        let schema = self.withhold.as_deref()?;
        Some(self.without_names(schema, rows))
    }

    fn without_names(
        &self,
        schema: &ModelSchema,
        rows: &Rows,
    ) -> Result<Vec<u8>, serde_json::Error> {
        let mut records: Vec<Map<String, Value>> = serde_json::from_str(rows.as_str())?;
        for (name, value) in records.iter_mut().flatten() {
            let Some(field) = schema.field(name) else {
                // The schema may be another user's, who does not see this field: it could be a relation.
                self.blank_properties(value);
                blank_name(value);
                continue;
            };
            match field.relation() {
                Some(relation) if !self.reads(relation) => blank_name(value),
                Some(_) => {}
                None => self.blank_properties(value),
            }
        }
        serde_json::to_vec(&records)
    }

    /// Properties carry their own schema: a list of objects, each with its `comodel`.
    fn blank_properties(&self, value: &mut Value) {
        let properties = value.as_array_mut().into_iter().flatten();
        for property in properties.filter_map(Value::as_object_mut) {
            let Some(comodel) = property.get("comodel").and_then(Value::as_str) else {
                continue;
            };
            if self.reads(comodel) {
                continue;
            }
            match property.get_mut("value") {
                Some(Value::Array(several)) if several.iter().all(Value::is_array) => {
                    several.iter_mut().for_each(blank_name);
                }
                Some(value) => blank_name(value),
                None => {}
            }
        }
    }

    fn permits(&self, model: &str, permission: Permission, part: Part) -> bool {
        let row = Row {
            model: model.to_owned(),
            permission,
            part,
            place: String::new(),
            reason: Reason::Called,
        };
        self.scope.judge(&row, self.policy).is_ok()
    }
}

/// `[42, "Azure"]` becomes `[42, null]`.
fn blank_name(value: &mut Value) {
    if let Value::Array(pair) = value
        && let [Value::Number(_), name @ Value::String(_)] = pair.as_mut_slice()
    {
        *name = Value::Null;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_out_of_reach_are_withheld_also_of_fields_that_are_not_known() {
        let schema = json!({
            "partner_id": {"type": "many2one", "relation": "res.partner"},
            "company_id": {"type": "many2one", "relation": "res.company"},
        });
        let view = View {
            scope: &Scope::parse("sale.order:R,res.partner:R").unwrap(),
            policy: &Policy::permissive(),
            withhold: ModelSchema::from_fields_get(&schema).map(Arc::new),
        };
        let record =
            json!([{"id": 1, "partner_id": [2, "A"], "company_id": [3, "B"], "x": [4, "C"]}]);
        let document = odoo_rpc::xml::to_response(&record).unwrap();
        let rows = odoo_rpc::xml::from_response(&document).unwrap();
        let cut = view.withhold_names(&rows).unwrap().unwrap();
        let expected =
            json!([{"id": 1, "partner_id": [2, "A"], "company_id": [3, null], "x": [4, null]}]);
        assert_eq!(serde_json::from_slice::<Value>(&cut).unwrap(), expected);
    }
}
