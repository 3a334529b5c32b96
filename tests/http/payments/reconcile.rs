//! What webhooks miss is found, crashes between two steps change nothing, and the books agree.

use super::Scene;
use crate::support::server::Call;
use api::ledger;
use contract::bookings::{Awaits, Booking, BookingStatus, CancelledBy};
use contract::payments::PendingPayment;
use serde_json::json;

impl Scene {
    /// Nobody tells us of what happens from now on.
    pub(crate) fn lose_events(&self) {
        self.bank.control("deliveries/hold", &[]);
    }

    pub(crate) async fn reconcile(&self) {
        self.server.look_for_missed_events().await;
        self.server.run_jobs().await;
        assert_eq!(self.differences().await, Vec::<String>::new());
    }

    async fn differences(&self) -> Vec<String> {
        let found = ledger::check(&self.server.app, 30).await.unwrap();
        found.iter().map(ToString::to_string).collect()
    }

    async fn ask(&self, booking: &Booking, token: &str, flow: &str) -> PendingPayment {
        let path = format!("/bookings/{}/payment", booking.id);
        let call = self.server.post(&path, &json!({ "flow": flow })).header("x-manage-token", token);
        call.call().await.json(200)
    }

    pub(super) async fn intent(&self) -> String {
        sqlx::query_scalar("select intent_id from payments where intent_id is not null")
            .fetch_one(&self.server.db)
            .await
            .unwrap()
    }
}

/// A booking that is paid, and its token; nobody tells us of what happens from now on.
async fn unheard() -> (Scene, Booking, String) {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.server.run_jobs().await;
    scene.lose_events();
    (scene, booking, token)
}

#[actix_web::test]
async fn what_cannot_be_read_is_told_as_that_and_not_as_a_difference() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.bank.control("faults", &[("kind", "status"), ("count", "50"), ("path", "/v1/")]);
    let found = ledger::check(&scene.server.app, 30).await.unwrap();
    assert!(!found.is_empty() && found.iter().all(|line| line.is_unread), "{found:?}");
    let words = ledger::summary(&found).unwrap();
    assert!(words.starts_with("2 lists of the payment processor could not be read"), "{words}");
    assert!(!words.contains("difference"), "{words}");

    // What can be read is compared all the same.
    scene.bank.control("faults/none", &[]);
    sqlx::query("update payments set charge_id = 'ch_other'").execute(&scene.server.db).await.unwrap();
    scene.bank.control("faults", &[("kind", "status"), ("count", "50"), ("path", "/v1/disputes")]);
    let words = ledger::summary(&ledger::check(&scene.server.app, 30).await.unwrap()).unwrap();
    assert!(words.starts_with("2 differences; 1 list of the payment processor could not be read"), "{words}");
    assert_eq!(ledger::summary(&[]), None);
}

#[actix_web::test]
async fn a_payment_that_nobody_told_of_is_found() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let page = scene.page(&booking, &token).await;
    scene.lose_events();
    scene.bank.press(&scene.server, &page, "pay").await;
    assert_eq!(scene.differences().await.len(), 1, "money came in that the book does not know");
    scene.reconcile().await;
    assert_eq!(scene.read(&booking).await.status, BookingStatus::Confirmed);
    assert_eq!(scene.balance("clients").await, -5000);
}

#[actix_web::test]
async fn a_refund_made_in_the_dashboard_is_found() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.reconcile().await;
    scene.lose_events();
    let intent = scene.intent().await;
    scene
        .bank
        .in_dashboard(&scene.server, "refunds", &[("payment_intent", &intent), ("amount", "1200")])
        .await;
    scene.reconcile().await;
    assert_eq!(scene.read(&booking).await.money.refunded_minor, 1200);
    assert_eq!(scene.refund_states().await, [(1200, "outside".to_owned(), "succeeded".to_owned())]);
    // What is left goes back with the cancellation, no more.
    scene.cancel(&booking, &token).await;
    scene.server.run_jobs().await;
    scene.reconcile().await;
    assert_eq!(scene.balance("clients").await, 0);
}

