//! A small HTTP server: what goes wrong on demand are bytes on the socket, so the sandbox writes them itself.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use odoo_rpc::xml;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::calls::Calls;
use crate::service::{Request, Service};
use crate::trouble::{Kind, Trouble, Troubles};

const MAX_HEAD: usize = 64 * 1024;
const MAX_BODY: usize = 256 * 1024 * 1024;

/// What the connections of one sandbox share.
pub(crate) struct Shared {
    pub(crate) service: Service,
    pub(crate) calls: Calls,
    pub(crate) troubles: Troubles,
    pub(crate) connections: AtomicUsize,
    /// Whether connections are closed after each answer, as Odoo's own server does without a proxy.
    pub(crate) http_1_0: bool,
}

/// Accepts connections until the task is dropped, and drops them with it.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                shared.connections.fetch_add(1, Ordering::Relaxed);
                let shared = Arc::clone(&shared);
                connections.spawn(async move {
                    if let Err(error) = converse(stream, &shared).await {
                        log::debug!("connection lost: {error}");
                    }
                });
            }
            Err(error) => {
                log::warn!("cannot accept a connection: {error}");
                // Out of files, most likely: some will be closed.
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn converse(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(head) = Head::read(&mut stream).await? {
        if head.expects_continue {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        let Some(length) = head.length.filter(|&length| length <= MAX_BODY) else {
            return Answer::page(411)
                .send(&mut stream, false, shared.http_1_0)
                .await;
        };
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        let stays = head.stays && !shared.http_1_0;
        if head.method != "POST" {
            Answer::page(405)
                .send(&mut stream, stays, shared.http_1_0)
                .await?;
        } else if let Some(request) = Request::read(&head.path, &body) {
            drop(body);
            shared.calls.remember(&request.call);
            match shared.troubles.meet(&request.call) {
                None => {
                    let answer = Answer::xml(shared.service.answer(request));
                    answer.send(&mut stream, stays, shared.http_1_0).await?;
                }
                Some(trouble) => {
                    if !make(trouble, request, &mut stream, stays, shared).await? {
                        return Ok(());
                    }
                }
            }
        } else {
            Answer::page(404)
                .send(&mut stream, stays, shared.http_1_0)
                .await?;
        }
        if !stays {
            return stream.shutdown().await;
        }
    }
    Ok(())
}

/// Makes trouble instead of answering, and returns whether the connection lives on.
async fn make(
    trouble: Trouble,
    request: Request,
    stream: &mut BufReader<TcpStream>,
    stays: bool,
    shared: &Shared,
) -> io::Result<bool> {
    let does_work = trouble.after_the_work || matches!(trouble.kind, Kind::CutOff);
    let (pending, answer) = if does_work {
        (None, shared.service.answer(request))
    } else {
        (Some(request), Vec::new())
    };
    let answer = match trouble.kind {
        Kind::Delay(duration) => {
            tokio::time::sleep(duration).await;
            Answer::xml(pending.map_or(answer, |request| shared.service.answer(request)))
        }
        Kind::Hang => {
            // The client gives up some day, and its closing ends the wait.
            while stream.read(&mut [0; 1024]).await? > 0 {}
            return Ok(false);
        }
        Kind::CutOff => {
            let answer = Answer::xml(answer).written(stays, shared.http_1_0);
            let half = answer.len() - answer.len() / 4;
            stream
                .write_all(answer.get(..half).unwrap_or_default())
                .await?;
            stream.shutdown().await?;
            return Ok(false);
        }
        Kind::Disconnect => return Ok(false),
        Kind::Garbage => Answer::xml(b"{\"jsonrpc\": \"2.0\", \"result\": null}".to_vec()),
        Kind::Page(status) => Answer::page(status),
        Kind::Redirect(location) => Answer {
            location: Some(location),
            ..Answer::page(302)
        },
        Kind::Huge(bytes) => {
            return send_huge(bytes, stream, stays, shared.http_1_0)
                .await
                .map(|()| true);
        }
        Kind::Fault(code, text) => Answer::xml(xml::to_fault(code, &text)),
    };
    answer.send(stream, stays, shared.http_1_0).await?;
    Ok(true)
}

/// Writes a long list of records without holding it.
async fn send_huge(
    bytes: usize,
    stream: &mut BufReader<TcpStream>,
    stays: bool,
    http_1_0: bool,
) -> io::Result<()> {
    const START: &str =
        "<?xml version=\"1.0\"?>\n<methodResponse>\n<params>\n<param>\n<value><array><data>\n";
    const RECORD: &str = "<value><struct>\n<member>\n<name>id</name>\n<value><int>9</int></value>\n</member>\n\
        <member>\n<name>name</name>\n<value><string>Acme &amp; Corporation</string></value>\n</member>\n\
        <member>\n<name>country_id</name>\n<value><boolean>0</boolean></value>\n</member>\n</struct></value>\n";
    const END: &str = "</data></array></value>\n</param>\n</params>\n</methodResponse>\n";
    let records = bytes.div_ceil(RECORD.len());
    let length = START.len() + records * RECORD.len() + END.len();
    let head = Answer::xml(Vec::new()).head(length, stays, http_1_0);
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(START.as_bytes()).await?;
    let block = RECORD.repeat(100);
    for _ in 0..records / 100 {
        stream.write_all(block.as_bytes()).await?;
    }
    for _ in 0..records % 100 {
        stream.write_all(RECORD.as_bytes()).await?;
    }
    stream.write_all(END.as_bytes()).await
}

/// The head of a request, as far as the sandbox cares.
struct Head {
    method: String,
    path: String,
    /// How long the body is; nothing if the request does not say.
    length: Option<usize>,
    stays: bool,
    expects_continue: bool,
}

impl Head {
    /// Reads the next request's head, or nothing if the client is done.
    async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Self>> {
        let mut lines = stream.take(MAX_HEAD as u64);
        let mut line = String::new();
        lines.read_line(&mut line).await?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let (Some(method), Some(path), Some(version)) = (words.next(), words.next(), words.next())
        else {
            return Ok(None);
        };
        let mut head = Self {
            length: (method == "GET").then_some(0),
            method,
            path,
            stays: version == "HTTP/1.1",
            expects_continue: false,
        };
        loop {
            line.clear();
            if lines.read_line(&mut line).await? == 0 {
                return Ok(None);
            }
            let Some((name, value)) = line.trim_end().split_once(':') else {
                return Ok(Some(head));
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => head.length = value.parse().ok(),
                "connection" if value.eq_ignore_ascii_case("close") => head.stays = false,
                "connection" if value.eq_ignore_ascii_case("keep-alive") => head.stays = true,
                "expect" => head.expects_continue = value.eq_ignore_ascii_case("100-continue"),
                _ => {}
            }
        }
    }
}

/// One answer.
struct Answer {
    status: u16,
    content_type: &'static str,
    location: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    const fn xml(body: Vec<u8>) -> Self {
        Self {
            status: 200,
            content_type: "text/xml; charset=utf-8",
            location: None,
            body,
        }
    }

    fn page(status: u16) -> Self {
        let reason = reason(status);
        let body = format!(
            "<html>\n<head><title>{status} {reason}</title></head>\n<body>\n<h1>{status} {reason}</h1>\n</body>\n</html>\n"
        );
        Self {
            status,
            content_type: "text/html; charset=utf-8",
            location: None,
            body: body.into_bytes(),
        }
    }

    async fn send(
        self,
        stream: &mut BufReader<TcpStream>,
        stays: bool,
        http_1_0: bool,
    ) -> io::Result<()> {
        stream.write_all(&self.written(stays, http_1_0)).await
    }

    fn written(self, stays: bool, http_1_0: bool) -> Vec<u8> {
        let mut bytes = self.head(self.body.len(), stays, http_1_0).into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    fn head(&self, length: usize, stays: bool, http_1_0: bool) -> String {
        let version = if http_1_0 { "1.0" } else { "1.1" };
        let connection = if stays { "keep-alive" } else { "close" };
        let location = self
            .location
            .as_ref()
            .map(|location| format!("Location: {location}\r\n"))
            .unwrap_or_default();
        format!(
            "HTTP/{version} {} {}\r\nServer: odoo-sandbox\r\nContent-Type: {}\r\nContent-Length: {length}\r\n\
             {location}Connection: {connection}\r\n\r\n",
            self.status,
            reason(self.status),
            self.content_type,
        )
    }
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        404 => "Not Found",
        405 => "Method Not Allowed",
        411 => "Length Required",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Unknown",
    }
}
