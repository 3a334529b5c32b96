//! Who is let in, and what the same key means.

use super::{KEY, ask, fresh, get, post};
use stripe_simulator::Settings;

#[actix_web::test]
async fn only_who_has_the_key_is_let_in() {
    let sim = fresh();
    let url = format!("{}/v1/balance", sim.url());
    let stranger = ask(awc::Client::default().get(&url).bearer_auth("sk_test_other"), "").await;
    let nobody = ask(awc::Client::default().get(&url), "").await;
    assert_eq!((stranger.status, nobody.status), (401, 401));
    assert!(!stranger.body.to_string().contains("sk_test"), "{}", stranger.body);
    assert_eq!(get(&sim, "balance").await.status, 200);
    assert_eq!(get(&sim, "weather").await.status, 404);
}

#[actix_web::test]
async fn the_same_key_is_the_same_answer() {
    let sim = fresh();
    let create = async |key: &str, body: &str| {
        let url = format!("{}/v1/payment_intents", sim.url());
        let request =
            awc::Client::default().post(url).bearer_auth(KEY).insert_header(("idempotency-key", key));
        ask(request, body).await
    };
    let first = create("k1", "amount=500&currency=eur&metadata[a]=1&metadata[b]=2").await;
    let again = create("k1", "metadata[b]=2&metadata[a]=1&currency=eur&amount=500").await;
    assert_eq!((first.id(), first.is_replayed), (again.id(), false));
    assert!(again.is_replayed);
    let other = create("k1", "amount=501&currency=eur").await;
    assert_eq!((other.status, other.code()), (400, "idempotency_error"));

    // What made no sense never began, so the key is still good.
    assert_eq!(create("k2", "amount=1&currency=eur").await.code(), "amount_too_small");
    assert_eq!(create("k2", "amount=600&currency=eur").await.status, 200);

    // Keys are good for a day.
    sim.control("clock", &[("advance", "86401")]).unwrap();
    let renewed = create("k1", "amount=500&currency=eur").await;
    assert!(!renewed.is_replayed && renewed.id() != first.id());

    // An error within stays under its key, and so does a refusal of what is begun.
    sim.control("faults", &[("kind", "kept"), ("path", "/v1/payment_intents")]).unwrap();
    let (first, again) =
        (create("k4", "amount=500&currency=eur").await, create("k4", "amount=500&currency=eur").await);
    assert_eq!((first.status, again.status, again.is_replayed), (500, 500, true));
    assert_eq!(create("k5", "amount=500&currency=eur").await.status, 200);

    // A declined card is an answer like any other.
    let declined = "amount=500&currency=eur&payment_method=pm_card_chargeDeclined&confirm=true";
    let (first, again) = (create("k3", declined).await, create("k3", declined).await);
    assert_eq!((first.status, again.status, again.is_replayed), (402, 402, true));
    assert_eq!(sim.control("books", &[]).unwrap()["charges"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_demo_has_no_controls() {
    let sim = super::simulator(Settings { controls: false, ..Settings::new(KEY) });
    for path in ["clock", "books", "deliveries/flush", "events/evt_1/resend"] {
        let told = ask(awc::Client::default().post(format!("{}/_sim/{path}", sim.url())), "").await;
        assert_eq!(told.status, 404, "{path}");
    }
    assert_eq!(post(&sim, "payment_intents", "amount=500&currency=eur").await.status, 200);
}
