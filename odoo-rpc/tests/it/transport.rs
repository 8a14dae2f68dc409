//! What happens between a call and its answer.

use std::time::Duration;

use odoo_rpc::{
    Client, Credentials, Domain, Error, Outcome, Page, Password, ResponseErrorKind, Session,
};
use serde_json::{Value, json};

use crate::server::{Reply, Server, answer, http};

/// A client that loses patience soon, since some servers here never answer.
fn client() -> Client {
    Client::builder()
        .total_timeout(Duration::from_millis(300))
        .build()
        .unwrap()
}

/// Signs in to a server that then answers `replies`.
async fn session(replies: Vec<Reply>) -> (Server, Session) {
    let replies = std::iter::once(Reply::Bytes(answer(2)))
        .chain(replies)
        .collect();
    let server = Server::start(replies).await;
    let credentials = Credentials::new(server.url.clone(), "odoo", "admin", Password::new("hush"));
    let session = client().login(&credentials).await.unwrap();
    (server, session)
}

/// Makes a reading and a writing call, each in a session of its own.
async fn errors(reply: Reply) -> [Error; 2] {
    let (_server, reading) = session(vec![reply.clone()]).await;
    let read = reading
        .model("res.partner")
        .search(&Domain::all(), &Page::all())
        .await;
    let (_server, writing) = session(vec![reply]).await;
    let written = writing
        .model("res.partner")
        .write(&[1], &json!({"name": "x"}))
        .await;
    [read.unwrap_err(), written.unwrap_err()]
}

#[track_caller]
pub(crate) fn assert_says(error: &Error, outcome: Outcome, text: &str) {
    assert!(error.to_string().contains(text), "{error}");
    assert_eq!(error.outcome(), outcome, "{error}");
    assert!(!format!("{error:?}").contains("hush"), "{error:?}");
}

#[tokio::test]
async fn a_wrong_password_is_told_apart_from_a_fault() {
    let server = Server::start(vec![Reply::Bytes(answer(false))]).await;
    let credentials = Credentials::new(server.url.clone(), "odoo", "admin", Password::new("hush"));
    let error = client().login(&credentials).await.unwrap_err();
    assert!(matches!(error, Error::LoginRefused(_)) && error.is_access_denied());
    assert_says(
        &error,
        Outcome::Refused,
        "does not accept this login and password",
    );
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    let page = http(
        "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n",
        "<p>hi</p>",
    );
    let unnamed = http("200 OK", "", "\n <!DOCTYPE HTML><html><p>&nbsp;</p></html>");
    for reply in [page, unnamed] {
        for error in errors(Reply::Bytes(reply)).await {
            assert!(matches!(error, Error::Http(_)), "{error:?}");
            assert_says(&error, Outcome::Unknown, "is this URL an Odoo server?");
        }
    }
}

#[tokio::test]
async fn an_http_error_says_what_it_means_for_the_call() {
    for (status, outcome, text) in [
        ("404 NOT FOUND", Outcome::Refused, "not at this URL"),
        ("413 Too Large", Outcome::Refused, "too large"),
        ("403 Forbidden", Outcome::Refused, "HTTP 403"),
        ("429 Too Many Requests", Outcome::Refused, "slow down"),
        ("500 Internal Server Error", Outcome::Unknown, "in trouble"),
        ("502 Bad Gateway", Outcome::Unknown, "in trouble"),
        ("504 Gateway Timeout", Outcome::Unknown, "in trouble"),
    ] {
        for error in errors(Reply::Bytes(http(status, "", "<html></html>"))).await {
            assert_says(&error, outcome, text);
        }
    }
}

#[tokio::test]
async fn a_redirect_is_reported_and_not_followed() {
    let target = Server::start(vec![Reply::Bytes(answer(1))]).await;
    for (status, location, text) in [
        (
            "301 Moved",
            "https://odoo.example/xmlrpc/2/object?token=t#f",
            "to https://odoo.example/xmlrpc/2/object: use",
        ),
        (
            "302 Found",
            "https://u:secret@odoo.example/",
            "to https://odoo.example/: use",
        ),
        (
            "307 Temporary Redirect",
            target.url.as_str(),
            "redirects (HTTP 307)",
        ),
        ("308 Permanent Redirect", "/elsewhere", "/elsewhere: use"),
    ] {
        let reply = http(status, &format!("Location: {location}\r\n"), "");
        for error in errors(Reply::Bytes(reply)).await {
            assert_says(&error, Outcome::Refused, text);
            assert!(!error.to_string().contains("secret") && !error.to_string().contains("token"));
        }
    }
    assert_eq!(target.requests(), 0);
}

#[tokio::test]
async fn what_is_not_xml_rpc_is_said_to_be_none() {
    for body in [
        "garbage",
        "{\"result\": 1}",
        "",
        "<?xml version=\"1.0\"?><rss/>",
    ] {
        for error in errors(Reply::Bytes(http(
            "200 OK",
            "Content-Type: text/xml\r\n",
            body,
        )))
        .await
        {
            let Error::Response(response) = &error else {
                panic!("{error:?}")
            };
            assert_ne!(response.kind(), ResponseErrorKind::Mismatch);
            assert_says(&error, Outcome::Unknown, "");
        }
    }
}

#[tokio::test]
async fn an_answer_of_another_shape_was_done_all_the_same() {
    let (_server, session) = session(vec![Reply::Bytes(answer("text"))]).await;
    let error = session
        .model("res.partner")
        .create(&json!({}))
        .await
        .unwrap_err();
    assert_says(&error, Outcome::Done, "of another shape");
}

