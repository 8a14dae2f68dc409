//! The methods that every model has, and the way to them and to a model's own buttons.

use serde_json::{Map, Value, json};

use super::data::ids_in;
use super::env::Env;
use super::python;
use super::read::{Show, Window};
use super::registry::Model;
use super::signature::{Arguments, Signature, object, optional, required};
use crate::fault::{Fault, Operation};

/// Calls a method of a model, as `execute_kw` does.
///
/// # Errors
///
/// The fault that Odoo answers.
pub(crate) fn execute(
    env: &mut Env<'_>,
    model: &str,
    method: &str,
    mut positional: Vec<Value>,
    named: Map<String, Value>,
) -> Result<Value, Fault> {
    let model = env.model(model)?;
    if method.starts_with('_') || PRIVATE.contains(&method) {
        return Err(Fault::private_method(model.name(), method));
    }
    if let Some((_, press)) = model.spec.buttons.iter().find(|(name, _)| *name == method) {
        let ids = take_ids(&mut positional)?;
        Signature(&[]).bind(
            &shown(&model.name().replace('.', ""), method),
            positional,
            named,
        )?;
        return press(env, &ids);
    }
    let Some(method) = METHODS.iter().find(|known| known.name == method) else {
        let name = model.name();
        return Err(Fault::python(
            "AttributeError",
            format_args!("The method '{name}.{method}' does not exist"),
        ));
    };
    if method.name == "create" && positional.is_empty() {
        return Err(Fault::python("IndexError", "list index out of range"));
    }
    let ids = if method.on_records {
        take_ids(&mut positional)?
    } else {
        Vec::new()
    };
    let arguments = method
        .signature
        .bind(&shown("BaseModel", method.name), positional, named)?;
    (method.run)(env, model, &ids, &arguments)
}

/// Public names in Python that Odoo lets no caller use.
const PRIVATE: [&str; 8] = [
    "browse",
    "exists",
    "check_access",
    "sudo",
    "with_context",
    "with_user",
    "env",
    "mapped",
];

struct Method {
    name: &'static str,
    /// Whether the first argument is the ids that it is called on.
    on_records: bool,
    signature: Signature,
    run: Run,
}

type Run = fn(&mut Env<'_>, &'static Model, &[i64], &Arguments) -> Result<Value, Fault>;

