use odoo_rpc::Model;
use odoo_scope::footprint::Verb;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, Ids, Values};
use super::{Effect, Reach, Tool};
use crate::error::Error;
use crate::state::Rules;
use crate::view::View;

pub(super) struct Write;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    ids: Ids,
    values: Values,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    success: bool,
    /// How many records were changed.
    count: usize,
    model: String,
    status: Updated,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Updated {
    Updated,
}

impl Tool for Write {
    const NAME: &'static str = "write";
    const TITLE: &'static str = "Update records";
    const ABOUT: &'static str = "Sets the same values on all the records with the given ids. \
        Fields that are not named stay as they are.";
    const EFFECT: Effect = Effect::Overwrites;
    type Args = Args;
    type Output = Output;

    fn settle(args: &mut Args, _rules: &Rules) -> Result<(), Error> {
        args.ids.some()?;
        if args.values.0.is_empty() {
            return Err(Error::invalid(
                "`arguments.values` is empty: name the fields to change",
            ));
        }
        Ok(())
    }

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::Write {
                values: &args.values.0,
            },
            context: &args.context,
        }
    }

    async fn run(model: Model<'_>, args: Args, _view: View<'_>) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        Ok(Output {
            success: model.write(&args.ids.0, &args.values.0).await?,
            count: args.ids.0.len(),
            model: model.name().to_owned(),
            status: Updated::Updated,
        })
    }
}
