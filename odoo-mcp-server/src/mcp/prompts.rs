//! Prompts: tasks that people start by name.

use odoo_scope::{Permission, Scope};
use rmcp::ErrorData;
use rmcp::model::{GetPromptResult, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::{Map, Value};

struct Template {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    /// Name and meaning of each argument; all are required.
    arguments: &'static [(&'static str, &'static str)],
    /// The task, with `{argument}` where an argument goes.
    text: &'static str,
    is_of_use: fn(&Scope) -> bool,
}

static TEMPLATES: [Template; 3] = [
    Template {
        name: "explore_model",
        title: "Explore a model",
        about: "Find out what a model holds and how it is used here.",
        arguments: &[("model", "Technical name of the model, such as sale.order")],
        text: r#"Find out what the Odoo model `{model}` holds in this database.

1. `fields_get` with {"model": "{model}", "attributes": ["string", "type", "relation", "required", "selection"]}.
2. `search_count` with {"model": "{model}", "domain": []}.
3. `search_read` with {"model": "{model}", "limit": 5, "order": "id desc", "fields": [...]}: at most ten fields that step 1 listed, no binary ones.

Then answer, in this order and briefly: what one record stands for; how many there are; the fields that matter, each with its type and what it really holds in the records you saw; the models it points to. Name only fields that step 1 listed. If a call is refused, say so and go on with what you have."#,
        is_of_use: |scope| scope.allows_anywhere(Permission::Read),
    },
    Template {
        name: "fix_record",
        title: "Find and fix a record",
        about: "Find one record by its description, change it, and show the change before it is made.",
        arguments: &[
            ("model", "Technical name of the model, such as res.partner"),
            (
                "record",
                "Which record: a name, a reference, an e-mail address",
            ),
            ("change", "What should be different afterwards"),
        ],
        text: r#"In the Odoo model `{model}`, find this record: {record}
Then make this change: {change}

1. `fields_get` with {"model": "{model}", "attributes": ["string", "type", "relation", "readonly", "selection"]}: which field tells the record, which fields change. Use only fields that are listed.
2. `search_read` with a domain for the record, the fields that tell it apart and those that change, and "limit": 5. None found: try one looser domain, then stop and say what you tried. Several found: show them and ask which one.
3. Show the record's id and name, and for each field the value now and the value after. Wait for a yes.
4. `write` with {"model": "{model}", "ids": [the id], "values": {...}}: the changed fields alone. A many2one takes an id: look it up in the field's relation first.
5. `read` the same fields again and show them."#,
        is_of_use: |scope| scope.allows_anywhere(Permission::Write),
    },
    Template {
        name: "summarise_order",
        title: "Summarise a sales order",
        about: "The state of a sales order: customer, lines, what is delivered and invoiced.",
        arguments: &[("order", "Number of the order, such as S00021")],
        text: r#"Summarise the Odoo sales order {order}.

1. `search_read` with {"model": "sale.order", "domain": [["name", "=", "{order}"]], "fields": ["name", "partner_id", "state", "date_order", "amount_untaxed", "amount_tax", "amount_total", "currency_id", "order_line"], "limit": 2}. None found: try ["name", "ilike", "{order}"], and ask if more than one matches.
2. `read` with {"model": "sale.order.line", "ids": [the ids in order_line], "fields": ["name", "product_id", "product_uom_qty", "price_unit", "price_subtotal"]}. Add "qty_delivered" and "qty_invoiced" if `fields_get` lists them for this model.

Answer in at most ten lines: customer, date and state in plain words; each line with quantity and subtotal; the totals with their currency; what is still to deliver and to invoice. Report only values that you read. If the key may not read the lines, say so and summarise the rest."#,
        is_of_use: |scope| scope.allows("sale.order", Permission::Read),
    },
];

/// The prompts that a key with this scope can follow.
pub(super) fn visible(scope: &Scope) -> Vec<Prompt> {
    TEMPLATES
        .iter()
        .filter(|template| (template.is_of_use)(scope))
        .map(describe)
        .collect()
}

fn describe(template: &Template) -> Prompt {
    let arguments = template
        .arguments
        .iter()
        .map(|(name, about)| {
            PromptArgument::new(*name)
                .with_description(*about)
                .with_required(true)
        })
        .collect();
    Prompt::new(template.name, Some(template.about), Some(arguments)).with_title(template.title)
}

/// Fills in a prompt.
pub(super) fn fill(name: &str, values: &Map<String, Value>) -> Result<GetPromptResult, ErrorData> {
    let template = TEMPLATES
        .iter()
        .find(|template| template.name == name)
        .ok_or_else(|| invalid(format!("no prompt `{name}`; there are: {}", names())))?;
    let mut filled = Vec::new();
    for (argument, about) in template.arguments {
        match values.get(*argument).and_then(Value::as_str).map(str::trim) {
            Some(value) if !value.is_empty() => filled.push((*argument, value)),
            _ => return Err(invalid(format!("the prompt needs `{argument}`: {about}"))),
        }
    }
    let message = PromptMessage::new_text(Role::User, substitute(template.text, &filled));
    Ok(GetPromptResult::new(vec![message]).with_description(template.about))
}

/// Puts the values in, in one pass: a value that looks like a place for another one stays as it is.
fn substitute(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(argument, _)| *argument == name)?;
            Some((*value, after))
        });
        match place {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

fn names() -> String {
    let names: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
    names.join(", ")
}

fn invalid(message: String) -> ErrorData {
    ErrorData::invalid_params(message, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_once_and_braces_of_json_stay() {
        let filled = substitute(
            r#"{"model": "{model}"} {change}"#,
            &[("model", "res.partner"), ("change", "{model}")],
        );
        assert_eq!(filled, r#"{"model": "res.partner"} {model}"#);
    }

    #[test]
    fn every_argument_has_its_place() {
        for template in &TEMPLATES {
            for (argument, _) in template.arguments {
                assert!(
                    template.text.contains(&format!("{{{argument}}}")),
                    "{}: {argument}",
                    template.name
                );
            }
        }
    }
}
