//! A server that answers what it is told to, to the byte.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use odoo_rpc::ServerUrl;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What happens when a request has been read.
#[derive(Clone)]
pub(crate) enum Reply {
    /// These bytes are sent and the connection stays open.
    Bytes(Vec<u8>),
    /// These bytes are sent and the connection is closed.
    BytesAndClose(Vec<u8>),
    /// Nothing is ever sent.
    Silence,
}

pub(crate) struct Server {
    pub(crate) url: ServerUrl,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// Answers the first request with the first reply and so on; the last reply goes on for ever.
    pub(crate) async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, replies.clone(), Arc::clone(&counter)));
            }
        });
        Self {
            url: ServerUrl::parse(&url).unwrap(),
            requests,
        }
    }

    /// Returns how many requests arrived whole.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, replies: Vec<Reply>, counter: Arc<AtomicUsize>) {
    while read_request(&mut stream).await.is_some() {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        match &replies[number.min(replies.len() - 1)] {
            Reply::Bytes(bytes) => stream.write_all(bytes).await.unwrap(),
            Reply::BytesAndClose(bytes) => {
                stream.write_all(bytes).await.unwrap();
                return;
            }
            Reply::Silence => std::future::pending().await,
        }
    }
}

/// Reads a head and the body that it announces.
async fn read_request(stream: &mut TcpStream) -> Option<()> {
    let mut request = Vec::new();
    loop {
        if let Some(head) = request.windows(4).position(|window| window == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&request[..head]).to_lowercase();
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length
                .expect("a request announces its length")
                .trim()
                .parse()
                .unwrap();
            if request.len() >= head + 4 + length {
                return Some(());
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => request.extend_from_slice(&chunk[..read]),
            _ => return None,
        }
    }
}

/// An HTTP answer with a length.
pub(crate) fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// An XML-RPC answer.
pub(crate) fn answer(value: impl serde::Serialize) -> Vec<u8> {
    let body = String::from_utf8(odoo_rpc::xml::to_response(&value).unwrap()).unwrap();
    http("200 OK", "Content-Type: text/xml; charset=utf-8\r\n", &body)
}
