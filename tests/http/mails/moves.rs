//! When and how the two sides hear of a move.

use super::{GUEST, Scene, does_not_say, says};
use crate::support::server::Call;
use api::jobs::Job;
use contract::bookings::Booking;
use serde_json::{Value, json};

/// What waits for a moment has waited long enough.
const AFTER: &str = "15 seconds";

/// A booking of which both sides have been told.
async fn booked() -> (Scene, Booking) {
    told(Scene::new().await).await
}

/// A request of which both sides have been told.
async fn requested() -> (Scene, Booking) {
    let scene = Scene::new().await;
    scene.sql("update services set approval_required = true").await;
    told(scene).await
}

async fn told(scene: Scene) -> (Scene, Booking) {
    let booking = scene.book(&json!({})).await;
    scene.mails().await;
    (scene, booking)
}

async fn moves(scene: &Scene, booking: &Booking, body: &Value) -> Booking {
    let answer = scene.as_provider(booking, "reschedule", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    Booking { manage_token: booking.manage_token.clone(), ..answer.json(200) }
}

/// Nobody was mailed since the last time, though all due jobs have run.
async fn nobody_hears(scene: &Scene) {
    let before = scene.server.mails.to(GUEST).len() + scene.server.mails.to(&scene.owner).len();
    scene.server.run_jobs().await;
    assert_eq!(scene.server.mails.to(GUEST).len() + scene.server.mails.to(&scene.owner).len(), before);
}

/// Nor will anybody be.
async fn nobody_hears_later(scene: &Scene) {
    scene.server.advance("1 hour").await;
    nobody_hears(scene).await;
}

async fn untold(scene: &Scene) -> i64 {
    sqlx::query_scalar("select count(*) from untold_moves").fetch_one(&scene.server.db).await.unwrap()
}

#[actix_web::test]
async fn a_provider_s_move_is_told_after_a_moment() {
    let (scene, booking) = booked().await;
    moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    nobody_hears(&scene).await;
    scene.server.advance("14 seconds").await;
    nobody_hears(&scene).await;
    scene.server.advance("1 second").await;
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Moved: your appointment is on Wed 4 March, 08:00");
    says(
        &client,
        &["Your appointment with Corner Shop was moved from Tue 3 March, 04:00. This is the time now:"],
    );
    assert_eq!(owner.subject, "Moved: booking is on Wed 4 March, 14:00");
    says(&owner, &["The appointment of Ada Lovelace was moved from Tue 3 March, 10:00."]);
    assert_eq!(untold(&scene).await, 0);
    nobody_hears_later(&scene).await;
}

#[actix_web::test]
async fn a_slip_of_the_hand_that_is_taken_back_tells_nobody() {
    let (scene, booking) = booked().await;
    let moved = moves(
        &scene,
        &booking,
        &json!({ "start_at": "2026-03-03T11:00:00Z", "end_at": "2026-03-03T12:00:00Z" }),
    )
    .await;
    scene.server.advance("9 seconds").await;
    moves(&scene, &moved, &json!({ "start_at": "2026-03-03T09:00:00Z", "end_at": "2026-03-03T10:00:00Z" }))
        .await;
    nobody_hears_later(&scene).await;
    assert_eq!(untold(&scene).await, 0);
}

#[actix_web::test]
async fn moves_in_a_row_are_told_as_one() {
    let (scene, booking) = booked().await;
    let first = moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    scene.server.advance("10 seconds").await;
    moves(&scene, &first, &json!({ "start_at": "2026-03-05T13:00:00Z" })).await;
    scene.server.advance("10 seconds").await;
    nobody_hears(&scene).await;
    scene.server.advance("5 seconds").await;
    let (client, _) = scene.mails().await;
    assert_eq!(client.subject, "Moved: your appointment is on Thu 5 March, 08:00");
    says(&client, &["was moved from Tue 3 March, 04:00."]);
}

#[actix_web::test]
async fn another_length_is_told_as_such() {
    let (scene, booking) = booked().await;
    let body = json!({ "start_at": "2026-03-03T09:00:00Z", "end_at": "2026-03-03T09:45:00Z" });
    let shorter = moves(&scene, &booking, &body).await;
    scene.server.advance(AFTER).await;
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "New end: your appointment on Tue 3 March, 04:00");
    says(
        &client,
        &[
            "Your appointment now ends at 04:45",
            "It starts as before, now takes 45 minutes instead of 1 hour, and ends at 04:45.",
            "04:00–04:45 (America/New York)",
        ],
    );
    assert_eq!(owner.subject, "New end: booking on Tue 3 March, 10:00");
    says(&owner, &["The appointment of Ada Lovelace has another length.", "ends at 10:45."]);
    for mail in [&client, &owner] {
        does_not_say(mail, &["oved", "new time"]);
        assert!(mail.calendar.is_some(), "calendars hear of it as well");
    }

    // Elsewhere and longer: both are told.
    let body = json!({ "start_at": "2026-03-03T11:00:00Z", "end_at": "2026-03-03T12:30:00Z" });
    moves(&scene, &shorter, &body).await;
    scene.server.advance(AFTER).await;
    let (client, _) = scene.mails().await;
    assert_eq!(client.subject, "Moved: your appointment is on Tue 3 March, 06:00");
    says(
        &client,
        &["was moved from Tue 3 March, 04:00. This is the time now, and it takes 1 hour 30 minutes:"],
    );
}