#[actix_web::test]
async fn what_went_back_unheard_leaves_the_rest_to_the_cancellation_and_nothing_reads_as_failed() {
    for outside in [1200, 5000] {
        let (scene, booking, token) = unheard().await;
        let (intent, amount) = (scene.intent().await, outside.to_string());
        let wish = [("payment_intent", &*intent), ("amount", &*amount)];
        scene.bank.in_dashboard(&scene.server, "refunds", &wish).await;
        scene.server.mails.take();
        scene.cancel(&booking, &token).await;
        scene.server.run_jobs().await;
        assert_eq!(scene.read(&booking).await.money.refunded_minor, 5000, "as it was quoted");
        let mut arrived = scene.refund_states().await;
        arrived.retain(|(_, _, state)| state == "succeeded");
        let mut expected = vec![(outside, "outside".to_owned(), "succeeded".to_owned())];
        if outside < 5000 {
            expected.push((5000 - outside, "cancelled".to_owned(), "succeeded".to_owned()));
        }
        arrived.sort();
        expected.sort();
        assert_eq!(arrived, expected);
        let mails = scene.server.mails.take();
        let failed = |mail: &&integrations::mail::Mail| mail.text.contains("arrive");
        assert!(!mails.iter().any(|mail| failed(&mail)), "{mails:?}");
        assert!(
            mails.iter().any(|mail| mail.kind == "refund"),
            "both sides are told of what went back outside"
        );
        let in_all =
            |mail: &&integrations::mail::Mail| mail.text.contains("In all, 50.00 EUR of the 50.00 EUR that");
        assert_eq!(mails.iter().filter(in_all).count(), 2, "what the mails name together: {mails:?}");
        // Told after all, it changes nothing.
        scene.bank.control("deliveries/release", &[]);
        scene.reconcile().await;
        assert_eq!(scene.balance("clients").await, 0);
    }
}

#[actix_web::test]
async fn what_went_back_unheard_leaves_receipts_of_another_rate_of_tax_for_what_was_kept() {
    let scene = Scene::open().await;
    sqlx::query("update services set vat_rate = 1900").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    let cheaper = scene.service(3000, 700).await;
    let (intent, wish) = (scene.intent().await, "4000");
    scene
        .bank
        .in_dashboard(&scene.server, "refunds", &[("payment_intent", &*intent), ("amount", wish)])
        .await;
    scene.becomes_one_of(&booking, cheaper).await;
    scene.run_through_faults().await;
    scene.reconcile().await;
    let money = scene.read(&booking).await.money;
    let receipts = scene.receipts(&booking).await;
    assert_eq!((money.paid_minor, money.refunded_minor), (5000, 5000));
    let gross: Vec<_> = receipts.iter().map(|one| (one.corrects, one.content.gross_minor)).collect();
    let (first, early) = (Some(1), Some(2));
    assert_eq!(gross[..4], [(None, 5000), (first, -2000), (first, -3000), (None, 3000)]);
    assert_eq!(
        gross[4..],
        [(early, 2000), (Some(4), -4000), (Some(5), -1000)],
        "the needless refund has none"
    );
    scene.ask_receipt(&booking).await.problem("invalid_transition");
}

#[actix_web::test]
async fn two_refunds_that_are_both_too_much_leave_what_is_left_to_the_client() {
    let (scene, booking, token) = unheard().await;
    let intent = scene.intent().await;
    assert!(scene.give(&scene.read(&booking).await, 2000).await.status.is_success());
    scene.cancel(&booking, &token).await;
    let wish = [("payment_intent", &*intent), ("amount", "3500")];
    scene.bank.in_dashboard(&scene.server, "refunds", &wish).await;
    scene.run_through_faults().await;
    let mut arrived = scene.refund_states().await;
    arrived.retain(|(_, _, state)| state == "succeeded");
    assert_eq!(arrived.iter().map(|(amount, ..)| amount).sum::<i64>(), 5000, "{arrived:?}");
    assert!(arrived.contains(&(3500, "outside".to_owned(), "succeeded".to_owned())), "{arrived:?}");
    scene.bank.control("deliveries/release", &[]);
    scene.reconcile().await;
    assert_eq!((scene.balance("clients").await, scene.read(&booking).await.money.refunded_minor), (0, 5000));
}

#[actix_web::test]
async fn a_refund_that_is_too_much_by_a_lost_dispute_gives_what_is_left() {
    let (scene, booking, token) = unheard().await;
    let charge = scene.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
    let dispute = scene.bank.control("disputes", &[("charge", &charge), ("amount", "2000")]);
    let id = dispute["id"].as_str().unwrap();
    scene.bank.control(&format!("disputes/{id}"), &[("status", "lost")]);
    scene.server.mails.take();
    scene.cancel(&booking, &token).await;
    scene.run_through_faults().await;
    let mut arrived = scene.refund_states().await;
    arrived.retain(|(_, _, state)| state != "canceled");
    assert_eq!(arrived, [(3000, "cancelled".to_owned(), "succeeded".to_owned())]);
    assert!(!scene.server.mails.take().iter().any(|mail| mail.text.contains("not arrive")));
    scene.bank.control("deliveries/release", &[]);
    scene.reconcile().await;
    assert_eq!((scene.balance("disputes").await, scene.balance("clients").await), (0, 0));
}

