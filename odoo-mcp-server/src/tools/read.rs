use odoo_rpc::{Model, Rows};
use odoo_scope::footprint::{Fields as Reads, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::WithRecords;
use super::arguments::{Context, Fields, Ids};
use super::{Effect, Reach, Tool};
use crate::error::Error;
use crate::state::Rules;
use crate::view::View;

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
pub(super) struct Found {
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
    type Output = WithRecords<Found>;

    fn settle(args: &mut Args, rules: &Rules) -> Result<(), Error> {
        let (asked, max) = (args.ids.0.len(), rules.max_limit);
        if asked > max as usize {
            return Err(Error::invalid(format!(
                "`arguments.ids`: {asked} ids are too many, at most {max} records a call"
            )));
        }
        Ok(())
    }

    fn answer_at_once(args: &Args, model: &str) -> Option<WithRecords<Found>> {
        args.ids
            .0
            .is_empty()
            .then(|| WithRecords::none(found(0, model)))
    }

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::Read {
                fields: Reads::Named(&args.fields.0),
            },
            context: &args.context,
        }
    }

    fn name_fields(args: &mut Args, fields: Vec<String>) {
        args.fields.0 = fields;
    }

    async fn run(
        model: Model<'_>,
        args: Args,
        view: View<'_>,
    ) -> Result<WithRecords<Found>, odoo_rpc::Error> {
        let model = args.context.apply(model);
        let rows: Rows = model.read(&args.ids.0, &args.fields.0).await?;
        let found = found(rows.len(), model.name());
        Ok(WithRecords::new(rows, found, &view))
    }
}

fn found(count: usize, model: &str) -> Found {
    Found {
        count,
        model: model.to_owned(),
    }
}
