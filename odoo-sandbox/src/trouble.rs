//! Faults on demand.

use std::time::Duration;

use parking_lot::Mutex;

use crate::calls::Call;

/// Something that goes wrong with a call, so that a test can see what a client makes of it.
///
/// A trouble meets the next call, before Odoo does anything. [`on`](Self::on) waits for a call of one method,
/// [`after_the_work`](Self::after_the_work) lets Odoo do and keep the work first, and
/// [`for_good`](Self::for_good) meets each call instead of one.
///
/// # Examples
///
/// ```
/// use odoo_sandbox::Trouble;
///
/// let lost_answer = Trouble::disconnect().on("create").after_the_work();
/// let maintenance = Trouble::page(503).for_good();
/// # let _ = (lost_answer, maintenance);
/// ```
#[derive(Debug, Clone)]
pub struct Trouble {
    pub(crate) kind: Kind,
    pub(crate) after_the_work: bool,
    method: Option<String>,
    for_good: bool,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Delay(Duration),
    Hang,
    CutOff,
    Disconnect,
    Garbage,
    Page(u16),
    Redirect(String),
    Huge(usize),
    Fault(i64, String),
}

impl Trouble {
    const fn new(kind: Kind) -> Self {
        Self {
            kind,
            after_the_work: false,
            method: None,
            for_good: false,
        }
    }

    /// Answers as always, but this much later.
    pub const fn delay(duration: Duration) -> Self {
        Self::new(Kind::Delay(duration))
    }

    /// Takes the request and never answers; the connection stays open.
    pub const fn hang() -> Self {
        Self::new(Kind::Hang)
    }

    /// Sends half of the answer and closes the connection. The work is done and kept.
    pub const fn cut_off() -> Self {
        Self::new(Kind::CutOff)
    }

    /// Closes the connection without an answer.
    pub const fn disconnect() -> Self {
        Self::new(Kind::Disconnect)
    }

    /// Answers with status 200 and something that is not XML-RPC.
    pub const fn garbage() -> Self {
        Self::new(Kind::Garbage)
    }

    /// Answers with an HTML page of this HTTP status, as a proxy does whose Odoo is gone.
    pub const fn page(status: u16) -> Self {
        Self::new(Kind::Page(status))
    }

    /// Answers with status 302 and this `Location`.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self::new(Kind::Redirect(location.into()))
    }

    /// Answers with a well-formed list of partners of at least this many bytes.
    pub const fn huge(bytes: usize) -> Self {
        Self::new(Kind::Huge(bytes))
    }

    /// Answers with a fault.
    pub fn fault(code: i64, text: impl Into<String>) -> Self {
        Self::new(Kind::Fault(code, text.into()))
    }

    /// Lets Odoo do the work first, and keep it.
    pub const fn after_the_work(mut self) -> Self {
        self.after_the_work = true;
        self
    }

    /// Waits for a call of this method; others pass by.
    pub fn on(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Meets each such call, until [`Sandbox::calm`](crate::Sandbox::calm).
    pub const fn for_good(mut self) -> Self {
        self.for_good = true;
        self
    }
}

/// The troubles that wait for their calls, the first come first.
#[derive(Default)]
pub(crate) struct Troubles(Mutex<Vec<Trouble>>);

impl Troubles {
    pub(crate) fn add(&self, trouble: Trouble) {
        self.0.lock().push(trouble);
    }

    pub(crate) fn clear(&self) {
        self.0.lock().clear();
    }

    /// Returns what is to go wrong with a call.
    pub(crate) fn meet(&self, call: &Call) -> Option<Trouble> {
        let mut waiting = self.0.lock();
        let meets = |trouble: &Trouble| {
            trouble
                .method
                .as_deref()
                .is_none_or(|method| method == call.method())
        };
        let at = waiting.iter().position(meets)?;
        if waiting.get(at)?.for_good {
            waiting.get(at).cloned()
        } else {
            Some(waiting.remove(at))
        }
    }
}
