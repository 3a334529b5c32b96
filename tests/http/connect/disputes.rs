//! A client goes to the bank instead of to the provider.

use super::Market;
use crate::support::bank::Bank;
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents};
use contract::ledger::{Balances, Transaction, TransactionKind};
use contract::page::Page;
use contract::payments::{CancellationQuote, RefundCause, RefundState};
use contract::receipts::{ReceiptKind, Receipts};
use serde_json::json;

impl Market {
    async fn dispute(&self) -> String {
        let charge = self.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
        let dispute = self.bank.control("disputes", &[("charge", &charge), ("reason", "fraudulent")]);
        self.settled().await;
        dispute["id"].as_str().unwrap().to_owned()
    }

    async fn decided(&self, dispute: &str, status: &str) {
        self.bank.control(&format!("disputes/{dispute}"), &[("status", status)]);
        self.settled().await;
    }

    /// What the booking's history says of disputes.
    async fn disputed(&self, booking: &Booking) -> Vec<String> {
        let path = format!("/bookings/{}/events", booking.id);
        let events: BookingEvents = self.server.get(&path).bearer_auth(&self.owner).call().await.json(200);
        let events = events.items.into_iter().filter(|event| event.kind == "disputed");
        events
            .map(|event| {
                assert_eq!((event.actor.as_str(), &event.detail["amount_minor"]), ("system", &5000.into()));
                assert_eq!(event.detail["reason"], "fraudulent");
                event.detail["state"].as_str().unwrap().to_owned()
            })
            .collect()
    }

    /// The subjects of mails about disputes, all of which go to the provider.
    async fn told(&self) -> Vec<String> {
        let owner: String = sqlx::query_scalar("select email::text from users where id = $1")
            .bind(self.shop.owner)
            .fetch_one(&self.server.db)
            .await
            .unwrap();
        let mails = self.server.mails.take().into_iter();
        let mails = mails.filter(|mail| mail.subject.to_lowercase().contains("dispute"));
        mails
            .map(|mail| {
                assert_eq!(mail.to, owner);
                mail.subject
            })
            .collect()
    }

    async fn own(&self, path: &str) -> Answer {
        self.server.get(&self.path(path)).bearer_auth(&self.owner).call().await
    }

    async fn one_account() -> Self {
        let (server, bank) = Bank::open(&[]).await;
        let market = Self::of(server, bank).await;
        market.prepay().await.json::<serde_json::Value>(200);
        market
    }
}

#[actix_web::test]
async fn a_dispute_that_is_won_gives_the_money_back() {
    let market = Market::one_account().await;
    let (booking, _) = market.paid(10).await;
    assert_eq!(market.balance("provider_balance").await, 4900, "the processor has its price");
    let dispute = market.dispute().await;
    assert_eq!(market.disputed(&booking).await, ["opened"]);
    assert_eq!(market.told().await, ["Payment disputed: 50.00 EUR of Ada"]);
    assert_eq!((market.balance("provider_balance").await, market.balance("disputes").await), (-100, 5000));

    // Stripe gives nothing of it back, so nothing is promised.
    let path = format!("/bookings/{}/cancellation-quote", booking.id);
    let quote = market.server.get(&path).bearer_auth(&market.owner).call().await;
    assert_eq!(quote.json::<CancellationQuote>(200).refund_minor, 0);
    let seen = market.read(&booking).await;
    assert_eq!((seen.money.disputed_minor, seen.actions.contains(&"refund".to_owned())), (5000, false));
    assert_eq!(seen.money.taken_back_minor, None, "the bank has not decided");
    let call =
        market.server.post(&format!("/bookings/{}/refunds", booking.id), &json!({ "amount_minor": 100 }));
    let call = call.header("if-match", format!("\"{}\"", seen.version)).bearer_auth(&market.owner);
    assert_eq!(call.call().await.problem("invalid_fields").errors[0].code, "disputed");

    // What changes nothing is told to nobody.
    market.decided(&dispute, "under_review").await;
    assert_eq!(market.disputed(&booking).await, ["opened"]);
    market.decided(&dispute, "won").await;
    assert_eq!(market.disputed(&booking).await, ["opened", "won"]);
    assert_eq!(market.told().await, ["Dispute won: 50.00 EUR of Ada"]);
    assert_eq!((market.balance("provider_balance").await, market.balance("disputes").await), (4900, 0));
    let quote = market.server.get(&path).bearer_auth(&market.owner).call().await;
    assert_eq!(quote.json::<CancellationQuote>(200).refund_minor, 5000);
}

