//! Bookings over HTTP: made, read, moved, answered and ended, by each of their sides.

use crate::support::TestServer;
use crate::support::fixtures::{self, Shop};
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents, BookingStatus, CancelledBy};
use contract::page::Page;
use contract::slots::SlotList;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

async fn now(server: &TestServer) -> OffsetDateTime {
    sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap()
}

/// An hour of a coming day, UTC.
async fn at(server: &TestServer, days: i64, hour: u8) -> String {
    let day = (now(server).await + Duration::days(days)).date();
    day.with_hms(hour, 0, 0).unwrap().assume_utc().format(&Rfc3339).unwrap()
}

fn wish(service: Uuid, start: &str) -> Value {
    json!({ "service_id": service, "start_at": start, "client": { "name": "Ada", "email": "ada@example.org" } })
}

async fn book(server: &TestServer, service: Uuid, start: &str) -> Booking {
    server.post("/bookings", &wish(service, start)).call().await.json(201)
}

async fn act(
    server: &TestServer,
    booking: &Booking,
    action: &str,
    body: &Value,
    token: Option<&str>,
) -> Answer {
    let request = server
        .post(&format!("/bookings/{}/{action}", booking.id), body)
        .header("if-match", format!("\"{}\"", booking.version));
    let request = match (token, &booking.manage_token) {
        (Some(token), _) => request.bearer_auth(token),
        (None, Some(token)) => request.header("x-manage-token", token),
        (None, None) => request,
    };
    request.call().await
}

async fn listed(server: &TestServer, service: Uuid, start: &str) -> bool {
    let day = &start[..10];
    let path = format!("/services/{service}/slots?from={day}&to={day}&time_zone=UTC");
    let list: SlotList = server.get(&path).call().await.json(200);
    list.days.iter().flat_map(|day| &day.slots).any(|slot| slot.start_at.format(&Rfc3339).unwrap() == start)
}

async fn shop() -> (TestServer, Shop) {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    (server, shop)
}

#[actix_web::test]
async fn a_guest_books_reads_moves_and_cancels_by_link() {
    let (server, shop) = shop().await;
    let (start, later) = (at(&server, 2, 10).await, at(&server, 3, 11).await);
    let answer = server.post("/bookings", &wish(shop.service, &start)).call().await;
    let booking: Booking = answer.json(201);
    assert_eq!(answer.header("location"), Some(format!("/api/v1/bookings/{}", booking.id).as_str()));
    assert_eq!(booking.status, BookingStatus::Confirmed);
    assert_eq!((booking.price_minor, booking.currency.as_str()), (5000, "EUR"));
    assert_eq!(booking.actions, ["reschedule", "cancel"]);
    assert!(!listed(&server, shop.service, &start).await);

    let path = format!("/bookings/{}", booking.id);
    server.get(&path).call().await.problem("not_found");
    server.get(&path).header("x-manage-token", "guess").call().await.problem("not_found");
    let token = booking.manage_token.clone().unwrap();
    let read: Booking = server.get(&path).header("x-manage-token", &token).call().await.json(200);
    assert_eq!(read, Booking { manage_token: None, ..booking.clone() });

    let moved: Booking =
        act(&server, &booking, "reschedule", &json!({ "start_at": later }), None).await.json(200);
    assert_eq!(moved.start_at.format(&Rfc3339).unwrap(), later);
    assert!(listed(&server, shop.service, &start).await && !listed(&server, shop.service, &later).await);

    let stale = act(&server, &booking, "cancel", &json!({}), None).await;
    stale.problem("version_mismatch");
    let moved = Booking { manage_token: Some(token.clone()), ..moved };
    let cancelled: Booking =
        act(&server, &moved, "cancel", &json!({ "reason": "ill" }), None).await.json(200);
    assert_eq!(
        (cancelled.status, cancelled.cancelled_by),
        (BookingStatus::Cancelled, Some(CancelledBy::Client))
    );
    assert!(listed(&server, shop.service, &later).await);
    let again = Booking { manage_token: Some(token.clone()), ..cancelled };
    act(&server, &again, "cancel", &json!({}), None).await.problem("invalid_transition");

    let history: BookingEvents =
        server.get(&format!("{path}/events")).header("x-manage-token", &token).call().await.json(200);
    let kinds: Vec<&str> = history.items.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["booked", "moved", "cancelled"]);
    assert_eq!(history.items[2].detail["reason"], "ill");
    assert_nothing_taken(&server).await;
}

