//! `appointed ledger check`: every difference between our book and the processor's, to be looked at by a person.

mod charges;
mod disputes;
mod payouts;

use crate::app::App;
use crate::db;
use integrations::payments::ProcessorError;
use sqlx::PgConnection;
use std::fmt;
use time::Duration;

/// What does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `ch_…`, `du_…`, `po_…`, `transaction …`.
    pub about: String,
    /// In words.
    pub words: String,
    /// Whether it could not be read at the processor, so that nothing is known of it.
    pub is_unread: bool,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.about, self.words)
    }
}

/// What was found in one sentence: how much differs, and how much could not be read. None where all was read and agrees.
#[must_use]
pub fn summary(found: &[Difference]) -> Option<String> {
    let unread = found.iter().filter(|found| found.is_unread).count();
    let count = |number: usize, one: &str, more: &str| {
        (number > 0).then(|| format!("{number} {}", if number == 1 { one } else { more }))
    };
    let differ = count(found.len() - unread, "difference", "differences");
    let unread = count(
        unread,
        "list of the payment processor could not be read, and was not compared",
        "lists of the payment processor could not be read, and were not compared",
    );
    let parts: Vec<_> = [differ, unread].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
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

/// Compares the books for payments begun, disputes opened and payouts made in the last so many days.
///
/// # Errors
/// Where one of them cannot be read.
pub async fn check(app: &App, days: i64) -> Result<Vec<Difference>, CheckFailed> {
    let payments = app.payments.as_ref().ok_or(CheckFailed::Off)?;
    let mut db = app.db.acquire().await?;
    let since = db::real_now(&mut db).await? - Duration::days(days);
    let mut found = unbalanced(&mut db).await?;
    drop(db);
    found.extend(or_unread("charges", charges::compare(app, payments, since).await)?);
    found.extend(or_unread("disputes", disputes::compare(app, payments, since).await)?);
    found.extend(payouts::compare(app, payments, since).await?);
    Ok(found)
}

/// What could not be read is told as that, so that it hides none of the differences.
fn or_unread(
    what: &str,
    compared: Result<Vec<Difference>, CheckFailed>,
) -> Result<Vec<Difference>, CheckFailed> {
    match compared {
        Err(CheckFailed::Processor(error)) => Ok(vec![unread(what, &error)]),
        compared => compared,
    }
}

fn unread(what: &str, error: &ProcessorError) -> Difference {
    Difference { is_unread: true, ..difference(what, format!("could not be read: {error}")) }
}

fn difference(about: &str, words: String) -> Difference {
    Difference { about: about.to_owned(), words, is_unread: false }
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
