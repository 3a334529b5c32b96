//! What went from providers' accounts to their banks, and came back. The book has none of one account that is everybody's.

use super::{CheckFailed, Difference, difference, unread};
use crate::app::{App, Payments};
use crate::payments::account_ids;
use integrations::payments::{Batch, PayoutState, ProcessorError};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// What went, and what came back.
type Sums = (i64, i64);

/// A payout by our book.
struct Known {
    account: Option<String>,
    sums: Sums,
}

pub(super) async fn compare(
    app: &App,
    payments: &Payments,
    since: OffsetDateTime,
) -> Result<Vec<Difference>, CheckFailed> {
    if !payments.connect {
        return Ok(Vec::new());
    }
    let mut db = app.db.acquire().await?;
    let mut ours = payouts(&mut db, since).await?;
    let accounts = account_ids(&mut db).await?;
    drop(db);
    let mut found = Vec::new();
    for account in &accounts {
        match of_account(payments, account, since).await {
            Ok(seen) => found.extend(differences(&seen, &mut ours)),
            Err(error) => {
                found.push(unread(account, &error));
                ours.retain(|_, known| known.account.as_ref() != Some(account));
            }
        }
    }
    for id in ours.keys() {
        found.push(difference(id, "our book has a payout that the processor does not know".to_owned()));
    }
    Ok(found)
}

/// Every payout of an account by the processor.
async fn of_account(
    payments: &Payments,
    account: &str,
    since: OffsetDateTime,
) -> Result<BTreeMap<String, Sums>, ProcessorError> {
    let mut seen = BTreeMap::new();
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
            None => return Ok(seen),
        }
    }
}

/// What differs; those of our book that the processor has are taken out of it.
fn differences(seen: &BTreeMap<String, Sums>, ours: &mut BTreeMap<String, Known>) -> Vec<Difference> {
    let mut found = Vec::new();
    for (id, (went, back)) in seen {
        let (known, returned) = ours.remove(id).map(|known| known.sums).unwrap_or_default();
        if known != *went {
            found.push(difference(id, format!("{went} was paid out, our book says {known}")));
        }
        if returned != *back {
            found.push(difference(id, format!("{back} of a payout came back, our book says {returned}")));
        }
    }
    found
}

/// Every payout by our book.
async fn payouts(
    db: &mut PgConnection,
    since: OffsetDateTime,
) -> Result<BTreeMap<String, Known>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select split_part(t.source, ':', 2) as "id!", max(a.account_id) as account,
            coalesce(sum(e.amount_minor) filter (where t.movement = 'payout'), 0)::bigint as "went!",
            coalesce(-sum(e.amount_minor) filter (where t.movement = 'payout_returned'), 0)::bigint as "back!"
        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id and e.account = 'provider_bank'
        left join payment_accounts a on a.provider_id = t.provider_id
        where t.movement in ('payout', 'payout_returned')
        group by 1
        having min(t.at) filter (where t.movement = 'payout') >= $1
        "#,
        since
    )
    .fetch_all(db)
    .await?;
    let known = |account, went, back| Known { account, sums: (went, back) };
    Ok(rows.into_iter().map(|row| (row.id, known(row.account, row.went, row.back))).collect())
}
