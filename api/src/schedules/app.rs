//! Use cases around schedules.

use super::store::{self, Exception, Head};
use super::times::{self, Hours};
use crate::app::App;
use crate::http::idempotency::IdempotencyKey;
use crate::http::{ApiError, ApiResult, Faults, IfMatch, Input, NoBody, ProviderMember, Reply, User, write};
use crate::{db, providers, stranded};
use contract::bookings::Booking;
use contract::schedules::{
    self as wire, CreateTimeOff, PutException, PutExceptions, PutWeeklyHours, Schedule, ScheduleChange,
    TimeOff, WeeklyWindow, Window,
};
use domain::zone::Zone;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// How far ahead a date can have hours of its own.
const FURTHEST: Duration = Duration::days(5 * 366);
/// The longest time off.
const LONGEST_TIME_OFF: Duration = Duration::days(2 * 366);
/// How many times off can lie ahead.
const MOST_TIME_OFF: i64 = 500;
/// How many dates ahead can have hours of their own.
const MOST_EXCEPTIONS: i64 = 1000;

/// A schedule, and whether the person is a member of the provider; others see no notes and no time off. What is over is
/// in it from `since` on.
///
/// # Errors
/// `not_found` where the person may not see the provider.
pub async fn find(
    db: &mut PgConnection,
    provider: &str,
    user: Option<User>,
    since: Option<Date>,
) -> ApiResult<(Schedule, bool)> {
    let found = providers::visible(db, provider, user).await?;
    let mut schedule = load(db, found.profile.id, since).await?.into_wire();
    if !found.is_member {
        schedule.time_off.clear();
        schedule.exceptions.iter_mut().for_each(|exception| exception.note.clear());
    }
    Ok((schedule, found.is_member))
}

/// The whole schedule of a provider, what is over included, for who owns it.
///
/// # Errors
/// `not_found`.
pub async fn everything(db: &mut PgConnection, provider: Uuid) -> ApiResult<Schedule> {
    let since = OffsetDateTime::UNIX_EPOCH.date();
    Ok(load(db, provider, Some(since)).await?.into_wire())
}

/// Replaces the weekly hours.
///
/// # Errors
/// `invalid_fields`, `version_mismatch`.
pub async fn put_weekly(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    input: Input<PutWeeklyHours>,
) -> ApiResult<Reply> {
    let weekly = times::read_weekly(&input.body.weekly)?;
    change(app, member, version, input.key, async |tx, _| {
        Ok(store::put_weekly(tx, member.provider_id, &weekly).await?)
    })
    .await
}

/// Sets the hours of one date.
///
/// # Errors
/// `invalid_fields`, `version_mismatch`.
pub async fn put_exception(
    app: &App,
    member: ProviderMember,
    date: Date,
    version: IfMatch,
    input: Input<PutException>,
) -> ApiResult<Reply> {
    let mut faults = Faults::default();
    let windows = times::read_windows(&mut faults, &input.body.windows, "");
    faults.finish()?;
    let exception = Exception { date, windows, note: input.body.note };
    change(app, member, version, input.key, async |tx, today| {
        let mut faults = Faults::default();
        check_date(&mut faults, date, today, "/date");
        let others = store::count_exceptions_but(tx, member.provider_id, &[date], today).await?;
        let has_room = others < MOST_EXCEPTIONS;
        faults.unless(has_room, "/date", "too_many", "At most 1000 dates can have hours of their own.");
        faults.finish()?;
        Ok(store::put_exceptions(tx, member.provider_id, &[exception]).await?)
    })
    .await
}

