//! Who may use the platform and who administers it, for the admins' slice.

use super::store::{sessions, users};
use crate::http::{ApiError, ApiResult, User};
use contract::problem::Code;
use sqlx::PgConnection;
use uuid::Uuid;

/// Where an account stands.
pub struct Standing {
    /// Whether the person administers the platform.
    pub is_admin: bool,
    /// Why the account is suspended, while it is.
    pub suspended: Option<String>,
    /// Its version.
    pub version: i32,
}

/// Makes this transaction the only one that changes the account, and the set of those who administer the platform.
///
/// # Errors
/// `not_found`.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> ApiResult<Standing> {
    lock_admins(db).await?;
    let account = users::lock(db, id).await?.ok_or_else(ApiError::not_found)?;
    Ok(Standing { is_admin: account.is_admin, suspended: account.suspended_reason, version: account.version })
}

/// Makes sure that an account can be used, and stays so until the transaction ends: an access token outlives a suspension.
///
/// # Errors
/// `account_suspended`, `unauthenticated` where the account is gone.
pub async fn require_active(db: &mut PgConnection, id: Uuid) -> ApiResult<()> {
    let suspended = users::suspension(db, id).await?.ok_or_else(|| ApiError::new(Code::Unauthenticated))?;
    suspended.map_or(Ok(()), |reason| Err(ApiError::new(Code::AccountSuspended).detail(reason)))
}

/// Makes sure that somebody administers the platform when this person no longer does.
///
/// # Errors
/// `last_admin`.
pub async fn require_other_admin(db: &mut PgConnection, id: Uuid) -> ApiResult<()> {
    let other = sqlx::query_scalar!(
        r#"select exists (select from users where is_admin and suspended_at is null and id <> $1) as "other!""#,
        id
    )
    .fetch_one(db)
    .await?;
    if other { Ok(()) } else { Err(ApiError::new(Code::LastAdmin)) }
}

/// Makes sure that somebody administers the platform when this person leaves. Call it before the account is locked.
///
/// # Errors
/// `last_admin`.
pub async fn may_leave(db: &mut PgConnection, id: Uuid) -> ApiResult<()> {
    if is_admin(db, id).await? {
        lock_admins(db).await?;
        require_other_admin(db, id).await?;
    }
    Ok(())
}

/// Two admins who take the right from each other would else both see the other still have it.
async fn lock_admins(db: &mut PgConnection) -> ApiResult<()> {
    sqlx::query!(r#"select 1 as "locked!" from pg_advisory_xact_lock(hashtextextended('admins', 0))"#)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// Suspends a locked account: its sessions end, and it opens no others.
///
/// # Errors
/// Those of the database.
pub async fn suspend(db: &mut PgConnection, id: Uuid, reason: &str) -> ApiResult<()> {
    users::set_suspended(db, id, Some(reason)).await?;
    Ok(sessions::end_all(db, id, None).await?)
}

/// Lets a locked account be used again.
///
/// # Errors
/// Those of the database.
pub async fn restore(db: &mut PgConnection, id: Uuid) -> ApiResult<()> {
    Ok(users::set_suspended(db, id, None).await?)
}

/// Gives or takes the right to administer the platform.
///
/// # Errors
/// Those of the database.
pub async fn set_admin(db: &mut PgConnection, id: Uuid, is_admin: bool) -> ApiResult<()> {
    Ok(users::set_admin(db, id, is_admin).await?)
}

/// Whether this person administers the platform at this very moment.
///
/// # Errors
/// Those of the database.
pub async fn administers(db: &mut PgConnection, user: User) -> ApiResult<bool> {
    is_admin(db, user.id).await
}

async fn is_admin(db: &mut PgConnection, id: Uuid) -> ApiResult<bool> {
    let found = sqlx::query_scalar!(
        r#"select is_admin and suspended_at is null as "is_admin!" from users where id = $1"#,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(found.unwrap_or_default())
}
