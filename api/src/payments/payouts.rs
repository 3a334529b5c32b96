//! Payouts of providers' accounts: read from the processor, written in the book, shown to the owner.

use super::jobs;
use crate::app::App;
use crate::db::{from_seconds, lock_provider, real_now, seconds};
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiError, ApiResult, ProviderOwner};
use crate::jobs::Outcome;
use crate::ledger;
use contract::page::{Page, PageQuery};
use contract::payouts::Payout;
use domain::payment::ledger::Movement;
use integrations::payments::{Batch, Payout as Seen, PayoutState};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Writes down all payouts of a provider's account made since then. A bank may send one back some days after it was paid, so
/// `since` reaches back two weeks at best. Saying the same again changes nothing.
///
/// # Errors
/// Where the processor or the database could not be asked, to be tried again.
pub async fn record_payouts(app: &App, provider_id: Uuid, account: &str, since: OffsetDateTime) -> Outcome {
    if !app.payments.as_ref().is_some_and(|payments| payments.connect) {
        return Ok(());
    }
    let processor = jobs::processor(app)?;
    let mut after: Option<String> = None;
    loop {
        let batch = processor.payouts(Some(account), since, after.as_deref()).await;
        let Batch { items, next } = batch.map_err(jobs::failure)?;
        write(app, provider_id, &items).await?;
        match next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// Writes down how one payout of an account stands. Accounts that are nobody's do not concern us.
///
/// # Errors
/// Where the processor or the database could not be asked, to be tried again.
pub async fn record_payout(app: &App, account: &str, payout: &str) -> Outcome {
    let provider_id =
        sqlx::query_scalar!("select provider_id from payment_accounts where account_id = $1", account)
            .fetch_optional(&app.db)
            .await?;
    let Some(provider_id) = provider_id else { return Ok(()) };
    let seen = jobs::processor(app)?.payout(Some(account), payout).await.map_err(jobs::failure)?;
    write(app, provider_id, &[seen]).await
}

async fn write(app: &App, provider_id: Uuid, seen: &[Seen]) -> Outcome {
    let mut tx = crate::db::begin(&app.db).await?;
    lock_provider(&mut tx, provider_id).await?;
    for payout in seen {
        write_one(&mut tx, provider_id, payout).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn write_one(db: &mut PgConnection, provider_id: Uuid, payout: &Seen) -> Result<(), sqlx::Error> {
    let currency = payout.amount.currency.code();
    let state = match payout.state {
        PayoutState::UnderWay => "under_way",
        PayoutState::Paid => "paid",
        PayoutState::Failed => "failed",
        PayoutState::Cancelled => "canceled",
    };
    // What came back stays so, whichever of two readers writes last.
    sqlx::query!(
        "insert into payouts (provider_id, id, payout_id, amount_minor, currency, state, arrives_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (payout_id) do update set state = $6, arrives_at = $7, updated_at = app_now()
        where (payouts.state, payouts.arrives_at) is distinct from ($6, $7)
            and payouts.state not in ('failed', 'canceled')",
        provider_id,
        Uuid::now_v7(),
        payout.id,
        payout.amount.minor,
        currency,
        state,
        payout.arrives_at,
        payout.created_at
    )
    .execute(&mut *db)
    .await?;
    let amount_minor = payout.amount.minor;
    let (went, back) = (format!("payout:{}", payout.id), format!("payout_returned:{}", payout.id));
    let entry = |movement, source, at| ledger::Entry {
        provider_id,
        movement,
        currency,
        booking_id: None,
        payment_id: None,
        refund_id: None,
        source,
        at,
    };
    ledger::record(db, &entry(Movement::Payout { amount_minor }, &went, payout.created_at)).await?;
    if matches!(payout.state, PayoutState::Failed | PayoutState::Cancelled) {
        // Dated when we learn of it: a month that was told stays as it is.
        let now = real_now(db).await?;
        ledger::record(db, &entry(Movement::PayoutReturned { amount_minor }, &back, now)).await?;
    }
    Ok(())
}

/// A page of a provider's payouts, the newest first.
///
/// # Errors
/// `invalid_fields` for a bad cursor.
pub(super) async fn list(app: &App, owner: ProviderOwner, query: &PageQuery) -> ApiResult<Page<Payout>> {
    let list = List::of(&format!("payouts of {}", owner.provider_id), query);
    let after: Option<(i64, Uuid)> = list.decode(query.cursor.as_deref())?;
    let (after_at, after_id) = after.map(|(at, id)| (from_seconds(at), id)).unzip();
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let rows = sqlx::query!(
        r#"
        select id, amount_minor, currency::text as "currency!", state, arrives_at, created_at from payouts
        where provider_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4
        "#,
        owner.provider_id,
        after_at,
        after_id,
        limit as i64 + 1
    )
    .fetch_all(&app.db)
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        items.push(Payout {
            id: row.id,
            amount_minor: row.amount_minor,
            currency: row.currency,
            state: serde_json::from_value(row.state.into()).map_err(ApiError::internal)?,
            arrives_at: row.arrives_at,
            created_at: row.created_at,
        });
    }
    let next_cursor = list.cut(&mut items, limit, |last| (seconds(last.created_at), last.id));
    Ok(Page { items, next_cursor })
}
