use super::{Root, because};
use crate::support::TestServer;
use crate::support::fixtures::{self, Shop};
use crate::support::server::Call;
use contract::admin::{ActKind, AdminProvider, AdminProviderRow, PageState};
use contract::bookings::Booking;
use contract::page::Page;
use contract::providers::{Categories, Provider, ProviderCard};
use reqwest::Method;
use serde_json::{Value, json};

async fn day(server: &TestServer) -> time::Date {
    let day = sqlx::query_scalar("select (app_now() + interval '3 days')::date");
    day.fetch_one(&server.db).await.unwrap()
}

fn wish(shop: &Shop, day: time::Date, hour: u8) -> Value {
    json!({ "service_id": shop.service, "start_at": format!("{day}T{hour:02}:00:00Z"),
        "client": { "name": "Ada", "email": "ada@example.org" } })
}

async fn found(root: &Root<'_>, query: &str) -> usize {
    root.get(&format!("/providers{query}")).await.json::<Page<AdminProviderRow>>(200).items.len()
}

#[actix_web::test]
async fn pages_are_found_by_name_address_city_category_and_state() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let other = fixtures::shop(&server.db, "UTC").await;
    sqlx::query("update providers set published_at = null, city = 'Wien', name = 'Mori', category = 'pets' where id = $1")
        .bind(other.provider)
        .execute(&server.db)
        .await
        .unwrap();
    assert_eq!(found(&root, "").await, 2);
    assert_eq!(found(&root, "?q=corner%20berlin").await, 1);
    assert_eq!(found(&root, &format!("?q=shop-{}", other.provider.simple())).await, 1);
    assert_eq!(found(&root, &format!("?q={}", other.provider)).await, 1);
    assert_eq!(found(&root, "?city=wien").await, 1);
    assert_eq!(found(&root, "?category=pets").await, 1);
    assert_eq!(found(&root, "?state=published").await, 1);
    assert_eq!(found(&root, "?state=hidden").await, 1);
    assert_eq!(found(&root, "?state=suspended").await, 0);
    root.get("/providers?state=gone").await.problem("malformed_query");
    let first: Page<AdminProviderRow> = root.get("/providers?limit=1").await.json(200);
    assert_eq!(found(&root, &format!("?limit=1&cursor={}", first.next_cursor.unwrap())).await, 1);

    let seen: AdminProvider = root.get(&format!("/providers/{}", shop.provider)).await.json(200);
    assert_eq!(seen.members.len(), 1);
    assert_eq!((seen.members[0].user_id, seen.services, seen.bookings), (shop.owner, 1, 0));
    root.get("/providers/nothing").await.problem("not_found");
}