#[actix_web::test]
async fn a_taken_time_offers_its_neighbours() {
    let (server, shop) = shop().await;
    let start = at(&server, 2, 12).await;
    book(&server, shop.service, &start).await;
    let problem = server.post("/bookings", &wish(shop.service, &start)).call().await.problem("slot_taken");
    let near: Vec<String> = problem.alternatives.iter().map(|at| at.format(&Rfc3339).unwrap()).collect();
    let expected = [at(&server, 2, 10).await, at(&server, 2, 11).await, at(&server, 2, 13).await];
    let other = [at(&server, 2, 11).await, at(&server, 2, 13).await, at(&server, 2, 14).await];
    assert!(near == expected || near == other, "{near:?}");
}

#[actix_web::test]
async fn a_time_that_came_too_near_is_not_called_taken() {
    let (server, shop) = shop().await;
    let start = at(&server, 2, 12).await;
    assert!(listed(&server, shop.service, &start).await);
    // While the customer types, the time falls inside the notice; the day after keeps it.
    sqlx::query("update services set minimum_notice_minutes = $1")
        .bind(
            i32::try_from(
                (OffsetDateTime::parse(&start, &Rfc3339).unwrap() - now(&server).await).whole_minutes(),
            )
            .unwrap()
                + 30,
        )
        .execute(&server.db)
        .await
        .unwrap();
    let problem =
        server.post("/bookings", &wish(shop.service, &start)).call().await.problem("slot_unavailable");
    assert_eq!(problem.reason.as_deref(), Some("notice"));
    assert!(
        !problem.alternatives.is_empty()
            && problem.alternatives.iter().all(|at| *at > OffsetDateTime::parse(&start, &Rfc3339).unwrap())
    );
}

#[actix_web::test]
async fn times_that_are_not_offered_are_refused_with_their_reason() {
    let (server, shop) = shop().await;
    sqlx::query(
        "update services set buffer_before_minutes = 30, buffer_after_minutes = 30, slot_step_minutes = 30",
    )
    .execute(&server.db)
    .await
    .unwrap();
    let noon = at(&server, 2, 12).await;
    book(&server, shop.service, &noon).await;
    let day = noon[..10].to_owned();
    let far = (now(&server).await + Duration::days(90)).date();
    for (start, code, reason) in [
        ("2020-01-01T10:00:00Z".to_owned(), "slot_unavailable", "past"),
        (format!("{day}T10:10:00Z"), "slot_unavailable", "off_grid"),
        (format!("{day}T07:00:00Z"), "slot_unavailable", "outside_hours"),
        (format!("{far}T10:00:00Z"), "slot_unavailable", "horizon"),
        (format!("{day}T13:00:00Z"), "slot_taken", "buffer"),
        (format!("{day}T12:30:00Z"), "slot_taken", "booked"),
    ] {
        let problem = server.post("/bookings", &wish(shop.service, &start)).call().await.problem(code);
        assert_eq!(problem.reason.as_deref(), Some(reason), "{start}");
        let offers = !matches!(reason, "past" | "horizon");
        assert_eq!(!problem.alternatives.is_empty(), offers, "times near {start}");
    }
    let count: i64 = sqlx::query_scalar("select count(*) from bookings").fetch_one(&server.db).await.unwrap();
    assert_eq!(count, 1);
}

#[actix_web::test]
async fn a_request_waits_for_the_provider() {
    let (server, shop) = shop().await;
    sqlx::query("update services set approval_required = true").execute(&server.db).await.unwrap();
    let owner = server.token(shop.owner);
    let start = at(&server, 2, 10).await;
    let request = book(&server, shop.service, &start).await;
    assert_eq!(request.status, BookingStatus::Pending);
    assert!(request.expires_at.is_some() && !listed(&server, shop.service, &start).await);
    act(&server, &request, "confirm", &json!({}), None).await.problem("unauthenticated");

    let confirmed: Booking = act(&server, &request, "confirm", &json!({}), Some(&owner)).await.json(200);
    assert_eq!(confirmed.status, BookingStatus::Confirmed);
    act(&server, &confirmed, "decline", &json!({}), Some(&owner)).await.problem("invalid_transition");

    let second = book(&server, shop.service, &at(&server, 2, 11).await).await;
    let declined: Booking =
        act(&server, &second, "decline", &json!({ "reason": "on leave" }), Some(&owner)).await.json(200);
    assert_eq!(declined.cancelled_by, Some(CancelledBy::Declined));
    assert!(listed(&server, shop.service, &at(&server, 2, 11).await).await);
}

