//! Calls with `$name` in the place of an id, as the table shows them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// What the names in templates stand for.
pub(crate) type Names = BTreeMap<String, Value>;

/// Returns the names that stand in a template, in the order in which they appear.
pub(crate) fn names_in(template: &Value) -> Vec<String> {
    let text = template.to_string();
    let names = text.split('$').skip(1).map(|behind| name_at(behind).0);
    names.map(str::to_owned).collect()
}

/// Fills a template in. A text which is a name and nothing else becomes the value itself.
pub(crate) fn fill(template: &Value, names: &Names) -> Value {
    match template {
        Value::String(text) => {
            let whole = text.strip_prefix('$').and_then(|name| names.get(name));
            whole
                .cloned()
                .unwrap_or_else(|| Value::String(fill_text(text, names)))
        }
        Value::Array(items) => items.iter().map(|item| fill(item, names)).collect(),
        Value::Object(entries) => {
            let filled = entries
                .iter()
                .map(|(key, value)| (fill_text(key, names), fill(value, names)));
            Value::Object(filled.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn fill_text(text: &str, names: &Names) -> String {
    let mut parts = text.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, behind) = name_at(part);
        match &names[name] {
            Value::String(value) => filled.push_str(value),
            value => filled.push_str(&value.to_string()),
        }
        filled.push_str(behind);
    }
    filled
}

fn name_at(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '_';
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}
