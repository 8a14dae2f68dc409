//! Records above records.

use crate::orm::{Data, Row};

/// How far a tree is climbed, so that a loop in it ends.
pub(super) const HEIGHT: usize = 20;

/// Returns a record's name after those of the records above it.
pub(super) fn path_of(data: &Data, model: &str, id: i64, row: &Row, separator: &str) -> String {
    let mut names = vec![row.text("name")];
    let mut above = row.id("parent_id").filter(|&parent| parent != id);
    while let Some(row) = above
        .and_then(|id| data.row(model, id))
        .filter(|_| names.len() < HEIGHT)
    {
        names.push(row.text("name"));
        above = row.id("parent_id");
    }
    names.reverse();
    names.join(separator)
}
