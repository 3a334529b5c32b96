//! Money on its way to the provider's bank.

use super::Market;
use crate::support::bank::Bank;
use crate::support::server::Call;
use api::ledger;
use contract::page::Page;
use contract::payouts::{Payout, PayoutState};
use serde_json::json;
use time::{Duration, OffsetDateTime};

impl Market {
    async fn payouts(&self, query: &str) -> Page<Payout> {
        self.server
            .get(&self.path(&format!("payouts{query}")))
            .bearer_auth(&self.owner)
            .call()
            .await
            .json(200)
    }

    /// Stripe pays out some of what the provider has.
    async fn pay_out(&self, amount: &str, status: &str) -> String {
        let account = self.account().await;
        let wish = [("account", &*account), ("currency", "eur"), ("amount", amount), ("status", status)];
        self.bank.control("payouts", &wish)["id"].as_str().unwrap().to_owned()
    }

    async fn read_payouts(&self, account: &str, since: OffsetDateTime) {
        let app = &self.server.app;
        api::payments::record_payouts(app, self.shop.provider, account, since).await.unwrap();
    }

    async fn becomes(&self, payout: &str, status: &str) {
        self.bank.control(&format!("payouts/{payout}"), &[("status", status)]);
        self.settled().await;
    }
}

#[actix_web::test]
async fn a_payout_is_followed_until_it_is_there_or_back() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    assert!(market.payouts("").await.items.is_empty());
    let payout = market.pay_out("4500", "in_transit").await;
    market.settled().await;
    let seen = &market.payouts("").await.items[0];
    assert_eq!((seen.amount_minor, &*seen.currency, seen.state), (4500, "EUR", PayoutState::UnderWay));
    assert_eq!(seen.arrives_at - seen.created_at, Duration::days(2));
    assert_eq!((market.shares().await, market.balance("provider_bank").await), ((0, 400), 4500));

    market.becomes(&payout, "paid").await;
    assert_eq!(market.payouts("").await.items[0].state, PayoutState::Paid);
    assert_eq!(market.shares().await, (0, 400));
    market.becomes(&payout, "failed").await;
    let all = market.payouts("").await.items;
    assert_eq!((all.len(), all[0].state), (1, PayoutState::Failed));
    assert_eq!((market.shares().await, market.balance("provider_bank").await), ((4500, 400), 0));
}

#[actix_web::test]
async fn what_was_missed_is_found_and_written_once() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    market.bank.control("deliveries/hold", &[]);
    market.pay_out("1000", "paid").await;
    let back = market.pay_out("500", "in_transit").await;
    market.bank.control(&format!("payouts/{back}"), &[("status", "canceled")]);
    assert!(market.payouts("").await.items.is_empty());
    let since: OffsetDateTime =
        sqlx::query_scalar("select now() - interval '14 days'").fetch_one(&market.server.db).await.unwrap();
    for _ in 0..2 {
        market.read_payouts(&market.account().await, since).await;
        assert_eq!(market.shares().await, (3500, 400));
    }
    market.bank.control("deliveries/release", &[]);
    market.settled().await;
    assert_eq!(market.shares().await, (3500, 400));
    let mut states: Vec<_> = market.payouts("").await.items.iter().map(|payout| payout.state).collect();
    states.sort_by_key(|state| *state == PayoutState::Paid);
    assert_eq!(states, [PayoutState::Canceled, PayoutState::Paid]);
}

#[actix_web::test]
async fn the_list_comes_in_pages() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    for amount in ["100", "200", "300"] {
        market.pay_out(amount, "paid").await;
    }
    market.settled().await;
    let first = market.payouts("?limit=2").await;
    let cursor = first.next_cursor.unwrap();
    let rest = market.payouts(&format!("?limit=2&cursor={cursor}")).await;
    assert!(rest.next_cursor.is_none());
    let mut amounts: Vec<_> =
        first.items.iter().chain(&rest.items).map(|payout| payout.amount_minor).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, [100, 200, 300]);
    for query in ["?limit=0", "?cursor=nonsense"] {
        let call = market.server.get(&market.path(&format!("payouts{query}"))).bearer_auth(&market.owner);
        call.call().await.problem("invalid_fields");
    }
}

#[actix_web::test]
async fn one_account_has_no_payouts_of_providers() {
    let (server, bank) = Bank::open(&[]).await;
    let market = Market::of(server, bank).await;
    market.prepay().await.json::<serde_json::Value>(200);
    market.paid(10).await;
    market.bank.control("payouts", &[("currency", "eur")]);
    market.settled().await;
    market.read_payouts("acct_1", OffsetDateTime::UNIX_EPOCH).await;
    assert!(market.payouts("").await.items.is_empty());
    assert_eq!(json!(market.balance("provider_bank").await), 0);
}

#[actix_web::test]
async fn the_reconciliation_reads_payouts_that_no_event_tells_of() {
    let market = Market::ready(&[]).await;
    market.paid(10).await;
    // Nobody tells us, and what the processor keeps of what happened is out of our sight as well.
    market.bank.control("deliveries/hold", &[]);
    let blind = "insert into event_readings (source, read_until) values ($1, now() + interval '1 day')
        on conflict (source) do update set read_until = excluded.read_until";
    for source in ["stripe".to_owned(), format!("stripe:{}", market.account().await)] {
        sqlx::query(blind).bind(source).execute(&market.server.db).await.unwrap();
    }
    let payout = market.pay_out("1500", "paid").await;
    let differences = async || {
        let found = ledger::check(&market.server.app, 30).await.unwrap();
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(differences().await, [format!("{payout}: 1500 was paid out, our book says 0")]);
    let reconcile = async || {
        market.server.look_for_missed_events().await;
        market.server.run_jobs().await;
    };
    reconcile().await;
    assert_eq!(market.shares().await, (3000, 400));
    assert!(differences().await.is_empty());

    market.bank.control(&format!("payouts/{payout}"), &[("status", "failed")]);
    assert_eq!(differences().await, [format!("{payout}: 1500 of a payout came back, our book says 0")]);
    reconcile().await;
    assert_eq!(market.shares().await, (4500, 400));
    assert!(differences().await.is_empty());
}
