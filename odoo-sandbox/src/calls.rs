//! The record of what reached the sandbox.

use std::collections::VecDeque;

use parking_lot::Mutex;
use serde_json::{Map, Value};

/// How many calls are remembered: enough for a test, and no burden in a sandbox that runs for days.
const MEMORY: usize = 1_000;

/// One call that reached the sandbox.
///
/// No call holds a login or a password.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Call {
    pub(crate) model: Option<String>,
    pub(crate) method: String,
    pub(crate) args: Vec<Value>,
    pub(crate) kwargs: Map<String, Value>,
}

impl Call {
    pub(crate) fn of_service(method: &str) -> Self {
        Self {
            model: None,
            method: method.to_owned(),
            args: Vec::new(),
            kwargs: Map::new(),
        }
    }

    /// Returns the model that was called, or nothing for `version` and `authenticate`.
    pub fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// Returns the name of the method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the positional arguments of the method.
    pub fn args(&self) -> &[Value] {
        &self.args
    }

    /// Returns the named arguments of the method, `context` among them.
    pub fn kwargs(&self) -> &Map<String, Value> {
        &self.kwargs
    }
}

/// The calls of late, the oldest first.
#[derive(Default)]
pub(crate) struct Calls(Mutex<VecDeque<Call>>);

impl Calls {
    pub(crate) fn remember(&self, call: &Call) {
        let mut calls = self.0.lock();
        if calls.len() == MEMORY {
            calls.pop_front();
        }
        calls.push_back(call.clone());
    }

    pub(crate) fn all(&self) -> Vec<Call> {
        self.0.lock().iter().cloned().collect()
    }

    pub(crate) fn forget(&self) {
        self.0.lock().clear();
    }
}
