//! A booking that becomes one of another service: no second payment for the same money.

use super::Market;
use crate::support::bank::Bank;
use crate::support::fixtures;
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents};
use contract::payments::{PaymentMode, PendingPayment, ServiceChangeQuote};
use contract::slots::SlotList;
use reqwest::Method;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

impl Market {
    /// Another service of the shop, paid at the provider's.
    async fn service(&self, name: &str, minutes: i32, price: i64) -> Uuid {
        let id = fixtures::service(&self.server.db, self.shop.provider, minutes, 1).await;
        sqlx::query("update services set name = $2, price_minor = $3, slot_step_minutes = 30 where id = $1")
            .bind(id)
            .bind(name)
            .bind(price)
            .execute(&self.server.db)
            .await
            .unwrap();
        id
    }

    /// Moves a booking as its client or, without a token, as its provider.
    async fn becomes_one_of(&self, booking: &Booking, service: Uuid, token: Option<&str>) -> Answer {
        let wish = json!({ "start_at": text(booking.start_at), "service_id": service });
        self.reschedule(booking, &wish, token).await
    }

    pub(super) async fn reschedule(&self, booking: &Booking, wish: &Value, token: Option<&str>) -> Answer {
        let version = self.read(booking).await.version;
        let call = self.server.request(Method::POST, &format!("/bookings/{}/reschedule", booking.id));
        let call = call.header("if-match", format!("\"{version}\"")).json(wish);
        match token {
            Some(token) => call.header("x-manage-token", token).call().await,
            None => call.bearer_auth(&self.owner).call().await,
        }
    }

    async fn refused(&self, booking: &Booking, service: Uuid, token: &str, code: &str) {
        let refused = self.becomes_one_of(booking, service, Some(token)).await.problem("invalid_fields");
        assert_eq!((&*refused.errors[0].pointer, &*refused.errors[0].code), ("/service_id", code));
        assert_eq!(self.read(booking).await.service.id, self.shop.service);
    }

    async fn set(&self, service: Uuid, what: &str) {
        let sql = format!("update services set {what} where id = $1");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(service).execute(&self.server.db).await.unwrap();
    }

    async fn went_back(&self) -> Vec<(i64, String, String)> {
        sqlx::query_as("select amount_minor, cause, state from refunds")
            .fetch_all(&self.server.db)
            .await
            .unwrap()
    }
}

pub(super) fn text(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap()
}

async fn on_site() -> (Market, Booking, String) {
    let (server, bank) = Bank::open(&[]).await;
    let market = Market::of(server, bank).await;
    let booking: Booking = market.try_book(10).await.json(201);
    let token = booking.manage_token.clone().unwrap();
    market.settled().await;
    market.server.mails.take();
    (market, booking, token)
}

