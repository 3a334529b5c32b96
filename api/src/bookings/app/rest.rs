//! The rest of a booking, which its client can pay online while it stands.

use crate::app::App;
use crate::bookings::store::{self, Row};
use crate::bookings::view::state;
use crate::http::{ApiError, ApiResult};
use crate::payments::{self, Cause};
use domain::money::{Currency, Money};
use domain::payment::rest::Account;
use domain::payment::terms::mode_of;
use sqlx::PgConnection;
use uuid::Uuid;

/// What is agreed and paid, for the rules.
pub(in crate::bookings) fn account(row: &Row) -> ApiResult<Account> {
    Ok(Account {
        status: state(row)?.status,
        price: Money::new(row.price_minor, Currency::parse(&row.currency).map_err(ApiError::internal)?),
        due_minor: row.due_minor,
        paid_minor: row.paid_minor,
        is_settled: row.settled_at.is_some(),
    })
}

/// What of the rest can be paid online until the end, in minor units.
pub(super) fn online(row: &Row) -> ApiResult<i64> {
    if row.now < row.end_at { Ok(account(row)?.online(row.service_prepays)) } else { Ok(0) }
}

/// The same, as long as the provider can take payments.
pub(in crate::bookings) async fn online_now(app: &App, db: &mut PgConnection, row: &Row) -> ApiResult<i64> {
    let minor = online(row)?;
    if minor == 0 || payments::way(app, db, row.provider_id).await?.is_none() {
        return Ok(0);
    }
    Ok(minor)
}

/// What of a booking's rest can be paid online, in minor units: a payment of any other amount is not wanted any more.
///
/// # Errors
/// Those of the database.
pub async fn rest_online(db: &mut PgConnection, booking_id: Uuid) -> ApiResult<i64> {
    store::find(db, booking_id).await?.map_or(Ok(0), |row| online(&row))
}

/// What became of money that has come in for a rest.
#[derive(Debug)]
pub struct Taken {
    /// The event that tells what of it was owed, if anything was.
    pub event: Option<Uuid>,
    /// What of it is too much, in minor units.
    pub too_much_minor: i64,
}

/// Takes note of money that has come in for a booking's rest. The caller holds the provider's lock.
///
/// # Errors
/// Those of the database.
pub async fn take_rest(db: &mut PgConnection, booking_id: Uuid, amount_minor: i64) -> ApiResult<Taken> {
    let Some(row) = store::find(db, booking_id).await? else {
        return Ok(Taken { event: None, too_much_minor: amount_minor });
    };
    let too_much_minor = account(&row)?.too_much(amount_minor);
    let taken = amount_minor - too_much_minor;
    if taken == 0 {
        return Ok(Taken { event: None, too_much_minor });
    }
    let due_minor = (row.due_minor + taken).min(row.price_minor);
    let mode = mode_of(due_minor, row.price_minor);
    let event = store::paid_rest(db, &row, taken, due_minor, mode).await?;
    Ok(Taken { event: Some(event), too_much_minor })
}

/// Notes that so much of what was paid goes back by itself; the event that says so.
///
/// # Errors
/// Those of the database.
pub async fn note_back(
    db: &mut PgConnection,
    booking_id: Uuid,
    amount_minor: i64,
    paid_minor: i64,
    cause: Cause,
) -> ApiResult<Option<Uuid>> {
    let detail = serde_json::json!({ "amount_minor": amount_minor, "paid_minor": paid_minor, "cause": cause.as_str() });
    super::note(db, booking_id, "refunded", &detail).await
}

/// What the end of a booking owed of a payment that a bank held back, and has not gone back since, in minor units.
///
/// # Errors
/// Those of the database.
pub async fn withheld(
    db: &mut PgConnection,
    provider_id: Uuid,
    booking_id: Uuid,
    payment_id: Uuid,
) -> ApiResult<i64> {
    Ok(store::withheld(db, provider_id, booking_id, payment_id).await?)
}
