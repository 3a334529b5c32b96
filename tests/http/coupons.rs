//! Coupons: what they take off, and why one is no good.

use crate::support::scene::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::Booking;
use contract::coupons::{Coupon, Coupons, PriceQuote};
use serde_json::{Value, json};
use time::Duration;
use time::format_description::well_known::Rfc3339;

impl Scene {
    async fn make(&self, coupon: Value) -> Answer {
        let path = format!("/providers/{}/coupons", self.shop.provider);
        self.server.post(&path, &coupon).bearer_auth(&self.owner).call().await
    }

    async fn price(&self, coupon: &str) -> Answer {
        self.server.get(&format!("/services/{}/price?coupon={coupon}", self.shop.service)).call().await
    }

    async fn book_with(&self, hour: i64, email: &str, coupon: &str) -> Answer {
        let start = self.at(hour, 0);
        let wish = json!({ "service_id": self.shop.service, "start_at": start, "coupon": coupon,
            "client": { "name": "Ada", "email": email } });
        self.server.post("/bookings", &wish).call().await
    }
}

fn refused(answer: &Answer) -> (String, String) {
    let problem = answer.problem("invalid_fields");
    (problem.errors[0].pointer.clone(), problem.errors[0].code.clone())
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

#[actix_web::test]
async fn what_is_quoted_is_what_the_booking_costs() {
    let scene = Scene::open(2).await;
    let coupon: Coupon = scene.make(json!({ "code": "Welcome-15", "percent": 15 })).await.json(201);
    let quote: PriceQuote = scene.price("welcome-15").await.json(200);
    assert_eq!((quote.price_minor, quote.discount_minor), (4250, 750));

    let booking: Booking = scene.book_with(9, "ada@example.org", "WELCOME-15").await.json(201);
    assert_eq!((booking.price_minor, booking.money.discount_minor), (4250, 750));
    let path = format!("/providers/{}/coupons", scene.shop.provider);
    let list: Coupons = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    assert_eq!((list.items[0].id, list.items[0].uses), (coupon.id, 1));

    let _: Coupon = scene.make(json!({ "code": "MORE", "amount_minor": 9_000 })).await.json(201);
    let free: PriceQuote = scene.price("more").await.json(200);
    assert_eq!((free.price_minor, free.discount_minor), (0, 5000), "never more than the price");
}

#[actix_web::test]
async fn limits_hold_and_a_cancellation_gives_the_use_back() {
    let scene = Scene::open(2).await;
    let limits = json!({ "code": "TWICE", "amount_minor": 1000, "most_uses": 2, "most_uses_per_client": 1 });
    let _: Coupon = scene.make(limits).await.json(201);
    let first: Booking = scene.book_with(9, "ada@example.org", "TWICE").await.json(201);
    assert_eq!(
        refused(&scene.book_with(10, "Ada@example.org", "TWICE").await),
        fault("/coupon", "used_by_you")
    );
    let _: Booking = scene.book_with(11, "bob@example.org", "TWICE").await.json(201);
    assert_eq!(refused(&scene.book_with(12, "cleo@example.org", "TWICE").await), fault("/coupon", "used_up"));

    let cancel = scene.server.post(&format!("/bookings/{}/cancel", first.id), &json!({}));
    let cancel = cancel.header("if-match", "\"1\"").bearer_auth(&scene.owner).call().await;
    let _: Booking = cancel.json(200);
    let _: Booking = scene.book_with(12, "ada@example.org", "TWICE").await.json(201);
}

#[actix_web::test]
async fn a_coupon_says_why_it_is_no_good() {
    let scene = Scene::open(2).await;
    let at = |days: i64| (scene.day + Duration::days(days)).format(&Rfc3339).unwrap();
    let _: Coupon =
        scene.make(json!({ "code": "LATER", "percent": 5, "valid_from": at(10) })).await.json(201);
    let _: Coupon = scene
        .make(json!({ "code": "SOON-OVER", "percent": 5, "valid_until": at(1), "least_price_minor": 5001 }))
        .await
        .json(201);
    assert_eq!(refused(&scene.price("NOPE").await), fault("?coupon", "unknown"));
    assert_eq!(refused(&scene.price("LATER").await), fault("?coupon", "not_yet"));
    assert_eq!(refused(&scene.price("SOON-OVER").await), fault("?coupon", "price_too_low"));
    scene.server.advance("4 days").await;
    assert_eq!(refused(&scene.price("SOON-OVER").await), fault("?coupon", "over"));

    for (coupon, pointer, code) in [
        (json!({ "code": "x", "percent": 5 }), "/code", "code"),
        (json!({ "code": "NOTHING" }), "/percent", "required"),
        (json!({ "code": "BOTH", "percent": 5, "amount_minor": 5 }), "/percent", "either"),
        (json!({ "code": "later", "percent": 5 }), "/code", "taken"),
        (
            json!({ "code": "BACK", "percent": 5, "valid_from": at(2), "valid_until": at(1) }),
            "/valid_until",
            "order",
        ),
    ] {
        assert_eq!(refused(&scene.make(coupon).await), fault(pointer, code));
    }
}

#[actix_web::test]
async fn an_archived_coupon_is_unknown() {
    let scene = Scene::open(2).await;
    let coupon: Coupon = scene.make(json!({ "code": "GONE", "percent": 5 })).await.json(201);
    let path = format!("/providers/{}/coupons/{}", scene.shop.provider, coupon.id);
    let patch = async |active: bool, version: i32| {
        let call = scene.server.request(reqwest::Method::PATCH, &path).json(&json!({ "active": active }));
        call.header("if-match", format!("\"{version}\"")).bearer_auth(&scene.owner).call().await
    };
    let archived: Coupon = patch(false, 1).await.json(200);
    assert!(!archived.active);
    assert_eq!(refused(&scene.price("GONE").await), fault("?coupon", "unknown"));
    patch(true, 1).await.problem("version_mismatch");
    let _: Coupon = patch(true, 2).await.json(200);
    let _: PriceQuote = scene.price("GONE").await.json(200);
}
