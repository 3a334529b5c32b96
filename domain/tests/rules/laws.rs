//! Laws that hold over all facts.

use domain::range::Range;
use domain::slots::{Facts, Limits, ServiceRules, Slot, WorkingTime, check, next_free, slots};
use proptest::prelude::*;

use crate::arbitrary::facts;
use crate::oracle::Oracle;
use crate::support::{DAY, HOUR, MINUTE};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// The starts whose verdict could differ from their neighbours': what is listed, and a second to either side of
/// everything that begins or ends.
fn telling_starts(facts: &Facts, listed: &[Slot], range: Range) -> Vec<i64> {
    let service = &facts.service;
    let earliest = facts.now + service.notice;
    let mut edges: Vec<i64> = listed.iter().map(|slot| slot.start).chain([facts.now, earliest]).collect();
    for taken in &facts.taken {
        edges.extend([taken.start, taken.end, taken.blocked_from, taken.blocked_until]);
    }
    edges.extend(facts.busy.iter().flat_map(|busy| [busy.start, busy.end]));
    let (before, after) = (service.buffer_before, service.duration + service.buffer_after);
    let shifted: Vec<i64> = edges.iter().flat_map(|edge| [edge - after, *edge, edge + before]).collect();
    let mut starts: Vec<i64> = shifted.iter().flat_map(|edge| [edge - 1, *edge, edge + 1]).collect();
    starts.retain(|&start| range.contains(start));
    starts.sort_unstable();
    starts.dedup();
    starts
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn what_is_listed_is_what_check_allows((facts, centre) in facts(1), party in 1..3_u32) {
        let range = Range::new(centre - 2 * DAY, centre + 2 * DAY);
        let listed = slots(&facts, range, party);
        prop_assert!(listed.is_sorted_by(|slot, next| slot.start < next.start));
        prop_assert!(listed.iter().all(|slot| range.contains(slot.start)));
        for start in telling_starts(&facts, &listed, range).into_iter().step_by(3) {
            let found = listed.iter().find(|slot| slot.start == start).copied();
            prop_assert_eq!(check(&facts, start, party).ok(), found, "at {}", start);
        }
        for slot in listed.iter().step_by(7) {
            prop_assert_eq!(check(&facts, slot.start, party), Ok(*slot));
        }
    }

    #[test]
    fn listing_and_refusals_are_the_oracles((facts, centre) in facts(MINUTE), party in 1..3_u32) {
        let range = Range::new(centre - 36 * HOUR, centre + 36 * HOUR);
        let oracle = Oracle::new(&facts, range);
        let minutes = || (range.start..range.end).step_by(MINUTE as usize);
        let expected: Vec<Slot> = minutes().filter_map(|start| oracle.verdict(start, party).ok()).collect();
        prop_assert_eq!(slots(&facts, range, party), expected);
        for start in minutes().step_by(37) {
            prop_assert_eq!(check(&facts, start, party), oracle.verdict(start, party), "at {}", start);
        }
    }

    #[test]
    fn a_part_of_a_range_lists_that_part((facts, centre) in facts(1), from in -2..2_i64, days in 1..4_i64) {
        let whole = Range::new(centre - 5 * DAY, centre + 5 * DAY);
        let part = Range::new(centre + from * DAY + 3601, centre + (from + days) * DAY - 1801);
        let mut expected = slots(&facts, whole, 1);
        expected.retain(|slot| part.contains(slot.start));
        prop_assert_eq!(slots(&facts, part, 1), expected);
    }

    #[test]
    fn next_free_is_the_first_of_all((facts, centre) in facts(1), from in -100..100_i64) {
        let from = centre + from * HOUR;
        let all = slots(&facts, Range::new(from.max(facts.now), facts.now + 40 * DAY), 1);
        prop_assert_eq!(next_free(&facts, from, 1), all.first().copied());
    }

    #[test]
    fn facts_that_are_not_needed_change_nothing((facts, centre) in facts(1), hours in -40..40_i64) {
        let range = Range::new(centre + hours * HOUR, centre + (hours + 8) * HOUR);
        let needs = facts.service.needs(facts.provider_limits, range);
        let mut fewer = facts.clone();
        fewer.taken.retain(|taken| taken.blocked().overlaps(needs.rows));
        fewer.busy.retain(|busy| busy.overlaps(needs.rows));
        fewer.exceptions.retain(|day| needs.first_day <= day.date && day.date <= needs.last_day);
        prop_assert_eq!(slots(&fewer, range, 1), slots(&facts, range, 1));
        prop_assert_eq!(check(&fewer, range.start, 1), check(&facts, range.start, 1));
    }

    #[test]
    fn working_time_covers_what_a_service_of_any_second_could_have((facts, centre) in facts(1), from in -50..50_i64) {
        let range = Range::new(centre - 3 * DAY, centre + 3 * DAY);
        let working_time = WorkingTime::new(&facts, Range::new(range.start, range.end + 4 * DAY));
        let windows = slots(&Facts { taken: Vec::new(), ..facts.clone() }, range, 1);
        let near = windows.iter().flat_map(|slot| [slot.start - 1, slot.start]).take(40);
        for start in near.chain([centre + from * HOUR]) {
            for duration in [1, HOUR, facts.service.duration, facts.service.duration + 1] {
                let alone = Facts {
                    now: start,
                    taken: Vec::new(),
                    provider_limits: Limits::default(),
                    service: ServiceRules {
                        duration,
                        step: Some(1),
                        buffer_before: 0,
                        buffer_after: 0,
                        capacity: 1,
                        notice: 0,
                        horizon_days: 0,
                        limits: Limits::default(),
                    },
                    ..facts.clone()
                };
                let covered = working_time.covers(Range::new(start, start + duration));
                prop_assert_eq!(covered, check(&alone, start, 1).is_ok(), "{} for {}", start, duration);
            }
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter((facts, centre) in facts(1)) {
        let range = Range::new(centre - DAY, centre + DAY);
        let mut turned = facts.clone();
        turned.taken.reverse();
        turned.busy.reverse();
        turned.weekly.reverse();
        turned.exceptions.reverse();
        prop_assert_eq!(slots(&turned, range, 1), slots(&facts, range, 1));
    }

    #[test]
    fn a_booked_slot_is_never_offered_again((mut facts, centre) in facts(1), pick in any::<prop::sample::Index>()) {
        facts.service.capacity = 1;
        let range = Range::new(centre - 2 * DAY, centre + 2 * DAY);
        let listed = slots(&facts, range, 1);
        if listed.is_empty() {
            return Ok(());
        }
        let booked = listed[pick.index(listed.len())];
        facts.taken.push(crate::support::booked_same(&facts, booked.start));
        let blocked = facts.service.blocked(booked.start);
        let after = slots(&facts, range, 1);
        prop_assert!(after.iter().all(|slot| !facts.service.blocked(slot.start).overlaps(blocked)));
        prop_assert!(after.iter().all(|slot| listed.contains(slot)), "booking opens nothing");
    }
}