#[actix_web::test]
async fn an_unanswered_request_gives_its_slot_back() {
    let (server, shop) = shop().await;
    sqlx::query("update services set approval_required = true").execute(&server.db).await.unwrap();
    let start = at(&server, 3, 10).await;
    let request = book(&server, shop.service, &start).await;
    server.advance("25 hours").await;
    let taker = book(&server, shop.service, &start).await;
    assert_eq!(taker.status, BookingStatus::Pending);
    let path = format!("/bookings/{}", request.id);
    let token = request.manage_token.unwrap();
    let expired: Booking = server.get(&path).header("x-manage-token", token).call().await.json(200);
    assert_eq!(
        (expired.status, expired.cancelled_by),
        (BookingStatus::Cancelled, Some(CancelledBy::Expired))
    );
}

#[actix_web::test]
async fn bookings_settle_by_themselves() {
    let (server, shop) = shop().await;
    let owner = server.token(shop.owner);
    let start = at(&server, 2, 10).await;
    let booking = book(&server, shop.service, &start).await;
    act(&server, &booking, "no-show", &json!({}), Some(&owner)).await.problem("invalid_transition");
    act(&server, &booking, "complete", &json!({}), Some(&owner)).await.problem("invalid_transition");
    server.advance("3 days").await;
    server.run_jobs().await;
    let path = format!("/bookings/{}", booking.id);
    let done: Booking = server.get(&path).bearer_auth(&owner).call().await.json(200);
    assert_eq!(done.status, BookingStatus::Completed);
    assert_eq!(done.actions, ["no_show", "settle"]);
    let missed: Booking = act(&server, &done, "no-show", &json!({}), Some(&owner)).await.json(200);
    assert_eq!(missed.status, BookingStatus::NoShow);
}

#[actix_web::test]
async fn a_request_expires_by_itself() {
    let (server, shop) = shop().await;
    sqlx::query("update services set approval_required = true").execute(&server.db).await.unwrap();
    let start = at(&server, 3, 10).await;
    book(&server, shop.service, &start).await;
    server.advance("24 hours").await;
    server.run_jobs().await;
    assert!(listed(&server, shop.service, &start).await);
    assert_nothing_taken(&server).await;
}

#[actix_web::test]
async fn group_seats_fill_and_come_back() {
    let (server, shop) = shop().await;
    let class = fixtures::service(&server.db, shop.provider, 60, 10).await;
    let start = at(&server, 2, 10).await;
    let seats = |size: u32| {
        let mut wish = wish(class, &start);
        wish["party_size"] = size.into();
        wish
    };
    let six: Booking = server.post("/bookings", &seats(6)).call().await.json(201);
    assert_eq!(six.price_minor, 30_000);
    let full = server.post("/bookings", &seats(5)).call().await.problem("slot_taken");
    assert_eq!(full.reason.as_deref(), Some("full"));
    let four: Booking = server.post("/bookings", &seats(4)).call().await.json(201);
    server.post("/bookings", &wish(shop.service, &start)).call().await.problem("slot_taken");
    assert!(!listed(&server, class, &start).await);

    let later = at(&server, 2, 14).await;
    act(&server, &six, "reschedule", &json!({ "start_at": later }), None).await.json::<Booking>(200);
    let left: i32 = sqlx::query_scalar("select sum(seats_taken)::int from appointments")
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert_eq!(left, 10);
    let joined: Booking =
        act(&server, &four, "reschedule", &json!({ "start_at": later }), None).await.json(200);
    let sessions: i64 =
        sqlx::query_scalar("select count(*) from appointments").fetch_one(&server.db).await.unwrap();
    assert_eq!(sessions, 1);
    let joined = Booking { manage_token: four.manage_token, ..joined };
    act(&server, &joined, "cancel", &json!({}), None).await.json::<Booking>(200);
    let too_many = server.post("/bookings", &seats(11)).call().await.problem("invalid_fields");
    assert_eq!(too_many.errors[0].pointer, "/party_size");
}

