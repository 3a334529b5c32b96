//! Photos in the database: which upload a provider shows.

use sqlx::PgConnection;
use uuid::Uuid;

/// The photo of a provider.
pub async fn photo(db: &mut PgConnection, provider: Uuid) -> Result<Option<Uuid>, sqlx::Error> {
    let photo = sqlx::query_scalar!("select photo from providers where id = $1", provider);
    Ok(photo.fetch_optional(db).await?.flatten())
}

/// Sets or clears it, as the profile's next version.
pub async fn set_photo(
    db: &mut PgConnection,
    provider: Uuid,
    photo: Option<Uuid>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update providers set photo = $2, version = version + 1, updated_at = app_now() where id = $1",
        provider,
        photo
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A photo, and who may see it.
pub struct Shown {
    /// The upload.
    pub photo: Uuid,
    /// Whether the provider's page is public.
    pub published: bool,
    /// Whether the one who asks acts for the provider.
    pub is_member: bool,
}

/// The photo of a provider as this person sees it.
pub async fn shown(
    db: &mut PgConnection,
    provider: Uuid,
    user: Option<Uuid>,
) -> Result<Option<Shown>, sqlx::Error> {
    sqlx::query_as!(
        Shown,
        r#"
        select photo as "photo!", published_at is not null and suspended_at is null as "published!",
            exists (select from acting_members m where m.provider_id = p.id and m.user_id = $2) as "is_member!"
        from providers p
        where id = $1 and photo is not null
        "#,
        provider,
        user
    )
    .fetch_optional(db)
    .await
}
