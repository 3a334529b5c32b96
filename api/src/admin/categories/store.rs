//! Categories in the database.

use contract::admin::AdminCategory;
use sqlx::PgConnection;
use sqlx::types::Json;
use std::collections::BTreeMap;

/// Makes this transaction the only one that changes categories.
pub async fn lock(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!(r#"select 1 as "locked!" from pg_advisory_xact_lock(hashtextextended('categories', 0))"#)
        .fetch_one(db)
        .await?;
    Ok(())
}

struct Row {
    slug: String,
    names: Json<BTreeMap<String, String>>,
    position: i64,
    retired: bool,
    providers: i64,
    providers_published: i64,
    version: i32,
}

/// All categories, in their order.
pub async fn list(db: &mut PgConnection) -> Result<Vec<AdminCategory>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select c.slug, c.version, c.retired_at is not null as "retired!",
            row_number() over (order by c.position, c.slug) as "position!",
            (select coalesce(jsonb_object_agg(n.locale, n.name), '{}') from category_names n
                where n.category = c.slug) as "names!: Json<BTreeMap<String, String>>",
            p.all as "providers!", p.published as "providers_published!"
        from categories c
        cross join lateral (
            select count(*) as all,
                count(*) filter (where published_at is not null and suspended_at is null) as published
            from providers where category = c.slug
        ) p
        order by c.position, c.slug
        "#
    )
    .fetch_all(db)
    .await?;
    let category = |row: Row| AdminCategory {
        slug: row.slug,
        names: row.names.0,
        position: row.position,
        retired: row.retired,
        providers: row.providers,
        providers_published: row.providers_published,
        version: row.version,
    };
    Ok(rows.into_iter().map(category).collect())
}

/// Adds a category at the end; false where there is one of this slug.
pub async fn insert(db: &mut PgConnection, slug: &str) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "
        insert into categories (slug, position)
        select $1, coalesce(max(position), 0) + 1 from categories
        on conflict (slug) do nothing
        ",
        slug
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a category these names and no others.
pub async fn set_names(
    db: &mut PgConnection,
    slug: &str,
    names: &BTreeMap<String, String>,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from category_names where category = $1", slug).execute(&mut *db).await?;
    let (locales, names): (Vec<String>, Vec<String>) = names.clone().into_iter().unzip();
    sqlx::query!(
        "insert into category_names (category, locale, name) select $1, * from unnest($2::text[], $3::text[])",
        slug,
        &locales,
        &names
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts the categories into this order.
pub async fn set_order(db: &mut PgConnection, slugs: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "
        update categories set position = wanted.position
        from unnest($1::text[]) with ordinality wanted (slug, position)
        where categories.slug = wanted.slug and categories.position <> wanted.position
        ",
        slugs
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Closes a category for further pages, or opens it again.
pub async fn set_retired(db: &mut PgConnection, slug: &str, retired: bool) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update categories set retired_at = case when $2 then app_now() end where slug = $1",
        slug,
        retired
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Counts a change.
pub async fn next_version(db: &mut PgConnection, slug: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update categories set version = version + 1 where slug = $1", slug).execute(db).await?;
    Ok(())
}
