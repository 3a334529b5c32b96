//! What customer and provider are told about a booking.

use super::{GUEST, Scene, does_not_say, says};
use crate::support::fixtures;
use crate::support::server::Call;
use api::bookings::links::manage_token;
use integrations::mail::Method;
use serde_json::json;

#[actix_web::test]
async fn a_guest_and_the_provider_are_told_of_a_booking() {
    let scene = Scene::new().await;
    scene
        .sql("update services set name = 'Fear of flying', location_detail = 'Ring at Lovelace & Co.'")
        .await;
    scene.sql("update providers set latitude = 52.5, longitude = 13.4").await;
    let booking = scene.book(&json!({})).await;
    let (client, owner) = scene.mails().await;

    assert_eq!(client.subject, "Your appointment on Tue 3 March, 04:00");
    let link = format!(
        "https://appointed.example/manage/{}#{}",
        booking.id,
        manage_token(&scene.server.app.keys, booking.id)
    );
    says(
        &client,
        &[
            "Hello Ada Lovelace,",
            "Corner Shop expects you.",
            "Service: Fear of flying",
            "Tuesday 3 March 2026\n04:00–05:00 (America/New York)",
            "Tuesday 3 March 2026\n10:00–11:00 (Europe/Berlin)",
            "Main Street 1, Berlin",
            "Ring at Lovelace & Co.",
            "https://www.openstreetmap.org/search?query=Main+Street+1%2C+Berlin",
            "Price: 50.00 EUR",
            &link,
            "This link is the key to your booking",
        ],
    );
    does_not_say(&client, &["Please ring twice.", &scene.owner]);

    assert_eq!(owner.subject, "New booking on Tue 3 March, 10:00");
    says(
        &owner,
        &[
            "Hello Owner,",
            "Ada Lovelace booked an appointment with you.",
            "Tuesday 3 March 2026\n10:00–11:00 (Europe/Berlin)",
            GUEST,
            "+1 212 555 0100",
            "Message: Please ring twice.",
            &format!("https://appointed.example/dashboard/{}", scene.shop.provider),
        ],
    );
    does_not_say(&owner, &["America", "/manage/"]);
    for mail in [&client, &owner] {
        assert!(!mail.subject.contains("flying") && !mail.subject.contains("Ada"), "{}", mail.subject);
        assert_eq!(mail.calendar.as_ref().map(|event| event.method), Some(Method::Publish));
    }
}

#[actix_web::test]
async fn the_link_in_the_mail_opens_the_booking() {
    let scene = Scene::new().await;
    let booking = scene.book(&json!({})).await;
    let mail = scene.mail(GUEST).await;
    let token = mail.text.split_once(&format!("/manage/{}#", booking.id)).unwrap().1;
    let token = token.split_whitespace().next().unwrap();
    let path = format!("/bookings/{}", booking.id);
    assert_eq!(scene.server.get(&path).header("x-manage-token", token).call().await.status, 200);
}

#[actix_web::test]
async fn a_customer_with_an_account_is_sent_to_the_account() {
    let scene = Scene::new().await;
    let person = fixtures::person(&scene.server.db, "Grace").await;
    let body = json!({ "service_id": scene.shop.service, "start_at": "2026-03-03T09:00:00Z",
        "time_zone": "Europe/Paris", "client": { "name": "Grace", "email": GUEST } });
    let request = scene.server.post("/bookings", &body).bearer_auth(scene.server.token(person));
    let id = request.call().await.json::<contract::bookings::Booking>(201).id;
    let to: String = sqlx::query_scalar("select client_email::text from bookings")
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    let mail = scene.mail(&to).await;
    says(&mail, &[&format!("https://appointed.example/bookings/{id}"), "10:00–11:00 (Europe/Paris)"]);
    // Paris and Berlin show the same time, so it is told once.
    does_not_say(&mail, &["/manage/", "Europe/Berlin", "key to your booking"]);
}

#[actix_web::test]
async fn a_request_is_told_and_answered() {
    let scene = Scene::new().await;
    scene.sql("update services set approval_required = true, location = 'online', location_detail = 'https://meet.example/room?a=1&b=2'").await;
    let booking = scene.book(&json!({})).await;
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Your request for Tue 3 March, 04:00");
    says(&client, &["Corner Shop has until Mon 2 March, 07:00 to answer.", "Where: Online"]);
    does_not_say(&client, &["meet.example"]);
    assert_eq!(owner.subject, "New request for Tue 3 March, 10:00");
    says(&owner, &["Answer by Mon 2 March, 13:00, or the request expires.", "Answer the request"]);
    assert!(client.calendar.is_none() && owner.calendar.is_none());

    assert_eq!(scene.as_provider(&booking, "confirm", &json!({})).await.status, 200);
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Confirmed: your appointment on Tue 3 March, 04:00");
    says(&client, &["Corner Shop accepted your request.", "https://meet.example/room?a=1&b=2"]);
    assert_eq!(owner.subject, "Confirmed: booking on Tue 3 March, 10:00");
    assert!(client.calendar.is_some() && owner.calendar.is_some());
}

