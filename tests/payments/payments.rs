//! Pages and payments.

use super::{World, euro, metadata, order};
use integrations::payments::{
    Capture, FormOrder, PageOrder, PageState, PaymentState, Processor, ProcessorError,
};
use time::Duration;

fn code(error: ProcessorError) -> String {
    match error {
        ProcessorError::Permanent { code, .. } => code,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_page_is_opened_paid_and_read() {
    let world = World::new();
    let order = order(euro(5000));
    let page = world.stripe.open_page(&order, "open-1").await.unwrap();
    assert_eq!((page.state, &page.payment), (PageState::Open, &None));
    assert!(page.url.as_deref().unwrap().starts_with(world.sim.url()), "{page:?}");
    assert_eq!(page.expires_at.unwrap().unix_timestamp(), order.expires_at.unix_timestamp());

    world.sim(&format!("sessions/{}/pay", page.id), &[]);
    let page = world.stripe.page(&page.id).await.unwrap();
    assert_eq!((page.state, &page.url), (PageState::Complete, &None));
    let payment = world.stripe.payment(&page.payment.unwrap()).await.unwrap();
    assert_eq!(payment.state, PaymentState::Paid);
    assert_eq!((payment.amount, payment.received), (euro(5000), euro(5000)));
    assert_eq!(payment.metadata, metadata());
    let charge = payment.charge.unwrap();
    assert_eq!((charge.captured, charge.refunded), (euro(5000), euro(0)));
    assert_eq!(charge.processor_fee, Some(euro(100)), "1.5 % and 25 cents");
    assert_eq!((charge.platform_fee, charge.disputed), (None, false));
}

#[tokio::test]
async fn the_price_may_come_later() {
    let world = World::new();
    world.sim("fees/late", &[]);
    let payment = world.paid(&order(euro(5000)), "open-1").await;
    assert_eq!(payment.charge.unwrap().processor_fee, None);
    world.sim("fees/known", &[]);
    let charge = world.stripe.payment(&payment.id).await.unwrap().charge.unwrap();
    assert_eq!(charge.processor_fee, Some(euro(100)));
    let since = time::OffsetDateTime::now_utc() - Duration::minutes(1);
    let events = world.stripe.events(None, since, None).await.unwrap();
    assert_eq!(
        (&*events.items[0].kind, events.items[0].payment.as_ref()),
        ("charge.updated", Some(&payment.id))
    );
}

#[tokio::test]
async fn a_declined_card_leaves_the_page_open() {
    let world = World::new();
    let page = world.stripe.open_page(&order(euro(5000)), "open-1").await.unwrap();
    let pay = format!("sessions/{}/pay", page.id);
    let declined = world.sim.control(&pay, &[("card", "pm_card_chargeDeclined")]);
    assert_eq!(declined.unwrap_err(), "Your card was declined.");
    let page = world.stripe.page(&page.id).await.unwrap();
    assert_eq!(page.state, PageState::Open);
    let payment = world.stripe.payment(&page.payment.unwrap()).await.unwrap();
    assert_eq!((payment.state, payment.failure.as_deref()), (PaymentState::Waiting, Some("generic_decline")));
    assert_eq!(payment.charge, None, "no money moved");
    world.sim(&pay, &[]);
    assert_eq!(world.stripe.payment(&payment.id).await.unwrap().state, PaymentState::Paid);
}

#[tokio::test]
async fn a_page_expires_by_order_or_by_time() {
    let world = World::new();
    let first = world.stripe.open_page(&order(euro(5000)), "open-1").await.unwrap();
    let closed = world.stripe.expire_page(&first.id).await.unwrap();
    assert_eq!(closed.state, PageState::Expired);
    assert_eq!(
        world.stripe.expire_page(&first.id).await.unwrap().state,
        PageState::Expired,
        "once more is fine"
    );
    assert!(world.sim.control(&format!("sessions/{}/pay", first.id), &[]).is_err(), "nobody can pay on it");

    let second = world.stripe.open_page(&order(euro(5000)), "open-2").await.unwrap();
    world.sim("clock", &[("advance", "1900")]);
    assert_eq!(world.stripe.page(&second.id).await.unwrap().state, PageState::Expired);

    let world = World::new();
    let paid = world.stripe.open_page(&order(euro(5000)), "open-3").await.unwrap();
    world.sim(&format!("sessions/{}/pay", paid.id), &[]);
    assert_eq!(
        world.stripe.expire_page(&paid.id).await.unwrap().state,
        PageState::Complete,
        "the payment counts"
    );
}

#[tokio::test]
async fn a_card_is_authorised_first_and_captured_or_released() {
    let world = World::new();
    let later = PageOrder { capture: Capture::Later, ..order(euro(5000)) };
    let payment = world.paid(&later, "open-1").await;
    assert_eq!((payment.state, payment.received), (PaymentState::Authorised, euro(0)));
    assert_eq!(payment.charge.unwrap().captured, euro(0));

    let too_much = world.stripe.capture(&payment.id, Some(euro(5001))).await.unwrap_err();
    assert_eq!(code(too_much), "amount_too_large");
    let taken = world.stripe.capture(&payment.id, None).await.unwrap();
    assert_eq!((taken.state, taken.received), (PaymentState::Paid, euro(5000)));
    assert_eq!(taken.charge.as_ref().unwrap().processor_fee, Some(euro(100)));
    let again = world.stripe.capture(&payment.id, None).await.unwrap();
    assert_eq!(again, taken, "the same key gives the same answer");
    let twice = world.stripe.capture(&payment.id, None).await.unwrap();
    assert_eq!(twice, taken, "done is done");
    let other = world.stripe.capture(&payment.id, Some(euro(4000))).await.unwrap_err();
    assert_eq!(code(other), "payment_intent_unexpected_state");
    let late = world.stripe.release(&payment.id).await.unwrap_err();
    assert_eq!(code(late), "payment_intent_unexpected_state", "what was taken is not let go");

    let part = world.paid(&later, "open-2").await;
    let part = world.stripe.capture(&part.id, Some(euro(2000))).await.unwrap();
    assert_eq!((part.received, part.charge.unwrap().captured), (euro(2000), euro(2000)));

    let unwanted = world.paid(&later, "open-3").await;
    let released = world.stripe.release(&unwanted.id).await.unwrap();
    assert_eq!(released.state, PaymentState::Cancelled);
    assert_eq!(world.stripe.release(&unwanted.id).await.unwrap(), released, "done is done");
    let charge = released.charge.unwrap();
    assert_eq!(
        (charge.captured, charge.refunded),
        (euro(0), euro(0)),
        "nothing was taken, so nothing went back"
    );
    assert_eq!(world.booked(&unwanted.id)["captured"], 0);
}

#[tokio::test]
async fn an_authorisation_lapses_after_seven_days() {
    let world = World::new();
    let later = PageOrder { capture: Capture::Later, ..order(euro(5000)) };
    let payment = world.paid(&later, "open-1").await;
    world.sim("clock", &[("advance", "604700")]);
    assert_eq!(world.stripe.payment(&payment.id).await.unwrap().state, PaymentState::Authorised);
    world.sim("clock", &[("advance", "101")]);
    assert_eq!(world.stripe.payment(&payment.id).await.unwrap().state, PaymentState::Cancelled);
    let late = world.stripe.capture(&payment.id, None).await.unwrap_err();
    assert_eq!(code(late), "payment_intent_unexpected_state");
}

#[tokio::test]
async fn a_form_of_ones_own_gets_its_secret() {
    let world = World::new();
    let order = FormOrder { amount: euro(5000), metadata: metadata(), capture: Capture::Later, split: None };
    let form = world.stripe.prepare(&order, "form-1").await.unwrap();
    assert!(form.client_secret.starts_with(&format!("{}_secret_", form.payment)));
    assert!(!format!("{form:?}").contains("_secret_"), "{form:?}");
    let payment = world.stripe.payment(&form.payment).await.unwrap();
    assert_eq!((payment.state, payment.charge), (PaymentState::Waiting, None));
    assert_eq!(world.stripe.prepare(&order, "form-1").await.unwrap(), form);
    let released = world.stripe.release(&form.payment).await.unwrap();
    assert_eq!(released.state, PaymentState::Cancelled);
}

#[tokio::test]
async fn what_stripe_refuses_is_said_in_its_words() {
    let world = World::new();
    let now = time::OffsetDateTime::now_utc();
    for (order, expected) in [
        (order(euro(49)), "amount_too_small"),
        (order(euro(100_000_000)), "amount_too_large"),
        (PageOrder { success_url: "nowhere".to_owned(), ..order(euro(500)) }, "url_invalid"),
        (PageOrder { email: Some("ann".to_owned()), ..order(euro(500)) }, "email_invalid"),
        (PageOrder { expires_at: now + Duration::minutes(29), ..order(euro(500)) }, "invalid_request_error"),
        (PageOrder { expires_at: now + Duration::hours(25), ..order(euro(500)) }, "invalid_request_error"),
    ] {
        let refused = world.stripe.open_page(&order, &format!("open-{expected}")).await.unwrap_err();
        assert_eq!(code(refused), expected);
    }
    for id in ["pi_nothing", "", "../accounts", "pi_1?x=1", "pi_1/cancel"] {
        assert_eq!(code(world.stripe.payment(id).await.unwrap_err()), "resource_missing", "{id:?}");
    }
}

#[tokio::test]
async fn the_page_speaks_the_language_of_the_client() {
    let world = World::new();
    for (language, word) in [("de", "Bezahlen"), ("de-AT", "Bezahlen"), ("en", "To pay"), ("tlh", "To pay")] {
        let order = PageOrder { language: language.to_owned(), ..order(euro(5000)) };
        let page = world.stripe.open_page(&order, &format!("open-{language}")).await.unwrap();
        let html = reqwest::get(page.url.unwrap()).await.unwrap().text().await.unwrap();
        assert!(html.contains(word) && html.contains("Haircut &amp; beard"), "{language}: {html}");
    }
}
