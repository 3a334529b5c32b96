//! Refunds that somebody makes at the processor, where who gives the money is theirs to choose; the book tells who gave it.

use super::Market;
use crate::support::server::Call;
use api::ledger;
use contract::bookings::Booking;
use contract::ledger::{Balances, Transaction, TransactionKind};
use contract::page::Page;
use serde_json::json;

impl Market {
    async fn give_by_hand(&self, booking: &Booking, amount_minor: i64) {
        let version = self.read(booking).await.version;
        let call = self
            .server
            .post(&format!("/bookings/{}/refunds", booking.id), &json!({ "amount_minor": amount_minor }));
        let call = call.header("if-match", format!("\"{version}\"")).bearer_auth(&self.owner);
        call.call().await.json::<Booking>(200);
        self.settled().await;
    }

    async fn give_back_in_dashboard(&self, amount: &str, who: &[(&str, &str)]) -> String {
        let intent: String = sqlx::query_scalar("select intent_id from payments where state = 'paid'")
            .fetch_one(&self.server.db)
            .await
            .unwrap();
        let form = [&[("payment_intent", intent.as_str()), ("amount", amount)], who].concat();
        let refund = self.bank.in_dashboard(&self.server, "refunds", &form).await;
        self.settled().await;
        assert!(ledger::check(&self.server.app, 30).await.unwrap().is_empty());
        refund["id"].as_str().unwrap().to_owned()
    }
}

const FROM_PROVIDER: (&str, &str) = ("reverse_transfer", "true");
const WITH_FEE: (&str, &str) = ("refund_application_fee", "true");

#[actix_web::test]
async fn what_the_providers_account_is_left_out_of_the_platform_gives() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    assert_eq!(market.shares().await, (4500, 400));
    market.give_back_in_dashboard("1200", &[]).await;
    assert_eq!(market.shares().await, (4500, -800));
    assert_eq!(market.balance("clients").await, -3800);
    assert_eq!(market.read(&booking).await.money.refunded_minor, 1200);
    // The rest comes from both, as ever: the platform's share of it goes back.
    market.act(&booking, "cancel", None).await.json::<contract::bookings::Booking>(200);
    market.settled().await;
    assert_eq!(market.shares().await, (1080, -1180));
    assert_eq!(market.balance("clients").await, 0);
}

impl Market {
    /// Amount, fee, what the platform gave and what the balance gained, of the last of this kind in the provider's book.
    async fn row(&self, kind: TransactionKind) -> (i64, i64, i64, i64) {
        let page = self.server.get(&self.path("transactions")).bearer_auth(&self.owner).call().await;
        let items = page.json::<Page<Transaction>>(200).items;
        let one = items.iter().find(|one| one.kind == kind).unwrap();
        (one.amount_minor, one.fee_minor, one.platform_minor, one.balance_minor)
    }

    /// Fees and what the platform gave, in the provider's sums, which add up to the balance.
    async fn sums(&self) -> (i64, i64) {
        let sums = self.server.get(&self.path("balance")).bearer_auth(&self.owner).call().await;
        let sums = sums.json::<Balances>(200).items.remove(0);
        let gone = sums.refunded_minor + sums.fees_minor + sums.disputed_minor + sums.paid_out_minor;
        assert_eq!(sums.charged_minor - gone + sums.platform_minor, sums.balance_minor);
        (sums.fees_minor, sums.platform_minor)
    }
}

#[actix_web::test]
async fn what_the_platform_gave_is_no_fee() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    assert_eq!(market.sums().await, (500, 0));
    market.give_back_in_dashboard("2000", &[]).await;
    assert_eq!(market.row(TransactionKind::Refund).await, (-2000, 0, 2000, 0));
    assert_eq!(market.sums().await, (500, 2000));
    market.give_back_in_dashboard("1000", &[WITH_FEE]).await;
    assert_eq!(
        market.row(TransactionKind::Refund).await,
        (-1000, -100, 1000, 100),
        "its share alone is a fee"
    );
    assert_eq!(market.sums().await, (400, 3000));
    let refund = market.give_back_in_dashboard("1000", &[FROM_PROVIDER, WITH_FEE]).await;
    assert_eq!(market.row(TransactionKind::Refund).await, (-1000, -100, 0, -900));

    // What was the provider's and did not arrive is with the platform, and is no fee either.
    market.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    market.settled().await;
    assert_eq!(market.row(TransactionKind::RefundReturned).await, (1000, 0, -1000, 0));
    assert_eq!(market.sums().await, (300, 2000));

    let at: String = sqlx::query_scalar("select to_char(max(at), 'YYYY-MM') from ledger_transactions")
        .fetch_one(&market.server.db)
        .await
        .unwrap();
    let path = market.path(&format!("transactions.csv?month={at}"));
    let table = market.server.get(&path).bearer_auth(&market.owner).call().await;
    assert!(
        table.text.starts_with("time,kind,currency,amount,fee,platform,balance_change,"),
        "{}",
        table.text
    );
    assert!(table.text.contains(",refund,EUR,-20.00,0.00,20.00,0.00,"), "{}", table.text);
}

