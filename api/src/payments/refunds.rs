//! Refunds: planned in the transaction that causes them, sent by a job.

use super::jobs::{CapturePayment, ReleasePayment, SendRefund};
use super::store::{self, Payment, State};
use crate::http::{ApiError, ApiResult};
use crate::jobs::{Priority, enqueue};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The booking was called off.
    Cancelled,
    /// The provider turned the request down.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The client did not come, and the policy gives a part back.
    NoShow,
    /// It was paid when its time was gone already.
    Late,
    /// The booking costs less now.
    Price,
    /// The provider gives it back.
    ByHand,
    /// Somebody gave it back at the processor.
    Outside,
    /// It came in for the rest when that was owed no longer.
    Overpaid,
    /// It was owed when the booking was called off, and the client's bank, which disputed the payment, has decided that it stands.
    DisputeWon,
}

impl Cause {
    /// The word for it in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::NoShow => "no_show",
            Self::Late => "late",
            Self::Price => "price",
            Self::ByHand => "by_hand",
            Self::Outside => "outside",
            Self::Overpaid => "overpaid",
            Self::DisputeWon => "dispute_won",
        }
    }
}

/// What of the platform's share goes back when `amount` more of a payment does.
pub(super) fn fee_of(payment: &Payment, amount: i64) -> i64 {
    if payment.fee_returned { part_of_fee(payment, amount) } else { 0 }
}

/// The platform's share of `amount` more that goes back: in proportion to all that went back, so that parts add up.
pub(super) fn part_of_fee(payment: &Payment, amount: i64) -> i64 {
    if payment.amount_minor == 0 {
        return 0;
    }
    let until = |refunded: i64| {
        let part = i128::from(payment.fee_minor) * i128::from(refunded) / i128::from(payment.amount_minor);
        i64::try_from(part).unwrap_or_default()
    };
    until(payment.refunded_minor + amount) - until(payment.refunded_minor)
}

/// Plans to give back an amount of what a booking's client has paid, the last payment first; of what a bank disputes, only what
/// the others do not have. The caller holds the provider's lock.
///
/// # Errors
/// A field error at `/amount_minor` where less was paid than that.
pub async fn plan(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
    amount_minor: i64,
    cause: Cause,
    quote: Option<&Value>,
) -> ApiResult<()> {
    let mut left = amount_minor;
    let mut payments = store::of_booking(db, provider_id, booking_id).await?;
    payments.retain(|payment| payment.state == State::Paid);
    let disputed = store::disputed(db, booking_id).await?;
    for spares_disputed in [true, false] {
        for payment in payments.iter_mut().rev() {
            let spared =
                if spares_disputed { disputed.get(&payment.id).copied().unwrap_or_default() } else { 0 };
            let part = left.min(payment.amount_minor - payment.refunded_minor - spared);
            if part > 0 {
                left -= part;
                give(db, payment, part, cause.as_str(), quote).await?;
            }
        }
    }
    if left > 0 {
        return Err(ApiError::field("/amount_minor", "too_much", "Less than that was paid and kept."));
    }
    Ok(())
}

/// Plans to give back a part of a payment, for what [`Cause::as_str`] says.
pub(super) async fn give(
    db: &mut PgConnection,
    payment: &mut Payment,
    part: i64,
    cause: &str,
    quote: Option<&Value>,
) -> Result<(), sqlx::Error> {
    for refund_id in put_down(db, payment, part, cause, quote).await? {
        let job = SendRefund { provider_id: payment.provider_id, refund_id }.queued();
        enqueue(db, &[job.priority(Priority::High)]).await?;
    }
    Ok(())
}

/// Writes down what is to go back of a payment, as yet unsent: the ids of its refunds.
pub(super) async fn put_down(
    db: &mut PgConnection,
    payment: &mut Payment,
    part: i64,
    cause: &str,
    quote: Option<&Value>,
) -> Result<Vec<Uuid>, sqlx::Error> {
    let own = part.min(with_platform(db, payment).await?);
    let mut ids = Vec::new();
    for (amount_minor, is_platforms) in [(own, true), (part - own, false)] {
        if amount_minor > 0 {
            ids.push(add(db, payment, amount_minor, is_platforms, cause, quote).await?);
            payment.refunded_minor += amount_minor;
        }
    }
    Ok(ids)
}

