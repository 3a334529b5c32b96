//! What reconciliation reads.

use super::{World, back, euro, order};
use integrations::payments::{PaymentState, PayoutState, Processor, RefundState};
use time::{Duration, OffsetDateTime};

#[tokio::test]
async fn everything_since_then_is_listed_in_parts() {
    let world = World::new();
    let since = OffsetDateTime::now_utc() - Duration::minutes(1);
    let payment = world.paid(&order(euro(50_000)), "open-1").await;
    for n in 0..103 {
        world.stripe.refund(&back(&payment.id, euro(10)), &format!("refund-{n}")).await.unwrap();
    }
    let first = world.stripe.refunds(since, None).await.unwrap();
    assert_eq!(first.items.len(), 100);
    let rest = world.stripe.refunds(since, first.next.as_deref()).await.unwrap();
    assert_eq!((rest.items.len(), &rest.next), (3, &None));
    assert!(first.items.iter().chain(&rest.items).all(|refund| refund.state == RefundState::Succeeded));
    assert_eq!(world.stripe.history(&payment.id).await.unwrap().refunds.len(), 103);

    let payments = world.stripe.payments(since, None).await.unwrap();
    assert_eq!(payments.items.len(), 1);
    assert_eq!(payments.items[0].state, PaymentState::Paid);
    assert_eq!(payments.items[0].charge.as_ref().unwrap().processor_fee, Some(euro(775)));
    let later = OffsetDateTime::now_utc() + Duration::minutes(1);
    assert!(world.stripe.payments(later, None).await.unwrap().items.is_empty());

    let kinds = |kind: &str, batch: &integrations::payments::Batch<integrations::payments::Event>| {
        batch.items.iter().filter(|event| event.kind == kind).count()
    };
    let events = world.stripe.events(None, since, None).await.unwrap();
    assert_eq!((events.items.len(), events.next.is_some()), (100, true));
    assert!(kinds("refund.created", &events) > 0 && kinds("charge.refunded", &events) > 0);
    let mut last = events.next;
    let mut seen = Vec::new();
    while let Some(after) = last {
        let batch = world.stripe.events(None, since, Some(&after)).await.unwrap();
        last = batch.next.clone();
        seen.extend(batch.items);
    }
    assert!(seen.iter().any(|event| event.kind == "checkout.session.completed"));
    let paid = seen.iter().find(|event| event.kind == "payment_intent.succeeded").unwrap();
    assert_eq!((&paid.object, paid.payment.as_ref()), (&payment.id, Some(&payment.id)));
}

#[tokio::test]
async fn disputes_and_payouts_are_listed() {
    let world = World::new();
    let since = OffsetDateTime::now_utc() - Duration::minutes(1);
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    world.paid(&order(euro(9000)), "open-2").await;
    world.sim("disputes", &[("payment_intent", &payment.id)]);
    let disputes = world.stripe.disputes(since, None).await.unwrap();
    assert_eq!(disputes.items.len(), 1);

    let sent = world.sim("payouts", &[("currency", "eur"), ("amount", "4000")]);
    let payouts = world.stripe.payouts(None, since, None).await.unwrap();
    assert_eq!((payouts.items[0].amount, payouts.items[0].state), (euro(4000), PayoutState::Paid));
    world.sim(&format!("payouts/{}", sent["id"].as_str().unwrap()), &[("status", "failed")]);
    let payouts = world.stripe.payouts(None, since, None).await.unwrap();
    assert_eq!(payouts.items[0].state, PayoutState::Failed);
    assert!(
        world.sim.control("payouts", &[("currency", "eur"), ("amount", "999999")]).is_err(),
        "more than there is"
    );
}
