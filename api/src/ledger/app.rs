//! A provider reads its book.

use super::month::{Stretch, month};
use super::store::{self, Row};
use super::table;
use crate::app::App;
use crate::db::seconds;
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiError, ApiResult, ProviderOwner};
use crate::slots::in_zone;
use contract::ledger::{Balances, Transaction, TransactionBooking, TransactionQuery};
use contract::page::Page;
use domain::payment::vat;
use domain::zone::Zone;
use sqlx::PgConnection;

/// The provider's zone, and the month in it that is meant.
async fn meant(
    db: &mut PgConnection,
    owner: ProviderOwner,
    text: Option<&str>,
) -> ApiResult<(Zone, Option<Stretch>)> {
    let name = store::zone(db, owner.provider_id).await?.ok_or_else(ApiError::not_found)?;
    let zone = Zone::parse(&name).map_err(ApiError::internal)?;
    let within = text.map(|text| month(text, &zone)).transpose()?;
    Ok((zone, within))
}

/// A page of the provider's transactions.
///
/// # Errors
/// `invalid_fields` for a month or cursor that is none.
pub(super) async fn list(
    app: &App,
    owner: ProviderOwner,
    query: &TransactionQuery,
) -> ApiResult<Page<Transaction>> {
    let list = List::of(&format!("transactions of {}", owner.provider_id), query);
    let after = list.decode_instant(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let mut db = app.db.acquire().await?;
    let (zone, within) = meant(&mut db, owner, query.month.as_deref()).await?;
    let more = Some(limit as i64 + 1);
    let mut rows = store::list(&mut db, owner.provider_id, within, after, more).await?;
    let next_cursor = list.cut(&mut rows, limit, |last| (last.at, last.id));
    let items = rows.into_iter().map(|row| on_the_wire(row, &zone)).collect::<ApiResult<_>>()?;
    Ok(Page { items, next_cursor })
}

/// The provider's sums.
///
/// # Errors
/// `invalid_fields` for a month that is none.
pub(super) async fn balances(app: &App, owner: ProviderOwner, month: Option<&str>) -> ApiResult<Balances> {
    let mut db = app.db.acquire().await?;
    let (_, within) = meant(&mut db, owner, month).await?;
    Ok(Balances { items: store::balances(&mut db, owner.provider_id, within).await? })
}

/// The provider's transactions of a month as a table, the oldest first.
///
/// # Errors
/// `invalid_fields` for a month that is none.
pub(super) async fn export(app: &App, owner: ProviderOwner, month: &str) -> ApiResult<Vec<u8>> {
    let mut db = app.db.acquire().await?;
    let (zone, within) = meant(&mut db, owner, Some(month)).await?;
    let rows = store::list(&mut db, owner.provider_id, within, None, None).await?;
    drop(db);
    let items: Vec<_> =
        rows.into_iter().rev().map(|row| on_the_wire(row, &zone)).collect::<ApiResult<_>>()?;
    table::write(&items)
}

/// The rate of the tax in a payment, a refund or what a bank has given back for good, and that tax: as on its receipt. Where it has none of its own, because one was
/// issued before for what it pays or the rate has become another, what it adds to the tax of all that was paid for the booking.
fn tax(row: &Row) -> Option<(u32, i64)> {
    let rate = row.vat_rate?.cast_unsigned();
    let after = row.before_minor + row.client_minor;
    let added = || vat::contained(after, rate) - vat::contained(row.before_minor, rate);
    Some((rate, row.receipt_vat_minor.unwrap_or_else(added)))
}

fn on_the_wire(row: Row, zone: &Zone) -> ApiResult<Transaction> {
    let (vat_rate, vat_minor) = tax(&row).unzip();
    let booking = row.booking_id.zip(row.start_at).map(|(id, start_at)| TransactionBooking {
        id,
        service_name: row.service_name.unwrap_or_default(),
        client_name: row.client_name.unwrap_or_default(),
        start_at: in_zone(zone, seconds(start_at)),
    });
    Ok(Transaction {
        id: row.id,
        // Words in the database are those of the rules.
        kind: serde_json::from_value(row.movement.into()).map_err(ApiError::internal)?,
        at: in_zone(zone, seconds(row.at)),
        currency: row.currency,
        amount_minor: row.balance_minor + row.fee_minor - row.platform_minor,
        fee_minor: row.fee_minor,
        platform_minor: row.platform_minor,
        balance_minor: row.balance_minor,
        vat_rate,
        vat_minor,
        booking,
    })
}
