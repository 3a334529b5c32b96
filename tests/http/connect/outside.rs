//! Refunds that somebody makes at the processor, where who gives the money is theirs to choose; the book tells who gave it.

use super::Market;
use api::ledger;

impl Market {
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