#[actix_web::test]
async fn a_booking_may_move_over_its_own_time() {
    let (server, shop) = shop().await;
    sqlx::query("update services set slot_step_minutes = 15").execute(&server.db).await.unwrap();
    let start = at(&server, 2, 10).await;
    let booking = book(&server, shop.service, &start).await;
    let shifted = start.replace("T10:00", "T10:15");
    let moved: Booking =
        act(&server, &booking, "reschedule", &json!({ "start_at": shifted }), None).await.json(200);
    assert_eq!(moved.start_at.format(&Rfc3339).unwrap(), shifted);
}

#[actix_web::test]
async fn the_provider_books_for_a_client_without_notice() {
    let (server, shop) = shop().await;
    sqlx::query("update services set minimum_notice_minutes = 100000, approval_required = true")
        .execute(&server.db)
        .await
        .unwrap();
    let start = at(&server, 2, 10).await;
    let refused =
        server.post("/bookings", &wish(shop.service, &start)).call().await.problem("slot_unavailable");
    assert_eq!(refused.reason.as_deref(), Some("notice"));
    let entry = json!({ "service_id": shop.service, "start_at": start, "client": { "name": "Walk-in" } });
    let booking: Booking =
        server.post("/bookings", &entry).bearer_auth(server.token(shop.owner)).call().await.json(201);
    assert_eq!((booking.status, booking.client.email), (BookingStatus::Confirmed, None));
    assert!(booking.manage_token.is_none());
}

#[actix_web::test]
async fn what_is_over_is_past_even_before_its_end() {
    let (server, shop) = shop().await;
    let ada = fixtures::person(&server.db, "Ada").await;
    let (ada_token, owner) = (server.token(ada), server.token(shop.owner));
    let mut mine = Vec::new();
    for hour in [9, 10, 11] {
        let entry = json!({ "service_id": shop.service, "start_at": at(&server, 2, hour).await });
        mine.push(server.post("/bookings", &entry).bearer_auth(&ada_token).call().await.json::<Booking>(201));
    }
    // What was answered for is over before its end: the first missed, the second cancelled, the third still to come.
    sqlx::query("update bookings set status = 'no_show' where id = $1")
        .bind(mine[0].id)
        .execute(&server.db)
        .await
        .unwrap();
    let cancel = server.post(&format!("/bookings/{}/cancel", mine[1].id), &json!({})).bearer_auth(&ada_token);
    assert_eq!(cancel.header("if-match", "\"1\"").call().await.status, 200);
    for (query, expected) in [
        ("coming", vec![mine[2].id]),
        ("past", vec![mine[0].id, mine[1].id]),
        ("past&status=no_show", vec![mine[0].id]),
    ] {
        let path = format!("/me/bookings?when={query}");
        let page: Page<Booking> = server.get(&path).bearer_auth(&ada_token).call().await.json(200);
        assert_eq!(page.items.iter().map(|booking| booking.id).collect::<Vec<_>>(), expected, "{query}");
        let path = format!("/providers/{}/bookings?when={query}", shop.provider);
        let page: Page<Booking> = server.get(&path).bearer_auth(&owner).call().await.json(200);
        assert_eq!(page.items.iter().map(|booking| booking.id).collect::<Vec<_>>(), expected, "{query}");
    }
    server.advance("3 days").await;
    let path = "/me/bookings?when=coming";
    let over: Page<Booking> = server.get(path).bearer_auth(&ada_token).call().await.json(200);
    assert!(over.items.is_empty(), "what has ended is past, whether or not that was written down");
    server.get("/me/bookings?when=soon").bearer_auth(&owner).call().await.problem("malformed_query");
}

