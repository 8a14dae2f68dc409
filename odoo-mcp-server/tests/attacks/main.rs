//! A scope as a boundary, end to end: each way from one model to another is tried over the gateway's REST door with
//! an administrator's credentials, and a direct look at Odoo tells whether anything changed or leaked.
//!
//! `ODOO_URL`, `ODOO_DB`, `ODOO_USERNAME` and `ODOO_PASSWORD` name a real Odoo; without them it is the one in memory,
//! where rows about models that it does not have are skipped. What a row creates is removed.
//! With `--nocapture` each row says in one line what became of it. `docs/attacks.md` is made of the same rows.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests fail by panicking, and this one reports its rows"
)]

mod attack;
mod bench;
mod commands;
mod contexts;
mod document;
mod domains;
mod everyday;
mod everyday_contacts;
mod everyday_sales;
mod fields;
mod fixtures;
mod links;
mod policy;
mod shapes;
mod templates;
mod two_users;
mod world;

use attack::Attack;
use bench::Bench;
use everyday::Everyday;
use futures_util::{StreamExt, stream};

/// How many rows are tried at the same time.
const AT_ONCE: usize = 3;

#[tokio::test]
async fn attacks_are_refused_and_change_nothing() {
    let bench = Bench::start().await;
    let mut report = Report::default();
    let rows = attacks().into_iter().flat_map(|(_, rows)| rows);
    let bench_of = &bench;
    let mut outcomes = stream::iter(rows)
        .map(|row| async move { (row.what, row.run(bench_of).await) })
        .buffered(AT_ONCE);
    while let Some((what, outcome)) = outcomes.next().await {
        report.add(what, outcome);
    }
    drop(outcomes);
    bench.remove_records().await;
    report.finish();
}

#[tokio::test]
async fn everyday_calls_pass() {
    let bench = Bench::start().await;
    let mut report = Report::default();
    let bench_of = &bench;
    let mut outcomes = stream::iter(everyday())
        .map(|row| async move { (row.what, row.run(bench_of).await) })
        .buffered(AT_ONCE);
    while let Some((what, outcome)) = outcomes.next().await {
        report.add(what, outcome);
    }
    drop(outcomes);
    bench.remove_records().await;
    report.finish();
}

/// The table of attacks, in its chapters.
fn attacks() -> [(&'static str, Vec<Attack>); 7] {
    [
        ("Domains and order", domains::rows()),
        ("Commands in values", commands::rows()),
        ("Values that point elsewhere", links::rows()),
        ("Values of an uncertain shape", shapes::rows()),
        ("Context", contexts::rows()),
        ("Field lists in a scope", fields::rows()),
        ("The policy that comes with the gateway", policy::rows()),
    ]
}

/// The list of everyday calls.
fn everyday() -> Vec<Everyday> {
    let mut rows = everyday_sales::rows();
    rows.extend(everyday_contacts::rows());
    rows
}

/// What became of a row.
enum Outcome {
    Passed,
    /// This Odoo does not have what the row is about.
    Skipped(String),
    Wrong(String),
}

#[derive(Default)]
struct Report {
    passed: usize,
    skipped: usize,
    wrong: Vec<String>,
}

impl Report {
    fn add(&mut self, what: &str, outcome: Outcome) {
        match outcome {
            Outcome::Passed => {
                self.passed += 1;
                println!("ok       {what}");
            }
            Outcome::Skipped(why) => {
                self.skipped += 1;
                println!("skipped  {what}: {why}");
            }
            Outcome::Wrong(why) => {
                println!("WRONG    {what}: {why}");
                self.wrong.push(format!("{what}: {why}"));
            }
        }
    }

    fn finish(self) {
        let (passed, skipped, wrong) = (self.passed, self.skipped, self.wrong.len());
        println!("{passed} rows hold, {skipped} skipped, {wrong} wrong");
        assert!(passed > 0, "no row was tried");
        assert!(
            self.wrong.is_empty(),
            "{wrong} rows are wrong:\n{}",
            self.wrong.join("\n")
        );
    }
}
