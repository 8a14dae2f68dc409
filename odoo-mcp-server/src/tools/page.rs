use odoo_rpc::Page;

use super::arguments::{Limit, Offset, Order};

/// One page of a search. Odoo is asked for one record more, to know whether that is all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    limit: u32,
    offset: u32,
}

impl Window {
    pub(super) fn new(limit: Limit, Offset(offset): Offset) -> Window {
        Window {
            limit: limit.get(),
            offset,
        }
    }

    /// What to ask of Odoo.
    pub(super) fn page(self, order: Order) -> Page {
        let page = Page::all()
            .limit(u64::from(self.limit) + 1)
            .offset(u64::from(self.offset));
        match order.0 {
            Some(order) => page.order(order),
            None => page,
        }
    }

    /// How many records to answer.
    pub(super) fn limit(self) -> usize {
        self.limit as usize
    }

    /// Where the next page begins, if Odoo found more than this one holds.
    pub(super) fn next_offset(self, found: usize) -> Option<u32> {
        (found > self.limit()).then(|| self.offset.saturating_add(self.limit))
    }
}
