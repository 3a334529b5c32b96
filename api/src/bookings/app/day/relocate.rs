//! Moving what is booked on a day.
//!
//! Appointments move, with all the bookings in them: a group stays together. All of them are decided about as one, so that
//! they may shift into each other's places; then they leave their places before the first takes its new one.

use super::pick::{Part, check_seen, pick, zone};
use super::{Acting, people, run, views};
use crate::app::App;
use crate::bookings::access::Side;
use crate::bookings::app::expire::expire_stale;
use crate::bookings::app::quote;
use crate::bookings::app::slot::wall_time;
use crate::bookings::app::{expiry_at, settling_job, write_change};
use crate::bookings::store::{self, Change, NewPlace, NewTime, Row};
use crate::bookings::view::view;
use crate::db::{constraint, from_seconds, seconds};
use crate::http::{ApiError, ApiResult, Faults, Input, ProviderMember, Reply};
use crate::jobs::enqueue;
use crate::notifications::{Stretch, TellMove, tell_move_now};
use crate::slots::facts::{self, Offer};
use crate::{db, schedules, slots};
use contract::days::{DayChange, Kept, MoveDay};
use contract::problem::{Code, FieldError};
use domain::range::Range;
use domain::slots::{Facts, Refusal, Relocation};
use domain::zone::Zone;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Where everything goes.
#[derive(Debug, Clone, Copy)]
enum Whither {
    /// To the same times of a date.
    Date(Date),
    /// That many seconds later.
    Seconds(i64),
}

/// Moves what is booked on a day and has not begun, and tells every client.
///
/// # Errors
/// `invalid_fields`, `does_not_fit` where not all of it fits; `version_mismatch` where other bookings are meant than were looked at.
pub async fn relocate(
    app: &App,
    member: ProviderMember,
    date: Date,
    input: Input<MoveDay>,
) -> ApiResult<Reply> {
    let wish = &input.body;
    let (from, until) = (wish.from.as_deref(), wish.until.as_deref());
    let part = Part::read(wish.service_id, from, until, |name| format!("/{name}"))?;
    let whither = whither(date, wish)?;
    let is_whole = part.is_whole() && wish.booking_ids.is_none() && matches!(whither, Whither::Date(_));
    if wish.close && !is_whole {
        let words = "Only a whole day that moves to another date can be closed.";
        return Err(ApiError::field("/close", "whole_day", words));
    }
    let acting = Acting { member, date };
    run(app, member, input.key.as_ref(), wish.dry_run, async |db| {
        move_all(db, &acting, part, wish, whither).await
    })
    .await
}

fn whither(date: Date, wish: &MoveDay) -> ApiResult<Whither> {
    let by_days = wish.by_days.map(|days| {
        let to = date.checked_add(time::Duration::days(i64::from(days))).filter(|to| *to != date);
        (to.map(Whither::Date), "/by_days")
    });
    let to_date = wish.to_date.map(|to| (Some(Whither::Date(to)).filter(|_| to != date), "/to_date"));
    let by_minutes = wish.by_minutes.map(|minutes| {
        (Some(Whither::Seconds(i64::from(minutes) * 60)).filter(|_| minutes != 0), "/by_minutes")
    });
    let mut given = [to_date, by_days, by_minutes].into_iter().flatten();
    let (Some((whither, pointer)), None) = (given.next(), given.next()) else {
        let words = "Say where to with one of to_date, by_days and by_minutes.";
        return Err(ApiError::field("/to_date", "one_of", words));
    };
    if let Some(Whither::Date(to)) = whither {
        crate::http::calendar::within_calendar(to.year(), pointer)?;
    }
    whither.ok_or_else(|| ApiError::field(pointer, "same", "That is where they are."))
}

impl Whither {
    /// Where a start goes. A wall time that the new date's clock skips moves as every such time does.
    fn of(self, zone: &Zone, start: i64) -> i64 {
        match self {
            Self::Date(date) => zone.to_instant(date, zone.to_local(start).secs_of_day),
            Self::Seconds(by) => start.saturating_add(by),
        }
    }
}