#[actix_web::test]
async fn without_money_it_is_another_service_price_and_length() {
    let (market, booking, token) = on_site().await;
    let short = market.service("Short visit", 30, 3000).await;
    let changed: Booking = market.becomes_one_of(&booking, short, Some(&token)).await.json(200);
    assert_eq!((changed.service.id, &*changed.service.name), (short, "Short visit"));
    assert_eq!((changed.price_minor, changed.service.duration_minutes), (3000, 30));
    assert_eq!((changed.start_at, changed.money.due_minor), (booking.start_at, 0));
    assert_eq!(market.read(&booking).await.price_minor, 3000);

    let path = format!("/bookings/{}/events", booking.id);
    let events: BookingEvents = market.server.get(&path).bearer_auth(&market.owner).call().await.json(200);
    let moved = &events.items.last().unwrap();
    assert_eq!((&*moved.kind, &moved.detail["from_service"]), ("moved", &json!("Consultation")));
    assert_eq!(
        (&moved.detail["to_service"], &moved.detail["to_price_minor"]),
        (&json!("Short visit"), &json!(3000))
    );
    market.settled().await;
    let mails = market.server.mails.to("ada@example.org");
    assert!(mails.len() == 1 && mails[0].text.contains("It is for Short visit now"), "{mails:?}");

    // Once the rest is noted as paid, it stays at that price until the note is taken back.
    let settle = async |settled: bool| {
        let version = market.read(&booking).await.version;
        let path = format!("/bookings/{}/settle", booking.id);
        let call = market.server.post(&path, &json!({ "settled": settled })).bearer_auth(&market.owner);
        let _: Booking = call.header("if-match", format!("\"{version}\"")).call().await.json(200);
    };
    settle(true).await;
    let twin = market.service("Other short visit", 30, 3000).await;
    let refused = market.becomes_one_of(&booking, market.shop.service, None).await.problem("invalid_fields");
    assert_eq!((&*refused.errors[0].pointer, &*refused.errors[0].code), ("/service_id", "settled"));
    let same: Booking = market.becomes_one_of(&booking, twin, None).await.json(200);
    assert!(same.money.settled_at.is_some());
    settle(false).await;
    let _: Booking = market.becomes_one_of(&booking, short, None).await.json(200);
    market.settled().await;
    market.server.mails.take();

    // What it no longer takes is free, by the time of the new service.
    let service: Uuid =
        sqlx::query_scalar("select service_id from appointments").fetch_one(&market.server.db).await.unwrap();
    assert_eq!(service, short);
    market.set(market.shop.service, "slot_step_minutes = 30").await;
    let start = text(market.day + Duration::minutes(10 * 60 + 30));
    let wish = json!({ "service_id": market.shop.service, "start_at": start,
        "client": { "name": "Bob", "email": "bob@example.org" } });
    let next: Booking = market.server.post("/bookings", &wish).call().await.json(201);

    // A longer one does not fit before it, and nothing has changed then.
    let long = market.service("Long visit", 90, 9000).await;
    market.becomes_one_of(&booking, long, Some(&token)).await.problem("slot_taken");
    assert_eq!(market.read(&booking).await.service.id, short);
    let ends: OffsetDateTime = sqlx::query_scalar("select end_at from bookings where id = $1")
        .bind(booking.id)
        .fetch_one(&market.server.db)
        .await
        .unwrap();
    assert_eq!(ends, next.start_at);
    // The provider changes it together with the time.
    let wish = json!({ "start_at": text(market.day + Duration::hours(13)), "service_id": long });
    let moved: Booking = market.reschedule(&booking, &wish, None).await.json(200);
    assert_eq!((moved.price_minor, moved.service.duration_minutes), (9000, 90));
}

#[actix_web::test]
async fn a_cheaper_one_gives_the_difference_back() {
    let market = Market::ready(&[]).await;
    let (booking, token) = market.paid(10).await;
    let cheap = market.service("Short visit", 30, 3000).await;
    let changed: Booking = market.becomes_one_of(&booking, cheap, Some(&token)).await.json(200);
    let money = &changed.money;
    assert_eq!((changed.price_minor, money.due_minor, money.mode), (3000, 3000, PaymentMode::Full));
    assert_eq!((money.paid_minor, money.refunded_minor), (5000, 2000));
    market.settled().await;
    assert_eq!(market.went_back().await, [(2000, "price".to_owned(), "succeeded".to_owned())]);
    assert_eq!(market.shares().await, (2700, 200));
    assert_eq!(market.bank.charges().len(), 1);

    // What is left is what a cancellation is reckoned by.
    market.act(&booking, "cancel", Some(&token)).await.json::<Booking>(200);
    market.settled().await;
    assert_eq!((market.shares().await, market.balance("clients").await), ((0, -100), 0));
}

#[actix_web::test]
async fn a_dearer_one_leaves_the_difference_to_be_paid_there() {
    let market = Market::ready(&[]).await;
    let (booking, token) = market.paid(10).await;
    let dear = market.service("Long visit", 90, 8000).await;
    market.set(dear, "payment_mode = 'full'").await;
    // A client who prepays nothing more cannot have what is prepaid; the provider can.
    market.refused(&booking, dear, &token, "prepaid").await;
    let changed: Booking = market.becomes_one_of(&booking, dear, None).await.json(200);
    let money = &changed.money;
    assert_eq!((changed.price_minor, money.due_minor, money.mode), (8000, 5000, PaymentMode::Deposit));
    assert_eq!((money.paid_minor, money.refunded_minor), (5000, 0));
    assert_eq!(money.rest_online_minor, Some(3000));
    assert!(market.went_back().await.is_empty());
    let seen = market.read(&booking).await;
    assert!(seen.actions.contains(&"settle".to_owned()), "{:?}", seen.actions);

    // A deposit that is covered by what was paid is one that the client can choose.
    let deposit = market.service("Deposit", 60, 8000).await;
    market.set(deposit, "payment_mode = 'deposit', deposit_percent = 60").await;
    let changed: Booking = market.becomes_one_of(&booking, deposit, Some(&token)).await.json(200);
    assert_eq!((changed.price_minor, changed.money.due_minor), (8000, 5000));
    market.set(deposit, "deposit_percent = 70").await;
    let back: Booking = market.becomes_one_of(&booking, dear, None).await.json(200);
    assert_eq!(back.service.id, dear);
    let refused = market.becomes_one_of(&booking, deposit, Some(&token)).await.problem("invalid_fields");
    assert_eq!(refused.errors[0].code, "prepaid");

    // And back again: nothing is paid or given back twice.
    let back: Booking = market.becomes_one_of(&booking, market.shop.service, Some(&token)).await.json(200);
    assert_eq!((back.price_minor, back.money.due_minor, back.money.mode), (5000, 5000, PaymentMode::Full));
    market.settled().await;
    assert_eq!(market.shares().await, (4500, 400));
}

