//! Several sessions of one person.

use super::browser::Browser;
use super::{PASSWORD, log_in, registered};
use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use contract::accounts::SessionSummary;
use contract::page::Page;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

async fn two_devices(server: &TestServer) -> (Browser, Browser) {
    let phone = registered(server, "ada@example.org").await;
    let laptop = Browser::of(&log_in(server, "ada@example.org", PASSWORD).await, 200);
    (phone, laptop)
}

async fn sessions(server: &TestServer, browser: &Browser) -> Vec<SessionSummary> {
    let page: Page<SessionSummary> = browser.get(server, "/me/sessions").await.json(200);
    page.items
}

#[actix_web::test]
async fn logging_out_ends_this_session_only() {
    let server = TestServer::spawn().await;
    let (phone, laptop) = two_devices(&server).await;
    let answer = phone.log_out(&server).await;
    assert_eq!(answer.status, 204);
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("refresh=;") && cookie.contains("Max-Age=0"), "{cookie}");
    phone.refresh(&server).await.problem("session_ended");
    assert_eq!(laptop.refresh(&server).await.status, 200);
    assert_eq!(phone.log_out(&server).await.status, 204, "again is fine");
    assert_eq!(server.request(Method::POST, "/auth/logout").call().await.status, 204, "and without a cookie");

    // Apps that keep no cookie send their token.
    laptop.get(&server, "/me").await.json::<Value>(200);
    assert_eq!(laptop.request(&server, Method::POST, "/auth/logout").call().await.status, 204);
    laptop.get(&server, "/me").await.problem("unauthenticated");
    laptop.refresh(&server).await.problem("session_ended");
    let forged = server.request(Method::POST, "/auth/logout").bearer_auth("no token");
    assert_eq!(forged.call().await.status, 204);
}

#[actix_web::test]
async fn logging_out_with_an_old_token_still_ends_the_session() {
    let server = TestServer::spawn().await;
    let old = registered(&server, "ada@example.org").await;
    let current = old.refreshed(&server).await;
    assert_eq!(old.log_out(&server).await.status, 204);
    current.refresh(&server).await.problem("session_ended");
}

