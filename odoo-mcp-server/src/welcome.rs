//! What `--sandbox` prints: a key, and calls to paste.

use odoo_keys::{Claims, Password};
use odoo_mcp_server::Gateway;
use odoo_sandbox::Sandbox;

const SCOPE: &str = "res.partner:RWD,sale.*:RW,*:R";

pub(crate) fn text(gateway: &Gateway, sandbox: &Sandbox) -> String {
    let admin = sandbox.admin();
    let key = gateway.make_key(&Claims {
        url: sandbox.url().to_owned(),
        database: sandbox.database().to_owned(),
        username: admin.username().to_owned(),
        password: Password::new(admin.password().reveal()),
        scope: SCOPE.to_owned(),
        iat: None,
        exp: None,
    });
    let url = gateway.url();
    format!(
        r#"
The gateway listens on {url}, with a built-in Odoo at {odoo} (database {database}).
Both forget everything when they stop. A key for its administrator, with the scope {SCOPE}:

export KEY={key}

curl -s {url}/tools/call -H "X-API-Key: $KEY" -d '{{"name": "search_read", "arguments": {{"model": "res.partner", "fields": ["name", "email"], "limit": 3}}}}'

curl -s {url}/tools/call -H "X-API-Key: $KEY" -d '{{"name": "create", "arguments": {{"model": "res.partner", "values": {{"name": "Azure Interior"}}}}}}'

curl -s {url}/tools/call -H "X-API-Key: $KEY" -d '{{"name": "search_count", "arguments": {{"model": "sale.order", "domain": [["state", "=", "sale"]]}}}}'

MCP: {url}/mcp, with the same header.
"#,
        odoo = sandbox.url(),
        database = sandbox.database(),
        key = key.reveal(),
    )
}
