//! Facts drawn at random, around days on which zones do something odd.

use domain::range::Range;
use domain::schedule::{DayException, WeeklyWindow};
use domain::slots::{Facts, Limits, ServiceRules, Taken};
use domain::zone::Zone;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use time::Duration;

use crate::support::{DAY, HOUR, MINUTE, date};

/// Zones and the days to look at them: springs, autumns, odd offsets, odd changes, a date that is missing.
const PLACES: [(&str, &str); 20] = [
    ("UTC", "2026-11-22"),
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("America/St_Johns", "2006-04-02"),
    ("America/St_Johns", "2006-10-29"),
    ("America/Scoresbysund", "2024-03-31"),
    ("America/Caracas", "2016-05-01"),
    ("Africa/Cairo", "2026-04-24"),
    ("Africa/Cairo", "2026-10-30"),
    ("Africa/Casablanca", "2026-02-15"),
    ("Africa/Casablanca", "2026-03-22"),
    ("Antarctica/Troll", "2026-03-29"),
    ("Asia/Kathmandu", "2026-06-01"),
    ("Asia/Pyongyang", "2018-05-05"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Pacific/Apia", "2011-12-30"),
    ("Pacific/Kwajalein", "1993-08-21"),
];

/// Facts on the grid of `unit` seconds, and the instant around which they lie.
pub fn facts(unit: i64) -> impl Strategy<Value = (Facts, i64)> {
    select(&PLACES[..]).prop_flat_map(move |(name, day)| {
        let (zone, day) = (Zone::parse(name).unwrap(), date(day));
        let centre = zone.to_instant(day, 0);
        let now = prop_oneof![3 => Just(-4 * DAY), 1 => offset(unit)].prop_map(move |shift| centre + shift);
        let exceptions =
            vec((-3..=3_i64, vec(clocks(unit), 0..3)), 0..3).prop_map(move |days| -> Vec<DayException> {
                let on = |shift| day + Duration::days(shift);
                days.into_iter().map(|(shift, windows)| DayException { date: on(shift), windows }).collect()
            });
        let facts =
            (now, weekly(unit), exceptions, service(unit), taken(unit, centre), busy(unit, centre), limits());
        facts.prop_map(move |(now, weekly, exceptions, service, taken, busy, provider_limits)| {
            let taken = taken.into_iter().map(|taken| aligned(taken, &service)).collect();
            let zone = zone.clone();
            (Facts { zone, now, weekly, exceptions, taken, busy, service, provider_limits }, centre)
        })
    })
}

/// Up to three days either way.
fn offset(unit: i64) -> impl Strategy<Value = i64> {
    let most = 3 * DAY / unit;
    (-most..=most).prop_map(move |units| units * unit)
}

fn clock(unit: i64) -> impl Strategy<Value = u32> {
    let whole = (0..24_u32).prop_map(|hour| hour * 3600);
    let odd = (0..DAY / unit).prop_map(move |units| (units * unit) as u32);
    prop_oneof![2 => whole, 1 => odd]
}

fn clocks(unit: i64) -> impl Strategy<Value = (u32, u32)> {
    (clock(unit), clock(unit))
}

fn weekly(unit: i64) -> impl Strategy<Value = Vec<WeeklyWindow>> {
    let daily =
        clocks(unit).prop_map(|(start, end)| (0..7).map(|day| WeeklyWindow { day, start, end }).collect());
    let some = vec((0..7_u8, clocks(unit)), 0..12).prop_map(|windows| {
        windows.into_iter().map(|(day, (start, end))| WeeklyWindow { day, start, end }).collect()
    });
    let always = Just((0..7).map(|day| WeeklyWindow { day, start: 0, end: 0 }).collect());
    prop_oneof![2 => daily, 3 => some, 1 => always]
}

fn length(unit: i64, most: i64) -> impl Strategy<Value = i64> {
    let even = select(vec![15 * MINUTE, 30 * MINUTE, HOUR]);
    prop_oneof![2 => even, 1 => (1..=most / unit).prop_map(move |units| units * unit)]
}

fn pause(unit: i64) -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), (0..2 * HOUR / unit).prop_map(move |units| units * unit)]
}

fn limits() -> impl Strategy<Value = Limits> {
    let limit = || prop_oneof![6 => Just(None), 1 => (0..5_u32).prop_map(Some)];
    (limit(), limit()).prop_map(|(per_day, per_week)| Limits { per_day, per_week })
}

fn service(unit: i64) -> impl Strategy<Value = ServiceRules> {
    let step = proptest::option::of(length(unit, 5 * HOUR));
    let notice = prop_oneof![Just(0), pause(unit)];
    let horizon_days = prop_oneof![2 => Just(30_u32), 1 => 2..9_u32];
    let duration = prop_oneof![4 => length(unit, 5 * HOUR), 1 => length(unit, 3 * DAY)];
    (duration, step, pause(unit), pause(unit), 1..6_u32, notice, horizon_days, limits()).prop_map(
        |(duration, step, buffer_before, buffer_after, capacity, notice, horizon_days, limits)| {
            ServiceRules {
                duration,
                step,
                buffer_before,
                buffer_after,
                capacity,
                notice,
                horizon_days,
                limits,
            }
        },
    )
}

fn taken(unit: i64, centre: i64) -> impl Strategy<Value = Vec<Taken>> {
    let start = prop_oneof![3 => (-200..200_i64).prop_map(|quarters| quarters * HOUR / 4), 1 => offset(unit)];
    let one = (start, length(unit, 5 * HOUR), pause(unit), pause(unit), any::<bool>(), 1..4_u32, 1..4_u32)
        .prop_map(move |(start, length, before, after, same_service, seats_taken, capacity)| {
            let (start, end) = (centre + start, centre + start + length);
            let (blocked_from, blocked_until) = (start - before, end + after);
            Taken { start, end, blocked_from, blocked_until, same_service, seats_taken, capacity }
        });
    vec(one, 0..9)
}

/// Half of the service's own appointments have its length, so that they can be joined.
fn aligned(taken: Taken, service: &ServiceRules) -> Taken {
    if !taken.same_service || taken.seats_taken == 3 {
        return taken;
    }
    let (end, after) = (taken.start + service.duration, taken.blocked_until - taken.end);
    Taken { end, blocked_until: end + after, ..taken }
}

fn busy(unit: i64, centre: i64) -> impl Strategy<Value = Vec<Range>> {
    let one = (offset(unit), length(unit, 2 * DAY))
        .prop_map(move |(start, length)| Range::new(centre + start, centre + start + length));
    vec(one, 0..4)
}
