//! Accounts in the database, read for admins.

use crate::admin::providers::state;
use contract::admin::{AdminUser, AdminUserProvider, AdminUserRow, Suspension};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Which accounts to list.
pub struct Wanted {
    /// The account of this id, whatever the words are.
    pub id: Option<Uuid>,
    /// Patterns that each must be found in the name or the address.
    pub words: Vec<String>,
    /// Only suspended ones, or only others.
    pub suspended: Option<bool>,
    /// Only admins, or only others.
    pub admin: Option<bool>,
    /// Only who acts for a page, or only others.
    pub provider: Option<bool>,
    /// Only after this one.
    pub after: Option<(OffsetDateTime, Uuid)>,
    /// At most so many.
    pub limit: i64,
}

/// Accounts, the newest first.
pub async fn list(db: &mut PgConnection, wanted: Wanted) -> Result<Vec<AdminUserRow>, sqlx::Error> {
    let (after_at, after_id) = wanted.after.unzip();
    // An index finds one pattern; the longest one leaves the fewest rows to look at.
    let rarest = wanted.words.iter().max_by_key(|word| word.len());
    sqlx::query_as!(
        AdminUserRow,
        r#"
        select u.id, u.name, u.email::text as "email!", u.is_admin, u.suspended_at is not null as "suspended!",
            u.created_at,
            (select count(*) from memberships m where m.user_id = u.id) as "providers!",
            (select count(*) from bookings b where b.client_id = u.id) as "bookings!"
        from users u
        where (u.id = $1 or (
                ($9::text is null or u.name || ' ' || u.email::text ilike $9)
                and u.name || ' ' || u.email::text ilike all($2::text[])))
            and ($3::bool is null or (u.suspended_at is not null) = $3)
            and ($4::bool is null or u.is_admin = $4)
            and ($5::bool is null or exists (select from memberships m where m.user_id = u.id) = $5)
            and ($6::timestamptz is null or (u.created_at, u.id) < ($6, $7))
        order by u.created_at desc, u.id desc
        limit $8
        "#,
        wanted.id,
        &wanted.words,
        wanted.suspended,
        wanted.admin,
        wanted.provider,
        after_at,
        after_id,
        wanted.limit,
        rarest
    )
    .fetch_all(db)
    .await
}

/// An account, with the pages it acts for.
pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<AdminUser>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select u.name, u.email::text as "email!", u.email_verified_at is not null as "email_verified!", u.locale,
            u.time_zone, u.is_admin, u.suspended_at, u.suspended_reason, u.created_at, u.version,
            (select count(*) from bookings b where b.client_id = u.id) as "bookings!",
            s.open as "sessions!", s.last_seen_at
        from users u
        cross join lateral (
            select count(*) as open, max(issued_at) as last_seen_at from refresh_tokens
            where user_id = u.id and used_at is null and expires_at > statement_timestamp()
        ) s
        where u.id = $1
        "#,
        id
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let pages = sqlx::query!(
        r#"
        select p.id, p.name, m.role, p.published_at is not null as "published!", p.suspended_at is not null as "suspended!"
        from memberships m join providers p on p.id = m.provider_id
        where m.user_id = $1 order by p.name, p.id
        "#,
        id
    )
    .fetch_all(db)
    .await?;
    let pages = pages.into_iter().map(|page| AdminUserProvider {
        id: page.id,
        name: page.name,
        role: page.role,
        state: state(page.published, page.suspended),
    });
    Ok(Some(AdminUser {
        id,
        name: row.name,
        email: row.email,
        email_verified: row.email_verified,
        locale: row.locale,
        time_zone: row.time_zone,
        is_admin: row.is_admin,
        suspension: row.suspended_at.map(|since| Suspension { reason: row.suspended_reason, since }),
        created_at: row.created_at,
        bookings: row.bookings,
        sessions: row.sessions,
        last_seen_at: row.last_seen_at,
        providers: pages.collect(),
        version: row.version,
    }))
}
