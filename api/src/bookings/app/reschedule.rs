//! Moving a booking to another time.

use super::{reach_to_change, settling_job, slot};
use crate::app::App;
use crate::bookings::access::{Asker, Side};
use crate::bookings::error::{Unavailable, refused};
use crate::bookings::store::{self, Change, NewTime, Row, Target};
use crate::bookings::view::{state, view};
use crate::db::{constraint, seconds};
use crate::http::idempotency::IdempotencyKey;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, IfMatch, Reply, write};
use crate::jobs::enqueue;
use crate::notifications::{Stretch, TellMove, tell_move_later, tell_move_now};
use crate::slots::facts::Leaving;
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
    let mut seen = None;
    let written = write(app, &asker.scope(), key, async |db| {
        let (row, side) = reach_to_change(app, db, asker, id, version).await?;
        seen = Some(row.clone());
        let reply = move_to(db, asker, &row, side, start, end).await?;
        if side == Side::Guest {
            // Each move writes mails to an address that nobody has proven.
            throttle::hit(db, &Key::new("move", &[&id.to_string()]), MOVES, HOUR).await?;
        }
        Ok(reply)
    })
    .await;
    match (written, seen) {
        // Times of the service's own length help nobody who asked for another.
        (Err(error), Some(row)) if end.is_none() => {
            let zone = Zone::parse(&row.client_time_zone).ok();
            Err(slot::with_alternatives(error, &app.db, row.service_id, start, row.party_size, zone.as_ref())
                .await)
        }
        (written, _) => written,
    }
}

async fn move_to(
    db: &mut PgConnection,
    asker: &Asker,
    row: &Row,
    side: Side,
    start: OffsetDateTime,
    end: Option<OffsetDateTime>,
) -> ApiResult<Reply> {
    if end.is_some() && side != Side::Provider {
        let words = "Only the provider can change how long it takes.";
        return Err(ApiError::field("/end_at", "provider_only", words));
    }
    transition(&state(row)?, Action::Reschedule, seconds(row.now)).map_err(refused)?;
    if start == row.start_at && end.is_none_or(|end| end == row.end_at) {
        return Ok(Reply::ok(&view(row, side)?)?.version(row.version));
    }
    let from =
        row.appointment_id.ok_or_else(|| ApiError::internal("a standing booking has no appointment"))?;
    let leaving = Leaving { appointment_id: from, party_size: row.party_size };
    let length = end.unwrap_or(row.end_at) - end.map_or(row.start_at, |_| start);
    let mut offer = slot::offer_until(db, row.service_id, start, start + length, Some(leaving)).await?;
    if side == Side::Provider {
        slot::relax_for_provider(&mut offer);
    } else if !offer.bookable {
        let words = "This is no longer offered. The provider can still move it.";
        return Err(ApiError::new(Code::InvalidTransition).detail(words));
    }
    slot::keep_length(&mut offer, length);
    let unavailable = |refusal: Unavailable| refusal.into_problem(&offer.facts.zone);
    let is_resized = length != row.end_at - row.start_at;
    if is_resized && store::is_shared(db, row.provider_id, from, row.party_size).await? {
        let words = "A seat in a session that others share keeps the session's length.";
        return Err(ApiError::new(Code::SharedAppointment).detail(words));
    }
    let target = if end.is_some() {
        let held = Range::new(seconds(row.start_at), seconds(row.end_at));
        slot::decide_exactly(&offer, start, held, row.party_size)
    } else {
        slot::decide(&offer, start, row.party_size)
    };
    let target = target.map_err(unavailable)?;

    let moved_alone = move_alone(db, from, &target).await?;
    let appointment_id = match moved_alone {
        Moved::Yes => from,
        Moved::Taken => return Err(unavailable(Unavailable::Taken(None))),
        Moved::NotAlone => {
            store::claim(db, &target).await?.ok_or_else(|| unavailable(Unavailable::Taken(None)))?
        }
    };
    let expiry = row.hold_expires_at.map(|expiry| expiry.min(start));
    let write_time = |at: OffsetDateTime| at.format(&Rfc3339).map_err(ApiError::internal);
    let change = Change {
        status: &row.status,
        appointment_id: Some(appointment_id),
        time: Some(NewTime {
            start_at: start,
            end_at: target.end_at,
            time_zone: offer.facts.zone.name(),
            local_start: slot::wall_time(&offer.facts.zone, start),
        }),
        hold_expires_at: expiry,
        cancelled_by: None,
        cancel_reason: "",
        event: "moved",
        actor: side.as_str(),
        actor_user_id: asker.user.map(|user| user.id),
        detail: serde_json::json!({
            "from": write_time(row.start_at)?, "to": write_time(start)?,
            "from_end": write_time(row.end_at)?, "to_end": write_time(target.end_at)?,
        }),
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
        Side::Provider => tell_move_later(db, news, was, row.sequence, row.now).await?,
        Side::Client | Side::Guest => jobs.extend(tell_move_now(db, news, was, now, row.sequence + 1).await?),
    }
    enqueue(db, &jobs).await?;
    let moved = Row {
        appointment_id: Some(appointment_id),
        start_at: start,
        end_at: target.end_at,
        hold_expires_at: expiry,
        sequence: row.sequence + 1,
        version: row.version + 1,
        ..row.clone()
    };
    Ok(Reply::ok(&view(&moved, side)?)?.version(moved.version))
}

enum Moved {
    Yes,
    NotAlone,
    Taken,
}

/// Moves the appointment itself where nobody else is in it. An update raises where an insert would do nothing, so it
/// runs under a savepoint.
async fn move_alone(db: &mut PgConnection, from: Uuid, target: &Target) -> ApiResult<Moved> {
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
