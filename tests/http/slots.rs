//! Free times over HTTP.

use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use contract::slots::{Explanation, SlotList};
use serde_json::json;
use time::{Date, Duration, OffsetDateTime};

async fn today(server: &TestServer) -> Date {
    let now: OffsetDateTime = sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
    now.date()
}

#[actix_web::test]
async fn a_day_lists_its_free_times_with_offset_and_seats() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let day = today(&server).await + Duration::days(3);
    let path = format!("/services/{}/slots?from={day}&to={day}", shop.service);
    let list: SlotList = server.get(&path).call().await.json(200);
    assert_eq!(list.time_zone, "Europe/Berlin");
    assert_eq!(list.days.len(), 1);
    assert_eq!(list.days[0].date, day);
    let hours: Vec<u8> = list.days[0].slots.iter().map(|slot| slot.start_at.hour()).collect();
    assert_eq!(hours, [9, 10, 11, 12, 13, 14, 15, 16]);
    assert!(list.days[0].slots.iter().all(|slot| slot.seats_left == 1 && !slot.start_at.offset().is_utc()));
}

#[actix_web::test]
async fn days_are_those_of_the_customers_zone() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Asia/Tokyo").await;
    let day = today(&server).await + Duration::days(5);
    let path = format!("/services/{}/slots?from={day}&to={day}&time_zone=America/Los_Angeles", shop.service);
    let list: SlotList = server.get(&path).call().await.json(200);
    assert!(list.days.iter().all(|listed| listed.date == day));
    assert!(list.days[0].slots.iter().all(|slot| slot.start_at.date() == day));
    assert!(list.days[0].slots.len() == 8, "one working day of Tokyo falls on each day of Los Angeles");
}

#[actix_web::test]
async fn polling_is_cheap_until_something_changes() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let day = today(&server).await + Duration::days(3);
    let path = format!("/services/{}/slots?from={day}&to={day}", shop.service);
    let first = server.get(&path).call().await;
    let again = server.get(&path).header("if-none-match", first.etag()).call().await;
    assert_eq!(again.status, 304);
    assert!(again.text.is_empty());

    let list: SlotList = first.json(200);
    let start =
        list.days[0].slots[0].start_at.format(&time::format_description::well_known::Rfc3339).unwrap();
    let wish = json!({ "service_id": shop.service, "start_at": start, "client": { "name": "Ada", "email": "ada@example.org" } });
    assert_eq!(server.post("/bookings", &wish).call().await.status, 201);
    let changed = server.get(&path).header("if-none-match", first.etag()).call().await;
    let list: SlotList = changed.json(200);
    assert_eq!(list.days[0].slots.len(), 7);
}

#[actix_web::test]
async fn an_empty_range_tells_the_next_free_time() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Berlin").await;
    let from = today(&server).await + Duration::days(2);
    sqlx::query("insert into busy_blocks (provider_id, id, source, start_at, end_at) values ($1, $2, 'time_off', $3, $4)")
        .bind(shop.provider)
        .bind(uuid::Uuid::now_v7())
        .bind(from.midnight().assume_utc() - Duration::days(1))
        .bind(from.midnight().assume_utc() + Duration::days(20))
        .execute(&server.db)
        .await
        .unwrap();
    let path = format!("/services/{}/slots?from={from}&to={}", shop.service, from + Duration::days(6));
    let list: SlotList = server.get(&path).call().await.json(200);
    assert!(list.days.is_empty());
    let next = list.next_free.unwrap().start_at;
    assert_eq!((next.date(), next.hour()), (from + Duration::days(20), 9));
}

#[actix_web::test]
async fn a_time_is_explained() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let day = today(&server).await + Duration::days(3);
    let explain = async |time: &str| -> Explanation {
        server
            .get(&format!("/services/{}/slots/explain?at={day}T{time}Z", shop.service))
            .call()
            .await
            .json(200)
    };
    assert!(explain("10:00:00").await.offered);
    for (time, reason) in
        [("08:00:00", "outside_hours"), ("10:07:00", "off_grid"), ("16:30:00", "outside_hours")]
    {
        let explanation = explain(time).await;
        assert!(!explanation.offered);
        assert_eq!(explanation.reason.as_deref(), Some(reason), "{time}: {}", explanation.message);
    }
    let wish = json!({ "service_id": shop.service, "start_at": format!("{day}T10:00:00Z"), "client": { "name": "Ada", "email": "ada@example.org" } });
    assert_eq!(server.post("/bookings", &wish).call().await.status, 201);
    assert_eq!(explain("10:00:00").await.reason.as_deref(), Some("booked"));
    let past: Explanation = server
        .get(&format!("/services/{}/slots/explain?at=2020-01-01T10:00:00Z", shop.service))
        .call()
        .await
        .json(200);
    assert_eq!(past.reason.as_deref(), Some("past"));
}

