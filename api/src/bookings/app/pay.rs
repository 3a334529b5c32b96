//! What a payment does to its booking.

use super::{settling_job, slot, write_change};
use crate::bookings::store::{self, Change, Row};
use crate::bookings::view::state;
use crate::db::{from_seconds, seconds};
use crate::http::{ApiError, ApiResult};
use crate::jobs::enqueue;
use crate::notifications::{Notice, booking_mails};
use domain::booking::{Action, Awaits, Status, request_expiry, transition};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// A request with an authorised card lapses within six days, for authorisations lapse after seven.
const LONGEST_REQUEST: i64 = 6 * 24 * 3600;

/// How far the money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// The bank holds it.
    Authorised,
    /// It has arrived.
    Arrived,
}

impl Money {
    const fn event(self) -> &'static str {
        match self {
            Self::Authorised => "authorised",
            Self::Arrived => "paid",
        }
    }
}

/// Takes note of a booking's payment of so much. One that lapsed takes its time again where that is still free. `false` where the
/// booking does not stand, so that the money goes back. The caller holds the provider's lock.
///
/// # Errors
/// Those of the database.
pub async fn take_payment(
    db: &mut PgConnection,
    booking_id: Uuid,
    money: Money,
    amount_minor: i64,
) -> ApiResult<bool> {
    let Some(row) = store::find(db, booking_id).await? else { return Ok(false) };
    let (rules, now) = (state(&row)?, seconds(row.now));
    if rules.status != Status::Cancelled && rules.awaits != Some(Awaits::Payment) {
        store::note(db, &row, money.event(), &detail(amount_minor)).await?;
        return Ok(true);
    }
    if let Ok(next) = transition(&rules, Action::Pay, now) {
        let appointment = row.appointment_id;
        stand(db, &row, next, appointment, (money.event(), amount_minor)).await?;
        return Ok(true);
    }
    let Ok(next) = transition(&rules, Action::Revive, now) else { return Ok(false) };
    match claim_again(db, &row).await? {
        Some(appointment) => {
            stand(db, &row, next, Some(appointment), ("revived", amount_minor)).await?;
            Ok(true)
        }
        None => Ok(false),
    }
}

/// Claims the time that a lapsed booking had, where it is still free. The provider's hours and limits of today decide
/// nothing: the client was promised this time.
async fn claim_again(db: &mut PgConnection, row: &Row) -> ApiResult<Option<Uuid>> {
    let mut offer = slot::offer_until(db, row.service_id, row.start_at, row.end_at, None).await?;
    offer.relax_for_provider();
    slot::keep_length(&mut offer, row.end_at - row.start_at);
    match slot::decide(&offer, row.start_at, row.party_size) {
        Ok(target) => Ok(store::claim(db, &target).await?),
        Err(_) => Ok(None),
    }
}

/// What the history tells of a payment.
fn detail(amount_minor: i64) -> serde_json::Value {
    serde_json::json!({ "amount_minor": amount_minor })
}

/// The booking stands, or is asked for, because of this event, by which so much money came.
async fn stand(
    db: &mut PgConnection,
    row: &Row,
    next: Status,
    appointment_id: Option<Uuid>,
    (event, amount_minor): (&str, i64),
) -> ApiResult<()> {
    let provider_id = row.provider_id;
    let is_request = next == Status::Pending;
    let expiry = if is_request {
        let wait = store::request_expiry(db, provider_id).await?.min(LONGEST_REQUEST);
        Some(from_seconds(request_expiry(seconds(row.now), seconds(row.start_at), wait)))
    } else {
        None
    };
    let change = Change {
        status: next.as_str(),
        awaits: is_request.then_some(Awaits::Approval.as_str()),
        appointment_id,
        time: None,
        hold_expires_at: expiry,
        cancelled_by: None,
        cancel_reason: "",
        event,
        actor: "system",
        actor_user_id: None,
        detail: detail(amount_minor),
    };
    write_change(db, row, &change).await?;
    let notice = if is_request { Notice::Requested } else { Notice::Booked };
    let mut jobs = booking_mails(provider_id, row.id, notice, row.sequence + 1, None);
    jobs.push(settling_job(provider_id, row.id, next.as_str(), row.end_at, expiry));
    Ok(enqueue(db, &jobs).await?)
}

/// Ends a booking whose money cannot be taken any more: the bank let go of it before it was captured. One that has taken place
/// stays, unpaid.
///
/// # Errors
/// Those of the database.
pub async fn lose_payment(db: &mut PgConnection, booking_id: Uuid) -> ApiResult<()> {
    let Some(row) = store::find(db, booking_id).await? else { return Ok(()) };
    let rules = state(&row)?;
    let is_owed = row.paid_minor < row.due_minor && rules.awaits != Some(Awaits::Payment);
    if is_owed && transition(&rules, Action::LosePayment, seconds(row.now)).is_ok() {
        super::cancel::end(db, &row, Action::LosePayment, "system", None, "").await?;
    }
    Ok(())
}

/// How a booking stands.
///
/// # Errors
/// Those of the database.
pub async fn status(db: &mut PgConnection, booking_id: Uuid) -> ApiResult<Option<Status>> {
    let row = store::find(db, booking_id).await?;
    row.map(|row| Ok(state(&row)?.status)).transpose()
}

/// Keeps a hold for as long as its payment page lives, where it would end before, though no longer in all than `longest` seconds.
/// When it lapses now.
///
/// # Errors
/// Those of the database.
pub async fn prolong_hold(
    db: &mut PgConnection,
    row: (Uuid, Uuid),
    seconds_from_now: i64,
    longest: i64,
) -> ApiResult<OffsetDateTime> {
    let (provider_id, booking_id) = row;
    let held = store::prolong_hold(db, provider_id, booking_id, seconds_from_now, longest).await?;
    let Some((end_at, expiry)) = held else { return Err(ApiError::not_found()) };
    let job = settling_job(provider_id, booking_id, Status::Pending.as_str(), end_at, Some(expiry));
    enqueue(db, &[job]).await?;
    Ok(expiry)
}

/// Notes in a booking's history what happened to its money elsewhere; the event that says so. The caller holds the provider's
/// lock.
///
/// # Errors
/// Those of the database.
pub async fn note(
    db: &mut PgConnection,
    booking_id: Uuid,
    kind: &str,
    detail: &serde_json::Value,
) -> ApiResult<Option<Uuid>> {
    let Some(row) = store::find(db, booking_id).await? else { return Ok(None) };
    Ok(Some(store::note(db, &row, kind, detail).await?))
}
