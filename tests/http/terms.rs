//! What is agreed about money: policies, tax, what a cancellation would bring back, and what is paid on the spot.

use crate::support::scene::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents};
use contract::payments::{CancellationQuote, PolicyKind};
use contract::providers::ProviderChange;
use contract::services::Service;
use reqwest::Method;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

impl Scene {
    async fn policy(&self, version: i32, policy: Value) -> Answer {
        let path = format!("/providers/{}", self.shop.provider);
        self.server
            .request(Method::PATCH, &path)
            .json(&json!({ "cancellation_policy": policy }))
            .header("if-match", format!("\"{version}\""))
            .bearer_auth(&self.owner)
            .call()
            .await
    }

    /// A guest's booking at ten, and its manage token.
    async fn booked(&self) -> (Booking, String) {
        let booking = self.book(self.shop.service, &self.at(10, 0)).await;
        let token = booking.manage_token.clone().unwrap();
        (booking, token)
    }

    /// As if so much had come in through the payment processor.
    async fn paid(&self, booking: &Booking, minor: i64) {
        sqlx::query("update bookings set paid_minor = $2 where id = $1")
            .bind(booking.id)
            .bind(minor)
            .execute(&self.server.db)
            .await
            .unwrap();
    }

    /// Turns the clock to an instant.
    async fn turn_to(&self, at: OffsetDateTime) {
        let now: OffsetDateTime =
            sqlx::query_scalar("select app_now()").fetch_one(&self.server.db).await.unwrap();
        self.server.advance(&format!("{} milliseconds", (at - now).whole_milliseconds())).await;
    }

    async fn quote(&self, booking: &Booking, token: &str) -> CancellationQuote {
        let path = format!("/bookings/{}/cancellation-quote", booking.id);
        self.server.get(&path).header("x-manage-token", token).call().await.json(200)
    }
}

#[actix_web::test]
async fn a_policy_is_frozen_in_the_booking() {
    let scene = Scene::open(20).await;
    let (before, _) = scene.booked().await;
    assert_eq!(before.money.cancellation_policy.kind, PolicyKind::Flexible);
    assert_eq!(before.money.cancellation_policy.steps.len(), 1, "named policies tell their steps");

    let change: ProviderChange =
        scene.policy(1, json!({ "kind": "moderate", "no_show_refund_percent": 10 })).await.json(200);
    assert_eq!(change.provider.cancellation_policy.steps.len(), 2);
    let path = format!("/bookings/{}", before.id);
    let still: Booking = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    assert_eq!(still.money.cancellation_policy.kind, PolicyKind::Flexible);

    // What an answer says can be sent back as it is.
    let same = serde_json::to_value(&change.provider.cancellation_policy).unwrap();
    let unchanged: ProviderChange = scene.policy(2, same).await.json(200);
    assert_eq!(unchanged.provider.version, 2);
}

#[actix_web::test]
async fn a_ladder_that_is_none_is_refused_at_the_step() {
    let scene = Scene::open(20).await;
    let step = |hours: u32, percent: u32| json!({ "hours_before": hours, "refund_percent": percent });
    let cases = [
        (json!([]), "/cancellation_policy/steps", "length"),
        (json!([step(24, 50), step(48, 20)]), "/cancellation_policy/steps/1/hours_before", "order"),
        (json!([step(48, 20), step(24, 50)]), "/cancellation_policy/steps/1/refund_percent", "order"),
        (json!([step(24, 101)]), "/cancellation_policy/steps/0/refund_percent", "range"),
        (json!([step(9000, 1)]), "/cancellation_policy/steps/0/hours_before", "range"),
    ];
    for (steps, pointer, code) in cases {
        let problem =
            scene.policy(1, json!({ "kind": "custom", "steps": steps })).await.problem("invalid_fields");
        let fault = &problem.errors[0];
        assert_eq!((fault.pointer.as_str(), fault.code.as_str()), (pointer, code));
    }
    // One with a name has its own, and to ignore others would tell clients something else than was meant.
    let wish = json!({ "kind": "flexible", "steps": [step(48, 100)] });
    let problem = scene.policy(1, wish).await.problem("invalid_fields");
    assert_eq!(problem.errors[0].pointer, "/cancellation_policy/steps");
    let steps = json!([step(72, 100), step(2, 25)]);
    let change: ProviderChange = scene.policy(1, json!({ "kind": "custom", "steps": steps })).await.json(200);
    assert_eq!(change.provider.cancellation_policy.steps.len(), 2);
    let _: ProviderChange =
        scene.policy(2, json!({ "kind": "flexible", "steps": [step(24, 100)] })).await.json(200);
}

