//! What provider and platform have of a payment, and what of a refund each of them gives.

use super::Market;

/// Half comes back: it starts in more than a day and less than five.
async fn half_refunded(market: &Market) {
    sqlx::query(r#"update providers set policy = '{"kind": "moderate"}'"#)
        .execute(&market.server.db)
        .await
        .unwrap();
    let (booking, token) = market.paid(10).await;
    // 50.00, of which 5.00 are the platform's; it pays the processor's 1.00.
    assert_eq!(market.shares().await, (4500, 400));
    assert_eq!((market.balance("clients").await, market.balance("processor_fees").await), (-5000, 100));
    market.server.advance("7 days").await;
    market.act(&booking, "cancel", Some(&token)).await.json::<contract::bookings::Booking>(200);
    market.settled().await;
    assert_eq!(market.balance("clients").await, -2500);
}

#[actix_web::test]
async fn a_refund_gives_the_fee_back_in_proportion() {
    let market = Market::ready(&[]).await;
    half_refunded(&market).await;
    assert_eq!(market.shares().await, (2250, 150));
    let charge = &market.bank.charges()[0];
    assert_eq!((&charge["application_fee_refunded"], &charge["reversed"]), (&250.into(), &2500.into()));
}

#[actix_web::test]
async fn or_the_platform_keeps_its_fee() {
    let market = Market::ready(&[("PLATFORM_FEE_RETURNED", "false")]).await;
    assert!(!market.setup().await.platform_fee_returned);
    half_refunded(&market).await;
    assert_eq!(market.shares().await, (2000, 400));
    assert_eq!(market.bank.charges()[0]["application_fee_refunded"], 0);
}

#[actix_web::test]
async fn a_provider_who_cancels_gives_everything_back() {
    let market = Market::ready(&[]).await;
    let (booking, _) = market.paid(10).await;
    market.act(&booking, "cancel", None).await.json::<contract::bookings::Booking>(200);
    market.settled().await;
    assert_eq!(market.shares().await, (0, -100), "the processor keeps its price");
    assert_eq!(market.balance("clients").await, 0);
}

#[actix_web::test]
async fn without_a_fee_all_of_it_is_the_providers() {
    let market = Market::ready(&[("PLATFORM_FEE_PERCENT", "0")]).await;
    let (booking, _) = market.paid(10).await;
    assert_eq!(market.shares().await, (5000, -100));
    market.act(&booking, "cancel", None).await.json::<contract::bookings::Booking>(200);
    market.settled().await;
    assert_eq!(market.shares().await, (0, -100));
}

#[actix_web::test]
async fn a_request_is_shared_when_it_is_captured() {
    let market = Market::ready(&[]).await;
    sqlx::query("update services set approval_required = true").execute(&market.server.db).await.unwrap();
    let (booking, _) = market.paid(10).await;
    assert_eq!(market.shares().await, (0, 0));
    market.act(&booking, "confirm", None).await.json::<contract::bookings::Booking>(200);
    market.settled().await;
    assert_eq!(market.shares().await, (4500, 400));
}