#[actix_web::test]
async fn bad_questions_are_refused_with_a_pointer() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let slots = |query: &str| format!("/services/{}/slots?{query}", shop.service);
    for (query, code, pointer) in [
        ("from=2027-01-01&to=2027-01-02&time_zone=Mars/Olympus", "invalid_fields", "?time_zone"),
        ("from=2027-01-02&to=2027-01-01", "invalid_fields", "?to"),
        ("from=2027-01-01&to=2027-06-01", "invalid_fields", "?to"),
        ("from=9999-01-01&to=9999-01-02", "invalid_fields", "?from"),
        ("from=2027-01-01&to=2027-01-02&party_size=0", "invalid_fields", "?party_size"),
    ] {
        let problem = server.get(&slots(query)).call().await.problem(code);
        assert_eq!(problem.errors[0].pointer, pointer, "{query}");
    }
    for query in ["", "from=2027-01-01", "from=yesterday&to=today", "from=2027-01-01&to=2027-02-30"] {
        server.get(&slots(query)).call().await.problem("malformed_query");
    }
    for (query, pointer) in [
        ("from=2027-01-01&to=2027-01-02&party_size=-1", "?party_size"),
        ("from=yesterday&to=2027-01-02", "?from"),
    ] {
        let problem = server.get(&slots(query)).call().await.problem("malformed_query");
        assert_eq!(problem.errors.len(), 1);
        assert_eq!(problem.errors[0].pointer, pointer, "{query}");
    }
    for id in ["nonsense", "00000000-0000-0000-0000-000000000000"] {
        let path = format!("/services/{id}/slots?from=2027-01-01&to=2027-01-02");
        server.get(&path).call().await.problem("not_found");
    }
}

#[actix_web::test]
async fn an_unpublished_providers_slots_are_its_own() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    sqlx::query("update providers set published_at = null").execute(&server.db).await.unwrap();
    let day = today(&server).await + Duration::days(3);
    let path = format!("/services/{}/slots?from={day}&to={day}", shop.service);
    server.get(&path).call().await.problem("not_found");
    let stranger = fixtures::person(&server.db, "Stranger").await;
    server.get(&path).bearer_auth(server.token(stranger)).call().await.problem("not_found");
    let list: SlotList = server.get(&path).bearer_auth(server.token(shop.owner)).call().await.json(200);
    assert_eq!(list.days[0].slots.len(), 8);
}

/// What the provider's own people are shown for a client is what they can book, and nothing else is.
#[actix_web::test]
async fn a_provider_is_shown_for_a_client_what_it_can_book() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let rules = "update services set minimum_notice_minutes = 20160, horizon_days = 20, day_limit = 1";
    sqlx::query(rules).execute(&server.db).await.unwrap();
    let token = server.token(shop.owner);
    let day = today(&server).await + Duration::days(3);
    let path = format!("/services/{}/slots?from={day}&to={day}", shop.service);
    let path_for_client = format!("{path}&for_client=true");
    let listed = async || {
        let list: SlotList = server.get(&path_for_client).bearer_auth(&token).call().await.json(200);
        let slots = list.days.into_iter().flat_map(|day| day.slots);
        slots.map(|slot| slot.start_at).collect::<Vec<OffsetDateTime>>()
    };
    let usual: SlotList = server.get(&path).bearer_auth(&token).call().await.json(200);
    assert!(usual.days.is_empty(), "the notice holds for everybody who does not ask for a client");
    assert_eq!(listed().await.len(), 8);

    let midnight = day.midnight().assume_utc();
    for half in 0..48 {
        let start = midnight + Duration::minutes(30 * half);
        let offered = listed().await.contains(&start);
        let at = start.format(&time::format_description::well_known::Rfc3339).unwrap();
        let wish = json!({ "service_id": shop.service, "start_at": at, "client": { "name": "Ada" } });
        let answer = server.post("/bookings", &wish).bearer_auth(&token).call().await;
        assert_eq!(answer.status == 201, offered, "{at}: {}", answer.text);
    }
    assert!(listed().await.is_empty(), "all are taken");

    // Beyond the horizon, and from a day that has none to the next that has.
    let list: SlotList = server.get(&path_for_client).bearer_auth(&token).call().await.json(200);
    assert_eq!(list.next_free.unwrap().start_at, midnight + Duration::hours(33));
    let far = day + Duration::days(300);
    let path = format!("/services/{}/slots?from={far}&to={far}&for_client=true", shop.service);
    let list: SlotList = server.get(&path).bearer_auth(&token).call().await.json(200);
    assert_eq!(list.days[0].slots.len(), 8);
}

#[actix_web::test]
async fn only_a_providers_own_people_see_what_it_can_book_for_a_client() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let day = today(&server).await + Duration::days(3);
    let path = format!("/services/{}/slots?from={day}&to={day}&for_client=true", shop.service);
    server.get(&path).call().await.problem("not_found");
    let stranger = fixtures::person(&server.db, "Stranger").await;
    server.get(&path).bearer_auth(server.token(stranger)).call().await.problem("not_found");
    let bad = path.replace("=true", "=perhaps");
    server.get(&bad).bearer_auth(server.token(shop.owner)).call().await.problem("malformed_query");

    sqlx::query("update providers set suspended_at = now()").execute(&server.db).await.unwrap();
    let answer = server.get(&path).bearer_auth(server.token(shop.owner)).call().await;
    assert!(answer.status == 404 || answer.json::<SlotList>(200).days.is_empty(), "nothing can be booked");
}
