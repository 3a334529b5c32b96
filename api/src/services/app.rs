//! Use cases around services.

use super::{rules, store};
use crate::app::App;
use crate::db;
use crate::http::{ApiError, ApiResult, Faults, IfMatch, Input, ProviderMember, Reply, User, write};
use crate::{payments, providers};
use contract::patch::set;
use contract::payments::PaymentMode;
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
pub async fn list(
    app: &App,
    db: &mut PgConnection,
    provider: &str,
    user: Option<User>,
) -> ApiResult<(Services, bool)> {
    let found = providers::visible(db, provider, user).await?;
    // Before the services: a change in between then makes the version an old one, and nobody overwrites what they have not
    // seen.
    let version = store::list_version(db, found.profile.id).await?;
    let mut items = read(app, db, found.profile.id, None).await?;
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
pub async fn everything(app: &App, db: &mut PgConnection, provider: Uuid) -> ApiResult<Vec<Service>> {
    read(app, db, provider, None).await
}

/// One service, or all, and whether each can be paid.
async fn read(
    app: &App,
    db: &mut PgConnection,
    provider: Uuid,
    only: Option<Uuid>,
) -> ApiResult<Vec<Service>> {
    let mut services = store::list(db, provider, only).await?;
    let mut prepaid: Vec<_> =
        services.iter_mut().filter(|service| service.payment_mode != PaymentMode::OnSite).collect();
    if !prepaid.is_empty() && payments::way(app, db, provider).await?.is_none() {
        prepaid.iter_mut().for_each(|service| service.payable = false);
    }
    Ok(services)
}

/// One service: an offered one, for the provider's members any.
///
/// # Errors
/// `not_found` where the person may not see it.
pub async fn find(app: &App, db: &mut PgConnection, id: Uuid, user: Option<User>) -> ApiResult<Service> {
    let owner = store::owner(db, id, user.map(|user| user.id)).await?;
    let owner = owner.filter(|owner| owner.is_offered || owner.is_member).ok_or_else(ApiError::not_found)?;
    let mut service = stored(app, db, owner.provider_id, id).await?;
    if !owner.is_member {
        conceal(&mut service);
    }
    Ok(service)
}

/// Where to call or click is told with the confirmation.
fn conceal(service: &mut Service) {
    service.location_detail = None;
}

async fn stored(app: &App, db: &mut PgConnection, provider: Uuid, id: Uuid) -> ApiResult<Service> {
    read(app, db, provider, Some(id)).await?.pop().ok_or_else(ApiError::not_found)
}

/// Makes sure that one more service can be offered.
async fn require_room(tx: &mut PgConnection, provider: Uuid, pointer: &str) -> ApiResult<()> {
    let count = store::count(tx, provider).await?;
    let mut faults = Faults::default();
    let words = "At most 200 services can be offered at once. Archive one first.";
    faults.unless(count.offered < MOST_OFFERED, pointer, "too_many", words);
    faults.finish()
}

/// A service can be made one that is paid when booking where the provider can take payments.
async fn require_payments(
    app: &App,
    tx: &mut PgConnection,
    service: &Service,
    before: Option<&Service>,
) -> ApiResult<()> {
    let is_new = before.is_none_or(|before| before.payment_mode == PaymentMode::OnSite);
    if service.payment_mode == PaymentMode::OnSite || !is_new {
        return Ok(());
    }
    let ready = payments::way(app, tx, service.provider_id).await?.is_some();
    let mut faults = Faults::default();
    let words = "Payments are not set up, so nothing can be paid when booking yet.";
    faults.unless(ready, "/payment_mode", "payments_off", words);
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
        draft.currency = store::currency(tx, member.provider_id).await?;
        rules::settle(&mut draft)?;
        require_payments(app, tx, &draft, None).await?;
        require_room(tx, member.provider_id, "").await?;
        if store::count(tx, member.provider_id).await?.all >= MOST {
            let words = "At most 1000 services, archived ones included. Change an archived one instead.";
            return Err(ApiError::field("", "too_many", words));
        }
        store::insert(tx, &draft).await?;
        store::advance(tx, member.provider_id).await?;
        // Read back for the place in the list and the provider's currency.
        let service = stored(app, tx, member.provider_id, draft.id).await?;
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
        payment_mode: body.payment_mode,
        payable: true,
        deposit_minor: body.deposit_minor,
        deposit_percent: body.deposit_percent,
        vat_rate: body.vat_rate,
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
        let before = stored(app, tx, provider_id, id).await?;
        version.check(before.version)?;
        let mut service = before.clone();
        apply(&mut service, input.body);
        service.payable |= service.payment_mode == PaymentMode::OnSite;
        rules::settle(&mut service)?;
        require_payments(app, tx, &service, Some(&before)).await?;
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
        let items = read(app, tx, member.provider_id, None).await?;
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
    set(&mut service.payment_mode, patch.payment_mode);
    set(&mut service.deposit_minor, patch.deposit_minor);
    set(&mut service.deposit_percent, patch.deposit_percent);
    set(&mut service.vat_rate, patch.vat_rate);
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
