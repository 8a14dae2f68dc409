//! Starting, telling apart and stopping.

use odoo_rpc::{Client, Credentials, Domain, Operator, Outcome, Password, ServerUrl};
use odoo_sandbox::Sandbox;
use serde_json::json;

use crate::signed_in;

#[tokio::test]
async fn sandboxes_side_by_side_share_nothing() {
    let (one, session) = signed_in().await;
    let (other, other_session) = signed_in().await;
    assert_ne!(one.url(), other.url());
    session
        .model("res.partner")
        .create(&json!({"name": "Only here"}))
        .await
        .unwrap();
    let here = Domain::field("name", Operator::Equal, "Only here");
    assert_eq!(
        session
            .model("res.partner")
            .search_count(&here)
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        other_session
            .model("res.partner")
            .search_count(&here)
            .await
            .unwrap(),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_runs_in_a_runtime_of_threads_too() {
    let (_sandbox, session) = signed_in().await;
    assert_eq!(session.uid(), 2);
}

#[tokio::test]
async fn it_listens_on_the_loopback_address_alone() {
    let sandbox = Sandbox::start().await.unwrap();
    assert!(
        sandbox.url().starts_with("http://127.0.0.1:"),
        "{}",
        sandbox.url()
    );
}

#[tokio::test]
async fn the_port_can_be_chosen_and_is_free_after_a_stop() {
    let first = Sandbox::start().await.unwrap();
    let url = first.url().to_owned();
    let port = url
        .rsplit(':')
        .next()
        .unwrap()
        .trim_end_matches('/')
        .parse()
        .unwrap();
    assert!(Sandbox::builder().port(port).start().await.is_err());
    first.stop().await;
    let second = Sandbox::builder().port(port).start().await.unwrap();
    assert_eq!(second.url(), url);
}

#[tokio::test]
async fn a_stopped_sandbox_answers_no_more() {
    let (sandbox, session) = signed_in().await;
    sandbox.stop().await;
    let error = session
        .model("res.partner")
        .search_count(&Domain::all())
        .await
        .unwrap_err();
    assert_ne!(error.outcome(), Outcome::Done);
}

#[tokio::test]
async fn there_may_be_several_databases() {
    let sandbox = Sandbox::builder()
        .database("one")
        .database("two")
        .start()
        .await
        .unwrap();
    assert_eq!(sandbox.database(), "one");
    assert_eq!(sandbox.databases(), ["one", "two"]);
    let client = Client::new().unwrap();
    let url = ServerUrl::parse(sandbox.url()).unwrap();
    for database in ["one", "two"] {
        let admin = Credentials::new(url.clone(), database, "admin", Password::new("admin"));
        assert_eq!(client.login(&admin).await.unwrap().uid(), 2);
    }
}

#[tokio::test]
async fn it_can_hold_many_partners() {
    let sandbox = Sandbox::builder().partners(5_000).start().await.unwrap();
    let session = Client::new()
        .unwrap()
        .login(&sandbox.admin())
        .await
        .unwrap();
    let generated = Domain::field("ref", Operator::EqualLike, "G_____");
    assert_eq!(
        session
            .model("res.partner")
            .search_count(&generated)
            .await
            .unwrap(),
        5_000
    );
}

#[tokio::test]
async fn calls_are_remembered_without_passwords() {
    let sandbox = Sandbox::start().await.unwrap();
    let session = Client::new()
        .unwrap()
        .login(&sandbox.admin())
        .await
        .unwrap();
    let context = json!({"lang": "en_US"});
    let partners = session
        .model("res.partner")
        .with_context(context.as_object().unwrap().clone());
    partners.write(&[9], &json!({"ref": "x"})).await.unwrap();
    let calls = sandbox.calls();
    let seen: Vec<_> = calls
        .iter()
        .map(|call| (call.model(), call.method()))
        .collect();
    assert_eq!(
        seen,
        [(None, "authenticate"), (Some("res.partner"), "write")]
    );
    assert_eq!(calls[1].args()[0], json!([9]));
    assert_eq!(calls[1].kwargs()["context"], context);
    assert!(!format!("{calls:?}").contains("admin"));
    sandbox.forget_calls();
    assert!(sandbox.calls().is_empty());
}
