//! The two services of Odoo's external API: from the XML of a request to the XML of its answer.

use std::collections::BTreeMap;

use odoo_rpc::xml;
use parking_lot::Mutex;
use serde_json::{Map, Value, json};

use crate::calls::Call;
use crate::fault::Fault;
use crate::orm::{self, Data, Env};

/// The databases, behind the services that open them.
pub(crate) struct Service {
    databases: Mutex<BTreeMap<String, Data>>,
}

/// A request that was read: what to do, and who says so.
pub(crate) struct Request {
    pub(crate) call: Call,
    door: Door,
}

enum Door {
    Common(Vec<Value>),
    Object {
        database: String,
        uid: Option<i64>,
        password: String,
    },
    /// Not understood; this is the answer.
    Neither(Fault),
}

impl Service {
    pub(crate) fn new(databases: BTreeMap<String, Data>) -> Self {
        Self {
            databases: Mutex::new(databases),
        }
    }

    /// Does what a request asks for and returns the body of the answer.
    pub(crate) fn answer(&self, request: Request) -> Vec<u8> {
        let method = request.call.method().to_owned();
        let answer = match request.door {
            Door::Common(parameters) => self.common(&method, &parameters),
            Door::Object {
                database,
                uid,
                password,
            } => self.object(&database, uid, &password, request.call),
            Door::Neither(fault) => Err(fault),
        };
        match answer {
            // What was done stays done: it is the answer that has no XML form.
            Ok(value) if holds_null(&value) => write_fault(&Fault::cannot_marshal_none()),
            Ok(value) => xml::to_response(&value).unwrap_or_else(|error| {
                write_fault(&Fault::type_error(format_args!("cannot marshal: {error}")))
            }),
            Err(fault) => write_fault(&fault),
        }
    }

    fn common(&self, method: &str, parameters: &[Value]) -> Result<Value, Fault> {
        match method {
            "version" => Ok(json!({
                "server_version": "19.0",
                "server_version_info": [19, 0, 0, "final", 0, ""],
                "server_serie": "19.0",
                "protocol_version": 1,
            })),
            "authenticate" | "login" => {
                let text = |at| {
                    parameters
                        .get(at)
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                };
                let mut databases = self.databases.lock();
                let data = databases
                    .get_mut(text(0))
                    .ok_or_else(|| Fault::unknown_database(text(0)))?;
                let user = data.rows("res.users").find(|(_, row)| {
                    row.flag("active") && row.text("login") == text(1) && is_password(row, text(2))
                });
                Ok(user.map_or(json!(false), |(id, _)| json!(id)))
            }
            other => Err(Fault::python(
                "Exception",
                format_args!("Method not found: {other}"),
            )),
        }
    }

    fn object(
        &self,
        database: &str,
        uid: Option<i64>,
        password: &str,
        call: Call,
    ) -> Result<Value, Fault> {
        let mut databases = self.databases.lock();
        let data = databases
            .get_mut(database)
            .ok_or_else(|| Fault::unknown_database(database))?;
        let uid = uid
            .filter(|&uid| uid > 0)
            .ok_or_else(Fault::access_denied)?;
        let user = data
            .row("res.users", uid)
            .ok_or_else(|| Fault::missing_record("res.users", uid, uid))?;
        if !user.flag("active") || !is_password(user, password) {
            return Err(Fault::access_denied());
        }
        let Call {
            model,
            method,
            args,
            mut kwargs,
        } = call;
        let context = match kwargs.remove("context") {
            Some(Value::Object(context)) => context,
            None | Some(Value::Null) => Map::new(),
            Some(other) => {
                return Err(Fault::type_error(format_args!(
                    "'{}' object is not iterable",
                    orm::type_name(&other)
                )));
            }
        };
        if let Some(lang) = context.get("lang").and_then(Value::as_str)
            && !data
                .rows("res.lang")
                .any(|(_, row)| row.text("code") == lang)
        {
            return Err(Fault::user(format!("Invalid language code: {lang}")));
        }
        let answer = orm::execute(
            &mut Env::new(data, uid, context),
            &model.unwrap_or_default(),
            &method,
            args,
            kwargs,
        );
        if answer.is_ok() {
            data.commit();
        } else {
            data.roll_back();
        }
        answer
    }
}

impl Request {
    /// Reads a request to one of the services, by its path; any other path has none.
    pub(crate) fn read(path: &str, body: &[u8]) -> Option<Self> {
        let is_object = match path.split('?').next()? {
            "/xmlrpc/2/common" => false,
            "/xmlrpc/2/object" => true,
            _ => return None,
        };
        let (method, parameters) = match xml::from_request::<Vec<Value>>(body) {
            Ok(read) => read,
            Err(error) => {
                let fault = Fault::python("xml.parsers.expat.ExpatError", error);
                return Some(Self {
                    call: Call::of_service(""),
                    door: Door::Neither(fault),
                });
            }
        };
        if !is_object {
            return Some(Self {
                call: Call::of_service(&method),
                door: Door::Common(parameters),
            });
        }
        Some(
            Self::read_object(&method, parameters).unwrap_or_else(|fault| Self {
                call: Call::of_service(&method),
                door: Door::Neither(fault),
            }),
        )
    }

    fn read_object(service_method: &str, parameters: Vec<Value>) -> Result<Self, Fault> {
        let given = parameters.len();
        let mut parameters = parameters.into_iter();
        let mut next = || parameters.next().unwrap_or_default();
        let (database, uid, password, model, method) = (next(), next(), next(), next(), next());
        if given < 5 {
            return Err(Fault::value_error(format_args!(
                "not enough values to unpack (expected at least 5, got {given})"
            )));
        }
        let (args, kwargs) = match service_method {
            "execute_kw" => (next(), next()),
            "execute" => (Value::Array(parameters.collect()), Value::Null),
            other => {
                return Err(Fault::python(
                    "NameError",
                    format_args!("Method not available {other}"),
                ));
            }
        };
        let Value::Array(args) = args else {
            let kind = orm::type_name(&args);
            return Err(Fault::type_error(format_args!(
                "Value after * must be an iterable, not {kind}"
            )));
        };
        let kwargs = match kwargs {
            Value::Object(kwargs) => kwargs,
            _ => Map::new(),
        };
        let text = |value: Value| value.as_str().map(str::to_owned).unwrap_or_default();
        Ok(Self {
            call: Call {
                model: Some(text(model)),
                method: text(method),
                args,
                kwargs,
            },
            door: Door::Object {
                database: text(database),
                uid: uid.as_i64(),
                password: text(password),
            },
        })
    }
}

fn is_password(user: &orm::Row, password: &str) -> bool {
    !password.is_empty() && user.text("password") == password
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(holds_null),
        Value::Object(members) => members.values().any(holds_null),
        _ => false,
    }
}

fn write_fault(fault: &Fault) -> Vec<u8> {
    xml::to_fault(fault.code, &fault.text)
}
