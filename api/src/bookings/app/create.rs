//! Booking a slot.

use super::{price, slot};
use crate::app::App;
use crate::bookings::access::{Asker, Side, guest_scope};
use crate::bookings::error::Unavailable;
use crate::bookings::links;
use crate::bookings::store::holds::{self, Holder};
use crate::bookings::store::{self, NewBooking, Row};
use crate::bookings::view::whole;
use crate::db::{from_seconds, seconds};
use crate::http::actor::is_member;
use crate::http::idempotency::IdempotencyKey;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, ClientAddress, Faults, Reply, write};
use crate::jobs::enqueue;
use crate::notifications::{Notice, booking_mails};
use crate::payments;
use crate::slots::facts;
use crate::slots::facts::Offer;
use crate::terms;
use contract::bookings::{Client, CreateBooking};
use contract::problem::Code;
use contract::text::is_language_tag;
use domain::booking::{Awaits, request_expiry};
use domain::zone::Zone;
use sqlx::PgConnection;
use sqlx::types::Json;
use std::time::Duration;
use time::OffsetDateTime;
use uuid::Uuid;

/// Bookings that one client may have waiting for payment at once.
const MOST_HOLDS: i64 = 3;
/// The same from one address, behind which several people may be.
const MOST_HOLDS_FROM: i64 = 10;
const HOUR: Duration = Duration::from_secs(3600);
const COUPON: &str = "/coupon";

/// Books a slot for the asker: a guest, a customer, or the provider on behalf of a client.
///
/// # Errors
/// `invalid_fields`, `not_found`, `slot_taken` and `slot_unavailable` with other times, `idempotency_key_reused`.
pub async fn create(
    app: &App,
    asker: &Asker,
    address: ClientAddress,
    key: Option<&IdempotencyKey>,
    wish: &CreateBooking,
) -> ApiResult<Reply> {
    let start = slot::wanted_start(wish.start_at)?;
    let zone =
        wish.time_zone.as_deref().map(|name| crate::http::calendar::zone(name, "/time_zone")).transpose()?;
    let party = seats(wish);
    let guess = match wish.coupon {
        Some(_) => Some(price::guess(&mut *app.db.acquire().await?, address).await?),
        None => None,
    };
    let scope = match (asker.user, &wish.client) {
        (None, Some(client)) => guest_scope(client.email.as_deref().unwrap_or_default()),
        _ => asker.scope(),
    };
    let written = write(app, &scope, key, async |db| {
        let reply = book(app, db, asker, address, wish, start, zone.as_ref()).await?;
        if let (None, Some(client)) = (asker.user, &wish.client) {
            limit_guests(app, db, address, client).await?;
        }
        Ok(reply)
    })
    .await;
    if let Some(guess) = guess.filter(|_| !written.as_ref().is_err_and(|error| error.is_at(COUPON))) {
        price::was_no_guess(app, &guess).await;
    }
    match written {
        Ok(reply) => Ok(with_manage_token(app, asker, reply)),
        Err(error) => {
            let offer =
                async |db: &mut PgConnection, starts| facts::load(db, wish.service_id, starts, None).await;
            Err(slot::with_alternatives(error, &app.db, start, party, zone.as_ref(), None, offer).await)
        }
    }
}

