//! Bookings made longer or shorter by their provider.

use crate::support::fixtures;
use crate::support::scene::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

impl Scene {
    async fn resize(&self, booking: &Booking, start: &str, end: &str) -> Answer {
        self.send(booking, &json!({ "start_at": start, "end_at": end })).await
    }

    async fn send(&self, booking: &Booking, body: &Value) -> Answer {
        self.server
            .post(&format!("/bookings/{}/reschedule", booking.id), body)
            .header("if-match", format!("\"{}\"", booking.version))
            .bearer_auth(&self.owner)
            .call()
            .await
    }

    async fn blocked(&self) -> Vec<(OffsetDateTime, OffsetDateTime)> {
        sqlx::query_as("select blocked_from, blocked_until from appointments order by start_at")
            .fetch_all(&self.server.db)
            .await
            .unwrap()
    }
}

#[actix_web::test]
async fn the_provider_makes_a_booking_longer_and_shorter() {
    let scene = Scene::open(2).await;
    sqlx::query("update services set buffer_after_minutes = 15").execute(&scene.server.db).await.unwrap();
    let booking = scene.book(scene.shop.service, &scene.at(10, 0)).await;
    scene.server.run_jobs().await;
    scene.server.mails.take();

    let longer: Booking = scene.resize(&booking, &scene.at(10, 0), &scene.at(11, 30)).await.json(200);
    assert_eq!(longer.end_at, scene.day + Duration::minutes(690));
    assert_eq!((longer.service.duration_minutes, longer.version), (90, 2));
    assert_eq!(longer.price_minor, booking.price_minor);
    let until = scene.day + Duration::minutes(705);
    assert_eq!(scene.blocked().await, [(scene.day + Duration::hours(10), until)]);

    let path = format!("/bookings/{}/events", booking.id);
    let history: BookingEvents = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    let moved = &history.items[1];
    assert_eq!((moved.kind.as_str(), moved.actor.as_str()), ("moved", "provider"));
    assert_eq!(moved.detail["from_end"], scene.at(11, 0));
    assert_eq!(moved.detail["to_end"], scene.at(11, 30));
    assert_eq!(moved.detail["from"], moved.detail["to"]);
    scene.server.advance("15 seconds").await;
    scene.server.run_jobs().await;
    let mails = scene.server.mails.to("ada@example.org");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("10:00–11:30"), "{}", mails[0].text);

    // Its top edge, off the grid; then shorter again. The settling job follows.
    let earlier: Booking = scene.resize(&longer, &scene.at(9, 20), &scene.at(11, 30)).await.json(200);
    assert_eq!(earlier.service.duration_minutes, 130);
    let shorter: Booking = scene.resize(&earlier, &scene.at(9, 20), &scene.at(9, 25)).await.json(200);
    assert_eq!(shorter.service.duration_minutes, 5);
    let settles: OffsetDateTime =
        sqlx::query_scalar("select run_at from jobs where dedupe_key like 'booking:%:settle'")
            .fetch_one(&scene.server.db)
            .await
            .unwrap();
    assert_eq!(settles, scene.day + Duration::minutes(565));

    // A move without an end keeps the length.
    let moved: Booking = scene.send(&shorter, &json!({ "start_at": scene.at(14, 0) })).await.json(200);
    assert_eq!(moved.end_at, scene.day + Duration::minutes(845));
    // Nothing new is nothing done.
    let same: Booking = scene.resize(&moved, &scene.at(14, 0), &scene.at(14, 5)).await.json(200);
    assert_eq!(same.version, moved.version);
}

#[actix_web::test]
async fn what_is_in_the_way_refuses_it() {
    let scene = Scene::open(2).await;
    let booking = scene.book(scene.shop.service, &scene.at(10, 0)).await;
    let next = scene.book(scene.shop.service, &scene.at(11, 0)).await;
    let taken = scene.resize(&booking, &scene.at(10, 0), &scene.at(11, 5)).await.problem("slot_taken");
    assert_eq!(taken.reason.as_deref(), Some("booked"));
    assert!(taken.alternatives.is_empty());
    let swallowed = scene.resize(&booking, &scene.at(10, 0), &scene.at(13, 0)).await;
    swallowed.problem("slot_taken");
    scene.resize(&next, &scene.at(10, 30), &scene.at(12, 0)).await.problem("slot_taken");

    let closing = scene.resize(&next, &scene.at(11, 0), &scene.at(17, 5)).await.problem("slot_unavailable");
    assert_eq!(closing.reason.as_deref(), Some("outside_hours"));
    assert_eq!(closing.errors[0].pointer, "/end_at");
    let opening = scene.resize(&booking, &scene.at(8, 55), &scene.at(11, 0)).await;
    assert_eq!(opening.problem("slot_unavailable").reason.as_deref(), Some("outside_hours"));

    sqlx::query(
        "insert into busy_blocks (provider_id, id, source, start_at, end_at) values ($1, $1, 'time_off', $2, $3)",
    )
    .bind(scene.shop.provider)
    .bind(scene.day + Duration::hours(12))
    .bind(scene.day + Duration::hours(13))
    .execute(&scene.server.db)
    .await
    .unwrap();
    let away = scene.resize(&next, &scene.at(11, 0), &scene.at(12, 5)).await.problem("slot_taken");
    assert_eq!(away.reason.as_deref(), Some("busy_block"));
    assert_eq!(scene.blocked().await.len(), 2);

    // Outside the hours by now, it can still be made shorter, not longer.
    sqlx::query("delete from schedules").execute(&scene.server.db).await.unwrap();
    scene.resize(&next, &scene.at(11, 0), &scene.at(12, 30)).await.problem("slot_unavailable");
    scene.resize(&next, &scene.at(11, 0), &scene.at(11, 45)).await.json::<Booking>(200);
}

