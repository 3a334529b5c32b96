//! Refunds that wait for a bank: the processor gives nothing back of a payment that a bank disputes.

use super::jobs::SendRefund;
use super::refunds::{give, put_down};
use super::returns;
use super::store::{self, Payment};
use crate::http::ApiResult;
use crate::jobs::enqueue;
use crate::receipts;
use integrations::payments::{DisputeState, History};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

/// The processor's word for a payment that a bank disputes.
pub(super) const DISPUTED: &str = "charge_disputed";
/// How often one is tried where nothing is disputed any more and it is refused all the same.
const TRIES: i32 = 8;

/// A refund that waits.
struct Waiting {
    id: Uuid,
    amount_minor: i64,
    attempt: i32,
    quote: Option<Value>,
    cause: String,
}

/// Lets a refund wait that was refused because of a dispute, whether we know of that or not.
///
/// # Errors
/// Those of the database.
pub(super) async fn wait(
    db: &mut PgConnection,
    provider_id: Uuid,
    refund_id: Uuid,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update refunds set waits = true, updated_at = app_now()
        where provider_id = $1 and id = $2 and refund_id is null and state = 'pending'",
        provider_id,
        refund_id
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sends what waits, once no bank disputes the payment any more by what was `seen` of it, which is in the book. What the bank has
/// given the client goes back no second time, and nobody is told of a refund that this makes needless. The caller holds the provider's
/// lock.
///
/// # Errors
/// Those of the database.
pub(super) async fn go_on(db: &mut PgConnection, payment: &Payment, seen: &History) -> ApiResult<()> {
    let provider_id = payment.provider_id;
    let waiting = waiting(db, payment).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    if seen.disputes.iter().any(|dispute| dispute.state == DisputeState::Open) {
        // Looked at for now.
        sqlx::query!(
            "update refunds set updated_at = app_now() where provider_id = $1 and payment_id = $2 and waits and state = 'pending'",
            provider_id,
            payment.id
        )
        .execute(db)
        .await?;
        return Ok(());
    }
    let taken = store::disputed(db, payment.booking_id).await?.get(&payment.id).copied().unwrap_or_default();
    for Waiting { id, amount_minor, attempt, quote, cause } in waiting {
        let Some(mut now) = store::find(db, provider_id, payment.id).await? else { return Ok(()) };
        let left = now.amount_minor - (now.refunded_minor - amount_minor) - taken;
        if left < amount_minor {
            cancel(db, payment, id).await?;
            now.refunded_minor -= amount_minor;
            if left > 0 {
                give(db, &mut now, left, &cause, quote.as_ref()).await?;
            }
        } else if attempt < TRIES {
            send(db, provider_id, id).await?;
        } else {
            fail(db, payment, id).await?;
        }
    }
    Ok(())
}

/// What is still to be given of a refund that was too much.
pub(super) struct Cut {
    amount_minor: i64,
    cause: String,
    quote: Option<Value>,
}

/// Makes room for what went back at the processor meanwhile: what waits is needless as far as that leaves nothing for it. What it
/// leaves of the last one is to be written down after that.
///
/// # Errors
/// Those of the database.
pub(super) async fn make_room(
    db: &mut PgConnection,
    payment: &Payment,
    amount_minor: i64,
) -> ApiResult<Option<Cut>> {
    let Some(now) = store::find(db, payment.provider_id, payment.id).await? else { return Ok(None) };
    let mut over = now.refunded_minor + amount_minor - now.amount_minor;
    for Waiting { id, amount_minor, quote, cause, .. } in waiting(db, payment).await?.into_iter().rev() {
        if over <= 0 {
            break;
        }
        cancel(db, payment, id).await?;
        over -= amount_minor;
        if over < 0 {
            return Ok(Some(Cut { amount_minor: -over, cause, quote }));
        }
    }
    Ok(None)
}

/// Writes down what is left of a refund that was too much. It waits for [`go_on`], which knows what a bank has taken.
///
/// # Errors
/// Those of the database.
pub(super) async fn give_rest(db: &mut PgConnection, payment: &Payment, cut: Cut) -> Result<(), sqlx::Error> {
    let Some(mut now) = store::find(db, payment.provider_id, payment.id).await? else { return Ok(()) };
    for id in put_down(db, &mut now, cut.amount_minor, &cut.cause, cut.quote.as_ref()).await? {
        wait(db, payment.provider_id, id).await?;
    }
    Ok(())
}

/// What of a payment waits, oldest first.
async fn waiting(db: &mut PgConnection, payment: &Payment) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        "select id, amount_minor, attempt, quote, cause from refunds
        where provider_id = $1 and payment_id = $2 and waits and state = 'pending' order by created_at, id",
        payment.provider_id,
        payment.id
    )
    .fetch_all(db)
    .await
}

async fn send(db: &mut PgConnection, provider_id: Uuid, refund_id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update refunds set waits = false, attempt = attempt + 1, attempted_at = app_now(), updated_at = app_now()
        where provider_id = $1 and id = $2",
        provider_id,
        refund_id
    )
    .execute(&mut *db)
    .await?;
    enqueue(db, &[SendRefund { provider_id, refund_id }.queued()]).await
}

/// What became of it otherwise is told with that. It stays marked: nobody has to be told of a refund that did not arrive.
async fn cancel(db: &mut PgConnection, payment: &Payment, refund_id: Uuid) -> ApiResult<()> {
    sqlx::query!(
        "update refunds set state = 'canceled', updated_at = app_now() where provider_id = $1 and id = $2",
        payment.provider_id,
        refund_id
    )
    .execute(&mut *db)
    .await?;
    receipts::returned(db, (payment.provider_id, payment.booking_id), refund_id).await
}

async fn fail(db: &mut PgConnection, payment: &Payment, refund_id: Uuid) -> ApiResult<()> {
    sqlx::query!(
        "update refunds set state = 'failed', waits = false, failure = $3, updated_at = app_now()
        where provider_id = $1 and id = $2",
        payment.provider_id,
        refund_id,
        DISPUTED
    )
    .execute(&mut *db)
    .await?;
    returns::refused(db, (payment.provider_id, payment.booking_id), refund_id).await
}
