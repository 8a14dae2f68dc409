//! The pool before an Odoo in memory.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::num::NonZeroUsize;
use std::time::Duration;

use futures_util::future::join_all;
use odoo_pool::{Busy, Config, Error, Pool};
use odoo_rpc::{Client, Credentials, Password};
use odoo_sandbox::{Sandbox, Trouble};

fn pool(change: impl FnOnce(&mut Config)) -> Pool {
    let mut config = Config::default();
    change(&mut config);
    Pool::new(Client::new().unwrap(), config)
}

fn logins(sandbox: &Sandbox) -> usize {
    let calls = sandbox.calls();
    calls
        .iter()
        .filter(|call| call.method() == "authenticate")
        .count()
}

/// The administrator, if this were the password.
fn with_password(sandbox: &Sandbox, password: &str) -> Credentials {
    let admin = sandbox.admin();
    Credentials::new(
        admin.url().clone(),
        admin.database(),
        admin.username(),
        Password::new(password),
    )
}

#[tokio::test]
async fn a_session_is_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|_| ());
    let uid = pool.session(&sandbox.admin()).await.unwrap().uid();
    assert_eq!(pool.session(&sandbox.admin()).await.unwrap().uid(), uid);
    assert_eq!(logins(&sandbox), 1);
}

#[tokio::test]
async fn however_many_ask_at_once_one_login_is_sent() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|config| config.calls_per_database = NonZeroUsize::new(100).unwrap());
    let admin = sandbox.admin();
    for result in join_all((0..100).map(|_| pool.session(&admin))).await {
        result.unwrap();
    }
    assert_eq!(logins(&sandbox), 1);
}

#[tokio::test]
async fn another_password_is_another_session() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|_| ());
    pool.session(&sandbox.admin()).await.unwrap();
    let error = pool
        .session(&with_password(&sandbox, "guess"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Login(error) if error.is_access_denied()));
}

#[tokio::test]
async fn a_failed_login_is_told_to_all_who_waited_and_then_forgotten() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|_| ());
    let admin = sandbox.admin();
    sandbox.trouble(Trouble::page(503));
    for result in join_all((0..5).map(|_| pool.session(&admin))).await {
        assert!(matches!(result, Err(Error::Login(_))));
    }
    assert_eq!(pool.stats().failed_logins, 1);
    pool.session(&admin).await.unwrap();
    assert_eq!((pool.stats().logins, pool.stats().total), (1, 1));
}

#[tokio::test]
async fn a_caller_who_gives_up_takes_nobody_along() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|_| ());
    let admin = sandbox.admin();
    sandbox.trouble(Trouble::delay(Duration::from_millis(100)).on("authenticate"));
    let mut first = Box::pin(pool.session(&admin));
    assert!(futures_util::poll!(&mut first).is_pending());
    let mut second = Box::pin(pool.session(&admin));
    assert!(futures_util::poll!(&mut second).is_pending());
    drop(first);
    second.await.unwrap();
    assert_eq!(logins(&sandbox), 1);
}

#[tokio::test]
async fn a_forgotten_session_is_made_anew() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|_| ());
    pool.session(&sandbox.admin()).await.unwrap();
    pool.forget(&sandbox.admin());
    assert_eq!(pool.stats().total, 0);
    pool.session(&sandbox.admin()).await.unwrap();
    assert_eq!(logins(&sandbox), 2);
}

#[tokio::test]
async fn a_session_ends_with_its_time() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|config| config.ttl = Duration::from_secs(60));
    pool.session(&sandbox.admin()).await.unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(60)).await;
    tokio::time::resume();
    let stats = pool.stats();
    assert_eq!((stats.total, stats.expired, stats.active()), (1, 1, 0));
    pool.session(&sandbox.admin()).await.unwrap();
    assert_eq!(logins(&sandbox), 2);
    assert_eq!((pool.stats().total, pool.stats().expired), (1, 0));
}

#[tokio::test]
async fn only_so_many_calls_of_a_database_are_in_flight() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|config| config.calls_per_database = NonZeroUsize::new(2).unwrap());
    let admin = sandbox.admin();
    let first = pool.session(&admin).await.unwrap();
    // Another user of the same database has no lane of their own.
    let _second = pool.session(&sandbox.demo()).await.unwrap();
    let mut third = Box::pin(pool.session(&admin));
    assert!(futures_util::poll!(&mut third).is_pending());
    assert_eq!((pool.stats().running, pool.stats().waiting), (2, 1));
    drop(first);
    let _third = third.await.unwrap();
    assert_eq!((pool.stats().running, pool.stats().waiting), (2, 0));
}

#[tokio::test]
async fn another_database_has_a_lane_of_its_own() {
    let (one, other) = (
        Sandbox::start().await.unwrap(),
        Sandbox::start().await.unwrap(),
    );
    let pool = pool(|config| config.calls_per_database = NonZeroUsize::MIN);
    let _first = pool.session(&one.admin()).await.unwrap();
    pool.session(&other.admin()).await.unwrap();
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|config| {
        config.calls_per_database = NonZeroUsize::MIN;
        config.queue_length = 0;
    });
    let _first = pool.session(&sandbox.admin()).await.unwrap();
    let error = pool.session(&sandbox.admin()).await.unwrap_err();
    assert!(
        matches!(error, Error::Busy(Busy::QueueFull { .. })),
        "{error}"
    );
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|config| {
        config.calls_per_database = NonZeroUsize::MIN;
        config.queue_timeout = Duration::from_secs(30);
    });
    let _first = pool.session(&sandbox.admin()).await.unwrap();
    tokio::time::pause();
    let error = pool.session(&sandbox.admin()).await.unwrap_err();
    assert!(
        matches!(error, Error::Busy(Busy::TimedOut { .. })),
        "{error}"
    );
    assert_eq!(pool.stats().waiting, 0);
}

#[tokio::test]
async fn nothing_printed_holds_a_password() {
    let sandbox = Sandbox::start().await.unwrap();
    let pool = pool(|_| ());
    let secret = with_password(&sandbox, "swordfish");
    let error = pool.session(&secret).await.unwrap_err();
    assert!(!format!("{error:?} {error} {pool:?}").contains("swordfish"));
}
