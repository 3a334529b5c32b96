//! No input makes the engine panic, run on without end or answer out of order.

use domain::money::{Currency, Money};
use domain::range::Range;
use domain::schedule::{DayException, WeeklyWindow};
use domain::slots::{Facts, Limits, ServiceRules, Taken, WorkingTime, check, next_free, slots};
use domain::zone::Zone;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use time::Date;

use crate::support::{DAY, HOUR};

const NEAR: i64 = 1_800_000_000;

/// Any number, often an extreme one, often one that makes sense.
fn number() -> impl Strategy<Value = i64> {
    let edge = select(vec![i64::MIN, i64::MIN + 1, -DAY, -1, 0, 1, 60, 3600, DAY, i64::MAX - 1, i64::MAX]);
    let calendar_edge =
        select(vec![-377_705_116_800_i64, 253_402_300_799, -62_135_596_800, i64::from(i32::MAX)]);
    prop_oneof![2 => any::<i64>(), 2 => edge, 1 => calendar_edge, 4 => NEAR - 9 * DAY..NEAR + 9 * DAY]
}

/// A length, mostly one that is accepted and leaves the walk short.
fn length() -> impl Strategy<Value = i64> {
    let edge = select(vec![i64::MIN, -1, 0, ServiceRules::LONGEST, ServiceRules::LONGEST + 1, i64::MAX]);
    prop_oneof![1 => any::<i64>(), 1 => edge, 8 => 600..5 * DAY]
}

fn small() -> impl Strategy<Value = u32> {
    prop_oneof![1 => any::<u32>(), 1 => select(vec![0, u32::MAX, 86_399, 86_400, 86_401]), 4 => 0..86_400_u32]
}

fn range() -> impl Strategy<Value = Range> {
    let long = (number(), number()).prop_map(|(start, end)| Range::new(start, end));
    let short =
        (number(), 0..63 * DAY).prop_map(|(start, length)| Range::new(start, start.saturating_add(length)));
    prop_oneof![long, short]
}

fn zone() -> impl Strategy<Value = Zone> {
    let names: Vec<String> = Zone::names().collect();
    select(names).prop_map(|name| Zone::parse(&name).unwrap())
}

fn day() -> impl Strategy<Value = Date> {
    let all = Date::MIN.to_julian_day()..=Date::MAX.to_julian_day();
    let some = prop_oneof![1 => all.boxed(), 3 => (2_461_000..2_461_900).boxed()];
    some.prop_map(|julian| Date::from_julian_day(julian).unwrap())
}

fn limits() -> impl Strategy<Value = Limits> {
    let limit = || option::of(prop_oneof![any::<u32>(), 0..9_u32]);
    (limit(), limit()).prop_map(|(per_day, per_week)| Limits { per_day, per_week })
}

fn service() -> impl Strategy<Value = ServiceRules> {
    let pauses = (length(), length(), length());
    let horizon = prop_oneof![any::<u32>(), 0..400_u32];
    (length(), option::of(length()), pauses, any::<u32>(), horizon, limits()).prop_map(
        |(duration, step, (buffer_before, buffer_after, notice), capacity, horizon_days, limits)| {
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

fn taken() -> impl Strategy<Value = Taken> {
    (range(), range(), any::<bool>(), any::<u32>(), any::<u32>()).prop_map(
        |(served, blocked, same_service, seats_taken, capacity)| Taken {
            start: served.start,
            end: served.end,
            blocked_from: blocked.start,
            blocked_until: blocked.end,
            same_service,
            seats_taken,
            capacity,
        },
    )
}

fn weekly() -> impl Strategy<Value = Vec<WeeklyWindow>> {
    let day = prop_oneof![1 => any::<u8>(), 4 => 0..7_u8];
    vec((day, small(), small()).prop_map(|(day, start, end)| WeeklyWindow { day, start, end }), 0..12)
}

fn exceptions() -> impl Strategy<Value = Vec<DayException>> {
    let windows = vec((small(), small()), 0..4);
    vec((day(), windows).prop_map(|(date, windows)| DayException { date, windows }), 0..6)
}

fn facts() -> impl Strategy<Value = Facts> {
    (zone(), number(), weekly(), exceptions(), vec(taken(), 0..9), vec(range(), 0..9), service(), limits())
        .prop_map(|(zone, now, weekly, exceptions, taken, busy, service, provider_limits)| Facts {
            zone,
            now,
            weekly,
            exceptions,
            taken,
            busy,
            service,
            provider_limits,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_question_is_answered(facts in facts(), range in range(), start in number(), party in any::<u32>()) {
        let _ = facts.service.needs(facts.provider_limits, range);
        let _ = facts.service.bookable(facts.now);
        let _ = facts.service.blocked(start);
        for party in [party, 1] {
            let listed = slots(&facts, range, party);
            prop_assert!(listed.is_sorted_by(|slot, next| slot.start < next.start));
            prop_assert!(listed.iter().all(|slot| range.contains(slot.start) && slot.seats_left >= party));
            let _ = check(&facts, start, party);
            let _ = check(&facts, range.end, party);
        }
        let days = Range::new(start, start.saturating_add(60 * DAY));
        let _ = WorkingTime::new(&facts, days).covers(range);
    }

    #[test]
    fn zones_answer(zone in zone(), date in day(), secs in small(), instant in number()) {
        let _ = zone.to_instant(date, secs);
        let local = zone.to_local(instant);
        prop_assert!(local.secs_of_day < 86_400);
    }

    #[test]
    fn any_amount_is_written(minor in any::<i64>(), code in select(vec!["EUR", "JPY", "KWD", "CLF"])) {
        let _ = Money::new(minor, Currency::parse(code).unwrap()).to_string();
    }

    #[test]
    fn text_is_refused_not_fatal(text in ".{0,12}") {
        let _ = Zone::parse(&text);
        let _ = Currency::parse(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn next_free_answers(facts in facts(), from in number()) {
        if let Some(slot) = next_free(&facts, from, 1) {
            prop_assert!(slot.start >= from);
            prop_assert_eq!(check(&facts, slot.start, 1), Ok(slot));
        }
    }
}

#[test]
fn a_step_of_a_second_around_the_clock_for_62_days() {
    let always = (0..7).map(|day| WeeklyWindow { day, start: 0, end: 0 }).collect();
    let mut facts = Facts { weekly: always, now: NEAR, ..crate::support::provider("UTC") };
    facts.service.step = Some(1);
    facts.service.duration = HOUR;
    facts.busy = vec![Range::new(NEAR, NEAR + 61 * DAY)];
    let listed = slots(&facts, Range::new(NEAR, NEAR + 62 * DAY), 1);
    assert_eq!(listed.len() as i64, DAY);
}
