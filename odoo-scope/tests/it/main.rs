//! The tests of `odoo-scope`, through its public door.

mod attacks;
mod everyday;
mod footprint;
mod footprint_properties;
mod grammar;
mod policy;
mod properties;
mod refusals;
mod scope;
mod world;