#[actix_web::test]
async fn a_customer_sees_own_bookings_and_nobody_elses() {
    let (server, shop) = shop().await;
    let ada = fixtures::person(&server.db, "Ada").await;
    let bob = fixtures::person(&server.db, "Bob").await;
    let (ada_token, bob_token, owner) = (server.token(ada), server.token(bob), server.token(shop.owner));
    let mut mine = Vec::new();
    for hour in [9, 10, 11] {
        let entry = json!({ "service_id": shop.service, "start_at": at(&server, 2, hour).await });
        let mut booking: Booking =
            server.post("/bookings", &entry).bearer_auth(&ada_token).call().await.json(201);
        assert_eq!(booking.client.name, "Ada");
        // Lists leave the refunds out, and what can be paid online.
        assert_eq!(booking.money.refunds.take(), Some(Vec::new()));
        assert_eq!(booking.money.rest_online_minor.take(), Some(0));
        mine.push(booking);
    }
    let first: Page<Booking> =
        server.get("/me/bookings?limit=2").bearer_auth(&ada_token).call().await.json(200);
    assert_eq!(first.items, mine[..2]);
    let path = format!("/me/bookings?limit=2&cursor={}", first.next_cursor.unwrap());
    let second: Page<Booking> = server.get(&path).bearer_auth(&ada_token).call().await.json(200);
    assert_eq!(second.items, mine[2..]);
    assert!(second.next_cursor.is_none());
    let latest: Page<Booking> = server
        .get("/me/bookings?limit=1&order=desc&status=confirmed,pending")
        .bearer_auth(&ada_token)
        .call()
        .await
        .json(200);
    assert_eq!(latest.items[0].id, mine[2].id);

    let none: Page<Booking> = server.get("/me/bookings").bearer_auth(&bob_token).call().await.json(200);
    assert!(none.items.is_empty());
    for action in ["cancel", "reschedule", "confirm", "decline", "complete", "no-show"] {
        let body =
            if action == "reschedule" { json!({ "start_at": at(&server, 4, 9).await }) } else { json!({}) };
        act(&server, &mine[0], action, &body, Some(&bob_token)).await.problem("not_found");
    }
    for path in [format!("/bookings/{}", mine[0].id), format!("/bookings/{}/events", mine[0].id)] {
        server.get(&path).bearer_auth(&bob_token).call().await.problem("not_found");
        assert_eq!(server.get(&path).bearer_auth(&ada_token).call().await.status, 200);
    }
    let agenda = format!("/providers/{}/bookings", shop.provider);
    server.get(&agenda).call().await.problem("unauthenticated");
    server.get(&agenda).bearer_auth(&bob_token).call().await.problem("not_found");
    let all: Page<Booking> = server.get(&agenda).bearer_auth(&owner).call().await.json(200);
    assert_eq!(all.items.len(), 3);
    let filtered: Page<Booking> =
        server.get(&format!("{agenda}?status=cancelled")).bearer_auth(&owner).call().await.json(200);
    assert!(filtered.items.is_empty());
    server
        .get(&format!("{agenda}?status=nonsense"))
        .bearer_auth(&owner)
        .call()
        .await
        .problem("invalid_fields");
    server
        .get(&format!("{agenda}?cursor=nonsense"))
        .bearer_auth(&owner)
        .call()
        .await
        .problem("invalid_fields");
}

#[actix_web::test]
async fn a_repeated_request_gets_the_same_answer() {
    let (server, shop) = shop().await;
    let body = wish(shop.service, &at(&server, 2, 10).await);
    let send =
        async |body: &Value| server.post("/bookings", body).header("idempotency-key", "k-1").call().await;
    let first = send(&body).await;
    let second = send(&body).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
    assert_eq!(first.text, second.text);
    assert_eq!(
        (first.header("etag"), first.header("location")),
        (second.header("etag"), second.header("location"))
    );
    send(&wish(shop.service, &at(&server, 2, 11).await)).await.problem("idempotency_key_reused");
    let booking: Booking = first.json(201);
    let cancel = || {
        server
            .post(&format!("/bookings/{}/cancel", booking.id), &json!({}))
            .header("x-manage-token", booking.manage_token.clone().unwrap())
            .header("if-match", "\"1\"")
            .header("idempotency-key", "k-2")
    };
    let (one, two) = (cancel().call().await, cancel().call().await);
    assert_eq!((one.status.as_u16(), one.text), (200, two.text));
}

