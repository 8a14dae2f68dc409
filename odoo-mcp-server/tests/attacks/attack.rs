//! A row of the table of attacks.

use serde_json::{Value, json};

use crate::Bench;
use crate::Outcome;
use crate::bench::Reply;
use crate::world::World;

/// A call which reaches further than its key's scope.
pub(crate) struct Attack {
    pub(crate) what: &'static str,
    pub(crate) scope: &'static str,
    pub(crate) tool: &'static str,
    pub(crate) arguments: Value,
    pub(crate) verdict: Verdict,
    guard: Guard,
    /// A scope for which the same call is legitimate; nothing where no scope makes it so.
    pub(crate) allowed_by: Option<&'static str>,
    /// The first series which has it, and the last.
    pub(crate) series: (u32, u32),
    /// A field without which there is nothing to try: (model, field).
    needs: Option<(&'static str, &'static str)>,
}

/// What the gateway does with it.
#[derive(Clone, Copy)]
pub(crate) enum Verdict {
    /// 403 `permission_denied`, with these words.
    Denied(&'static str),
    /// 400 `invalid_request`, with these words: it is not certain what Odoo would do.
    Invalid(&'static str),
    /// It answers, and leaves out what the key may not see.
    LeftOut,
}

/// What must not happen.
enum Guard {
    /// These records do not change: (model, domain, fields).
    Keeps(&'static str, Value, Vec<&'static str>),
    /// This does not stand in an answer.
    Hides(Value),
    /// This password does not let this user in.
    ShutsOut(Value, Value),
}

/// Starts a row; by default it is denied, and Odoo answers whoever may do it.
pub(crate) fn attack(
    what: &'static str,
    scope: &'static str,
    tool: &'static str,
    arguments: Value,
) -> Attack {
    Attack {
        what,
        scope,
        tool,
        arguments,
        verdict: Verdict::Denied(""),
        guard: Guard::Hides(Value::Null),
        allowed_by: None,
        series: (0, u32::MAX),
        needs: None,
    }
}

impl Attack {
    pub(crate) fn denied(self, says: &'static str) -> Self {
        Self {
            verdict: Verdict::Denied(says),
            ..self
        }
    }

    pub(crate) fn invalid(self, says: &'static str) -> Self {
        Self {
            verdict: Verdict::Invalid(says),
            ..self
        }
    }

    pub(crate) fn left_out(self) -> Self {
        Self {
            verdict: Verdict::LeftOut,
            ..self
        }
    }

    pub(crate) fn keeps(self, model: &'static str, domain: Value, fields: &[&'static str]) -> Self {
        Self {
            guard: Guard::Keeps(model, domain, fields.to_vec()),
            ..self
        }
    }

    pub(crate) fn hides(self, secret: Value) -> Self {
        Self {
            guard: Guard::Hides(secret),
            ..self
        }
    }

    pub(crate) fn shuts_out(self, username: Value, password: Value) -> Self {
        Self {
            guard: Guard::ShutsOut(username, password),
            ..self
        }
    }

    pub(crate) fn allowed_by(self, scope: &'static str) -> Self {
        Self {
            allowed_by: Some(scope),
            ..self
        }
    }

    pub(crate) fn allowed_by_none(self) -> Self {
        Self {
            allowed_by: None,
            ..self
        }
    }

    pub(crate) fn since(self, first: u32) -> Self {
        Self {
            series: (first, self.series.1),
            ..self
        }
    }

    pub(crate) fn until(self, last: u32) -> Self {
        Self {
            series: (self.series.0, last),
            ..self
        }
    }

    pub(crate) fn needs(self, model: &'static str, field: &'static str) -> Self {
        Self {
            needs: Some((model, field)),
            ..self
        }
    }

    pub(crate) fn is_for(&self, series: u32) -> bool {
        (self.series.0..=self.series.1).contains(&series)
    }

    pub(crate) async fn run(&self, bench: &Bench) -> Outcome {
        if !self.is_for(bench.series) {
            return Outcome::Skipped(format!("not in series {}", bench.series));
        }
        if let Some((model, field)) = self.needs
            && !bench.has_field(model, field).await
        {
            return Outcome::Skipped(format!("no `{field}` in `{model}`"));
        }
        let _turn = World::turn(&json!([self.arguments, self.guard.template()])).await;
        match self.tried(&mut World::new(bench)).await {
            Ok(()) => Outcome::Passed,
            Err(Failure::Fixture(error)) if bench.is_sandbox() => Outcome::Skipped(error),
            Err(Failure::Fixture(why) | Failure::Verdict(why)) => Outcome::Wrong(why),
        }
    }

    async fn tried(&self, world: &mut World<'_>) -> Result<(), Failure> {
        let arguments = world.fill(&self.arguments).await?;
        let guard = self.guard.filled(world).await?;
        let before = guard.state(world.bench).await;

        let reply = world.bench.call(self.scope, self.tool, &arguments).await;
        self.verdict.check(&reply)?;
        guard.check_answer(&reply, false)?;
        let after = guard.state(world.bench).await;
        if before != after {
            return Err(Failure::Verdict(format!(
                "{before} became {after} although {reply:?}"
            )));
        }

        let Some(scope) = self.allowed_by else {
            return Ok(());
        };
        let reply = world.bench.call(scope, self.tool, &arguments).await;
        if reply.code != 200 {
            return Err(Failure::Verdict(format!("`{scope}` gets {reply:?}")));
        }
        guard.check_answer(&reply, true)?;
        let changes = !matches!(guard, Guard::Hides(_));
        if changes && guard.state(world.bench).await == before {
            return Err(Failure::Verdict(format!(
                "`{scope}` changes nothing, so the look is blind: {before}"
            )));
        }
        Ok(())
    }
}

impl Verdict {
    fn check(self, reply: &Reply) -> Result<(), Failure> {
        let (code, status, says) = match self {
            Self::Denied(says) => (403, "permission_denied", says),
            Self::Invalid(says) => (400, "invalid_request", says),
            Self::LeftOut if reply.code == 200 => return Ok(()),
            Self::LeftOut => return Err(Failure::Verdict(format!("{reply:?}"))),
        };
        let error = reply.body["error"].as_str().unwrap_or_default();
        let is_right = reply.code == code && reply.body["status"] == status;
        if is_right && error.contains(says) {
            return Ok(());
        }
        let wanted = format!("not {code} with {says:?}");
        Err(Failure::Verdict(format!("{wanted}, but {reply:?}")))
    }
}

impl Guard {
    fn template(&self) -> &Value {
        match self {
            Self::Keeps(_, template, _) | Self::Hides(template) | Self::ShutsOut(template, _) => {
                template
            }
        }
    }