#[actix_web::test]
async fn a_dispute_that_is_lost_leaves_it_with_the_client() {
    let market = Market::one_account().await;
    let (booking, _) = market.paid(10).await;
    let dispute = market.dispute().await;
    market.decided(&dispute, "lost").await;
    assert_eq!(market.disputed(&booking).await, ["opened", "lost"]);
    assert_eq!(market.told().await.len(), 2);
    let money = market.read(&booking).await.money;
    assert_eq!((money.disputed_minor, money.taken_back_minor), (5000, Some(5000)));
    let path = format!("/bookings/{}/receipts", booking.id);
    let receipts: Receipts = market.server.get(&path).bearer_auth(&market.owner).call().await.json(200);
    let told: Vec<_> =
        receipts.items.iter().map(|one| (one.kind, one.corrects, one.content.gross_minor)).collect();
    assert_eq!(told, [(ReceiptKind::Receipt, None, 5000), (ReceiptKind::CreditNote, Some(1), -5000)]);
    assert_eq!(receipts.items[1].content.paid_minor, 0);
    let ask = market.server.request(reqwest::Method::POST, &path).bearer_auth(&market.owner);
    ask.call().await.problem("invalid_transition");
    market.act(&booking, "cancel", None).await.json::<Booking>(200);
    let refunds: i64 =
        sqlx::query_scalar("select count(*) from refunds").fetch_one(&market.server.db).await.unwrap();
    assert_eq!(refunds, 0, "it is with the client already");
    assert_eq!((market.balance("clients").await, market.balance("disputes").await), (0, 0));
    assert_eq!(market.balance("provider_balance").await, -100);
}

/// What goes back: how much, why, how far it is, and whether it waits for the bank.
async fn refunds(market: &Market, booking: &Booking) -> Vec<(i64, RefundCause, RefundState, bool)> {
    let refunds = market.read(booking).await.money.refunds.unwrap();
    refunds.iter().map(|it| (it.amount_minor, it.cause, it.state, it.waits_for_bank)).collect()
}

async fn mails_of(market: &Market, words: &str) -> Vec<String> {
    let mails = market.server.mails.take().into_iter();
    mails.filter(|mail| mail.text.contains(words)).map(|mail| mail.subject).collect()
}

#[actix_web::test]
async fn what_was_owed_while_it_was_disputed_goes_back_when_the_bank_lets_it_stand() {
    for market in [Market::one_account().await, Market::ready(&[]).await] {
        let (booking, _) = market.paid(10).await;
        let dispute = market.dispute().await;
        market.server.mails.take();
        market.act(&booking, "cancel", None).await.json::<Booking>(200);
        market.settled().await;
        assert_eq!(refunds(&market, &booking).await, []);
        assert_eq!(mails_of(&market, "If it lets the payment stand").await.len(), 1, "the client is told");

        market.decided(&dispute, "won").await;
        let given = [(5000, RefundCause::DisputeWon, RefundState::Succeeded, false)];
        assert_eq!(refunds(&market, &booking).await, given);
        assert_eq!(market.bank.charges()[0]["refunded"], 5000);
        let told = mails_of(&market, "50.00 EUR").await;
        assert!(told.iter().any(|subject| subject.starts_with("Refund: 50.00 EUR")), "{told:?}");
        assert!(told.iter().any(|subject| subject.starts_with("Dispute won")), "{told:?}");
        market.settled().await;
        assert_eq!(refunds(&market, &booking).await, given, "once");
    }
}

