//! Reading receipts, and the provider asking for one.

use super::issue::{Occasion, facts, issue};
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
    let provider_id = bookings::reach(app, &mut db, asker, id).await?.0;
    let rows = store::of_booking(&mut db, id, None).await?;
    Ok(Receipts { items: shown(app, &mut db, (provider_id, id), rows).await? })
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
        let facts = facts(tx, (provider_id, id)).await?;
        let missing = facts.owed_minor() - facts.covered_minor;
        if missing == 0 {
            let words = "Nothing of this booking is without a receipt.";
            return Err(ApiError::new(Code::InvalidTransition).detail(words));
        }
        let number = issue(tx, &facts, Occasion::Asked, missing).await?;
        let rows = store::of_booking(tx, id, Some(number)).await?;
        let issued = shown(app, tx, (provider_id, id), rows).await?.pop().ok_or_else(ApiError::not_found)?;
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
    let row = store::of_booking(&mut db, id, Some(number)).await?.pop().ok_or_else(ApiError::not_found)?;
    let offset = row.content.start_at.offset();
    let page = Shown {
        number: row.number,
        kind: kind(&row)?,
        corrects: row.corrects,
        issued_at: row.issued_at.to_offset(offset),
        booking_id: row.booking_id,
        content: &row.content,
    };
    html(&page, words::of(query.locale.as_deref()))
}

async fn shown(
    app: &App,
    db: &mut PgConnection,
    booking: (Uuid, Uuid),
    rows: Vec<Row>,
) -> ApiResult<Vec<Receipt>> {
    let now = db::real_now(db).await?;
    let zone = facts(db, booking).await?.time_zone;
    let zone = Zone::parse(&zone).map_err(ApiError::internal)?;
    rows.into_iter().map(|row| on_the_wire(app, row, &zone, now)).collect()
}

fn on_the_wire(app: &App, row: Row, zone: &Zone, now: OffsetDateTime) -> ApiResult<Receipt> {
    let ticket = ticket::issue(&app.keys, row.booking_id, row.number, now);
    Ok(Receipt {
        number: row.number,
        kind: kind(&row)?,
        corrects: row.corrects,
        issued_at: in_zone(zone, seconds(row.issued_at)),
        page_path: format!("/api/v1/bookings/{}/receipts/{}?ticket={ticket}", row.booking_id, row.number),
        content: row.content.0,
    })
}

/// Words in the database are held to these by a constraint.
fn kind(row: &Row) -> ApiResult<ReceiptKind> {
    serde_json::from_value(row.kind.clone().into()).map_err(ApiError::internal)
}
