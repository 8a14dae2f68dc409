use serde::Serialize;

/// What a tool answers: one JSON object, as text.
///
/// It stays text on its way out: a large answer is neither parsed nor copied again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    json: String,
}

impl Answer {
    pub(crate) fn of(output: &impl Serialize) -> Result<Answer, serde_json::Error> {
        serde_json::to_string(output).map(|json| Answer { json })
    }

    pub(crate) fn as_json(&self) -> &str {
        &self.json
    }

    pub(crate) fn into_json(self) -> String {
        self.json
    }
}
