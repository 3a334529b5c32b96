//! Paying the rest online: a second payment of a booking that stands, which nothing waits for.

use super::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents, BookingStatus};
use contract::page::Page;
use contract::payments::{PaymentMode, PendingPayment};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

impl Scene {
    /// A booking of 80 euros, 20 of which were paid ahead.
    pub(crate) async fn with_deposit() -> (Self, Booking, String) {
        let scene = Self::open().await;
        let sql = "update services set payment_mode = 'deposit', deposit_minor = 2000, price_minor = 8000";
        sqlx::query(sql).execute(&scene.server.db).await.unwrap();
        let (booking, token) = scene.hold(10).await;
        let booking = scene.pay(&booking, &token).await;
        assert_eq!(booking.status, BookingStatus::Confirmed);
        (scene, booking, token)
    }

    async fn open_rest(&self, booking: &Booking, token: &str, wish: &Value) -> Answer {
        let path = format!("/bookings/{}/payment", booking.id);
        self.server.post(&path, wish).header("x-manage-token", token).call().await
    }

    async fn rest_page(&self, booking: &Booking, token: &str) -> String {
        let opened: PendingPayment = self.open_rest(booking, token, &json!({})).await.json(200);
        opened.page_url.unwrap()
    }

    pub(crate) async fn pay_rest(&self, booking: &Booking, token: &str) -> Booking {
        let page = self.rest_page(booking, token).await;
        self.bank.press(&self.server, &page, "pay").await;
        self.settled().await;
        self.read(booking).await
    }

    /// Pays the rest, but we hear of it only when [`hear`](Self::hear) is called.
    async fn pay_rest_unheard(&self, booking: &Booking, token: &str) {
        let page = self.rest_page(booking, token).await;
        self.bank.control("deliveries/hold", &[]);
        self.bank.press(&self.server, &page, "pay").await;
    }

    async fn hear(&self) {
        self.bank.tell(&self.server, "given", "2").await;
        self.run_through_faults().await;
        self.bank.tell(&self.server, "given", "1").await;
        self.run_through_faults().await;
    }

    async fn act(&self, booking: &Booking, act: &str, body: &Value) -> Answer {
        let version = self.read(booking).await.version;
        let call = self.server.post(&format!("/bookings/{}/{act}", booking.id), body);
        call.header("if-match", format!("\"{version}\"")).bearer_auth(&self.owner).call().await
    }

    async fn payment_states(&self) -> Vec<(i64, String)> {
        sqlx::query_as("select amount_minor, state from payments order by created_at, id")
            .fetch_all(&self.server.db)
            .await
            .unwrap()
    }

    async fn page_at_stripe(&self) -> String {
        sqlx::query_scalar("select page_id from payments where is_rest order by created_at desc limit 1")
            .fetch_one(&self.server.db)
            .await
            .unwrap()
    }

    async fn on_receipts(&self) -> i64 {
        sqlx::query_scalar("select coalesce(sum(amount_minor), 0)::bigint from receipts")
            .fetch_one(&self.server.db)
            .await
            .unwrap()
    }

    async fn books_agree(&self) {
        let found = api::ledger::check(&self.server.app, 30).await.unwrap();
        assert!(found.is_empty(), "{found:?}");
    }
}

