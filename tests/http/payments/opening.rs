//! Opening a payment: one page at a time, for as long as it lives, for what a card can carry.

use super::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingStatus};
use contract::payments::{PaymentMode, PendingPayment};
use futures_util::future::{join, join_all};
use reqwest::Method;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

impl Scene {
    async fn open_as(&self, booking: &Booking, token: &str, wish: &Value) -> Answer {
        let path = format!("/bookings/{}/payment", booking.id);
        self.server.post(&path, wish).header("x-manage-token", token).call().await
    }

    /// Since when and until when the only booking is held.
    async fn held(&self) -> (OffsetDateTime, OffsetDateTime) {
        sqlx::query_as("select created_at, hold_expires_at from bookings")
            .fetch_one(&self.server.db)
            .await
            .unwrap()
    }

    async fn at_stripe(&self, path: &str) -> Value {
        self.bank.look(&self.server, path).await
    }
}

#[actix_web::test]
async fn beginning_anew_prolongs_a_hold_only_so_far() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let (form, page) = (json!({ "flow": "form" }), json!({ "flow": "page" }));
    for (wish, wait) in [(&form, "20 minutes"), (&page, "20 minutes"), (&form, "5 minutes")] {
        let opened: PendingPayment = scene.open_as(&booking, &token, wish).await.json(200);
        let (since, until) = scene.held().await;
        assert_eq!(opened.expires_at, Some(until), "the answer tells how long it is held now");
        assert!(until <= since + Duration::minutes(72));
        scene.server.advance(wait).await;
    }
    // The form stays as it is, and can be paid.
    scene.open_as(&booking, &token, &page).await.problem("invalid_transition");
    let again: PendingPayment = scene.open_as(&booking, &token, &form).await.json(200);
    assert!(again.client_secret.is_some());
    let path = format!("payment_intents/{}/confirm", scene.live_intent().await);
    scene.bank.in_dashboard(&scene.server, &path, &[("payment_method", "pm_card_visa")]).await;
    scene.settled().await;
    assert_eq!(scene.read(&booking).await.status, BookingStatus::Confirmed);
}

impl Scene {
    async fn live_intent(&self) -> String {
        sqlx::query_scalar("select intent_id from payments where state = 'open'")
            .fetch_one(&self.server.db)
            .await
            .unwrap()
    }
}

#[actix_web::test]
async fn two_languages_at_once_lead_to_one_page() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let (german, french) = (json!({ "locale": "de" }), json!({ "locale": "fr" }));
    let both = join(scene.open_as(&booking, &token, &german), scene.open_as(&booking, &token, &french));
    let (first, second) = both.await;
    let urls: Vec<String> = [first, second]
        .into_iter()
        .filter(|answer| answer.status == 200)
        .map(|answer| answer.json::<PendingPayment>(200).page_url.unwrap())
        .collect();
    assert!(!urls.is_empty() && urls.iter().all(|url| *url == urls[0]), "{urls:?}");
    let open = scene.at_stripe("checkout/sessions?status=open").await;
    assert_eq!(open["data"].as_array().map(Vec::len), Some(1), "{open}");
}

#[actix_web::test]
async fn page_and_form_at_once_leave_one_way_to_pay() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let (form, page) = (json!({ "flow": "form" }), json!({ "flow": "page" }));
    for _ in 0..6 {
        let all = [&form, &page, &form, &page].map(|wish| scene.open_as(&booking, &token, wish));
        let answers = join_all(all).await;
        assert!(answers.iter().any(|answer| answer.status == 200), "somebody can pay");
        for refused in answers.iter().filter(|answer| answer.status != 200) {
            refused.problem("invalid_transition");
        }
    }
    let live: i64 = sqlx::query_scalar("select count(*) from payments where state in ('new', 'open')")
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    assert_eq!(live, 1);
    // And at the processor too: whatever else was begun cannot be paid.
    let open = scene.at_stripe("checkout/sessions?status=open").await["data"].as_array().unwrap().len();
    let intents = scene.at_stripe("payment_intents?limit=100").await;
    let payable = |intent: &&Value| intent["status"] == "requires_payment_method";
    let forms = intents["data"].as_array().unwrap().iter().filter(payable).count();
    assert_eq!(open + forms, 1, "{intents}");
}

#[actix_web::test]
async fn a_form_takes_cards_alone() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let _: PendingPayment = scene.open_as(&booking, &token, &json!({ "flow": "form" })).await.json(200);
    let intent = scene.at_stripe(&format!("payment_intents/{}", scene.live_intent().await)).await;
    assert_eq!(intent["payment_method_types"], json!(["card"]));
}

#[actix_web::test]
async fn what_is_too_little_for_a_card_is_paid_on_site() {
    let scene = Scene::open().await;
    let patch = |wish: Value| {
        let call = scene.server.request(Method::PATCH, &format!("/services/{}", scene.shop.service));
        call.header("if-match", "*").bearer_auth(&scene.owner).json(&wish)
    };
    for (wish, pointer) in [
        (json!({ "price_minor": 49 }), "/price_minor"),
        (json!({ "price_minor": 4900, "payment_mode": "deposit", "deposit_percent": 1 }), "/deposit_percent"),
    ] {
        let refused = patch(wish).call().await.problem("invalid_fields");
        assert_eq!(
            (refused.errors[0].pointer.as_str(), refused.errors[0].code.as_str()),
            (pointer, "too_little")
        );
    }
    let wish = json!({ "price_minor": 5000, "payment_mode": "deposit", "deposit_percent": 1 });
    let _: Value = patch(wish).call().await.json(200);
    // Half of the price leaves a deposit of 25 cents.
    sqlx::query("update services set price_minor = 2500").execute(&scene.server.db).await.unwrap();
    let booking: Booking = scene.try_book(10, "ada@example.org").await.json(201);
    assert_eq!((booking.status, booking.awaits), (BookingStatus::Confirmed, None));
    assert_eq!((booking.money.due_minor, booking.money.mode), (0, PaymentMode::OnSite));
}

#[actix_web::test]
async fn a_processor_that_cannot_be_asked_is_no_fault_of_ours() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let page = scene.page(&booking, &token).await;
    scene.lose_events();
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.bank.control("faults", &[("kind", "status"), ("path", "/v1/payment_intents")]);
    scene.open_as(&booking, &token, &json!({})).await.problem("unavailable");
}

#[actix_web::test]
async fn nobody_opens_a_payment_without_end() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    for _ in 0..60 {
        scene.open_as(&booking, &token, &json!({})).await.json::<PendingPayment>(200);
    }
    scene.open_as(&booking, &token, &json!({})).await.problem("too_many_requests");
    // Somebody else's booking is none the worse, and a stranger uses nothing up.
    let (other, token) = scene.hold(12).await;
    for _ in 0..2 {
        scene.open_as(&booking, "stranger", &json!({})).await;
    }
    scene.open_as(&other, &token, &json!({})).await.json::<PendingPayment>(200);
}
