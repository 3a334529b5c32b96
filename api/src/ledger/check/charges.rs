//! What came in, and what of it went back.

use super::{CheckFailed, Difference, difference};
use crate::app::{App, Payments};
use integrations::payments::Batch;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::OffsetDateTime;

pub(super) async fn compare(
    app: &App,
    payments: &Payments,
    since: OffsetDateTime,
) -> Result<Vec<Difference>, CheckFailed> {
    let ours = charges(&mut *app.db.acquire().await?, since).await?;
    let mut seen = BTreeMap::new();
    let mut after: Option<String> = None;
    loop {
        let Batch { items, next } = payments.processor.payments(since, after.as_deref()).await?;
        for payment in items {
            let Some(charge) = payment.charge.filter(|charge| charge.captured.minor > 0) else { continue };
            seen.insert(charge.id, (charge.captured.minor, charge.refunded.minor));
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let mut found = Vec::new();
    for (id, (captured, refunded)) in &seen {
        match ours.get(id) {
            None => found.push(difference(id, format!("{captured} came in that our book does not know"))),
            Some((known, back)) => {
                if known != captured {
                    found.push(difference(id, format!("{captured} came in, our book says {known}")));
                }
                if back != refunded {
                    found.push(difference(id, format!("{refunded} went back, our book says {back}")));
                }
            }
        }
    }
    for id in ours.keys().filter(|id| !seen.contains_key(*id)) {
        found.push(difference(id, "our book has a charge that the processor does not know".to_owned()));
    }
    Ok(found)
}

/// What came in and went back of each charge, by our book.
async fn charges(
    db: &mut PgConnection,
    since: OffsetDateTime,
) -> Result<BTreeMap<String, (i64, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select p.charge_id as "charge_id!",
            coalesce(-sum(e.amount_minor) filter (where t.movement = 'charge'), 0)::bigint as "captured!",
            coalesce(sum(e.amount_minor) filter (where t.movement in ('refund', 'refund_returned')), 0)::bigint as "refunded!"
        from ledger_transactions t
        join ledger_entries e on e.transaction_id = t.id and e.account = 'clients'
        join payments p on p.provider_id = t.provider_id and p.id = t.payment_id
        where p.charge_id is not null
        group by p.charge_id
        having min(t.at) filter (where t.movement = 'charge') >= $1
        "#,
        since
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.charge_id, (row.captured, row.refunded))).collect())
}
