//! What was given up is begun again, and one that cannot be done keeps none of the others waiting.

use super::Scene;
use crate::support::server::Call;
use api::jobs::{self, JobContext};
use contract::bookings::{Awaits, Booking, BookingStatus};
use serde_json::json;

impl Scene {
    /// Runs all that is due, whatever comes of it.
    async fn run_whatever_comes(&self) {
        let ctx = JobContext { app: self.server.app.clone(), mailer: self.server.mails.clone() };
        while jobs::run_due(&ctx).await.unwrap() > 0 {}
    }

    async fn look(&self) {
        self.server.look_for_missed_events().await;
        self.run_whatever_comes().await;
    }

    /// All jobs that failed have been tried for the last time.
    async fn give_up(&self) {
        sqlx::query("update jobs set dead_at = app_now() where last_error is not null")
            .execute(&self.server.db)
            .await
            .unwrap();
    }

    async fn with_approval(&self) {
        sqlx::query("update services set approval_required = true").execute(&self.server.db).await.unwrap();
    }

    async fn answer(&self, booking: &Booking, answer: &str) -> Booking {
        let version = self.read(booking).await.version;
        let path = format!("/bookings/{}/{answer}", booking.id);
        let call = self.server.request(reqwest::Method::POST, &path);
        call.header("if-match", format!("\"{version}\"")).bearer_auth(&self.owner).call().await.json(200)
    }

    async fn refresh(&self, booking: &Booking, token: &str) -> Booking {
        let path = format!("/bookings/{}/payment/refresh", booking.id);
        let call = self.server.request(reqwest::Method::POST, &path).header("x-manage-token", token);
        call.call().await.json(200)
    }
}

#[actix_web::test]
async fn a_refund_that_was_given_up_is_sent_in_the_end_and_once() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    // The processor keeps its own error under the key.
    scene.bank.control("faults", &[("kind", "kept"), ("path", "/v1/refunds")]);
    scene.cancel(&booking, &token).await;
    let ctx = JobContext { app: scene.server.app.clone(), mailer: scene.server.mails.clone() };
    while jobs::run_due(&ctx).await.unwrap() > 0 {}
    scene.bank.control("faults/none", &[]);
    scene.give_up().await;
    assert_eq!(scene.refund_states().await, [(5000, "cancelled".to_owned(), "pending".to_owned())]);

    scene.server.advance("20 minutes").await;
    scene.look().await;
    scene.give_up().await;
    scene.server.advance("2 hours").await;
    scene.look().await;
    scene.server.advance("10 minutes").await;
    scene.server.run_jobs().await;
    assert_eq!(scene.refund_states().await, [(5000, "cancelled".to_owned(), "succeeded".to_owned())]);
    assert_eq!(scene.bank.charges()[0]["refunds"].as_array().map(Vec::len), Some(1));
    assert_eq!(scene.balance("clients").await, 0);
}

#[actix_web::test]
async fn a_refund_of_a_payment_that_the_processor_does_not_know_fails() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    sqlx::query("update payments set intent_id = 'pi_gone'").execute(&scene.server.db).await.unwrap();
    scene.cancel(&booking, &token).await;
    scene.server.run_jobs().await;
    assert_eq!(scene.refund_states().await[0].2, "failed");
}

#[actix_web::test]
async fn an_event_whose_handling_was_given_up_is_handled_in_the_end() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let page = scene.page(&booking, &token).await;
    scene.bank.control("faults", &[("kind", "status"), ("count", "50"), ("path", "/v1/payment_intents")]);
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.bank.told().await;
    scene.run_whatever_comes().await;
    scene.bank.control("faults/none", &[]);
    sqlx::query("delete from jobs").execute(&scene.server.db).await.unwrap();
    // The reconciliation has read all events, and the payment itself is not looked at.
    scene.look().await;
    sqlx::query("delete from jobs").execute(&scene.server.db).await.unwrap();
    sqlx::query("update payments set updated_at = app_now() + interval '1 day'")
        .execute(&scene.server.db)
        .await
        .unwrap();
    scene.server.advance("2 hours").await;
    scene.look().await;
    let open: i64 = sqlx::query_scalar("select count(*) from inbound_events where done_at is null")
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    assert_eq!(open, 0);
    assert_eq!(scene.read(&booking).await.money.paid_minor, 5000);
}

