//! Connections, and requests that no XML-RPC client sends.

use odoo_rpc::{Client, Domain};
use odoo_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes and returns all that comes back until the connection is closed.
async fn exchange(sandbox: &Sandbox, request: &str) -> String {
    let address = sandbox
        .url()
        .trim_start_matches("http://")
        .trim_end_matches('/');
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_connection_serves_many_calls() {
    let sandbox = Sandbox::start().await.unwrap();
    let session = Client::new()
        .unwrap()
        .login(&sandbox.admin())
        .await
        .unwrap();
    for _ in 0..5 {
        session
            .model("res.partner")
            .search_count(&Domain::all())
            .await
            .unwrap();
    }
    assert_eq!(sandbox.connections(), 1);
}

#[tokio::test]
async fn http_1_0_closes_each() {
    let sandbox = Sandbox::builder().http_1_0(true).start().await.unwrap();
    let session = Client::new()
        .unwrap()
        .login(&sandbox.admin())
        .await
        .unwrap();
    for _ in 0..5 {
        session
            .model("res.partner")
            .search_count(&Domain::all())
            .await
            .unwrap();
    }
    assert_eq!(sandbox.connections(), 6);
    let answer = exchange(
        &sandbox,
        "POST /xmlrpc/2/common HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
    )
    .await;
    assert!(answer.starts_with("HTTP/1.0 200 OK\r\n"), "{answer}");
}

#[tokio::test]
async fn a_connection_ends_when_the_client_says_so() {
    let sandbox = Sandbox::start().await.unwrap();
    let request =
        "POST /xmlrpc/2/common HTTP/1.1\r\nConnection: close\r\nContent-Length: 3\r\n\r\n<x>";
    let answer = exchange(&sandbox, request).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("ExpatError"), "{answer}");
}

#[tokio::test]
async fn other_paths_and_methods_get_a_page() {
    let sandbox = Sandbox::start().await.unwrap();
    for (request, status) in [
        (
            "GET /xmlrpc/2/common HTTP/1.0\r\n\r\n",
            "405 Method Not Allowed",
        ),
        (
            "POST /jsonrpc HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}",
            "404 Not Found",
        ),
        (
            "POST /xmlrpc/2/common HTTP/1.0\r\n\r\n",
            "411 Length Required",
        ),
        (
            "POST /xmlrpc/2/common HTTP/1.0\r\nContent-Length: 99999999999\r\n\r\n",
            "411 Length Required",
        ),
    ] {
        let answer = exchange(&sandbox, request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}\r\n")),
            "{answer}"
        );
        assert!(answer.contains("<html>"), "{answer}");
    }
    assert!(sandbox.calls().is_empty());
}

#[tokio::test]
async fn a_client_may_wait_for_leave_to_send_its_body() {
    let sandbox = Sandbox::start().await.unwrap();
    let request = "POST /xmlrpc/2/common HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n<x>";
    let answer = exchange(&sandbox, request).await;
    assert!(
        answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"),
        "{answer}"
    );
}

#[tokio::test]
async fn what_is_no_request_closes_the_connection() {
    let sandbox = Sandbox::start().await.unwrap();
    assert_eq!(exchange(&sandbox, "hello\r\n\r\n").await, "");
}
