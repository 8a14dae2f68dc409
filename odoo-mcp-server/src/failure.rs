//! From what Odoo, or the way to it, answered to what the caller is told.

use std::error::Error as StdError;
use std::sync::Arc;

use odoo_rpc::{FaultKind, Outcome};

use crate::caller::Caller;
use crate::error::{Error, Status};
use crate::state::State;
use crate::tools::Effect;

/// No session came about: nothing of the call was sent.
pub(crate) fn of_session(caller: &Caller, error: odoo_pool::Error) -> Error {
    match error {
        odoo_pool::Error::Login(error) => {
            let failure = of_login(caller, &error);
            failure.because(error)
        }
        odoo_pool::Error::Busy(busy) => Error::new(
            Status::Busy,
            format!("{busy}: send fewer calls at a time, or later"),
        ),
        other => Error::internal(other),
    }
}

fn of_login(caller: &Caller, error: &odoo_rpc::Error) -> Error {
    match error {
        odoo_rpc::Error::Fault(fault) if fault.kind() == FaultKind::UnknownDatabase => {
            let credentials = caller.credentials();
            Error::new(
                Status::AuthFailed,
                format!(
                    "there is no database `{}` on {}",
                    credentials.database(),
                    credentials.url().host()
                ),
            )
        }
        error => plain(error),
    }
}

/// The call itself failed.
pub(crate) fn of_call(
    state: &State,
    caller: &Caller,
    effect: Effect,
    error: odoo_rpc::Error,
) -> Error {
    of(state, caller, effect, &error).because(Arc::new(error))
}

fn of(state: &State, caller: &Caller, effect: Effect, error: &odoo_rpc::Error) -> Error {
    if error.is_access_denied() {
        state.pool.forget(caller.credentials());
    }
    let outcome = error.outcome();
    let failure = plain(error);
    match outcome {
        _ if effect == Effect::Reads => failure,
        Outcome::Unknown => {
            failure.and("it is not known whether Odoo did it: check before you send it again")
        }
        Outcome::Done => failure.and("Odoo did it, and it must not be sent again"),
        _ => failure,
    }
}

/// A call that several waited for failed.
pub(crate) fn of_shared_call(
    state: &State,
    caller: &Caller,
    effect: Effect,
    error: Arc<odoo_rpc::Error>,
) -> Error {
    of(state, caller, effect, &error).because(error)
}

/// The failure without what it means for the call.
fn plain(error: &odoo_rpc::Error) -> Error {
    if error.is_access_denied() {
        return Error::new(
            Status::AuthFailed,
            "Odoo refuses the user name or password in this key: make a new key at /auth/generate",
        );
    }
    let status = match error {
        odoo_rpc::Error::Encode(_) => Status::InvalidRequest,
        odoo_rpc::Error::Fault(_) => Status::OdooError,
        error if error.is_timeout() => Status::TimedOut,
        _ => Status::ConnectionFailed,
    };
    Error::new(status, one_line(error))
}

fn one_line(error: &dyn StdError) -> String {
    error.to_string().replace(['\n', '\r'], " ")
}
