//! Use cases: authorise, lock, decide, write, enqueue, commit.

mod answer;
mod cancel;
mod create;
pub(super) mod day;
mod expire;
mod person;
mod read;
mod request_links;
mod reschedule;
mod slot;

pub(super) use answer::{Answer, answer};
pub(super) use cancel::{cancel, decline};
pub(super) use create::create;
pub(super) use expire::expire_if_stale;
pub use person::{Person, let_go, of_person, providers_of_person};
pub use read::coming;
pub(super) use read::{events, list, list_own, read};
pub(super) use request_links::request_links;
pub(super) use reschedule::reschedule;

use super::access::{Asker, Side};
use super::jobs::{CompleteBooking, ExpireRequest};
use super::store::{self, Change, Row};
use crate::app::App;
use crate::http::{ApiError, ApiResult, IfMatch};
use crate::jobs::NewJob;
use contract::problem::Code;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Reaches a booking to change it: the provider's lock first, then the row as it stands, then its version.
async fn reach_to_change(
    app: &App,
    db: &mut PgConnection,
    asker: &Asker,
    id: Uuid,
    version: IfMatch,
) -> ApiResult<(Row, Side)> {
    let (seen, side) = asker.reach(app, db, id).await?;
    crate::db::lock_provider(db, seen.provider_id).await?;
    let row = store::find(db, id).await?.unwrap_or(seen);
    version.check(row.version)?;
    Ok((row, side))
}

/// Writes a change, unless the booking has been changed since it was read.
async fn write_change(db: &mut PgConnection, row: &Row, change: &Change<'_>) -> ApiResult<()> {
    if store::update(db, row, change).await? { Ok(()) } else { Err(ApiError::new(Code::VersionMismatch)) }
}

/// The job that settles a booking when its time has come: one at a time per booking.
pub(crate) fn settling_job(
    provider_id: Uuid,
    booking_id: Uuid,
    status: &str,
    end: OffsetDateTime,
    expiry: Option<OffsetDateTime>,
) -> NewJob {
    let job = match expiry {
        Some(expiry) if status == "pending" => {
            NewJob::of(&ExpireRequest { provider_id, booking_id }).at(expiry)
        }
        _ => NewJob::of(&CompleteBooking { provider_id, booking_id }).at(end),
    };
    job.key(settling_key(booking_id))
}

fn settling_key(booking_id: Uuid) -> String {
    format!("booking:{booking_id}:settle")
}
