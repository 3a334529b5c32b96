//! Daylight saving and every other change of offset: each zone of the tz database, each transition from 1970 to 2037.

use std::sync::atomic::{AtomicUsize, Ordering};

use domain::range::Range;
use domain::schedule::{DayException, WeeklyWindow};
use domain::slots::{Facts, ServiceRules, check, slots};
use domain::zone::{Local, Zone};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use time::Date;

use crate::support::{DAY, HOUR, instant, provider};

/// A change of offset: before `at` a wall clock is `before` seconds ahead of UTC, from then on `after`.
#[derive(Clone, Copy, Debug)]
struct Change {
    at: i64,
    before: i64,
    after: i64,
    /// The changes before and after this one.
    neighbours: Range,
}

impl Change {
    /// How far the wall clock jumps: forward over a gap, back into a fold.
    fn jump(&self) -> i64 {
        self.after - self.before
    }

    /// Whether the offsets are steady for `length` on either side.
    fn is_alone_for(&self, length: i64) -> bool {
        self.neighbours.start + length <= self.at && self.at + length <= self.neighbours.end
    }
}

/// Runs a law over every transition, on all cores, and returns how many it was held against.
fn over_every_change(law: impl Fn(&Zone, Change) -> bool + Sync) -> usize {
    let names: Vec<String> = Zone::names().collect();
    assert!(names.len() > 590, "only {} zones", names.len());
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let held = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..threads {
            let (names, law, held) = (&names, &law, &held);
            scope.spawn(move || {
                for name in names.iter().skip(worker).step_by(threads) {
                    let zone = zone(name);
                    let count = changes_of(name).into_iter().filter(|&change| law(&zone, change)).count();
                    held.fetch_add(count, Ordering::Relaxed);
                }
            });
        }
    });
    held.into_inner()
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

/// The changes of offset from 1970 to 2037, straight from the tz database.
fn changes_of(name: &str) -> Vec<Change> {
    let tz = TimeZone::get(name).unwrap();
    let (from, until) = (Timestamp::from_second(-1).unwrap(), instant("2038-01-01T00:00Z"));
    let mut before = i64::from(tz.to_offset(from).seconds());
    let mut changes: Vec<Change> = Vec::new();
    for change in tz.following(from) {
        let (at, after) = (change.timestamp().as_second(), i64::from(change.offset().seconds()));
        if after == before {
            continue;
        }
        let mut neighbours = Range::new(i64::MIN / 2, i64::MAX / 2);
        if let Some(last) = changes.last_mut() {
            neighbours.start = last.at;
            last.neighbours.end = at;
        }
        if at >= until {
            break;
        }
        changes.push(Change { at, before, after, neighbours });
        before = after;
    }
    changes
}

/// A wall time, in seconds since 1970 as if it were UTC, as a date and its seconds.
fn wall(seconds: i64) -> (Date, u32) {
    let utc = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap();
    (utc.date(), seconds.rem_euclid(DAY) as u32)
}

