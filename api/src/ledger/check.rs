//! `appointed ledger check`: every difference between our book and the processor's, to be looked at by a person.

use crate::app::App;
use crate::db;
use integrations::payments::{Batch, ProcessorError};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use std::fmt;
use time::{Duration, OffsetDateTime};

/// What does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `ch_…`, `refund re_…`, `transaction …`.
    pub about: String,
    /// In words.
    pub words: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.about, self.words)
    }
}

/// Why the books could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum CheckFailed {
    /// The database could not be read.
    #[error("the database could not be read")]
    Database(#[from] sqlx::Error),
    /// The processor could not be asked.
    #[error("the payment processor could not be asked")]
    Processor(#[from] ProcessorError),
    /// There is none.
    #[error("no payment processor is configured")]
    Off,
}

/// Compares the books for payments begun in the last so many days.
///
/// # Errors
/// Where one of them cannot be read.
pub async fn check(app: &App, days: i64) -> Result<Vec<Difference>, CheckFailed> {
    let payments = app.payments.as_ref().ok_or(CheckFailed::Off)?;
    let mut db = app.db.acquire().await?;
    let since = db::real_now(&mut db).await? - Duration::days(days);
    let mut found = unbalanced(&mut db).await?;
    let ours = charges(&mut db, since).await?;
    drop(db);
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

fn difference(about: &str, words: String) -> Difference {
    Difference { about: about.to_owned(), words }
}

/// Transactions that do not sum to zero. The schema refuses them, so there are none.
async fn unbalanced(db: &mut PgConnection) -> Result<Vec<Difference>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select transaction_id, sum(amount_minor)::bigint as "sum!" from ledger_entries
        group by transaction_id having sum(amount_minor) <> 0"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| difference(&format!("transaction {}", row.transaction_id), format!("sums to {}", row.sum)))
        .collect())
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
