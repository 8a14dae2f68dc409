//! The tests of `odoo-scope`, through its public door.

mod grammar;
mod properties;
mod scope;
