//! Currencies that Stripe counts its own way, all the way through.

use super::{World, back, money, order};
use integrations::payments::{Processor, ProcessorError};

#[tokio::test]
async fn every_kind_of_currency_is_paid_and_refunded() {
    let world = World::new();
    for (minor, part, code, counted) in [
        (5000, 1000, "JPY", 5000),
        (12_340, 5_000, "KWD", 12_340),
        (900, 100, "ISK", 90_000),
        (5000, 1, "UGX", 500_000),
        (250_000, 100, "MGA", 2500),
    ] {
        let payment = world.paid(&order(money(minor, code)), &format!("open-{code}")).await;
        assert_eq!(payment.received, money(minor, code));
        assert_eq!(world.booked(&payment.id)["captured"], counted, "{code}");
        let refund = back(&payment.id, money(part, code));
        let refund = world.stripe.refund(&refund, &format!("refund-{code}")).await.unwrap();
        assert_eq!(refund.amount, money(part, code));
    }
}

#[tokio::test]
async fn a_third_decimal_is_refused_before_anybody_is_asked() {
    let world = World::new();
    let refused = world.stripe.open_page(&order(money(12_345, "KWD")), "open-1").await.unwrap_err();
    assert!(
        matches!(&refused, ProcessorError::Permanent { code, .. } if code == "amount_invalid"),
        "{refused}"
    );
}
