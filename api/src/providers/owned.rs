//! Providers that depend on one person, for when that person leaves.

use super::photo;
use sqlx::PgConnection;
use uuid::Uuid;

/// A provider that nobody else owns.
#[derive(Debug)]
pub struct Owned {
    /// The provider.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Whether customers can find it.
    pub published: bool,
    /// Whether it has bookings to come.
    pub has_coming: bool,
    /// Whether somebody else acts for it, who can go on with it.
    pub has_others: bool,
}

/// The providers of which this person is the only owner, by name.
///
/// # Errors
/// Those of the database.
pub async fn owned_alone(db: &mut PgConnection, user_id: Uuid) -> Result<Vec<Owned>, sqlx::Error> {
    sqlx::query_as!(
        Owned,
        r#"select p.id, p.name, p.published_at is not null as "published!",
            exists (select from bookings b where b.provider_id = p.id
                and b.status in ('pending', 'confirmed') and b.end_at > app_now()) as "has_coming!",
            exists (select from memberships o where o.provider_id = p.id and o.user_id <> $1) as "has_others!"
        from memberships m join providers p on p.id = m.provider_id
        where m.user_id = $1 and m.role = 'owner' and not exists (
            select from memberships o where o.provider_id = p.id and o.user_id <> $1 and o.role = 'owner')
        order by p.name, p.id"#,
        user_id
    )
    .fetch_all(db)
    .await
}

/// Closes a hidden provider whose owner leaves. Without a booking it goes; else its name stays, for those who were
/// there, and what it said of the person goes. The texts of its services and its notes are those slices' own affair.
///
/// # Errors
/// Those of the database.
pub async fn retire(db: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    photo::end(db, id).await?;
    let gone = sqlx::query!(
        "delete from providers p where p.id = $1 and not exists (select from bookings b where b.provider_id = p.id)",
        id
    )
    .execute(&mut *db)
    .await?;
    if gone.rows_affected() == 0 {
        sqlx::query!(
            "update providers set headline = '', bio = '', address_line = '', latitude = null, longitude = null,
                portrait = null, tax_number = '', version = version + 1, updated_at = app_now()
            where id = $1",
            id
        )
        .execute(db)
        .await?;
    }
    Ok(())
}