#[actix_web::test]
async fn a_deposit_is_followed_by_the_rest() {
    let (scene, booking, token) = Scene::with_deposit().await;
    assert_eq!(booking.money.rest_online_minor, Some(6000));
    let path = format!("/bookings/{}", booking.id);
    let own: Booking = scene.server.get(&path).header("x-manage-token", &token).call().await.json(200);
    assert_eq!(own.money.rest_online_minor, Some(6000));

    let opened: PendingPayment = scene.open_rest(&booking, &token, &json!({})).await.json(200);
    assert_eq!((opened.amount_minor, opened.expires_at), (6000, None));
    let again: PendingPayment = scene.open_rest(&booking, &token, &json!({})).await.json(200);
    assert_eq!((again.id, &again.page_url), (opened.id, &opened.page_url));
    assert_eq!(scene.read(&booking).await, booking, "nothing changes before the money is there");

    let paid = scene.pay_rest(&booking, &token).await;
    let money = &paid.money;
    assert_eq!((money.paid_minor, money.due_minor, money.mode), (8000, 8000, PaymentMode::Full));
    assert_eq!((money.rest_online_minor, paid.version), (Some(0), booking.version + 1));
    assert!(!paid.actions.contains(&"settle".to_owned()), "{:?}", paid.actions);
    scene.open_rest(&booking, &token, &json!({})).await.problem("invalid_transition");
    let events: BookingEvents =
        scene.server.get(&format!("{path}/events")).bearer_auth(&scene.owner).call().await.json(200);
    let last = events.items.last().unwrap();
    assert_eq!((&*last.kind, &last.detail["amount_minor"]), ("paid", &json!(6000)));
    assert_eq!((scene.on_receipts().await, scene.balance("clients").await), (8000, -8000));
    scene.books_agree().await;

    // Called off in time, both go back.
    let quote: Value = scene
        .server
        .get(&format!("{path}/cancellation-quote"))
        .header("x-manage-token", &token)
        .call()
        .await
        .json(200);
    assert_eq!(quote["refund_minor"], 8000);
    let cancelled = scene.cancel(&booking, &token).await;
    assert_eq!(cancelled.money.refunded_minor, 8000);
    scene.settled().await;
    let back: Vec<_> =
        scene.refund_states().await.into_iter().map(|(minor, _, state)| (minor, state)).collect();
    assert_eq!(back, [(6000, "succeeded".to_owned()), (2000, "succeeded".to_owned())]);
    assert_eq!((scene.on_receipts().await, scene.balance("clients").await), (0, 0));
    scene.books_agree().await;
}

#[actix_web::test]
async fn both_sides_are_told_that_the_rest_is_paid() {
    let (scene, booking, token) = Scene::with_deposit().await;
    scene.server.mails.take();
    scene.pay_rest(&booking, &token).await;
    let owner: String = sqlx::query_scalar("select email::text from users where id = $1")
        .bind(scene.shop.owner)
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    let sides = [
        (
            "ada@example.org",
            "We received 60.00 EUR for your appointment at Corner Shop. Nothing is left to pay.",
        ),
        (owner.as_str(), "Ada paid 60.00 EUR online. Nothing is left to pay."),
    ];
    for (address, words) in sides {
        let mails = scene.server.mails.to(address);
        let [mail] = &mails[..] else { panic!("one mail to {address}: {}", mails.len()) };
        assert!(mail.subject.starts_with("Paid: 60.00 EUR for "), "{}", mail.subject);
        assert!(mail.text.contains(words), "{}", mail.text);
    }
    // Hearing of it again tells nobody anything.
    scene.settled().await;
    assert_eq!(scene.server.mails.take().len(), 2, "those that were read");
    let path = format!("/bookings/{}/events", booking.id);
    let events: BookingEvents = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    let paid: Vec<_> = events.items.iter().filter(|event| event.kind == "paid").collect();
    let amounts: Vec<_> = paid.iter().map(|event| event.detail["amount_minor"].as_i64()).collect();
    assert_eq!(amounts, [Some(2000), Some(6000)], "each payment tells how much it was");
}

