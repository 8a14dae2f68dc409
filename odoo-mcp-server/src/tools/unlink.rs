use odoo_rpc::Model;
use odoo_scope::footprint::Verb;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, Ids};
use super::{Effect, Reach, Tool};
use crate::error::Error;
use crate::state::Rules;
use crate::view::View;

pub(super) struct Unlink;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    ids: Ids,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    success: bool,
    /// How many records were deleted.
    count: usize,
    model: String,
    status: Deleted,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Deleted {
    Deleted,
}

impl Tool for Unlink {
    const NAME: &'static str = "unlink";
    const TITLE: &'static str = "Delete records";
    const ABOUT: &'static str = "Deletes the records with the given ids for good. \
        Many models can be archived instead: write {\"active\": false}.";
    const EFFECT: Effect = Effect::Removes;
    type Args = Args;
    type Output = Output;

    fn settle(args: &mut Args, _rules: &Rules) -> Result<(), Error> {
        args.ids.some()
    }

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::Unlink,
            context: &args.context,
        }
    }

    async fn run(model: Model<'_>, args: Args, _view: View<'_>) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        Ok(Output {
            success: model.unlink(&args.ids.0).await?,
            count: args.ids.0.len(),
            model: model.name().to_owned(),
            status: Deleted::Deleted,
        })
    }
}
