//! The arguments that tools share.
//!
//! Strict where silence would hurt, and kind where n8n's forms and language models slip:
//! a number may come as a string, one id without its list, and any list or object as JSON text.

mod domain;
mod list;
mod number;
mod object;
mod order;

pub(super) use self::domain::DomainArg;
pub(super) use self::list::{Attributes, Fields, Ids};
pub(super) use self::number::{Limit, Offset};
pub(super) use self::object::{Context, NewRecords, Values};
pub(super) use self::order::Order;

/// Implements `JsonSchema` by hand: what is advertised is the plain form, what is accepted is wider.
macro_rules! json_schema {
    ($type:ty, $($schema:tt)+) => {
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($($schema)+)
            }
        }
    };
}
pub(super) use json_schema;

#[cfg(test)]
#[track_caller]
fn assert_reads<T>(json: &str, expected: T)
where
    T: serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    match serde_json::from_str::<T>(json) {
        Ok(read) => assert_eq!(read, expected, "{json}"),
        Err(error) => panic!("{json} is refused: {error}"),
    }
}

#[cfg(test)]
#[track_caller]
fn assert_refuses<T>(json: &str, because: &str)
where
    T: serde::de::DeserializeOwned + std::fmt::Debug,
{
    match serde_json::from_str::<T>(json) {
        Ok(read) => panic!("{json} is read as {read:?}"),
        Err(error) => assert!(error.to_string().contains(because), "{json}: {error}"),
    }
}
