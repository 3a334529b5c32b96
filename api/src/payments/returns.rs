//! Writing down what went back: refunds of ours, and those that somebody made at the processor.

use super::records::{Source, post};
use super::refunds::{Cause, part_of_fee};
use super::store::{self, Payment};
use super::waiting;
use crate::db;
use crate::http::ApiResult;
use crate::jobs::{NewJob, enqueue};
use crate::notifications::RefundMail;
use crate::receipts;
use domain::payment::ledger::Movement;
use integrations::payments::{History, Refund, RefundState};
use sqlx::PgConnection;
use uuid::Uuid;

/// Writes down all that went back of a payment. The caller holds the provider's lock.
pub(super) async fn write_refunds(db: &mut PgConnection, payment: &Payment, seen: &History) -> ApiResult<()> {
    // Oldest first, so that shares of the fee follow the order in which money went back.
    for refund in seen.refunds.iter().rev() {
        write_refund(db, payment.provider_id, payment.id, refund, Some(seen)).await?;
    }
    Ok(())
}

/// Writes down a refund: one of ours, by the id it carries, or one that somebody made at the processor. What is known of its
/// payment beside it stands in `seen`. The caller holds the provider's lock.
pub(super) async fn write_refund(
    db: &mut PgConnection,
    provider_id: Uuid,
    payment_id: Uuid,
    refund: &Refund,
    seen: Option<&History>,
) -> ApiResult<()> {
    // Read anew: each refund changes what has gone back.
    let Some(payment) = store::find(db, provider_id, payment_id).await? else { return Ok(()) };
    let known = find(db, &payment, refund).await?;
    let share = match (&known, seen) {
        // What was written stays so.
        (Some(row), _) if row.is_written => row.share(),
        (row, Some(seen)) => share(db, &payment, refund, row.as_ref(), seen).await?,
        (Some(row), None) => row.share(),
        (None, None) => Share::default(),
    };
    let is_found = known.is_none();
    let (id, is_news) = match known {
        Some(row) => (row.id, update(db, &payment, refund, row.id, share).await?),
        None => (insert(db, &payment, refund, share).await?, true),
    };
    let fee_minor = share.unreversed_minor + share.returned_minor;
    let source = |name: &str, at| Source {
        payment: &payment,
        refund_id: Some(id),
        name: format!("{name}:{}", refund.id),
        at,
    };
    let amount_minor = refund.amount.minor;
    post(db, source("refund", refund.created_at), Movement::Refund { amount_minor, fee_minor }).await?;
    let is_back = matches!(refund.state, RefundState::Failed | RefundState::Cancelled);
    if is_back {
        // Dated when we learn of it: a month that was told stays as it is.
        let now = db::real_now(db).await?;
        // What a provider's account gave stays taken: the money comes back to the platform.
        let fee_minor = if payment.account_id.is_some() { amount_minor } else { fee_minor };
        post(db, source("refund_returned", now), Movement::RefundReturned { amount_minor, fee_minor })
            .await?;
    }
    let booking = (provider_id, payment.booking_id);
    if is_news && refund.state == RefundState::Succeeded {
        receipts::credited(db, booking, payment.id, id, amount_minor).await?;
    }
    if is_news && is_back {
        refused(db, booking, id).await?;
    } else if is_found {
        let mails = RefundMail::outside(provider_id, payment.booking_id, id);
        enqueue(db, &mails.each_ref().map(NewJob::of)).await?;
    }
    Ok(())
}

/// Tells both sides that a refund will not arrive, and takes a credit note back that it has already.
///
/// # Errors
/// Those of the database.
pub(super) async fn refused(db: &mut PgConnection, booking: (Uuid, Uuid), refund_id: Uuid) -> ApiResult<()> {
    receipts::returned(db, booking, refund_id).await?;
    let mails = RefundMail::failed(booking.0, booking.1, refund_id);
    Ok(enqueue(db, &mails.each_ref().map(NewJob::of)).await?)
}

/// A refund that we have a row of.
struct Known {
    id: Uuid,
    /// Whether the processor's own is known, and so what of it is whose.
    is_written: bool,
    fee_minor: i64,
    unreversed_minor: i64,
}

impl Known {
    const fn share(&self) -> Share {
        Share {
            unreversed_minor: self.unreversed_minor,
            returned_minor: self.fee_minor - self.unreversed_minor,
        }
    }
}