/// Sets the hours of several dates, all of them or none.
///
/// # Errors
/// `invalid_fields`, `version_mismatch`.
pub async fn put_exceptions(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    input: Input<PutExceptions>,
) -> ApiResult<Reply> {
    let mut faults = Faults::default();
    let mut exceptions = Vec::new();
    let mut dates = Vec::new();
    for (index, exception) in input.body.exceptions.into_iter().enumerate() {
        let pointer = format!("/exceptions/{index}");
        let is_new = !dates.contains(&exception.date);
        faults.unless(is_new, &format!("{pointer}/date"), "repeated", "This date is given twice.");
        dates.push(exception.date);
        let windows = times::read_windows(&mut faults, &exception.windows, &pointer);
        exceptions.push(Exception { date: exception.date, windows, note: exception.note });
    }
    faults.finish()?;
    change(app, member, version, input.key, async |tx, today| {
        let mut faults = Faults::default();
        for (index, date) in dates.iter().enumerate() {
            check_date(&mut faults, *date, today, &format!("/exceptions/{index}/date"));
        }
        let others = store::count_exceptions_but(tx, member.provider_id, &dates, today).await?;
        let has_room = others + i64::try_from(dates.len()).unwrap_or(i64::MAX) <= MOST_EXCEPTIONS;
        faults.unless(has_room, "/exceptions", "too_many", "At most 1000 dates can have hours of their own.");
        faults.finish()?;
        Ok(store::put_exceptions(tx, member.provider_id, &exceptions).await?)
    })
    .await
}

fn check_date(faults: &mut Faults, date: Date, today: Date, pointer: &str) {
    faults.unless(date >= today - Duration::DAY, pointer, "past", "This date is over.");
    faults.unless(date <= today + FURTHEST, pointer, "range", "This date is more than five years ahead.");
}

/// Closes a date, whatever its hours were, and makes the schedule the next version. The date's note stays. The caller holds
/// the provider's lock, and is given the bookings that are stranded now.
///
/// # Errors
/// `invalid_fields` where the date is over or too far ahead, or too many dates have hours of their own, with a pointer to
/// `pointer`.
pub async fn close(
    db: &mut PgConnection,
    provider: Uuid,
    date: Date,
    pointer: &str,
) -> ApiResult<Vec<Booking>> {
    let (_, today) = head(db, provider).await?;
    let mut faults = Faults::default();
    check_date(&mut faults, date, today, pointer);
    let others = store::count_exceptions_but(db, provider, &[date], today).await?;
    let has_room = others < MOST_EXCEPTIONS;
    faults.unless(has_room, pointer, "too_many", "At most 1000 dates can have hours of their own.");
    faults.finish()?;
    let note = store::note(db, provider, date).await?.unwrap_or_default();
    store::put_exceptions(db, provider, &[Exception { date, windows: Vec::new(), note }]).await?;
    store::advance(db, provider).await?;
    stranded::stranded(db, provider).await
}

