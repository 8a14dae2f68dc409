use odoo_rpc::Model;
use odoo_scope::footprint::Verb;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::arguments::{Attributes, Context, Fields};
use super::{Effect, Reach, Tool};
use crate::view::View;

pub(super) struct FieldsGet;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    attributes: Attributes,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    /// What each field is, by its name: `string` is its label, `relation` the model that it points to.
    fields: Map<String, Value>,
    /// How many fields are in this answer.
    count: usize,
    model: String,
}

impl Tool for FieldsGet {
    const NAME: &'static str = "fields_get";
    const TITLE: &'static str = "Describe fields";
    const ABOUT: &'static str = "Describes the fields of a model: their types, labels, choices and relations. \
        Ask before using a field that you are not sure of. Fields that do not exist are left out.";
    const EFFECT: Effect = Effect::Reads;
    type Args = Args;
    type Output = Output;

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::FieldsGet,
            context: &args.context,
        }
    }

    async fn run(model: Model<'_>, args: Args, view: View<'_>) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        let mut fields: Map<String, Value> =
            model.fields_get(&args.fields.0, &args.attributes.0).await?;
        fields.retain(|name, _| view.shows_field(model.name(), name));
        fields
            .values_mut()
            .for_each(|field| mark_reach(field, &view));
        Ok(Output {
            count: fields.len(),
            fields,
            model: model.name().to_owned(),
        })
    }
}

/// Says of a relation that its model is out of the key's reach.
fn mark_reach(field: &mut Value, view: &View<'_>) {
    if let Value::Object(attributes) = field
        && let Some(Value::String(relation)) = attributes.get("relation")
        && !view.reads(relation)
    {
        attributes.insert("relation_in_reach".to_owned(), Value::Bool(false));
    }
}