#[actix_web::test]
async fn logging_out_everywhere_ends_all() {
    let server = TestServer::spawn().await;
    let (phone, laptop) = two_devices(&server).await;
    let bystander = registered(&server, "eve@example.org").await;
    assert_eq!(phone.post(&server, "/auth/logout-everywhere", &json!({})).await.status, 204);
    phone.refresh(&server).await.problem("session_ended");
    laptop.refresh(&server).await.problem("session_ended");
    assert_eq!(bystander.refresh(&server).await.status, 200);
    server.request(Method::POST, "/auth/logout-everywhere").call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn an_ended_session_can_neither_write_nor_read_what_is_personal() {
    let server = TestServer::spawn().await;
    let (phone, laptop) = two_devices(&server).await;
    let page = json!({ "name": "Ada's", "category": "craft", "time_zone": "UTC", "currency": "EUR" });
    let made: Value = laptop.post(&server, "/providers", &page).await.json(201);
    let provider = format!("/providers/{}", made["id"].as_str().unwrap());
    let shop = fixtures::shop(&server.db, "UTC").await;
    let start_at = format!("{}T10:00:00Z", server.today().await.next_day().unwrap());
    let wish = json!({ "service_id": shop.service, "start_at": start_at });
    let booked: Value = laptop.post(&server, "/bookings", &wish).await.json(201);
    let booking = format!("/bookings/{}", booked["id"].as_str().unwrap());
    let rename = || {
        let request = laptop.request(&server, Method::PATCH, &provider).header("if-match", "*");
        request.header("idempotency-key", "rename").json(&json!({ "headline": "New" }))
    };
    let renamed: Value = rename().call().await.json(200);

    assert_eq!(phone.post(&server, "/auth/logout-everywhere", &json!({})).await.status, 204);
    let change = |path: &str, body: Value| {
        laptop.request(&server, Method::PATCH, path).header("if-match", "*").json(&body)
    };
    rename().call().await.problem("unauthenticated");
    change(&provider, json!({ "headline": "Newer" })).call().await.problem("unauthenticated");
    change("/me", json!({ "name": "Eve" })).call().await.problem("unauthenticated");
    laptop.post(&server, "/providers", &page).await.problem("unauthenticated");
    laptop.post(&server, "/bookings", &wish).await.problem("unauthenticated");
    let cancel = laptop.request(&server, Method::POST, &format!("{booking}/cancel")).header("if-match", "*");
    cancel.json(&json!({})).call().await.problem("unauthenticated");
    for path in ["/auth/logout-everywhere", "/auth/email/resend"] {
        laptop.post(&server, path, &json!({})).await.problem("unauthenticated");
    }
    let password = json!({ "current_password": PASSWORD, "new_password": "another long secret" });
    laptop.post(&server, "/auth/password/change", &password).await.problem("unauthenticated");
    let leave = laptop.request(&server, Method::DELETE, "/me");
    leave.json(&json!({ "password": "not hers" })).call().await.problem("unauthenticated");
    let own = format!("{provider}/bookings");
    for path in ["/me", "/me/sessions", "/me/bookings", "/me/export", &own, &booking] {
        laptop.get(&server, path).await.problem("unauthenticated");
    }

    let again = log_in(&server, "ada@example.org", PASSWORD).await;
    let now: Value = Browser::of(&again, 200).get(&server, &provider).await.json(200);
    assert_eq!((&now["headline"], &now["version"]), (&json!("New"), &renamed["version"]));
}

#[actix_web::test]
async fn an_ended_session_reads_no_more_of_its_own_page_than_the_public() {
    let server = TestServer::spawn().await;
    let (phone, laptop) = two_devices(&server).await;
    let bystander = registered(&server, "eve@example.org").await;
    let page = json!({ "name": "Ada's", "category": "craft", "time_zone": "UTC", "currency": "EUR" });
    let made: Value = laptop.post(&server, "/providers", &page).await.json(201);
    let provider = format!("/providers/{}", made["id"].as_str().unwrap());
    let offer = json!({ "name": "Pottery", "duration_minutes": 60, "price_minor": 3000 });
    let offered: Value = laptop.post(&server, &format!("{provider}/services"), &offer).await.json(201);
    let service = format!("/services/{}", offered["id"].as_str().unwrap());
    let today = server.today().await;
    let own = [
        provider.clone(),
        format!("/providers/{}", made["slug"].as_str().unwrap()),
        format!("{provider}/services"),
        format!("{provider}/schedule"),
        format!("{provider}/next-slots"),
        format!("{provider}/qr.svg"),
        service.clone(),
        format!("{service}/slots?from={today}&to={today}"),
    ];
    for path in &own {
        assert_eq!(laptop.get(&server, path).await.status, 200, "{path}");
    }

    assert_eq!(phone.post(&server, "/auth/logout-everywhere", &json!({})).await.status, 204);
    for path in own.iter().chain([&format!("{service}/slots/events")]) {
        laptop.get(&server, path).await.problem("unauthenticated");
        bystander.get(&server, path).await.problem("not_found");
        server.get(path).call().await.problem("not_found");
    }
}

#[actix_web::test]
async fn no_session_slips_through_logging_out_everywhere() {
    let server = TestServer::spawn().await;
    let browser = registered(&server, "ada@example.org").await;
    let end_all = browser.request(&server, Method::POST, "/auth/logout-everywhere").call();
    let (answer, refreshed) = tokio::join!(end_all, browser.refresh(&server));
    assert_eq!(answer.status, 204);
    if refreshed.status == 200 {
        let after = Browser::of(&refreshed, 200);
        after.refresh(&server).await.problem("session_ended");
    }
}

#[actix_web::test]
async fn the_list_names_each_session_once() {
    let server = TestServer::spawn().await;
    let phone = registered(&server, "ada@example.org").await;
    let login = json!({ "email": "ada@example.org", "password": PASSWORD });
    let request = server.post("/auth/login", &login).header("user-agent", "Lynx/2.9 ünd more");
    let laptop = Browser::of(&request.call().await, 200);
    let laptop = laptop.refreshed(&server).await;
    registered(&server, "eve@example.org").await;

    let listed = sessions(&server, &laptop).await;
    assert_eq!(listed.len(), 2);
    assert!(listed[0].current && !listed[1].current, "the last seen first");
    let listed = sessions(&server, &phone).await;
    assert!(!listed[0].current && listed[1].current);

    let first: Page<SessionSummary> = phone.get(&server, "/me/sessions?limit=1").await.json(200);
    let next = format!("/me/sessions?limit=1&cursor={}", first.next_cursor.unwrap());
    let second: Page<SessionSummary> = phone.get(&server, &next).await.json(200);
    assert_eq!([first.items[0].id, second.items[0].id], [listed[0].id, listed[1].id]);
    assert!(second.next_cursor.is_none());
    phone.get(&server, "/me/sessions?cursor=nonsense").await.problem("invalid_fields");
    phone.get(&server, "/me/sessions?limit=0").await.problem("invalid_fields");
    server.get("/me/sessions").call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn one_session_can_be_ended_from_another() {
    let server = TestServer::spawn().await;
    let (phone, laptop) = two_devices(&server).await;
    let lost = sessions(&server, &laptop).await.into_iter().find(|session| !session.current).unwrap();
    let path = format!("/me/sessions/{}", lost.id);
    let delete =
        || laptop.request(&server, Method::DELETE, &path).header("idempotency-key", "lost-phone").call();
    assert_eq!(delete().await.status, 204);
    assert_eq!(delete().await.status, 204, "the same request once more");
    phone.refresh(&server).await.problem("session_ended");
    assert_eq!(laptop.refresh(&server).await.status, 200);
    laptop.delete(&server, &path).await.problem("not_found");
}

#[actix_web::test]
async fn another_persons_session_is_not_there() {
    let server = TestServer::spawn().await;
    let ada = registered(&server, "ada@example.org").await;
    let eve = registered(&server, "eve@example.org").await;
    let id = sessions(&server, &ada).await[0].id;
    eve.delete(&server, &format!("/me/sessions/{id}")).await.problem("not_found");
    eve.delete(&server, &format!("/me/sessions/{}", Uuid::now_v7())).await.problem("not_found");
    eve.delete(&server, "/me/sessions/none").await.problem("not_found");
    assert_eq!(ada.refresh(&server).await.status, 200);
    let path = format!("/me/sessions/{id}");
    server.request(Method::DELETE, &path).call().await.problem("unauthenticated");
}