#[actix_web::test]
async fn a_refund_that_meets_a_dispute_waits_for_the_bank() {
    for (outcome, goes_back) in [("won", Some(RefundState::Succeeded)), ("lost", None)] {
        let market = Market::one_account().await;
        let (booking, _) = market.paid(10).await;
        // We hear of it when the booking is called off already.
        market.bank.control("deliveries/hold", &[]);
        let charge = market.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
        let opened = market.bank.control("disputes", &[("charge", &charge)]);
        market.act(&booking, "cancel", None).await.json::<Booking>(200);
        market.server.run_jobs().await;
        assert_eq!(
            refunds(&market, &booking).await,
            [(5000, RefundCause::Cancelled, RefundState::Pending, true)]
        );
        market.bank.control("deliveries/release", &[]);
        market.settled().await;
        market.server.advance("2 hours").await;
        market.server.run_jobs().await;
        assert!(refunds(&market, &booking).await[0].3, "it waits however long the bank takes");

        market.server.mails.take();
        market.decided(opened["id"].as_str().unwrap(), outcome).await;
        let state = goes_back.unwrap_or(RefundState::Canceled);
        assert_eq!(refunds(&market, &booking).await[0].2, state, "{outcome}");
        assert_eq!(market.bank.charges()[0]["refunded"], if goes_back.is_some() { 5000 } else { 0 });
        let failed = market.server.mails.take().into_iter().filter(|mail| mail.kind == "refund").count();
        assert_eq!(failed, 0, "nothing has failed");
        assert_eq!(market.balance("disputes").await, 0);
    }
}

#[actix_web::test]
async fn of_what_is_disputed_in_part_the_rest_goes_back() {
    for outcome in ["won", "lost"] {
        let market = Market::one_account().await;
        let (booking, _) = market.paid(10).await;
        let charge = market.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
        let opened =
            market.bank.control("disputes", &[("charge", &charge), ("amount", "2000"), ("fee", "1500")]);
        market.settled().await;
        assert_eq!(market.balance("provider_balance").await, 4900 - 2000 - 1500, "the dispute has its price");
        let path = format!("/bookings/{}/cancellation-quote", booking.id);
        let quote: CancellationQuote =
            market.server.get(&path).bearer_auth(&market.owner).call().await.json(200);
        assert_eq!((quote.refund_minor, quote.kept_minor, quote.disputed_minor), (3000, 3000, 2000));
        market.act(&booking, "cancel", None).await.json::<Booking>(200);
        market.settled().await;
        market.decided(opened["id"].as_str().unwrap(), outcome).await;
        let back: i64 = refunds(&market, &booking)
            .await
            .iter()
            .map(|it| {
                assert_eq!((it.2, it.3), (RefundState::Succeeded, false), "{outcome}");
                it.0
            })
            .sum();
        let (in_all, taken_back) = if outcome == "won" { (5000, None) } else { (3000, Some(2000)) };
        assert_eq!(back, in_all);
        assert_eq!(market.read(&booking).await.money.taken_back_minor, taken_back, "{outcome}");
        assert_eq!(market.bank.charges()[0]["refunded"], back);
        let found = api::ledger::check(&market.server.app, 30).await.unwrap();
        assert!(found.is_empty(), "{found:?}");
    }
}

