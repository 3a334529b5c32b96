//! Refunds: what both sides see of them, and those that the provider gives by hand.

use crate::payments::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents};
use contract::payments::{BookingRefund, RefundCause, RefundState};
use serde_json::{Value, json};

impl Scene {
    /// A booking of 50 euros that is paid, and its token.
    async fn paid(&self, hour: i64) -> (Booking, String) {
        let (booking, token) = self.hold(hour).await;
        (self.pay(&booking, &token).await, token)
    }

    pub(crate) async fn give(&self, booking: &Booking, amount: i64) -> Answer {
        let call = self.server.post(
            &format!("/bookings/{}/refunds", booking.id),
            &json!({
            "amount_minor": amount, "reason": "Started late" }),
        );
        let call = call.header("if-match", format!("\"{}\"", booking.version));
        call.bearer_auth(&self.owner).call().await
    }

    async fn refunds(&self, booking: &Booking) -> Vec<BookingRefund> {
        self.read(booking).await.money.refunds.unwrap()
    }

    async fn as_guest(&self, booking: &Booking, token: &str) -> Booking {
        let path = format!("/bookings/{}", booking.id);
        self.server.get(&path).header("x-manage-token", token).call().await.json(200)
    }
}

fn seen(refunds: &[BookingRefund]) -> Vec<(i64, RefundCause, RefundState)> {
    refunds.iter().map(|refund| (refund.amount_minor, refund.cause, refund.state)).collect()
}

#[actix_web::test]
async fn both_sides_see_what_becomes_of_a_refund() {
    let scene = Scene::open().await;
    let (booking, token) = scene.paid(10).await;
    assert!(scene.refunds(&booking).await.is_empty());
    assert!(booking.actions.contains(&"refund".to_owned()));
    scene.bank.control("refunds/next", &[("status", "pending")]);
    let cancelled = scene.cancel(&booking, &token).await;
    let on_its_way = [(5000, RefundCause::Cancelled, RefundState::Pending)];
    assert_eq!(
        seen(&cancelled.money.refunds.unwrap()),
        on_its_way,
        "the answer to the cancellation shows it"
    );
    scene.settled().await;
    assert_eq!(seen(&scene.refunds(&booking).await), on_its_way);
    let list: Value = {
        let path = format!("/providers/{}/bookings", scene.shop.provider);
        scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200)
    };
    assert_eq!(list["items"][0]["money"]["refunds"], Value::Null, "lists leave it out");
    let at_stripe: String =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&scene.server.db).await.unwrap();
    scene.server.advance("2 days").await;
    scene.bank.control(&format!("refunds/{at_stripe}"), &[("status", "succeeded")]);
    scene.settled().await;
    let arrived = scene.as_guest(&booking, &token).await.money.refunds.unwrap();
    assert_eq!(seen(&arrived), [(5000, RefundCause::Cancelled, RefundState::Succeeded)]);
    assert!(arrived[0].updated_at > arrived[0].created_at);
}

#[actix_web::test]
async fn why_nothing_came_back_is_kept_with_the_cancellation() {
    let scene = Scene::open().await;
    let strict = r#"update providers set policy = '{"kind": "strict"}'"#;
    sqlx::query(strict).execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.paid(10).await;
    // What the provider makes of its policy afterwards explains nothing.
    sqlx::query(r#"update providers set policy = '{"kind": "flexible"}'"#)
        .execute(&scene.server.db)
        .await
        .unwrap();
    scene.cancel(&booking, &token).await;
    assert!(scene.refunds(&booking).await.is_empty());
    let event = scene.last_event(&booking).await;
    let quote = &event.detail["quote"];
    assert_eq!(
        (event.kind.as_str(), &quote["refund_minor"], &quote["kept_minor"]),
        ("cancelled", &json!(0), &json!(5000))
    );
    assert_eq!((&quote["by"], &quote["policy"]["kind"]), (&json!("client"), &json!("strict")));
    assert_eq!(quote["anchor"], json!(booking.start_at.unix_timestamp()));
    assert!(quote["at"].is_i64());
    let (unpaid, token) = scene.hold(12).await;
    scene.cancel(&unpaid, &token).await;
    assert_eq!(scene.last_event(&unpaid).await.detail.get("quote"), None, "nothing was paid");
}

#[actix_web::test]
async fn a_provider_gives_back_by_hand_and_never_more_than_was_paid() {
    let scene = Scene::open().await;
    // Ten days before, a cancellation brings nothing.
    let strict = r#"update providers set policy = '{"kind": "strict"}'"#;
    sqlx::query(strict).execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.paid(10).await;
    scene.server.mails.take();
    for amount in [0, -5] {
        scene.give(&booking, amount).await.problem("invalid_fields");
    }
    let too_much = scene.give(&booking, 5001).await;
    assert_eq!(too_much.problem("invalid_fields").errors[0].pointer, "/amount_minor");
    let given: Booking = scene.give(&booking, 2000).await.json(200);
    assert_eq!((given.money.refunded_minor, given.version), (2000, booking.version + 1));
    scene.give(&booking, 2000).await.problem("version_mismatch");
    scene.settled().await;
    assert_eq!(
        seen(&scene.as_guest(&booking, &token).await.money.refunds.unwrap()),
        [(2000, RefundCause::ByHand, RefundState::Succeeded)]
    );
    let mails = scene.server.mails.to("ada@example.org");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.starts_with("Refund: 20.00 EUR"), "{}", mails[0].subject);
    assert!(mails[0].text.contains("Started late"));

    // What is left, after a cancellation that would bring nothing, too.
    let cancelled = scene.cancel(&given, &token).await;
    assert_eq!(cancelled.money.refunded_minor, 2000);
    scene.give(&cancelled, 3001).await.problem("invalid_fields");
    let all: Booking = scene.give(&cancelled, 3000).await.json(200);
    assert!(!all.actions.contains(&"refund".to_owned()));
    scene.settled().await;
    assert_eq!(scene.bank.charges()[0]["refunded"], 5000);
    assert_eq!(scene.balance("clients").await, 0);
    scene.give(&scene.read(&all).await, 1).await.problem("invalid_fields");
    let path = format!("/bookings/{}/events", booking.id);
    let history: BookingEvents =
        scene.server.get(&path).header("x-manage-token", &token).call().await.json(200);
    let told: Vec<_> = history.items.iter().filter(|event| event.kind == "refunded").collect();
    assert_eq!(told.len(), 2);
    assert_eq!((told[0].actor.as_str(), &told[0].detail["amount_minor"]), ("provider", &json!(2000)));
    assert_eq!(told[0].detail["reason"], "Started late");
}

