//! Calls that people make every day, which a boundary must not hinder, under scopes as narrow as they can be.

use serde_json::{Value, json};

use crate::Outcome;
use crate::attack::stands_in;
use crate::bench::Bench;
use crate::world::World;

/// A call which passes.
pub(crate) struct Everyday {
    pub(crate) what: &'static str,
    pub(crate) scope: &'static str,
    pub(crate) tool: &'static str,
    pub(crate) arguments: Value,
    /// What stands in the answer.
    answers: Value,
    pub(crate) first_series: u32,
    needs: Option<(&'static str, &'static str)>,
}

pub(crate) fn everyday(
    what: &'static str,
    scope: &'static str,
    tool: &'static str,
    arguments: Value,
    answers: Value,
) -> Everyday {
    Everyday {
        what,
        scope,
        tool,
        arguments,
        answers,
        first_series: 0,
        needs: None,
    }
}

impl Everyday {
    pub(crate) fn since(self, first_series: u32) -> Self {
        Self {
            first_series,
            ..self
        }
    }

    pub(crate) fn needs(self, model: &'static str, field: &'static str) -> Self {
        Self {
            needs: Some((model, field)),
            ..self
        }
    }

    pub(crate) async fn run(&self, bench: &Bench) -> Outcome {
        if bench.series < self.first_series {
            return Outcome::Skipped(format!("not in series {}", bench.series));
        }
        if let Some((model, field)) = self.needs
            && !bench.has_field(model, field).await
        {
            return Outcome::Skipped(format!("no `{field}` in `{model}`"));
        }
        let template = json!([self.arguments, self.answers]);
        let _turn = World::turn(&template).await;
        let mut world = World::new(bench);
        let filled = match world.fill(&template).await {
            Ok(filled) => filled,
            Err(error) if bench.is_sandbox() => return Outcome::Skipped(error.to_string()),
            Err(error) => return Outcome::Wrong(format!("no fixtures: {error}")),
        };
        let reply = bench.call(self.scope, self.tool, &filled[0]).await;
        if reply.code == 200 && stands_in(&filled[1], &reply.body) {
            return Outcome::Passed;
        }
        Outcome::Wrong(format!("not {} in {reply:?}", filled[1]))
    }
}
