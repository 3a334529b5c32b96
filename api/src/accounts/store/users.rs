//! The people.

use contract::accounts::{MembershipSummary, User};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// What it takes to check a login.
pub(in crate::accounts) struct Account {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub is_verified: bool,
    pub is_admin: bool,
    /// Set while the account is suspended.
    pub suspended_reason: Option<String>,
    pub version: i32,
}

/// A person to be added.
pub(in crate::accounts) struct NewUser<'a> {
    pub id: Uuid,
    pub email: &'a str,
    pub password_hash: &'a str,
    pub name: &'a str,
    pub locale: &'a str,
    pub time_zone: &'a str,
}

/// Adds a person. An address that is taken breaks `users_email_taken`.
pub(in crate::accounts) async fn insert(
    db: &mut PgConnection,
    user: &NewUser<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into users (id, email, password_hash, name, locale, time_zone) values ($1, $2::text, $3, $4, $5, $6)",
        user.id,
        user.email,
        user.password_hash,
        user.name,
        user.locale,
        user.time_zone
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The account of an address.
pub(in crate::accounts) async fn by_email(
    db: &mut PgConnection,
    email: &str,
) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as!(
        Account,
        r#"select id, email::text as "email!", name, password_hash,
            email_verified_at is not null as "is_verified!", is_admin,
            case when suspended_at is not null then suspended_reason end as suspended_reason, version
        from users where email = $1::text::citext"#,
        email
    )
    .fetch_optional(db)
    .await
}

/// An account.
pub(in crate::accounts) async fn find(
    db: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as!(
        Account,
        r#"select id, email::text as "email!", name, password_hash,
            email_verified_at is not null as "is_verified!", is_admin,
            case when suspended_at is not null then suspended_reason end as suspended_reason, version
        from users where id = $1"#,
        id
    )
    .fetch_optional(db)
    .await
}

/// Makes this transaction the only one that changes the account or its sessions.
///
/// Taken before any of its rows in other tables: a session that opens while all are being ended is then either
/// among those ended, or opened by the new password.
pub(in crate::accounts) async fn lock(
    db: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as!(
        Account,
        r#"select id, email::text as "email!", name, password_hash,
            email_verified_at is not null as "is_verified!", is_admin,
            case when suspended_at is not null then suspended_reason end as suspended_reason, version
        from users where id = $1 for no key update"#,
        id
    )
    .fetch_optional(db)
    .await
}

/// The person as seen by that person, with the providers acted for and the bookings to be paid.
pub(in crate::accounts) async fn view(db: &mut PgConnection, id: Uuid) -> Result<Option<User>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select email::text as "email!", name, locale, time_zone, is_admin, version,
            email_verified_at is not null as "email_verified!"
        from users where id = $1"#,
        id
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let providers = sqlx::query_as!(
        MembershipSummary,
        r#"select p.id as provider_id, p.slug, p.name, m.role, p.published_at is not null
            or exists (select from bookings b where b.provider_id = p.id) as "set_up!"
        from memberships m join providers p on p.id = m.provider_id
        where m.user_id = $1 order by p.name, p.id"#,
        id
    )
    .fetch_all(&mut *db)
    .await?;
    // A hold begins before its booking does, and lasts for less than two hours.
    let unpaid = sqlx::query_scalar!(
        "select id from bookings
        where client_id = $1 and start_at > app_now() - interval '2 hours' and status = 'pending' and awaits = 'payment'
            and hold_expires_at > app_now()
        order by hold_expires_at, id",
        id
    )
    .fetch_all(db)
    .await?;
    Ok(Some(User {
        id,
        email: row.email,
        email_verified: row.email_verified,
        name: row.name,
        locale: row.locale,
        time_zone: row.time_zone,
        is_admin: row.is_admin,
        providers,
        unpaid,
        version: row.version,
    }))
}

/// Changes what is given.
pub(in crate::accounts) async fn update(
    db: &mut PgConnection,
    id: Uuid,
    name: Option<&str>,
    locale: Option<&str>,
    time_zone: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update users set name = coalesce($2, name), locale = coalesce($3, locale),
            time_zone = coalesce($4, time_zone), version = version + 1, updated_at = app_now()
        where id = $1 and (name, locale, time_zone) is distinct from
            (coalesce($2, name), coalesce($3, locale), coalesce($4, time_zone))",
        id,
        name,
        locale,
        time_zone
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets the password. It is not part of what the person sees, so the version stays.
pub(in crate::accounts) async fn set_password(
    db: &mut PgConnection,
    id: Uuid,
    password_hash: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update users set password_hash = $2, updated_at = app_now() where id = $1",
        id,
        password_hash
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that the address was proven; false where it was before.
pub(in crate::accounts) async fn set_verified(db: &mut PgConnection, id: Uuid) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update users set email_verified_at = app_now(), version = version + 1, updated_at = app_now()
        where id = $1 and email_verified_at is null",
        id
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives or takes the right to administer the platform.
pub(in crate::accounts) async fn set_admin(
    db: &mut PgConnection,
    id: Uuid,
    is_admin: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update users set is_admin = $2, version = version + 1, updated_at = app_now()
        where id = $1 and is_admin <> $2",
        id,
        is_admin
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Suspends an account for a reason, or lets it be used again.
pub(in crate::accounts) async fn set_suspended(
    db: &mut PgConnection,
    id: Uuid,
    reason: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update users set suspended_at = case when $2::text is not null then coalesce(suspended_at, app_now()) end,
            suspended_reason = coalesce($2, ''), version = version + 1, updated_at = app_now()
        where id = $1",
        id,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Why an account is suspended, where it is; nothing at all where there is no such account. It stays so until the
/// transaction ends.
pub(in crate::accounts) async fn suspension(
    db: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Option<String>>, sqlx::Error> {
    sqlx::query_scalar!(
        "select case when suspended_at is not null then suspended_reason end from users where id = $1 for share",
        id
    )
    .fetch_optional(db)
    .await
}

/// When the account was made.
pub(in crate::accounts) async fn created_at(
    db: &mut PgConnection,
    id: Uuid,
) -> Result<Option<OffsetDateTime>, sqlx::Error> {
    sqlx::query_scalar!("select created_at from users where id = $1", id).fetch_optional(db).await
}

/// Locks the account so that nothing new can refer to it either.
pub(in crate::accounts) async fn lock_whole(
    db: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Account>, sqlx::Error> {
    sqlx::query_as!(
        Account,
        r#"select id, email::text as "email!", name, password_hash,
            email_verified_at is not null as "is_verified!", is_admin,
            case when suspended_at is not null then suspended_reason end as suspended_reason, version
        from users where id = $1 for update"#,
        id
    )
    .fetch_optional(db)
    .await
}

/// Removes the account; its sessions, tokens and memberships go with it.
pub(in crate::accounts) async fn remove(db: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from users where id = $1", id).execute(db).await?;
    Ok(())
}
