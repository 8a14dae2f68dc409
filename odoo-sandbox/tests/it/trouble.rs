//! Faults on demand, as odoo-rpc sees them.

use std::time::Duration;

use odoo_rpc::{Client, Domain, Error, Operator, Outcome, Page, ResponseErrorKind, Session};
use odoo_sandbox::{Sandbox, Trouble};
use serde_json::{Value, json};

use crate::signed_in;

/// Makes a contact while something goes wrong.
async fn create(session: &Session) -> Result<i64, Error> {
    session
        .model("res.partner")
        .create(&json!({"name": "Made in trouble"}))
        .await
}

async fn made(session: &Session) -> u64 {
    let made = Domain::field("name", Operator::Equal, "Made in trouble");
    session
        .model("res.partner")
        .search_count(&made)
        .await
        .unwrap()
}

/// Returns an impatient session.
async fn impatient(sandbox: &Sandbox) -> Session {
    let client = Client::builder()
        .read_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    client.login(&sandbox.admin()).await.unwrap()
}

#[tokio::test]
async fn an_answer_may_be_lost_before_the_work_or_after_it() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::disconnect());
    assert_eq!(
        create(&session).await.unwrap_err().outcome(),
        Outcome::Unknown
    );
    assert_eq!(made(&session).await, 0);
    sandbox.trouble(Trouble::disconnect().after_the_work());
    assert_eq!(
        create(&session).await.unwrap_err().outcome(),
        Outcome::Unknown
    );
    assert_eq!(made(&session).await, 1);
}

#[tokio::test]
async fn a_hanging_call_times_out() {
    let sandbox = Sandbox::start().await.unwrap();
    let session = impatient(&sandbox).await;
    sandbox.trouble(Trouble::hang());
    let error = create(&session).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(made(&session).await, 0);
}

#[tokio::test]
async fn a_late_answer_is_an_answer() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::delay(Duration::from_millis(1)));
    create(&session).await.unwrap();
    let session = impatient(&sandbox).await;
    sandbox.trouble(Trouble::delay(Duration::from_secs(60)));
    assert!(create(&session).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn half_an_answer_is_a_lost_answer() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::cut_off());
    assert_eq!(
        create(&session).await.unwrap_err().outcome(),
        Outcome::Unknown
    );
    assert_eq!(made(&session).await, 1);
}

#[tokio::test]
async fn garbage_is_no_xml_rpc() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::garbage());
    match create(&session).await {
        Err(Error::Response(error)) => assert_eq!(error.kind(), ResponseErrorKind::NotXmlRpc),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_has_its_status() {
    let (sandbox, session) = signed_in().await;
    for status in [404, 502, 503] {
        sandbox.trouble(Trouble::page(status));
        match create(&session).await {
            Err(Error::Http(error)) => assert_eq!(error.status(), status),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(made(&session).await, 0);
}

#[tokio::test]
async fn a_redirect_says_where_to() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::redirect(
        "https://elsewhere.example/xmlrpc/2/object",
    ));
    match create(&session).await {
        Err(Error::Redirect(redirect)) => {
            assert_eq!(
                redirect.location(),
                Some("https://elsewhere.example/xmlrpc/2/object")
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_huge_answer_is_well_formed() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::huge(1_000_000));
    let rows: Vec<Value> = session
        .model("res.partner")
        .search_read(&Domain::all(), &["name"], &Page::all())
        .await
        .unwrap();
    assert!(rows.len() > 1_000, "{}", rows.len());
    assert_eq!(
        rows[0],
        json!({"id": 9, "name": "Acme & Corporation", "country_id": false})
    );
    // The connection can be used again.
    assert_eq!(made(&session).await, 0);
}

#[tokio::test]
async fn any_fault_can_be_had() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::fault(2, "Not on a Sunday."));
    match create(&session).await {
        Err(Error::Fault(fault)) => {
            assert_eq!((fault.code(), fault.text()), (2, "Not on a Sunday."));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn trouble_waits_for_its_method() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::page(503).on("create"));
    assert_eq!(made(&session).await, 0);
    assert!(create(&session).await.is_err());
    assert!(create(&session).await.is_ok());
}

#[tokio::test]
async fn trouble_for_good_lasts_until_calm() {
    let (sandbox, session) = signed_in().await;
    sandbox.trouble(Trouble::page(503).on("create").for_good());
    for _ in 0..3 {
        assert!(create(&session).await.is_err());
    }
    sandbox.calm();
    assert!(create(&session).await.is_ok());
}

#[tokio::test]
async fn even_a_login_may_go_wrong() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.trouble(Trouble::page(502).on("authenticate").for_good());
    let login = Client::new().unwrap().login(&sandbox.admin()).await;
    assert!(matches!(login.err().unwrap(), Error::Http(_)));
}
