//! What mails say of money, and of a time that is not paid yet.

use crate::payments::Scene;
use crate::support::server::Call;
use contract::bookings::Booking;
use serde_json::json;
use time::Duration;
use time::format_description::well_known::Rfc3339;

const CLIENT: &str = "ada@example.org";

impl Scene {
    /// Sends what is due now and gives the texts of the mails to the client.
    async fn mailed(&self) -> Vec<String> {
        self.server.run_jobs().await;
        self.server.mails.to(CLIENT).into_iter().map(|mail| mail.text).collect()
    }
}

#[actix_web::test]
async fn a_paid_booking_tells_what_was_paid_and_what_comes_back() {
    let scene = Scene::open().await;
    sqlx::query("update services set payment_mode = 'deposit', deposit_percent = 30")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let (booking, token) = scene.hold(10).await;
    let booking = scene.pay(&booking, &token).await;
    let mail = scene.mailed().await.remove(0);
    for line in ["Price: 50.00 EUR", "Paid: 15.00 EUR", "Still to pay: 35.00 EUR"] {
        assert!(mail.contains(line), "{line} in {mail}");
    }
    assert!(mail.contains("or now on the page of your booking"), "{mail}");
    assert!(mail.contains("all that you paid comes back"), "{mail}");
    assert!(mail.contains("After that nothing comes back"), "{mail}");

    // What was given back before was told before.
    let refund =
        scene.server.post(&format!("/bookings/{}/refunds", booking.id), &json!({ "amount_minor": 500 }));
    let refund = refund.header("if-match", "*").bearer_auth(&scene.owner).call().await;
    refund.json::<Booking>(200);
    scene.settled().await;
    scene.server.mails.take();
    scene.cancel(&booking, &token).await;
    let mail = scene.mailed().await.remove(0);
    assert!(mail.contains("Refund: 10.00 EUR"), "{mail}");
}

#[actix_web::test]
async fn nobody_hears_of_a_hold_that_moves() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let later = (booking.start_at + Duration::hours(2)).format(&Rfc3339).unwrap();
    let path = format!("/bookings/{}/reschedule", booking.id);
    let call = scene.server.post(&path, &json!({ "start_at": later })).header("if-match", "*");
    let moved: Booking = call.header("x-manage-token", &token).call().await.json(200);
    let back = booking.start_at.format(&Rfc3339).unwrap();
    let call = scene.server.post(&path, &json!({ "start_at": back })).header("if-match", "*");
    call.bearer_auth(&scene.owner).call().await.json::<Booking>(200);
    scene.server.advance("1 minute").await;
    scene.server.run_jobs().await;
    assert!(scene.server.mails.take().is_empty(), "it is not booked yet");

    scene.pay(&moved, &token).await;
    assert_eq!(scene.mailed().await.len(), 1, "now it is");
}

#[actix_web::test]
async fn a_request_that_moves_is_still_only_reserved() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    assert!(scene.mailed().await[0].contains("Reserved on your card: 50.00 EUR"));
    scene.server.mails.take();
    let later = (booking.start_at + Duration::hours(2)).format(&Rfc3339).unwrap();
    let path = format!("/bookings/{}/reschedule", booking.id);
    let call = scene.server.post(&path, &json!({ "start_at": later })).header("if-match", "*");
    call.header("x-manage-token", &token).call().await.json::<Booking>(200);
    let mail = scene.mailed().await.remove(0);
    assert!(mail.contains("Reserved on your card: 50.00 EUR"), "{mail}");
}
