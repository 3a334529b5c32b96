//! Use cases around services.

use super::{rules, store};
use crate::app::App;
use crate::db;
use crate::http::{ApiError, ApiResult, Faults, IfMatch, Input, ProviderMember, Reply, User, write};
use crate::providers;
use contract::patch::set;
use contract::services::{CreateService, OrderServices, PatchService, Service, ServiceStatus, Services};
use sqlx::PgConnection;
use uuid::Uuid;

/// How many services a provider can offer at once: anybody can ask for the free times of all of them.
const MOST_OFFERED: i64 = 200;
/// How many services a provider can have, with the archived ones.
const MOST: i64 = 1000;

/// A provider's services, and whether the person is a member of the provider; others see the offered ones only.
///
/// # Errors
/// `not_found` where the person may not see the provider.
pub async fn list(db: &mut PgConnection, provider: &str, user: Option<User>) -> ApiResult<(Services, bool)> {
    let found = providers::visible(db, provider, user).await?;
    // Before the services: a change in between then makes the version an old one, and nobody overwrites what they have not
    // seen.
    let version = store::list_version(db, found.profile.id).await?;
    let mut items = store::list(db, found.profile.id, None).await?;
    if !found.is_member {
        items.retain(|service| service.status == ServiceStatus::Active);
        items.iter_mut().for_each(conceal);
    }
    Ok((Services { items, version }, found.is_member))
}

/// All services of a provider, for who owns it.
///
/// # Errors
/// Those of the database.
pub async fn everything(db: &mut PgConnection, provider: Uuid) -> ApiResult<Vec<Service>> {
    Ok(store::list(db, provider, None).await?)
}

/// One service: an offered one, for the provider's members any.
///
/// # Errors
/// `not_found` where the person may not see it.
pub async fn find(db: &mut PgConnection, id: Uuid, user: Option<User>) -> ApiResult<Service> {
    let owner = store::owner(db, id, user.map(|user| user.id)).await?;
    let owner = owner.filter(|owner| owner.is_offered || owner.is_member).ok_or_else(ApiError::not_found)?;
    let mut service = stored(db, owner.provider_id, id).await?;
    if !owner.is_member {
        conceal(&mut service);
    }
    Ok(service)
}

/// Where to call or click is told with the confirmation.
fn conceal(service: &mut Service) {
    service.location_detail = None;
}

async fn stored(db: &mut PgConnection, provider: Uuid, id: Uuid) -> ApiResult<Service> {
    store::list(db, provider, Some(id)).await?.pop().ok_or_else(ApiError::not_found)
}

/// Makes sure that one more service can be offered.
async fn require_room(tx: &mut PgConnection, provider: Uuid, pointer: &str) -> ApiResult<()> {
    let count = store::count(tx, provider).await?;
    let mut faults = Faults::default();
    let words = "At most 200 services can be offered at once. Archive one first.";
    faults.unless(count.offered < MOST_OFFERED, pointer, "too_many", words);
    faults.finish()
}

/// Offers a service.
///
/// # Errors
/// `invalid_fields`; with the pointer "" where there are too many already.
pub async fn create(app: &App, member: ProviderMember, input: Input<CreateService>) -> ApiResult<Reply> {
    write(app, &member.user.scope(), input.key.as_ref(), async |tx| {
        db::lock_provider(tx, member.provider_id).await?;
        let mut draft = draft(member.provider_id, input.body);
        rules::settle(&mut draft)?;
        require_room(tx, member.provider_id, "").await?;
        if store::count(tx, member.provider_id).await?.all >= MOST {
            let words = "At most 1000 services, archived ones included. Change an archived one instead.";
            return Err(ApiError::field("", "too_many", words));
        }
        store::insert(tx, &draft).await?;
        store::advance(tx, member.provider_id).await?;
        // Read back for the place in the list and the provider's currency.
        let service = stored(tx, member.provider_id, draft.id).await?;
        let location = format!("/api/v1/services/{}", service.id);
        Ok(Reply::created(location, &service)?.version(service.version))
    })
    .await
}