async fn find(
    db: &mut PgConnection,
    payment: &Payment,
    refund: &Refund,
) -> Result<Option<Known>, sqlx::Error> {
    sqlx::query_as!(
        Known,
        r#"select id, refund_id is not null as "is_written!", fee_minor, unreversed_minor from refunds
        where provider_id = $1 and (refund_id = $2 or (refund_id is null and id = $3))"#,
        payment.provider_id,
        refund.id,
        our_id(refund)
    )
    .fetch_optional(db)
    .await
}

/// Whether that was news. What came back stays so, and what has arrived can only come back, whichever of two readers writes last.
async fn update(
    db: &mut PgConnection,
    payment: &Payment,
    refund: &Refund,
    id: Uuid,
    share: Share,
) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query!(
        "update refunds set refund_id = $3, state = $4, failure = $5, fee_minor = $6, unreversed_minor = $7,
            waits = false, updated_at = app_now()
        where provider_id = $1 and id = $2 and (refund_id is null or (state <> $4
            and state not in ('failed', 'canceled') and (state <> 'succeeded' or $4 in ('failed', 'canceled'))))",
        payment.provider_id,
        id,
        refund.id,
        word(refund.state),
        refund.failure.as_deref().unwrap_or_default(),
        share.unreversed_minor + share.returned_minor,
        share.unreversed_minor
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// One that somebody made at the processor.
async fn insert(db: &mut PgConnection, payment: &Payment, refund: &Refund, share: Share) -> ApiResult<Uuid> {
    let goes_back = !matches!(refund.state, RefundState::Failed | RefundState::Cancelled);
    let cut = if goes_back { waiting::make_room(db, payment, refund.amount.minor).await? } else { None };
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into refunds (provider_id, id, payment_id, booking_id, amount_minor, fee_minor, cause, state,
            refund_id, failure, unreversed_minor)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        payment.provider_id,
        id,
        payment.id,
        payment.booking_id,
        refund.amount.minor,
        share.unreversed_minor + share.returned_minor,
        Cause::Outside.as_str(),
        word(refund.state),
        refund.id,
        refund.failure.as_deref().unwrap_or_default(),
        share.unreversed_minor
    )
    .execute(&mut *db)
    .await?;
    if let Some(cut) = cut {
        waiting::give_rest(db, payment, cut).await?;
    }
    Ok(id)
}

/// The word for it in the database.
const fn word(state: RefundState) -> &'static str {
    match state {
        RefundState::Pending => "pending",
        RefundState::Succeeded => "succeeded",
        RefundState::Failed => "failed",
        RefundState::Cancelled => "canceled",
        RefundState::ActionNeeded => "requires_action",
    }
}

/// The id that a refund of ours carries.
fn our_id(refund: &Refund) -> Option<Uuid> {
    refund.metadata.get("refund_id").and_then(|id| Uuid::parse_str(id).ok())
}

/// What of a refund is the platform's money.
#[derive(Clone, Copy, Default)]
struct Share {
    /// What was not taken back from the provider's account.
    unreversed_minor: i64,
    /// What the provider's account was given back of the platform's share.
    returned_minor: i64,
}

/// Who made it chose whether the provider's account gives it, and whether the platform gives its share back. The processor tells
/// the latter for the charge as a whole: what is in none of our rows yet belongs to this refund, as far as it can.
async fn share(
    db: &mut PgConnection,
    payment: &Payment,
    refund: &Refund,
    known: Option<&Known>,
    seen: &History,
) -> Result<Share, sqlx::Error> {
    if payment.account_id.is_none() {
        return Ok(Share::default());
    }
    let amount = refund.amount.minor;
    let ours: Vec<Uuid> = seen.refunds.iter().filter_map(our_id).collect();
    let told = sqlx::query_scalar!(
        r#"select coalesce(sum(fee_minor - unreversed_minor), 0)::bigint as "told!" from refunds
        where provider_id = $1 and payment_id = $2 and (refund_id is not null or id = any($3))
            and id is distinct from $4"#,
        payment.provider_id,
        payment.id,
        &ours,
        known.map(|row| row.id)
    )
    .fetch_one(db)
    .await?;
    let charge = seen.payment.charge.as_ref();
    let returned = charge.and_then(|charge| charge.platform_fee_returned).map_or(0, |fee| fee.minor);
    let untold = (returned - told).max(0);
    let is_newest = seen.refunds.first().is_some_and(|newest| newest.id == refund.id);
    let most = match known {
        _ if is_newest => amount,
        Some(row) => row.share().returned_minor,
        None => part_of_fee(payment, amount),
    };
    Ok(Share { unreversed_minor: amount - refund.reversed.minor, returned_minor: untold.min(most) })
}
