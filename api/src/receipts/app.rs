//! Reading receipts, and the provider asking for one.

use super::issue::{Occasion, account, issue};
use super::page::{Shown, html};
use super::store::{self, Row};
use super::{ticket, words};
use crate::app::App;
use crate::bookings::{self, Asker, Side};
use crate::db::{self, seconds};
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiError, ApiResult, Reply, write};
use crate::slots::in_zone;
use contract::problem::Code;
use contract::receipts::{Receipt, ReceiptKind, ReceiptPageQuery, Receipts};
use domain::zone::Zone;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// The receipts of a booking.
///
/// # Errors
/// `not_found`.
pub(super) async fn list(app: &App, asker: &Asker, id: Uuid) -> ApiResult<Receipts> {
    let mut db = app.db.acquire().await?;
    bookings::reach(app, &mut db, asker, id).await?;
    Ok(Receipts { items: of_bookings(app, &mut db, &[id]).await? })
}

/// The receipts of these bookings, oldest first.
///
/// # Errors
/// Those of the database.
pub async fn of_bookings(app: &App, db: &mut PgConnection, bookings: &[Uuid]) -> ApiResult<Vec<Receipt>> {
    let rows = store::of_bookings(db, bookings, None).await?;
    shown(app, db, rows).await
}

/// Issues what is missing on receipts, because the provider asks: a receipt for what is on none yet, a credit note where more
/// is on them than the booking costs now.
///
/// # Errors
/// `not_found`, also for anyone but the provider; `invalid_transition` where nothing is missing.
pub(super) async fn ask(
    app: &App,
    asker: &Asker,
    key: Option<&IdempotencyKey>,
    id: Uuid,
) -> ApiResult<Reply> {
    write(app, &asker.scope(), key, async |tx| {
        let (provider_id, side) = bookings::reach(app, tx, asker, id).await?;
        if side != Side::Provider {
            return Err(ApiError::not_found());
        }
        db::lock_provider(tx, provider_id).await?;
        let account = account(tx, (provider_id, id)).await?;
        let missing = account.missing_minor();
        if missing == 0 {
            let words = "Nothing of this booking is without a receipt.";
            return Err(ApiError::new(Code::InvalidTransition).detail(words));
        }
        let number = issue(tx, &account, Occasion::Asked, missing).await?;
        let rows = store::of_bookings(tx, &[id], Some(number)).await?;
        let issued = shown(app, tx, rows).await?.pop().ok_or_else(ApiError::not_found)?;
        Reply::created(format!("/api/v1/bookings/{id}/receipts/{number}"), &issued)
    })
    .await
}

/// The page of a receipt.
///
/// # Errors
/// `not_found`.
pub(super) async fn page(
    app: &App,
    asker: &Asker,
    id: Uuid,
    number: i64,
    query: &ReceiptPageQuery,
) -> ApiResult<String> {
    let mut db = app.db.acquire().await?;
    let now = db::real_now(&mut db).await?;
    let has_ticket =
        query.ticket.as_ref().is_some_and(|ticket| ticket::opens(&app.keys, id, number, now, ticket));
    if !has_ticket {
        bookings::reach(app, &mut db, asker, id).await?;
    }
    let found = store::of_bookings(&mut db, &[id], Some(number)).await?.pop();
    let row = found.ok_or_else(ApiError::not_found)?;
    let page = Shown {
        number: row.number,
        kind: kind(&row)?,
        corrects: row.corrects,
        issued_at: issued_at(&row)?,
        booking_id: row.booking_id,
        content: &row.content,
    };
    html(&page, words::of(query.locale.as_deref()))
}

async fn shown(app: &App, db: &mut PgConnection, rows: Vec<Row>) -> ApiResult<Vec<Receipt>> {
    let now = db::real_now(db).await?;
    rows.into_iter()
        .map(|row| {
            let ticket = ticket::issue(&app.keys, row.booking_id, row.number, now);
            let path = format!("/api/v1/bookings/{}/receipts/{}", row.booking_id, row.number);
            Ok(Receipt {
                number: row.number,
                kind: kind(&row)?,
                corrects: row.corrects,
                issued_at: issued_at(&row)?,
                page_path: format!("{path}?ticket={ticket}"),
                content: row.content.0,
            })
        })
        .collect()
}

fn issued_at(row: &Row) -> ApiResult<OffsetDateTime> {
    let zone = Zone::parse(&row.time_zone).map_err(ApiError::internal)?;
    Ok(in_zone(&zone, seconds(row.issued_at)))
}

/// Words in the database are held to these by a constraint.
fn kind(row: &Row) -> ApiResult<ReceiptKind> {
    serde_json::from_value(row.kind.clone().into()).map_err(ApiError::internal)
}
