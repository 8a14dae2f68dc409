//! A small ORM that answers as Odoo's does: declared models, records in memory, domains, commands.

mod column;
mod commands;
mod condition;
mod data;
mod domain;
mod env;
mod like;
mod methods;
mod order;
mod python;
mod read;
pub(crate) mod registry;
mod relatives;
pub(crate) mod schema;
mod signature;
mod write;

pub(crate) use data::{Data, Row};
pub(crate) use env::{ADMIN_GROUP, Env};
pub(crate) use methods::execute;
pub(crate) use python::type_name;