#[actix_web::test]
async fn bad_input_is_refused_with_pointers_and_writes_nothing() {
    let (server, shop) = shop().await;
    let start = at(&server, 2, 10).await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = wish(shop.service, &start);
        change(&mut body);
        body
    };
    for (body, pointer) in [
        (with(&|body| body["client"] = Value::Null), "/client"),
        (with(&|body| body["client"]["email"] = "no address".into()), "/client/email"),
        (with(&|body| body["client"]["email"] = "gina@x".into()), "/client/email"),
        (with(&|body| body["client"]["email"] = Value::Null), "/client/email"),
        (with(&|body| body["client"]["phone"] = "call me".into()), "/client/phone"),
        (with(&|body| body["client"]["name"] = "".into()), "/client/name"),
        (with(&|body| body["client"]["name"] = "x".repeat(121).into()), "/client/name"),
        (with(&|body| body["notes"] = "a\0b".into()), "/notes"),
        (with(&|body| body["time_zone"] = "Mars/Olympus".into()), "/time_zone"),
        (with(&|body| body["party_size"] = 0.into()), "/party_size"),
        (with(&|body| body["party_size"] = 2.into()), "/party_size"),
        (with(&|body| body["start_at"] = "9999-12-31T23:00:00Z".into()), "/start_at"),
        (with(&|body| body["start_at"] = "2027-01-01T10:00:00.5Z".into()), "/start_at"),
    ] {
        let problem = server.post("/bookings", &body).call().await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, pointer, "{body}");
    }
    let both = with(&|body| {
        body["client"]["email"] = "gina@x".into();
        body["client"]["phone"] = "call me".into();
    });
    let problem = server.post("/bookings", &both).call().await.problem("invalid_fields");
    let pointers: Vec<_> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/client/email", "/client/phone"]);
    for (body, pointer) in [
        (with(&|body| body["service_id"] = 7.into()), "/service_id"),
        (with(&|body| body["start_at"] = "tomorrow".into()), "/start_at"),
        (with(&|body| body["party_size"] = (-1).into()), "/party_size"),
        (with(&|body| body["client"]["shoe_size"] = 43.into()), "/client/shoe_size"),
    ] {
        let problem = server.post("/bookings", &body).call().await.problem("malformed_body");
        assert_eq!(problem.errors[0].pointer, pointer, "{body}");
    }
    let send = |kind: &'static str, body: Vec<u8>| {
        server.request(reqwest::Method::POST, "/bookings").header("content-type", kind).body(body)
    };
    send("application/json", b"{ broken".to_vec()).call().await.problem("malformed_body");
    send("text/plain", b"{}".to_vec()).call().await.problem("unsupported_media_type");
    send("application/json", vec![b' '; 10_000_000]).call().await.problem("body_too_large");
    server.post("/bookings", &wish(Uuid::now_v7(), &start)).call().await.problem("not_found");
    for token in ["nonsense", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."] {
        server
            .post("/bookings", &wish(shop.service, &start))
            .bearer_auth(token)
            .call()
            .await
            .problem("unauthenticated");
    }
    let long = "k".repeat(300);
    server
        .post("/bookings", &wish(shop.service, &start))
        .header("idempotency-key", long)
        .call()
        .await
        .problem("malformed_header");

    let booking = book(&server, shop.service, &start).await;
    let token = booking.manage_token.clone().unwrap();
    let cancel = format!("/bookings/{}/cancel", booking.id);
    server
        .post(&cancel, &json!({}))
        .header("x-manage-token", &token)
        .call()
        .await
        .problem("precondition_required");
    for wanted in ["", "1", "\"1", "\"1\" \"2\"", "*, \"1\""] {
        let request = server.post(&cancel, &json!({})).header("x-manage-token", &token);
        request.header("if-match", wanted).call().await.problem("malformed_header");
    }
    for wanted in ["\"7\"", "W/\"1\"", "\"7\", \"8\""] {
        let request = server.post(&cancel, &json!({})).header("x-manage-token", &token);
        request.header("if-match", wanted).call().await.problem("version_mismatch");
    }
    for id in ["nonsense", "%00", "00000000-0000-0000-0000-000000000000"] {
        let answer = server.get(&format!("/bookings/{id}")).call().await;
        assert!(answer.status.is_client_error(), "{id}: {}", answer.status);
    }
    let count: i64 = sqlx::query_scalar("select count(*) from bookings").fetch_one(&server.db).await.unwrap();
    assert_eq!(count, 1);
}

#[actix_web::test]
async fn services_elsewhere_ask_for_what_they_need() {
    let (server, shop) = shop().await;
    let start = at(&server, 2, 10).await;
    for (location, pointer) in [("customer", "/address"), ("phone", "/client/phone")] {
        sqlx::query("update services set location = $1").bind(location).execute(&server.db).await.unwrap();
        let problem =
            server.post("/bookings", &wish(shop.service, &start)).call().await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, pointer);
    }
    sqlx::query("update services set location = 'online', location_detail = 'https://meet.example.org/x'")
        .execute(&server.db)
        .await
        .unwrap();
    let booking = book(&server, shop.service, &start).await;
    assert_eq!(booking.service.location_detail, "https://meet.example.org/x");
}

