//! Use cases: authorise, lock, decide, write, enqueue, commit.

mod answer;
mod cancel;
mod create;
pub(super) mod day;
mod expire;
mod other_times;
mod pay;
mod person;
mod price;
mod quote;
mod read;
mod refund;
mod request_links;
mod reschedule;
mod rest;
mod service_change;
mod settle;
mod slot;

pub(super) use answer::{Answer, answer};
pub(super) use cancel::{cancel, decline};
pub(super) use create::create;
pub(super) use expire::expire_if_stale;
pub(super) use other_times::other_times;
pub use pay::{Money, lose_payment, note, prolong_hold, status, take_payment};
pub use person::{Person, let_go, of_person, providers_of_person};
pub(super) use price::quote_price;
pub(super) use quote::quote;
pub use read::coming;
pub use read::read;
pub(super) use read::{events, list, list_own};
pub(super) use refund::refund;
pub(super) use request_links::request_links;
pub(super) use reschedule::reschedule;
pub(super) use rest::{account, online_now};
pub use rest::{note_back, rest_online, take_rest, withheld};
pub(super) use service_change::quote_service_change;
pub(super) use settle::{can_settle, settle};

use super::access::{Asker, Side};
use super::jobs::{CompleteBooking, ExpireRequest};
use super::store::{self, Change, Row};
use super::view::state;
use crate::app::App;
use crate::db::{from_seconds, seconds};
use crate::http::{ApiError, ApiResult, IfMatch};
use crate::jobs::NewJob;
use contract::problem::Code;
use domain::booking::{Action, State, transition};
use domain::zone::Zone;
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

/// A booking that its client can pay for now: it waits for that, or it stands and its rest can be paid.
#[derive(Debug)]
pub struct Payable {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub id: Uuid,
    /// What is to be paid, in minor units.
    pub amount_minor: i64,
    /// Whether it is the rest of a booking that stands.
    pub is_rest: bool,
    /// ISO 4217.
    pub currency: String,
    /// What it is for.
    pub service_name: String,
    /// Who offers it.
    pub provider_name: String,
    /// When, in the client's zone.
    pub start_at: OffsetDateTime,
    /// The client's address.
    pub client_email: Option<String>,
    /// Whether the provider has to say yes once it is paid.
    pub needs_approval: bool,
    /// Since when it is held.
    pub created_at: OffsetDateTime,
    /// Until when it is held; none where it stands.
    pub until: Option<OffsetDateTime>,
    /// The platform's clock.
    pub now: OffsetDateTime,
}

/// Reaches a booking of the asker to pay for it, under the provider's lock.
///
/// # Errors
/// `not_found`, also for the provider's members; `invalid_transition` where nothing can be paid for it.
pub async fn reach_payable(app: &App, db: &mut PgConnection, asker: &Asker, id: Uuid) -> ApiResult<Payable> {
    let (seen, side) = asker.reach(app, db, id).await?;
    if side == Side::Provider {
        return Err(ApiError::not_found());
    }
    crate::db::lock_provider(db, seen.provider_id).await?;
    let row = store::find(db, id).await?.unwrap_or(seen);
    let rest_minor = rest::online(&row)?;
    let is_rest = rest_minor > 0;
    if !is_rest {
        transition(&crate::bookings::view::state(&row)?, Action::Pay, crate::db::seconds(row.now))
            .map_err(crate::bookings::error::refused)?;
    }
    let zone = Zone::parse(&row.client_time_zone).map_err(ApiError::internal)?;
    Ok(Payable {
        provider_id: row.provider_id,
        id: row.id,
        amount_minor: if is_rest { rest_minor } else { row.due_minor },
        is_rest,
        currency: row.currency,
        service_name: row.service_name,
        provider_name: row.provider_name,
        start_at: crate::slots::in_zone(&zone, crate::db::seconds(row.start_at)),
        client_email: row.client_email,
        needs_approval: row.needs_approval && !is_rest,
        created_at: row.created_at,
        until: row.hold_expires_at.filter(|_| !is_rest),
        now: row.now,
    })
}

/// The provider of a booking, and as whom the asker reaches it.
///
/// # Errors
/// `not_found`.
pub async fn reach(app: &App, db: &mut PgConnection, asker: &Asker, id: Uuid) -> ApiResult<(Uuid, Side)> {
    let (row, side) = asker.reach(app, db, id).await?;
    Ok((row.provider_id, side))
}

/// The provider of a booking that the asker is the client of.
///
/// # Errors
/// `not_found`.
pub async fn reach_as_client(app: &App, db: &mut PgConnection, asker: &Asker, id: Uuid) -> ApiResult<Uuid> {
    let (row, side) = asker.reach(app, db, id).await?;
    if side == Side::Provider { Err(ApiError::not_found()) } else { Ok(row.provider_id) }
}

/// Writes a change, unless the booking has been changed since it was read.
async fn write_change(db: &mut PgConnection, row: &Row, change: &Change<'_>) -> ApiResult<()> {
    if store::update(db, row, change).await? { Ok(()) } else { Err(ApiError::new(Code::VersionMismatch)) }
}

/// When a booking that waits lapses once it has moved to this time.
fn expiry_at(row: &Row, start: OffsetDateTime, end: OffsetDateTime) -> ApiResult<Option<OffsetDateTime>> {
    let there = State { start: seconds(start), end: seconds(end), ..state(row)? };
    let latest = from_seconds(there.lapses_at_latest());
    Ok(row.hold_expires_at.map(|expiry| expiry.min(latest)))
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