/// An appointment of the day, with those of its bookings that are meant.
struct Group {
    appointment_id: Uuid,
    service_id: Uuid,
    rows: Vec<Row>,
    from: Range,
    to: Range,
    /// Why it stays, where it does: the word and the sentence.
    stays: Option<(&'static str, String)>,
}

async fn move_all(
    db: &mut PgConnection,
    acting: &Acting,
    part: Part,
    wish: &MoveDay,
    whither: Whither,
) -> ApiResult<Reply> {
    let provider_id = acting.member.provider_id;
    db::lock_provider(db, provider_id).await?;
    expire_stale(db, provider_id).await?;
    let zone = zone(db, provider_id).await?;
    let mut rows = pick(db, provider_id, acting.date, part, &zone).await?;
    check_seen(wish.seen_ids.as_deref(), &rows)?;
    if let Some(only) = &wish.booking_ids {
        check_known(only, &rows)?;
        rows.retain(|row| only.contains(&row.id));
    }
    let mut groups = group(db, provider_id, rows, &zone, whither).await?;
    let blocked = decide(db, &mut groups, &zone).await?;
    let kept = kept(&groups)?;
    if !kept.is_empty() && !wish.fitting_only {
        return if wish.dry_run { nothing_moves(acting.date, kept) } else { Err(does_not_fit(&kept, &zone)) };
    }
    let places: Vec<NewPlace> = groups
        .iter()
        .zip(blocked)
        .filter(|(group, _)| group.stays.is_none())
        .map(|(group, blocked)| NewPlace {
            appointment_id: group.appointment_id,
            start_at: from_seconds(group.to.start),
            end_at: from_seconds(group.to.end),
            blocked_from: from_seconds(blocked.start),
            blocked_until: from_seconds(blocked.end),
        })
        .collect();
    place(db, provider_id, &places).await?;
    let mut moved = Vec::new();
    let mut jobs = Vec::new();
    for group in groups.iter().filter(|group| group.stays.is_none()) {
        for row in &group.rows {
            let was = Stretch { start_at: row.start_at, end_at: row.end_at };
            let row = move_booking(db, acting, row, group, &zone, &wish.message).await?;
            let now = Stretch { start_at: row.start_at, end_at: row.end_at };
            let news = TellMove { provider_id, booking_id: row.id, by: Some(acting.member.user.id) };
            if row.is_told() {
                jobs.extend(tell_move_now(db, news, was, now, row.sequence).await?);
            }
            jobs.push(settling_job(provider_id, row.id, &row.status, row.end_at, row.hold_expires_at));
            moved.push(row);
        }
    }
    enqueue(db, &jobs).await?;
    let stranded = match wish.close {
        true => schedules::close(db, provider_id, acting.date, "/close").await?,
        false => Vec::new(),
    };
    let (clients, without_email) = people(&moved);
    Reply::ok(&DayChange {
        date: acting.date,
        changed: views(&moved)?,
        kept,
        stranded,
        clients,
        without_email,
        closed: wish.close,
        dry_run: wish.dry_run,
    })
}

/// What a move of all or nothing would do where not everything fits.
fn nothing_moves(date: Date, kept: Vec<Kept>) -> ApiResult<Reply> {
    Reply::ok(&DayChange {
        date,
        changed: Vec::new(),
        kept,
        stranded: Vec::new(),
        clients: 0,
        without_email: 0,
        closed: false,
        dry_run: true,
    })
}

/// Every booking that is named must be one of the day.
fn check_known(only: &[Uuid], rows: &[Row]) -> ApiResult<()> {
    let mut faults = Faults::default();
    for (index, id) in only.iter().enumerate() {
        let is_known = rows.iter().any(|row| row.id == *id);
        let words = "This is no booking of the day that stands and has not begun.";
        faults.unless(is_known, &format!("/booking_ids/{index}"), "unknown", words);
    }
    faults.finish()
}

/// The bookings by their appointments, by start.
async fn group(
    db: &mut PgConnection,
    provider_id: Uuid,
    rows: Vec<Row>,
    zone: &Zone,
    whither: Whither,
) -> ApiResult<Vec<Group>> {
    let mut groups: BTreeMap<OffsetDateTime, Group> = BTreeMap::new();
    for row in rows {
        let appointment_id =
            row.appointment_id.ok_or_else(|| ApiError::internal("a standing booking has no appointment"))?;
        let from = Range::new(seconds(row.start_at), seconds(row.end_at));
        let start = whither.of(zone, from.start);
        let group = groups.entry(row.start_at).or_insert_with(|| Group {
            appointment_id,
            service_id: row.service_id,
            rows: Vec::new(),
            from,
            to: Range::new(start, start.saturating_add(from.end - from.start)),
            stays: None,
        });
        group.rows.push(row);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    let ids: Vec<Uuid> = groups.iter().map(|group| group.appointment_id).collect();
    let seats = store::seats_taken(db, provider_id, &ids).await?;
    for group in &mut groups {
        let meant: i32 = group.rows.iter().map(|row| row.party_size).sum();
        if seats.get(&group.appointment_id) != Some(&meant) {
            group.stays = Some(("shared", "Others of this session are not to move.".to_owned()));
        }
    }
    Ok(groups)
}

/// Decides about all that are to move as one, and says what each would block.
async fn decide(db: &mut PgConnection, groups: &mut [Group], zone: &Zone) -> ApiResult<Vec<Range>> {
    let margin = domain::zone::DAY;
    let start = groups.iter().map(|group| group.to.start).min().unwrap_or_default();
    let end = groups.iter().map(|group| group.to.end).max().unwrap_or_default();
    let around = Range::new(start.saturating_sub(margin), end.saturating_add(margin));
    let mut offers: BTreeMap<Uuid, Offer> = BTreeMap::new();
    for group in groups.iter() {
        if let Entry::Vacant(place) = offers.entry(group.service_id) {
            let mut offer =
                facts::load(db, group.service_id, around, None).await?.ok_or_else(ApiError::not_found)?;
            offer.relax_for_provider();
            place.insert(offer);
        }
    }
    // What is taken and when the provider works is the same in all of them.
    let Some(facts) = offers.values().next().map(|offer| &offer.facts) else { return Ok(Vec::new()) };
    let moves: Vec<Relocation> = groups
        .iter()
        .filter_map(|group| {
            let service = offers.get(&group.service_id)?.facts.service;
            Some(Relocation { service, from: group.from, to: group.to })
        })
        .collect();
    let stays: Vec<bool> = groups.iter().map(|group| group.stays.is_some()).collect();
    for (group, refusal) in groups.iter_mut().zip(relocate_all(facts, &moves, &stays)) {
        if let Some(refusal) = refusal {
            group.stays.get_or_insert_with(|| slots::reason(refusal, zone));
        }
    }
    Ok(moves.iter().map(Relocation::blocked).collect())
}

/// What must stay is no part of the question.
fn relocate_all(facts: &Facts, moves: &[Relocation], stays: &[bool]) -> Vec<Option<Refusal>> {
    let asked: Vec<Relocation> =
        moves.iter().zip(stays).filter(|(_, stays)| !**stays).map(|(moving, _)| *moving).collect();
    let mut answers = domain::slots::relocate(facts, &asked).into_iter();
    stays.iter().map(|stays| if *stays { None } else { answers.next().flatten() }).collect()
}

fn kept(groups: &[Group]) -> ApiResult<Vec<Kept>> {
    let mut kept = Vec::new();
    for group in groups {
        let Some((reason, message)) = &group.stays else { continue };
        for row in &group.rows {
            let booking = view(row, Side::Provider)?;
            kept.push(Kept { booking, reason: (*reason).to_owned(), message: message.clone() });
        }
    }
    Ok(kept)
}

/// All or none: which bookings are in the way of it.
fn does_not_fit(kept: &[Kept], zone: &Zone) -> ApiError {
    let errors = kept.iter().map(|kept| {
        let local = zone.to_local(seconds(kept.booking.start_at));
        let (hour, minute) = (local.secs_of_day / 3600, local.secs_of_day / 60 % 60);
        FieldError {
            pointer: format!("/bookings/{}", kept.booking.id),
            code: kept.reason.clone(),
            message: format!("{hour:02}:{minute:02}, {}: {}", kept.booking.client.name, kept.message),
        }
    });
    let words = match kept.len() {
        1 => "1 booking does not fit there. Nothing was moved.".to_owned(),
        count => format!("{count} bookings do not fit there. Nothing was moved."),
    };
    ApiError::new(Code::DoesNotFit).detail(words).with(|problem| problem.errors = errors.collect())
}

/// Moves the appointments. They first leave their places, all together, since one may go where another stands.
async fn place(db: &mut PgConnection, provider_id: Uuid, places: &[NewPlace]) -> ApiResult<()> {
    if places.is_empty() {
        return Ok(());
    }
    match store::place(db, provider_id, places).await {
        // It was decided under the lock, so only somebody who forgot the lock can have come in between.
        Err(error) if constraint(&error).is_some_and(|name| name.starts_with("appointments_")) => {
            Err(ApiError::new(Code::SlotTaken))
        }
        other => Ok(other?),
    }
}

async fn move_booking(
    db: &mut PgConnection,
    acting: &Acting,
    row: &Row,
    group: &Group,
    zone: &Zone,
    message: &str,
) -> ApiResult<Row> {
    let (start, end) = (from_seconds(group.to.start), from_seconds(group.to.end));
    let hold_expires_at = expiry_at(row, start, end)?;
    let clock = quote::after_move(row, Side::Provider, start);
    let written = |at: OffsetDateTime| at.format(&Rfc3339).map_err(ApiError::internal);
    let mut detail = serde_json::json!({
        "from": written(row.start_at)?, "to": written(start)?,
        "from_end": written(row.end_at)?, "to_end": written(end)?,
    });
    if !message.trim().is_empty() {
        detail["message"] = message.trim().into();
    }
    let change = Change {
        status: &row.status,
        awaits: row.awaits.as_deref(),
        appointment_id: row.appointment_id,
        time: Some(NewTime {
            start_at: start,
            end_at: end,
            time_zone: zone.name(),
            local_start: wall_time(zone, start),
            clock,
        }),
        hold_expires_at,
        cancelled_by: None,
        cancel_reason: "",
        event: "moved",
        actor: "provider",
        actor_user_id: Some(acting.member.user.id),
        detail,
    };
    write_change(db, row, &change).await?;
    Ok(Row {
        start_at: start,
        end_at: end,
        hold_expires_at,
        sequence: row.sequence + 1,
        version: row.version + 1,
        ..row.clone().with_clock(clock)
    })
}