#[actix_web::test]
async fn events_of_others_are_nobodys_trouble() {
    let scene = Scene::open().await;
    let event = |id: &str, account: Option<&str>| {
        let mut event = json!({ "id": id, "type": "payment_intent.succeeded", "created": 1,
            "data": { "object": { "id": "pi_of_others", "object": "payment_intent" } } });
        if let Some(account) = account {
            event["account"] = account.into();
        }
        event
    };
    for event in [event("evt_a", Some("acct_of_others")), event("evt_b", None)] {
        let signature = crate::support::bank::signature(&event);
        let call = scene.server.post("/webhooks/stripe", &event).header("stripe-signature", signature);
        assert_eq!(call.call().await.status, 200);
    }
    scene.server.run_jobs().await;
    let done: i64 = sqlx::query_scalar("select count(*) from inbound_events where done_at is not null")
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    assert_eq!(done, 2);
}

#[actix_web::test]
async fn what_could_not_be_taken_for_long_is_taken_in_the_end() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    scene.bank.control("faults", &[("kind", "status"), ("count", "50"), ("path", "/v1/payment_intents")]);
    scene.answer(&booking, "confirm").await;
    scene.run_whatever_comes().await;
    scene.bank.control("faults/none", &[]);
    scene.give_up().await;
    scene.server.advance("1 hour").await;
    scene.look().await;
    assert_eq!(scene.read(&booking).await.money.paid_minor, 5000);
    assert_eq!(scene.bank.charges()[0]["captured"], 5000);
}

#[actix_web::test]
async fn a_booking_that_came_back_keeps_its_authorisation() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    let (booking, token) = scene.hold(10).await;
    let page = scene.page(&booking, &token).await;
    scene.lose_events();
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.server.advance("40 minutes").await;
    // Somebody else's wish ends the hold, and the release of its payment waits.
    scene.try_book(11, "bob@example.org").await.json::<Booking>(201);
    assert_eq!(scene.read(&booking).await.status, BookingStatus::Cancelled);
    let back = scene.refresh(&booking, &token).await;
    assert_eq!((back.status, back.awaits), (BookingStatus::Pending, Some(Awaits::Approval)));
    scene.server.run_jobs().await;
    scene.answer(&booking, "confirm").await;
    scene.server.run_jobs().await;
    assert_eq!(scene.read(&booking).await.money.paid_minor, 5000);
}

#[actix_web::test]
async fn whoever_read_earlier_and_writes_later_takes_nothing_back() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.bank.control("refunds/next", &[("status", "pending")]);
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    let refund: String =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&scene.server.db).await.unwrap();
    scene.bank.control(&format!("refunds/{refund}"), &[("status", "succeeded")]);
    let processor = scene.server.app.payments.as_ref().unwrap().processor.clone();
    let stale = processor.history(&scene.intent().await).await.unwrap();
    scene.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    scene.settled().await;
    let mut db = scene.server.db.acquire().await.unwrap();
    let (provider, id): (uuid::Uuid, uuid::Uuid) =
        sqlx::query_as("select provider_id, id from payments").fetch_one(&mut *db).await.unwrap();
    let payment = api::payments::find(&mut db, provider, id).await.unwrap().unwrap();
    api::payments::record(&mut db, &payment, &stale).await.unwrap();
    assert_eq!(scene.refund_states().await[0].2, "failed");
    assert_eq!(scene.read(&booking).await.money.refunded_minor, 0);
}