fn draft(provider_id: Uuid, body: CreateService) -> Service {
    Service {
        id: Uuid::now_v7(),
        provider_id,
        name: body.name,
        description: body.description,
        duration_minutes: body.duration_minutes,
        price_minor: body.price_minor,
        currency: String::new(),
        buffer_before_minutes: body.buffer_before_minutes,
        buffer_after_minutes: body.buffer_after_minutes,
        capacity: body.capacity,
        minimum_notice_minutes: body.minimum_notice_minutes,
        horizon_days: body.horizon_days,
        slot_step_minutes: body.slot_step_minutes,
        day_limit: body.day_limit,
        week_limit: body.week_limit,
        approval_required: body.approval_required,
        location: body.location,
        location_detail: Some(body.location_detail),
        status: ServiceStatus::Active,
        position: 0,
        version: 1,
    }
}

/// Changes a service, archives it or offers it again. Its bookings keep what they were made with.
///
/// # Errors
/// `not_found` for somebody else's, `version_mismatch`, `invalid_fields`.
pub async fn update(
    app: &App,
    user: User,
    id: Uuid,
    version: IfMatch,
    input: Input<PatchService>,
) -> ApiResult<Reply> {
    write(app, &user.scope(), input.key.as_ref(), async |tx| {
        let owner = store::owner(tx, id, Some(user.id)).await?.filter(|owner| owner.is_member);
        let provider_id = owner.ok_or_else(ApiError::not_found)?.provider_id;
        db::lock_provider(tx, provider_id).await?;
        let before = stored(tx, provider_id, id).await?;
        version.check(before.version)?;
        let mut service = before.clone();
        apply(&mut service, input.body);
        rules::settle(&mut service)?;
        if service.status == ServiceStatus::Active && before.status != ServiceStatus::Active {
            require_room(tx, provider_id, "/status").await?;
        }
        if service != before {
            store::save(tx, &service).await?;
            store::advance(tx, provider_id).await?;
            service.version += 1;
        }
        Ok(Reply::ok(&service)?.version(service.version))
    })
    .await
}

/// Puts the services in order.
///
/// # Errors
/// `invalid_fields` with a pointer to each id that is unknown or repeated, and where an offered service is missing,
/// `version_mismatch`.
pub async fn order(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    input: Input<OrderServices>,
) -> ApiResult<Reply> {
    write(app, &member.user.scope(), input.key.as_ref(), async |tx| {
        db::lock_provider(tx, member.provider_id).await?;
        version.check(store::list_version(tx, member.provider_id).await?)?;
        let before = store::list(tx, member.provider_id, None).await?;
        let order = rules::complete_order(&before, &input.body.services)?;
        if before.iter().map(|service| service.id).ne(order.iter().copied()) {
            store::put_order(tx, member.provider_id, &order).await?;
            store::advance(tx, member.provider_id).await?;
        }
        let items = store::list(tx, member.provider_id, None).await?;
        let version = store::list_version(tx, member.provider_id).await?;
        Ok(Reply::ok(&Services { items, version })?.version(version))
    })
    .await
}

fn apply(service: &mut Service, patch: PatchService) {
    set(&mut service.name, patch.name);
    set(&mut service.description, patch.description);
    set(&mut service.duration_minutes, patch.duration_minutes);
    set(&mut service.price_minor, patch.price_minor);
    set(&mut service.buffer_before_minutes, patch.buffer_before_minutes);
    set(&mut service.buffer_after_minutes, patch.buffer_after_minutes);
    set(&mut service.capacity, patch.capacity);
    set(&mut service.minimum_notice_minutes, patch.minimum_notice_minutes);
    set(&mut service.horizon_days, patch.horizon_days);
    set(&mut service.slot_step_minutes, patch.slot_step_minutes);
    set(&mut service.day_limit, patch.day_limit);
    set(&mut service.week_limit, patch.week_limit);
    set(&mut service.approval_required, patch.approval_required);
    set(&mut service.location, patch.location);
    set(&mut service.location_detail, patch.location_detail.map(Some));
    set(&mut service.status, patch.status);
    set(&mut service.position, patch.position);
}
