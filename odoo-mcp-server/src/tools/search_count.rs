use odoo_rpc::Model;
use odoo_scope::footprint::{Fields as Reads, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, DomainArg};
use super::{Effect, Reach, Tool};
use crate::view::View;

pub(super) struct SearchCount;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    #[serde(default)]
    domain: DomainArg,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    /// How many records match.
    count: u64,
    model: String,
}

impl Tool for SearchCount {
    const NAME: &'static str = "search_count";
    const TITLE: &'static str = "Count records";
    const ABOUT: &'static str = "Counts the records that match a domain, without reading them.";
    const EFFECT: Effect = Effect::Reads;
    type Args = Args;
    type Output = Output;

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::Search {
                domain: &args.domain.json,
                order: None,
                read: Reads::None,
            },
            context: &args.context,
        }
    }

    async fn run(model: Model<'_>, args: Args, _view: View<'_>) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        Ok(Output {
            count: model.search_count(&args.domain.domain).await?,
            model: model.name().to_owned(),
        })
    }
}
