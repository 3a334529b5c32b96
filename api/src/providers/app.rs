//! Use cases around profiles.

use super::photo::{portrait_url, show};
use super::store::{self, Found};
use super::{error, rules, slug};
use crate::accounts::standing;
use crate::app::App;
use crate::http::{ApiError, ApiResult, Faults, IfMatch, Input, NoBody, ProviderMember, Reply, User, write};
use crate::{db, stranded, terms};
use contract::patch::set;
use contract::problem::Code;
use contract::providers::{CreateProvider, PatchProvider, Provider, ProviderChange};
use domain::payment::policy::Policy;
use sqlx::PgConnection;
use uuid::Uuid;

/// How long a request may stay unanswered unless the provider says otherwise, as in the schema.
const REQUEST_EXPIRY_MINUTES: u32 = 1440;

/// The provider of this id or slug, if this person may see it: it is published or their own.
///
/// # Errors
/// `not_found` where not.
pub async fn visible(db: &mut PgConnection, id_or_slug: &str, user: Option<User>) -> ApiResult<Found> {
    let found = store::find(db, id_or_slug, user.map(|user| user.id)).await?;
    let mut found =
        found.filter(|found| found.profile.published || found.is_member).ok_or_else(ApiError::not_found)?;
    if !found.is_member {
        found.profile.tax_number.clear();
    }
    Ok(found)
}

/// The profile of a provider as its members are given it.
///
/// # Errors
/// `not_found`.
pub async fn profile(app: &App, db: &mut PgConnection, id: Uuid) -> ApiResult<Provider> {
    let found = store::find(db, &id.to_string(), None).await?.ok_or_else(ApiError::not_found)?;
    Ok(show(app, found.profile))
}

/// Makes the caller a provider.
///
/// # Errors
/// `account_suspended`, `invalid_fields`, `slug_taken`.
pub(super) async fn create(app: &App, user: User, input: Input<CreateProvider>) -> ApiResult<Reply> {
    write(app, &user.scope(), input.key.as_ref(), async |tx| {
        standing::require_active(tx, user.id).await?;
        let wanted_slug = input.body.slug.clone();
        let mut profile = draft(input.body);
        rules::settle(&mut profile)?;
        require_open(tx, &profile.category).await?;
        add(tx, &mut profile, wanted_slug.is_none()).await?;
        store::add_owner(tx, user.id, profile.id).await.map_err(error::refused)?;
        let location = format!("/api/v1/providers/{}", profile.id);
        Ok(Reply::created(location, &profile)?.version(profile.version))
    })
    .await
}

fn draft(body: CreateProvider) -> Provider {
    let id = Uuid::now_v7();
    Provider {
        id,
        slug: body.slug.unwrap_or_else(|| slug::from_name(&body.name)),
        name: body.name,
        headline: body.headline,
        bio: body.bio,
        category: body.category,
        address: body.address,
        time_zone: body.time_zone,
        currency: body.currency,
        languages: body.languages,
        portrait_url: portrait_url(id, None),
        has_photo: false,
        published: false,
        suspension: None,
        day_limit: None,
        week_limit: None,
        request_expiry_minutes: REQUEST_EXPIRY_MINUTES,
        cancellation_policy: terms::as_wire(&Policy::default(), 0),
        tax_number: String::new(),
        version: 1,
    }
}

/// Stores a new profile; one whose slug was made from its name gets the next free number.
async fn add(tx: &mut PgConnection, profile: &mut Provider, may_number: bool) -> ApiResult<()> {
    let base = profile.slug.clone();
    while !store::insert(tx, profile).await.map_err(error::refused)? {
        if !may_number {
            return Err(error::slug_taken());
        }
        profile.slug = slug::first_free(&base, &store::slugs_like(tx, &base).await?);
    }
    Ok(())
}

/// Changes a profile and tells what a change of its zone strands.
///
/// # Errors
/// `version_mismatch`, `invalid_fields`, `slug_taken`.
pub(super) async fn update(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    input: Input<PatchProvider>,
) -> ApiResult<Reply> {
    write(app, &member.user.scope(), input.key.as_ref(), async |tx| {
        let stored = locked(tx, member.provider_id, version).await?;
        let mut profile = stored.clone();
        apply(&mut profile, input.body);
        rules::settle(&mut profile)?;
        if profile.currency != stored.currency && store::has_prices(tx, profile.id).await? {
            return Err(priced(&stored.currency));
        }
        if profile.category != stored.category {
            require_open(tx, &profile.category).await?;
        }
        let moves = profile.time_zone != stored.time_zone;
        let before = if moves { stranded::stranded(tx, profile.id).await? } else { Vec::new() };
        if profile != stored {
            store::save(tx, &profile).await.map_err(error::refused)?;
            profile.version += 1;
        }
        let stranded = if moves { stranded::stranded(tx, profile.id).await? } else { Vec::new() };
        let newly_stranded = stranded::newly(&before, &stranded);
        let change = ProviderChange { provider: show(app, profile), stranded, newly_stranded };
        Ok(Reply::ok(&change)?.version(change.provider.version))
    })
    .await
}

