//! Rotating refresh tokens.

use super::browser::{Browser, cookie, with_cookie};
use super::{PASSWORD, log_in, registered};
use crate::support::TestServer;
use crate::support::server::Call;
use futures_util::future::join_all;
use std::collections::HashSet;

/// As if the last uses were a minute ago.
async fn a_minute_passes(server: &TestServer) {
    let statement = "update refresh_tokens set used_at = used_at - interval '1 minute'";
    sqlx::query(statement).execute(&server.db).await.unwrap();
}

#[actix_web::test]
async fn each_refresh_gives_the_next_token() {
    let server = TestServer::spawn().await;
    let mut browser = registered(&server, "ada@example.org").await;
    let mut seen = HashSet::from([browser.cookie.clone()]);
    for _ in 0..5 {
        browser = browser.refreshed(&server).await;
        assert!(seen.insert(browser.cookie.clone()), "a new one each time");
        assert_eq!(browser.get(&server, "/me").await.status, 200);
    }
}

#[actix_web::test]
async fn a_used_token_that_comes_back_ends_the_session() {
    let server = TestServer::spawn().await;
    let stolen = registered(&server, "ada@example.org").await;
    let other_device = Browser::of(&log_in(&server, "ada@example.org", PASSWORD).await, 200);
    let current = stolen.refreshed(&server).await;
    a_minute_passes(&server).await;
    stolen.refresh(&server).await.problem("session_ended");
    current.refresh(&server).await.problem("session_ended");
    assert_eq!(other_device.refresh(&server).await.status, 200, "other sessions go on");
}

#[actix_web::test]
async fn once_the_successor_is_used_an_old_token_ends_the_session_at_once() {
    let server = TestServer::spawn().await;
    let first = registered(&server, "ada@example.org").await;
    let third = first.refreshed(&server).await.refreshed(&server).await;
    first.refresh(&server).await.problem("session_ended");
    third.refresh(&server).await.problem("session_ended");
}

#[actix_web::test]
async fn a_lost_answer_is_given_again() {
    let server = TestServer::spawn().await;
    let first = registered(&server, "ada@example.org").await;
    let lost = first.refreshed(&server).await;
    let again = first.refreshed(&server).await;
    assert_eq!(lost.cookie, again.cookie, "the chain does not fork");
    assert_eq!(again.refreshed(&server).await.session.user.email, "ada@example.org");
}

#[actix_web::test]
async fn tabs_that_refresh_at_once_stay_in_one_chain() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let answers = join_all((0..10).map(|_| browser.refresh(&server))).await;
    let cookies: HashSet<_> = answers.iter().map(|answer| cookie(answer).unwrap()).collect();
    assert_eq!(cookies.len(), 1);
    let live: i64 = sqlx::query_scalar("select count(*) from refresh_tokens where used_at is null")
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert_eq!(live, 1);
}

#[actix_web::test]
async fn a_session_ends_after_thirty_days_without_use() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    server.advance("90 days").await;
    let browser = browser.refreshed(&server).await;
    sqlx::query("update refresh_tokens set expires_at = statement_timestamp()")
        .execute(&server.db)
        .await
        .unwrap();
    browser.refresh(&server).await.problem("session_ended");
}

#[actix_web::test]
async fn nothing_else_opens_a_session() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    server.request(reqwest::Method::POST, "/auth/refresh").call().await.problem("session_ended");
    for value in
        ["", "nonsense", &browser.session.access_token, &"A".repeat(43), &"A".repeat(3000), "%00", "é"]
    {
        with_cookie(&server, "/auth/refresh", value).call().await.problem("session_ended");
    }
    let stored: Vec<Vec<u8>> =
        sqlx::query_scalar("select token_hash from refresh_tokens").fetch_all(&server.db).await.unwrap();
    assert!(stored.iter().all(|hash| hash != browser.cookie.as_bytes()), "only the hash is stored");
}

#[actix_web::test]
async fn another_sites_page_cannot_refresh_or_log_out() {
    let server = TestServer::spawn_with(&[("ALLOWED_ORIGINS", "https://partner.example")]).await;
    let browser = registered(&server, "ada@example.org").await;
    for path in ["/auth/refresh", "/auth/logout"] {
        let request = with_cookie(&server, path, &browser.cookie).header("origin", "https://evil.example");
        request.call().await.problem("forbidden");
    }
    let request = with_cookie(&server, "/auth/refresh", &browser.cookie).header("origin", server.url.clone());
    let browser = Browser::of(&request.call().await, 200);
    let request =
        with_cookie(&server, "/auth/refresh", &browser.cookie).header("origin", "https://partner.example");
    assert_eq!(request.call().await.status, 200);
}
