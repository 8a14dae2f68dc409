//! The only door to records.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::domain::Domain;
use crate::error::Error;
use crate::session::Session;
use crate::transport::Repeat;

/// The records of a model, as the session's user sees them.
///
/// Answers are read as any type that serde can read: a `Vec` of the caller's own rows,
/// [`Rows`](crate::Rows) or [`Json`](crate::Json) for JSON text, or [`serde_json::Value`].
#[derive(Clone, Debug)]
pub struct Model<'s> {
    session: &'s Session,
    name: Cow<'s, str>,
    context: Option<Map<String, Value>>,
}

/// Names no field, or no attribute, and thereby asks for all of them.
pub const ALL: &[&str] = &[];

/// Which part of a search's records is asked for, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    #[serde(skip_serializing_if = "is_zero")]
    offset: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
}

impl Page {
    /// Asks for all records in the model's own order.
    pub fn all() -> Self {
        Self::default()
    }

    /// Sets how many records are answered at most. Defaults to no limit; for Odoo, 0 is none too.
    #[must_use]
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Sets how many records are skipped. Defaults to 0.
    #[must_use]
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = offset;
        self
    }

    /// Sets the order, such as `name desc, id`. Defaults to the model's own.
    #[must_use]
    pub fn order(mut self, order: impl Into<String>) -> Self {
        self.order = Some(order.into());
        self
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Named arguments with the model's context.
#[derive(Serialize)]
struct Named<'a, K: ?Sized> {
    #[serde(flatten)]
    arguments: &'a K,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'a Map<String, Value>>,
}

impl<'s> Model<'s> {
    pub(crate) fn new(session: &'s Session, name: Cow<'s, str>) -> Self {
        Self {
            session,
            name,
            context: None,
        }
    }

    /// Returns the model's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sets the context that goes with every call, such as `{"lang": "fr_FR"}`. Defaults to none.
    #[must_use]
    pub fn with_context(mut self, context: Map<String, Value>) -> Self {
        self.context = Some(context);
        self
    }

    /// Returns the ids of the records that match.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn search(&self, domain: &Domain, page: &Page) -> Result<Vec<i64>, Error> {
        self.reading("search", &["domain"], &(domain,), page).await
    }

    /// Returns how many records match.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn search_count(&self, domain: &Domain) -> Result<u64, Error> {
        self.reading("search_count", &["domain"], &(domain,), &())
            .await
    }

    /// Returns fields of records; without `fields`, all of them. Ids that do not exist are left
    /// out.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn read<R: DeserializeOwned>(
        &self,
        ids: &[i64],
        fields: &[impl AsRef<str>],
    ) -> Result<R, Error> {
        self.reading("read", &["ids", "fields"], &(ids, texts(fields)), &())
            .await
    }

    /// Returns fields of the records that match; without `fields`, all of them.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn search_read<R: DeserializeOwned>(
        &self,
        domain: &Domain,
        fields: &[impl AsRef<str>],
        page: &Page,
    ) -> Result<R, Error> {
        let arguments = (domain, texts(fields));
        self.reading("search_read", &["domain", "fields"], &arguments, page)
            .await
    }

    /// Returns the model's fields by name, each with its attributes; without `fields` or
    /// `attributes`, all of them.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn fields_get<R: DeserializeOwned>(
        &self,
        fields: &[impl AsRef<str>],
        attributes: &[impl AsRef<str>],
    ) -> Result<R, Error> {
        // An empty list of attributes is none for Odoo; all of them is no list.
        let attributes = (!attributes.is_empty()).then(|| texts(attributes));
        let arguments = (texts(fields), attributes);
        self.reading("fields_get", &["fields", "attributes"], &arguments, &())
            .await
    }

    /// Returns the defaults of the named fields, where they have one.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn default_get<R: DeserializeOwned>(
        &self,
        fields: &[impl AsRef<str>],
    ) -> Result<R, Error> {
        self.reading("default_get", &["fields"], &(texts(fields),), &())
            .await
    }

    /// Returns id and display name of the records whose name matches, the way a form's drop-down
    /// finds them; `operator` is one of a domain's, such as `ilike`.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn name_search(
        &self,
        name: &str,
        domain: &Domain,
        operator: &str,
        limit: u64,
    ) -> Result<Vec<(i64, String)>, Error> {
        let arguments = (name, domain, operator, limit);
        let names = ["name", "domain", "operator", "limit"];
        self.reading("name_search", &names, &arguments, &()).await
    }

    /// Creates a record and returns its id.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn create(&self, values: &(impl Serialize + ?Sized)) -> Result<i64, Error> {
        self.writing("create", &["values"], &(values,)).await
    }

    /// Creates several records, all or none, and returns their ids.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn create_many(&self, values: &[impl Serialize]) -> Result<Vec<i64>, Error> {
        self.writing("create", &["values"], &(values,)).await
    }

    /// Sets fields of records.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn write(
        &self,
        ids: &[i64],
        values: &(impl Serialize + ?Sized),
    ) -> Result<bool, Error> {
        self.writing("write", &["ids", "values"], &(ids, values))
            .await
    }

    /// Deletes records.
    ///
    /// # Errors
    ///
    /// Fails as [`call`](Self::call) does.
    pub async fn unlink(&self, ids: &[i64]) -> Result<bool, Error> {
        self.writing("unlink", &["ids"], &(ids,)).await
    }

    /// Calls any public method with positional arguments (a tuple or slice) and named ones (a map
    /// or struct); `&()` stands for none of either.
    ///
    /// A method that returns Python's `None` answers null, which an `Option` or `()` reads.
    /// It is sent once, whatever happens: see [`Error::outcome`].
    ///
    /// # Errors
    ///
    /// Fails when a value cannot be sent, the server cannot be reached or does not answer as
    /// XML-RPC, Odoo answers with a fault, or the answer is not an `R`.
    pub async fn call<R: DeserializeOwned>(
        &self,
        method: &str,
        arguments: &(impl Serialize + ?Sized),
        named: &(impl Serialize + ?Sized),
    ) -> Result<R, Error> {
        self.send(method, &[], arguments, named, Repeat::Never)
            .await
    }

    async fn reading<R: DeserializeOwned>(
        &self,
        method: &str,
        names: &[&'static str],
        arguments: &impl Serialize,
        named: &impl Serialize,
    ) -> Result<R, Error> {
        self.send(method, names, arguments, named, Repeat::Once)
            .await
    }

    async fn writing<R: DeserializeOwned>(
        &self,
        method: &str,
        names: &[&'static str],
        arguments: &impl Serialize,
    ) -> Result<R, Error> {
        self.send(method, names, arguments, &(), Repeat::Never)
            .await
    }

    /// Sends a call; `names` names the positional arguments in errors.
    async fn send<R: DeserializeOwned>(
        &self,
        method: &str,
        names: &[&'static str],
        arguments: &(impl Serialize + ?Sized),
        named: &(impl Serialize + ?Sized),
        repeat: Repeat,
    ) -> Result<R, Error> {
        let named = Named {
            arguments: named,
            context: self.context.as_ref(),
        };
        let result = self
            .session
            .call(&self.name, method, arguments, &named, repeat)
            .await;
        result.map_err(|error| match error {
            Error::Encode(error) => Error::Encode(error.name_arguments(names)),
            error => error,
        })
    }
}

fn texts(texts: &[impl AsRef<str>]) -> Vec<&str> {
    texts.iter().map(AsRef::as_ref).collect()
}
