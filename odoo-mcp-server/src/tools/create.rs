use odoo_rpc::Model;
use odoo_scope::footprint::Verb;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, NewRecords};
use super::{Effect, Reach, Tool};
use crate::view::View;

pub(super) struct Create;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    values: NewRecords,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    /// The id of the new record, where `values` was one object.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    id: Option<i64>,
    /// The ids of the new records in order, where `values` was a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<i64>")]
    ids: Option<Vec<i64>>,
    model: String,
    status: Created,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Created {
    Created,
}

impl Tool for Create {
    const NAME: &'static str = "create";
    const TITLE: &'static str = "Create records";
    const ABOUT: &'static str = "Creates a record, or several when given a list of values. \
        Fields that are not named get their defaults.";
    const EFFECT: Effect = Effect::Adds;
    type Args = Args;
    type Output = Output;

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::Create {
                records: args.values.records(),
            },
            context: &args.context,
        }
    }

    async fn run(model: Model<'_>, args: Args, _view: View<'_>) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        let (id, ids) = match args.values {
            NewRecords::One(values) => (Some(model.create(&values).await?), None),
            NewRecords::Many(values) => (None, Some(model.create_many(&values).await?)),
        };
        Ok(Output {
            id,
            ids,
            model: model.name().to_owned(),
            status: Created::Created,
        })
    }
}
