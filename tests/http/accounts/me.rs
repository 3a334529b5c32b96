//! One's own account.

use super::registered;
use crate::support::server::{Answer, Call};
use crate::support::{TestServer, fixtures};
use contract::accounts::User;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_person_changes_what_is_given() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let etag = browser.get(&server, "/me").await.etag();
    let patch = async |etag: &str, body: Value| -> Answer {
        browser.request(&server, Method::PATCH, "/me").header("if-match", etag).json(&body).call().await
    };
    let answer = patch(&etag, json!({ "name": " Ada King ", "time_zone": "europe/paris" })).await;
    let me: User = answer.json(200);
    assert_eq!((me.name.as_str(), me.time_zone.as_str()), ("Ada King", "Europe/Paris"));
    assert_eq!((me.locale.as_str(), me.email.as_str()), ("en", "ada@example.org"));
    assert_eq!(browser.get(&server, "/me").await.etag(), answer.etag());
    assert_ne!(answer.etag(), etag);

    patch(&etag, json!({ "name": "Too late" })).await.problem("version_mismatch");
    patch("\"nonsense\"", json!({ "name": "Nobody" })).await.problem("version_mismatch");
    patch("nonsense", json!({ "name": "Nobody" })).await.problem("malformed_header");
    let bad = json!({ "name": "\u{7}", "time_zone": "Nowhere", "locale": "e" });
    patch(&answer.etag(), bad).await.problem("invalid_fields");
    patch(&answer.etag(), json!({ "email": "eve@example.org" })).await.problem("malformed_body");
    patch(&answer.etag(), json!({ "is_admin": true })).await.problem("malformed_body");
    let unchanged: User = browser.get(&server, "/me").await.json(200);
    assert_eq!(unchanged, me);

    let body = json!({ "name": "Nobody" });
    browser.request(&server, Method::PATCH, "/me").json(&body).call().await.problem("precondition_required");
    let request = server.request(Method::PATCH, "/me").header("if-match", etag).json(&body);
    request.call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn a_repeated_change_is_one_change() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let patch = async |name: &str| {
        let request = browser.request(&server, Method::PATCH, "/me").json(&json!({ "name": name }));
        request.header("if-match", "\"1\"").header("idempotency-key", "rename").call().await
    };
    let first = patch("Ada King").await;
    let again = patch("Ada King").await;
    assert_eq!((again.status, &again.text, again.etag()), (first.status, &first.text, first.etag()));
    patch("Augusta").await.problem("idempotency_key_reused");
    let me: User = browser.get(&server, "/me").await.json(200);
    assert_eq!((me.name.as_str(), me.version), ("Ada King", 2));
}

#[actix_web::test]
async fn the_account_lists_the_providers_acted_for() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let answer = server.get("/me").bearer_auth(server.token(shop.owner)).call().await;
    let me: User = answer.json(200);
    assert_eq!(me.providers.len(), 1);
    assert_eq!(me.providers[0].provider_id, shop.provider);
    assert_eq!((me.providers[0].name.as_str(), me.providers[0].role.as_str()), ("Corner Shop", "owner"));
}

#[actix_web::test]
async fn the_account_says_of_each_page_whether_it_was_finished() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let is_set_up = async || {
        let me: User = server.get("/me").bearer_auth(server.token(shop.owner)).call().await.json(200);
        me.providers[0].set_up
    };
    let set_published = async |published: bool| {
        let change = "update providers set published_at = case when $2 then app_now() end where id = $1";
        sqlx::query(change).bind(shop.provider).bind(published).execute(&server.db).await.unwrap();
    };
    assert!(is_set_up().await, "it is published");
    set_published(false).await;
    assert!(!is_set_up().await, "hidden, and never booked");
    set_published(true).await;
    let start_at = format!("{}T10:00:00Z", server.today().await.next_day().unwrap());
    let guest = json!({ "name": "Grace", "email": "grace@example.org" });
    let wish = json!({ "service_id": shop.service, "start_at": start_at, "client": guest });
    assert_eq!(server.post("/bookings", &wish).call().await.status, 201);
    set_published(false).await;
    assert!(is_set_up().await, "hidden, after it was booked");
}
