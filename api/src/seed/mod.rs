//! Demo data: credible providers with hours, services, past and coming bookings.
//!
//! The same on every machine, except that it lies around the day on which it is written. Never in production.

mod demo;
mod diary;
mod people;
mod portrait;
mod store;

pub use people::{LOGINS, Login};

use crate::app::App;
use crate::db;
use crate::dice::Dice;
use crate::http::{ApiError, ApiResult};
use crate::jobs::{NewJob, enqueue};
use demo::{Demo, Written};
use diary::Diary;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

/// When the ids of demo rows were made: 2026-01-01, in milliseconds.
const BEGINNING: u64 = 1_767_225_600_000;
/// Two processes must not write at once; no provider's lock has this number.
const LOCK: i64 = 0x5eed;

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was written.
    Written,
    /// It was there before; nothing was changed.
    Present,
}

/// Writes the demo data, unless it is there.
///
/// # Errors
/// In production, and those of the database.
pub async fn run(app: &App) -> ApiResult<Outcome> {
    if app.config.production {
        return Err(ApiError::internal("there is no demo data in production"));
    }
    let mut tx = crate::db::begin(&app.db).await?;
    sqlx::query!("select pg_advisory_xact_lock($1)", LOCK).execute(&mut *tx).await?;
    let accounts = people::accounts();
    if store::is_present(&mut tx, accounts.customer).await? {
        return Ok(Outcome::Present);
    }
    people::write(&mut tx, &accounts).await?;
    let mut customer = diary::Customer::new(accounts.customer);
    // Where nothing can be paid when booking, all is paid on site.
    let is_prepaid = app.payments.is_some() || app.config.demo_payments;
    for mut demo in demo::all()? {
        if !is_prepaid {
            demo.pay_on_site();
        }
        write(&mut tx, &demo, &accounts, &mut customer).await?;
    }
    tx.commit().await?;
    Ok(Outcome::Written)
}

/// Writes the demo data into a database that nobody has used yet, unless the settings are against it, and says who can
/// log in to the demo.
///
/// # Errors
/// Those of the database.
pub async fn on_first_start(app: &App) -> ApiResult<&'static [Login]> {
    if !app.config.demo {
        return Ok(&[]);
    }
    let mut db = app.db.acquire().await?;
    let is_new = store::is_unused(&mut db).await?;
    let is_present = store::is_present(&mut db, people::accounts().customer).await?;
    drop(db);
    if is_new {
        run(app).await?;
    }
    Ok(if is_new || is_present { LOGINS } else { &[] })
}

async fn write(
    tx: &mut PgConnection,
    demo: &Demo,
    accounts: &people::Accounts,
    customer: &mut diary::Customer,
) -> ApiResult<()> {
    let Written { provider, owner, services } = demo::write(tx, demo, accounts).await?;
    let now = db::seconds(db::now(tx).await?);
    let offers = crate::slots::facts::load_all(tx, &services, diary::reach(now)).await?;
    let mut diary = Diary::new(demo, offers, owner, now, Dice::new(provider.as_u64_pair().1));
    diary.fill(customer);
    let rows = diary.into_rows();
    store::add_appointments(tx, &rows.appointments).await?;
    store::add_bookings(tx, &rows.bookings).await?;
    store::add_events(tx, &rows.events).await?;
    let jobs: Vec<NewJob> = rows.bookings.iter().filter_map(diary::settling_job).collect();
    Ok(enqueue(tx, &jobs).await?)
}

/// The id of a demo row, from what it is.
fn id(label: &str) -> Uuid {
    let digest = Sha256::digest(label.as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(BEGINNING, &random).into_uuid()
}