#[actix_web::test]
async fn a_declined_request_is_told_with_the_reason() {
    let scene = Scene::new().await;
    scene.sql("update services set approval_required = true").await;
    let booking = scene.book(&json!({})).await;
    scene.mails().await;
    let reason = json!({ "reason": "We're at a fair." });
    assert_eq!(scene.as_provider(&booking, "decline", &reason).await.status, 200);
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Declined: your request for Tue 3 March, 04:00");
    says(&client, &["Corner Shop cannot take you at that time.", "Reason: We're at a fair."]);
    assert_eq!(owner.subject, "Declined: request for Tue 3 March, 10:00");
    assert!(client.calendar.is_none());
}

#[actix_web::test]
async fn an_expired_request_is_told() {
    let scene = Scene::new().await;
    scene.sql("update services set approval_required = true").await;
    scene.book(&json!({})).await;
    scene.mails().await;
    scene.server.advance("25 hours").await;
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Not answered: your request for Tue 3 March, 04:00");
    says(&client, &["Corner Shop did not answer in time"]);
    assert_eq!(owner.subject, "Expired: request for Tue 3 March, 10:00");
}

#[actix_web::test]
async fn a_move_is_told_with_the_new_time() {
    let scene = Scene::new().await;
    let booking = scene.book(&json!({})).await;
    scene.mails().await;
    let moved = scene.as_guest(&booking, "reschedule", &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Moved: your appointment is on Wed 4 March, 08:00");
    says(&client, &["Wednesday 4 March 2026\n08:00–09:00 (America/New York)", "/manage/"]);
    assert_eq!(owner.subject, "Moved: booking is on Wed 4 March, 14:00");
    says(&owner, &["Wednesday 4 March 2026\n14:00–15:00 (Europe/Berlin)"]);
}

#[actix_web::test]
async fn a_cancellation_is_told_by_who_cancelled() {
    let scene = Scene::new().await;
    let booking = scene.book(&json!({})).await;
    scene.mails().await;
    assert_eq!(scene.as_guest(&booking, "cancel", &json!({ "reason": "Flu" })).await.status, 200);
    let (client, owner) = scene.mails().await;
    assert_eq!(client.subject, "Cancelled: your appointment on Tue 3 March, 04:00");
    says(&client, &["You cancelled this appointment."]);
    says(&owner, &["Ada Lovelace cancelled. The time is free again.", "Reason: Flu"]);
    for mail in [&client, &owner] {
        assert_eq!(mail.calendar.as_ref().map(|event| event.method), Some(Method::Cancel));
    }

    let booking = scene.book(&json!({})).await;
    scene.mails().await;
    assert_eq!(scene.as_provider(&booking, "cancel", &json!({})).await.status, 200);
    let (client, owner) = scene.mails().await;
    says(&client, &["Corner Shop had to cancel this appointment."]);
    says(&owner, &["You cancelled the appointment of Ada Lovelace"]);
}

#[actix_web::test]
async fn an_owner_is_not_told_what_the_owner_did() {
    let scene = Scene::new().await;
    scene.sql("update services set approval_required = true").await;
    let day = |day: u32| json!({ "start_at": format!("2026-03-0{day}T09:00:00Z") });
    let (first, second) = (scene.book(&day(3)).await, scene.book(&day(4)).await);
    scene.server.run_jobs().await;
    let token = scene.server.token(scene.shop.owner);
    let heard = || (scene.server.mails.to(&scene.owner).len(), scene.server.mails.to(GUEST).len());
    let (owner, guest) = heard();

    let body = json!({ "service_id": scene.shop.service, "start_at": "2026-03-05T09:00:00Z",
        "client": { "name": "Ada", "email": GUEST } });
    let entered = scene.server.post("/bookings", &body).bearer_auth(&token).call().await;
    let mut entered: contract::bookings::Booking = entered.json(201);
    let act = async |booking: &contract::bookings::Booking, action: &str, body: serde_json::Value| {
        let answer = scene.act(booking, action, &body).bearer_auth(&token).call().await;
        let changed: contract::bookings::Booking = answer.json(200);
        changed
    };
    scene.server.run_jobs().await;
    assert_eq!(heard(), (owner, guest + 1), "entered");
    entered = act(&entered, "reschedule", json!({ "start_at": "2026-03-06T09:00:00Z" })).await;
    scene.server.advance("20 seconds").await;
    scene.server.run_jobs().await;
    assert_eq!(heard(), (owner, guest + 2), "moved");
    act(&entered, "cancel", json!({})).await;
    act(&first, "confirm", json!({})).await;
    act(&second, "decline", json!({})).await;
    scene.server.run_jobs().await;
    assert_eq!(heard(), (owner, guest + 5), "cancelled, confirmed and declined");
}

#[actix_web::test]
async fn what_is_no_longer_true_is_not_told() {
    let scene = Scene::new().await;
    let booking = scene.book(&json!({})).await;
    // Moved twice and cancelled before any mail went out: only the last is news.
    let first = scene.as_guest(&booking, "reschedule", &json!({ "start_at": "2026-03-04T13:00:00Z" })).await;
    let mut booking = contract::bookings::Booking { manage_token: booking.manage_token, ..first.json(200) };
    let second = scene.as_guest(&booking, "reschedule", &json!({ "start_at": "2026-03-05T13:00:00Z" })).await;
    booking.version = second.json::<contract::bookings::Booking>(200).version;
    assert_eq!(scene.as_guest(&booking, "cancel", &json!({})).await.status, 200);
    let (client, owner) = scene.mails().await;
    assert!(client.subject.starts_with("Cancelled"), "{}", client.subject);
    assert!(owner.subject.starts_with("Cancelled"), "{}", owner.subject);
}

#[actix_web::test]
async fn a_mail_sent_again_is_known_as_the_same() {
    let scene = Scene::new().await;
    let booking = scene.book(&json!({})).await;
    let (client, owner) = scene.mails().await;
    assert_ne!(client.message_id, owner.message_id);
    let mails = api::notifications::booking_mails(
        scene.shop.provider,
        booking.id,
        api::notifications::Notice::Booked,
        0,
        None,
    );
    api::jobs::enqueue(&mut scene.server.db.acquire().await.unwrap(), &mails).await.unwrap();
    let (again, _) = scene.mails().await;
    assert_eq!(again, client);
}

#[actix_web::test]
async fn a_client_without_an_address_gets_no_mail_and_fails_no_job() {
    let scene = Scene::new().await;
    scene.book(&json!({})).await;
    scene.sql("update bookings set client_email = null").await;
    scene.mail(&scene.owner).await;
    assert!(scene.server.mails.to(GUEST).is_empty());
}

#[actix_web::test]
async fn a_name_that_is_an_advertisement_is_not_greeted() {
    let scene = Scene::new().await;
    scene.book(&json!({ "client": { "name": "Win at http://evil.example", "email": GUEST } })).await;
    let mail = scene.mail(GUEST).await;
    does_not_say(&mail, &["evil.example"]);
    says(&mail, &["Hello,"]);
}

#[actix_web::test]
async fn where_it_happens_is_told_for_each_kind_of_place() {
    let scene = Scene::new().await;
    for (setup, start, more, expected) in [
        (
            "location = 'phone', location_detail = ''",
            "2026-03-03T10:00:00Z",
            json!({}),
            "By phone. Corner Shop has your number: +1 212 555 0100",
        ),
        (
            "location = 'customer'",
            "2026-03-03T11:00:00Z",
            json!({ "address": "5 Side Street\nBerlin" }),
            "5 Side Street",
        ),
        ("location = 'online', location_detail = 'Room 7'", "2026-03-03T12:00:00Z", json!({}), "Room 7"),
    ] {
        scene.sql(&format!("update services set {setup}")).await;
        let mut body = json!({ "start_at": start });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        scene.book(&body).await;
        says(&scene.mail(GUEST).await, &[expected]);
    }
}

#[actix_web::test]
async fn lost_links_are_mailed_to_the_address_that_booked() {
    let scene = Scene::new().await;
    let first = scene.book(&json!({})).await;
    let second = scene.book(&json!({ "start_at": "2026-03-04T09:00:00Z" })).await;
    let gone = scene.book(&json!({ "start_at": "2026-03-05T09:00:00Z" })).await;
    assert_eq!(scene.as_guest(&gone, "cancel", &json!({})).await.status, 200);
    let other = json!({ "start_at": "2026-03-06T09:00:00Z", "client": { "name": "Eve", "email": "eve@example.org" } });
    let others = scene.book(&other).await;
    scene.server.run_jobs().await;

    let mut ids = Vec::new();
    for _ in 0..2 {
        let asked =
            scene.server.post("/bookings/manage-links", &json!({ "email": "ADA@example.org" })).call().await;
        assert!(asked.status.is_success(), "{}", asked.text);
        let mail = scene.mail(GUEST).await;
        assert_eq!(mail.subject, "Your booking links");
        for booking in [&first, &second] {
            let token = booking.manage_token.as_deref().unwrap();
            says(&mail, &[&format!("https://appointed.example/manage/{}#{token}", booking.id)]);
        }
        does_not_say(&mail, &[&gone.id.to_string(), &others.id.to_string()]);
        ids.push(mail.message_id);
    }
    assert_ne!(ids[0], ids[1], "each request is a mail of its own");

    let unknown =
        scene.server.post("/bookings/manage-links", &json!({ "email": "nobody@example.org" })).call().await;
    assert!(unknown.status.is_success());
    scene.server.run_jobs().await;
    assert!(scene.server.mails.to("nobody@example.org").is_empty());
}