#[actix_web::test]
async fn a_suspended_page_is_gone_for_customers_and_its_owner_sees_why() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let day = day(&server).await;
    let booked = server.post("/bookings", &wish(&shop, day, 10)).call().await;
    let booking: Booking = booked.json(201);
    let manage = booked.json::<Value>(201)["manage_token"].as_str().unwrap().to_owned();
    server.run_jobs().await;
    server.mails.take();

    let path = format!("/providers/{}", shop.provider);
    let seen: AdminProvider = root.act(&format!("{path}/suspend"), because("Complaints")).await.json(200);
    assert_eq!((seen.state, seen.bookings_coming, seen.published), (PageState::Suspended, 1, true));

    // Customers find nothing, and whoever has booked can call it off alone.
    let theirs =
        server.get(&format!("/bookings/{}", booking.id)).header("x-manage-token", &manage).call().await;
    assert_eq!(theirs.json::<Booking>(200).actions, ["cancel"]);
    server.get(&path).call().await.problem("not_found");
    assert!(server.get("/providers").call().await.json::<Page<ProviderCard>>(200).items.is_empty());
    let categories: Categories = server.get("/categories").call().await.json(200);
    assert!(categories.items.iter().all(|category| category.providers == 0));
    server.get(&format!("{path}/services")).call().await.problem("not_found");
    server.get(&format!("/services/{}", shop.service)).call().await.problem("not_found");
    let slots = format!("/services/{}/slots?from={day}&to={day}", shop.service);
    server.get(&slots).call().await.problem("not_found");
    server.post("/bookings", &wish(&shop, day, 12)).call().await.problem("not_found");

    // The owner is told why, and how.
    let token = server.token(shop.owner);
    let page: Provider = server.get(&path).bearer_auth(&token).call().await.json(200);
    assert!(!page.published);
    assert_eq!(page.suspension.unwrap().reason, "Complaints");
    server.run_jobs().await;
    let mails = server.mails.take();
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].kind, mails[0].subject.as_str()), ("page", "Your page is suspended"));
    assert!(mails[0].text.contains("Reason: Complaints"), "{}", mails[0].text);
    let publish =
        |path: String| server.request(Method::POST, &path).bearer_auth(&token).header("if-match", "*").call();
    let refused = publish(format!("{path}/publish")).await.problem("provider_suspended");
    assert_eq!(refused.detail.as_deref(), Some("Complaints"));
    root.act(&format!("{path}/publish"), None).await.problem("provider_suspended");
    let entered = server.post("/bookings", &wish(&shop, day, 12)).bearer_auth(&token).call().await;
    entered.problem("provider_suspended");

    // What stands can be handled: moved by the owner, cancelled by the client.
    let to = json!({ "start_at": format!("{day}T14:00:00Z") });
    let moved = server.post(&format!("/bookings/{}/reschedule", booking.id), &to).bearer_auth(&token);
    assert_eq!(moved.header("if-match", "*").call().await.status, 200);
    let cancel = server.post(&format!("/bookings/{}/cancel", booking.id), &json!({}));
    let cancelled = cancel.header("x-manage-token", manage).header("if-match", "*").call().await;
    assert_eq!(cancelled.status, 200, "{}", cancelled.text);

    // It comes back as it was.
    server.run_jobs().await;
    server.mails.take();
    let seen: AdminProvider = root.act(&format!("{path}/restore"), None).await.json(200);
    assert_eq!((seen.state, seen.suspension), (PageState::Published, None));
    let page: Provider = server.get(&path).call().await.json(200);
    assert!(page.published && page.suspension.is_none());
    server.post("/bookings", &wish(&shop, day, 12)).call().await.json::<Booking>(201);
    server.run_jobs().await;
    assert!(server.mails.take().iter().any(|mail| mail.subject == "Your page is no longer suspended"));
    let kinds: Vec<_> = root.acts("").await.into_iter().map(|act| act.kind).collect();
    assert_eq!(kinds, [ActKind::ProviderRestored, ActKind::ProviderSuspended]);
}

#[actix_web::test]
async fn a_suspended_page_that_is_hidden_stays_so_once_it_is_back() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let path = format!("/providers/{}", shop.provider);
    root.act(&format!("{path}/suspend"), because("Complaints")).await.json::<AdminProvider>(200);
    let hide = server.request(Method::POST, &format!("{path}/unpublish")).header("if-match", "*");
    assert_eq!(hide.bearer_auth(server.token(shop.owner)).call().await.status, 200);
    let seen: AdminProvider = root.act(&format!("{path}/restore"), None).await.json(200);
    assert_eq!((seen.state, seen.published), (PageState::Hidden, false));
}

#[actix_web::test]
async fn a_mail_is_not_sent_once_things_stand_otherwise() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let path = format!("/providers/{}", shop.provider);
    root.act(&format!("{path}/suspend"), because("A mistake")).await.json::<AdminProvider>(200);
    root.act(&format!("{path}/restore"), None).await.json::<AdminProvider>(200);
    server.run_jobs().await;
    let subjects: Vec<_> = server.mails.take().into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["Your page is no longer suspended"]);
}

#[actix_web::test]
async fn a_page_is_hidden_and_published_in_its_owners_stead() {
    let server = TestServer::spawn().await;
    let root = Root::of(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let path = format!("/providers/{}", shop.provider);
    let hidden: AdminProvider = root.act(&format!("{path}/unpublish"), None).await.json(200);
    assert_eq!(hidden.state, PageState::Hidden);
    server.get(&path).call().await.problem("not_found");
    root.act(&format!("{path}/unpublish"), None).await.json::<AdminProvider>(200);

    sqlx::query("update services set status = 'archived'").execute(&server.db).await.unwrap();
    let lacks = root.act(&format!("{path}/publish"), None).await.problem("not_publishable");
    assert_eq!(lacks.errors[0].pointer, "/services");
    sqlx::query("update services set status = 'active'").execute(&server.db).await.unwrap();
    root.send(Method::POST, &format!("{path}/publish"), "\"1\"", None).await.problem("version_mismatch");
    let shown: AdminProvider = root.act(&format!("{path}/publish"), None).await.json(200);
    assert_eq!(shown.state, PageState::Published);
    let kinds: Vec<_> = root.acts("").await.into_iter().map(|act| act.kind).collect();
    assert_eq!(kinds, [ActKind::ProviderPublished, ActKind::ProviderHidden]);
}
