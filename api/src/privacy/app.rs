//! Showing everything, and letting go of it.

use crate::accounts::{self, Leaving};
use crate::app::App;
use crate::bookings::{self, Person};
use crate::db;
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiError, ApiResult, Faults, Reply, User, write};
use crate::providers::{self, Owned};
use crate::receipts;
use crate::schedules;
use crate::services;
use contract::privacy::{PersonalData, PersonalProvider};
use contract::problem::Code;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Everything that is held on the person.
pub(super) async fn export(app: &App, user: User) -> ApiResult<PersonalData> {
    let mut db = app.db.acquire().await?;
    let held = accounts::held(&mut db, user).await?.ok_or_else(gone)?;
    let email = held.account.email_verified.then_some(held.account.email.as_str());
    let bookings = bookings::of_person(&mut db, Person { id: user.id, email }).await?;
    let booked: Vec<_> = bookings.iter().map(|one| one.booking.id).collect();
    let receipts = receipts::of_bookings(app, &mut db, &booked).await?;
    let mut owned = Vec::new();
    for page in held.account.providers.iter().filter(|page| page.role == "owner") {
        owned.push(PersonalProvider {
            profile: providers::profile(app, &mut db, page.provider_id).await?,
            services: services::everything(app, &mut db, page.provider_id).await?,
            schedule: schedules::everything(&mut db, page.provider_id).await?,
        });
    }
    Ok(PersonalData {
        exported_at: db::now(&mut db).await?,
        created_at: held.created_at,
        account: held.account,
        sessions: held.sessions,
        bookings,
        receipts,
        providers: owned,
    })
}

/// Deletes the account: coming bookings are cancelled, past ones stay without the person, sessions end everywhere.
pub(super) async fn delete(
    app: &App,
    user: User,
    key: Option<&IdempotencyKey>,
    password: String,
) -> ApiResult<Reply> {
    let leaving = accounts::leaving(app, user, password).await?;
    write(app, &user.scope(), key, async |db| {
        // Gone already; a repeated request got its stored answer before it came here.
        let leaving = leaving.as_ref().ok_or_else(gone)?;
        leave(db, user, leaving).await?;
        Ok(Reply::no_content())
    })
    .await
}

/// Locks come in the order of every writer: providers by id, then rows. What a lock was missing for, because it came to
/// be in between, makes the request one to be sent again.
async fn leave(db: &mut PgConnection, user: User, leaving: &Leaving) -> ApiResult<()> {
    let seen = touched(db, user, leaving.email()).await?;
    for provider_id in &seen {
        db::lock_provider(db, *provider_id).await?;
    }
    accounts::standing::may_leave(db, user.id).await?;
    let email = accounts::lock_leaving(db, user, leaving).await?;
    if !touched(db, user, email.as_deref()).await?.is_subset(&seen) {
        return Err(ApiError::new(Code::Unavailable).retry_after(1));
    }
    let owned = providers::owned_alone(db, user.id).await?;
    refuse_where_needed(&owned)?;
    bookings::let_go(db, Person { id: user.id, email: email.as_deref() }).await?;
    accounts::remove(db, user, leaving).await?;
    for provider in owned.iter().filter(|provider| !provider.has_others) {
        providers::retire(db, provider.id).await?;
        services::blank(db, provider.id).await?;
        schedules::blank(db, provider.id).await?;
    }
    Ok(())
}

/// Every provider whose time or page changes.
async fn touched(db: &mut PgConnection, user: User, email: Option<&str>) -> ApiResult<BTreeSet<Uuid>> {
    let booked = bookings::providers_of_person(db, Person { id: user.id, email }).await?;
    let owned = providers::owned_alone(db, user.id).await?;
    Ok(booked.into_iter().chain(owned.into_iter().map(|provider| provider.id)).collect())
}

/// Nobody may leave customers standing before a door that nobody answers.
fn refuse_where_needed(owned: &[Owned]) -> ApiResult<()> {
    let mut faults = Faults::default();
    for Owned { id, name, published, has_coming, .. } in owned {
        let pointer = format!("/providers/{id}");
        faults.unless(!has_coming, &pointer, "has_bookings", &format!("{name} has coming bookings."));
        faults.unless(!published, &pointer, "published", &format!("{name} is published."));
    }
    faults.finish_as(Code::SoleOwner)
}

/// The token is valid, the account no longer there.
fn gone() -> ApiError {
    ApiError::new(Code::Unauthenticated)
}
