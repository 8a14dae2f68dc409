use odoo_rpc::{ALL, Model};
use odoo_scope::footprint::{Fields as Reads, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::arguments::{Context, Fields};
use super::{Effect, Reach, Tool};
use crate::view::View;

pub(super) struct DefaultGet;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    /// The values that a new record would start with, by field name; fields without a default are left out.
    defaults: Map<String, Value>,
    model: String,
}

impl Tool for DefaultGet {
    const NAME: &'static str = "default_get";
    const TITLE: &'static str = "Get default values";
    const ABOUT: &'static str =
        "Answers the values that a new record of the model would start with.";
    const EFFECT: Effect = Effect::Reads;
    type Args = Args;
    type Output = Output;

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::DefaultGet {
                fields: Reads::Named(&args.fields.0),
            },
            context: &args.context,
        }
    }

    fn name_fields(args: &mut Args, fields: Vec<String>) {
        args.fields.0 = fields;
    }

    async fn run(model: Model<'_>, args: Args, view: View<'_>) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        let mut fields = args.fields.0;
        if fields.is_empty() {
            // Odoo answers defaults for the fields that it is asked for, and for none when asked for none.
            let all: Map<String, Value> = model.fields_get(ALL, &["type"]).await?;
            fields = all.into_iter().map(|(name, _)| name).collect();
        }
        let mut defaults: Map<String, Value> = model.default_get(&fields).await?;
        // Some models answer more than they were asked for.
        defaults.retain(|name, _| view.reads_field(model.name(), name));
        Ok(Output {
            defaults,
            model: model.name().to_owned(),
        })
    }
}
