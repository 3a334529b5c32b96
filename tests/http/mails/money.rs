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

impl Scene {
    /// A request of 50 euros that are reserved on a card.
    async fn requested(&self) -> (Booking, String) {
        sqlx::query("update services set approval_required = true").execute(&self.server.db).await.unwrap();
        let (booking, token) = self.hold(10).await;
        self.pay(&booking, &token).await;
        (booking, token)
    }

    /// The provider says yes; nothing has been taken yet.
    async fn accept(&self, booking: &Booking) {
        let path = format!("/bookings/{}/confirm", booking.id);
        let call = self.server.request(reqwest::Method::POST, &path).header("if-match", "*");
        call.bearer_auth(&self.owner).call().await.json::<Booking>(200);
    }

    /// The last mail to the client.
    async fn last_mail(&self) -> String {
        self.mailed().await.pop().unwrap()
    }
}

#[actix_web::test]
async fn nothing_is_taken_before_a_request_is_answered() {
    let scene = Scene::open().await;
    let (booking, _) = scene.requested().await;
    let until = "Until Corner Shop answers, nothing is taken from your card, and withdrawing costs nothing. Once it is confirmed:";
    let mail = scene.last_mail().await;
    assert!(mail.contains(until) && mail.contains("all that you paid comes back"), "{mail}");
    scene.accept(&booking).await;
    let mail = scene.last_mail().await;
    assert!(mail.contains("Will be charged to your card now: 50.00 EUR"), "{mail}");
    assert!(!mail.contains("nothing is taken") && mail.contains("all that you paid comes back"), "{mail}");
}

#[actix_web::test]
async fn a_request_that_is_withdrawn_or_declined_is_not_charged() {
    for act in ["cancel", "decline"] {
        let scene = Scene::open().await;
        let (booking, _) = scene.requested().await;
        let path = format!("/bookings/{}/{act}", booking.id);
        let call = scene.server.post(&path, &json!({})).header("if-match", "*");
        call.bearer_auth(&scene.owner).call().await.json::<Booking>(200);
        let mail = scene.last_mail().await;
        assert!(mail.contains("Not charged: 50.00 EUR"), "{mail}");
        assert!(!mail.contains("Refund"), "{mail}");
    }
}

#[actix_web::test]
async fn whoever_cancels_before_the_card_is_charged_gets_no_refund_but_is_not_charged() {
    let scene = Scene::open().await;
    let (booking, token) = scene.requested().await;
    scene.accept(&booking).await;
    scene.cancel(&booking, &token).await;
    let mail = scene.last_mail().await;
    assert!(mail.contains("Not charged: 50.00 EUR") && mail.contains("only reserved on your card"), "{mail}");
    assert!(!mail.contains("Refund"), "{mail}");
    let theirs = scene.server.mails.take().into_iter().rfind(|mail| mail.to != CLIENT).unwrap().text;
    assert!(theirs.contains("only reserved on the card") && !theirs.contains("Refund"), "{theirs}");
    scene.settled().await;
    assert_eq!(scene.bank.charges()[0]["captured"], 0);
    assert!(scene.server.mails.to(CLIENT).is_empty(), "that was all");
}

#[actix_web::test]
async fn what_was_charged_in_the_very_moment_of_a_cancellation_goes_back_and_is_told() {
    let scene = Scene::open().await;
    let (booking, token) = scene.requested().await;
    scene.accept(&booking).await;
    scene.bank.control("deliveries/hold", &[]);
    let intent: String =
        sqlx::query_scalar("select intent_id from payments").fetch_one(&scene.server.db).await.unwrap();
    scene.bank.in_dashboard(&scene.server, &format!("payment_intents/{intent}/capture"), &[]).await;
    scene.cancel(&booking, &token).await;
    scene.server.run_jobs().await;
    scene.server.mails.take();
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    let mail = scene.last_mail().await;
    assert!(
        mail.contains("charged in the very moment") && mail.contains("so 50.00 EUR goes back to you"),
        "{mail}"
    );
    assert_eq!(scene.refund_states().await, [(5000, "cancelled".to_owned(), "succeeded".to_owned())]);
    assert_eq!(scene.balance("clients").await, 0);
}

#[actix_web::test]
async fn whoever_cancels_late_before_the_card_is_charged_reads_both_sums() {
    let scene = Scene::open().await;
    sqlx::query(r#"update providers set policy = '{"kind": "moderate"}'"#)
        .execute(&scene.server.db)
        .await
        .unwrap();
    let (booking, token) = scene.requested().await;
    scene.accept(&booking).await;
    scene.server.advance("8 days").await;
    scene.cancel(&booking, &token).await;
    let mail = scene.last_mail().await;
    assert!(
        mail.contains("Will be charged to your card now: 50.00 EUR") && mail.contains("Refund: 25.00 EUR"),
        "{mail}"
    );
}

#[actix_web::test]
async fn whoever_pays_as_the_appointment_begins_is_told_that_the_money_goes_back() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let page = scene.page(&booking, &token).await;
    scene.bank.control("deliveries/hold", &[]);
    scene.bank.press(&scene.server, &page, "pay").await;
    // It has begun, and the job that lets it lapse is late.
    scene.server.advance("11 days").await;
    sqlx::query("update jobs set run_at = run_at + interval '20 days' where kind like 'bookings.%'")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let path = format!("/bookings/{}/payment/refresh", booking.id);
    let call = scene.server.request(reqwest::Method::POST, &path).header("x-manage-token", &token);
    call.call().await.json::<Booking>(200);
    scene.server.run_jobs().await;
    let mails = scene.server.mails.to(CLIENT);
    assert!(mails.len() == 1 && mails[0].subject.starts_with("Paid too late"), "{mails:?}");
    assert!(mails[0].text.contains("Refund: 50.00 EUR"), "{}", mails[0].text);
    assert_eq!(scene.refund_states().await, [(5000, "late".to_owned(), "succeeded".to_owned())]);
}
