//! Passwords, forgotten and changed.

use super::browser::Browser;
use super::{PASSWORD, deliver, log_in, mailed_token, registered};
use crate::support::server::{Answer, Call};
use crate::support::{TestServer, logs};
use serde_json::json;

const NEW: &str = "a fresh password, never used";

async fn forgot(server: &TestServer, email: &str) -> Answer {
    server.post("/auth/password/forgot", &json!({ "email": email })).call().await
}

async fn reset(server: &TestServer, token: &str, password: &str) -> Answer {
    server.post("/auth/password/reset", &json!({ "token": token, "new_password": password })).call().await
}

/// A person who has just got the mail that resets the password.
async fn forgetful(server: &TestServer) -> (Browser, String) {
    let browser = registered(server, "ada@example.org").await;
    deliver(server).await;
    assert_eq!(forgot(server, "ada@example.org").await.status, 202);
    (browser, mailed_token(server, "reset_password").await)
}

#[actix_web::test]
async fn a_mailed_link_sets_a_new_password_and_ends_every_session() {
    let server = TestServer::spawn().await;
    let (browser, token) = forgetful(&server).await;
    let other_link = {
        forgot(&server, "ada@example.org").await;
        mailed_token(&server, "reset_password").await
    };
    assert_eq!(reset(&server, &token, NEW).await.status, 204);
    browser.refresh(&server).await.problem("session_ended");
    log_in(&server, "ada@example.org", PASSWORD).await.problem("wrong_credentials");
    let session = Browser::of(&log_in(&server, "ada@example.org", NEW).await, 200).session;
    assert!(session.user.email_verified, "who reads the mail owns the address");
    reset(&server, &token, "yet another password").await.problem("token_invalid");
    reset(&server, &other_link, "yet another password").await.problem("token_invalid");
}

#[actix_web::test]
async fn of_two_at_once_one_uses_the_link() {
    let server = TestServer::spawn().await;
    let (_, token) = forgetful(&server).await;
    let (one, two) = tokio::join!(reset(&server, &token, NEW), reset(&server, &token, PASSWORD));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 422]);
}

#[actix_web::test]
async fn the_answer_does_not_tell_whether_an_address_is_known() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    deliver(&server).await;
    let known = forgot(&server, "ada@example.org").await;
    let unknown = forgot(&server, "nobody@example.org").await;
    assert_eq!((known.status.as_u16(), &known.text), (202, &unknown.text));
    assert_eq!(known.status, unknown.status);
    let mails = deliver(&server).await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, "ada@example.org");
    forgot(&server, "not an address").await.problem("invalid_fields");
}

#[actix_web::test]
async fn nobody_is_flooded_with_mails() {
    let server = TestServer::spawn().await;
    registered(&server, "ada@example.org").await;
    deliver(&server).await;
    for _ in 0..30 {
        assert_eq!(forgot(&server, " ADA@example.org").await.status, 202);
    }
    assert_eq!(deliver(&server).await.len(), 5);
    let answer = forgot(&server, "ada@example.org").await;
    answer.problem("too_many_requests");
    assert!(answer.header("retry-after").is_some());
}

#[actix_web::test]
async fn a_link_ages_and_is_for_one_purpose() {
    let server = TestServer::spawn().await;
    let (_, token) = forgetful(&server).await;
    server.post("/auth/email/verify", &json!({ "token": token })).call().await.problem("token_invalid");
    server.advance("3 hours").await;
    reset(&server, &token, "password123").await.problem("invalid_fields");
    sqlx::query("update user_tokens set expires_at = statement_timestamp()")
        .execute(&server.db)
        .await
        .unwrap();
    reset(&server, &token, NEW).await.problem("token_invalid");
    for token in ["x", "é", &"A".repeat(43), "' or true --"] {
        reset(&server, token, NEW).await.problem("token_invalid");
    }
    reset(&server, "", NEW).await.problem("invalid_fields");
    assert_eq!(log_in(&server, "ada@example.org", PASSWORD).await.status, 200, "nothing has changed");
}

#[actix_web::test]
async fn tokens_are_stored_nowhere_but_in_the_mail() {
    let server = TestServer::spawn().await;
    let (_, token) = forgetful(&server).await;
    let jobs: Vec<String> =
        sqlx::query_scalar("select payload::text from jobs").fetch_all(&server.db).await.unwrap();
    assert!(jobs.iter().all(|payload| !payload.contains(&token)));
    let stored: i64 = sqlx::query_scalar("select count(*) from user_tokens where token_hash = $1")
        .bind(token.as_bytes())
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert_eq!(stored, 0);
}

#[actix_web::test]
async fn changing_it_keeps_this_session_and_ends_the_others() {
    let server = TestServer::spawn().await;
    let here = registered(&server, "ada@example.org").await;
    let there = Browser::of(&log_in(&server, "ada@example.org", PASSWORD).await, 200);
    let body = json!({ "current_password": PASSWORD, "new_password": NEW });
    assert_eq!(here.post(&server, "/auth/password/change", &body).await.status, 204);
    assert_eq!(here.refresh(&server).await.status, 200);
    there.refresh(&server).await.problem("session_ended");
    log_in(&server, "ada@example.org", PASSWORD).await.problem("wrong_credentials");
    assert_eq!(log_in(&server, "ada@example.org", NEW).await.status, 200);
}

#[actix_web::test]
async fn changing_it_takes_the_present_one_and_a_good_new_one() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let change = async |current: &str, new: &str| {
        let body = json!({ "current_password": current, "new_password": new });
        browser.post(&server, "/auth/password/change", &body).await
    };
    for weak in ["short", "password123", "ada lovelace", "ada@example.org"] {
        let problem = change(PASSWORD, weak).await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, "/new_password", "{weak}");
    }
    for _ in 0..10 {
        change("not my password", NEW).await.problem("wrong_password");
    }
    change(PASSWORD, NEW).await.problem("too_many_requests");
    let body = json!({ "current_password": PASSWORD, "new_password": NEW });
    server.post("/auth/password/change", &body).call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn logs_hold_neither_secrets_nor_addresses() {
    logs::capture();
    let server = TestServer::spawn().await;
    let marker = uuid::Uuid::now_v7().simple().to_string();
    let (email, old, new) =
        (format!("{marker}@example.org"), format!("old {marker}"), format!("new {marker}"));
    let body = json!({ "email": email, "password": old, "name": "Ada" });
    let browser = Browser::of(&server.post("/auth/register", &body).call().await, 201);
    deliver(&server).await;
    forgot(&server, &email).await;
    let token = mailed_token(&server, "reset_password").await;
    let refreshed = browser.refreshed(&server).await;
    reset(&server, "wrong", &new).await.problem("token_invalid");
    assert_eq!(reset(&server, &token, &new).await.status, 204);
    browser.refresh(&server).await.problem("session_ended");
    assert_eq!(log_in(&server, &email, &new).await.status, 200);
    log_in(&server, &email, &old).await.problem("wrong_credentials");

    let logged = logs::text();
    assert!(logged.contains("/api/v1/auth/register"), "something is logged");
    for secret in [&marker, &token, &browser.cookie, &refreshed.cookie, &refreshed.session.access_token] {
        let line = logged.lines().find(|line| line.contains(secret.as_str()));
        assert!(line.is_none(), "{}", line.unwrap_or_default());
    }
}
