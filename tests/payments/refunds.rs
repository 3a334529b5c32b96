//! Money on its way back, and banks that take it.

use super::{World, back, euro, metadata, order};
use integrations::payments::{DisputeState, Processor, ProcessorError, RefundState};

#[tokio::test]
async fn parts_go_back_and_never_more_than_was_paid() {
    let world = World::new();
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    let first = world.stripe.refund(&back(&payment.id, euro(2000)), "refund-1").await.unwrap();
    assert_eq!((first.state, first.amount), (RefundState::Succeeded, euro(2000)));
    assert_eq!((first.payment.as_deref(), &first.metadata), (Some(&*payment.id), &metadata()));
    let again = world.stripe.refund(&back(&payment.id, euro(2000)), "refund-1").await.unwrap();
    assert_eq!(again, first, "the same key is the same refund");
    let other = world.stripe.refund(&back(&payment.id, euro(2001)), "refund-1").await.unwrap_err();
    assert!(
        matches!(&other, ProcessorError::Permanent { code, .. } if code == "idempotency_error"),
        "{other}"
    );

    let too_much = world.stripe.refund(&back(&payment.id, euro(3001)), "refund-2").await.unwrap_err();
    assert!(too_much.to_string().contains("greater than unrefunded amount on charge"), "{too_much}");
    world.stripe.refund(&back(&payment.id, euro(3000)), "refund-3").await.unwrap();
    let gone = world.stripe.refund(&back(&payment.id, euro(1)), "refund-4").await.unwrap_err();
    assert!(
        matches!(&gone, ProcessorError::Permanent { code, .. } if code == "charge_already_refunded"),
        "{gone}"
    );

    let history = world.stripe.history(&payment.id).await.unwrap();
    assert_eq!(history.refunds.iter().map(|refund| refund.amount.minor).collect::<Vec<_>>(), [3000, 2000]);
    assert_eq!(history.payment.charge.unwrap().refunded, euro(5000));
    assert_eq!(world.booked(&payment.id)["refunded"], 5000);
}

#[tokio::test]
async fn a_refund_goes_through_its_states() {
    let world = World::new();
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    for (begins, ends, state) in [
        ("pending", "succeeded", RefundState::Succeeded),
        ("pending", "failed", RefundState::Failed),
        ("requires_action", "canceled", RefundState::Cancelled),
    ] {
        world.sim("refunds/next", &[("status", begins)]);
        let key = format!("refund-{ends}");
        let refund = world.stripe.refund(&back(&payment.id, euro(1000)), &key).await.unwrap();
        let expected = if begins == "pending" { RefundState::Pending } else { RefundState::ActionNeeded };
        assert_eq!(refund.state, expected);
        world.sim(&format!("refunds/{}", refund.id), &[("status", ends)]);
        let refund = world.stripe.history(&payment.id).await.unwrap().refunds.remove(0);
        assert_eq!(refund.state, state);
        assert_eq!(refund.failure.is_some(), state == RefundState::Failed);
    }
    let charge = world.stripe.payment(&payment.id).await.unwrap().charge.unwrap();
    assert_eq!(charge.refunded, euro(1000), "what failed or was called off is back");
    let booked = world.booked(&payment.id);
    assert_eq!((&booked["refunded"], &booked["refund_failed"]), (&1000.into(), &2000.into()));
    // It can be sent once more, with another key.
    world.stripe.refund(&back(&payment.id, euro(4000)), "refund-rest").await.unwrap();
}

#[tokio::test]
async fn a_dispute_takes_the_money_until_it_is_won() {
    let world = World::new();
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    let opened = world.sim("disputes", &[("payment_intent", &payment.id), ("reason", "fraudulent")]);
    let history = world.stripe.history(&payment.id).await.unwrap();
    assert!(history.payment.charge.unwrap().disputed);
    let dispute = &history.disputes[0];
    assert_eq!((dispute.state, dispute.amount), (DisputeState::Open, euro(5000)));
    assert_eq!((&*dispute.reason, dispute.payment.as_ref()), ("fraudulent", Some(&payment.id)));
    let refused = world.stripe.refund(&back(&payment.id, euro(1)), "refund-1").await.unwrap_err();
    assert!(
        matches!(&refused, ProcessorError::Permanent { code, .. } if code == "charge_disputed"),
        "{refused}"
    );

    world.sim(&format!("disputes/{}", opened["id"].as_str().unwrap()), &[("status", "won")]);
    let history = world.stripe.history(&payment.id).await.unwrap();
    assert_eq!(history.disputes[0].state, DisputeState::Won);
    assert_eq!(world.booked(&payment.id)["disputed"], 0);
}

#[tokio::test]
async fn nothing_unpaid_goes_back() {
    let world = World::new();
    let page = world.stripe.open_page(&order(euro(5000)), "open-1").await.unwrap();
    let _ = world.sim.control(&format!("sessions/{}/pay", page.id), &[("card", "pm_card_chargeDeclined")]);
    let payment = world.stripe.page(&page.id).await.unwrap().payment.unwrap();
    let refused = world.stripe.refund(&back(&payment, euro(100)), "refund-1").await.unwrap_err();
    assert!(matches!(refused, ProcessorError::Permanent { .. }), "{refused}");
}
