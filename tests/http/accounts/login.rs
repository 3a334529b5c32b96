//! Logging in, and too many attempts at it.

use super::browser::Browser;
use super::{PASSWORD, log_in, registered};
use crate::support::TestServer;
use crate::support::server::{Answer, Call};
use api::http::throttle::{self, Key};
use serde_json::json;
use std::time::Duration;

const WRONG: &str = "incorrect horse battery";

/// Logs in through a proxy that reports this client.
async fn log_in_from(server: &TestServer, client: &str, password: &str) -> Answer {
    let body = json!({ "email": "ada@example.org", "password": password });
    server.post("/auth/login", &body).header("x-forwarded-for", format!("8.8.8.8, {client}")).call().await
}

/// Uses up attempts, as failed ones would.
async fn use_up(server: &TestServer, key: &Key, attempts: u32) {
    let mut db = server.db.acquire().await.unwrap();
    for _ in 0..attempts {
        throttle::hit(&mut db, key, attempts, Duration::from_secs(900)).await.unwrap();
    }
}

fn is_throttled(answer: &Answer) -> bool {
    if answer.status != 429 {
        return false;
    }
    answer.problem("too_many_requests");
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=900).contains(&seconds), "{seconds}");
    true
}

#[actix_web::test]
async fn the_right_password_opens_a_session() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    let browser = Browser::of(&log_in(&server, " ADA@example.org", PASSWORD).await, 200);
    assert_eq!(browser.session.expires_in, 900);
    assert_eq!(browser.get(&server, "/me").await.status, 200);
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_look_alike() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    let mut wrong = log_in(&server, "ada@example.org", WRONG).await.problem("wrong_credentials");
    let mut unknown = log_in(&server, "nobody@example.org", WRONG).await.problem("wrong_credentials");
    wrong.request_id = None;
    unknown.request_id = None;
    assert_eq!(wrong, unknown);
    // Nor does throttling tell them apart.
    for email in ["ada@example.org", "nobody@example.org"] {
        let mut answers = Vec::new();
        for _ in 0..10 {
            answers.push(log_in(&server, email, WRONG).await.status.as_u16());
        }
        assert_eq!(answers, [[401; 9].as_slice(), &[429]].concat(), "{email}");
    }
}

#[actix_web::test]
async fn after_ten_failures_even_the_right_password_waits() {
    let server = TestServer::spawn_with(&[("TRUST_PROXY", "true")]).await;
    registered(&server, "ada@example.org").await;
    for _ in 0..10 {
        log_in_from(&server, "203.0.113.1", WRONG).await.problem("wrong_credentials");
    }
    assert!(is_throttled(&log_in_from(&server, "203.0.113.1", PASSWORD).await));
    assert_eq!(log_in_from(&server, "203.0.113.2", PASSWORD).await.status, 200, "elsewhere it is right");

    sqlx::query("update throttles set window_ends_at = statement_timestamp()")
        .execute(&server.db)
        .await
        .unwrap();
    assert_eq!(log_in_from(&server, "203.0.113.1", PASSWORD).await.status, 200, "the wait is over");
}

#[actix_web::test]
async fn success_forgives_earlier_failures() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    for _ in 0..2 {
        for _ in 0..9 {
            log_in(&server, "ada@example.org", WRONG).await.problem("wrong_credentials");
        }
        assert_eq!(log_in(&server, "ada@example.org", PASSWORD).await.status, 200);
    }
}

#[actix_web::test]
async fn one_client_cannot_try_many_accounts() {
    let server = TestServer::spawn_with(&[("TRUST_PROXY", "true")]).await;
    registered(&server, "ada@example.org").await;
    use_up(&server, &Key::new("login-address", &["203.0.113.1"]), 50).await;
    assert!(is_throttled(&log_in_from(&server, "203.0.113.1", PASSWORD).await));
    assert_eq!(log_in_from(&server, "203.0.113.2", PASSWORD).await.status, 200);
}

#[actix_web::test]
async fn many_clients_can_neither_guess_one_account_nor_lock_its_owner_out() {
    let server = TestServer::spawn_with(&[("TRUST_PROXY", "true")]).await;
    registered(&server, "ada@example.org").await;
    assert_eq!(log_in_from(&server, "203.0.113.1", PASSWORD).await.status, 200);
    use_up(&server, &Key::new("login-account", &["ada@example.org"]), 100).await;
    assert!(is_throttled(&log_in_from(&server, "203.0.113.2", PASSWORD).await), "a stranger waits");
    assert_eq!(log_in_from(&server, "203.0.113.1", PASSWORD).await.status, 200, "the owner does not");
}

#[actix_web::test]
async fn without_a_proxy_the_header_is_not_believed() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    for n in 0..10 {
        log_in_from(&server, &format!("203.0.113.{n}"), WRONG).await.problem("wrong_credentials");
    }
    assert!(is_throttled(&log_in_from(&server, "203.0.113.99", WRONG).await));
}

#[actix_web::test]
async fn many_attempts_at_once_all_count() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    let attempts = (0..25).map(|_| log_in(&server, "ada@example.org", WRONG));
    let answers = futures_util::future::join_all(attempts).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 401).count(), 10);
    assert_eq!(answers.iter().filter(|answer| is_throttled(answer)).count(), 15);
}

#[actix_web::test]
async fn odd_credentials_are_refused_and_never_break() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    for email in ["' or 1=1 --", "ada@example.org%00", "\u{202e}gro.elpmaxe@ada", "ada@exämple.org"] {
        log_in(&server, email, PASSWORD).await.problem("wrong_credentials");
    }
    log_in(&server, "ada@example.org\u{0}", PASSWORD).await.problem("invalid_fields");
    log_in(&server, "ada@example.org", &"x".repeat(201)).await.problem("invalid_fields");
    log_in(&server, "", "").await.problem("invalid_fields");
}

#[actix_web::test]
async fn another_sites_page_cannot_log_anybody_in() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    let body = json!({ "email": "ada@example.org", "password": PASSWORD });
    let from = |origin: &str| server.post("/auth/login", &body).header("origin", origin.to_owned()).call();
    from("https://evil.example").await.problem("forbidden");
    from("null").await.problem("forbidden");
    assert_eq!(from(&server.url).await.status, 200);
}