async fn book(
    app: &App,
    db: &mut PgConnection,
    asker: &Asker,
    address: ClientAddress,
    wish: &CreateBooking,
    start: OffsetDateTime,
    zone: Option<&Zone>,
) -> ApiResult<Reply> {
    let party = seats(wish);
    let provider_id = store::lock_by_service(db, wish.service_id).await?.ok_or_else(ApiError::not_found)?;
    let mut offer = slot::offer(db, wish.service_id, start, None).await?;
    let side = match asker.user {
        Some(user) if is_member(db, user, provider_id).await? => Side::Provider,
        Some(_) => Side::Client,
        None => Side::Guest,
    };
    if side == Side::Provider {
        if !offer.bookable && crate::providers::is_suspended(db, provider_id).await? {
            return Err(ApiError::new(Code::ProviderSuspended));
        }
        offer.relax_for_provider();
    } else if !offer.bookable {
        return Err(ApiError::not_found());
    }
    let client = client(db, asker, side, wish).await?;
    check_fields(&offer, side, wish, &client)?;
    let unavailable = |refusal: Unavailable| refusal.into_problem(&offer.facts.zone);
    let target = slot::decide(&offer, start, party).map_err(unavailable)?;

    let now = offer.facts.now;
    let redeemer = (asker.user.filter(|_| side == Side::Client).map(|user| user.id), client.email.as_deref());
    let coupon = wish.coupon.as_deref().map(|code| (code, COUPON));
    let agreed = price::agree(db, &offer, side, wish.party_size, coupon, redeemer).await?;
    let needs_approval = offer.approval_required && side != Side::Provider;
    let awaits = match agreed.due_minor {
        0 => needs_approval.then_some(Awaits::Approval),
        _ => Some(Awaits::Payment),
    };
    let from = Key::new("held", &[&address.to_string()]);
    let held_from = (awaits == Some(Awaits::Payment)).then_some(from.as_str());
    if let Some(from) = held_from {
        payments::require_ready(app, db, provider_id).await?;
        limit_holds(db, Holder { client: redeemer.0, email: redeemer.1, from }).await?;
    }
    let wait = awaits.map(|awaits| match awaits {
        Awaits::Payment => payments::HOLD,
        Awaits::Approval => offer.request_expiry,
    });
    // What needs nobody's answer is kept for its payment past its start, though not past its end.
    let is_hold = awaits == Some(Awaits::Payment) && !needs_approval;
    let latest = seconds(if is_hold { target.end_at } else { start });
    let expiry = wait.map(|wait| from_seconds(request_expiry(now, latest, wait)));
    let row = Row {
        provider_id,
        id: Uuid::now_v7(),
        appointment_id: None,
        service_id: offer.service_id,
        client_id: asker.user.filter(|_| side == Side::Client).map(|user| user.id),
        client_name: client.name,
        client_email: client.email,
        client_phone: client.phone,
        client_notes: wish.notes.clone(),
        client_address: wish.address.clone(),
        client_time_zone: zone.unwrap_or(&offer.facts.zone).name().to_owned(),
        start_at: start,
        end_at: target.end_at,
        status: if awaits.is_some() { "pending" } else { "confirmed" }.to_owned(),
        party_size: party,
        service_name: offer.name.clone(),
        price_minor: agreed.price_minor,
        currency: offer.currency.clone(),
        payment_mode: terms::mode_word(agreed.mode).to_owned(),
        due_minor: agreed.due_minor,
        coupon_id: agreed.coupon_id,
        discount_minor: agreed.discount_minor,
        awaits: awaits.map(|awaits| awaits.as_str().to_owned()),
        needs_approval,
        paid_minor: 0,
        refunded_minor: 0,
        disputed_minor: 0,
        vat_rate: offer.terms.vat_rate,
        policy: Json(offer.terms.policy.clone()),
        no_show_percent: offer.terms.no_show_percent,
        policy_anchor: start,
        own_clock: None,
        settled_at: None,
        hold_expires_at: expiry,
        cancelled_by: None,
        cancel_reason: String::new(),
        sequence: 0,
        version: 1,
        created_at: from_seconds(now),
        location: offer.location.clone(),
        location_detail: offer.location_detail.clone(),
        service_prepays: offer.terms.payment_mode != "on_site",
        open: offer.bookable,
        provider_name: offer.provider_name.clone(),
        provider_slug: offer.provider_slug.clone(),
        provider_time_zone: offer.facts.zone.name().to_owned(),
        provider_address: offer.provider_address.clone(),
        now: from_seconds(now),
    };
    let new = NewBooking {
        row: &row,
        appointment_id: Uuid::now_v7(),
        blocked_from: target.blocked_from,
        blocked_until: target.blocked_until,
        capacity: target.capacity,
        local_start: slot::wall_time(&offer.facts.zone, start),
        client_locale: wish.locale.as_deref().unwrap_or("en"),
        source: side.as_str(),
        event_id: Uuid::now_v7(),
        event: match awaits {
            Some(Awaits::Payment) => "held",
            Some(Awaits::Approval) => "requested",
            None => "booked",
        },
        actor: side.as_str(),
        actor_user_id: asker.user.map(|user| user.id),
        held_from,
    };
    if !store::insert(db, &new).await? {
        return Err(unavailable(Unavailable::Taken(None)));
    }
    let by = asker.member(side);
    let mut jobs = match awaits {
        // The provider hears of it when it is paid.
        Some(Awaits::Payment) => Vec::new(),
        Some(Awaits::Approval) => booking_mails(provider_id, row.id, Notice::Requested, 0, by),
        None => booking_mails(provider_id, row.id, Notice::Booked, 0, by),
    };
    jobs.push(super::settling_job(provider_id, row.id, &row.status, row.end_at, expiry));
    enqueue(db, &jobs).await?;
    let booking = whole(app, db, &row, side).await?;
    Ok(Reply::created(format!("/api/v1/bookings/{}", row.id), &booking)?.version(row.version))
}