#[actix_web::test]
async fn nobody_else_pays_it_and_nothing_that_is_not_owed() {
    let (scene, booking, token) = Scene::with_deposit().await;
    let path = format!("/bookings/{}/payment", booking.id);
    scene.server.post(&path, &json!({})).bearer_auth(&scene.owner).call().await.problem("not_found");
    scene.open_rest(&booking, "stranger", &json!({})).await.problem("not_found");
    let list = format!("/providers/{}/bookings", scene.shop.provider);
    let list: Page<Booking> = scene.server.get(&list).bearer_auth(&scene.owner).call().await.json(200);
    assert_eq!(list.items[0].money.rest_online_minor, None, "lists do not say");

    // What the provider takes at the appointment alone is paid there.
    sqlx::query("update services set payment_mode = 'on_site', deposit_minor = null")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let on_site: Booking = scene.try_book(12, "bob@example.org").await.json(201);
    let own = on_site.manage_token.clone().unwrap();
    assert_eq!((on_site.price_minor, on_site.money.rest_online_minor), (8000, Some(0)));
    scene.open_rest(&on_site, &own, &json!({})).await.problem("invalid_transition");
    // Who has paid a deposit can go on all the same, until the end.
    assert_eq!(scene.read(&booking).await.money.rest_online_minor, Some(6000));
    scene.server.advance("11 days").await;
    scene.open_rest(&booking, &token, &json!({})).await.problem("invalid_transition");
    assert_eq!(scene.read(&booking).await.money.rest_online_minor, Some(0));
}

#[actix_web::test]
async fn a_page_that_lapsed_is_begun_anew() {
    let (scene, booking, token) = Scene::with_deposit().await;
    let first = scene.rest_page(&booking, &token).await;
    let expire = format!("checkout/sessions/{}/expire", scene.page_at_stripe().await);
    scene.bank.in_dashboard(&scene.server, &expire, &[]).await;
    scene.settled().await;
    assert_eq!(scene.payment_states().await[1], (6000, "over".to_owned()));
    let second = scene.rest_page(&booking, &token).await;
    assert_ne!(first, second);

    // Also where we were not told, and a card was declined before.
    scene.bank.control("deliveries/hold", &[]);
    scene.bank.press(&scene.server, &second, "decline").await;
    let expire = format!("checkout/sessions/{}/expire", scene.page_at_stripe().await);
    scene.bank.in_dashboard(&scene.server, &expire, &[]).await;
    let third = scene.rest_page(&booking, &token).await;
    assert_ne!(second, third);
    scene.hear().await;
    assert_eq!(scene.read(&booking).await.money.rest_online_minor, Some(6000));

    // By its time alone, a form included.
    let form: PendingPayment = scene.open_rest(&booking, &token, &json!({ "flow": "form" })).await.json(200);
    assert!(form.client_secret.is_some());
    let over = "update payments set page_expires_at = now() - interval '1 second', updated_at = app_now() - interval '1 hour'
        where state = 'open'";
    sqlx::query(over).execute(&scene.server.db).await.unwrap();
    scene.server.look_for_missed_events().await;
    scene.run_through_faults().await;
    assert!(scene.payment_states().await[1..].iter().all(|(_, state)| state == "over"));
    scene.bank.control("deliveries/release", &[]);
    assert_eq!(scene.pay_rest(&booking, &token).await.money.paid_minor, 8000);
    scene.books_agree().await;
}

#[actix_web::test]
async fn what_is_paid_there_meanwhile_closes_the_page() {
    let (scene, booking, token) = Scene::with_deposit().await;
    let page = scene.rest_page(&booking, &token).await;
    let _: Booking = scene.act(&booking, "settle", &json!({ "settled": true })).await.json(200);
    scene.settled().await;
    assert_eq!(scene.payment_states().await[1].1, "over");
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.settled().await;
    assert_eq!(scene.read(&booking).await.money.paid_minor, 2000);
    scene.open_rest(&booking, &token, &json!({})).await.problem("invalid_transition");

    // It was not so, and is paid online after all.
    let undone: Booking = scene.act(&booking, "settle", &json!({ "settled": false })).await.json(200);
    assert_eq!(undone.money.rest_online_minor, Some(6000));
    assert_eq!(scene.pay_rest(&booking, &token).await.money.paid_minor, 8000);
}

