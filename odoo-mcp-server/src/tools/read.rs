use odoo_rpc::{Model, Rows};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, Fields, Ids};
use super::records::Records;
use super::{Effect, Tool};
use crate::error::Error;
use crate::state::Rules;

pub(super) struct Read;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    ids: Ids,
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    records: Records,
    /// How many records are in this answer; ids that do not exist are left out.
    count: usize,
    model: String,
}

impl Tool for Read {
    const NAME: &'static str = "read";
    const TITLE: &'static str = "Read records";
    const ABOUT: &'static str = "Reads the records with the given ids. Ids that do not exist are left out. \
        Name the fields that are needed: all of them is a lot.";
    const EFFECT: Effect = Effect::Reads;
    type Args = Args;
    type Output = Output;

    fn settle(args: &mut Args, rules: &Rules) -> Result<(), Error> {
        let (asked, max) = (args.ids.0.len(), rules.max_limit);
        if asked > max as usize {
            return Err(Error::invalid(format!(
                "`arguments.ids`: {asked} ids are too many, at most {max} records a call"
            )));
        }
        Ok(())
    }

    fn answer_at_once(args: &Args, model: &str) -> Option<Output> {
        args.ids.0.is_empty().then(|| Output {
            records: Records(Rows::default()),
            count: 0,
            model: model.to_owned(),
        })
    }

    async fn run(model: Model<'_>, args: Args) -> Result<Output, odoo_rpc::Error> {
        let model = model.with_context(args.context.0);
        let rows: Rows = model.read(&args.ids.0, &args.fields.0).await?;
        Ok(Output {
            count: rows.len(),
            records: Records(rows),
            model: model.name().to_owned(),
        })
    }
}
