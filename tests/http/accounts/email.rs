//! Proving an address.

use super::{deliver, mailed_token, registered};
use crate::support::TestServer;
use crate::support::server::{Answer, Call};
use contract::accounts::User;
use serde_json::json;

async fn verify(server: &TestServer, token: &str) -> Answer {
    server.post("/auth/email/verify", &json!({ "token": token })).call().await
}

#[actix_web::test]
async fn the_link_of_the_mail_proves_the_address_once() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let token = mailed_token(&server, "verify_email").await;
    assert_eq!(verify(&server, &token).await.status, 204);
    let answer = browser.get(&server, "/me").await;
    let me: User = answer.json(200);
    assert!(me.email_verified);
    assert_eq!(me.version, browser.session.user.version + 1, "what is seen has changed");
    verify(&server, &token).await.problem("token_invalid");
}

#[actix_web::test]
async fn the_mail_can_be_asked_for_again() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let first = mailed_token(&server, "verify_email").await;
    let resend = || browser.request(&server, reqwest::Method::POST, "/auth/email/resend").call();
    assert_eq!(resend().await.status, 202);
    let second = mailed_token(&server, "verify_email").await;
    assert_ne!(first, second);
    assert_eq!(verify(&server, &first).await.status, 204, "the first still works");
    assert_eq!(resend().await.status, 202);
    assert!(deliver(&server).await.is_empty(), "there is nothing left to prove");
    for _ in 0..3 {
        resend().await;
    }
    resend().await.problem("too_many_requests");
    server.request(reqwest::Method::POST, "/auth/email/resend").call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn other_tokens_prove_nothing() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let token = mailed_token(&server, "verify_email").await;
    for wrong in ["x", &token[1..], &browser.cookie, &browser.session.access_token[..200]] {
        verify(&server, wrong).await.problem("token_invalid");
    }
    // The address has changed since the mail was sent.
    sqlx::query("update users set email = 'lovelace@example.org'").execute(&server.db).await.unwrap();
    verify(&server, &token).await.problem("token_invalid");
    sqlx::query("update users set email = 'ada@example.org'").execute(&server.db).await.unwrap();
    // It is not the platform's clock that ages a link.
    server.advance("30 days").await;
    sqlx::query("update user_tokens set expires_at = expires_at - interval '7 days'")
        .execute(&server.db)
        .await
        .unwrap();
    verify(&server, &token).await.problem("token_invalid");
    let me: User = browser.get(&server, "/me").await.json(200);
    assert!(!me.email_verified);
}