    async fn filled(&self, world: &mut World<'_>) -> Result<Guard, Failure> {
        Ok(match self {
            Self::Keeps(model, domain, fields) => {
                Self::Keeps(model, world.fill(domain).await?, fields.clone())
            }
            Self::Hides(secret) => Self::Hides(world.fill(secret).await?),
            Self::ShutsOut(username, password) => {
                Self::ShutsOut(world.fill(username).await?, world.fill(password).await?)
            }
        })
    }

    /// What a direct look at Odoo shows.
    async fn state(&self, bench: &Bench) -> Value {
        match self {
            Self::Keeps(model, domain, fields) => bench.look(model, domain, fields).await,
            Self::Hides(_) => Value::Null,
            Self::ShutsOut(username, password) => {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                bench
                    .signs_in(&text(username), &text(password))
                    .await
                    .into()
            }
        }
    }

    fn check_answer(&self, reply: &Reply, is_allowed: bool) -> Result<(), Failure> {
        let Self::Hides(secret) = self else {
            return Ok(());
        };
        if stands_in(secret, &reply.body) == is_allowed {
            return Ok(());
        }
        let how = if is_allowed {
            "is missing from"
        } else {
            "leaked in"
        };
        Err(Failure::Verdict(format!("{secret} {how} {}", reply.body)))
    }
}

/// Returns true when a value is part of another, or a text of one of its texts.
pub(crate) fn stands_in(needle: &Value, value: &Value) -> bool {
    match (needle, value) {
        (needle, Value::Array(items)) => items.iter().any(|item| stands_in(needle, item)),
        (Value::String(needle), Value::Object(entries)) if entries.contains_key(needle) => true,
        (needle, Value::Object(entries)) => entries.values().any(|value| stands_in(needle, value)),
        (Value::String(needle), Value::String(text)) => text.contains(needle.as_str()),
        (needle, value) => needle == value,
    }
}

enum Failure {
    Fixture(String),
    Verdict(String),
}

impl From<odoo_rpc::Error> for Failure {
    fn from(error: odoo_rpc::Error) -> Self {
        Self::Fixture(format!("no fixtures: {error}"))
    }
}
