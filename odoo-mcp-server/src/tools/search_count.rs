use odoo_rpc::Model;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, DomainArg};
use super::{Effect, Tool};

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

    async fn run(model: Model<'_>, args: Args) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        Ok(Output {
            count: model.search_count(&args.domain.0).await?,
            model: model.name().to_owned(),
        })
    }
}