#[actix_web::test]
async fn the_difference_is_paid_online() {
    let market = Market::ready(&[]).await;
    let (booking, token) = market.paid(10).await;
    market.server.mails.take();
    let dear = market.service("Long visit", 90, 8000).await;
    market.becomes_one_of(&booking, dear, None).await.json::<Booking>(200);
    market.settled().await;
    let mails = market.server.mails.to("ada@example.org");
    let words = "80.00 EUR";
    assert!(mails.len() == 1 && mails[0].text.contains(words), "{mails:?}");
    assert!(mails[0].text.contains("30.00 EUR") && mails[0].text.contains("on the page of your booking"));

    // Without an account that takes charges nobody can pay.
    let can = |charge: bool| sqlx::query("update payment_accounts set can_charge = $1").bind(charge);
    can(false).execute(&market.server.db).await.unwrap();
    assert_eq!(market.read(&booking).await.money.rest_online_minor, Some(0));
    let path = format!("/bookings/{}/payment", booking.id);
    let open = || market.server.post(&path, &json!({})).header("x-manage-token", &token).call();
    open().await.problem("payments_off");
    can(true).execute(&market.server.db).await.unwrap();

    let page = open().await.json::<PendingPayment>(200).page_url.unwrap();
    market.bank.press(&market.server, &page, "pay").await;
    market.settled().await;
    let paid = market.read(&booking).await.money;
    assert_eq!((paid.paid_minor, paid.due_minor, paid.rest_online_minor), (8000, 8000, Some(0)));
    assert_eq!(market.shares().await, (7200, 630));
    // What goes back later takes its share of both.
    market.act(&booking, "cancel", Some(&token)).await.json::<Booking>(200);
    market.settled().await;
    assert_eq!((market.shares().await, market.balance("clients").await), ((0, -170), 0));
}

