use odoo_rpc::Domain;
use serde::de::{self, Deserialize, Deserializer};
use serde_json::Value;

use super::json_schema;

/// Which records to search for.
#[derive(Debug, Clone)]
pub(in crate::tools) struct DomainArg {
    pub(in crate::tools) domain: Domain,
    /// The same as JSON, as it is sent: what is checked is what is sent.
    pub(in crate::tools) json: Value,
}

impl Default for DomainArg {
    fn default() -> DomainArg {
        DomainArg {
            domain: Domain::all(),
            json: Value::Array(Vec::new()),
        }
    }
}

json_schema!(DomainArg, {
    "type": "array",
    "description": "Which records: a list of conditions [field, operator, value] that must all hold, such as \
        [[\"is_company\", \"=\", true], [\"name\", \"ilike\", \"azure\"]]. Operators: =, !=, <, <=, >, >=, like, ilike, \
        =like, =ilike, not like, not ilike, in, not in, child_of, parent_of. A field may be a path, such as \
        \"partner_id.country_id.code\". \"|\" before two conditions means either, \"!\" before one means not: \
        [\"|\", [\"email\", \"=\", false], [\"phone\", \"=\", false]]. Dates are \"2026-11-22\", times are UTC. Empty means all records.",
    "items": {
        "anyOf": [
            {
                "type": "array",
                "description": "A condition: [field, operator, value].",
                "items": {
                    "anyOf": [
                        { "type": "string" },
                        { "type": "number" },
                        { "type": "boolean" },
                        { "type": "null" },
                        {
                            "type": "array",
                            "items": { "anyOf": [{ "type": "string" }, { "type": "number" }, { "type": "boolean" }] },
                        },
                    ],
                },
            },
            { "type": "string", "enum": ["&", "|", "!"] },
        ],
    },
    "default": [],
});

impl<'de> Deserialize<'de> for DomainArg {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DomainArg, D::Error> {
        let mut value = Value::deserialize(deserializer)?;
        if let Value::String(text) = &value {
            value = match text.trim() {
                "" => Value::Null,
                text => serde_json::from_str(text).map_err(|error| {
                    de::Error::custom(format!("this string is no domain in JSON: {error}"))
                })?,
            };
        }
        if is_blank(&value) {
            return Ok(DomainArg::default());
        }
        let domain = Domain::from_json(value).map_err(de::Error::custom)?;
        let json = serde_json::to_value(&domain).map_err(de::Error::custom)?;
        Ok(DomainArg { domain, json })
    }
}

/// Whether nothing is in it: n8n's form leaves `[null]` or `[[]]` where nobody wrote a condition.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().all(is_blank),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_refuses;
    use super::*;

    #[track_caller]
    fn assert_means(json: &str, domain: &str) {
        match serde_json::from_str::<DomainArg>(json) {
            Ok(DomainArg { domain: read, .. }) => {
                assert_eq!(serde_json::to_string(&read).unwrap(), domain, "{json}");
            }
            Err(error) => panic!("{json} is refused: {error}"),
        }
    }

    #[test]
    fn a_domain_comes_as_a_list_or_as_its_text() {
        let domain = r#"[["name","=","Azure"]]"#;
        assert_means(r#"[["name", "=", "Azure"]]"#, domain);
        assert_means(r#""[[\"name\", \"=\", \"Azure\"]]""#, domain);
    }

    #[test]
    fn what_a_form_leaves_behind_means_all_records() {
        for json in [
            "[]",
            "null",
            "[null]",
            "[[]]",
            "\"\"",
            "\"[]\"",
            "[null, null]",
        ] {
            assert_means(json, "[]");
        }
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        assert_refuses::<DomainArg>("\"name = Azure\"", "no domain in JSON");
        for json in [
            "5",
            "{}",
            "[5]",
            r#"[["name", "="]]"#,
            r#"["|", ["a", "=", 1]]"#,
        ] {
            assert!(serde_json::from_str::<DomainArg>(json).is_err(), "{json}");
        }
    }
}