#[actix_web::test]
async fn only_the_provider_gives_back_and_only_once_for_a_key() {
    let scene = Scene::open().await;
    let (booking, token) = scene.paid(10).await;
    let path = format!("/bookings/{}/refunds", booking.id);
    let body = json!({ "amount_minor": 2000 });
    let asked = || scene.server.post(&path, &body).header("if-match", format!("\"{}\"", booking.version));
    assert_eq!(asked().header("x-manage-token", &token).call().await.status, 401);
    let stranger = scene.server.token(crate::support::fixtures::person(&scene.server.db, "Eve").await);
    assert_eq!(asked().bearer_auth(stranger).call().await.status, 404);
    let unversioned = scene.server.post(&path, &body).bearer_auth(&scene.owner).call().await;
    unversioned.problem("precondition_required");
    let keyed = || asked().bearer_auth(&scene.owner).header("idempotency-key", "one");
    let first: Booking = keyed().call().await.json(200);
    let second: Booking = keyed().call().await.json(200);
    assert_eq!(first, second);
    scene.settled().await;
    assert_eq!(scene.bank.charges()[0]["refunded"], 2000);
}

#[actix_web::test]
async fn a_refund_that_failed_is_told_and_can_be_tried_again() {
    let scene = Scene::open().await;
    let (booking, token) = scene.paid(10).await;
    scene.bank.control("refunds/next", &[("status", "pending")]);
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    let at_stripe: String =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&scene.server.db).await.unwrap();
    scene.server.mails.take();
    scene.bank.control(&format!("refunds/{at_stripe}"), &[("status", "failed")]);
    scene.settled().await;
    let failed = scene.as_guest(&booking, &token).await;
    assert_eq!(failed.money.refunded_minor, 0);
    let refunds = failed.money.refunds.unwrap();
    assert_eq!(seen(&refunds), [(5000, RefundCause::Cancelled, RefundState::Failed)]);
    assert!(!refunds[0].with_platform, "all of the money is in one account");
    let mails = scene.server.mails.take();
    let mut subjects: Vec<_> =
        mails.iter().map(|mail| (mail.subject.as_str(), mail.to.contains("ada"))).collect();
    subjects.sort_unstable();
    let told = [
        ("A refund of 50.00 EUR did not arrive", false),
        ("Your refund of 50.00 EUR has not arrived yet", true),
    ];
    assert_eq!(subjects, told, "both, once");
    let theirs = mails.iter().find(|mail| !mail.to.contains("ada")).unwrap();
    assert!(theirs.text.contains("it is with you and counts as paid again"), "{}", theirs.text);
    let path = format!("/bookings/{}/events", booking.id);
    let history: BookingEvents = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    assert!(history.items.iter().any(|event| event.kind == "refund_failed" && event.actor == "system"));

    let now = scene.read(&booking).await;
    let again: Booking = scene.give(&now, 5000).await.json(200);
    scene.settled().await;
    let states = seen(&scene.refunds(&again).await);
    assert_eq!(states[1], (5000, RefundCause::ByHand, RefundState::Succeeded));
    assert_eq!(scene.balance("clients").await, 0);
}

#[actix_web::test]
async fn nothing_goes_back_by_hand_of_what_was_not_paid() {
    let scene = Scene::open().await;
    let (held, _) = scene.hold(10).await;
    let held = scene.read(&held).await;
    assert!(!held.actions.contains(&"refund".to_owned()));
    scene.give(&held, 100).await.problem("invalid_fields");
}
