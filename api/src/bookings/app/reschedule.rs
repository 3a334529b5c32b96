//! Moving a booking to another time.

use super::other_times::{self, leaving, require_movable};
use super::{reach_to_change, service_change, settling_job, slot};
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::error::{Unavailable, refused};
use crate::bookings::store::{self, Change, NewTime, Row, Target};
use crate::bookings::view::{state, whole};
use crate::db::{constraint, seconds};
use crate::http::idempotency::IdempotencyKey;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, IfMatch, Reply, write};
use crate::jobs::enqueue;
use crate::notifications::{Stretch, TellMove, tell_move_later, tell_move_now};
use crate::slots::facts;
use contract::bookings::Reschedule;
use contract::problem::Code;
use domain::booking::{Action, transition};
use domain::range::Range;
use domain::zone::Zone;
use sqlx::{Connection, PgConnection};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

const HOUR: Duration = Duration::from_secs(3600);
/// Moves of a booking by its manage link in an hour.
const MOVES: u32 = 10;

/// Moves a booking, by its client or its provider. Its own time does not stand in its way. With another end, the provider
/// makes it longer or shorter.
///
/// # Errors
/// `not_found`, `version_mismatch`, `invalid_transition`, `slot_taken` and `slot_unavailable` with other times,
/// `shared_appointment`.
pub async fn reschedule(
    app: &App,
    asker: &Asker,
    key: Option<&IdempotencyKey>,
    id: Uuid,
    version: IfMatch,
    to: &Reschedule,
) -> ApiResult<Reply> {
    let start = slot::wanted_start(to.start_at)?;
    let end = to.end_at.map(|end| slot::wanted_end(start, end)).transpose()?;
    if to.service_id.is_some() && end.is_some() {
        let words = "Another service takes its own length. Change that afterwards.";
        return Err(ApiError::field("/end_at", "either", words));
    }
    let mut seen = None;
    let written = write(app, &asker.scope(), key, async |db| {
        let (row, side) = reach_to_change(app, db, asker, id, version).await?;
        seen = Some((row.clone(), side));
        let service_id = to.service_id.filter(|id| *id != row.service_id);
        let reply = move_to(app, db, asker, (&row, side), Wish { start, end, service_id }).await?;
        if side == Side::Guest {
            // Each move writes mails to an address that nobody has proven.
            throttle::hit(db, &Key::new("move", &[&id.to_string()]), MOVES, HOUR).await?;
        }
        Ok(reply)
    })
    .await;
    match (written, seen) {
        // Times of the service's own length help nobody who asked for another.
        (Err(error), Some((row, side))) if end.is_none() => {
            let zone = Zone::parse(&row.client_time_zone).ok();
            let other = to.service_id.filter(|id| *id != row.service_id);
            let offer = async |db: &mut PgConnection, starts| match other {
                Some(id) => facts::load(db, id, starts, Some(leaving(&row)?)).await,
                None => other_times::offer(db, &row, side, starts).await,
            };
            // Another service at its own time is a change all the same.
            let own = other.is_none().then_some(row.start_at);
            let (party, zone) = (row.party_size, zone.as_ref());
            Err(slot::with_alternatives(error, &app.db, start, party, zone, own, offer).await)
        }
        (written, _) => written,
    }
}

/// Where a booking is to go.
struct Wish {
    start: OffsetDateTime,
    end: Option<OffsetDateTime>,
    /// Another service than it has.
    service_id: Option<Uuid>,
}

