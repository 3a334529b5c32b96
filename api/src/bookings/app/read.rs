//! Reading bookings.

use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::store::{self, Owner};
use crate::bookings::view::{view, whole};
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiError, ApiResult, User};
use contract::bookings::{Booking, BookingEvents, BookingQuery};
use contract::page::Page;
use domain::booking::Status;
use sqlx::PgConnection;
use uuid::Uuid;

/// One booking.
///
/// # Errors
/// `not_found`.
pub async fn read(app: &App, asker: &Asker, id: Uuid) -> ApiResult<Booking> {
    let mut db = app.db.acquire().await?;
    let (row, side) = asker.reach(app, &mut db, id).await?;
    whole(app, &mut db, &row, side).await
}

/// The history of a booking.
///
/// # Errors
/// `not_found`.
pub async fn events(app: &App, asker: &Asker, id: Uuid) -> ApiResult<BookingEvents> {
    let mut db = app.db.acquire().await?;
    let (row, _) = asker.reach(app, &mut db, id).await?;
    Ok(BookingEvents { items: store::events(&mut db, row.provider_id, row.id).await? })
}

/// A page of the person's bookings as a client.
///
/// # Errors
/// As [`list`].
pub async fn list_own(app: &App, user: User, query: &BookingQuery) -> ApiResult<Page<Booking>> {
    list(app, Owner::Client(user.id), query).await
}

/// A page of the owner's bookings.
///
/// # Errors
/// `invalid_fields` for an unknown status or cursor.
pub async fn list(app: &App, owner: Owner, query: &BookingQuery) -> ApiResult<Page<Booking>> {
    let statuses = query.status.as_deref().map(statuses).transpose()?;
    let name = match owner {
        Owner::Provider(id) => format!("bookings with {id}"),
        Owner::Client(id) => format!("bookings of {id}"),
    };
    let order = Some(query.order.unwrap_or_default());
    let list = List::of(&name, &BookingQuery { order, ..query.clone() });
    let after = list.decode::<(i64, Uuid)>(query.cursor.as_deref())?;
    let after = after.map(|(start, id)| (crate::db::from_seconds(start), id));
    if query.from.zip(query.to).is_some_and(|(from, to)| to < from) {
        return Err(ApiError::field("?to", "order", "The end is before the start."));
    }
    for (at, name) in [(query.from, "?from"), (query.to, "?to")] {
        at.map_or(Ok(()), |at| crate::http::calendar::within_calendar(at.year(), name))?;
    }
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let mut db = app.db.acquire().await?;
    let mut rows = store::list(&mut db, owner, statuses.as_deref(), query, after, limit as i64 + 1).await?;
    let next_cursor = list.cut(&mut rows, limit, |last| (crate::db::seconds(last.start_at), last.id));
    let side = match owner {
        Owner::Provider(_) => Side::Provider,
        Owner::Client(_) => Side::Client,
    };
    Ok(Page { items: rows.iter().map(|row| view(row, side)).collect::<ApiResult<_>>()?, next_cursor })
}

/// The provider's bookings that have not ended and still stand, by start.
///
/// # Errors
/// Those of the database.
pub async fn coming(db: &mut PgConnection, provider_id: Uuid) -> ApiResult<Vec<Booking>> {
    store::coming(db, provider_id).await?.iter().map(|row| view(row, Side::Provider)).collect()
}

fn statuses(list: &str) -> ApiResult<Vec<String>> {
    let known = |name: &str| Status::parse(name).map(|status| status.as_str().to_owned());
    list.split(',')
        .map(|name| {
            known(name.trim()).ok_or_else(|| {
                let words = "Use `pending`, `confirmed`, `cancelled`, `completed` or `no_show`.";
                ApiError::field("?status", "status", words)
            })
        })
        .collect()
}