#[actix_web::test]
async fn whoever_cancels_before_the_money_is_taken_owes_what_everybody_owes() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    sqlx::query(r#"update providers set policy = '{"kind": "moderate"}'"#)
        .execute(&scene.server.db)
        .await
        .unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.answer(&booking, "confirm").await;
    scene.server.advance("8 days").await;
    // Nothing has been taken yet: the job that does has not run.
    let path = format!("/bookings/{}/cancellation-quote", booking.id);
    let quote: serde_json::Value =
        scene.server.get(&path).header("x-manage-token", &token).call().await.json(200);
    assert_eq!((quote["kept_minor"].as_i64(), quote["refund_minor"].as_i64()), (Some(5000), Some(2500)));
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    let cancelled = scene.read(&booking).await;
    assert_eq!((cancelled.money.paid_minor, cancelled.money.refunded_minor), (5000, 2500));
    assert_eq!(scene.refund_states().await, [(2500, "cancelled".to_owned(), "succeeded".to_owned())]);
    assert_eq!(scene.bank.charges()[0]["refunded"], 2500);
}

#[actix_web::test]
async fn a_late_authorisation_is_let_go_of_and_told() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay_too_late(&booking, &token).await;
    let _: Booking = scene.try_book(10, "bob@example.org").await.json(201);
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    let mails = scene.server.mails.to("ada@example.org");
    assert!(mails.len() == 1 && mails[0].subject.starts_with("Paid too late"), "{mails:?}");
    let states: Vec<String> =
        sqlx::query_scalar("select state from payments").fetch_all(&scene.server.db).await.unwrap();
    assert!(states.contains(&"over".to_owned()), "{states:?}");
}

#[actix_web::test]
async fn whoever_called_the_booking_off_is_told_that_late_money_goes_back() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let page = scene.page(&booking, &token).await;
    scene.lose_events();
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.cancel(&booking, &token).await;
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    assert_eq!(scene.refund_states().await, [(5000, "late".to_owned(), "succeeded".to_owned())]);
    let mails = scene.server.mails.to("ada@example.org");
    assert!(mails.len() == 1 && mails[0].text.contains("no longer stood"), "{mails:?}");
}

/// Somebody pays for a payment of ours once more, past our pages.
async fn pay_outside(scene: &Scene, provider: uuid::Uuid, id: uuid::Uuid) {
    let (provider, id) = (provider.to_string(), id.to_string());
    let form = [
        ("amount", "5000"),
        ("currency", "eur"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
        ("allowed_payment_method_types[0]", "card"),
        ("metadata[provider_id]", provider.as_str()),
        ("metadata[payment_id]", id.as_str()),
    ];
    scene.bank.in_dashboard(&scene.server, "payment_intents", &form).await;
}

#[actix_web::test]
async fn a_second_payment_for_the_same_booking_goes_back() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    let (provider, id): (uuid::Uuid, uuid::Uuid) =
        sqlx::query_as("select provider_id, id from payments").fetch_one(&scene.server.db).await.unwrap();
    pay_outside(&scene, provider, id).await;
    scene.settled().await;
    let mut kept: Vec<i64> = scene
        .bank
        .charges()
        .iter()
        .map(|charge| charge["captured"].as_i64().unwrap() - charge["refunded"].as_i64().unwrap())
        .collect();
    kept.sort_unstable();
    assert_eq!(kept, [0, 5000]);
    let found = api::ledger::check(&scene.server.app, 30).await.unwrap();
    assert!(found.is_empty(), "{found:?}");
}

#[actix_web::test]
async fn what_the_processor_refuses_to_take_is_asked_for_with_each_look_alone() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    let path = format!("/v1/payment_intents/{}/capture", scene.intent().await);
    let fault = [("kind", "status"), ("status", "400"), ("count", "30"), ("path", path.as_str())];
    scene.bank.control("faults", &fault);
    scene.answer(&booking, "confirm").await;
    scene.run_whatever_comes().await;
    assert_eq!(scene.read(&booking).await.money.paid_minor, 0, "it was not asked thirty times");
    scene.bank.control("faults/none", &[]);
    scene.server.advance("1 hour").await;
    scene.look().await;
    assert_eq!(scene.read(&booking).await.money.paid_minor, 5000);
}

