//! Connections that do not come about.

use std::time::Duration;

use odoo_rpc::{Client, ConnectErrorKind, Error, Outcome, ServerUrl};
use tokio::io::AsyncWriteExt as _;

use crate::server::{Reply, Server, answer};
use crate::transport::assert_says;

#[tokio::test]
async fn connections_that_do_not_come_about_say_why() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let closed = format!("http://{address}");
    let secure = format!("https://{}", not_tls().await);
    for (url, kind, text) in [
        (
            closed.as_str(),
            ConnectErrorKind::Connect,
            "check the URL and that Odoo is running",
        ),
        (
            "http://no-such-host.invalid",
            ConnectErrorKind::Resolve,
            "cannot be resolved",
        ),
        (
            secure.as_str(),
            ConnectErrorKind::Tls,
            "check its certificate",
        ),
    ] {
        let client = Client::builder()
            .total_timeout(Duration::from_secs(10))
            .build()
            .unwrap();
        let error = client
            .version(&ServerUrl::parse(url).unwrap())
            .await
            .unwrap_err();
        let Error::Connect(connect) = &error else {
            panic!("{url}: {error:?}")
        };
        assert_eq!(connect.kind(), kind, "{url}");
        assert_says(&error, Outcome::NotSent, text);
    }
}

#[tokio::test]
async fn the_address_policy_sees_names_and_addresses() {
    let server = Server::start(vec![Reply::Bytes(answer(1))]).await;
    let port = server.url.as_str().rsplit(':').next().unwrap().to_owned();
    let client = Client::builder()
        .address_policy(|_, address| !address.is_loopback())
        .build()
        .unwrap();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::ffff:127.0.0.1]",
        "0x7f.1",
        "127.1",
    ] {
        let url = ServerUrl::parse(&format!("http://{host}:{port}")).unwrap();
        let error = client.version(&url).await.unwrap_err();
        let Error::Connect(connect) = &error else {
            panic!("{host}: {error:?}")
        };
        assert_eq!(connect.kind(), ConnectErrorKind::Forbidden, "{host}");
        assert_says(&error, Outcome::NotSent, "not permitted");
    }
    assert_eq!(server.requests(), 0);
}

/// Starts a server that has never heard of TLS, and says so at once.
async fn not_tls() -> std::net::SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            stream
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .await
                .unwrap();
        }
    });
    address
}