#[actix_web::test]
async fn the_platforms_share_goes_back_where_that_was_chosen() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    market.give_back_in_dashboard("1000", &[FROM_PROVIDER]).await;
    assert_eq!(market.shares().await, (3500, 400));
    market.give_back_in_dashboard("1000", &[FROM_PROVIDER, WITH_FEE]).await;
    assert_eq!(market.shares().await, (2600, 300));
    market.give_back_in_dashboard("1000", &[WITH_FEE]).await;
    assert_eq!(market.shares().await, (2700, -800), "all of it, and its share to the provider");
}

#[actix_web::test]
async fn several_that_are_seen_at_once_are_told_apart() {
    let market = Market::ready(&[("PLATFORM_FEE_RETURNED", "false")]).await;
    market.paid(10).await;
    market.bank.control("deliveries/hold", &[]);
    let intent: String =
        sqlx::query_scalar("select intent_id from payments").fetch_one(&market.server.db).await.unwrap();
    for who in [&[FROM_PROVIDER, WITH_FEE][..], &[], &[FROM_PROVIDER]] {
        let form = [&[("payment_intent", intent.as_str()), ("amount", "900")], who].concat();
        market.bank.in_dashboard(&market.server, "refunds", &form).await;
    }
    market.bank.control("deliveries/release", &[]);
    market.settled().await;
    // 900 + 900 - 90 of the provider's money, 900 + 90 of the platform's.
    assert_eq!(market.shares().await, (2790, -590));
    assert_eq!(market.balance("clients").await, -2300);
}

#[actix_web::test]
async fn one_that_does_not_arrive_comes_back_to_the_platform() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    let refund = market.give_back_in_dashboard("2000", &[FROM_PROVIDER, WITH_FEE]).await;
    assert_eq!(market.shares().await, (2700, 200));
    market.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    market.settled().await;
    assert_eq!(market.shares().await, (2700, 2200));
    assert_eq!(market.balance("clients").await, -5000);
}

impl Market {
    /// Whether the platform has what did not arrive, of each refund in order.
    async fn with_platform(&self, booking: &Booking) -> Vec<bool> {
        let refunds = self.read(booking).await.money.refunds.unwrap();
        refunds.into_iter().map(|refund| refund.with_platform).collect()
    }

    /// The only mail to the provider, or to the client.
    fn mail_to(&self, is_client: bool) -> String {
        let mails = self.server.mails.take();
        let mut mails: Vec<_> =
            mails.into_iter().filter(|mail| (mail.to == "ada@example.org") == is_client).collect();
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.remove(0).text
    }
}

#[actix_web::test]
async fn the_provider_is_told_who_has_what_did_not_arrive() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    for tries in 1..=2 {
        market.bank.control("refunds/next", &[("status", "failed")]);
        market.server.mails.take();
        let given = market
            .server
            .post(&format!("/bookings/{}/refunds", booking.id), &json!({ "amount_minor": 2000 }));
        let given = given.header("if-match", "*").bearer_auth(&market.owner);
        given.call().await.json::<Booking>(200);
        market.settled().await;
        assert_eq!(
            market.with_platform(&booking).await,
            vec![true; tries],
            "a new try is the platform's too"
        );
        let mail = market.mail_to(false);
        assert!(
            mail.contains("It was taken from your account, and this platform keeps it for Ada."),
            "{mail}"
        );
        assert!(!mail.contains("counts as paid again"), "{mail}");
    }
    market.give_by_hand(&booking, 2000).await;
    assert_eq!(market.shares().await, (2700, 200));

    // What the platform alone had given is no loss of the provider's.
    let refund = market.give_back_in_dashboard("1000", &[]).await;
    market.server.mails.take();
    market.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    market.settled().await;
    assert_eq!(market.with_platform(&booking).await, [true, true, false, false]);
    assert!(market.mail_to(false).contains("it is with you and counts as paid again"));
}