#[actix_web::test]
async fn what_is_paid_twice_goes_back() {
    let (scene, booking, token) = Scene::with_deposit().await;
    scene.server.mails.take();
    scene.pay_rest_unheard(&booking, &token).await;
    let _: Booking = scene.act(&booking, "settle", &json!({ "settled": true })).await.json(200);
    scene.hear().await;
    let seen = scene.read(&booking).await;
    let money = &seen.money;
    assert_eq!((money.paid_minor, money.refunded_minor, money.due_minor), (8000, 6000, 2000));
    assert_eq!(scene.refund_states().await, [(6000, "overpaid".to_owned(), "succeeded".to_owned())]);
    assert_eq!((scene.on_receipts().await, scene.balance("clients").await), (2000, -2000));
    let mails = scene.server.mails.to("ada@example.org");
    assert!(mails.len() == 1 && mails[0].subject.starts_with("Refund: 60.00 EUR"), "{mails:?}");
    assert!(mails[0].text.contains("came when nothing was left to pay"), "{}", mails[0].text);
    // Where the note was wrong, the rest is owed as before.
    let undone: Booking = scene.act(&booking, "settle", &json!({ "settled": false })).await.json(200);
    assert_eq!(undone.money.rest_online_minor, Some(6000));
    scene.books_agree().await;
}

#[actix_web::test]
async fn what_comes_for_a_booking_that_was_called_off_goes_back() {
    for act in ["cancel", "no-show"] {
        let (scene, booking, token) = Scene::with_deposit().await;
        scene.pay_rest_unheard(&booking, &token).await;
        let kept = if act == "no-show" {
            scene.server.advance("10 days 10 hours 30 minutes").await;
            2000
        } else {
            0
        };
        let _: Booking = scene.act(&booking, act, &json!({})).await.json(200);
        scene.hear().await;
        let money = scene.read(&booking).await.money;
        assert_eq!((money.paid_minor, money.paid_minor - money.refunded_minor), (8000, kept), "{act}");
        assert_eq!(scene.balance("clients").await, -kept);
        assert_eq!(scene.on_receipts().await, kept);
        scene.books_agree().await;
    }
}

#[actix_web::test]
async fn what_went_back_at_the_processor_before_we_heard_is_not_taken_from_the_deposit() {
    for (at_the_processor, more) in [("700", Some(5300)), ("6000", None)] {
        let (scene, booking, token) = Scene::with_deposit().await;
        scene.pay_rest_unheard(&booking, &token).await;
        scene.server.advance("10 days 10 hours 30 minutes").await;
        let _: Booking = scene.act(&booking, "no-show", &json!({})).await.json(200);
        let charges = scene.bank.charges();
        let rest = charges.iter().find(|charge| charge["captured"] == 6000).unwrap();
        let form = [("charge", rest["charge"].as_str().unwrap()), ("amount", at_the_processor)];
        scene.bank.in_dashboard(&scene.server, "refunds", &form).await;
        scene.bank.control("deliveries/release", &[]);
        scene.settled().await;

        let money = scene.read(&booking).await.money;
        assert_eq!((money.paid_minor, money.paid_minor - money.refunded_minor), (8000, 2000));
        let overpaid = scene.refund_states().await.into_iter().find(|(_, cause, _)| cause == "overpaid");
        assert_eq!(overpaid.map(|(minor, ..)| minor), more);
        let mails = scene.server.mails.to("ada@example.org");
        let refunds = mails.iter().filter(|mail| mail.subject.starts_with("Refund:"));
        let (overpaid, outside): (Vec<_>, Vec<_>) =
            refunds.partition(|mail| mail.text.contains("came when nothing was left to pay"));
        assert_eq!((overpaid.len(), outside.len()), (usize::from(more.is_some()), 1), "each is told once");
        let charges = scene.bank.charges();
        let deposit = charges.iter().find(|charge| charge["captured"] == 2000).unwrap();
        assert_eq!(deposit["refunded"], 0);
        assert_eq!((scene.on_receipts().await, scene.balance("clients").await), (2000, -2000));
        scene.books_agree().await;
    }
}

