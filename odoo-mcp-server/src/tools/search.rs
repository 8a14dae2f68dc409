use odoo_rpc::Model;
use odoo_scope::footprint::{Fields as Reads, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, DomainArg, Limit, Offset, Order};
use super::page::Window;
use super::{Effect, Reach, Tool};
use crate::error::Error;
use crate::state::Rules;
use crate::view::View;

pub(super) struct Search;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    #[serde(default)]
    domain: DomainArg,
    #[serde(default)]
    limit: Limit,
    #[serde(default)]
    offset: Offset,
    #[serde(default)]
    order: Order,
    #[serde(default)]
    context: Context,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Output {
    /// Ids of the records, in order.
    ids: Vec<i64>,
    /// How many ids are in this answer.
    count: usize,
    model: String,
    /// Whether more records match than are in this answer.
    has_more: bool,
    /// The `offset` of the next page; null when this is the last.
    next_offset: Option<u32>,
}

impl Tool for Search {
    const NAME: &'static str = "search";
    const TITLE: &'static str = "Search records";
    const ABOUT: &'static str = "Finds the ids of the records that match a domain. \
        To get their values as well, use search_read; to know only how many, search_count.";
    const EFFECT: Effect = Effect::Reads;
    type Args = Args;
    type Output = Output;

    fn settle(args: &mut Args, rules: &Rules) -> Result<(), Error> {
        args.limit.settle(rules.max_limit)
    }

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::Search {
                domain: &args.domain.json,
                order: args.order.0.as_deref(),
                read: Reads::None,
            },
            context: &args.context,
        }
    }

    async fn run(model: Model<'_>, args: Args, _view: View<'_>) -> Result<Output, odoo_rpc::Error> {
        let model = args.context.apply(model);
        let window = Window::new(args.limit, args.offset);
        let page = window.page(args.order);
        let mut ids = model.search(&args.domain.domain, &page).await?;
        let next_offset = window.next_offset(ids.len());
        ids.truncate(window.limit());
        Ok(Output {
            count: ids.len(),
            ids,
            model: model.name().to_owned(),
            has_more: next_offset.is_some(),
            next_offset,
        })
    }
}
