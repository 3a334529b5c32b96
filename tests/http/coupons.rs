//! Coupons: what they take off, and why one is no good.

use crate::payments;
use crate::support::fixtures;
use crate::support::scene::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::Booking;
use contract::coupons::{Coupon, Coupons, PriceQuote};
use contract::payments::PaymentMode;
use serde_json::{Value, json};
use time::Duration;
use time::format_description::well_known::Rfc3339;

impl Scene {
    async fn make(&self, coupon: Value) -> Answer {
        let path = format!("/providers/{}/coupons", self.shop.provider);
        self.server.post(&path, &coupon).bearer_auth(&self.owner).call().await
    }

    async fn change(&self, coupon: &Coupon, patch: Value) -> Answer {
        let path = format!("/providers/{}/coupons/{}", self.shop.provider, coupon.id);
        let call = self.server.request(reqwest::Method::PATCH, &path).json(&patch);
        call.header("if-match", "*").bearer_auth(&self.owner).call().await
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
        (json!({ "code": "OVER", "percent": 5, "valid_until": at(1) }), "/valid_until", "past"),
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

#[actix_web::test]
async fn limits_can_be_changed_and_lifted() {
    let scene = Scene::open(2).await;
    let at = |days: i64| (scene.day + Duration::days(days)).format(&Rfc3339).unwrap();
    let limits = json!({ "code": "NARROW", "percent": 5, "valid_from": at(1), "valid_until": at(2), "most_uses": 1,
        "most_uses_per_client": 1, "least_price_minor": 9000 });
    let narrow: Coupon = scene.make(limits).await.json(201);
    let same: Coupon = scene.change(&narrow, json!({})).await.json(200);
    assert_eq!(same, narrow, "what is absent stays");
    let refuse = async |patch: Value| refused(&scene.change(&narrow, patch).await);
    assert_eq!(refuse(json!({ "valid_from": at(2) })).await, fault("/valid_until", "order"));
    assert_eq!(refuse(json!({ "most_uses": 0 })).await.0, "/most_uses");
    assert_eq!(refuse(json!({ "most_uses_per_client": 0 })).await.0, "/most_uses_per_client");
    let lower: Coupon =
        scene.change(&narrow, json!({ "least_price_minor": 0, "valid_from": at(-9) })).await.json(200);
    assert_eq!(
        (lower.least_price_minor, lower.most_uses, lower.valid_until),
        (0, Some(1), narrow.valid_until)
    );
    let lifted =
        json!({ "valid_from": null, "valid_until": null, "most_uses": null, "most_uses_per_client": null });
    let lifted: Coupon = scene.change(&narrow, lifted).await.json(200);
    assert_eq!((lifted.valid_from, lifted.valid_until), (None, None));
    assert_eq!((lifted.most_uses, lifted.most_uses_per_client), (None, None));
    let _: Booking = scene.book_with(9, "ada@example.org", "NARROW").await.json(201);
    let _: Booking = scene.book_with(10, "ada@example.org", "NARROW").await.json(201);
}

#[actix_web::test]
async fn amounts_are_of_the_currency_they_were_made_in() {
    let scene = Scene::open(2).await;
    let fixed: Coupon = scene.make(json!({ "code": "TEN", "amount_minor": 1000 })).await.json(201);
    assert_eq!(fixed.currency, "EUR");
    let _: Coupon =
        scene.make(json!({ "code": "LEAST", "percent": 5, "least_price_minor": 1 })).await.json(201);
    let _: Coupon = scene.make(json!({ "code": "SHARE", "percent": 5 })).await.json(201);
    sqlx::query("update providers set currency = 'JPY'").execute(&scene.server.db).await.unwrap();
    for code in ["TEN", "LEAST"] {
        assert_eq!(refused(&scene.price(code).await), fault("?coupon", "currency"));
    }
    let quote: PriceQuote = scene.price("SHARE").await.json(200);
    assert_eq!((quote.discount_minor, quote.currency.as_str()), (250, "JPY"));
}

#[actix_web::test]
async fn who_has_used_it_is_told_before_booking() {
    let scene = Scene::open(2).await;
    let once = json!({ "code": "ONCE", "percent": 5, "most_uses_per_client": 1 });
    let _: Coupon = scene.make(once).await.json(201);
    let ada = fixtures::person(&scene.server.db, "Ada").await;
    let email: String = sqlx::query_scalar("select email::text from users where id = $1")
        .bind(ada)
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    // As a guest, of the address that the account has.
    let _: Booking = scene.book_with(9, &email, "ONCE").await.json(201);
    let call = scene.server.get(&format!("/services/{}/price?coupon=ONCE", scene.shop.service));
    let quote = call.bearer_auth(scene.server.token(ada)).call().await;
    assert_eq!(refused(&quote), fault("?coupon", "used_by_you"));
}

#[actix_web::test]
async fn codes_cannot_be_guessed_by_booking() {
    let scene = Scene::open(2).await;
    let _: Coupon = scene.make(json!({ "code": "RIGHT", "percent": 5 })).await.json(201);
    for turn in 0..60 {
        let answer = scene.book_with(9, "ada@example.org", &format!("WRONG-{turn}")).await;
        assert_eq!(refused(&answer), fault("/coupon", "unknown"));
        // What is refused for another reason, and the right one, cost no try.
        if turn == 0 {
            let _: Booking = scene.book_with(10, "ada@example.org", "RIGHT").await.json(201);
            scene.book_with(10, "ada@example.org", "RIGHT").await.problem("slot_taken");
        }
    }
    scene.book_with(11, "bob@example.org", "RIGHT").await.problem("too_many_requests");
    scene.price("RIGHT").await.problem("too_many_requests");
}

#[actix_web::test]
async fn the_last_use_goes_to_one_of_many_at_once() {
    let scene = Scene::open(2).await;
    sqlx::query("update services set slot_step_minutes = 15, duration_minutes = 15")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let _: Coupon = scene.make(json!({ "code": "LAST", "percent": 50, "most_uses": 1 })).await.json(201);
    let wishes = (0..20).map(|turn: i64| {
        let start = scene.at(9 + turn / 4, turn % 4 * 15);
        let wish = json!({ "service_id": scene.shop.service, "start_at": start, "coupon": "LAST",
            "client": { "name": "Ada", "email": format!("ada{turn}@example.org") } });
        let server = &scene.server;
        async move { server.post("/bookings", &wish).call().await }
    });
    let answers = futures_util::future::join_all(wishes).await;
    let (good, bad): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((good.len(), bad.len()), (1, 19));
    assert!(bad.iter().all(|answer| refused(answer) == fault("/coupon", "used_up")));
    assert_eq!(good[0].json::<Booking>(201).price_minor, 2500);
}

#[actix_web::test]
async fn what_is_paid_when_booking_is_reckoned_after_the_coupon() {
    let scene = payments::Scene::open().await;
    let path = format!("/providers/{}/coupons", scene.shop.provider);
    let coupon = json!({ "code": "FIFTH", "percent": 20 });
    let _: Coupon = scene.server.post(&path, &coupon).bearer_auth(&scene.owner).call().await.json(201);
    let book = async |hour: i64| -> (Booking, String) {
        let start = (scene.day + Duration::hours(hour)).format(&Rfc3339).unwrap();
        let wish = json!({ "service_id": scene.shop.service, "start_at": start, "coupon": "FIFTH",
            "client": { "name": "Ada", "email": "ada@example.org" } });
        let booking: Booking = scene.server.post("/bookings", &wish).call().await.json(201);
        let token = booking.manage_token.clone().unwrap();
        (booking, token)
    };
    let (full, token) = book(10).await;
    assert_eq!((full.price_minor, full.money.due_minor), (4000, 4000));
    assert_eq!(scene.pay(&full, &token).await.money.paid_minor, 4000);
    for (deposit, due) in
        [("deposit_percent = 25", 1000), ("deposit_percent = null, deposit_minor = 4500", 4000)]
    {
        let set = format!("update services set payment_mode = 'deposit', {deposit}");
        sqlx::query(sqlx::AssertSqlSafe(set)).execute(&scene.server.db).await.unwrap();
        let (booking, token) = book(if due == 1000 { 11 } else { 12 }).await;
        assert_eq!((booking.money.mode, booking.money.due_minor), (PaymentMode::Deposit, due));
        let paid = scene.pay(&booking, &token).await;
        assert_eq!((paid.money.paid_minor, paid.price_minor), (due, 4000));
    }
    let charged: Vec<_> =
        scene.bank.charges().iter().filter_map(|charge| charge["captured"].as_i64()).collect();
    assert_eq!(charged.iter().sum::<i64>(), 9000);
}