#[actix_web::test]
async fn nothing_is_taken_once_the_booking_is_called_off_for_free() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    scene.bank.control("faults", &[("kind", "status"), ("count", "50"), ("path", "/v1/payment_intents")]);
    scene.answer(&booking, "confirm").await;
    scene.run_whatever_comes().await;
    scene.cancel(&booking, &token).await;
    scene.bank.control("faults/none", &[]);
    // The job that takes it comes first.
    sqlx::query("delete from jobs where kind = 'payments.release'").execute(&scene.server.db).await.unwrap();
    scene.run_through_faults().await;
    assert_eq!(scene.bank.charges()[0]["captured"], 0);
    scene.server.advance("1 hour").await;
    scene.look().await;
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    let states: Vec<String> =
        sqlx::query_scalar("select state from payments").fetch_all(&scene.server.db).await.unwrap();
    assert_eq!(states, ["over"]);
    let late = scene.server.mails.to("ada@example.org");
    assert!(late.iter().all(|mail| !mail.subject.starts_with("Paid too late")), "{late:?}");
}

#[actix_web::test]
async fn a_release_from_before_does_not_let_go_of_what_is_owed() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    let strict = r#"update providers set policy = '{"kind": "strict"}'"#;
    sqlx::query(strict).execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.answer(&booking, "confirm").await;
    scene.cancel(&booking, &token).await;
    let (provider_id, payment_id): (uuid::Uuid, uuid::Uuid) =
        sqlx::query_as("select provider_id, id from payments").fetch_one(&scene.server.db).await.unwrap();
    let release = api::payments::jobs::ReleasePayment { provider_id, payment_id };
    sqlx::query("delete from jobs where kind = 'payments.capture'").execute(&scene.server.db).await.unwrap();
    let mut db = scene.server.db.acquire().await.unwrap();
    jobs::enqueue(&mut db, &[release.queued()]).await.unwrap();
    drop(db);
    scene.server.run_jobs().await;
    scene.server.advance("1 hour").await;
    scene.look().await;
    let cancelled = scene.read(&booking).await;
    assert_eq!((cancelled.money.paid_minor, cancelled.money.refunded_minor), (5000, 0));
}

#[actix_web::test]
async fn money_for_what_was_given_up_goes_back() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.page(&booking, &token).await;
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    let (provider, id, state): (uuid::Uuid, uuid::Uuid, String) =
        sqlx::query_as("select provider_id, id, state from payments")
            .fetch_one(&scene.server.db)
            .await
            .unwrap();
    assert_eq!(state, "over");
    pay_outside(&scene, provider, id).await;
    scene.settled().await;
    let charges = scene.bank.charges();
    assert!(charges.iter().all(|charge| charge["captured"] == charge["refunded"]), "{charges:?}");
}

#[actix_web::test]
async fn who_did_not_come_gets_a_part_of_what_is_taken_later() {
    let scene = Scene::open().await;
    scene.with_approval().await;
    sqlx::query("update providers set no_show_percent = 50").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    scene.bank.control("faults", &[("kind", "status"), ("count", "50"), ("path", "/v1/payment_intents")]);
    scene.answer(&booking, "confirm").await;
    scene.run_whatever_comes().await;
    scene.server.advance("10 days 10 hours 30 minutes").await;
    let marked = scene.answer(&booking, "no-show").await;
    assert_eq!((marked.status, marked.money.refunded_minor), (BookingStatus::NoShow, 0));
    scene.bank.control("faults/none", &[]);
    scene.look().await;
    scene.server.run_jobs().await;
    let money = scene.read(&booking).await.money;
    assert_eq!((money.paid_minor, money.refunded_minor), (5000, 2500));
    assert_eq!(scene.refund_states().await, [(2500, "no_show".to_owned(), "succeeded".to_owned())]);
}
