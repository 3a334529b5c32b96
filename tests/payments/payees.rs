//! Marketplace: accounts of providers, shares and fees.

use super::{World, back, euro, metadata, order};
use integrations::payments::{PageOrder, Payee, PayeeOrder, Processor, ProcessorError, RefundOrder, Split};

const RETURN: &str = "https://book.example.org/payouts?back";
const REFRESH: &str = "https://book.example.org/payouts?again";

async fn onboarded(world: &World) -> Payee {
    let order = PayeeOrder {
        country: "DE".to_owned(),
        email: Some("bo@example.org".to_owned()),
        metadata: metadata(),
    };
    let payee = world.stripe.create_payee(&order, "payee-1").await.unwrap();
    assert_eq!(world.stripe.create_payee(&order, "payee-1").await.unwrap(), payee, "one account for one key");
    assert!(!payee.can_charge && !payee.can_pay_out && payee.missing > 0, "{payee:?}");
    let link = world.stripe.onboarding_link(&payee.id, RETURN, REFRESH).await.unwrap();
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let html = browser.get(&link).send().await.unwrap().text().await.unwrap();
    assert!(html.contains(&payee.id) && html.contains("Demo"), "{html}");
    let press = || browser.post(&link).body("action=finish");
    let answer = press().send().await.unwrap();
    assert_eq!(answer.headers()["location"], RETURN);
    let spent = press().send().await.unwrap();
    assert_eq!(spent.headers()["location"], REFRESH, "the link is good once");
    world.stripe.payee(&payee.id).await.unwrap()
}

fn split(payee: &str, fee: i64) -> PageOrder {
    PageOrder { split: Some(Split { payee: payee.to_owned(), fee: euro(fee) }), ..order(euro(5000)) }
}

#[tokio::test]
async fn a_provider_sets_up_and_receives_a_share() {
    let world = World::new();
    let payee = onboarded(&world).await;
    assert!(
        payee.can_charge && payee.can_pay_out && payee.details_submitted && payee.missing == 0,
        "{payee:?}"
    );
    let payment = world.paid(&split(&payee.id, 500), "open-1").await;
    let charge = payment.charge.unwrap();
    assert_eq!((charge.platform_fee, charge.platform_fee_returned), (Some(euro(500)), Some(euro(0))));
    assert_eq!(charge.payee.as_deref(), Some(&*payee.id));

    let both = RefundOrder { from_payee: true, return_fee: true, ..back(&payment.id, euro(2500)) };
    world.stripe.refund(&both, "refund-1").await.unwrap();
    let charge = world.stripe.payment(&payment.id).await.unwrap().charge.unwrap();
    assert_eq!(charge.platform_fee_returned, Some(euro(250)), "in proportion");
    let kept = RefundOrder { from_payee: true, ..back(&payment.id, euro(2500)) };
    world.stripe.refund(&kept, "refund-2").await.unwrap();
    let booked = world.booked(&payment.id);
    assert_eq!((&booked["reversed"], &booked["application_fee_refunded"]), (&5000.into(), &250.into()));
}

#[tokio::test]
async fn shares_follow_stripes_rules() {
    let world = World::new();
    let payee = onboarded(&world).await;
    for (order, key) in
        [(split("acct_nobody", 0), "nobody"), (split(&payee.id, 5001), "fee above the amount")]
    {
        let refused = world.stripe.open_page(&order, key).await.unwrap_err();
        assert!(matches!(refused, ProcessorError::Permanent { .. }), "{key}: {refused}");
    }
    let plain = world.paid(&order(euro(5000)), "open-1").await;
    for (from_payee, return_fee) in [(true, false), (false, true)] {
        let wrong = RefundOrder { from_payee, return_fee, ..back(&plain.id, euro(100)) };
        let refused = world.stripe.refund(&wrong, &format!("refund-{from_payee}")).await.unwrap_err();
        assert!(matches!(refused, ProcessorError::Permanent { .. }), "{refused}");
    }
    let no_fee = world.paid(&split(&payee.id, 0), "open-2").await;
    assert_eq!(no_fee.charge.unwrap().platform_fee, None, "a fee of nothing is none");

    world.sim(&format!("accounts/{}", payee.id), &[("charges_enabled", "false")]);
    let refused = world.stripe.open_page(&split(&payee.id, 500), "open-3").await.unwrap_err();
    let code = "insufficient_capabilities_for_transfer";
    assert!(matches!(&refused, ProcessorError::Permanent { code: said, .. } if said == code), "{refused}");
}