static METHODS: [Method; 17] = [
    Method {
        name: "search",
        on_records: false,
        signature: Signature(&[
            required("domain"),
            optional("offset"),
            optional("limit"),
            optional("order"),
        ]),
        run: |env, model, _, arguments| {
            Ok(env
                .search(model, arguments.value(0), &window(arguments, 1)?)?
                .into())
        },
    },
    Method {
        name: "search_count",
        on_records: false,
        signature: Signature(&[required("domain"), optional("limit")]),
        run: |env, model, _, arguments| {
            Ok(env
                .search_count(model, arguments.value(0), arguments.count(1, "LIMIT")?)?
                .into())
        },
    },
    Method {
        name: "search_read",
        on_records: false,
        signature: Signature(&[
            optional("domain"),
            optional("fields"),
            optional("offset"),
            optional("limit"),
            optional("order"),
            optional("load"),
        ]),
        run: |env, model, _, arguments| {
            let everything = json!([]);
            let domain = arguments
                .get(0)
                .filter(|domain| !domain.is_null())
                .unwrap_or(&everything);
            let ids = env.search(model, domain, &window(arguments, 2)?)?;
            env.read(model, &ids, &arguments.names(1)?, show(arguments.get(5)))
        },
    },
    Method {
        name: "read",
        on_records: true,
        signature: Signature(&[optional("fields"), optional("load")]),
        run: |env, model, ids, arguments| {
            env.read(model, ids, &arguments.names(0)?, show(arguments.get(1)))
        },
    },
    Method {
        name: "fields_get",
        on_records: false,
        signature: Signature(&[optional("allfields"), optional("attributes")]),
        run: |env, model, _, arguments| {
            env.fields_get(model, &arguments.names(0)?, &arguments.names(1)?)
        },
    },
    Method {
        name: "default_get",
        on_records: false,
        signature: Signature(&[required("fields")]),
        run: |env, model, _, arguments| Ok(env.default_get(model, &arguments.names(0)?).into()),
    },
    Method {
        name: "name_search",
        on_records: false,
        signature: Signature(&[
            optional("name"),
            optional("domain"),
            optional("operator"),
            optional("limit"),
        ]),
        run: |env, model, _, arguments| {
            let name = arguments.get(0).cloned().unwrap_or_else(|| "".into());
            let operator = arguments.value(2).as_str().unwrap_or("ilike");
            let limit = if arguments.get(3).is_some() {
                arguments.count(3, "LIMIT")?
            } else {
                Some(100)
            };
            env.name_search(model, &name, arguments.value(1), operator, limit)
        },
    },
    Method {
        name: "name_create",
        on_records: false,
        signature: Signature(&[required("name")]),
        run: |env, model, _, arguments| {
            let id = env.create(
                model,
                Map::from_iter([("name".to_owned(), arguments.value(0).clone())]),
            )?;
            Ok(json!([id, env.data.display_name(model.name(), id)]))
        },
    },
    Method {
        name: "create",
        on_records: false,
        signature: Signature(&[required("vals_list")]),
        run: |env, model, _, arguments| match arguments.value(0) {
            Value::Array(list) => {
                let ids = list
                    .iter()
                    .map(|values| env.create(model, object(values)?.clone()));
                Ok(ids.collect::<Result<Vec<_>, _>>()?.into())
            }
            Value::Null => Err(Fault::type_error("'NoneType' object is not iterable")),
            values => Ok(env.create(model, object(values)?.clone())?.into()),
        },
    },
    Method {
        name: "write",
        on_records: true,
        signature: Signature(&[required("vals")]),
        run: |env, model, ids, arguments| {
            env.write(model, ids, arguments.object(0)?)?;
            Ok(true.into())
        },
    },
    Method {
        name: "unlink",
        on_records: true,
        signature: Signature(&[]),
        run: |env, model, ids, _| {
            env.unlink(model, ids)?;
            Ok(true.into())
        },
    },
    Method {
        name: "copy",
        on_records: true,
        signature: Signature(&[optional("default")]),
        run: |env, model, ids, arguments| {
            let default = arguments.value(0).as_object().cloned().unwrap_or_default();
            let copies = ids.iter().map(|&id| env.copy(model, id, &default));
            Ok(copies.collect::<Result<Vec<_>, _>>()?.into())
        },
    },
    Method {
        name: "action_archive",
        on_records: true,
        signature: Signature(&[]),
        run: |env, model, ids, _| set_active(env, model, ids, false),
    },
    Method {
        name: "action_unarchive",
        on_records: true,
        signature: Signature(&[]),
        run: |env, model, ids, _| set_active(env, model, ids, true),
    },
    Method {
        name: "has_access",
        on_records: true,
        signature: Signature(&[required("operation")]),
        run: |env, model, ids, arguments| {
            let operation = operation(arguments)?;
            Ok(env.require_records(model, operation, ids).is_ok().into())
        },
    },
    Method {
        name: "check_access_rights",
        on_records: false,
        signature: Signature(&[required("operation"), optional("raise_exception")]),
        run: |env, model, _, arguments| {
            let operation = operation(arguments)?;
            match env.require(model, operation) {
                Ok(()) if arguments.get(1).is_none_or(python::is_true) => Ok(Value::Null),
                Ok(()) => Ok(true.into()),
                Err(_)
                    if arguments
                        .get(1)
                        .is_some_and(|raises| !python::is_true(raises)) =>
                {
                    Ok(false.into())
                }
                Err(refusal) => Err(refusal),
            }
        },
    },
    Method {
        name: "context_get",
        on_records: false,
        signature: Signature(&[]),
        run: |env, model, _, _| {
            let Some(user) = env.user_row().filter(|_| model.name() == "res.users") else {
                let name = model.name();
                return Err(Fault::python(
                    "AttributeError",
                    format_args!("The method '{name}.context_get' does not exist"),
                ));
            };
            let partner = user
                .id("partner_id")
                .and_then(|id| env.data.row("res.partner", id));
            let of_partner = |field: &str| {
                partner
                    .and_then(|row| row.get(field))
                    .cloned()
                    .unwrap_or(json!(false))
            };
            Ok(json!({ "lang": of_partner("lang"), "tz": of_partner("tz"), "uid": env.user }))
        },
    },
];

/// Returns a method as Python's messages name it.
fn shown(class: &str, method: &str) -> String {
    format!("{class}.{method}")
}

/// Takes the ids from the front of the arguments of a method that is called on records.
fn take_ids(positional: &mut Vec<Value>) -> Result<Vec<i64>, Fault> {
    if positional.is_empty() {
        return Err(Fault::python("IndexError", "list index out of range"));
    }
    Ok(ids_in(&positional.remove(0)))
}

fn window(arguments: &Arguments, first: usize) -> Result<Window, Fault> {
    Ok(Window {
        offset: arguments.count(first, "OFFSET")?.unwrap_or_default(),
        limit: arguments.count(first + 1, "LIMIT")?,
        order: arguments
            .value(first + 2)
            .as_str()
            .filter(|order| !order.is_empty())
            .map(str::to_owned),
    })
}

fn show(load: Option<&Value>) -> Show {
    match load {
        None => Show::IdAndName,
        Some(Value::String(load)) if load == "_classic_read" => Show::IdAndName,
        Some(_) => Show::Id,
    }
}

fn operation(arguments: &Arguments) -> Result<Operation, Fault> {
    let name = arguments.value(0);
    let unknown =
        || Fault::value_error(format_args!("Invalid access mode: {}", python::repr(name)));
    name.as_str().and_then(Operation::parse).ok_or_else(unknown)
}

fn set_active(
    env: &mut Env<'_>,
    model: &'static Model,
    ids: &[i64],
    active: bool,
) -> Result<Value, Fault> {
    env.write(
        model,
        ids,
        &Map::from_iter([("active".to_owned(), active.into())]),
    )?;
    Ok(Value::Null)
}
