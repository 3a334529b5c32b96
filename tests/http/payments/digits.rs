//! Currencies of which cards do not know every digit.

use super::Scene;
use crate::support::server::{Answer, Call};
use contract::services::Service;
use reqwest::Method;
use serde_json::{Value, json};

impl Scene {
    /// The shop's service in Kuwaiti dinar.
    async fn dinar(&self, service: &Value) -> Answer {
        let path = format!("/services/{}", self.shop.service);
        let call = self.server.request(Method::PATCH, &path).json(service).header("if-match", "*");
        call.bearer_auth(&self.owner).call().await
    }
}

#[actix_web::test]
async fn what_is_paid_by_card_costs_what_cards_can_pay() {
    let scene = Scene::open().await;
    sqlx::query("update providers set currency = 'KWD'").execute(&scene.server.db).await.unwrap();
    let words = "Cards pay in steps of 0.010 KWD: please round this amount.";
    let deposit = json!({ "price_minor": 12_345, "payment_mode": "deposit", "deposit_percent": 33 });
    for odd in [&deposit, &json!({ "price_minor": 12_345 })] {
        let refused = scene.dinar(odd).await.problem("invalid_fields").errors.remove(0);
        assert_eq!((&*refused.pointer, &*refused.code), ("/price_minor", "not_chargeable"));
        assert_eq!(refused.message, words);
    }
    let odd = json!({ "price_minor": 12_340, "payment_mode": "deposit", "deposit_minor": 4_001 });
    let refused = scene.dinar(&odd).await.problem("invalid_fields").errors.remove(0);
    assert_eq!((&*refused.pointer, &*refused.code), ("/deposit_minor", "not_chargeable"));
    // What is paid at the provider's knows every digit.
    scene.dinar(&json!({ "price_minor": 12_345, "payment_mode": "on_site" })).await.json::<Service>(200);
    let round = json!({ "price_minor": 12_340, "payment_mode": "deposit", "deposit_percent": 33 });
    scene.dinar(&round).await.json::<Service>(200);
    let booking: contract::bookings::Booking = scene.try_book(10, "ada@example.org").await.json(201);
    assert_eq!((booking.price_minor, booking.money.due_minor), (12_340, 4_070));
    assert_eq!((booking.price_minor - booking.money.due_minor) % 10, 0, "a card can pay the rest");

    let path = format!("/providers/{}/coupons", scene.shop.provider);
    let coupon = |amount: i64| json!({ "code": "SPRING", "amount_minor": amount });
    let make = |amount| scene.server.post(&path, &coupon(amount)).bearer_auth(&scene.owner);
    let refused = make(1_005).call().await.problem("invalid_fields").errors.remove(0);
    assert_eq!((&*refused.pointer, &*refused.message), ("/amount_minor", words));
    make(1_010).call().await.json::<Value>(201);
}
