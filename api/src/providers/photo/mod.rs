//! Photos: read, cut square, written anew in three sizes, kept in the file storage.

mod crop;
mod fit;
mod job;
mod jpeg;
mod pass;
mod picture;
mod store;

pub use job::RemovePhoto;
pub use pass::show;

use super::{app, error};
use crate::app::App;
use crate::db;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, IfMatch, NoBody, ProviderMember, Reply, Upload, Visitor, write};
use crate::jobs::{self, NewJob};
use contract::photos::{PHOTO_SIZES, PhotoCrop, PhotoQuery};
use integrations::storage::File;
use picture::Picture;
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

/// Pictures that one person may send in an hour, usable or not: each takes a core for a while.
const UPLOADS: u32 = 60;
const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
/// When the pictures of an upload that came to nothing are removed: long after it must have ended.
const ABANDONED: Duration = Duration::hours(1);

/// The path of a provider's picture: the photo, or the drawn portrait where there is none. The address of a photo never
/// shows another one, so it can be kept for ever.
pub fn portrait_url(id: Uuid, photo: Option<Uuid>) -> String {
    match photo {
        Some(photo) => format!("/api/v1/providers/{id}/photo?v={}", photo.simple()),
        None => format!("/api/v1/providers/{id}/portrait"),
    }
}

/// The name of a picture in the file storage. Each upload has an id of its own, so that removing one never touches
/// another, even of the same picture.
fn name(photo: Uuid, size: u32) -> String {
    format!("photos/{}/{size}.jpg", photo.simple())
}

/// Sets the photo.
///
/// # Errors
/// `too_many_requests`; `invalid_fields` for what is no usable picture, `version_mismatch`, `unavailable` where the storage
/// fails or too many pictures wait.
pub(super) async fn put(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    crop: PhotoCrop,
    upload: Upload,
) -> ApiResult<Reply> {
    let square = crop::square(crop)?;
    let uploads = Key::new("photo", &[&member.user.id.to_string()]);
    throttle::hit(&mut *app.db.acquire().await?, &uploads, UPLOADS, HOUR).await?;
    let pictures = picture::make(upload.bytes, square).await?;
    let photo = Uuid::now_v7();
    keep(app, member.provider_id, photo, pictures).await?;
    write(app, &member.user.scope(), upload.key.as_ref(), async |tx| {
        replace(app, tx, member.provider_id, version, Some(photo)).await
    })
    .await
}

/// Keeps pictures of an upload. They are to be removed later unless the provider shows it by then, which is said before the first
/// byte is kept, so that nothing is left behind whatever happens.
async fn keep(app: &App, provider_id: Uuid, photo: Uuid, pictures: Vec<Picture>) -> ApiResult<()> {
    let mut tx = crate::db::begin(&app.db).await?;
    let later = db::now(&mut tx).await? + ABANDONED;
    jobs::enqueue(&mut tx, &[NewJob::of(&RemovePhoto { provider_id, photo }).at(later)]).await?;
    tx.commit().await?;
    for Picture { size, content } in pictures {
        let file = File { media_type: "image/jpeg", content };
        app.files.put(&name(photo, size), file).await.map_err(ApiError::unavailable)?;
    }
    Ok(())
}

/// Takes the photo away, so that the drawn portrait shows again.
///
/// # Errors
/// `not_found` where there is none, `version_mismatch`.
pub(super) async fn delete(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<Reply> {
    write(app, &member.user.scope(), body.key.as_ref(), async |tx| {
        replace(app, tx, member.provider_id, version, None).await
    })
    .await
}

async fn replace(
    app: &App,
    tx: &mut PgConnection,
    provider_id: Uuid,
    version: IfMatch,
    photo: Option<Uuid>,
) -> ApiResult<Reply> {
    let mut profile = app::locked(tx, provider_id, version).await?;
    let old = store::photo(tx, provider_id).await?;
    if photo.is_none() && old.is_none() {
        return Err(ApiError::not_found());
    }
    store::set_photo(tx, provider_id, photo).await.map_err(error::refused)?;
    if let Some(photo) = old {
        jobs::enqueue(tx, &[NewJob::of(&RemovePhoto { provider_id, photo })]).await?;
    }
    profile.portrait_url = portrait_url(provider_id, photo);
    profile.has_photo = photo.is_some();
    profile.version += 1;
    let profile = show(app, profile);
    Ok(Reply::ok(&profile)?.version(profile.version))
}

/// Takes the photo of a provider that ends away, with its pictures.
///
/// # Errors
/// Those of the database.
pub(super) async fn end(tx: &mut PgConnection, provider_id: Uuid) -> Result<(), sqlx::Error> {
    if let Some(photo) = store::photo(tx, provider_id).await? {
        store::set_photo(tx, provider_id, None).await?;
        jobs::enqueue(tx, &[NewJob::of(&RemovePhoto { provider_id, photo })]).await?;
    }
    Ok(())
}

/// A photo as it is asked for.
pub(super) struct Found {
    /// Whose it is.
    pub provider_id: Uuid,
    /// The upload it comes from.
    pub photo: Uuid,
    /// Its side, in pixels.
    pub size: u32,
    /// Whether everybody may see it.
    pub public: bool,
    /// Whether the address names this very photo.
    pub exact: bool,
}

/// Which photo to show.
///
/// # Errors
/// `not_found` where there is none, or none for this visitor; a field error at `?size`.
pub(super) async fn find(app: &App, id: Uuid, query: &PhotoQuery, visitor: Visitor) -> ApiResult<Found> {
    let size = query.size.unwrap_or(PHOTO_SIZES[0]);
    if !PHOTO_SIZES.contains(&size) {
        return Err(ApiError::field("?size", "size", "Must be 640, 240 or 160."));
    }
    let mut db = app.db.acquire().await?;
    let stored = store::shown(&mut db, id, visitor.0.map(|user| user.id)).await?;
    let stored = stored.ok_or_else(ApiError::not_found)?;
    let has_pass = query.pass.as_deref().is_some_and(|pass| pass::opens(app, stored.photo, pass));
    if !stored.published && !stored.is_member && !has_pass {
        return Err(ApiError::not_found());
    }
    let exact = query.v.as_deref() == Some(stored.photo.simple().to_string().as_str());
    Ok(Found { provider_id: id, photo: stored.photo, size, public: stored.published, exact })
}

/// The picture itself. Of a photo from before there was its size, it is made of the largest, and kept.
///
/// # Errors
/// `not_found`, `unavailable`.
pub(super) async fn read(app: &App, found: &Found) -> ApiResult<File> {
    let kept = async |size| app.files.get(&name(found.photo, size)).await.map_err(ApiError::unavailable);
    if let Some(file) = kept(found.size).await? {
        return Ok(file);
    }
    let largest = kept(PHOTO_SIZES[0]).await?.ok_or_else(ApiError::not_found)?;
    let made = picture::make_one(largest.content, found.size).await?;
    keep(app, found.provider_id, found.photo, made).await?;
    kept(found.size).await?.ok_or_else(ApiError::not_found)
}
