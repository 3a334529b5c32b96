//! All bookings of one person: shown to them, or let go of.

use super::cancel::end;
use crate::bookings::access::{Side, guest_scope};
use crate::bookings::store::{self, Row, person};
use crate::bookings::view::{all_whole, state};
use crate::db::seconds;
use crate::http::{ApiResult, idempotency};
use contract::privacy::PersonalBooking;
use domain::booking::{Action, Party, transition};
use sqlx::PgConnection;
use uuid::Uuid;

/// Stands in bookings where the client's name stood.
const NOBODY: &str = "Deleted account";

/// Whose bookings are meant: those made while logged in and, where the address is proven, those that name it.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The account.
    pub id: Uuid,
    /// Its address, once proven.
    pub email: Option<&'a str>,
}

/// The person's bookings as a client with their history, by start.
///
/// # Errors
/// Those of the database.
pub async fn of_person(db: &mut PgConnection, whose: Person<'_>) -> ApiResult<Vec<PersonalBooking>> {
    let rows = person::bookings(db, whose).await?;
    let mut history = person::events(db, whose).await?;
    let bookings = all_whole(db, &rows, side).await?.into_iter().map(|booking| {
        let history = history.remove(&booking.id).unwrap_or_default();
        PersonalBooking { booking, history }
    });
    Ok(bookings.collect())
}

fn side(row: &Row) -> Side {
    if row.client_id.is_some() { Side::Client } else { Side::Guest }
}

/// The providers whose locks it takes to let go of the person's bookings.
///
/// # Errors
/// Those of the database.
pub async fn providers_of_person(db: &mut PgConnection, whose: Person<'_>) -> ApiResult<Vec<Uuid>> {
    Ok(person::providers(db, whose).await?)
}

/// Cancels what is to come, so that the providers are told and the time is free, and takes the person out of everything
/// that stays. The caller holds the locks of [`providers_of_person`].
///
/// # Errors
/// Those of the database.
pub async fn let_go(db: &mut PgConnection, whose: Person<'_>) -> ApiResult<()> {
    let cancel = Action::Cancel(Party::Client);
    for row in person::bookings(db, whose).await? {
        if transition(&state(&row)?, cancel, seconds(row.now)).is_ok() {
            end(db, &row, cancel, side(&row).as_str(), None, "").await?;
        }
    }
    if let Some(email) = whose.email {
        // What was answered to a guest of this address, should the request have been repeated.
        idempotency::forget(db, &guest_scope(email)).await?;
    }
    Ok(store::person::anonymise(db, whose, NOBODY).await?)
}
