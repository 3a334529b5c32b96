//! Pages in the database, read for admins.

use super::state;
use contract::admin::{AdminProvider, AdminProviderMember, AdminProviderRow, PageState, Suspension};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Which pages to list.
pub struct Wanted {
    /// The page of this id, whatever the words are.
    pub id: Option<Uuid>,
    /// Patterns that each must be found in the name, the address or the city.
    pub words: Vec<String>,
    /// Only in this city.
    pub city: Option<String>,
    /// Only in this category.
    pub category: Option<String>,
    /// Only in this state.
    pub state: Option<PageState>,
    /// Only after this one.
    pub after: Option<(OffsetDateTime, Uuid)>,
    /// At most so many.
    pub limit: i64,
}

/// Pages, the newest first.
pub async fn list(db: &mut PgConnection, wanted: Wanted) -> Result<Vec<AdminProviderRow>, sqlx::Error> {
    let (after_at, after_id) = wanted.after.unzip();
    // An index finds one pattern; the longest one leaves the fewest rows to look at.
    let rarest = wanted.words.iter().max_by_key(|word| word.len());
    let suspended = wanted.state.map(|state| state == PageState::Suspended);
    let published = wanted.state.filter(|state| *state != PageState::Suspended);
    let published = published.map(|state| state == PageState::Published);
    let rows = sqlx::query!(
        r#"
        select p.id, p.slug, p.name, p.category, p.city, p.country, p.created_at,
            p.published_at is not null as "published!", p.suspended_at is not null as "suspended!",
            (select count(*) from bookings b
                where b.provider_id = p.id and b.start_at > app_now() and b.status in ('pending', 'confirmed'))
                as "bookings_coming!"
        from providers p
        where (p.id = $1 or (
                ($10::text is null or p.name || ' ' || p.slug || ' ' || p.city ilike $10)
                and p.name || ' ' || p.slug || ' ' || p.city ilike all($2::text[])))
            and ($3::text is null or lower(p.city) = lower($3))
            and ($4::text is null or p.category = $4)
            and ($5::bool is null or (p.suspended_at is not null) = $5)
            and ($6::bool is null or (p.published_at is not null) = $6)
            and ($7::timestamptz is null or (p.created_at, p.id) < ($7, $8))
        order by p.created_at desc, p.id desc
        limit $9
        "#,
        wanted.id,
        &wanted.words,
        wanted.city,
        wanted.category,
        suspended,
        published,
        after_at,
        after_id,
        wanted.limit,
        rarest
    )
    .fetch_all(db)
    .await?;
    let provider = rows.into_iter().map(|row| AdminProviderRow {
        id: row.id,
        slug: row.slug,
        name: row.name,
        category: row.category,
        city: row.city,
        country: row.country,
        state: state(row.published, row.suspended),
        created_at: row.created_at,
        bookings_coming: row.bookings_coming,
    });
    Ok(provider.collect())
}

/// A page, with those who act for it.
pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<AdminProvider>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select p.slug, p.name, p.headline, p.category, p.city, p.country, p.time_zone, p.suspended_at,
            p.suspended_reason, p.published_at is not null as "published!", p.created_at, p.version,
            (select count(*) from services s where s.provider_id = p.id and s.status = 'active') as "services!",
            b.coming as "coming!", b.all as "all!"
        from providers p
        cross join lateral (
            select count(*) as all,
                count(*) filter (where start_at > app_now() and status in ('pending', 'confirmed')) as coming
            from bookings where provider_id = p.id
        ) b
        where p.id = $1
        "#,
        id
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let members = sqlx::query_as!(
        AdminProviderMember,
        r#"
        select u.id as user_id, u.name, u.email::text as "email!", m.role
        from memberships m join users u on u.id = m.user_id
        where m.provider_id = $1 order by m.role desc, u.name, u.id
        "#,
        id
    )
    .fetch_all(db)
    .await?;
    Ok(Some(AdminProvider {
        id,
        slug: row.slug,
        name: row.name,
        headline: row.headline,
        category: row.category,
        city: row.city,
        country: row.country,
        time_zone: row.time_zone,
        state: state(row.published, row.suspended_at.is_some()),
        published: row.published,
        suspension: row.suspended_at.map(|since| Suspension { reason: row.suspended_reason, since }),
        created_at: row.created_at,
        services: row.services,
        bookings_coming: row.coming,
        bookings: row.all,
        members,
        version: row.version,
    }))
}
