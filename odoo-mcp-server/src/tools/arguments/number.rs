use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::json_schema;
use crate::error::Error;

/// The most records to answer: at least 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::tools) struct Limit(Option<u32>);

/// How many records to skip.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::tools) struct Offset(pub(in crate::tools) u32);

impl Limit {
    const DEFAULT: u32 = 100;

    /// Settles the limit: the usual one where none was asked for, but never above `max`.
    pub(in crate::tools) fn settle(&mut self, max: u32) -> Result<(), Error> {
        match self.0 {
            Some(limit) if limit > max => Err(Error::invalid(format!(
                "`arguments.limit`: at most {max} records a call; for more, page with `offset`"
            ))),
            Some(_) => Ok(()),
            None => {
                self.0 = Some(Self::DEFAULT.min(max));
                Ok(())
            }
        }
    }

    pub(in crate::tools) fn get(self) -> u32 {
        self.0.unwrap_or(Self::DEFAULT)
    }
}

json_schema!(Limit, {
    "type": "integer",
    "description": "The most records to answer. When more match, the answer says `has_more` and `next_offset`.",
    "minimum": 1,
    "default": 100,
});

json_schema!(Offset, {
    "type": "integer",
    "description": "How many matching records to skip: 0, or the `next_offset` of the answer before. Give `order` too when paging.",
    "minimum": 0,
    "default": 0,
});

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Limit, D::Error> {
        match deserializer.deserialize_any(Whole)? {
            Some(0) => Err(de::Error::custom(
                "0 would mean no limit to Odoo: ask for at least 1",
            )),
            limit => Ok(Limit(limit)),
        }
    }
}

impl<'de> Deserialize<'de> for Offset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Offset, D::Error> {
        let offset = deserializer.deserialize_any(Whole)?;
        Ok(Offset(offset.unwrap_or_default()))
    }
}

/// Reads a whole number of at least 0, in digits or as a string; `null` and `""` are none.
struct Whole;

impl Visitor<'_> for Whole {
    type Value = Option<u32>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of at least 0")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<u32>, E> {
        Ok(None)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Option<u32>, E> {
        u32::try_from(number)
            .map(Some)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Option<u32>, E> {
        u32::try_from(number)
            .map(Some)
            .map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Option<u32>, E> {
        if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
            Ok(Some(number as u32))
        } else {
            Err(E::invalid_value(de::Unexpected::Float(number), &self))
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<u32>, E> {
        match text.trim() {
            "" => Ok(None),
            digits => digits
                .parse()
                .map(Some)
                .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{assert_reads, assert_refuses};
    use super::*;

    #[test]
    fn a_limit_is_a_number_in_digits_or_as_a_string() {
        for json in ["10", "\"10\"", "\" 10 \"", "10.0"] {
            assert_reads(json, Limit(Some(10)));
        }
        for json in ["null", "\"\""] {
            assert_reads(json, Limit(None));
        }
        assert_refuses::<Limit>("0", "at least 1");
        assert_refuses::<Limit>("\"0\"", "at least 1");
        for json in [
            "-1",
            "1.5",
            "\"ten\"",
            "true",
            "[10]",
            "4294967296",
            "1e300",
        ] {
            assert_refuses::<Limit>(json, "a whole number");
        }
    }

    #[test]
    fn an_offset_may_be_0() {
        for json in ["0", "\"0\"", "null"] {
            assert_reads(json, Offset(0));
        }
        assert_refuses::<Offset>("-1", "a whole number");
    }

    #[test]
    fn without_a_limit_it_is_100_or_the_most_there_may_be() {
        for (asked, max, settled) in [
            (None, 5000, Some(100)),
            (None, 50, Some(50)),
            (Some(50), 50, Some(50)),
            (Some(51), 50, None),
        ] {
            let mut limit = Limit(asked);
            let result = limit.settle(max);
            assert_eq!(
                result.ok().map(|()| limit.get()),
                settled,
                "{asked:?} of {max}"
            );
        }
    }
}
