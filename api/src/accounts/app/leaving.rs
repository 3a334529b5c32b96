//! What the account's slice holds on a person, and how it lets go of it.

use crate::accounts::password;
use crate::accounts::store::{sessions, users};
use crate::app::App;
use crate::http::actor::require_session;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, User};
use contract::accounts::{SessionSummary, User as Me};
use contract::problem::Code;
use sqlx::PgConnection;
use std::time::Duration;
use time::OffsetDateTime;

/// Wrong passwords in a quarter of an hour.
const GUESSES: u32 = 10;
/// More sessions than one person has open.
const ALL: i64 = 10_000;

/// What is held on a person here.
#[derive(Debug)]
pub struct Held {
    /// The account.
    pub account: Me,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Its sessions, the last seen first.
    pub sessions: Vec<SessionSummary>,
}

/// Everything about the account; nothing where it is gone while its token still lives.
///
/// # Errors
/// Those of the database.
pub async fn held(db: &mut PgConnection, user: User) -> ApiResult<Option<Held>> {
    let Some(account) = users::view(db, user.id).await? else { return Ok(None) };
    let Some(created_at) = users::created_at(db, user.id).await? else { return Ok(None) };
    let sessions = sessions::list(db, user.id, None, ALL).await?;
    let sessions = sessions.into_iter().map(|row| row.summary(user.session)).collect();
    Ok(Some(Held { account, created_at, sessions }))
}

/// A person who has shown the password and wants to leave.
#[derive(Debug)]
pub struct Leaving {
    password_hash: String,
    email: Option<String>,
    guesses: Key,
}

impl Leaving {
    /// The address, if it was proven by then.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }
}

/// Checks the password of somebody who wants to leave; nothing where the account is gone already.
///
/// # Errors
/// `wrong_password`, `too_many_requests`, `unauthenticated` where the session has been ended.
pub async fn leaving(app: &App, user: User, password: String) -> ApiResult<Option<Leaving>> {
    let mut connection = app.db.acquire().await?;
    let Some(account) = users::find(&mut connection, user.id).await? else { return Ok(None) };
    require_session(&mut connection, user).await?;
    let guesses = Key::new("leaving", &[&user.id.to_string()]);
    throttle::hit(&mut connection, &guesses, GUESSES, Duration::from_secs(15 * 60)).await?;
    // Hashing takes a while: others may have the connection meanwhile.
    drop(connection);
    if !password::verify(password, Some(account.password_hash.clone())).await? {
        return Err(ApiError::new(Code::WrongPassword));
    }
    let email = account.is_verified.then_some(account.email);
    Ok(Some(Leaving { password_hash: account.password_hash, email, guesses }))
}

/// Locks the account against everything else, bookings with it included. Its proven address, if it has one, for
/// finding what guests with it made.
///
/// # Errors
/// `wrong_password` where the password was changed since it was checked, `unauthenticated` where the account is gone,
/// `account_suspended`: who could leave could come back under the same address, and nobody would know why they had gone.
pub async fn lock(db: &mut PgConnection, user: User, leaving: &Leaving) -> ApiResult<Option<String>> {
    let account =
        users::lock_whole(db, user.id).await?.ok_or_else(|| ApiError::new(Code::Unauthenticated))?;
    if account.password_hash != leaving.password_hash {
        return Err(ApiError::new(Code::WrongPassword));
    }
    if let Some(reason) = account.suspended_reason {
        return Err(ApiError::new(Code::AccountSuspended).detail(reason));
    }
    Ok(account.is_verified.then_some(account.email))
}

/// Removes the account with its sessions and tokens, and the answers that were kept for its repeated requests.
///
/// # Errors
/// Those of the database.
pub async fn remove(db: &mut PgConnection, user: User, leaving: &Leaving) -> ApiResult<()> {
    users::remove(db, user.id).await?;
    crate::http::idempotency::forget(db, &user.scope()).await?;
    throttle::reset(db, &leaving.guesses).await
}
