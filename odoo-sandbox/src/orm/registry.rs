//! The models that there are, with the fields that every model has and those it inherits.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde_json::Value;

use super::schema::{Field, Source, Spec, char, datetime, integer, many2one};
use crate::models;

/// A declared model, completed: its own fields, the inherited ones, and those of every model.
pub(crate) struct Model {
    pub(crate) spec: &'static Spec,
    fields: Vec<Field>,
    by_name: HashMap<&'static str, usize>,
}

/// Returns the model of this name.
pub(crate) fn model(name: &str) -> Option<&'static Model> {
    REGISTRY.get(name)
}

/// Returns all models, sorted by name.
pub(crate) fn models() -> impl Iterator<Item = &'static Model> {
    REGISTRY.values()
}

static REGISTRY: LazyLock<BTreeMap<&'static str, Model>> = LazyLock::new(|| {
    models::ALL
        .iter()
        .map(|spec| (spec.name, Model::complete(spec)))
        .collect()
});

impl Model {
    fn complete(spec: &'static Spec) -> Self {
        let mut fields = vec![
            integer("id", "ID").readonly(),
            char("display_name", "Display Name")
                .not_stored()
                .computed(|_, _, _| Value::Null),
        ];
        fields.extend(spec.fields.iter().cloned());
        if let Some((parent, via)) = spec.inherits
            && let Some(parent) = models::ALL.iter().find(|spec| spec.name == parent)
        {
            for field in parent.fields {
                if !spec.fields.iter().any(|own| own.name == field.name) {
                    fields.push(Field {
                        source: Source::Related(via, field.name),
                        store: false,
                        inherited: true,
                        ..field.clone()
                    });
                }
            }
        }
        fields.extend([
            many2one("create_uid", "Created by", "res.users")
                .readonly()
                .uncopied(),
            datetime("create_date", "Created on").readonly().uncopied(),
            many2one("write_uid", "Last Updated by", "res.users")
                .readonly()
                .uncopied(),
            datetime("write_date", "Last Updated on")
                .readonly()
                .uncopied(),
        ]);
        let by_name = fields
            .iter()
            .enumerate()
            .map(|(at, field)| (field.name, at))
            .collect();
        Self {
            spec,
            fields,
            by_name,
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.spec.name
    }

    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }

    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.by_name.get(name).and_then(|&at| self.fields.get(at))
    }

    /// Returns whether records are archived rather than deleted, so that searches leave some out.
    pub(crate) fn has_active(&self) -> bool {
        self.field("active").is_some()
    }

    /// Returns the many2one that makes a tree of the model's records.
    pub(crate) fn parent_field(&self) -> Option<&Field> {
        self.field("parent_id")
    }
}
