//! What a language model is told when it connects.

use crate::tools::quotable;
use crate::whoami::Whoami;

/// How records are asked for and what values look like, in as few words as will do.
const HOW_TO: &str = r#"Fields: ask `fields_get` before using a field that you are not sure of; never guess one.
Domains: a list of conditions that all hold, such as [["name","ilike","azure"],["is_company","=",true]]; [] is all records. "|" before two conditions: either; "!" before one: not. A path crosses relations: ["partner_id.country_id.code","=","BE"].
Values: dates are "2026-03-31", times "2026-03-31 14:05:00" in UTC. false means no value. A many2one is read as [id, name] and written as an id.
Pages: while `has_more` is true, call again with `offset` set to `next_offset`."#;

/// The instructions for a caller whom Odoo knows.
pub(super) fn for_user(user: &Whoami) -> String {
    let company = match &user.company {
        Some(company) => format!(" of {}", quotable(company)),
        None => String::new(),
    };
    format!(
        "Records of the Odoo database `{database}` at {url} (Odoo {version}).\n\
         You act as {name}{company} (login {login}, user id {id}); language {language}, time zone {time_zone}.\n\
         This key may: {scope} (R read, W create and write, D delete; `*` is every other model). \
         Whatever Odoo denies this user stays denied.\n{HOW_TO}",
        database = quotable(&user.database),
        url = user.url,
        version = quotable(&user.odoo_version),
        name = quotable(&user.name),
        login = quotable(&user.login),
        id = user.user_id,
        language = user
            .language
            .as_deref()
            .map_or("not set".to_owned(), quotable),
        time_zone = user
            .time_zone
            .as_deref()
            .map_or("not set".to_owned(), quotable),
        scope = user.scope,
    )
}

/// The instructions while Odoo does not answer: connecting works, and says what is wrong.
pub(super) fn without_odoo(reason: &str) -> String {
    format!("Records of an Odoo database, which could not be asked just now: {reason}\n{HOW_TO}")
}
