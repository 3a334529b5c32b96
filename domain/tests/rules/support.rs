//! Short ways to state facts and to read answers.

use domain::range::Range;
use domain::schedule::{DayException, WeeklyWindow};
use domain::slots::{Facts, Limits, Refusal, ServiceRules, Slot, Taken, check, slots};
use domain::zone::Zone;
use time::Date;
use time::format_description::well_known::{Iso8601, Rfc3339};

pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 3600;
pub const DAY: i64 = 86_400;

/// `2026-03-29T01:00:00+01:00` as Unix seconds; seconds and `Z` may be left out.
pub fn instant(text: &str) -> i64 {
    let full = match text.len() {
        16 => format!("{text}:00Z"),
        17 => format!("{}:00Z", &text[..16]),
        22 => format!("{}:00{}", &text[..16], &text[16..]),
        _ => text.to_owned(),
    };
    time::OffsetDateTime::parse(&full, &Rfc3339).unwrap().unix_timestamp()
}

pub fn date(text: &str) -> Date {
    Date::parse(text, &Iso8601::DATE).unwrap()
}

pub fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

/// Seconds of the day of `09:30`.
pub fn clock(text: &str) -> u32 {
    let (hour, minute) = text.split_once(':').unwrap();
    hour.parse::<u32>().unwrap() * 3600 + minute.parse::<u32>().unwrap() * 60
}

/// Windows such as `09:00-12:00` on every day of the week.
pub fn daily(windows: &[&str]) -> Vec<WeeklyWindow> {
    (0..7).flat_map(|day| weekly(day, windows)).collect()
}

/// Windows on one day of the week, 0 for Sunday.
pub fn weekly(day: u8, windows: &[&str]) -> Vec<WeeklyWindow> {
    spans(windows).into_iter().map(|(start, end)| WeeklyWindow { day, start, end }).collect()
}

pub fn exception(day: &str, windows: &[&str]) -> DayException {
    DayException { date: date(day), windows: spans(windows) }
}

fn spans(windows: &[&str]) -> Vec<(u32, u32)> {
    let span = |window: &&str| window.split_once('-').map(|(start, end)| (clock(start), clock(end))).unwrap();
    windows.iter().map(span).collect()
}

/// An hour's service without frills, open for years, by a provider who never works.
pub fn provider(zone_name: &str) -> Facts {
    Facts {
        zone: zone(zone_name),
        now: 0,
        weekly: Vec::new(),
        exceptions: Vec::new(),
        taken: Vec::new(),
        busy: Vec::new(),
        service: ServiceRules {
            duration: HOUR,
            step: None,
            buffer_before: 0,
            buffer_after: 0,
            capacity: 1,
            notice: 0,
            horizon_days: ServiceRules::FURTHEST,
            limits: Limits::default(),
        },
        provider_limits: Limits::default(),
    }
}

/// The same as of a date: yesterday's midnight in UTC is now.
pub fn provider_on(zone_name: &str, day: &str) -> Facts {
    Facts { now: instant(&format!("{day}T00:00Z")) - DAY, ..provider(zone_name) }
}

/// An appointment of another service, without buffers.
pub fn booked(start: i64, end: i64) -> Taken {
    Taken {
        start,
        end,
        blocked_from: start,
        blocked_until: end,
        same_service: false,
        seats_taken: 1,
        capacity: 1,
    }
}

/// An appointment of the service itself.
pub fn booked_same(facts: &Facts, start: i64) -> Taken {
    let blocked = facts.service.blocked(start);
    Taken {
        blocked_from: blocked.start,
        blocked_until: blocked.end,
        same_service: true,
        capacity: facts.service.capacity,
        ..booked(start, facts.service.end(start))
    }
}

/// The slots labelled with a local date, as `01:00+02:00`.
pub fn times(facts: &Facts, day: &str) -> Vec<String> {
    let day = date(day);
    let noon = facts.zone.to_instant(day, 43_200);
    let around = Range::new(noon - 3 * DAY, noon + 3 * DAY);
    slots(facts, around, 1)
        .into_iter()
        .filter(|slot| facts.zone.to_local(slot.start).date == day)
        .map(|slot| label(&facts.zone, slot.start))
        .collect()
}

/// The same without offsets, for days without surprises.
pub fn clocks(facts: &Facts, day: &str) -> Vec<String> {
    times(facts, day).into_iter().map(|label| label[..5].to_owned()).collect()
}

/// `01:00+02:00`.
pub fn label(zone: &Zone, instant: i64) -> String {
    let local = zone.to_local(instant);
    let (secs, offset) = (local.secs_of_day, local.offset_seconds);
    let sign = if offset < 0 { '-' } else { '+' };
    let offset = offset.abs();
    let (hours, minutes) = (offset / 3600, offset / 60 % 60);
    format!("{:02}:{:02}{sign}{hours:02}:{minutes:02}", secs / 3600, secs / 60 % 60)
}

/// Why a start is refused.
pub fn refusal(facts: &Facts, start: &str) -> Refusal {
    check(facts, instant(start), 1).unwrap_err()
}

/// Whether one person can start then.
pub fn free(facts: &Facts, start: &str) -> bool {
    check(facts, instant(start), 1).is_ok()
}

pub fn slot(start: &str, seats_left: u32) -> Slot {
    Slot { start: instant(start), seats_left }
}