/// What the platform holds of a payment that was taken from the provider's account for refunds which then failed, in minor
/// units: it comes back to the platform, and taking it from the provider again would be taking it twice.
async fn with_platform(db: &mut PgConnection, payment: &Payment) -> Result<i64, sqlx::Error> {
    if payment.account_id.is_none() {
        return Ok(0);
    }
    sqlx::query_scalar!(
        r#"
        select greatest(0, coalesce(sum(case
            when state in ('failed', 'canceled') then amount_minor - unreversed_minor
            else -unreversed_minor end), 0))::bigint as "held!"
        from refunds
        where provider_id = $1 and payment_id = $2 and (refund_id is not null or state not in ('failed', 'canceled'))
        "#,
        payment.provider_id,
        payment.id
    )
    .fetch_one(db)
    .await
}

/// Adds a refund: of what the platform holds, or of what the provider's account and the platform's share give.
async fn add(
    db: &mut PgConnection,
    payment: &Payment,
    amount_minor: i64,
    is_platforms: bool,
    cause: &str,
    quote: Option<&Value>,
) -> Result<Uuid, sqlx::Error> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into refunds (provider_id, id, payment_id, booking_id, amount_minor, fee_minor, unreversed_minor, cause, quote)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        payment.provider_id,
        id,
        payment.id,
        payment.booking_id,
        amount_minor,
        if is_platforms { amount_minor } else { fee_of(payment, amount_minor) },
        if is_platforms { amount_minor } else { 0 },
        cause,
        quote
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Plans to give back an amount of one payment, or what is left of it where that is less: some may have gone back at the
/// processor before we heard of the payment, or a bank may dispute it. Tells how much that is, in minor units. The caller holds
/// the provider's lock.
///
/// # Errors
/// Those of the database.
pub async fn plan_of(
    db: &mut PgConnection,
    payment: &Payment,
    amount_minor: i64,
    cause: Cause,
    quote: Option<&Value>,
) -> ApiResult<i64> {
    let Some(mut payment) = store::find(db, payment.provider_id, payment.id).await? else { return Ok(0) };
    let disputed =
        store::disputed(db, payment.booking_id).await?.get(&payment.id).copied().unwrap_or_default();
    let part = amount_minor.min(payment.amount_minor - payment.refunded_minor - disputed).max(0);
    if part > 0 {
        give(db, &mut payment, part, cause.as_str(), quote).await?;
    }
    Ok(part)
}

/// Plans to give back what was quoted before the payment was taken: to whoever called the booking off, or did not come.
///
/// # Errors
/// Those of the database.
pub async fn plan_quoted(db: &mut PgConnection, payment: &Payment, quote: &Value) -> ApiResult<()> {
    let amount = quote["refund_minor"].as_i64().unwrap_or_default();
    let cause = if quote["by"] == Cause::NoShow.as_str() { Cause::NoShow } else { Cause::Cancelled };
    plan_of(db, payment, amount, cause, Some(quote)).await.map(|_| ())
}

/// What the bank holds for a booking, in minor units.
///
/// # Errors
/// Those of the database.
pub async fn held(db: &mut PgConnection, provider_id: Uuid, booking_id: Uuid) -> ApiResult<i64> {
    let live = store::live(db, provider_id, booking_id).await?;
    Ok(live.filter(|payment| payment.state == State::Authorised).map_or(0, |payment| payment.amount_minor))
}

/// Takes what the bank holds for a booking, if it holds something.
///
/// # Errors
/// Those of the database.
pub async fn capture(db: &mut PgConnection, provider_id: Uuid, booking_id: Uuid) -> ApiResult<()> {
    let held = store::live(db, provider_id, booking_id).await?;
    if let Some(payment) = held.filter(|payment| payment.state == State::Authorised) {
        let job = CapturePayment { provider_id, payment_id: payment.id };
        enqueue(db, &[job.queued().priority(Priority::High)]).await?;
    }
    Ok(())
}

/// Takes what the bank holds for a booking that was called off, or to which nobody came, to give back what was quoted once
/// that is done.
///
/// # Errors
/// Those of the database.
pub async fn capture_and_return(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
    quote: &Value,
) -> ApiResult<()> {
    if let Some(payment) = store::live(db, provider_id, booking_id).await? {
        store::keep_quote(db, &payment, quote).await?;
    }
    capture(db, provider_id, booking_id).await
}

/// Sees to it that nothing is paid for a booking any more: its page closes, what is authorised is released.
///
/// # Errors
/// Those of the database.
pub async fn withdraw(db: &mut PgConnection, provider_id: Uuid, booking_id: Uuid) -> ApiResult<()> {
    if let Some(payment) = store::live(db, provider_id, booking_id).await? {
        let job = ReleasePayment { provider_id, payment_id: payment.id };
        enqueue(db, &[job.queued().priority(Priority::High)]).await?;
    }
    Ok(())
}
