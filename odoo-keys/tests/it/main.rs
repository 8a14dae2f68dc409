//! The tests of `odoo-keys`, through its public door.

mod claims;
mod interop;
mod keyring;
mod properties;
mod secrecy;

use odoo_keys::{Claims, Password};

/// Claims to seal, with nothing that ends.
fn claims() -> Claims {
    Claims {
        url: "https://company.odoo.com".into(),
        database: "company_db".into(),
        username: "api_user".into(),
        password: Password::new("hunter2"),
        scope: "res.partner:RW".into(),
        iat: None,
        exp: None,
    }
}
