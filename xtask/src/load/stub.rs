//! A stub in the place of Odoo: canned answers, as fast as a thread a connection can write them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use anyhow::Result;

/// Calls on this model are answered with one record.
pub(super) const SMALL_MODEL: &str = "res.partner";
/// Calls on this model are answered with [`LARGE`] records.
pub(super) const LARGE_MODEL: &str = "sale.order";
pub(super) const LARGE: usize = 5000;

pub(super) const FIELDS: [&str; 12] = [
    "id",
    "name",
    "email",
    "phone",
    "street",
    "city",
    "zip",
    "country_id",
    "credit_limit",
    "active",
    "create_date",
    "comment",
];

pub(super) struct Stub {
    port: u16,
}

struct Answers {
    uid: Vec<u8>,
    fields: Vec<u8>,
    small: Vec<u8>,
    large: Vec<u8>,
}

impl Stub {
    /// Starts to listen on a loopback port; ends with the program.
    pub(super) fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let answers = Arc::new(Answers::new());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = Arc::clone(&answers);
                // A connection that breaks is its peer's affair, and the client counts failures.
                thread::spawn(move || answers.serve(&stream).ok());
            }
        });
        Ok(Self { port })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }
}

impl Answers {
    fn new() -> Self {
        Self {
            uid: response("<int>2</int>"),
            fields: response(&format!(
                "<struct>\n{}</struct>",
                FIELDS.map(definition).concat()
            )),
            small: response(&records(1)),
            large: response(&records(LARGE)),
        }
    }

    fn serve(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        let mut body = Vec::new();
        loop {
            let mut length = 0;
            loop {
                line.clear();
                if reader.read_line(&mut line)? == 0 {
                    return Ok(());
                }
                match line.split_once(':') {
                    Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                        length = value.trim().parse().unwrap_or_default();
                    }
                    None if line.trim().is_empty() => break,
                    _ => {}
                }
            }
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
            stream.write_all(self.choose(&String::from_utf8_lossy(&body)))?;
        }
    }

    fn choose(&self, call: &str) -> &[u8] {
        if call.contains("<methodName>authenticate<") {
            &self.uid
        } else if call.contains(">fields_get<") {
            &self.fields
        } else if call.contains(LARGE_MODEL) {
            &self.large
        } else {
            &self.small
        }
    }
}

fn response(value: &str) -> Vec<u8> {
    let body = format!(
        "<?xml version=\"1.0\"?>\n<methodResponse>\n<params>\n<param>\n<value>{value}</value>\n</param>\n</params>\n</methodResponse>\n"
    );
    let head = format!(
        "HTTP/1.1 200 OK\r\nServer: stub\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head, body].concat().into_bytes()
}

fn records(count: usize) -> String {
    let records: String = (1..=count).map(record).collect();
    format!("<array><data>\n{records}</data></array>")
}

/// Returns one record of [`FIELDS`], spread over lines as Odoo does it.
fn record(id: usize) -> String {
    let text = |text: String| format!("<string>{text}</string>");
    let members = FIELDS.map(|field| {
        let value = match field {
            "id" => format!("<int>{id}</int>"),
            "name" => text(format!("Müller &amp; Söhne Handelsgesellschaft {id}")),
            "email" => text(format!("einkauf{id}@mueller-soehne.example")),
            "phone" => text(format!("+49 30 5550 {id:04}")),
            "street" => text(format!("Hauptstraße {}", id % 200)),
            "city" => text("Berlin".into()),
            "zip" => text(format!("{:05}", 10_000 + id % 4000)),
            "country_id" => {
                "<array><data>\n<value><int>57</int></value>\n<value><string>Germany</string></value>\n</data></array>".into()
            }
            "credit_limit" => format!("<double>{}.5</double>", id % 9000),
            "active" => "<boolean>1</boolean>".into(),
            "create_date" => text("2026-11-22 07:54:34".into()),
            _ => text(format!("&lt;p&gt;Gate {}.&lt;/p&gt;", id % 12)),
        };
        member(field, &value)
    });
    format!("<value><struct>\n{}</struct></value>\n", members.concat())
}

/// Returns what `fields_get` tells of a field: enough for a gateway that looks before it asks.
fn definition(field: &str) -> String {
    let kind = match field {
        "id" => "integer",
        "country_id" => "many2one",
        "credit_limit" => "float",
        "active" => "boolean",
        "create_date" => "datetime",
        _ => "char",
    };
    let relation = match kind {
        "many2one" => member("relation", "<string>res.country</string>"),
        _ => String::new(),
    };
    let kind = member("type", &format!("<string>{kind}</string>"));
    member(field, &format!("<struct>\n{kind}{relation}</struct>"))
}

fn member(name: &str, value: &str) -> String {
    format!("<member>\n<name>{name}</name>\n<value>{value}</value>\n</member>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_answer_has_the_size_of_a_real_one() {
        let length = Answers::new().large.len();
        assert!((5_400_000..6_000_000).contains(&length), "{length}");
    }

    #[test]
    fn a_call_is_answered_by_what_it_names() {
        let answers = Answers::new();
        assert_eq!(
            answers.choose("<methodName>authenticate</methodName>"),
            answers.uid
        );
        assert_eq!(
            answers.choose("<string>sale.order</string><string>fields_get</string>"),
            answers.fields
        );
        assert_eq!(
            answers.choose("<string>sale.order</string><string>search_read</string>"),
            answers.large
        );
        assert_eq!(
            answers.choose("<string>res.partner</string><string>search_read</string>"),
            answers.small
        );
    }
}