#[actix_web::test]
async fn a_cheaper_service_is_no_way_round_the_policy() {
    let market = Market::ready(&[]).await;
    sqlx::query(r#"update providers set policy = '{"kind": "moderate"}'"#)
        .execute(&market.server.db)
        .await
        .unwrap();
    let (booking, token) = market.paid(10).await;
    let cheap = market.service("Token", 30, 100).await;
    market.server.advance("7 days").await;
    market.refused(&booking, cheap, &token, "penalty").await;
    assert!(market.went_back().await.is_empty());
    // One that costs no less is fine, and so is what the provider does.
    let same = market.service("Other visit", 60, 5000).await;
    let changed: Booking = market.becomes_one_of(&booking, same, Some(&token)).await.json(200);
    assert_eq!(changed.money.refunded_minor, 0);
    let changed: Booking = market.becomes_one_of(&booking, cheap, None).await.json(200);
    assert_eq!((changed.price_minor, changed.money.refunded_minor), (100, 4900));
}

#[actix_web::test]
async fn what_cannot_be_is_refused_with_its_reason() {
    let (market, booking, token) = on_site().await;
    let other = market.service("Other", 30, 1000).await;
    let foreign = fixtures::shop(&market.server.db, "UTC").await.service;
    market.refused(&booking, foreign, &token, "unknown").await;
    market.refused(&booking, Uuid::now_v7(), &token, "unknown").await;
    for (what, undo, code) in [
        ("status = 'archived'", "status = 'active'", "not_offered"),
        ("location = 'phone'", "location = 'provider'", "needs_phone"),
        ("location = 'customer'", "location = 'provider'", "needs_address"),
        ("approval_required = true", "approval_required = false", "needs_approval"),
        ("payment_mode = 'full'", "payment_mode = 'on_site'", "prepaid"),
    ] {
        market.set(other, what).await;
        market.refused(&booking, other, &token, code).await;
        market.set(other, undo).await;
    }
    let wish = json!({ "start_at": text(booking.start_at), "service_id": other,
        "end_at": text(booking.end_at) });
    let refused = market.reschedule(&booking, &wish, None).await.problem("invalid_fields");
    assert_eq!((&*refused.errors[0].pointer, &*refused.errors[0].code), ("/end_at", "either"));
    let same = market.becomes_one_of(&booking, market.shop.service, Some(&token)).await;
    assert_eq!(same.json::<Booking>(200).version, booking.version, "the same service is no change");
}

#[actix_web::test]
async fn it_is_said_beforehand_what_it_costs_and_when_it_fits() {
    let market = Market::ready(&[]).await;
    let (booking, token) = market.paid(10).await;
    let ask = |service: Uuid, token: Option<String>| {
        let path = format!("/bookings/{}/service-change-quote?service_id={service}", booking.id);
        let call = market.server.get(&path);
        match token {
            Some(token) => call.header("x-manage-token", token).call(),
            None => call.bearer_auth(&market.owner).call(),
        }
    };
    let own = || Some(token.clone());
    let (cheap, dear) =
        (market.service("Short visit", 30, 3000).await, market.service("Long visit", 90, 8000).await);
    for (service, price, back, rest) in
        [(cheap, 3000, 2000, 0), (dear, 8000, 0, 3000), (market.shop.service, 5000, 0, 0)]
    {
        let quote: ServiceChangeQuote = ask(service, own()).await.json(200);
        assert_eq!((quote.price_minor, quote.refund_minor), (price, back));
        assert_eq!((quote.rest_minor, quote.rest_online_minor), (rest, rest));
    }
    // What is refused is refused here as well.
    market.set(dear, "payment_mode = 'full'").await;
    let refused = ask(dear, own()).await.problem("invalid_fields");
    assert_eq!((&*refused.errors[0].pointer, &*refused.errors[0].code), ("?service_id", "prepaid"));
    ask(dear, None).await.json::<ServiceChangeQuote>(200);
    let refused = ask(Uuid::now_v7(), own()).await.problem("invalid_fields");
    assert_eq!((&*refused.errors[0].pointer, &*refused.errors[0].code), ("?service_id", "unknown"));
    ask(cheap, Some("stranger".to_owned())).await.problem("not_found");

    // Its own time is among those of the other service, and what is listed is taken.
    market.try_book(11).await.json::<Booking>(201);
    let day = booking.start_at.date();
    let slots = |service: Uuid| {
        let path = format!("/bookings/{}/slots?from={day}&to={day}&service_id={service}", booking.id);
        market.server.get(&path).header("x-manage-token", &token).call()
    };
    market.set(dear, "payment_mode = 'on_site'").await;
    let starts = |list: &SlotList| -> Vec<OffsetDateTime> {
        list.days.iter().flat_map(|day| &day.slots).map(|slot| slot.start_at).collect()
    };
    let short: SlotList = slots(cheap).await.json(200);
    assert!(starts(&short).contains(&booking.start_at), "{short:?}");
    let long: SlotList = slots(dear).await.json(200);
    assert!(!starts(&long).contains(&booking.start_at), "it does not fit before the next one: {long:?}");
    let at = *starts(&long).last().unwrap();
    let wish = json!({ "start_at": text(at), "service_id": dear });
    let moved: Booking = market.reschedule(&booking, &wish, Some(&token)).await.json(200);
    assert_eq!((moved.start_at, moved.money.rest_online_minor), (at, Some(3000)));
}

#[actix_web::test]
async fn it_waits_for_a_payment_that_is_under_way() {
    let market = Market::ready(&[]).await;
    let booking: Booking = market.try_book(10).await.json(201);
    let token = booking.manage_token.clone().unwrap();
    let other = market.service("Other", 30, 1000).await;
    market.becomes_one_of(&booking, other, Some(&token)).await.problem("invalid_transition");
    market.becomes_one_of(&booking, other, None).await.problem("invalid_transition");
}

#[actix_web::test]
async fn only_the_difference_is_owed_where_all_was_given_back_before() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    let call =
        market.server.post(&format!("/bookings/{}/refunds", booking.id), &json!({ "amount_minor": 5000 }));
    let call = call.header("if-match", format!("\"{}\"", booking.version)).bearer_auth(&market.owner);
    call.call().await.json::<Booking>(200);
    market.settled().await;
    let dear = market.service("Long visit", 90, 8000).await;
    let changed: Booking = market.becomes_one_of(&booking, dear, None).await.json(200);
    assert_eq!((changed.money.due_minor, changed.money.mode), (5000, PaymentMode::Deposit));
    assert_eq!(changed.money.rest_online_minor, Some(3000));
    assert!(changed.actions.contains(&"settle".to_owned()), "{:?}", changed.actions);
}