#[actix_web::test]
async fn a_quote_tells_now_and_what_comes() {
    let scene = Scene::open(20).await;
    let _: ProviderChange = scene.policy(1, json!({ "kind": "moderate" })).await.json(200);
    let (booking, token) = scene.booked().await;
    assert_eq!(scene.quote(&booking, &token).await.refund_minor, 0, "nothing was paid yet");
    scene.paid(&booking, 5000).await;

    let quote = scene.quote(&booking, &token).await;
    let stages: Vec<_> = quote.stages.iter().map(|stage| (stage.until, stage.refund_minor)).collect();
    let start = booking.start_at;
    assert_eq!(
        stages,
        [(Some(start - Duration::days(5)), 5000), (Some(start - Duration::hours(24)), 2500), (None, 0)]
    );
    assert_eq!((quote.refund_minor, quote.stage, quote.currency.as_str()), (5000, 0, "EUR"));

    scene.turn_to(start - Duration::days(3)).await;
    let later = scene.quote(&booking, &token).await;
    assert_eq!((later.refund_minor, later.stage), (2500, 1));

    // The provider who cancels gives everything back.
    let path = format!("/bookings/{}/cancellation-quote", booking.id);
    let whole: CancellationQuote = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    assert_eq!((whole.refund_minor, whole.stages.len()), (5000, 1));

    scene.turn_to(start + Duration::hours(1)).await;
    scene.server.get(&path).header("x-manage-token", &token).call().await.problem("invalid_transition");
    scene.server.get(&path).call().await.problem("not_found");
}

#[actix_web::test]
async fn moving_cannot_put_a_penalty_off() {
    let scene = Scene::open(20).await;
    let (booking, token) = scene.booked().await;
    scene.paid(&booking, 5000).await;
    let move_to = async |booking: &Booking, days: i64| -> Booking {
        let start = (booking.start_at + Duration::days(days)).format(&Rfc3339).unwrap();
        scene
            .server
            .post(&format!("/bookings/{}/reschedule", booking.id), &json!({ "start_at": start }))
            .header("if-match", format!("\"{}\"", booking.version))
            .header("x-manage-token", &token)
            .call()
            .await
            .json(200)
    };
    let moved = move_to(&booking, 2).await;
    assert_eq!(
        scene.quote(&booking, &token).await.stages[0].until,
        Some(moved.start_at - Duration::hours(24))
    );

    // A few hours before the start nothing would come back, and so it stays.
    scene.turn_to(moved.start_at - Duration::hours(5)).await;
    assert_eq!(scene.quote(&booking, &token).await.refund_minor, 0);
    let again = move_to(&moved, 7).await;
    assert_eq!(scene.quote(&again, &token).await.refund_minor, 0);
}

#[actix_web::test]
async fn what_is_paid_on_the_spot_can_be_noted() {
    let scene = Scene::open(20).await;
    let (booking, token) = scene.booked().await;
    let settle = async |booking: &Booking, settled: bool| {
        let path = format!("/bookings/{}/settle", booking.id);
        let call = scene.server.post(&path, &json!({ "settled": settled }));
        call.header("if-match", format!("\"{}\"", booking.version)).bearer_auth(&scene.owner).call().await
    };
    let settled: Booking = settle(&booking, true).await.json(200);
    assert!(settled.money.settled_at.is_some() && settled.actions.contains(&"unsettle".to_owned()));
    let repeated: Booking = settle(&settled, true).await.json(200);
    assert_eq!(repeated.version, settled.version, "what is so already stays as it is");
    let open: Booking = settle(&settled, false).await.json(200);
    assert!(open.money.settled_at.is_none() && open.actions.contains(&"settle".to_owned()));

    let path = format!("/bookings/{}/events", booking.id);
    let history: BookingEvents = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    let kinds: Vec<_> = history.items.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["booked", "settled", "unsettled"]);

    let path = format!("/bookings/{}", booking.id);
    let seen: Booking = scene.server.get(&path).header("x-manage-token", &token).call().await.json(200);
    assert!(!seen.actions.iter().any(|action| action.contains("settle")), "the client has no say in it");

    sqlx::query("update bookings set price_minor = 0").execute(&scene.server.db).await.unwrap();
    settle(&open, true).await.problem("invalid_transition");
}

#[actix_web::test]
async fn the_tax_inside_a_price_is_told() {
    let scene = Scene::open(20).await;
    let path = format!("/services/{}", scene.shop.service);
    let service: Service = scene
        .server
        .request(Method::PATCH, &path)
        .json(&json!({ "vat_rate": 1900, "price_minor": 11_900 }))
        .header("if-match", "\"1\"")
        .bearer_auth(&scene.owner)
        .call()
        .await
        .json(200);
    assert_eq!(service.vat_rate, Some(1900));
    let (booking, _) = scene.booked().await;
    assert_eq!((booking.money.vat_rate, booking.money.vat_minor), (Some(1900), Some(1900)));
}
