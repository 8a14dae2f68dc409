//! [`Claims`]: what a key holds.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::error::ClaimsError;
use crate::password::Password;

/// What an API key holds: where to sign in, as whom, and what may be done there.
///
/// The texts are as their author wrote them: nothing here knows what a URL or a
/// scope is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The Odoo server.
    pub url: String,
    /// The database on it.
    pub database: String,
    /// The user's login.
    pub username: String,
    /// The user's password.
    pub password: Password,
    /// What the key may do.
    pub scope: String,
    /// When the key was made, in seconds since 1970.
    pub iat: Option<u64>,
    /// From when on the key is refused, in seconds since 1970.
    pub exp: Option<u64>,
}

const KNOWN: [&str; 7] = [
    "url", "database", "username", "password", "scope", "iat", "exp",
];

impl Claims {
    /// Reads claims from the JSON object which a token holds, or which a caller
    /// sends instead of one.
    ///
    /// `iat` and `exp` may be missing or null. The scope may be empty here, so
    /// that whoever reads scopes can say what is wrong with it.
    ///
    /// # Errors
    ///
    /// When the text is not a JSON object, and when a member is missing, empty,
    /// of another type, repeated or unknown.
    pub fn from_json(json: &[u8]) -> Result<Self, ClaimsError> {
        let Members(members) =
            serde_json::from_slice(json).map_err(|_| ClaimsError::NotAnObject)?;
        let members = Checked::new(members)?;
        Ok(Self {
            url: members.filled("url")?,
            database: members.filled("database")?,
            username: members.filled("username")?,
            password: Password::new(members.filled("password")?),
            scope: members.text("scope")?,
            iat: members.time("iat")?,
            exp: members.time("exp")?,
        })
    }

    /// Returns the JSON object to seal.
    pub(crate) fn to_json(&self) -> String {
        let texts = [
            ("url", self.url.as_str()),
            ("database", &self.database),
            ("username", &self.username),
            ("password", self.password.reveal()),
            ("scope", &self.scope),
        ];
        let times = [("iat", self.iat), ("exp", self.exp)];
        let texts = texts
            .into_iter()
            .map(|(name, text)| (name.to_owned(), Value::from(text)));
        let times = times
            .into_iter()
            .filter_map(|(name, time)| Some((name.to_owned(), Value::from(time?))));
        Value::Object(texts.chain(times).collect()).to_string()
    }
}

/// Members of which each is known and there once.
struct Checked(Map<String, Value>);

impl Checked {
    fn new(members: Vec<(String, Value)>) -> Result<Self, ClaimsError> {
        let mut checked = Map::new();
        for (name, value) in members {
            let Some(known) = KNOWN.into_iter().find(|known| **known == name) else {
                return Err(ClaimsError::Unknown);
            };
            if checked.insert(name, value).is_some() {
                return Err(ClaimsError::Repeated(known));
            }
        }
        Ok(Self(checked))
    }

    fn text(&self, name: &'static str) -> Result<String, ClaimsError> {
        match self.0.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(ClaimsError::NotText(name)),
            None => Err(ClaimsError::Missing(name)),
        }
    }

    fn filled(&self, name: &'static str) -> Result<String, ClaimsError> {
        self.text(name).and_then(|text| match text.is_empty() {
            true => Err(ClaimsError::Empty(name)),
            false => Ok(text),
        })
    }

    fn time(&self, name: &'static str) -> Result<Option<u64>, ClaimsError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_u64().map(Some).ok_or(ClaimsError::NotTime(name)),
        }
    }
}

/// The members of a JSON object as they stand there. `Map` would keep the last
/// of two with the same name, where other readers keep the first.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
