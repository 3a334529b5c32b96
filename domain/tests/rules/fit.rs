//! Time that the provider names itself.

use domain::range::Range;
use domain::schedule::WeeklyWindow;
use domain::slots::{Facts, Limits, Refusal, Relocation, ServiceRules, Taken, fits, relocate};
use domain::zone::Zone;

const HOUR: i64 = 3600;
/// A Monday, 00:00 UTC.
const MONDAY: i64 = 1_800_230_400;

fn facts() -> Facts {
    Facts {
        zone: Zone::parse("UTC").unwrap(),
        now: MONDAY,
        weekly: (0..7).map(|day| WeeklyWindow { day, start: 9 * 3600, end: 17 * 3600 }).collect(),
        exceptions: Vec::new(),
        taken: Vec::new(),
        busy: Vec::new(),
        service: service(),
        provider_limits: Limits::default(),
    }
}

fn service() -> ServiceRules {
    ServiceRules {
        duration: HOUR,
        step: None,
        buffer_before: 0,
        buffer_after: 0,
        capacity: 1,
        notice: 0,
        horizon_days: 730,
        limits: Limits::default(),
    }
}

/// From an hour to an hour of the first day; tenths are six minutes.
fn range(from: f64, to: f64) -> Range {
    let at = |hours: f64| MONDAY + (hours * 3600.0) as i64;
    Range::new(at(from), at(to))
}

fn taken(from: f64, to: f64) -> Taken {
    let Range { start, end } = range(from, to);
    Taken {
        start,
        end,
        blocked_from: start,
        blocked_until: end,
        same_service: true,
        seats_taken: 1,
        capacity: 1,
    }
}

#[test]
fn hours_time_off_and_what_is_taken_hold_the_grid_does_not() {
    let mut facts = facts();
    facts.taken = vec![taken(12.0, 13.0)];
    facts.busy = vec![range(15.0, 16.0)];
    for (wanted, verdict) in [
        (range(9.1, 11.3), Ok(())),
        (range(9.0, 12.0), Ok(())),
        (range(9.0, 12.1), Err(Refusal::Taken)),
        (range(9.0, 16.5), Err(Refusal::Taken)),
        (range(13.0, 15.1), Err(Refusal::Busy)),
        (range(8.9, 10.0), Err(Refusal::OutsideHours)),
        (range(16.0, 17.1), Err(Refusal::OutsideHours)),
        (range(-1.0, 1.0), Err(Refusal::Past)),
        (range(10.0, 10.0), Err(Refusal::Nonsense)),
        (range(11.0, 10.0), Err(Refusal::Nonsense)),
    ] {
        assert_eq!(fits(&facts, wanted, None), verdict, "{wanted:?}");
    }
    facts.service.buffer_after = HOUR / 2;
    assert_eq!(fits(&facts, range(10.0, 11.8), None), Err(Refusal::Buffer));
    facts.service.horizon_days = 1;
    let far = range(9.0 + 72.0, 10.0 + 72.0);
    assert!(matches!(fits(&facts, far, None), Err(Refusal::BeyondHorizon { .. })));
}

#[test]
fn what_is_held_needs_no_hours() {
    let facts = facts();
    let held = Some(range(16.0, 19.0));
    assert_eq!(fits(&facts, range(16.0, 18.0), held), Ok(()), "shorter");
    assert_eq!(fits(&facts, range(15.0, 19.0), held), Ok(()), "longer into the hours");
    assert_eq!(fits(&facts, range(16.0, 19.1), held), Err(Refusal::OutsideHours));
    assert_eq!(fits(&facts, range(19.0, 20.0), held), Err(Refusal::OutsideHours), "beside it");
}

fn moves(pairs: &[(Range, Range)]) -> Vec<Relocation> {
    pairs.iter().map(|&(from, to)| Relocation { service: service(), from, to }).collect()
}

#[test]
fn a_row_shifts_into_its_own_places() {
    let mut facts = facts();
    facts.taken = (9..16).map(|hour| taken(f64::from(hour), f64::from(hour) + 1.0)).collect();
    let shifted: Vec<_> = (9..16)
        .map(|hour| {
            (
                range(f64::from(hour), f64::from(hour) + 1.0),
                range(f64::from(hour) + 1.0, f64::from(hour) + 2.0),
            )
        })
        .collect();
    assert_eq!(relocate(&facts, &moves(&shifted)), vec![None; 7]);
}

#[test]
fn what_stays_stands_in_the_way_of_the_rest() {
    let mut facts = facts();
    facts.taken = vec![taken(14.0, 15.0), taken(15.0, 16.0), taken(16.0, 17.0)];
    // The last would end after hours; so it stays, and so do those behind it.
    let list = [
        (range(14.0, 15.0), range(15.0, 16.0)),
        (range(15.0, 16.0), range(16.0, 17.0)),
        (range(16.0, 17.0), range(17.0, 18.0)),
    ];
    let verdict = relocate(&facts, &moves(&list));
    assert_eq!(verdict, [Some(Refusal::Taken), Some(Refusal::Taken), Some(Refusal::OutsideHours)]);
    // With a gap between, the chain ends there.
    facts.taken[0] = taken(12.0, 13.0);
    let list = [(range(12.0, 13.0), range(13.0, 14.0)), list[1], list[2]];
    let verdict = relocate(&facts, &moves(&list));
    assert_eq!(verdict, [None, Some(Refusal::Taken), Some(Refusal::OutsideHours)]);
}

#[test]
fn of_two_that_would_meet_the_earlier_goes() {
    let mut facts = facts();
    facts.taken = vec![taken(9.0, 10.0), taken(10.0, 11.0)];
    let list = [(range(9.0, 10.0), range(14.0, 15.0)), (range(10.0, 11.0), range(14.5, 15.5))];
    assert_eq!(relocate(&facts, &moves(&list)), [None, Some(Refusal::Taken)]);
    assert!(relocate(&facts, &[]).is_empty());
}
