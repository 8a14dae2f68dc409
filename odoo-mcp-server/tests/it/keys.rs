//! Making keys, looking into them, and the three places where a caller may put them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use odoo_keys::{Claims, Keyring};
use serde_json::{Value, json};

use crate::support::{Bench, Reply, claims};

const COUNT: &str = r#"{"name": "search_count", "arguments": {"model": "res.partner"}}"#;

fn order(bench: &Bench) -> Value {
    let admin = bench.sandbox.admin();
    json!({
        "url": bench.sandbox.url(),
        "database": bench.sandbox.database(),
        "username": admin.username(),
        "password": admin.password().reveal(),
        "scope": "res.partner:RWD,*:R",
    })
}

#[tokio::test]
async fn a_key_is_answered_with_all_but_the_password() {
    let bench = Bench::start().await;
    let mut reply = bench.post("/auth/generate", order(&bench)).await;
    assert_eq!(reply.code, 200);
    let key = reply.body["api_key"].take();
    assert!(key.as_str().unwrap().starts_with("gAAAAA"));
    assert_eq!(
        reply.body,
        json!({
            "api_key": null,
            "expires": null,
            "user": "admin",
            "credentials": {
                "url": bench.sandbox.url(),
                "database": bench.sandbox.database(),
                "username": "admin",
                "scope": "res.partner:RWD,*:R",
            },
        })
    );
    let reply = bench.post("/auth/validate", json!({"api_key": key})).await;
    assert_eq!(reply.code, 200);
    assert_eq!(
        reply.body,
        json!({
            "status": "valid",
            "credentials": {
                "url": bench.sandbox.url(),
                "database": bench.sandbox.database(),
                "username": "admin",
                "scope": "res.partner:RWD,*:R",
            },
            "expires": null,
        })
    );
    // Neither asks Odoo.
    assert!(bench.sandbox.calls().is_empty());
}

