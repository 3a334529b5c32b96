//! Who may listen, how many, and for how long.

use super::reader::{LONG, Reader, session};
use crate::support::server::{Call, SECRET};
use crate::support::{TestServer, fixtures};
use api::http::keys::Keys;
use jsonwebtoken::{Algorithm, Header};
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use uuid::Uuid;

fn agenda(server: &TestServer, provider: Uuid, token: &str) -> RequestBuilder {
    server.get(&format!("/providers/{provider}/events")).bearer_auth(token)
}

fn slots(server: &TestServer, service: Uuid) -> RequestBuilder {
    server.get(&format!("/services/{service}/slots/events"))
}

#[actix_web::test]
async fn only_members_hear_what_changes() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let stranger = fixtures::shop(&server.db, "UTC").await.owner;
    let path = format!("/providers/{}/events", shop.provider);
    server.get(&path).call().await.problem("unauthenticated");
    server.get(&path).bearer_auth("nonsense").call().await.problem("unauthenticated");
    server.get(&path).bearer_auth(server.token(stranger)).call().await.problem("not_found");
    // No token is read from an address, where logs and histories would keep it.
    let token = server.token(shop.owner);
    server.get(&format!("{path}?access_token={token}")).call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn a_profile_tells_its_members_from_where_to_listen() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let token = server.token(shop.owner);
    let profile = format!("/providers/{}", shop.provider);
    let seen = server.get(&profile).bearer_auth(&token).call().await;
    let position = seen.header("last-event-id").expect("a position").to_owned();
    let (_, first) =
        Reader::open(agenda(&server, shop.provider, &token).header("last-event-id", &position)).await;
    assert_eq!(first.name, "ready", "nothing has changed since");

    let body = json!({ "headline": "Open late" });
    let change =
        server.request(Method::PATCH, &profile).bearer_auth(&token).header("if-match", "*").json(&body);
    assert_eq!(change.call().await.status, 200);
    let (_, first) =
        Reader::open(agenda(&server, shop.provider, &token).header("last-event-id", &position)).await;
    assert_eq!(first.name, "changed");
    // Also for whoever has the profile already.
    let etag =
        server.get(&profile).bearer_auth(&token).call().await.header("etag").unwrap_or_default().to_owned();
    let unchanged = server.get(&profile).bearer_auth(&token).header("if-none-match", &etag).call().await;
    assert_eq!((unchanged.status.as_u16(), unchanged.header("last-event-id").is_some()), (304, true));
    assert_eq!(server.get(&profile).call().await.header("last-event-id"), None, "visitors have no agenda");
}

#[actix_web::test]
async fn slots_are_watched_by_whoever_may_list_them() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    Reader::open(slots(&server, shop.service)).await;
    slots(&server, Uuid::now_v7()).call().await.problem("not_found");
    sqlx::query("update providers set published_at = null").execute(&server.db).await.unwrap();
    slots(&server, shop.service).call().await.problem("not_found");
    Reader::open(slots(&server, shop.service).bearer_auth(server.token(shop.owner))).await;
}

#[actix_web::test]
async fn a_position_that_leads_nowhere_means_reading_everything_again() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    for id in [
        "nonsense",
        "1.1:2:",
        "9999999999.5:7:",
        "1795612800.18446744073709551615:18446744073709551615:",
        "\u{e9}",
    ] {
        let (_, first) = Reader::open(slots(&server, shop.service).header("last-event-id", id)).await;
        assert_eq!(first.name, "reset", "{id}");
    }
}

#[actix_web::test]
async fn a_stream_outlives_the_time_of_a_request_and_is_not_compressed() {
    let server = TestServer::spawn_with(&[("REQUEST_TIMEOUT_SECONDS", "1")]).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let request = slots(&server, shop.service).header("accept-encoding", "gzip, br");
    let (mut stream, _) = Reader::open(request).await;
    // Ten beats of 200 ms.
    let mut opened = stream.last_id.clone();
    sqlx::query("update services set name = 'First'").execute(&server.db).await.unwrap();
    stream.event(LONG).await;
    while stream.beats < 10 {
        sqlx::query("update services set name = name || '.'").execute(&server.db).await.unwrap();
        stream.event(LONG).await;
        assert_ne!(stream.last_id, opened, "each event has a position of its own");
        opened = stream.last_id.clone();
    }
}

#[actix_web::test]
async fn too_many_streams_of_one_address_are_refused() {
    let server = TestServer::spawn_with(&[("LIVE_STREAMS_PER_ADDRESS", "2")]).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let (first, _) = Reader::open(slots(&server, shop.service)).await;
    let (_second, _) = Reader::open(slots(&server, shop.service)).await;
    let refused = slots(&server, shop.service).call().await;
    refused.problem("too_many_requests");
    assert!(refused.header("retry-after").is_some());
    drop(first);
    // The server notices with one of the next beats.
    let free = async { while slots(&server, shop.service).call().await.status == 429 {} };
    tokio::time::timeout(LONG, free).await.expect("the place is free again");
}

#[actix_web::test]
async fn too_many_streams_in_all_are_refused() {
    let server = TestServer::spawn_with(&[("LIVE_STREAMS", "1")]).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let (_only, _) = Reader::open(slots(&server, shop.service)).await;
    slots(&server, shop.service).call().await.problem("too_many_requests");
}

#[actix_web::test]
async fn a_stream_ends_with_its_token() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let (_, session) = session(&server, shop.owner).await;
    let exp = jsonwebtoken::get_current_timestamp() + 2;
    let claims = json!({ "sub": shop.owner, "sid": session, "adm": false, "exp": exp });
    let keys = Keys::derive(&SECRET.to_owned().into());
    let token =
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, keys.access_encoding()).unwrap();
    let (stream, _) = Reader::open(agenda(&server, shop.provider, &token)).await;
    stream.end().await;
}

#[actix_web::test]
async fn logging_out_and_leaving_end_a_stream() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let (token, family) = session(&server, shop.owner).await;
    let (stream, _) = Reader::open(agenda(&server, shop.provider, &token)).await;
    let path = format!("/me/sessions/{family}");
    assert_eq!(server.request(Method::DELETE, &path).bearer_auth(&token).call().await.status, 204);
    stream.end().await;

    let (token, _) = session(&server, shop.owner).await;
    let (stream, _) = Reader::open(agenda(&server, shop.provider, &token)).await;
    sqlx::query("delete from memberships").execute(&server.db).await.unwrap();
    stream.end().await;
}

#[actix_web::test]
async fn only_the_head_is_only_the_head() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let path = format!("/services/{}/slots/events", shop.service);
    let answer = server.request(Method::HEAD, &path).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.unwrap().is_empty());
}