/// A retired category keeps the pages it has and takes no others.
async fn require_open(tx: &mut PgConnection, category: &str) -> ApiResult<()> {
    match store::can_choose(tx, category).await? {
        Some(true) => Ok(()),
        Some(false) => Err(ApiError::field("/category", "retired", "This category can no longer be chosen.")),
        None => Err(ApiError::field("/category", "unknown", "There is no such category.")),
    }
}

/// 5000 cents are not 5000 yen: prices would silently mean other amounts.
fn priced(currency: &str) -> ApiError {
    let message = format!(
        "Services have prices in {currency}, which would mean other amounts. Set them to 0 first, then change the \
         currency, then set the new prices."
    );
    ApiError::field("/currency", "priced", &message)
}

fn apply(profile: &mut Provider, patch: PatchProvider) {
    set(&mut profile.name, patch.name);
    set(&mut profile.slug, patch.slug);
    set(&mut profile.category, patch.category);
    set(&mut profile.headline, patch.headline);
    set(&mut profile.bio, patch.bio);
    set(&mut profile.address, patch.address);
    set(&mut profile.time_zone, patch.time_zone);
    set(&mut profile.currency, patch.currency);
    set(&mut profile.languages, patch.languages);
    set(&mut profile.day_limit, patch.day_limit);
    set(&mut profile.week_limit, patch.week_limit);
    set(&mut profile.request_expiry_minutes, patch.request_expiry_minutes);
    set(&mut profile.cancellation_policy, patch.cancellation_policy);
    set(&mut profile.tax_number, patch.tax_number);
}

/// Shows the page to customers, or hides it.
///
/// # Errors
/// `version_mismatch`; `provider_suspended`; `not_publishable` with what is missing.
pub(super) async fn set_published(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    body: NoBody,
    published: bool,
) -> ApiResult<Reply> {
    write(app, &member.user.scope(), body.key.as_ref(), async |tx| {
        let mut profile = locked(tx, member.provider_id, version).await?;
        publish(tx, &mut profile, published).await?;
        let profile = show(app, profile);
        Ok(Reply::ok(&profile)?.version(profile.version))
    })
    .await
}

/// Publishes or hides a locked profile; whether that changes anything.
///
/// # Errors
/// `provider_suspended`; `not_publishable` with what is missing.
pub async fn publish(tx: &mut PgConnection, profile: &mut Provider, published: bool) -> ApiResult<bool> {
    if let Some(suspension) = profile.suspension.as_ref().filter(|_| published) {
        return Err(ApiError::new(Code::ProviderSuspended).detail(suspension.reason.clone()));
    }
    if published && !profile.published {
        require_ready(tx, profile.id).await?;
    }
    let changed = store::set_published(tx, profile.id, published).await?;
    if changed {
        profile.published = published;
        profile.version += 1;
    }
    Ok(changed)
}

async fn require_ready(tx: &mut PgConnection, id: Uuid) -> ApiResult<()> {
    let ready = store::readiness(tx, id).await?;
    let mut missing = Faults::default();
    missing.unless(ready.has_service, "/services", "missing", "Offer at least one service.");
    missing.unless(ready.has_hours, "/hours", "missing", "Say when you work.");
    missing.finish_as(Code::NotPublishable)
}

/// The profile, once nobody else changes the provider's time.
///
/// # Errors
/// `not_found`, `version_mismatch`.
pub async fn locked(tx: &mut PgConnection, id: Uuid, version: IfMatch) -> ApiResult<Provider> {
    db::lock_provider(tx, id).await?;
    let profile = store::find(tx, &id.to_string(), None).await?.ok_or_else(ApiError::not_found)?.profile;
    version.check(profile.version)?;
    Ok(profile)
}

/// The portrait of a provider, as an SVG document.
///
/// Also that of an unpublished one: an image's request carries no token, and the picture tells nothing.
///
/// # Errors
/// `not_found`.
pub(super) async fn portrait(app: &App, id: Uuid) -> ApiResult<String> {
    let mut db = app.db.acquire().await?;
    let stored = store::portrait(&mut db, id).await?.ok_or_else(ApiError::not_found)?;
    Ok(stored.unwrap_or_else(|| super::portrait::draw(id)))
}