#[actix_web::test]
async fn who_cancels_meanwhile_hears_of_the_time_that_was_known() {
    let (scene, booking) = booked().await;
    let moved = moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    assert_eq!(untold(&scene).await, 1);
    assert_eq!(scene.as_provider(&moved, "cancel", &json!({})).await.status, 200);
    assert_eq!(untold(&scene).await, 0, "what will never be told is not kept");
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Cancelled: your appointment on Tue 3 March, 04:00");
    assert_eq!(
        owner.subject, "Cancelled: booking on Wed 4 March, 14:00",
        "that is the time that is free now"
    );
    nobody_hears_later(&scene).await;
}

#[actix_web::test]
async fn a_request_that_is_declined_meanwhile_leaves_nothing_behind() {
    let (scene, booking) = requested().await;
    let moved = moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    assert_eq!(untold(&scene).await, 1);
    assert_eq!(scene.as_provider(&moved, "decline", &json!({})).await.status, 200);
    assert_eq!(untold(&scene).await, 0);
    let (client, owner) = scene.mails().await;
    says(&client, &["Tuesday 3 March 2026"]);
    says(&owner, &["Wednesday 4 March 2026"]);
    nobody_hears_later(&scene).await;
}

#[actix_web::test]
async fn a_day_that_is_called_off_meanwhile_leaves_nothing_behind() {
    let (scene, booking) = booked().await;
    moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    let path = format!("/providers/{}/days/2026-03-04/cancel", scene.shop.provider);
    let token = scene.server.token(scene.colleague);
    let answer = scene.server.post(&path, &json!({})).bearer_auth(token).call().await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(untold(&scene).await, 0);
    let (client, _) = scene.mails().await;
    assert_eq!(client.subject, "Cancelled: your appointment on Tue 3 March, 04:00");
    nobody_hears_later(&scene).await;
}

#[actix_web::test]
async fn a_client_who_moves_meanwhile_is_told_once_and_at_once() {
    let (scene, booking) = booked().await;
    let moved = moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    let answer = scene.as_guest(&moved, "reschedule", &json!({ "start_at": "2026-03-05T13:00:00Z" })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Moved: your appointment is on Thu 5 March, 08:00");
    says(&client, &["was moved from Tue 3 March, 04:00."]);
    says(&owner, &["was moved from Wed 4 March, 14:00."]);
    nobody_hears_later(&scene).await;
    assert_eq!(untold(&scene).await, 0);
}

#[actix_web::test]
async fn a_client_who_puts_it_back_is_not_told_that_it_came_from_there() {
    let (scene, booking) = booked().await;
    let moved = moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    let answer = scene.as_guest(&moved, "reschedule", &json!({ "start_at": "2026-03-03T09:00:00Z" })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Moved: your appointment is on Tue 3 March, 04:00");
    does_not_say(&client, &["moved from"]);
    says(&owner, &["was moved from Wed 4 March, 14:00."]);
}

#[actix_web::test]
async fn what_is_confirmed_meanwhile_is_confirmed_for_the_time_that_is_known() {
    let (scene, booking) = requested().await;
    let moved = moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    let answer = scene.as_provider(&moved, "confirm", &json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let confirmed = Booking { manage_token: booking.manage_token.clone(), ..answer.json(200) };
    let (client, _) = scene.mails().await;
    says(&client, &["Tuesday 3 March 2026"]);
    // Put back in time, it is where the client's calendar has it, and there is nothing to tell.
    moves(
        &scene,
        &confirmed,
        &json!({ "start_at": "2026-03-03T09:00:00Z", "end_at": "2026-03-03T10:00:00Z" }),
    )
    .await;
    nobody_hears_later(&scene).await;
}

#[actix_web::test]
async fn a_mail_that_is_late_is_not_lost_to_a_slip_of_the_hand() {
    let (scene, booking) = booked().await;
    let moved = moves(&scene, &booking, &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    scene.server.advance(AFTER).await;
    // The news is queued, and the mail server answers an hour later only.
    let ctx = api::jobs::JobContext { app: scene.server.app.clone(), mailer: scene.server.mails.clone() };
    api::notifications::TellMove { provider_id: scene.shop.provider, booking_id: booking.id, by: None }
        .run(&ctx)
        .await
        .unwrap();
    let slip = json!({ "start_at": "2026-03-05T13:00:00Z", "end_at": "2026-03-05T14:00:00Z" });
    let slipped = moves(&scene, &moved, &slip).await;
    let back = json!({ "start_at": "2026-03-04T13:00:00Z", "end_at": "2026-03-04T14:00:00Z" });
    moves(&scene, &slipped, &back).await;
    scene.server.advance("1 hour").await;
    let (client, _) = scene.mails().await;
    assert_eq!(client.subject, "Moved: your appointment is on Wed 4 March, 08:00");
    says(&client, &["was moved from Tue 3 March, 04:00."]);
}

#[actix_web::test]
async fn a_move_that_is_refused_is_never_told() {
    let scene = Scene::new().await;
    let booking = scene.book(&json!({})).await;
    scene.book(&json!({ "start_at": "2026-03-03T11:00:00Z", "client": { "name": "Bob", "email": "bob@example.org" } })).await;
    scene.server.run_jobs().await;
    let answer =
        scene.as_provider(&booking, "reschedule", &json!({ "start_at": "2026-03-03T11:00:00Z" })).await;
    assert_eq!(answer.status, 409, "{}", answer.text);
    assert_eq!(untold(&scene).await, 0);
    nobody_hears_later(&scene).await;
}
