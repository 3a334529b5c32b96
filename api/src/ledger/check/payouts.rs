//! What went from providers' accounts to their banks, and came back. The book has none of one account that is everybody's.

use super::{CheckFailed, Difference, difference};
use crate::app::{App, Payments};
use crate::payments::account_ids;
use integrations::payments::{Batch, PayoutState};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// What went, and what came back.
type Sums = (i64, i64);

pub(super) async fn compare(
    app: &App,
    payments: &Payments,
    since: OffsetDateTime,
) -> Result<Vec<Difference>, CheckFailed> {
    if !payments.connect {
        return Ok(Vec::new());
    }
    let mut db = app.db.acquire().await?;
    let ours = payouts(&mut db, since).await?;
    let accounts = account_ids(&mut db).await?;
    drop(db);
    let mut seen: BTreeMap<String, Sums> = BTreeMap::new();
    for account in &accounts {
        let mut after: Option<String> = None;
        loop {
            let batch = payments.processor.payouts(Some(account), since, after.as_deref()).await?;
            let Batch { items, next } = batch;
            for payout in items {
                let came_back = matches!(payout.state, PayoutState::Failed | PayoutState::Cancelled);
                let went = payout.amount.minor;
                seen.insert(payout.id, (went, if came_back { went } else { 0 }));
            }
            match next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
    }
    let mut found = Vec::new();
    for (id, (went, back)) in &seen {
        let (known, returned) = ours.get(id).copied().unwrap_or_default();
        if known != *went {
            found.push(difference(id, format!("{went} was paid out, our book says {known}")));
        }
        if returned != *back {
            found.push(difference(id, format!("{back} of a payout came back, our book says {returned}")));
        }
    }
    for id in ours.keys().filter(|id| !seen.contains_key(*id)) {
        found.push(difference(id, "our book has a payout that the processor does not know".to_owned()));
    }
    Ok(found)
}

/// Every payout by our book.
async fn payouts(
    db: &mut PgConnection,
    since: OffsetDateTime,
) -> Result<BTreeMap<String, Sums>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select split_part(t.source, ':', 2) as "id!",
            coalesce(sum(e.amount_minor) filter (where t.movement = 'payout'), 0)::bigint as "went!",
            coalesce(-sum(e.amount_minor) filter (where t.movement = 'payout_returned'), 0)::bigint as "back!"
        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.account = 'provider_bank'
        where t.movement in ('payout', 'payout_returned') and t.at >= $1
        group by 1
        "#,
        since
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, (row.went, row.back))).collect())
}
