//! A client who paid and did not come.

use super::Market;
use contract::bookings::{Booking, BookingStatus};

impl Market {
    /// Half of it comes back to who does not come.
    async fn half_for_no_shows() -> Self {
        let market = Self::ready(&[]).await;
        sqlx::query("update providers set no_show_percent = 50").execute(&market.server.db).await.unwrap();
        market
    }

    async fn refunds(&self) -> Vec<(i64, String, String)> {
        sqlx::query_as("select amount_minor, cause, state from refunds")
            .fetch_all(&self.server.db)
            .await
            .unwrap()
    }
}

fn once() -> [(i64, String, String); 1] {
    [(2500, "no_show".to_owned(), "succeeded".to_owned())]
}

#[actix_web::test]
async fn a_no_show_brings_back_what_the_rule_says_once() {
    let market = Market::half_for_no_shows().await;
    let (booking, token) = market.paid(10).await;
    // What was agreed holds, whatever the provider changes later.
    sqlx::query("update providers set no_show_percent = 100").execute(&market.server.db).await.unwrap();
    market.act(&booking, "no-show", None).await.problem("invalid_transition");
    market.server.advance("10 days 10 hours 30 minutes").await;
    let marked: Booking = market.act(&booking, "no-show", None).await.json(200);
    assert_eq!((marked.status, marked.money.refunded_minor), (BookingStatus::NoShow, 2500));
    market.settled().await;
    assert_eq!(market.refunds().await, once());
    assert_eq!(market.shares().await, (2250, 150));

    // It is final, so nothing brings money back a second time.
    for act in ["no-show", "complete"] {
        market.act(&booking, act, None).await.problem("invalid_transition");
    }
    market.act(&booking, "cancel", Some(&token)).await.problem("invalid_transition");
    market.server.advance("1 day").await;
    market.settled().await;
    assert_eq!(market.refunds().await, once());
    assert_eq!(market.read(&booking).await.status, BookingStatus::NoShow);
}

#[actix_web::test]
async fn so_does_one_that_was_noted_as_done_first() {
    let market = Market::half_for_no_shows().await;
    let (booking, _) = market.paid(10).await;
    market.server.advance("10 days 12 hours").await;
    market.settled().await;
    assert_eq!(market.read(&booking).await.status, BookingStatus::Completed);
    assert!(market.refunds().await.is_empty());
    market.act(&booking, "no-show", None).await.json::<Booking>(200);
    market.settled().await;
    assert_eq!(market.refunds().await, once());
}

#[actix_web::test]
async fn where_nothing_is_agreed_nothing_comes_back() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    market.server.advance("10 days 10 hours 30 minutes").await;
    let marked: Booking = market.act(&booking, "no-show", None).await.json(200);
    assert_eq!(marked.money.refunded_minor, 0);
    assert!(market.refunds().await.is_empty());
}