/// A payment that a bank disputes without our having heard, of which so much is to go back; the dispute's id.
async fn unheard(market: &Market, booking: &Booking, amount_minor: i64) -> String {
    market.bank.control("deliveries/hold", &[]);
    let charge = market.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
    let opened = market.bank.control("disputes", &[("charge", &charge), ("reason", "fraudulent")]);
    let wish = json!({ "amount_minor": amount_minor, "reason": "" });
    let call = market.server.post(&format!("/bookings/{}/refunds", booking.id), &wish);
    let version = market.read(booking).await.version;
    let call = call.header("if-match", format!("\"{version}\"")).bearer_auth(&market.owner);
    call.call().await.json::<Booking>(200);
    market.server.run_jobs().await;
    let waits = (amount_minor, RefundCause::ByHand, RefundState::Pending, true);
    assert_eq!(refunds(market, booking).await, [waits]);
    opened["id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_refund_that_waits_and_is_found_at_the_processor_is_written_down() {
    let market = Market::one_account().await;
    let (booking, _) = market.paid(10).await;
    let dispute = unheard(&market, &booking, 5000).await;
    let id = market.read(&booking).await.money.refunds.unwrap()[0].id.to_string();
    market.bank.control(&format!("disputes/{dispute}"), &[("status", "won")]);
    let intent = market.bank.charges()[0]["payment_intent"].as_str().unwrap().to_owned();
    let form = [("payment_intent", intent.as_str()), ("amount", "5000"), ("metadata[refund_id]", &id)];
    assert_eq!(market.bank.try_in_dashboard(&market.server, "refunds", &form).await.status, 200);
    market.bank.control("deliveries/release", &[]);
    market.settled().await;
    let given = [(5000, RefundCause::ByHand, RefundState::Succeeded, false)];
    assert_eq!(refunds(&market, &booking).await, given);
    assert_eq!(market.bank.charges()[0]["refunded"], 5000);
    assert_eq!(market.disputed(&booking).await, ["opened", "won"]);
}

#[actix_web::test]
async fn what_went_back_at_the_processor_makes_what_waits_needless() {
    let market = Market::one_account().await;
    let (booking, _) = market.paid(10).await;
    let dispute = unheard(&market, &booking, 2000).await;
    market.bank.control(&format!("disputes/{dispute}"), &[("status", "won")]);
    let intent = market.bank.charges()[0]["payment_intent"].as_str().unwrap().to_owned();
    let form = [("payment_intent", intent.as_str()), ("amount", "5000")];
    assert_eq!(market.bank.try_in_dashboard(&market.server, "refunds", &form).await.status, 200);
    market.bank.control("deliveries/release", &[]);
    market.settled().await;
    let ended = [
        (2000, RefundCause::ByHand, RefundState::Canceled, true),
        (5000, RefundCause::Outside, RefundState::Succeeded, false),
    ];
    assert_eq!(refunds(&market, &booking).await, ended);
    assert_eq!(market.read(&booking).await.money.refunded_minor, 5000);
    assert_eq!(market.bank.charges()[0]["refunded"], 5000);
}

#[actix_web::test]
async fn what_waits_to_go_back_is_owed_once() {
    let market = Market::one_account().await;
    let (booking, _) = market.paid(10).await;
    let dispute = unheard(&market, &booking, 2000).await;
    market.bank.control("deliveries/release", &[]);
    market.settled().await;
    let booking = market.read(&booking).await;
    assert_eq!((booking.money.refunded_minor, booking.money.disputed_minor), (2000, 3000));
    market.act(&booking, "cancel", None).await.json::<Booking>(200);
    market.decided(&dispute, "won").await;
    let back: i64 = refunds(&market, &booking).await.iter().map(|it| it.0).sum();
    assert_eq!((back, &market.bank.charges()[0]["refunded"]), (5000, &5000.into()));
}

#[actix_web::test]
async fn what_the_bank_has_given_back_is_not_promised_again() {
    let market = Market::one_account().await;
    let (booking, _) = market.paid(10).await;
    let dispute = market.dispute().await;
    market.decided(&dispute, "lost").await;
    market.server.mails.take();
    market.act(&booking, "cancel", None).await.json::<Booking>(200);
    market.settled().await;
    assert_eq!(mails_of(&market, "If it lets the payment stand").await, [] as [String; 0]);
    assert_eq!(refunds(&market, &booking).await, []);
}

#[actix_web::test]
async fn with_accounts_of_their_own_the_platform_answers_for_it() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    // Nobody tells before it is decided.
    market.bank.control("deliveries/hold", &[]);
    let charge = market.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
    let opened = market.bank.control("disputes", &[("charge", &charge), ("reason", "fraudulent")]);
    let dispute = format!("disputes/{}", opened["id"].as_str().unwrap());
    market.bank.control(&dispute, &[("status", "lost")]);
    market.bank.control("deliveries/release", &[]);
    market.settled().await;
    assert_eq!(market.shares().await, (4500, -4600), "the provider keeps its share");
    assert_eq!(market.disputed(&booking).await, ["opened", "lost"]);
    let mails = market.server.mails.take();
    let told: Vec<_> = mails.iter().filter(|mail| mail.subject.contains("ispute")).collect();
    assert_eq!(told.len(), 1, "the last of several steps is told");
    assert_eq!(told[0].subject, "Dispute lost: 50.00 EUR of Ada");
    assert!(told[0].text.contains("not from your account"), "{}", told[0].text);
    let sums: Balances = market.own("balance").await.json(200);
    let sums = &sums.items[0];
    assert_eq!((sums.fees_minor, sums.disputed_minor, sums.balance_minor), (500, 0, 4500));
    let list: Page<Transaction> = market.own("transactions").await.json(200);
    let kinds: Vec<_> = list.items.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [TransactionKind::Charge], "it is the platform's affair");
}

#[actix_web::test]
async fn the_platform_has_it_back_when_it_wins() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    let dispute = market.dispute().await;
    assert_eq!(market.shares().await, (4500, -4600));
    market.decided(&dispute, "won").await;
    assert_eq!(market.shares().await, (4500, 400));
}