#[tokio::test]
async fn without_a_scope_a_key_reads_everything_as_with_the_python_project() {
    let bench = Bench::start().await;
    let mut order = order(&bench);
    order.as_object_mut().unwrap().remove("scope");
    let reply = bench.post("/auth/generate", order).await;
    assert_eq!(reply.body["credentials"]["scope"], "*:R");
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_the_password_never_repeated() {
    let bench = Bench::start().await;
    for (member, value, status, because) in [
        ("url", json!("company.odoo.com"), "invalid_request", "`url`"),
        (
            "url",
            json!("ftp://company.odoo.com"),
            "invalid_request",
            "`url`",
        ),
        ("url", json!(""), "invalid_request", "`url` is empty"),
        ("url", Value::Null, "invalid_request", "`url` is missing"),
        (
            "database",
            json!(" "),
            "invalid_request",
            "`database` is empty",
        ),
        (
            "username",
            json!(5),
            "invalid_request",
            "`username` must be a string",
        ),
        (
            "password",
            json!(8_415_926),
            "invalid_request",
            "`password` must be a string",
        ),
        (
            "password",
            json!(""),
            "invalid_request",
            "`password` is empty",
        ),
        (
            "scope",
            json!("res.partner:read"),
            "scope_invalid",
            "column 14",
        ),
        ("scope", json!(""), "scope_invalid", "empty"),
        ("expires_in", json!(0), "invalid_request", "`expires_in`"),
        (
            "expires_in",
            json!("soon"),
            "invalid_request",
            "`expires_in`",
        ),
        ("verify", json!("maybe"), "invalid_request", "`verify`"),
        (
            "expire_in",
            json!(60),
            "invalid_request",
            "did you mean `expires_in`?",
        ),
    ] {
        let mut order = order(&bench);
        order["password"] = json!("swordfish");
        order[member] = value;
        let reply = bench.post("/auth/generate", order).await;
        reply.assert_error(400, status, because);
        for secret in ["swordfish", "8415926"] {
            assert!(!reply.error().contains(secret), "{reply:?}");
        }
    }
    assert!(bench.sandbox.calls().is_empty());
}

#[tokio::test]
async fn verify_signs_in_before_it_answers() {
    let bench = Bench::start().await;
    let mut order = order(&bench);
    order["verify"] = json!(true);
    assert_eq!(bench.post("/auth/generate", order.clone()).await.code, 200);
    assert_eq!(bench.methods(), ["authenticate"]);

    order["password"] = json!("swordfish");
    let reply = bench.post("/auth/generate", order.clone()).await;
    reply.assert_error(401, "auth_failed", "password");
    assert!(!reply.error().contains("swordfish"));

    order["database"] = json!("nowhere");
    let reply = bench.post("/auth/generate", order).await;
    reply.assert_error(401, "auth_failed", "no database `nowhere`");
}

#[tokio::test]
async fn a_key_can_have_an_end() {
    let bench = Bench::start().await;
    let mut order = order(&bench);
    order["expires_in"] = json!("3600");
    let reply = bench.post("/auth/generate", order).await;
    let expires = reply.body["expires"].as_str().unwrap();
    assert!(
        expires.ends_with('Z') && expires.len() == "2026-11-22T07:54:34Z".len(),
        "{expires}"
    );
    let key = reply.body["api_key"].clone();
    let reply = bench.post("/auth/validate", json!({"api_key": key})).await;
    assert_eq!(reply.body["expires"], expires);
}

#[tokio::test]
async fn a_key_that_is_over_says_so() {
    let secret = odoo_keys::generate_key();
    let bench = Bench::with(&["--encryption-key", &secret]).await;
    let claims = Claims {
        exp: Some(1_000_000_000),
        ..claims(&bench.sandbox, "*:R")
    };
    let key = Keyring::parse(&secret).unwrap().seal(&claims).into_string();
    let reply = bench.send(&key, "/tools/call", COUNT).await;
    reply.assert_error(401, "auth_failed", "has expired");
    let reply = bench.post("/auth/validate", json!({"api_key": key})).await;
    reply.assert_error(401, "auth_failed", "has expired");
}

#[tokio::test]
async fn a_key_that_does_not_open_does_not_say_why() {
    let bench = Bench::start().await;
    let foreign = Keyring::generate()
        .seal(&claims(&bench.sandbox, "*:R"))
        .into_string();
    let mut errors = Vec::new();
    for key in [
        foreign.as_str(),
        "nonsense",
        "gAAAAA",
        &foreign[..foreign.len() - 4],
    ] {
        let reply = bench.send(key, "/tools/call", COUNT).await;
        reply.assert_error(401, "auth_failed", "`X-API-Key`");
        errors.push(reply.error().to_owned());
        let reply = bench.post("/auth/validate", json!({"api_key": key})).await;
        reply.assert_error(401, "auth_failed", "`api_key`");
    }
    errors.dedup();
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[tokio::test]
async fn an_old_key_opens_while_its_encryption_key_is_listed() {
    let (old, new) = (odoo_keys::generate_key(), odoo_keys::generate_key());
    let bench = Bench::with(&["--encryption-key", &format!("{new}, {old}")]).await;
    let key = Keyring::parse(&old)
        .unwrap()
        .seal(&claims(&bench.sandbox, "*:R"))
        .into_string();
    assert_eq!(bench.send(&key, "/tools/call", COUNT).await.code, 200);
}

#[tokio::test]
async fn credentials_may_come_in_three_headers() {
    let bench = Bench::start().await;
    let json = order(&bench).to_string();
    for (header, value) in [
        ("X-API-Key", bench.key.clone()),
        ("Authorization", format!("Bearer {}", bench.key)),
        ("Authorization", format!("bearer  {}", bench.key)),
        ("X-Auth-Credentials", STANDARD.encode(&json)),
        ("X-Auth-Credentials", URL_SAFE_NO_PAD.encode(&json)),
    ] {
        let request = bench
            .request("POST", "/tools/call")
            .header(header, value)
            .body(COUNT);
        let reply = Reply::of(request).await;
        assert_eq!(reply.code, 200, "{header}: {reply:?}");
    }
}

#[tokio::test]
async fn a_proxys_own_authorization_does_not_stand_in_the_way() {
    let bench = Bench::start().await;
    let request = bench
        .request("POST", "/tools/call")
        .header("Authorization", "Basic dXNlcjpwYXNz")
        .header("X-API-Key", &bench.key)
        .body(COUNT);
    assert_eq!(Reply::of(request).await.code, 200);
}

#[tokio::test]
async fn raw_credentials_that_do_not_fit_are_refused_without_repeating_them() {
    let bench = Bench::start().await;
    let mut lacking = order(&bench);
    lacking.as_object_mut().unwrap().remove("database");
    for (value, because) in [
        ("?".to_owned(), "not base64"),
        (STANDARD.encode("swordfish"), "JSON object"),
        (STANDARD.encode(lacking.to_string()), "lack `database`"),
    ] {
        let request = bench
            .request("POST", "/tools/call")
            .header("X-Auth-Credentials", value);
        let reply = Reply::of(request.body(COUNT)).await;
        reply.assert_error(401, "auth_failed", because);
        assert!(!reply.error().contains("swordfish"));
    }
}

#[tokio::test]
async fn only_listed_hosts_are_called_where_there_is_a_list() {
    let bench = Bench::with(&["--odoo-allowed-hosts", "*.odoo.com"]).await;
    let reply = bench.post("/auth/generate", order(&bench)).await;
    reply.assert_error(
        400,
        "invalid_request",
        "does not serve the host `127.0.0.1:",
    );
    let reply = bench.send(&bench.key, "/tools/call", COUNT).await;
    reply.assert_error(400, "invalid_request", "does not serve the host");
    assert!(bench.sandbox.calls().is_empty());
}

#[tokio::test]
async fn a_clouds_metadata_is_never_asked() {
    let bench = Bench::start().await;
    let mut order = order(&bench);
    order["url"] = json!("http://169.254.169.254");
    order["verify"] = json!(true);
    let reply = bench.post("/auth/generate", order).await;
    reply.assert_error(502, "connection_failed", "not permitted");
}
