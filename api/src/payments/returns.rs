//! Writing down what went back: refunds of ours, and those that somebody made at the processor.

use super::records::{Source, post};
use super::refunds::{Cause, part_of_fee};
use super::store::{self, Payment};
use crate::http::ApiResult;
use crate::jobs::{NewJob, enqueue};
use crate::notifications::RefundMail;
use crate::receipts;
use domain::payment::ledger::Movement;
use integrations::payments::{History, Refund, RefundState};
use sqlx::PgConnection;
use uuid::Uuid;

/// Writes down a refund: one of ours, by the id it carries, or one that somebody made at the processor. Whether it failed
/// now. What is known of one of somebody else's stands in `seen`.
pub(super) async fn write_refund(
    db: &mut PgConnection,
    provider_id: Uuid,
    payment_id: Uuid,
    refund: &Refund,
    seen: Option<&History>,
) -> ApiResult<bool> {
    // Read anew: each refund changes what has gone back.
    let Some(payment) = store::find(db, provider_id, payment_id).await? else { return Ok(false) };
    let ours = our_id(refund);
    let state = match refund.state {
        RefundState::Pending => "pending",
        RefundState::Succeeded => "succeeded",
        RefundState::Failed => "failed",
        RefundState::Cancelled => "canceled",
        RefundState::ActionNeeded => "requires_action",
    };
    let failure = refund.failure.as_deref().unwrap_or_default();
    let known = sqlx::query!(
        r#"
        with before as (
            select id, state, fee_minor from refunds
            where provider_id = $1 and (refund_id = $2 or (refund_id is null and id = $3))
            for update
        ), changed as (
            update refunds r set refund_id = $2, state = $4, failure = $5, updated_at = app_now()
            from before where r.provider_id = $1 and r.id = before.id
                and (r.refund_id is null or r.state <> $4)
        )
        select id, state, fee_minor from before
        "#,
        provider_id,
        refund.id,
        ours,
        state,
        failure
    )
    .fetch_optional(&mut *db)
    .await?;
    let (id, before, fee_minor) = match known {
        Some(row) => (row.id, row.state, row.fee_minor),
        None => {
            let id = Uuid::now_v7();
            let share = match seen {
                Some(seen) => share(db, &payment, refund, seen).await?,
                None => Share::default(),
            };
            let fee_minor = share.unreversed_minor + share.returned_minor;
            sqlx::query!(
                "insert into refunds (provider_id, id, payment_id, booking_id, amount_minor, fee_minor, cause, state,
                    refund_id, failure, unreversed_minor)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                provider_id,
                id,
                payment.id,
                payment.booking_id,
                refund.amount.minor,
                fee_minor,
                Cause::Outside.as_str(),
                state,
                refund.id,
                failure,
                share.unreversed_minor
            )
            .execute(&mut *db)
            .await?;
            (id, String::new(), fee_minor)
        }
    };
    let source = |name: &str| Source {
        payment: &payment,
        refund_id: Some(id),
        name: format!("{name}:{}", refund.id),
        at: refund.created_at,
    };
    let amount_minor = refund.amount.minor;
    post(db, source("refund"), Movement::Refund { amount_minor, fee_minor }).await?;
    let is_back = matches!(refund.state, RefundState::Failed | RefundState::Cancelled);
    if is_back {
        // What a provider's account gave stays taken: the money comes back to the platform.
        let fee_minor = if payment.account_id.is_some() { amount_minor } else { fee_minor };
        post(db, source("refund_returned"), Movement::RefundReturned { amount_minor, fee_minor }).await?;
    }
    let booking = (provider_id, payment.booking_id);
    if refund.state == RefundState::Succeeded && before != state {
        receipts::credited(db, booking, id, amount_minor).await?;
    }
    let failed = is_back && before != state;
    if failed {
        receipts::returned(db, booking, id).await?;
        let mail = RefundMail::failed(provider_id, payment.booking_id, id);
        enqueue(db, &[NewJob::of(&mail)]).await?;
    }
    Ok(failed)
}

/// The id that a refund of ours carries.
fn our_id(refund: &Refund) -> Option<Uuid> {
    refund.metadata.get("refund_id").and_then(|id| Uuid::parse_str(id).ok())
}

/// What of a refund that somebody made at the processor is the platform's money.
#[derive(Default)]
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
    seen: &History,
) -> Result<Share, sqlx::Error> {
    if payment.account_id.is_none() {
        return Ok(Share::default());
    }
    let amount = refund.amount.minor;
    let ours: Vec<Uuid> = seen.refunds.iter().filter_map(our_id).collect();
    let told = sqlx::query_scalar!(
        r#"select coalesce(sum(fee_minor - unreversed_minor), 0)::bigint as "told!" from refunds
        where provider_id = $1 and payment_id = $2 and (refund_id is not null or id = any($3))"#,
        payment.provider_id,
        payment.id,
        &ours
    )
    .fetch_one(db)
    .await?;
    let charge = seen.payment.charge.as_ref();
    let returned = charge.and_then(|charge| charge.platform_fee_returned).map_or(0, |fee| fee.minor);
    let untold = (returned - told).max(0);
    let is_newest = seen.refunds.first().is_some_and(|newest| newest.id == refund.id);
    let most = if is_newest { amount } else { part_of_fee(payment, amount) };
    Ok(Share { unreversed_minor: amount - refund.reversed.minor, returned_minor: untold.min(most) })
}
