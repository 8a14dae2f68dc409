//! Odoo's faults: their codes and their words.

use std::fmt;

/// A call's failure, as XML-RPC carries it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub(crate) code: i64,
    pub(crate) text: String,
}

/// What a user may be refused to do with a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Operation {
    Read,
    Create,
    Write,
    Unlink,
}

impl Operation {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::Read, Self::Create, Self::Write, Self::Unlink]
            .into_iter()
            .find(|operation| operation.name() == name)
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Create => "create",
            Self::Write => "write",
            Self::Unlink => "unlink",
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Read => "access",
            Self::Create => "create",
            Self::Write => "modify",
            Self::Unlink => "delete",
        }
    }
}

impl Fault {
    /// Returns code 1: any Python error, with a traceback of which the last line tells what it was.
    pub(crate) fn python(error: &str, text: impl fmt::Display) -> Self {
        let text = format!(
            "Traceback (most recent call last):\n  \
             File \"/usr/lib/python3/dist-packages/odoo/addons/rpc/controllers/xmlrpc.py\", line 162, in xmlrpc_2\n    \
             response = self._xmlrpc(service)\n  \
             File \"/usr/lib/python3/dist-packages/odoo/service/model.py\", line 130, in execute_kw\n    \
             return execute(db, uid, obj, method, *args, **kw or {{}})\n{error}: {text}\n"
        );
        Self { code: 1, text }
    }

    pub(crate) fn value_error(text: impl fmt::Display) -> Self {
        Self::python("ValueError", text)
    }

    pub(crate) fn type_error(text: impl fmt::Display) -> Self {
        Self::python("TypeError", text)
    }

    pub(crate) fn cannot_marshal_none() -> Self {
        Self::type_error("cannot marshal None unless allow_none is enabled")
    }

    pub(crate) fn unknown_database(name: &str) -> Self {
        Self::python(
            "psycopg2.OperationalError",
            format_args!(
                "connection to server on socket \"/var/run/postgresql/.s.PGSQL.5432\" failed: FATAL:  database \"{name}\" does not exist\n"
            ),
        )
    }

    /// Returns code 2: something that a user did wrong, in a sentence.
    pub(crate) fn user(text: impl Into<String>) -> Self {
        Self {
            code: 2,
            text: text.into(),
        }
    }

    pub(crate) fn unknown_model(name: &str) -> Self {
        Self::user(format!("Object {name} doesn't exist"))
    }

    pub(crate) fn missing_record(model: &str, id: i64, user: i64) -> Self {
        Self::user(format!(
            "Record does not exist or has been deleted.\n(Record: {model}({id},), User: {user})"
        ))
    }

    pub(crate) fn required(field: (&str, &str), model: (&str, &str)) -> Self {
        Self::user(format!(
            "The operation cannot be completed: Missing required value for the field '{}' ({}).\n\
             Model: '{}' ({})\n\
             - create/update: a mandatory field is not set\n\
             - delete: another model requires the record being deleted, you can archive it instead\n",
            field.0, field.1, model.0, model.1
        ))
    }

    pub(crate) fn integrity(text: &str) -> Self {
        Self::user(format!("The operation cannot be completed: {text}"))
    }

    pub(crate) fn still_in_use(field: (&str, &str), model: (&str, &str)) -> Self {
        Self::integrity(&format!(
            "Another model is using the record you are trying to delete.\n\n\
             The troublemaker is: '{}' ({})\n\
             Thanks to the following constraint: '{}' ({})\n\
             How about archiving the record instead?",
            model.0, model.1, field.0, field.1
        ))
    }

    /// Returns code 3: a wrong login or password.
    pub(crate) fn access_denied() -> Self {
        Self {
            code: 3,
            text: "Access Denied".to_owned(),
        }
    }

    /// Returns code 4: a method that callers may not name.
    pub(crate) fn private_method(model: &str, method: &str) -> Self {
        Self {
            code: 4,
            text: format!(
                "Private methods (such as '{model}.{method}') cannot be called remotely."
            ),
        }
    }

    /// Returns code 4: the user's groups do not allow the operation on the model.
    pub(crate) fn not_allowed(operation: Operation, model: (&str, &str), group: &str) -> Self {
        Self {
            code: 4,
            text: format!(
                "You are not allowed to {} '{}' ({}) records.\n\n\
                 This operation is allowed for the following groups:\n\t- {group}\n\n\
                 Contact your administrator to request access if necessary.",
                operation.verb(),
                model.0,
                model.1
            ),
        }
    }

    /// Returns code 4: a record rule hides one of the records.
    pub(crate) fn hidden_record(
        operation: Operation,
        model: (&str, &str),
        user: (&str, i64),
    ) -> Self {
        Self {
            code: 4,
            text: format!(
                "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n\
                 Sorry, {} (id={}) doesn't have '{}' access to:\n- {} ({})\n\n\
                 If you really, really need access, perhaps you can win over your friendly administrator \
                 with a batch of freshly baked cookies.",
                user.0,
                user.1,
                operation.name(),
                model.0,
                model.1
            ),
        }
    }
}