#[actix_web::test]
async fn disputes_are_found_and_stand_in_the_book() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    let charge = scene.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
    let dispute = scene.bank.control("disputes", &[("charge", &charge)]);
    let id = dispute["id"].as_str().unwrap();
    assert_eq!(scene.differences().await, [format!("{id}: 5000 is disputed, our book says 0")]);
    scene.reconcile().await;
    assert_eq!(scene.balance("disputes").await, 5000);
    scene.bank.control(&format!("disputes/{id}"), &[("status", "lost")]);
    assert_eq!(scene.differences().await, [format!("{id}: the dispute is lost, our book says open")]);
    scene.reconcile().await;
    assert_eq!((scene.balance("disputes").await, scene.balance("clients").await), (0, 0));
}

#[actix_web::test]
async fn a_refund_whose_answer_was_lost_is_made_once() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.lose_events();
    scene.bank.control("faults", &[("kind", "drop_after"), ("path", "/v1/refunds")]);
    scene.cancel(&booking, &token).await;
    scene.run_through_faults().await;
    // Long after the processor has forgotten the key.
    scene.bank.control("clock", &[("advance", "200000")]);
    scene.run_through_faults().await;
    assert_eq!(scene.bank.charges()[0]["refunds"].as_array().map(Vec::len), Some(1));
    scene.reconcile().await;
    assert_eq!(scene.refund_states().await, [(5000, "cancelled".to_owned(), "succeeded".to_owned())]);
    assert_eq!(scene.balance("clients").await, 0);
}

#[actix_web::test]
async fn a_page_whose_answer_was_lost_is_opened_once() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.bank.control("faults", &[("kind", "drop_after"), ("path", "/v1/checkout/sessions")]);
    let path = format!("/bookings/{}/payment", booking.id);
    let call = scene.server.post(&path, &json!({})).header("x-manage-token", &token);
    call.call().await.problem("unavailable");
    let page = scene.page(&booking, &token).await;
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.settled().await;
    assert_eq!(scene.read(&booking).await.status, BookingStatus::Confirmed);
    scene.reconcile().await;
}

#[actix_web::test]
async fn whoever_changes_the_way_of_paying_pays_once() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let form = scene.ask(&booking, &token, "form").await;
    assert!(form.client_secret.is_some() && form.page_url.is_none());
    let first = scene.intent().await;
    let page = scene.page(&booking, &token).await;
    // The form that is still open somewhere cannot be paid any more.
    let path = format!("payment_intents/{first}/confirm");
    let refused =
        scene.bank.try_in_dashboard(&scene.server, &path, &[("payment_method", "pm_card_visa")]).await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.settled().await;
    assert_eq!(scene.read(&booking).await.money.paid_minor, 5000);
    let taken: i64 = scene.bank.charges().iter().filter_map(|charge| charge["captured"].as_i64()).sum();
    assert_eq!(taken, 5000);
    scene.reconcile().await;
}

#[actix_web::test]
async fn a_booking_whose_money_the_bank_let_go_of_ends() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    let asked = scene.pay(&booking, &token).await;
    assert_eq!(asked.awaits, Some(Awaits::Approval));
    scene.lose_events();
    let path = format!("payment_intents/{}/cancel", scene.intent().await);
    scene.bank.in_dashboard(&scene.server, &path, &[]).await;
    let call = scene.server.request(reqwest::Method::POST, &format!("/bookings/{}/confirm", booking.id));
    let call = call.header("if-match", format!("\"{}\"", asked.version)).bearer_auth(&scene.owner);
    let _: Booking = call.call().await.json(200);
    scene.server.run_jobs().await;
    let ended = scene.read(&booking).await;
    assert_eq!((ended.status, ended.cancelled_by), (BookingStatus::Cancelled, Some(CancelledBy::Expired)));
    let mails = scene.server.mails.to("ada@example.org");
    assert!(mails.iter().any(|mail| mail.subject.starts_with("Not paid")), "{mails:?}");
    // The booking itself tells it from one that nobody paid or answered, and so does its history.
    assert_eq!((ended.money.lost_minor, ended.money.released_minor), (Some(5000), None));
    let last = scene.last_event(&booking).await;
    assert_eq!((last.kind.as_str(), &last.detail), ("expired", &json!({ "lost_minor": 5000 })));
    let _: Booking = scene.try_book(10, "bob@example.org").await.json(201);
    scene.reconcile().await;
}

#[actix_web::test]
async fn the_check_names_what_only_the_processor_knows() {
    let scene = Scene::open().await;
    assert_eq!(scene.differences().await, Vec::<String>::new());
    let form = [
        ("amount", "700"),
        ("currency", "eur"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
        ("payment_method_types[0]", "card"),
    ];
    scene.bank.in_dashboard(&scene.server, "payment_intents", &form).await;
    let found = scene.differences().await;
    assert!(found.len() == 1 && found[0].contains("700"), "{found:?}");
}