fn wall_seconds(local: Local) -> i64 {
    i64::from(local.date.to_julian_day() - 2_440_588) * DAY + i64::from(local.secs_of_day)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A provider who works only in that window of one date, and a short service that starts every `step` seconds.
fn open_once(zone: &Zone, (date, start): (Date, u32), (_, end): (Date, u32), step: i64) -> Facts {
    let plain = provider("UTC");
    let service = ServiceRules { duration: step, ..plain.service };
    let now = zone.to_instant(date, 0) - 2 * DAY;
    let exceptions = vec![DayException { date, windows: vec![(start, end)] }];
    Facts { zone: zone.clone(), now, exceptions, service, ..plain }
}

fn starts(facts: &Facts, change: Change, around: i64) -> Vec<i64> {
    slots(facts, Range::new(change.at - around, change.at + around), 1)
        .iter()
        .map(|slot| slot.start)
        .collect()
}

#[test]
fn a_wall_time_in_a_gap_moves_later_by_the_gap() {
    let held = over_every_change(|zone, change| {
        let gap = change.jump();
        for into in [0, 1, gap / 2, gap - 1].into_iter().filter(|into| (0..gap).contains(into)) {
            let (date, secs) = wall(change.at + change.before + into);
            assert_eq!(zone.to_instant(date, secs), change.at + into, "{zone} {change:?}");
        }
        gap > 0
    });
    assert!(held > 14_000, "{held} gaps");
}

#[test]
fn a_wall_time_that_occurs_twice_is_the_earlier() {
    let held = over_every_change(|zone, change| {
        let fold = -change.jump();
        for into in [0, 1, fold / 2, fold - 1].into_iter().filter(|into| (0..fold).contains(into)) {
            let (date, secs) = wall(change.at + change.after + into);
            assert_eq!(zone.to_instant(date, secs), change.at - fold + into, "{zone} {change:?}");
        }
        fold > 0
    });
    assert!(held > 14_000, "{held} folds");
}

#[test]
fn a_window_across_a_change_is_as_long_as_the_time_that_passes() {
    let held = over_every_change(|zone, change| {
        let around = change.jump().abs() + 2 * HOUR;
        // A window cannot say more than 24 hours of the clock: date lines are for the tables.
        if change.jump().abs() > 3 * HOUR || !change.is_alone_for(around) {
            return false;
        }
        let step = gcd(change.jump().abs(), 900);
        let (from, until) =
            (wall(change.at - around + change.before), wall(change.at + around + change.after));
        let facts = open_once(zone, from, until, step);
        let listed = starts(&facts, change, 2 * around);
        let elapsed: Vec<i64> = (change.at - around..change.at + around).step_by(step as usize).collect();
        assert_eq!(listed, elapsed, "{zone} {change:?}");

        // No label lies in the gap; every label of the fold is offered twice.
        let labels: Vec<i64> = listed.iter().map(|&start| wall_seconds(zone.to_local(start))).collect();
        let (gap, fold) = (
            Range::new(change.at + change.before, change.at + change.after),
            Range::new(change.at + change.after, change.at + change.before),
        );
        assert!(labels.iter().all(|&label| !gap.contains(label)), "{zone} {change:?}");
        for &label in labels.iter().filter(|&&label| fold.contains(label)) {
            assert_eq!(labels.iter().filter(|&&other| other == label).count(), 2, "{zone} {change:?}");
        }
        true
    });
    assert!(held > 29_000, "{held} changes");
}

#[test]
fn days_join_across_a_change_and_none_is_too_long_or_short() {
    let held = over_every_change(|zone, change| {
        let plain = provider("UTC");
        let always = (0..7).map(|day| WeeklyWindow { day, start: 0, end: 0 }).collect();
        let service = ServiceRules { duration: 60 * HOUR, ..plain.service };
        let facts = Facts { zone: zone.clone(), now: change.at - 9 * DAY, weekly: always, service, ..plain };
        let eve = zone.to_local(change.at - 30 * HOUR).date;
        let midnight = zone.to_instant(eve, 0);
        // 60 hours without a break, from a midnight before the change to well after it.
        assert!(midnight < change.at && change.at < midnight + 60 * HOUR, "{zone} {change:?}");
        assert!(check(&facts, midnight, 1).is_ok(), "{zone} {change:?}");
        true
    });
    assert!(held > 29_000, "{held} changes");
}

#[test]
fn to_local_and_back() {
    over_every_change(|zone, change| {
        for instant in [change.at - 1, change.at, change.at + 1] {
            let offset = if instant < change.at { change.before } else { change.after };
            let local = zone.to_local(instant);
            assert_eq!(i64::from(local.offset_seconds), offset, "{zone} {change:?}");
            assert_eq!(wall_seconds(local), instant + offset, "{zone} {change:?}");
            let earlier = zone.to_instant(local.date, local.secs_of_day);
            assert!(earlier == instant || earlier == instant + change.jump(), "{zone} {change:?}");
        }
        true
    });
}

#[test]
fn only_names_of_the_database_are_zones() {
    for name in ["Europe/Berlin", "america/new_york", "UTC", "Etc/GMT+5", "Asia/Calcutta", "GB"] {
        assert!(Zone::parse(name).is_ok(), "{name}");
    }
    for name in [
        "",
        " ",
        "local",
        "Local",
        "Factory",
        "Etc/Unknown",
        "EST5EDT,M3.2.0,M11.1.0",
        "+02:00",
        "UTC+2",
        "Z",
        "Europe/Berlin ",
        "Europe/Berlin\0",
        "../UTC",
        "/etc/localtime",
        "Europe",
        "posix/Europe/Berlin",
        "Ümlaut",
    ] {
        assert!(Zone::parse(name).is_err(), "{name}");
    }
    assert_eq!(
        Zone::parse("america/new_york").unwrap().name(),
        "America/New_York",
        "as the database writes it"
    );
    let names: Vec<String> = Zone::names().collect();
    assert!(names.is_sorted() && !names.contains(&"Factory".to_owned()));
    assert!(names.iter().all(|name| Zone::parse(name).unwrap().name() == name));
}

#[test]
fn seconds_past_midnight_run_on() {
    let berlin = zone("Europe/Berlin");
    let day = time::macros::date!(2026 - 03 - 28);
    assert_eq!(berlin.to_instant(day, 86_400), instant("2026-03-29T00:00+01:00"));
    assert_eq!(berlin.to_instant(day, 86_400 + 9000), instant("2026-03-29T03:30+02:00"));
    assert!(berlin.to_instant(Date::MAX, u32::MAX) > 0);
}