#[actix_web::test]
async fn bad_ends_are_pointed_at() {
    let scene = Scene::open(2).await;
    let booking = scene.book(scene.shop.service, &scene.at(10, 0)).await;
    let start = scene.at(10, 0);
    for (end, code) in [
        (scene.at(10, 0), "range"),
        (scene.at(9, 0), "range"),
        (scene.at(10, 4), "range"),
        (scene.at(10 + 31 * 24, 1), "range"),
        (scene.at(10, 30).replace(":00Z", ":30Z"), "whole_minutes"),
        (scene.at(10, 30).replace(":00Z", ":00.5Z"), "whole_minutes"),
        ("9999-01-01T00:00:00Z".to_owned(), "range"),
    ] {
        let problem = scene.resize(&booking, &start, &end).await.problem("invalid_fields");
        assert_eq!(problem.errors[0].pointer, "/end_at", "{end}");
        assert_eq!(problem.errors[0].code, code, "{end}");
    }
    scene.send(&booking, &json!({ "start_at": start, "end_at": "soon" })).await.problem("malformed_body");

    // A client keeps the service's length.
    let path = format!("/bookings/{}/reschedule", booking.id);
    let body = json!({ "start_at": start, "end_at": scene.at(11, 30) });
    let request = || scene.server.post(&path, &body).header("if-match", "*");
    let token = booking.manage_token.clone().unwrap();
    let refused = request().header("x-manage-token", token).call().await.problem("invalid_fields");
    assert_eq!(
        (refused.errors[0].pointer.as_str(), refused.errors[0].code.as_str()),
        ("/end_at", "provider_only")
    );
    let stranger = fixtures::shop(&scene.server.db, "UTC").await.owner;
    request().bearer_auth(scene.server.token(stranger)).call().await.problem("not_found");
    let stale = Booking { version: 7, ..booking.clone() };
    scene.resize(&stale, &start, &scene.at(11, 30)).await.problem("version_mismatch");
    let bare = scene.server.post(&path, &body).bearer_auth(&scene.owner).call().await;
    bare.problem("precondition_required");
}

#[actix_web::test]
async fn a_seat_among_others_keeps_the_length_of_its_session() {
    let scene = Scene::open(2).await;
    let class = fixtures::service(&scene.server.db, scene.shop.provider, 60, 8).await;
    let (ada, bob) = (scene.book(class, &scene.at(10, 0)).await, scene.book(class, &scene.at(10, 0)).await);
    scene.resize(&ada, &scene.at(10, 0), &scene.at(11, 30)).await.problem("shared_appointment");
    scene.resize(&ada, &scene.at(13, 0), &scene.at(14, 30)).await.problem("shared_appointment");
    // With the length that the session has, it is a move.
    let moved: Booking = scene.resize(&ada, &scene.at(13, 0), &scene.at(14, 0)).await.json(200);
    // Alone in a session, it is free to.
    scene.resize(&bob, &scene.at(10, 0), &scene.at(11, 30)).await.json::<Booking>(200);
    scene.resize(&moved, &scene.at(12, 30), &scene.at(14, 0)).await.json::<Booking>(200);
    assert_eq!(scene.blocked().await.len(), 2);
}

#[actix_web::test]
async fn a_repeated_resize_is_done_once() {
    let scene = Scene::open(2).await;
    let booking = scene.book(scene.shop.service, &scene.at(10, 0)).await;
    let body = json!({ "start_at": scene.at(10, 0), "end_at": scene.at(12, 0) });
    let send = async || {
        scene
            .server
            .post(&format!("/bookings/{}/reschedule", booking.id), &body)
            .header("if-match", "\"1\"")
            .header("idempotency-key", "longer")
            .bearer_auth(&scene.owner)
            .call()
            .await
    };
    let (first, second) = (send().await, send().await);
    assert_eq!(first.json::<Booking>(200), second.json::<Booking>(200));
    assert_eq!(first.etag(), "\"2\"");
}
