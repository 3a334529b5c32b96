//! Networks break and servers fail: the same key has one effect.

use super::{KEY, World, back, euro, order, way};
use integrations::payments::{Processor, ProcessorError};
use std::time::Duration;

fn is_temporary<T: std::fmt::Debug>(asked: Result<T, ProcessorError>) {
    assert!(matches!(asked, Err(ProcessorError::Temporary(_))), "{asked:?}");
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again() {
    let world = World::new();
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    let refund = back(&payment.id, euro(2000));
    world.sim("faults", &[("kind", "drop_after"), ("count", "2"), ("path", "/v1/refunds")]);
    is_temporary(world.stripe.refund(&refund, "refund-1").await);
    is_temporary(world.stripe.refund(&refund, "refund-1").await);
    let told = world.stripe.refund(&refund, "refund-1").await.unwrap();
    let booked = world.booked(&payment.id);
    assert_eq!(booked["refunds"].as_array().unwrap().len(), 1, "{booked}");
    assert_eq!(booked["refunds"][0]["id"], *told.id);

    world.sim("faults", &[("kind", "drop_after"), ("path", "/v1/checkout/sessions")]);
    is_temporary(world.stripe.open_page(&order(euro(700)), "open-2").await);
    let page = world.stripe.open_page(&order(euro(700)), "open-2").await.unwrap();
    assert_eq!(world.stripe.open_page(&order(euro(700)), "open-2").await.unwrap().id, page.id);
}

#[tokio::test]
async fn what_never_arrived_is_done_once() {
    let world = World::new();
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    let refund = back(&payment.id, euro(2000));
    for fault in [
        &[("kind", "drop_before")][..],
        &[("kind", "status"), ("status", "500")],
        &[("kind", "status"), ("status", "503")],
        &[("kind", "status"), ("status", "429")],
    ] {
        world.sim("faults", fault);
        is_temporary(world.stripe.refund(&refund, "refund-1").await);
    }
    world.stripe.refund(&refund, "refund-1").await.unwrap();
    assert_eq!(world.booked(&payment.id)["refunded"], 2000);
}

#[tokio::test]
async fn a_slow_answer_is_given_up_and_asked_for_again() {
    let world = World::new();
    let hasty = way(world.sim.url(), KEY, true, Duration::from_millis(400));
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    let refund = back(&payment.id, euro(2000));
    world.sim("faults", &[("kind", "stall"), ("ms", "30000"), ("path", "/v1/refunds")]);
    is_temporary(hasty.refund(&refund, "refund-1").await);
    hasty.refund(&refund, "refund-1").await.unwrap();
    assert_eq!(world.booked(&payment.id)["refunded"], 2000);
}

#[tokio::test]
async fn nobody_home_and_a_wrong_key_are_worth_another_try() {
    let nowhere = way("http://127.0.0.1:1", KEY, true, Duration::from_secs(2));
    is_temporary(nowhere.payment("pi_1").await);
    let world = World::new();
    let stranger = way(world.sim.url(), "sk_test_stranger", true, Duration::from_secs(2));
    let refused = stranger.payment("pi_1").await;
    assert!(!format!("{refused:?}").contains("stranger"), "{refused:?}");
    is_temporary(refused);
}
