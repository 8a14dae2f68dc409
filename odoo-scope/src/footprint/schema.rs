//! What the footprint has to know about models: the answers of `fields_get`.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

/// The models' schemas that are at hand.
pub trait Schema {
    /// Returns the schema of a model; nothing when it has to be fetched first.
    fn model(&self, name: &str) -> Option<&ModelSchema>;
}

impl Schema for HashMap<String, ModelSchema> {
    fn model(&self, name: &str) -> Option<&ModelSchema> {
        self.get(name)
    }
}

/// The attributes to ask `fields_get` for.
pub const ATTRIBUTES: [&str; 7] = [
    "type",
    "relation",
    "relation_field",
    "related",
    "readonly",
    "required",
    "model_field",
];

/// The fields of a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelSchema {
    fields: HashMap<String, FieldSchema>,
    /// Required links behind which this model shows fields under their own
    /// names, and the models they lead to.
    links: BTreeMap<String, String>,
    /// The fields which name the model of a record that an id points to.
    model_fields: Vec<String>,
}

impl ModelSchema {
    /// Reads an answer of `fields_get`, of Odoo 14 and later.
    ///
    /// Nothing when it is not an object of objects, each with a `type`.
    pub fn from_fields_get(answer: &Value) -> Option<Self> {
        let fields: HashMap<_, _> = answer
            .as_object()?
            .iter()
            .map(|(name, attributes)| Some((name.clone(), FieldSchema::new(attributes)?)))
            .collect::<Option<_>>()?;
        let links = fields
            .iter()
            .filter_map(|(name, field)| match field.related.as_slice() {
                [link, last] if last == name => Some(link),
                _ => None,
            })
            .filter_map(|link| {
                let field = fields.get(link).filter(|field| field.required)?;
                Some((link.clone(), field.relation()?.to_owned()))
            })
            .collect();
        // Odoo 14 does not tell the field; these are the usual names.
        const USUAL: [&str; 2] = ["res_model", "model"];
        let mut model_fields: Vec<_> = fields
            .values()
            .filter(|field| field.kind == Kind::Many2oneReference)
            .flat_map(|field| match &field.model_field {
                Some(name) => vec![name.clone()],
                None => USUAL.map(str::to_owned).to_vec(),
            })
            .filter(|name| fields.contains_key(name))
            .collect();
        model_fields.sort_unstable();
        model_fields.dedup();
        Some(Self {
            fields,
            links,
            model_fields,
        })
    }

    /// Returns the links, and the models they lead to, which may be parents in
    /// `_inherits`: no answer of Odoo tells for certain.
    pub(super) fn parent_candidates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.links
            .iter()
            .map(|(link, model)| (link.as_str(), model.as_str()))
    }

    /// Returns true when the model has the fields of another, as every model has
    /// those of its parents in `_inherits`.
    ///
    /// Not all need be there: the schemas may come from two users, and Odoo
    /// hides fields from one. In Odoo 14 to 19 a model has at least 93 % of its
    /// parents' fields in this way, and at most 62 % of any other's.
    pub(super) fn shows(&self, parent: &Self) -> bool {
        const OF_ALL: [&str; 7] = [
            "id",
            "display_name",
            "create_uid",
            "create_date",
            "write_uid",
            "write_date",
            "__last_update",
        ];
        let own = || parent.names().filter(|name| !OF_ALL.contains(name));
        let shown = own().filter(|name| self.fields.contains_key(*name)).count();
        shown * 5 >= own().count() * 4
    }

    /// Returns a field.
    pub fn field(&self, name: &str) -> Option<&FieldSchema> {
        self.fields.get(name)
    }

    /// Returns the fields which name the model of a record that an id points to.
    pub(super) fn model_fields(&self) -> impl Iterator<Item = (&str, &FieldSchema)> {
        self.model_fields
            .iter()
            .filter_map(|name| Some((name.as_str(), self.fields.get(name)?)))
    }

    /// Returns the fields' names, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    /// Tells what happens to a record when the one that the field points to is
    /// deleted, as `ir.model.fields` has it in `on_delete`; `fields_get` does
    /// not say it.
    ///
    /// Without this, cutting records loose from a one2many field is taken to
    /// delete them.
    pub fn set_on_delete(&mut self, field: &str, on_delete: OnDelete) {
        if let Some(field) = self.fields.get_mut(field) {
            field.on_delete = Some(on_delete);
        }
    }
}

/// What is known of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSchema {
    pub(super) kind: Kind,
    pub(super) relation: Option<String>,
    pub(super) relation_field: Option<String>,
    /// The fields on the way to the one which this one shows; empty for none.
    pub(super) related: Vec<String>,
    pub(super) readonly: bool,
    pub(super) required: bool,
    /// The field which names the model, beside a `many2one_reference`.
    pub(super) model_field: Option<String>,
    pub(super) on_delete: Option<OnDelete>,
}

impl FieldSchema {
    fn new(attributes: &Value) -> Option<Self> {
        let text = |name: &str| Some(attributes.get(name)?.as_str()?.to_owned());
        let flag = |name: &str| {
            attributes
                .get(name)
                .and_then(Value::as_bool)
                .unwrap_or(false)
        };
        // Odoo 14 writes a list, later ones a dotted text.
        let related = match attributes.get("related") {
            Some(Value::String(path)) => path.split('.').map(str::to_owned).collect(),
            Some(Value::Array(path)) => path
                .iter()
                .map(|name| Some(name.as_str()?.to_owned()))
                .collect::<Option<_>>()?,
            _ => Vec::new(),
        };
        Some(Self {
            kind: Kind::of(attributes.get("type")?.as_str()?),
            relation: text("relation"),
            relation_field: text("relation_field"),
            related,
            readonly: flag("readonly"),
            required: flag("required"),
            model_field: text("model_field"),
            on_delete: None,
        })
    }

    /// Returns the model that the field points to, for a relation.
    pub fn relation(&self) -> Option<&str> {
        match self.kind {
            Kind::Many2one | Kind::One2many | Kind::Many2many => self.relation.as_deref(),
            _ => None,
        }
    }
}

/// What happens to a record whose target is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDelete {
    /// The record is deleted too: so it is when it is cut loose.
    Cascade,
    /// The record stays, or keeps its target from being deleted.
    Keep,
}

/// The types of fields, as far as they differ here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Many2one,
    One2many,
    Many2many,
    Reference,
    Many2oneReference,
    Properties,
    PropertiesDefinition,
    Json,
    Date,
    Plain,
    /// A type of a later Odoo, of which nothing is known.
    Unknown,
}

impl Kind {
    fn of(name: &str) -> Self {
        match name {
            "many2one" => Self::Many2one,
            "one2many" => Self::One2many,
            "many2many" => Self::Many2many,
            "reference" => Self::Reference,
            "many2one_reference" => Self::Many2oneReference,
            "properties" => Self::Properties,
            "properties_definition" => Self::PropertiesDefinition,
            "json" => Self::Json,
            "date" | "datetime" => Self::Date,
            "boolean" | "integer" | "float" | "monetary" | "char" | "text" | "html"
            | "selection" | "binary" | "image" => Self::Plain,
            _ => Self::Unknown,
        }
    }
}
