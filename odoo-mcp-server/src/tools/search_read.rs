use odoo_rpc::{Model, Rows};
use odoo_scope::footprint::{Fields as Reads, Verb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answer::WithRecords;
use super::arguments::{Context, DomainArg, Fields, Limit, Offset, Order};
use super::page::Window;
use super::{Effect, Reach, Tool};
use crate::error::Error;
use crate::state::Rules;
use crate::view::View;

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
pub(super) struct Found {
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
    type Output = WithRecords<Found>;

    fn settle(args: &mut Args, rules: &Rules) -> Result<(), Error> {
        args.limit.settle(rules.max_limit)
    }

    fn reach(args: &Args) -> Reach<'_> {
        Reach {
            verb: Verb::Search {
                domain: &args.domain.json,
                order: args.order.0.as_deref(),
                read: Reads::Named(&args.fields.0),
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
        let window = Window::new(args.limit, args.offset);
        let page = window.page(args.order);
        let mut rows: Rows = model
            .search_read(&args.domain.domain, &args.fields.0, &page)
            .await?;
        let next_offset = window.next_offset(rows.len());
        rows.truncate(window.limit());
        let found = Found {
            count: rows.len(),
            model: model.name().to_owned(),
            has_more: next_offset.is_some(),
            next_offset,
        };
        Ok(WithRecords::new(rows, found, &view))
    }
}