/// With every booking cancelled, no time is taken.
async fn assert_nothing_taken(server: &TestServer) {
    let taken: i64 =
        sqlx::query_scalar("select count(*) from appointments").fetch_one(&server.db).await.unwrap();
    assert_eq!(taken, 0);
}

#[actix_web::test]
async fn a_lost_link_is_mailed_again_and_not_too_often() {
    let (server, shop) = shop().await;
    let booking = book(&server, shop.service, &at(&server, 2, 10).await).await;
    server.run_jobs().await;
    let first = server.mails.to("ada@example.org").len();
    for address in ["ada@example.org", "nobody@example.org"] {
        let answer = server.post("/bookings/manage-links", &json!({ "email": address })).call().await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (202, ""));
    }
    server.run_jobs().await;
    let mails = server.mails.to("ada@example.org");
    assert_eq!(mails.len(), first + 1);
    let link = format!("/manage/{}#{}", booking.id, booking.manage_token.unwrap());
    assert!(mails.last().unwrap().text.contains(&link));
    assert!(server.mails.to("nobody@example.org").is_empty());
    for _ in 0..10 {
        server.post("/bookings/manage-links", &json!({ "email": "ada@example.org" })).call().await;
    }
    server.run_jobs().await;
    assert!(
        server.mails.to("ada@example.org").len() <= first + 5,
        "one address gets a few mails an hour at most"
    );
    for _ in 0..30 {
        server.post("/bookings/manage-links", &json!({ "email": "x@example.org" })).call().await;
    }
    let refused = server.post("/bookings/manage-links", &json!({ "email": "x@example.org" })).call().await;
    refused.problem("too_many_requests");
    assert!(refused.header("retry-after").is_some());
}

#[actix_web::test]
async fn a_token_of_a_deleted_account_books_nothing() {
    let (server, shop) = shop().await;
    let start = at(&server, 2, 10).await;
    let answer = server
        .post("/bookings", &wish(shop.service, &start))
        .bearer_auth(server.token(Uuid::now_v7()))
        .call()
        .await;
    answer.problem("unauthenticated");
}

#[actix_web::test]
async fn a_guests_stored_answer_is_for_the_holder_of_the_link() {
    let (server, shop) = shop().await;
    let booking = book(&server, shop.service, &at(&server, 2, 10).await).await;
    let cancel = |token: &str| {
        server
            .post(&format!("/bookings/{}/cancel", booking.id), &json!({}))
            .header("x-manage-token", token)
            .header("if-match", "\"1\"")
            .header("idempotency-key", "cancel")
    };
    assert_eq!(cancel(booking.manage_token.as_deref().unwrap()).call().await.status, 200);
    cancel("guess").call().await.problem("not_found");
}

#[actix_web::test]
async fn a_moved_booking_keeps_its_length_and_wall_time_is_written_anew() {
    let (server, shop) = shop().await;
    let booking = book(&server, shop.service, &at(&server, 2, 10).await).await;
    sqlx::query("update services set duration_minutes = 90").execute(&server.db).await.unwrap();
    sqlx::query("update providers set time_zone = 'Asia/Tokyo'").execute(&server.db).await.unwrap();
    let stored = async || -> (String, String) {
        sqlx::query_as("select time_zone, local_start::text from bookings")
            .fetch_one(&server.db)
            .await
            .unwrap()
    };
    let before = stored().await;
    let owner = server.token(shop.owner);
    // 10:30 in Tokyo, on the grid of the service as it is now.
    let start = at(&server, 3, 1).await.replace(":00:00Z", ":30:00Z");
    let moved: Booking =
        act(&server, &booking, "reschedule", &json!({ "start_at": start }), Some(&owner)).await.json(200);
    assert_eq!(moved.service.duration_minutes, 60);
    let after = stored().await;
    assert_eq!((before.0.as_str(), after.0.as_str()), ("UTC", "Asia/Tokyo"));
    assert!(after.1.ends_with("10:30:00"), "{after:?}");
    act(&server, &moved, "cancel", &json!({}), Some(&owner)).await.json::<Booking>(200);
    assert_eq!(stored().await, after, "only a move touches the wall time");
}