/// Holds block time that nobody has paid for, so one client has a few at most, and one address some.
async fn limit_holds(db: &mut PgConnection, holder: Holder<'_>) -> ApiResult<()> {
    holds::lock(db, holder).await?;
    let (of_client, from_address) = holds::count(db, holder).await?;
    if of_client < MOST_HOLDS && from_address < MOST_HOLDS_FROM {
        return Ok(());
    }
    Err(ApiError::new(Code::TooManyHolds))
}

fn seats(wish: &CreateBooking) -> i32 {
    i32::try_from(wish.party_size).unwrap_or(i32::MAX)
}

/// Guests have proven nothing, so the number of their bookings is bounded: per address they ask from, and per mailbox they name.
/// Counted in the booking's transaction: what is refused, or repeated with its key, costs nothing.
async fn limit_guests(
    app: &App,
    db: &mut PgConnection,
    address: ClientAddress,
    client: &Client,
) -> ApiResult<()> {
    let limit = app.config.guest_bookings_per_hour;
    if limit == 0 {
        return Ok(());
    }
    throttle::hit(db, &Key::new("guest-booking-address", &[&address.to_string()]), limit, HOUR).await?;
    let mailbox = client.email.as_deref().unwrap_or_default();
    throttle::hit(db, &Key::new("guest-booking", &[&mailbox.to_lowercase()]), limit, HOUR).await
}

/// The person who comes: as given, filled from the account of a logged-in customer.
async fn client(db: &mut PgConnection, asker: &Asker, side: Side, wish: &CreateBooking) -> ApiResult<Client> {
    let account = match asker.user {
        Some(user) if side == Side::Client => Some(crate::accounts::contact(db, user).await?),
        _ => None,
    };
    match (wish.client.clone(), account) {
        (Some(client), account) => {
            Ok(Client { email: client.email.or_else(|| account.map(|account| account.email)), ..client })
        }
        (None, Some(account)) => Ok(Client { name: account.name, email: Some(account.email), phone: None }),
        (None, None) => Err(ApiError::field("/client", "required", "Say who comes.")),
    }
}

fn check_fields(offer: &Offer, side: Side, wish: &CreateBooking, client: &Client) -> ApiResult<()> {
    let mut faults = Faults::default();
    let capacity = offer.facts.service.capacity;
    let locale = wish.locale.as_deref().unwrap_or("en");
    faults.one_line("/client/name", &client.name);
    faults.unless(
        side == Side::Provider || client.email.is_some(),
        "/client/email",
        "required",
        "The confirmation needs an address.",
    );
    faults.unless(
        offer.location != "phone" || client.phone.is_some(),
        "/client/phone",
        "required",
        "The provider calls you for this service.",
    );
    faults.unless(
        offer.location != "customer" || !wish.address.trim().is_empty(),
        "/address",
        "required",
        "The provider comes to you for this service.",
    );
    let seats = format!("This service seats at most {capacity}.");
    faults.unless(wish.party_size <= capacity, "/party_size", "range", &seats);
    faults.unless(is_language_tag(locale), "/locale", "locale", "This is not a language tag.");
    faults.finish()
}

/// The guest's token is derived, so it is added to fresh and repeated answers alike and stored with neither.
fn with_manage_token(app: &App, asker: &Asker, mut reply: Reply) -> Reply {
    let id = reply.body.get("id").and_then(|id| id.as_str()?.parse().ok());
    if let (None, Some(id)) = (asker.user, id) {
        reply.body["manage_token"] = links::manage_token(&app.keys, id).into();
    }
    reply
}