#[actix_web::test]
async fn another_service_makes_it_another_rest() {
    let (scene, booking, token) = Scene::with_deposit().await;
    let other = crate::support::fixtures::service(&scene.server.db, scene.shop.provider, 60, 1).await;
    let page = scene.rest_page(&booking, &token).await;
    let wish = json!({ "start_at": booking.start_at.format(&super::Rfc3339).unwrap(), "service_id": other });
    let changed: Booking = scene.act(&booking, "reschedule", &wish).await.json(200);
    assert_eq!((changed.price_minor, changed.money.rest_online_minor), (5000, Some(3000)));
    // The page with the old amount closes; who opens it anew before that gets the new one.
    let opened: PendingPayment = scene.open_rest(&booking, &token, &json!({})).await.json(200);
    assert_eq!(opened.amount_minor, 3000);
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.settled().await;
    assert_eq!(scene.read(&booking).await.money.paid_minor, 2000);

    // Paid in the very moment, what is too much goes back.
    scene.pay_rest_unheard(&booking, &token).await;
    let cheap: Uuid = crate::support::fixtures::service(&scene.server.db, scene.shop.provider, 60, 1).await;
    sqlx::query("update services set price_minor = 4000 where id = $1")
        .bind(cheap)
        .execute(&scene.server.db)
        .await
        .unwrap();
    let wish = json!({ "start_at": booking.start_at.format(&super::Rfc3339).unwrap(), "service_id": cheap });
    let _: Booking = scene.act(&booking, "reschedule", &wish).await.json(200);
    scene.server.mails.take();
    scene.hear().await;
    let money = scene.read(&booking).await.money;
    assert_eq!((money.paid_minor, money.refunded_minor, money.due_minor), (5000, 1000, 4000));
    assert_eq!(money.rest_online_minor, Some(0));
    let mails = scene.server.mails.to("ada@example.org");
    let mails: Vec<_> = mails.into_iter().filter(|mail| mail.kind != "booking").collect();
    let [mail] = &mails[..] else { panic!("one mail tells all of it: {}", mails.len()) };
    assert!(mail.subject.starts_with("Refund: 10.00 EUR"), "{}", mail.subject);
    let text = &mail.text;
    assert!(text.contains("You paid 30.00 EUR") && text.contains("only 20.00 EUR was left to pay"), "{text}");
    assert!(text.contains("10.00 EUR of it goes back") && !text.contains("nothing was left"), "{text}");
    scene.books_agree().await;
}

#[actix_web::test]
async fn what_a_bank_disputes_is_not_what_goes_back() {
    let (scene, booking, token) = Scene::with_deposit().await;
    scene.pay_rest(&booking, &token).await;
    let charges = scene.bank.charges();
    let rest = charges.iter().find(|charge| charge["captured"] == 6000).unwrap();
    scene.bank.control("disputes", &[("charge", rest["charge"].as_str().unwrap())]);
    scene.settled().await;
    assert_eq!(scene.read(&booking).await.money.disputed_minor, 6000);
    let _: Booking = scene.act(&booking, "refunds", &json!({ "amount_minor": 1500 })).await.json(200);
    scene.settled().await;
    assert_eq!(scene.refund_states().await, [(1500, "by_hand".to_owned(), "succeeded".to_owned())]);
    let charges = scene.bank.charges();
    let deposit = charges.iter().find(|charge| charge["captured"] == 2000).unwrap();
    assert_eq!(deposit["refunded"], 1500);
    scene.books_agree().await;
}

#[actix_web::test]
async fn what_is_on_a_receipt_gets_no_second_one() {
    let (scene, booking, token) = Scene::with_deposit().await;
    let path = format!("/bookings/{}/receipts", booking.id);
    let ask = || scene.server.request(Method::POST, &path).bearer_auth(&scene.owner).call();
    ask().await.json::<Value>(201);
    assert_eq!(scene.on_receipts().await, 8000);
    scene.pay_rest(&booking, &token).await;
    assert_eq!(scene.on_receipts().await, 8000);
    ask().await.problem("invalid_transition");
}
