use odoo_rpc::{Model, Rows};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arguments::{Context, DomainArg, Fields, Limit, Offset, Order};
use super::page::Window;
use super::records::Records;
use super::{Effect, Tool};
use crate::error::Error;
use crate::state::Rules;

pub(super) struct SearchRead;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Args {
    #[serde(default)]
    domain: DomainArg,
    #[serde(default)]
    fields: Fields,
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
    records: Records,
    /// How many records are in this answer.
    count: usize,
    model: String,
    /// Whether more records match than are in this answer.
    has_more: bool,
    /// The `offset` of the next page; null when this is the last.
    next_offset: Option<u32>,
}

impl Tool for SearchRead {
    const NAME: &'static str = "search_read";
    const TITLE: &'static str = "Search and read records";
    const ABOUT: &'static str = "Finds the records that match a domain and answers their values. \
        Name the fields that are needed: all of them is a lot.";
    const EFFECT: Effect = Effect::Reads;
    type Args = Args;
    type Output = Output;

    fn settle(args: &mut Args, rules: &Rules) -> Result<(), Error> {
        args.limit.settle(rules.max_limit)
    }

    async fn run(model: Model<'_>, args: Args) -> Result<Output, odoo_rpc::Error> {
        let model = model.with_context(args.context.0);
        let window = Window::new(args.limit, args.offset);
        let page = window.page(args.order);
        let mut rows: Rows = model
            .search_read(&args.domain.0, &args.fields.0, &page)
            .await?;
        let next_offset = window.next_offset(rows.len());
        rows.truncate(window.limit());
        Ok(Output {
            count: rows.len(),
            records: Records(rows),
            model: model.name().to_owned(),
            has_more: next_offset.is_some(),
            next_offset,
        })
    }
}
