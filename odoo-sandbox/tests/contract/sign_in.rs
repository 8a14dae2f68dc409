//! Who gets in, and with which words others do not.

use odoo_rpc::{Credentials, Error, FaultKind, Password};

use crate::target::{PARTNER, assert_fault, on_odoo};

#[test]
fn version_needs_no_login() {
    on_odoo(async |odoo| {
        let server = odoo.session.credentials().url().clone();
        let version = odoo.session.client().version(&server).await.unwrap();
        assert!(version.major() >= 14);
        assert!(
            version
                .server_version
                .starts_with(&version.major().to_string())
        );
    });
}

#[test]
fn the_administrator_is_user_2() {
    on_odoo(async |odoo| assert_eq!(odoo.session.uid(), 2));
}

#[test]
fn a_wrong_password_is_refused_without_a_fault() {
    on_odoo(async |odoo| {
        let own = odoo.session.credentials();
        let wrong = Credentials::new(
            own.url().clone(),
            own.database(),
            own.username(),
            Password::new("wrong"),
        );
        let error = odoo.session.client().login(&wrong).await.err().unwrap();
        assert!(matches!(error, Error::LoginRefused(_)), "{error:?}");
    });
}

#[test]
fn an_unknown_user_is_refused_like_a_wrong_password() {
    on_odoo(async |odoo| {
        let own = odoo.session.credentials();
        let nobody = Credentials::new(
            own.url().clone(),
            own.database(),
            odoo.name("nobody"),
            Password::new("x"),
        );
        let error = odoo.session.client().login(&nobody).await.err().unwrap();
        assert!(matches!(error, Error::LoginRefused(_)), "{error:?}");
    });
}

#[test]
fn an_unknown_database_is_told() {
    on_odoo(async |odoo| {
        let own = odoo.session.credentials();
        let lost = Credentials::new(
            own.url().clone(),
            "no_such_database",
            own.username(),
            Password::new("x"),
        );
        match odoo.session.client().login(&lost).await {
            Err(Error::Fault(fault)) => {
                assert_eq!(fault.kind(), FaultKind::UnknownDatabase);
                assert_fault(&fault, 1, "database \"no_such_database\" does not exist");
            }
            other => panic!("{:?}", other.err()),
        }
    });
}

#[test]
fn two_databases_of_a_server_share_no_records() {
    on_odoo(async |odoo| {
        let own = odoo.session.credentials();
        let second = match std::env::var("ODOO_URL") {
            Ok(_) => std::env::var("ODOO_DB2").ok(),
            Err(_) => Some("other".to_owned()),
        };
        let Some(second) = second else { return };
        let id = odoo.partner("here", serde_json::json!({})).await;
        let password = Password::new(own.password().reveal());
        let there = Credentials::new(own.url().clone(), second, own.username(), password);
        let there = odoo.session.client().login(&there).await.unwrap();
        let name = odoo.name("here");
        let domain = odoo_rpc::Domain::field("name", odoo_rpc::Operator::Equal, name.as_str());
        assert_eq!(there.model(PARTNER).search_count(&domain).await.unwrap(), 0);
        assert_eq!(odoo.model(PARTNER).search_count(&domain).await.unwrap(), 1);
        assert!(id > 0);
    });
}

#[test]
fn the_password_is_checked_at_every_call() {
    on_odoo(async |odoo| {
        let login = odoo.name("leaver");
        let values = odoo.named(
            "leaver",
            serde_json::json!({"login": login, "password": "first secret"}),
        );
        let context = serde_json::json!({"no_reset_password": true});
        let users = odoo
            .model("res.users")
            .with_context(context.as_object().unwrap().clone());
        let id = users.create(&values).await.unwrap();
        let own = odoo.session.credentials();
        let credentials = Credentials::new(
            own.url().clone(),
            own.database(),
            login,
            Password::new("first secret"),
        );
        let session = odoo.session.client().login(&credentials).await.unwrap();
        assert_eq!(session.uid(), id);
        users
            .write(&[id], &serde_json::json!({"password": "second secret"}))
            .await
            .unwrap();
        match session
            .model(PARTNER)
            .search_count(&odoo_rpc::Domain::all())
            .await
        {
            Err(Error::Fault(fault)) => {
                assert_eq!(fault.kind(), FaultKind::AccessDenied);
                assert_fault(&fault, 3, "Access Denied");
            }
            other => panic!("{other:?}"),
        }
    });
}