#[tokio::test]
async fn an_answer_that_ends_too_early_is_cut_off() {
    let whole = answer(vec![1, 2, 3]);
    // With a length, the connection breaks; without, as HTTP/1.0 may, the document is short.
    let with_length = whole[..whole.len() - 20].to_vec();
    let body = whole
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap()
        + 4;
    let without = [b"HTTP/1.0 200 OK\r\n\r\n", &whole[body..whole.len() - 20]].concat();
    let (_server, session_) = session(vec![Reply::BytesAndClose(with_length)]).await;
    let error = session_
        .model("res.partner")
        .call::<Value>("x", &(), &())
        .await
        .unwrap_err();
    assert_says(
        &error,
        Outcome::Unknown,
        "broke before the answer was complete",
    );
    let (_server, session_) = session(vec![Reply::BytesAndClose(without)]).await;
    let error = session_
        .model("res.partner")
        .call::<Value>("x", &(), &())
        .await
        .unwrap_err();
    assert_says(&error, Outcome::Unknown, "was cut off");
}

#[tokio::test]
async fn http_1_0_without_a_length_is_served() {
    let whole = answer(vec![1, 2, 3]);
    let body = whole
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap()
        + 4;
    let reply = [
        b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n",
        &whole[body..],
    ]
    .concat();
    let (server, session) = session(vec![Reply::BytesAndClose(reply)]).await;
    for _ in 0..3 {
        let ids = session
            .model("res.partner")
            .search(&Domain::all(), &Page::all())
            .await
            .unwrap();
        assert_eq!(ids, [1, 2, 3]);
    }
    assert_eq!(server.requests(), 4);
}

#[tokio::test]
async fn a_large_answer_is_refused_announced_or_not() {
    let large = "x".repeat(5_000);
    let announced = answer(&large);
    let chunk = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n{large}\r\n0\r\n\r\n"
    );
    for reply in [announced, chunk.into_bytes()] {
        let server = Server::start(vec![Reply::Bytes(reply)]).await;
        let client = Client::builder().max_response_bytes(4_096).build().unwrap();
        let error = client.version(&server.url).await.unwrap_err();
        let Error::Response(response) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            response.kind(),
            ResponseErrorKind::TooLarge { limit: 4_096 }
        );
        assert_says(&error, Outcome::Unknown, "ask for fewer records or fields");
    }
}

#[tokio::test]
async fn silence_ends_in_time_and_leaves_the_outcome_unknown() {
    for error in errors(Reply::Silence).await {
        assert!(error.is_timeout() && matches!(&error, Error::TimedOut(late) if late.sent()));
        assert_says(
            &error,
            Outcome::Unknown,
            "gave no complete answer within 0.3 s",
        );
    }
}

#[tokio::test]
async fn a_read_is_repeated_once_when_the_connection_breaks() {
    let replies = vec![Reply::BytesAndClose(vec![]), Reply::Bytes(answer(vec![7]))];
    let (server, session) = session(replies).await;
    let ids = session
        .model("res.partner")
        .search(&Domain::all(), &Page::all())
        .await
        .unwrap();
    assert_eq!((ids, server.requests()), (vec![7], 3));
}

#[tokio::test]
async fn a_read_is_not_repeated_for_ever() {
    let (server, session) = session(vec![Reply::BytesAndClose(vec![])]).await;
    let error = session
        .model("res.partner")
        .search_count(&Domain::all())
        .await
        .unwrap_err();
    assert_says(&error, Outcome::Unknown, "broke");
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn what_may_write_is_sent_exactly_once() {
    let broken = || vec![Reply::BytesAndClose(vec![]), Reply::Bytes(answer(true))];
    let model = "res.partner";
    for method in ["create", "write", "unlink", "call"] {
        let (server, session) = session(broken()).await;
        let model = session.model(model);
        let error = match method {
            "create" => model.create(&json!({})).await.unwrap_err(),
            "write" => model.write(&[1], &json!({})).await.unwrap_err(),
            "unlink" => model.unlink(&[1]).await.unwrap_err(),
            _ => model.call::<Value>("search", &(), &()).await.unwrap_err(),
        };
        assert_says(&error, Outcome::Unknown, "broke");
        assert_eq!(server.requests(), 2, "{method} was sent again");
    }
}

#[tokio::test]
async fn none_is_a_success_with_nothing_in_it() {
    let traceback = "Traceback (most recent call last):\n  File \"x.py\", line 1\n\
                     TypeError: cannot marshal None unless allow_none is enabled\n";
    let fault = |text| {
        let body = String::from_utf8(odoo_rpc::xml::to_fault(1, text)).unwrap();
        Reply::Bytes(http("200 OK", "Content-Type: text/xml\r\n", &body))
    };
    let (_server, session_) = session(vec![fault(traceback)]).await;
    let result = session_
        .model("sale.order")
        .call::<Option<bool>>("action_lock", &(), &())
        .await;
    assert_eq!(result.unwrap(), None);

    let odd = traceback.replace(
        "None unless allow_none is enabled",
        "<class 'frozendict'> objects",
    );
    let (_server, session_) = session(vec![fault(&odd)]).await;
    let error = session_
        .model("sale.order")
        .call::<Value>("x", &(), &())
        .await
        .unwrap_err();
    assert_says(&error, Outcome::Done, "TypeError: cannot marshal");
    assert!(!error.to_string().contains("Traceback"), "{error}");
}