/// Lets the weekly hours hold on a date again.
///
/// # Errors
/// `not_found` where they do, `version_mismatch`.
pub async fn delete_exception(
    app: &App,
    member: ProviderMember,
    date: Date,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<Reply> {
    change(app, member, version, body.key, async |tx, _| {
        found(store::delete_exception(tx, member.provider_id, date).await?)
    })
    .await
}

/// Takes time off.
///
/// # Errors
/// `invalid_fields`, `version_mismatch`.
pub async fn create_time_off(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    input: Input<CreateTimeOff>,
) -> ApiResult<Reply> {
    let whole = |at: OffsetDateTime| at.replace_nanosecond(0).unwrap_or(at);
    let CreateTimeOff { start_at, end_at, note } = input.body;
    let time_off = TimeOff { id: Uuid::now_v7(), start_at: whole(start_at), end_at: whole(end_at), note };
    change(app, member, version, input.key, async |tx, today| {
        let TimeOff { start_at, end_at, .. } = time_off;
        let mut faults = Faults::default();
        faults.unless(start_at < end_at, "/end_at", "order", "The end must be after the start.");
        faults.unless(end_at - start_at <= LONGEST_TIME_OFF, "/end_at", "range", "At most two years.");
        faults.unless(end_at > db::now(tx).await?, "/end_at", "past", "This is over.");
        faults.unless(start_at.date() <= today + FURTHEST, "/start_at", "range", "At most five years ahead.");
        let has_room = store::count_time_off(tx, member.provider_id).await? < MOST_TIME_OFF;
        faults.unless(has_room, "/start_at", "too_many", "At most 500 times off can lie ahead.");
        faults.finish()?;
        Ok(store::add_time_off(tx, member.provider_id, &time_off).await?)
    })
    .await
}

/// Takes time off back.
///
/// # Errors
/// `not_found`, `version_mismatch`.
pub async fn delete_time_off(
    app: &App,
    member: ProviderMember,
    id: Uuid,
    version: IfMatch,
    body: NoBody,
) -> ApiResult<Reply> {
    change(app, member, version, body.key, async |tx, _| {
        found(store::delete_time_off(tx, member.provider_id, id).await?)
    })
    .await
}

fn found(is_found: bool) -> ApiResult<()> {
    if is_found { Ok(()) } else { Err(ApiError::not_found()) }
}

/// Changes a schedule and tells what the change strands. `run` is given the provider's today.
async fn change(
    app: &App,
    member: ProviderMember,
    version: IfMatch,
    key: Option<IdempotencyKey>,
    run: impl AsyncFnOnce(&mut PgConnection, Date) -> ApiResult<()>,
) -> ApiResult<Reply> {
    write(app, &member.user.scope(), key.as_ref(), async |tx| {
        db::lock_provider(tx, member.provider_id).await?;
        let (head, today) = head(tx, member.provider_id).await?;
        version.check(head.version)?;
        let before = stranded::stranded(tx, member.provider_id).await?;
        run(tx, today).await?;
        store::advance(tx, member.provider_id).await?;

        let schedule = load(tx, member.provider_id, None).await?.into_wire();
        let stranded = stranded::stranded(tx, member.provider_id).await?;
        let newly_stranded = stranded::newly(&before, &stranded);
        let change = ScheduleChange { schedule, stranded, newly_stranded };
        Ok(Reply::ok(&change)?.version(change.schedule.version))
    })
    .await
}

/// A schedule as stored.
struct Stored {
    head: Head,
    weekly: Vec<(wire::Day, Hours)>,
    /// From today on, or from an earlier day.
    exceptions: Vec<Exception>,
    time_off: Vec<TimeOff>,
}

/// What holds for the whole schedule, and the provider's today.
async fn head(db: &mut PgConnection, provider: Uuid) -> ApiResult<(Head, Date)> {
    let (head, zone) = head_and_zone(db, provider).await?;
    let today = zone.to_local(db::seconds(db::now(db).await?)).date;
    Ok((head, today))
}

async fn head_and_zone(db: &mut PgConnection, provider: Uuid) -> ApiResult<(Head, Zone)> {
    let head = store::head(db, provider).await?.ok_or_else(ApiError::not_found)?;
    let zone = Zone::parse(&head.time_zone).map_err(ApiError::internal)?;
    Ok((head, zone))
}

async fn load(db: &mut PgConnection, provider: Uuid, since: Option<Date>) -> ApiResult<Stored> {
    let (head, zone) = head_and_zone(db, provider).await?;
    let now = db::now(db).await?;
    let today = zone.to_local(db::seconds(now)).date;
    let first = since.map_or(today, |since| since.min(today));
    let ended_after = if first < today { db::from_seconds(zone.to_instant(first, 0)) } else { now };
    Ok(Stored {
        weekly: store::weekly(db, provider).await?,
        exceptions: store::exceptions(db, provider, first).await?,
        time_off: store::time_off(db, provider, ended_after).await?,
        head,
    })
}

impl Stored {
    fn into_wire(self) -> Schedule {
        let window =
            |hours: &Hours| Window { start: times::clock(hours.start), end: times::clock(hours.end) };
        let weekly = self.weekly.iter().map(|(day, hours)| WeeklyWindow {
            day: *day,
            start: times::clock(hours.start),
            end: times::clock(hours.end),
        });
        let exceptions = self.exceptions.into_iter().map(|exception| wire::Exception {
            date: exception.date,
            windows: exception.windows.iter().map(window).collect(),
            note: exception.note,
        });
        Schedule {
            time_zone: self.head.time_zone,
            weekly: weekly.collect(),
            exceptions: exceptions.collect(),
            time_off: self.time_off,
            version: self.head.version,
        }
    }
}