#[actix_web::test]
async fn what_somebody_gives_back_at_the_processor_is_told_to_both_once() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    market.server.mails.take();
    market.bank.control("refunds/next", &[("status", "pending")]);
    let refund = market.give_back_in_dashboard("2000", &[FROM_PROVIDER]).await;
    let mails = market.server.mails.take();
    assert_eq!(mails.len(), 2, "{mails:?}");
    let to = |is_client: bool| {
        let mail = mails.iter().find(|mail| (mail.to == "ada@example.org") == is_client);
        mail.map(|mail| (mail.subject.clone(), mail.text.clone())).unwrap()
    };
    let (subject, text) = to(true);
    assert!(subject.starts_with("Refund: 20.00 EUR for"), "{subject}");
    assert!(text.contains("gives you 20.00 EUR back"), "{text}");
    let (subject, text) = to(false);
    assert_eq!(subject, "20.00 EUR was given back to Ada");
    assert!(text.contains("given back at the payment processor") && !text.contains("still stands"), "{text}");
    market.bank.control(&format!("refunds/{refund}"), &[("status", "succeeded")]);
    market.settled().await;
    market.server.look_for_missed_events().await;
    market.server.run_jobs().await;
    assert!(market.server.mails.take().is_empty(), "it was told");

    market.give_back_in_dashboard("3000", &[FROM_PROVIDER]).await;
    let mail = market.mail_to(false);
    assert!(mail.contains("Nothing is left of what Ada paid, and the booking still stands."), "{mail}");
}

#[actix_web::test]
async fn what_did_not_arrive_is_taken_from_the_provider_once() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    market.bank.control("refunds/next", &[("status", "pending")]);
    market.give_by_hand(&booking, 2000).await;
    assert_eq!(market.shares().await, (2700, 200));
    let refund: String =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&market.server.db).await.unwrap();
    market.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    market.settled().await;
    assert_eq!(market.shares().await, (2700, 2200), "the platform has it");
    // Given again it is the platform that gives it: the provider has given it already.
    market.give_by_hand(&booking, 2000).await;
    assert_eq!(market.shares().await, (2700, 200));
    // What is more than that comes from both.
    market.act(&booking, "cancel", None).await.json::<contract::bookings::Booking>(200);
    market.settled().await;
    assert_eq!(market.shares().await, (0, -100), "the processor keeps its price");
    assert_eq!(market.balance("clients").await, 0);
    assert!(ledger::check(&market.server.app, 30).await.unwrap().is_empty());
}

#[actix_web::test]
async fn one_given_again_in_one_go_draws_on_both() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    let refund = market.give_back_in_dashboard("2000", &[FROM_PROVIDER, WITH_FEE]).await;
    market.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    market.settled().await;
    market.give_by_hand(&booking, 5000).await;
    assert_eq!(market.shares().await, (0, -100), "the processor keeps its price");
    assert_eq!(market.balance("clients").await, 0);
    assert!(ledger::check(&market.server.app, 30).await.unwrap().is_empty());
}

#[actix_web::test]
async fn an_account_that_cannot_be_read_hides_nothing_and_stops_nobody() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    let other = crate::support::fixtures::shop(&market.server.db, "UTC").await;
    sqlx::query("insert into payment_accounts (provider_id, account_id) values ($1, 'acct_gone')")
        .bind(other.provider)
        .execute(&market.server.db)
        .await
        .unwrap();
    market.bank.control("deliveries/hold", &[]);
    let account = market.account().await;
    let wish = [("account", &*account), ("currency", "eur"), ("amount", "1000"), ("status", "paid")];
    let payout = market.bank.control("payouts", &wish)["id"].as_str().unwrap().to_owned();
    let found: Vec<String> =
        ledger::check(&market.server.app, 30).await.unwrap().iter().map(ToString::to_string).collect();
    assert!(found.iter().any(|line| line.starts_with("acct_gone: could not be read")), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with(&payout)), "{found:?}");
    market.server.look_for_missed_events().await;
    market.server.run_jobs().await;
    assert_eq!(market.balance("provider_bank").await, 1000);
}
