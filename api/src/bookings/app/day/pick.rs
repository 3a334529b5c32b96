//! Which bookings of a day are meant.

use super::{people, views};
use crate::bookings::store::{self, Row};
use crate::db::{from_seconds, seconds};
use crate::http::{ApiError, ApiResult, Faults};
use contract::days::{Day, DayQuery};
use contract::problem::Code;
use domain::zone::Zone;
use sqlx::PgConnection;
use std::collections::HashSet;
use time::macros::format_description;
use time::{Date, Time};
use uuid::Uuid;

/// A part of a day.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    service_id: Option<Uuid>,
    from: Option<u32>,
    until: Option<u32>,
}

impl Part {
    /// Reads a part from a body or a query, which is what `at` makes a pointer of.
    pub fn read(
        service_id: Option<Uuid>,
        from: Option<&str>,
        until: Option<&str>,
        at: impl Fn(&str) -> String,
    ) -> ApiResult<Self> {
        let mut faults = Faults::default();
        let mut time = |name: &str, text: Option<&str>| {
            let read = text.map(|text| Time::parse(text, format_description!("[hour]:[minute]")).ok());
            let words = "Write a time of day as HH:MM; midnight is 00:00.";
            faults.unless(read != Some(None), &at(name), "time", words);
            read.flatten().map(|time| u32::from(time.hour()) * 3600 + u32::from(time.minute()) * 60)
        };
        let (from, until) = (time("from", from), time("until", until).filter(|until| *until > 0));
        let is_ordered = from.zip(until).is_none_or(|(from, until)| from < until);
        faults.unless(is_ordered, &at("until"), "order", "The end must be after the start.");
        faults.finish()?;
        Ok(Self { service_id, from, until })
    }

    /// Whether it is all of the day.
    pub fn is_whole(&self) -> bool {
        self.service_id.is_none() && self.from.is_none() && self.until.is_none()
    }

    fn has(&self, row: &Row, zone: &Zone) -> bool {
        let at = zone.to_local(seconds(row.start_at)).secs_of_day;
        self.service_id.is_none_or(|service| service == row.service_id)
            && self.from.is_none_or(|from| from <= at)
            && self.until.is_none_or(|until| at < until)
    }
}

/// The bookings of the day that stand and have not begun, by start.
pub(super) async fn pick(
    db: &mut PgConnection,
    provider_id: Uuid,
    date: Date,
    part: Part,
    zone: &Zone,
) -> ApiResult<Vec<Row>> {
    let midnight = |date: Date| from_seconds(zone.to_instant(date, 0));
    let mut rows = store::standing_between(
        db,
        provider_id,
        midnight(date),
        midnight(date.saturating_add(time::Duration::DAY)),
    )
    .await?;
    rows.retain(|row| row.start_at > row.now && part.has(row, zone));
    Ok(rows)
}

/// Makes sure that the bookings that are meant are those that were looked at: nobody is called off or moved unseen.
///
/// # Errors
/// `version_mismatch`.
pub(super) fn check_seen(seen: Option<&[Uuid]>, rows: &[Row]) -> ApiResult<()> {
    let Some(seen) = seen else { return Ok(()) };
    let seen: HashSet<Uuid> = seen.iter().copied().collect();
    let meant: HashSet<Uuid> = rows.iter().map(|row| row.id).collect();
    if seen == meant {
        return Ok(());
    }
    let words = "A booking of the day came or went since it was looked at. Look again.";
    Err(ApiError::new(Code::VersionMismatch).detail(words))
}

/// The provider's zone.
pub(super) async fn zone(db: &mut PgConnection, provider_id: Uuid) -> ApiResult<Zone> {
    let name = store::provider_zone(db, provider_id).await?.ok_or_else(ApiError::not_found)?;
    Zone::parse(&name).map_err(ApiError::internal)
}

/// Tells what a change of the day would touch.
///
/// # Errors
/// `invalid_fields`.
pub async fn preview(
    db: &mut PgConnection,
    provider_id: Uuid,
    date: Date,
    query: &DayQuery,
) -> ApiResult<Day> {
    let (from, until) = (query.from.as_deref(), query.until.as_deref());
    let part = Part::read(query.service_id, from, until, |name| format!("?{name}"))?;
    let zone = zone(db, provider_id).await?;
    let mut rows = pick(db, provider_id, date, part, &zone).await?;
    // A request whose time to be answered is over stands only until somebody looks.
    rows.retain(|row| row.status != "pending" || row.hold_expires_at.is_none_or(|until| until > row.now));
    let (clients, without_email) = people(&rows);
    Ok(Day { date, time_zone: zone.name().to_owned(), bookings: views(&rows)?, clients, without_email })
}