#[actix_web::test]
async fn a_lapsed_request_blocks_nothing_even_before_it_is_ended() {
    let (server, shop) = shop().await;
    sqlx::query("update services set approval_required = true").execute(&server.db).await.unwrap();
    let start = at(&server, 3, 10).await;
    book(&server, shop.service, &start).await;
    assert!(!listed(&server, shop.service, &start).await);
    server.advance("25 hours").await;
    assert!(listed(&server, shop.service, &start).await);
}

#[actix_web::test]
async fn a_moved_request_tells_no_private_link() {
    let (server, shop) = shop().await;
    sqlx::query("update services set approval_required = true, location = 'online', location_detail = 'https://meet.example.org/secret'")
        .execute(&server.db)
        .await
        .unwrap();
    let request = book(&server, shop.service, &at(&server, 2, 10).await).await;
    act(&server, &request, "reschedule", &json!({ "start_at": at(&server, 2, 12).await }), None)
        .await
        .json::<Booking>(200);
    server.run_jobs().await;
    let mails = server.mails.to("ada@example.org");
    assert!(!mails.is_empty());
    for mail in mails {
        assert!(
            !mail.text.contains("secret") && !mail.html.contains("secret") && mail.calendar.is_none(),
            "{}",
            mail.subject
        );
    }
}

#[actix_web::test]
async fn guests_cannot_flood_a_mailbox() {
    let server = TestServer::spawn_with(&[("GUEST_BOOKINGS_PER_HOUR", "3")]).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let known = || async {
        let request = server.post("/bookings", &wish(shop.service, &at(&server, 2, 9).await));
        request.header("idempotency-key", "first").call().await
    };
    assert_eq!(known().await.status, 201);
    for hour in 10..12 {
        book(&server, shop.service, &at(&server, 2, hour).await).await;
        let taken = server.post("/bookings", &wish(shop.service, &at(&server, 2, hour).await)).call().await;
        taken.problem("slot_taken");
    }
    let refused = server.post("/bookings", &wish(shop.service, &at(&server, 2, 13).await)).call().await;
    refused.problem("too_many_requests");
    assert!(refused.header("retry-after").is_some());
    assert_eq!(known().await.status, 201, "it was booked, and nothing is booked anew");

    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let mut booking = book(&server, shop.service, &at(&server, 2, 9).await).await;
    let token = booking.manage_token.clone();
    for turn in 0..10 {
        let start = at(&server, 2, 10 + turn % 2).await;
        booking = act(&server, &booking, "reschedule", &json!({ "start_at": start }), None).await.json(200);
        booking.manage_token.clone_from(&token);
        let stale =
            server.post(&format!("/bookings/{}/reschedule", booking.id), &json!({ "start_at": start }));
        let stale = stale.header("if-match", "\"99\"").header("x-manage-token", token.clone().unwrap());
        stale.call().await.problem("version_mismatch");
    }
    let start = at(&server, 2, 14).await;
    act(&server, &booking, "reschedule", &json!({ "start_at": start }), None)
        .await
        .problem("too_many_requests");
}

#[actix_web::test]
async fn cursors_of_ones_own_making_are_refused() {
    use api::http::page::List;
    let (server, shop) = shop().await;
    let owner = server.token(shop.owner);
    let id = Uuid::nil();
    // What binds a cursor to its list is no secret.
    let (bookings, sessions) = (format!("bookings of {}", shop.owner), format!("sessions of {}", shop.owner));
    let (name, asc, none) = (json!({ "sort": "name" }), json!({ "order": "asc" }), json!({}));
    for (path, list, query, keys) in [
        ("/providers", "providers", &name, json!([0, "\0", id])),
        ("/me/bookings", &bookings, &asc, json!([-999_999_999_999_999_i64, id])),
        ("/me/sessions", &sessions, &none, json!(["-009999-01-01 00:00:00.0 +00:00:00", id])),
        ("/me/bookings", &bookings, &asc, json!({ "a": 1 })),
    ] {
        let path = format!("{path}?cursor={}", List::of(list, query).encode(&keys));
        let answer = server.get(&path).bearer_auth(&owner).call().await;
        assert!(matches!(answer.status.as_u16(), 200 | 422), "{path}: {}", answer.text);
    }
}
