//! Writing in the book.

use domain::payment::ledger::Movement;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Something that moved money, and where it is known from.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Whose money it is about.
    pub provider_id: Uuid,
    /// What moved.
    pub movement: Movement,
    /// ISO 4217.
    pub currency: &'a str,
    /// The booking it is about, if any.
    pub booking_id: Option<Uuid>,
    /// The payment it is about, if any.
    pub payment_id: Option<Uuid>,
    /// The refund it is about, if any.
    pub refund_id: Option<Uuid>,
    /// What moved it, by its id at the processor.
    pub source: &'a str,
    /// When.
    pub at: OffsetDateTime,
}

/// Writes a movement with its entries, once for each source; whether it was new.
///
/// # Errors
/// Those of the database.
pub async fn record(db: &mut PgConnection, entry: &Entry<'_>) -> Result<bool, sqlx::Error> {
    let postings = entry.movement.postings();
    let accounts: Vec<String> = postings.iter().map(|posting| posting.account.as_str().to_owned()).collect();
    let amounts: Vec<i64> = postings.iter().map(|posting| posting.minor).collect();
    if postings.is_empty() {
        return Ok(false);
    }
    let written = sqlx::query!(
        "
        with made as (
            insert into ledger_transactions
                (id, provider_id, movement, currency, booking_id, payment_id, refund_id, source, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (source) do nothing
            returning id
        )
        insert into ledger_entries (transaction_id, account, amount_minor)
        select made.id, posting.account, posting.amount
        from made cross join unnest($10::text[], $11::bigint[]) as posting (account, amount)
        ",
        Uuid::now_v7(),
        entry.provider_id,
        entry.movement.as_str(),
        entry.currency,
        entry.booking_id,
        entry.payment_id,
        entry.refund_id,
        entry.source,
        entry.at,
        &accounts,
        &amounts
    )
    .execute(db)
    .await?;
    Ok(written.rows_affected() > 0)
}
