//! What is booked on a whole day, called off or moved at once: one transaction under the provider's lock.

mod cancel;
mod pick;
mod relocate;

pub use cancel::cancel;
pub use pick::preview;
pub use relocate::relocate;

use crate::app::App;
use crate::bookings::access::Side;
use crate::bookings::store::Row;
use crate::bookings::view::view;
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiResult, ProviderMember, Reply, write};
use contract::bookings::Booking;
use sqlx::PgConnection;
use std::collections::HashSet;
use time::Date;

/// The changes of a day are made by this person.
struct Acting {
    member: ProviderMember,
    date: Date,
}

/// Runs a change in one transaction. One that is only tried is undone, and binds no key.
async fn run(
    app: &App,
    member: ProviderMember,
    key: Option<&IdempotencyKey>,
    dry_run: bool,
    change: impl AsyncFnOnce(&mut PgConnection) -> ApiResult<Reply>,
) -> ApiResult<Reply> {
    if !dry_run {
        return write(app, &member.user.scope(), key, change).await;
    }
    let mut tx = crate::db::begin(&app.db).await?;
    let reply = change(&mut tx).await?;
    tx.rollback().await?;
    Ok(reply)
}

/// How many people the bookings are of, and how many of the bookings have no address to write to.
fn people(rows: &[Row]) -> (u32, u32) {
    let who = |row: &Row| match (&row.client_id, &row.client_email) {
        (Some(id), _) => id.to_string(),
        (None, Some(email)) => email.to_lowercase(),
        (None, None) => format!("{} {}", row.client_name, row.client_phone.as_deref().unwrap_or_default()),
    };
    let clients: HashSet<String> = rows.iter().map(who).collect();
    let unreachable = rows.iter().filter(|row| row.client_email.is_none()).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (count(clients.len()), count(unreachable))
}

fn views(rows: &[Row]) -> ApiResult<Vec<Booking>> {
    rows.iter().map(|row| view(row, Side::Provider)).collect()
}
