//! Odoo's habits in values, for rows of the caller's own types.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};

/// Reads Odoo's `false`, which stands for "no value" in every field that is not boolean, as `None`.
///
/// # Examples
///
/// ```
/// use odoo_rpc::{Many2one, xml};
///
/// #[derive(serde::Deserialize)]
/// struct Partner {
///     name: String,
///     #[serde(deserialize_with = "odoo_rpc::optional")]
///     email: Option<String>,
///     #[serde(deserialize_with = "odoo_rpc::optional")]
///     country_id: Option<Many2one>,
/// }
///
/// let answer = xml::to_response(&serde_json::json!({
///     "name": "Azure Interior", "email": false, "country_id": [233, "United States"],
/// }))?;
/// let partner: Partner = xml::from_response(&answer)?;
/// assert_eq!(partner.name, "Azure Interior");
/// assert_eq!(partner.email, None);
/// assert_eq!(partner.country_id.map(|country| country.id), Some(233));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Fails when the value is neither `false` nor null nor a `T`.
pub fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(OptionalVisitor(PhantomData))
}

/// The record that a many2one field points to, as `read` answers it: `[id, "display name"]`.
///
/// A bare id is read as well, and leaves the name empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Many2one {
    /// The record's id.
    pub id: i64,
    /// The record's display name; `None` where it was not answered.
    pub name: Option<String>,
}

impl<'de> Deserialize<'de> for Many2one {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Many2oneVisitor)
    }
}

struct Many2oneVisitor;

impl<'de> Visitor<'de> for Many2oneVisitor {
    type Value = Many2one;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id with a display name")
    }

    fn visit_i64<E: de::Error>(self, id: i64) -> Result<Many2one, E> {
        Ok(Many2one { id, name: None })
    }

    fn visit_u64<E: de::Error>(self, id: u64) -> Result<Many2one, E> {
        i64::try_from(id)
            .map_err(E::custom)
            .and_then(|id| self.visit_i64(id))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Many2one, A::Error> {
        let missing = |length| de::Error::invalid_length(length, &self);
        let id = pair.next_element()?.ok_or_else(|| missing(0))?;
        let name = pair.next_element()?.ok_or_else(|| missing(1))?;
        Ok(Many2one { id, name })
    }
}

struct OptionalVisitor<T>(PhantomData<T>);

/// Passes a value on to `T`.
macro_rules! pass_on {
    ($($method:ident: $type:ty),+ $(,)?) => {$(
        fn $method<E: de::Error>(self, value: $type) -> Result<Self::Value, E> {
            T::deserialize(value.into_deserializer()).map(Some)
        }
    )+};
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OptionalVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or false")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Option<T>, E> {
        if value {
            T::deserialize(value.into_deserializer()).map(Some)
        } else {
            Ok(None)
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }

    pass_on! {
        visit_i64: i64,
        visit_u64: u64,
        visit_f64: f64,
        visit_str: &str,
        visit_string: String,
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Option<T>, E> {
        T::deserialize(de::value::BorrowedStrDeserializer::new(value)).map(Some)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Option<T>, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(elements)).map(Some)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Option<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(Some)
    }
}
