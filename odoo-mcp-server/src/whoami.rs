//! What a caller can learn about themselves.

use odoo_rpc::Session;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call;
use crate::caller::Caller;
use crate::error::Error;
use crate::failure;
use crate::state::State;
use crate::tools::Effect;

/// For whom the gateway speaks with Odoo, and what the key allows.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Whoami {
    /// The user's name in Odoo.
    pub(crate) name: String,
    /// What the user signs in with.
    pub(crate) login: String,
    /// The id of the user's record in `res.users`.
    pub(crate) user_id: i64,
    /// The company that the user works in.
    pub(crate) company: Option<String>,
    pub(crate) database: String,
    /// The address of the Odoo server.
    pub(crate) url: String,
    pub(crate) odoo_version: String,
    /// The language of labels and of translated values, such as `en_US`.
    pub(crate) language: Option<String>,
    /// The user's time zone, such as `Europe/Brussels`. Times in records are UTC all the same.
    pub(crate) time_zone: Option<String>,
    /// What the key may do, by model: R reads, W creates and writes, D deletes.
    pub(crate) scope: String,
    /// When the key stops working, in seconds since 1970.
    pub(crate) expires: Option<u64>,
}

/// The own record of the user; Odoo says `false` for what is not set.
#[derive(Deserialize)]
struct User {
    name: Value,
    lang: Value,
    tz: Value,
    company_id: Value,
}

/// Asks Odoo about the caller. No scope is needed: everyone may know who they are.
pub(crate) async fn whoami(state: &State, caller: &Caller) -> Result<Whoami, Error> {
    let session = call::session(state, caller).await?;
    let (version, user) = tokio::try_join!(
        session.client().version(caller.credentials().url()),
        own_record(&session),
    )
    .map_err(|error| failure::of_call(state, caller, Effect::Reads, error))?;
    let credentials = caller.credentials();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let login = credentials.username().to_owned();
    Ok(Whoami {
        name: user
            .as_ref()
            .and_then(|user| text(&user.name))
            .unwrap_or_else(|| login.clone()),
        login,
        user_id: session.uid(),
        company: user.as_ref().and_then(|user| text(user.company_id.get(1)?)),
        database: credentials.database().to_owned(),
        url: credentials.url().to_string(),
        odoo_version: version.server_version,
        language: user.as_ref().and_then(|user| text(&user.lang)),
        time_zone: user.as_ref().and_then(|user| text(&user.tz)),
        scope: caller.scope().to_string(),
        expires: caller.expires(),
    })
}

async fn own_record(session: &Session) -> Result<Option<User>, odoo_rpc::Error> {
    let fields = ["name", "lang", "tz", "company_id"];
    let users: Vec<User> = session
        .model("res.users")
        .read(&[session.uid()], &fields)
        .await?;
    Ok(users.into_iter().next())
}