async fn move_to(
    app: &App,
    db: &mut PgConnection,
    asker: &Asker,
    (row, side): (&Row, Side),
    wish: Wish,
) -> ApiResult<Reply> {
    let Wish { start, end, service_id } = wish;
    if end.is_some() && side != Side::Provider {
        let words = "Only the provider can change how long it takes.";
        return Err(ApiError::field("/end_at", "provider_only", words));
    }
    transition(&state(row)?, Action::Reschedule, seconds(row.now)).map_err(refused)?;
    if start == row.start_at && end.is_none_or(|end| end == row.end_at) && service_id.is_none() {
        return Ok(Reply::ok(&whole(app, db, row, side).await?)?.version(row.version));
    }
    let leaving = leaving(row)?;
    let from = leaving.appointment_id;
    let length = end.unwrap_or(row.end_at) - end.map_or(row.start_at, |_| start);
    let mut offer = match service_id {
        Some(service_id) => {
            service_change::require_own(db, row, service_id, service_change::BODY).await?;
            let offer = slot::offer(db, service_id, start, Some(leaving)).await?;
            service_change::check(db, row, &offer, side, service_change::BODY).await?;
            offer
        }
        None => slot::offer_until(db, row.service_id, start, start + length, Some(leaving)).await?,
    };
    if side == Side::Provider {
        offer.relax_for_provider();
    }
    require_movable(&offer, side)?;
    if service_id.is_none() {
        slot::keep_length(&mut offer, length);
    }
    let unavailable = |refusal: Unavailable| refusal.into_problem(&offer.facts.zone);
    let is_resized = service_id.is_none() && length != row.end_at - row.start_at;
    if is_resized && store::is_shared(db, row.provider_id, from, row.party_size).await? {
        let words = "A seat in a session that others share keeps the session's length.";
        return Err(ApiError::new(Code::SharedAppointment).detail(words));
    }
    let target = if end.is_some() {
        let held = Range::new(seconds(row.start_at), seconds(row.end_at));
        let pointer = if slot::can_start(&offer, start, held) { "/end_at" } else { "/start_at" };
        slot::decide_exactly(&offer, start, held, row.party_size)
            .map_err(|refusal| refusal.told_at(pointer, &offer.facts.zone))
    } else {
        slot::decide(&offer, start, row.party_size).map_err(unavailable)
    }?;

    let moved_alone = move_alone(db, from, &target).await?;
    let appointment_id = match moved_alone {
        Moved::Yes => from,
        Moved::Taken => return Err(unavailable(Unavailable::Taken(None))),
        Moved::NotAlone => {
            store::claim(db, &target).await?.ok_or_else(|| unavailable(Unavailable::Taken(None)))?
        }
    };
    let expiry = super::expiry_at(row, start, target.end_at)?;
    let clock = super::quote::after_move(row, side, start);
    let write_time = |at: OffsetDateTime| at.format(&Rfc3339).map_err(ApiError::internal);
    let mut detail = serde_json::json!({
        "from": write_time(row.start_at)?, "to": write_time(start)?,
        "from_end": write_time(row.end_at)?, "to_end": write_time(target.end_at)?,
    });
    let changed = match service_id {
        None => row.clone(),
        Some(_) => {
            let (changed, refund_minor) = service_change::change(db, row, &offer, side).await?;
            detail["from_service"] = row.service_name.as_str().into();
            detail["to_service"] = changed.service_name.as_str().into();
            detail["from_price_minor"] = row.price_minor.into();
            detail["to_price_minor"] = changed.price_minor.into();
            if refund_minor > 0 {
                detail["refund_minor"] = refund_minor.into();
            }
            changed
        }
    };
    let change = Change {
        status: &row.status,
        awaits: row.awaits.as_deref(),
        appointment_id: Some(appointment_id),
        time: Some(NewTime {
            start_at: start,
            end_at: target.end_at,
            time_zone: offer.facts.zone.name(),
            local_start: slot::wall_time(&offer.facts.zone, start),
            clock,
        }),
        hold_expires_at: expiry,
        cancelled_by: None,
        cancel_reason: "",
        event: "moved",
        actor: side.as_str(),
        actor_user_id: asker.user.map(|user| user.id),
        detail,
    };
    super::write_change(db, row, &change).await?;
    if appointment_id != from {
        store::release(db, row.provider_id, from, row.party_size).await?;
    }
    let was = Stretch { start_at: row.start_at, end_at: row.end_at };
    let mut jobs = vec![settling_job(row.provider_id, row.id, &row.status, target.end_at, expiry)];
    let now = Stretch { start_at: start, end_at: target.end_at };
    let news = TellMove { provider_id: row.provider_id, booking_id: row.id, by: asker.member(side) };
    match side {
        _ if !row.is_told() => {}
        // Nobody changes the service by a slip of the hand.
        Side::Provider if service_id.is_none() => {
            tell_move_later(db, news, was, row.sequence, row.now).await?
        }
        _ => jobs.extend(tell_move_now(db, news, was, now, row.sequence + 1).await?),
    }
    enqueue(db, &jobs).await?;
    let moved = Row {
        appointment_id: Some(appointment_id),
        start_at: start,
        end_at: target.end_at,
        hold_expires_at: expiry,
        sequence: row.sequence + 1,
        version: row.version + 1,
        ..changed.with_clock(clock)
    };
    Ok(Reply::ok(&whole(app, db, &moved, side).await?)?.version(moved.version))
}

enum Moved {
    Yes,
    NotAlone,
    Taken,
}

/// Moves the appointment itself where nobody else is in it. An update raises where an insert would do nothing, so it
/// runs under a savepoint.
async fn move_alone(db: &mut PgConnection, from: Uuid, target: &Target) -> ApiResult<Moved> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a savepoint that is broken off takes its transaction along"
    )]
    let mut savepoint = db.begin().await?;
    match store::move_alone(&mut savepoint, from, target).await {
        Ok(moved) => {
            savepoint.commit().await?;
            Ok(if moved { Moved::Yes } else { Moved::NotAlone })
        }
        Err(error) if constraint(&error).is_some_and(|name| name.starts_with("appointments_")) => {
            savepoint.rollback().await?;
            Ok(Moved::Taken)
        }
        Err(error) => Err(error.into()),
    }
}
