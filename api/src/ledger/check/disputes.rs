//! What banks took back, and gave again.

use super::{CheckFailed, Difference, difference};
use crate::app::{App, Payments};
use integrations::payments::{Batch, Dispute, DisputeState};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::OffsetDateTime;

/// How a dispute stands in a book.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Standing {
    taken: i64,
    /// What the processor took for it.
    fee: i64,
    /// Its end, where it has one.
    end: Option<&'static str>,
}

const WON: &str = "won";
const LOST: &str = "lost";

pub(super) async fn compare(
    app: &App,
    payments: &Payments,
    since: OffsetDateTime,
) -> Result<Vec<Difference>, CheckFailed> {
    let ours = disputes(&mut *app.db.acquire().await?, since).await?;
    let mut seen = BTreeMap::new();
    let mut after: Option<String> = None;
    loop {
        let Batch { items, next } = payments.processor.disputes(since, after.as_deref()).await?;
        seen.extend(items.into_iter().map(|dispute| (dispute.id.clone(), standing(&dispute))));
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    let mut found = Vec::new();
    for (id, theirs) in &seen {
        // Of one in which nothing was taken the book says nothing.
        let known = ours.get(id).copied().unwrap_or_default();
        if known.taken != theirs.taken {
            let words = format!("{} is disputed, our book says {}", theirs.taken, known.taken);
            found.push(difference(id, words));
        } else if known.fee != theirs.fee {
            let words = format!("{} was taken for the dispute, our book says {}", theirs.fee, known.fee);
            found.push(difference(id, words));
        } else if known.end != theirs.end {
            let name = |end: Option<&'static str>| end.unwrap_or("open");
            let words = format!("the dispute is {}, our book says {}", name(theirs.end), name(known.end));
            found.push(difference(id, words));
        }
    }
    for id in ours.keys().filter(|id| !seen.contains_key(*id)) {
        found.push(difference(id, "our book has a dispute that the processor does not know".to_owned()));
    }
    Ok(found)
}

fn standing(dispute: &Dispute) -> Standing {
    let currency = dispute.amount.currency;
    let fees = dispute.fees.iter().filter(|fee| fee.amount.currency == currency);
    let standing =
        Standing { taken: dispute.amount.minor, fee: fees.map(|fee| fee.amount.minor).sum(), end: None };
    match dispute.state {
        DisputeState::Inquiry => Standing { taken: 0, ..standing },
        DisputeState::Open => standing,
        DisputeState::Won => Standing { end: Some(WON), ..standing },
        DisputeState::Lost => Standing { end: Some(LOST), ..standing },
    }
}

/// Every dispute by our book.
async fn disputes(
    db: &mut PgConnection,
    since: OffsetDateTime,
) -> Result<BTreeMap<String, Standing>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select split_part(t.source, ':', 2) as "id!",
            coalesce(sum(e.amount_minor) filter (where t.movement = 'dispute_opened'), 0)::bigint as "taken!",
            coalesce(sum(e.amount_minor) filter (where e.account = 'processor_fees'), 0)::bigint as "fee!",
            bool_or(t.movement = 'dispute_won') as "won!", bool_or(t.movement = 'dispute_lost') as "lost!"
        from ledger_transactions t join ledger_entries e on e.transaction_id = t.id
        where (e.account = 'disputes' and t.movement in ('dispute_opened', 'dispute_won', 'dispute_lost'))
            or (e.account = 'processor_fees' and t.source like 'dispute_fee:%')
        group by 1
        having min(t.at) filter (where t.movement = 'dispute_opened') >= $1
        "#,
        since
    )
    .fetch_all(db)
    .await?;
    let end = |won: bool, lost: bool| if won { Some(WON) } else { lost.then_some(LOST) };
    Ok(rows
        .into_iter()
        .map(|row| (row.id, Standing { taken: row.taken, fee: row.fee, end: end(row.won, row.lost) }))
        .collect())
}
