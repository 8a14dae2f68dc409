//! What is measured: one row a call.

use anyhow::{Context, Result};

use super::client;
use super::stub::{FIELDS, LARGE, LARGE_MODEL, SMALL_MODEL};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    Nginx,
    Gateway,
}

/// Rows of one size are compared with nginx's row of that size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Small,
    Large,
}

pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) server: Server,
    pub(super) size: Size,
    /// The whole HTTP request.
    pub(super) request: Vec<u8>,
    /// What the answer has in it.
    pub(super) expected: String,
    /// How many connections call at once.
    pub(super) connections: usize,
}

/// Returns every row, those of nginx first.
pub(super) fn all(key: &str) -> Vec<Row> {
    let headers = format!("Content-Type: application/json\r\nX-API-Key: {key}\r\n");
    let raw = |size| {
        post(
            "/xmlrpc/2/object",
            "Content-Type: text/xml\r\n",
            &xml_call(size),
        )
    };
    let rest = |size| post("/tools/call", &headers, &rest_call(size));
    let mut rows = Vec::new();
    for (size, count, connections) in [(Size::Small, 1, 8), (Size::Large, LARGE, 1)] {
        let (nginx, gateway) = match size {
            Size::Small => (
                "nginx, raw XML-RPC, 1 record",
                "REST `search_read`, 1 record",
            ),
            Size::Large => (
                "nginx, raw XML-RPC, 5,000 records",
                "REST `search_read`, 5,000 records",
            ),
        };
        rows.push(Row {
            name: nginx,
            server: Server::Nginx,
            size,
            request: raw(size),
            expected: "<name>id</name>".into(),
            connections,
        });
        rows.push(Row {
            name: gateway,
            server: Server::Gateway,
            size,
            request: rest(size),
            expected: format!("\"count\":{count},"),
            connections,
        });
    }
    rows.sort_by_key(|row| row.server == Server::Gateway);
    rows
}

/// Asks the gateway for a key to the stub.
pub(super) fn api_key(gateway: u16, stub: u16) -> Result<String> {
    let body = format!(
        r#"{{"url":"http://127.0.0.1:{stub}","database":"load","username":"load","password":"load","scope":"*:R"}}"#
    );
    let request = post(
        "/auth/generate",
        "Content-Type: application/json\r\n",
        &body,
    );
    let answer = client::call_once(gateway, &request).context("the gateway makes no key")?;
    let value = answer
        .split("\"api_key\"")
        .nth(1)
        .and_then(|rest| rest.split('"').nth(1));
    value
        .map(str::to_owned)
        .with_context(|| format!("no `api_key` in the gateway's answer: {answer}"))
}

/// Returns the size's model and how many records are asked for.
fn model(size: Size) -> (&'static str, usize) {
    match size {
        Size::Small => (SMALL_MODEL, 1),
        Size::Large => (LARGE_MODEL, LARGE),
    }
}

fn rest_call(size: Size) -> String {
    let (model, limit) = model(size);
    let fields = FIELDS.map(|field| format!("\"{field}\"")).join(",");
    format!(
        r#"{{"name":"search_read","arguments":{{"model":"{model}","domain":[["active","=",true]],"fields":[{fields}],"limit":{limit}}}}}"#
    )
}

/// Returns the call that the gateway makes of [`rest_call`].
fn xml_call(size: Size) -> String {
    let (model, limit) = model(size);
    let value = |inner: &str| format!("<value>{inner}</value>");
    let text = |text: &str| value(&format!("<string>{text}</string>"));
    let array = |inner: &str| value(&format!("<array><data>{inner}</data></array>"));
    let member = |name: &str, value: &str| format!("<member><name>{name}</name>{value}</member>");
    let leaf = array(&[text("active"), text("="), value("<boolean>1</boolean>")].concat());
    let options = [
        member("fields", &array(&FIELDS.map(text).concat())),
        member("limit", &value(&format!("<int>{}</int>", limit + 1))),
    ];
    let parameters = [
        text("load"),
        value("<int>2</int>"),
        text("load"),
        text(model),
        text("search_read"),
        array(&array(&leaf)),
        value(&format!("<struct>{}</struct>", options.concat())),
    ];
    let parameters = parameters
        .map(|value| format!("<param>{value}</param>"))
        .concat();
    format!(
        "<?xml version=\"1.0\"?><methodCall><methodName>execute_kw</methodName><params>{parameters}</params></methodCall>"
    )
}

fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
