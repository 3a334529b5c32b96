//! The policy's clock follows a move, but is no way round a penalty.

use super::Market;
use super::service_change::text;
use crate::support::server::Call;
use contract::bookings::Booking;
use contract::payments::CancellationQuote;
use serde_json::{Value, json};
use time::Duration;

impl Market {
    async fn moderate() -> (Self, Booking, String) {
        let market = Self::ready(&[]).await;
        sqlx::query(r#"update providers set policy = '{"kind": "moderate"}'"#)
            .execute(&market.server.db)
            .await
            .unwrap();
        let (booking, token) = market.paid(10).await;
        (market, booking, token)
    }

    async fn later(&self, booking: &Booking, days: i64, token: Option<&str>) -> Booking {
        let wish = json!({ "start_at": text(self.read(booking).await.start_at + Duration::days(days)) });
        self.reschedule(booking, &wish, token).await.json(200)
    }

    async fn quote(&self, booking: &Booking, token: &str) -> CancellationQuote {
        let path = format!("/bookings/{}/cancellation-quote", booking.id);
        self.server.get(&path).header("x-manage-token", token).call().await.json(200)
    }
}

#[actix_web::test]
async fn a_move_in_good_time_takes_the_clock_along() {
    let (market, booking, token) = Market::moderate().await;
    let moved = market.later(&booking, 10, Some(&token)).await;
    let quote = market.quote(&booking, &token).await;
    assert_eq!(quote.stages[0].until, Some(moved.start_at - Duration::days(5)));
    market.server.advance("12 days").await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 5000);
    assert_eq!(market.bank.charges().len(), 1, "moving costs nothing");
}

#[actix_web::test]
async fn a_move_when_a_penalty_is_due_keeps_the_old_deadline() {
    let (market, booking, token) = Market::moderate().await;
    market.server.advance("7 days").await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 2500);
    market.later(&booking, 20, Some(&token)).await;
    let quote = market.quote(&booking, &token).await;
    assert_eq!(quote.refund_minor, 2500);
    assert_eq!(quote.stages[1].until, Some(booking.start_at - Duration::days(1)));
    // As late as it would have been, and moving again helps as little.
    market.server.advance("3 days").await;
    market.later(&booking, 5, Some(&token)).await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 0);
    market.act(&booking, "cancel", Some(&token)).await.json::<Booking>(200);
    market.settled().await;
    assert_eq!(market.shares().await, (4500, 400));
}

#[actix_web::test]
async fn the_providers_move_brings_no_penalty_nearer() {
    let (market, booking, token) = Market::moderate().await;
    market.later(&booking, -7, None).await;
    let quote = market.quote(&booking, &token).await;
    let stages: Vec<_> = quote.stages.iter().map(|stage| (stage.until, stage.refund_minor)).collect();
    assert_eq!((quote.refund_minor, stages), (5000, vec![(None, 5000)]), "until it starts, as was agreed");
}

#[actix_web::test]
async fn a_providers_slip_takes_no_penalty_away() {
    let (market, booking, token) = Market::moderate().await;
    market.server.advance("8 days").await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 2500);
    market.later(&booking, 31, None).await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 5000);
    market.later(&booking, -31, None).await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 2500, "undone");

    // A whole day that is moved and moved back, of which everybody was told.
    let day = async |from: i64, to: i64| {
        let at = |days: i64| (booking.start_at + Duration::days(days)).date();
        let wish = json!({ "to_date": at(to).to_string() });
        let path = market.path(&format!("days/{}/move", at(from)));
        market.server.post(&path, &wish).bearer_auth(&market.owner).call().await.json::<Value>(200)
    };
    day(0, 14).await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 5000);
    day(14, 0).await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 2500);

    // What came due while the client was told of a later time does not count.
    day(0, 14).await;
    market.server.advance_to(booking.start_at - Duration::hours(6)).await;
    day(14, 0).await;
    assert_eq!(market.quote(&booking, &token).await.refund_minor, 5000);
}

#[actix_web::test]
async fn a_quote_names_no_change_after_the_start() {
    let (market, booking, token) = Market::moderate().await;
    let moved = market.later(&booking, -3, None).await;
    let quote = market.quote(&booking, &token).await;
    assert_eq!(quote.stages[0].until, Some(booking.start_at - Duration::days(5)));
    assert_eq!(quote.stages.last().map(|stage| (stage.until, stage.refund_minor)), Some((None, 2500)));
    assert!(quote.stages.iter().all(|stage| stage.until.is_none_or(|until| until < moved.start_at)));
}
