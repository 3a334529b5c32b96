//! "Candidates" of the slot rules, a test for each row, and what of "Holds" and "Busy blocks" is the engine's.

use domain::range::Range;
use domain::slots::{
    Facts, Limits, MAX_QUERY_DAYS, Owner, Period, Refusal, ServiceRules, Slot, check, next_free, slots,
};

use crate::support::*;

/// Monday 1 June 2026 and after, 09:00–17:00 in UTC; it is Sunday.
fn nine_to_five() -> Facts {
    Facts { weekly: daily(&["09:00-17:00"]), ..provider_on("UTC", "2026-06-01") }
}

fn with(change: impl FnOnce(&mut ServiceRules)) -> Facts {
    let mut facts = nine_to_five();
    change(&mut facts.service);
    facts
}

const MONDAY: &str = "2026-06-01";

fn monday(clock: &str) -> i64 {
    instant(&format!("{MONDAY}T{clock}Z"))
}

fn books(facts: &mut Facts, from: &str, to: &str) {
    facts.taken.push(booked(monday(from), monday(to)));
}

#[test]
fn grid_is_the_window_start_plus_steps_in_elapsed_time() {
    let facts = with(|service| service.step = Some(45 * MINUTE));
    let grid = ["09:00", "09:45", "10:30", "11:15", "12:00", "12:45", "13:30", "14:15", "15:00", "15:45"];
    assert_eq!(clocks(&facts, MONDAY), grid);
    // Elapsed: after the gap the clock has jumped, the grid has not.
    let facts = Facts { weekly: daily(&["01:00-05:00"]), ..provider_on("Europe/Berlin", "2026-03-29") };
    let facts = Facts { service: ServiceRules { step: Some(40 * MINUTE), ..facts.service }, ..facts };
    assert_eq!(
        times(&facts, "2026-03-29"),
        ["01:00+01:00", "01:40+01:00", "03:20+02:00", "04:00+02:00"],
        "the third start is 80 minutes after the first"
    );
}

#[test]
fn grid_step_is_the_duration_where_none_is_set() {
    let facts = with(|service| service.duration = 90 * MINUTE);
    assert_eq!(clocks(&facts, MONDAY), ["09:00", "10:30", "12:00", "13:30", "15:00"]);
}

#[test]
fn grid_of_each_day_begins_anew_around_the_clock() {
    let mut facts = with(|service| service.duration = 7 * HOUR);
    facts.weekly = daily(&["00:00-00:00"]);
    for day in [MONDAY, "2026-06-02", "2026-06-03"] {
        assert_eq!(clocks(&facts, day), ["00:00", "07:00", "14:00", "21:00"]);
    }
}

#[test]
fn grid_is_not_shifted_by_a_booking_of_odd_length() {
    let mut facts = nine_to_five();
    books(&mut facts, "09:00", "09:25");
    assert_eq!(clocks(&facts, MONDAY)[..2], ["10:00", "11:00"]);
    assert_eq!(refusal(&facts, "2026-06-01T09:25Z"), Refusal::OffGrid);
}

#[test]
fn fit_inside_the_coverage_and_the_end_may_equal_its_end() {
    let facts = with(|service| service.step = Some(30 * MINUTE));
    assert_eq!(clocks(&facts, MONDAY).last().unwrap(), "16:00");
    assert_eq!(refusal(&facts, "2026-06-01T16:30Z"), Refusal::OutsideHours);
    assert_eq!(refusal(&facts, "2026-06-01T17:00Z"), Refusal::OutsideHours);
    assert_eq!(refusal(&facts, "2026-06-01T08:30Z"), Refusal::OutsideHours);
}

#[test]
fn window_shorter_than_the_duration_offers_nothing() {
    let facts = with(|service| service.duration = 9 * HOUR);
    assert!(clocks(&facts, MONDAY).is_empty());
}

#[test]
fn buffers_may_spill_outside_the_coverage() {
    let facts = with(|service| (service.buffer_before, service.buffer_after) = (2 * HOUR, 2 * HOUR));
    assert_eq!(clocks(&facts, MONDAY).len(), 8, "from 09:00 to 16:00");
}

#[test]
fn blocked_ranges_never_intersect_and_both_buffers_count() {
    let mut facts = with(|service| {
        (service.step, service.duration) = (Some(5 * MINUTE), 30 * MINUTE);
        (service.buffer_before, service.buffer_after) = (10 * MINUTE, 15 * MINUTE);
    });
    books(&mut facts, "12:00", "13:00");
    facts.taken[0].blocked_from -= 5 * MINUTE;
    facts.taken[0].blocked_until += 20 * MINUTE;
    // Before: our 15 after and their 5 before. After: their 20 after and our 10 before.
    assert!(free(&facts, "2026-06-01T11:10Z"));
    assert_eq!(refusal(&facts, "2026-06-01T11:15Z"), Refusal::Buffer);
    assert_eq!(refusal(&facts, "2026-06-01T11:30Z"), Refusal::Buffer);
    assert_eq!(refusal(&facts, "2026-06-01T11:35Z"), Refusal::Taken);
    assert_eq!(refusal(&facts, "2026-06-01T12:55Z"), Refusal::Taken);
    assert_eq!(refusal(&facts, "2026-06-01T13:00Z"), Refusal::Buffer);
    assert_eq!(refusal(&facts, "2026-06-01T13:25Z"), Refusal::Buffer);
    assert!(free(&facts, "2026-06-01T13:30Z"));
    let service = &facts.service;
    assert_eq!(service.blocked(monday("12:00")), Range::new(monday("11:50"), monday("12:45")));
}

#[test]
fn back_to_back_is_free_and_a_second_of_overlap_is_not() {
    let mut facts = nine_to_five();
    books(&mut facts, "10:00", "11:00");
    assert_eq!(clocks(&facts, MONDAY)[..2], ["09:00", "11:00"]);
    facts.taken[0].end += 1;
    facts.taken[0].blocked_until += 1;
    assert_eq!(clocks(&facts, MONDAY)[..2], ["09:00", "12:00"]);
}

#[test]
fn busy_blocks_keep_the_buffers_too() {
    let mut facts = with(|service| {
        service.step = Some(15 * MINUTE);
        (service.buffer_before, service.buffer_after) = (15 * MINUTE, 30 * MINUTE);
    });
    facts.busy = vec![Range::new(monday("12:00"), monday("13:00"))];
    assert!(free(&facts, "2026-06-01T10:30Z"), "done at 11:30, clear at 12:00");
    assert_eq!(refusal(&facts, "2026-06-01T10:45Z"), Refusal::Busy);
    assert_eq!(refusal(&facts, "2026-06-01T13:00Z"), Refusal::Busy);
    assert!(free(&facts, "2026-06-01T13:15Z"));
}

#[test]
fn busy_for_several_days_blocks_each_of_them() {
    let mut facts = nine_to_five();
    facts.busy = vec![Range::new(monday("14:00"), monday("10:00") + 2 * DAY)];
    assert_eq!(clocks(&facts, MONDAY).len(), 5);
    assert!(clocks(&facts, "2026-06-02").is_empty());
    assert_eq!(clocks(&facts, "2026-06-03")[0], "10:00");
}

#[test]
fn minimum_notice_equality_allowed() {
    let mut facts = with(|service| service.notice = 2 * HOUR);
    facts.now = monday("08:00");
    assert_eq!(clocks(&facts, MONDAY)[0], "10:00");
    facts.now += 1;
    assert_eq!(clocks(&facts, MONDAY)[0], "11:00");
    let earliest = monday("10:00") + 1;
    assert_eq!(refusal(&facts, "2026-06-01T10:00Z"), Refusal::TooSoon { earliest });
    assert_eq!(refusal(&facts, "2026-06-01T08:00Z"), Refusal::Past);
    assert_eq!(check(&facts, facts.now - 1, 1), Err(Refusal::Past));
    assert_eq!(check(&facts, facts.now, 1), Err(Refusal::TooSoon { earliest }));
}

#[test]
fn without_notice_the_present_instant_can_be_booked() {
    let mut facts = nine_to_five();
    facts.now = monday("09:00");
    assert!(free(&facts, "2026-06-01T09:00Z"));
}

#[test]
fn horizon_is_inclusive_in_the_providers_zone() {
    // It is still 31 May in Honolulu, ten hours behind.
    let mut facts = Facts { weekly: daily(&["20:00-23:00"]), ..provider("Pacific/Honolulu") };
    facts.now = monday("06:00");
    facts.service.horizon_days = 1;
    assert_eq!(clocks(&facts, "2026-05-31"), ["20:00", "21:00", "22:00"]);
    assert_eq!(clocks(&facts, "2026-06-01"), ["20:00", "21:00", "22:00"], "2 June in UTC");
    assert!(clocks(&facts, "2026-06-02").is_empty());
    let last_day = date("2026-06-01");
    assert_eq!(refusal(&facts, "2026-06-02T20:00-10:00"), Refusal::BeyondHorizon { last_day });
    facts.service.horizon_days = 0;
    assert_eq!(clocks(&facts, "2026-05-31").len(), 3, "today only");
    assert!(clocks(&facts, "2026-06-01").is_empty());
}

#[test]
fn limit_per_day_counts_appointments_of_its_owner() {
    let mut facts = nine_to_five();
    facts.service.limits.per_day = Some(1);
    books(&mut facts, "10:00", "11:00");
    assert!(free(&facts, "2026-06-01T12:00Z"), "another service's do not count");
    let own = booked_same(&facts, monday("14:00"));
    facts.taken.push(own);
    let limit = |of| Refusal::LimitReached { per: Period::Day, of };
    assert_eq!(refusal(&facts, "2026-06-01T12:00Z"), limit(Owner::Service));
    assert!(free(&facts, "2026-06-02T12:00Z"));

    facts.service.limits.per_day = None;
    facts.provider_limits.per_day = Some(3);
    assert!(free(&facts, "2026-06-01T12:00Z"));
    facts.provider_limits.per_day = Some(2);
    assert_eq!(refusal(&facts, "2026-06-01T12:00Z"), limit(Owner::Provider), "all services count");
    facts.provider_limits.per_day = Some(0);
    assert_eq!(refusal(&facts, "2026-06-02T12:00Z"), limit(Owner::Provider));
}

#[test]
fn limit_per_day_is_of_the_local_day_of_the_start() {
    let mut facts = Facts { weekly: daily(&["00:00-00:00"]), ..provider_on("Asia/Tokyo", MONDAY) };
    facts.provider_limits.per_day = Some(1);
    let late = instant("2026-06-01T23:30+09:00");
    facts.taken = vec![booked(late, late + HOUR)];
    assert!(clocks(&facts, MONDAY).is_empty());
    assert_eq!(clocks(&facts, "2026-06-02")[0], "01:00", "it ends on Tuesday and counts for Monday");
}

#[test]
fn limit_per_week_is_of_the_iso_week_monday_first() {
    let mut facts = nine_to_five();
    facts.provider_limits.per_week = Some(2);
    books(&mut facts, "09:00", "10:00");
    let sunday = instant("2026-06-07T16:00Z");
    facts.taken.push(booked(sunday, sunday + HOUR));
    let limit = Refusal::LimitReached { per: Period::Week, of: Owner::Provider };
    assert_eq!(refusal(&facts, "2026-06-03T12:00Z"), limit);
    assert_eq!(refusal(&facts, "2026-06-07T09:00Z"), limit);
    assert!(free(&facts, "2026-06-08T09:00Z"));
    assert!(free(&facts, "2026-05-31T09:00Z"), "the Sunday before");
}

#[test]
fn limits_need_the_rows_of_the_whole_week() {
    let mut facts = nine_to_five();
    facts.provider_limits.per_week = Some(1);
    books(&mut facts, "09:00", "10:00");
    let sunday = instant("2026-06-07T09:00Z");
    let needs = facts.service.needs(facts.provider_limits, Range::new(sunday, sunday + 1));
    assert!(facts.taken[0].blocked().overlaps(needs.rows));
    let needs = facts.service.needs(Limits::default(), Range::new(sunday, sunday + 1));
    assert_eq!(
        needs.rows,
        Range::new(sunday, sunday + 1 + HOUR),
        "without limits the stretch itself will do"
    );
}

#[test]
fn limits_count_unexpired_holds_and_no_cancelled_ones() {
    // A hold is an appointment like any other; a cancelled booking has none.
    let mut facts = nine_to_five();
    facts.provider_limits.per_day = Some(1);
    books(&mut facts, "10:00", "11:00");
    assert!(clocks(&facts, MONDAY).is_empty());
    facts.taken.clear();
    assert_eq!(clocks(&facts, MONDAY).len(), 8);
}

#[test]
fn capacity_leaves_free_seats_until_full() {
    let mut facts = with(|service| service.capacity = 5);
    let mut session = booked_same(&facts, monday("10:00"));
    session.seats_taken = 3;
    facts.taken = vec![session];
    let at = |facts: &Facts, party| check(facts, monday("10:00"), party);
    assert_eq!(at(&facts, 2), Ok(slot("2026-06-01T10:00Z", 2)));
    assert_eq!(at(&facts, 3), Err(Refusal::Full { seats_left: 2 }));
    assert_eq!(check(&facts, monday("11:00"), 5), Ok(slot("2026-06-01T11:00Z", 5)));
    assert_eq!(check(&facts, monday("11:00"), 6), Err(Refusal::Full { seats_left: 5 }));
    facts.taken[0].seats_taken = 5;
    assert_eq!(at(&facts, 1), Err(Refusal::Full { seats_left: 0 }));
    let seats: Vec<u32> =
        slots(&facts, Range::new(monday("00:00"), monday("23:00")), 1).iter().map(|s| s.seats_left).collect();
    assert_eq!(seats, [5; 7]);
}

#[test]
fn capacity_another_start_or_service_that_overlaps_is_blocked() {
    let mut facts = with(|service| (service.capacity, service.step) = (5, Some(30 * MINUTE)));
    facts.taken = vec![booked_same(&facts, monday("10:00"))];
    assert_eq!(refusal(&facts, "2026-06-01T09:30Z"), Refusal::Taken);
    assert!(free(&facts, "2026-06-01T10:00Z"));
    assert_eq!(refusal(&facts, "2026-06-01T10:30Z"), Refusal::Taken);
    assert_eq!(clocks(&facts, MONDAY)[..3], ["09:00", "10:00", "11:00"]);
    facts.taken[0].same_service = false;
    assert_eq!(refusal(&facts, "2026-06-01T10:00Z"), Refusal::Taken);
}

#[test]
fn capacity_joins_despite_neighbours_and_limits_but_not_when_busy() {
    let mut facts = with(|service| service.capacity = 5);
    facts.provider_limits = Limits { per_day: Some(1), per_week: Some(1) };
    facts.taken = vec![booked_same(&facts, monday("10:00"))];
    assert_eq!(clocks(&facts, MONDAY), ["10:00"], "a join adds no appointment");
    // The buffers grew after both were booked: the session stands all the same.
    facts.service.buffer_after = HOUR;
    books(&mut facts, "11:00", "12:00");
    assert!(free(&facts, "2026-06-01T10:00Z"));
    facts.busy = vec![Range::new(monday("10:30"), monday("10:45"))];
    assert_eq!(refusal(&facts, "2026-06-01T10:00Z"), Refusal::Busy);
}

#[test]
fn capacity_changed_after_the_session_was_made() {
    let mut facts = with(|service| service.capacity = 5);
    facts.taken = vec![booked_same(&facts, monday("10:00"))];
    let seats = |facts: &Facts| check(facts, monday("10:00"), 1).map(|slot| slot.seats_left);
    facts.service.capacity = 9;
    assert_eq!(seats(&facts), Ok(4), "the session has the seats it was made with");
    facts.service.capacity = 3;
    assert_eq!(seats(&facts), Ok(2), "or fewer");
    facts.service.capacity = 1;
    assert_eq!(seats(&facts), Err(Refusal::Taken), "no longer a group");
    facts.service.capacity = 5;
    facts.service.duration = 30 * MINUTE;
    assert_eq!(seats(&facts), Err(Refusal::Taken), "another length is another session");
}

#[test]
fn now_inside_a_window_is_followed_by_the_next_grid_point() {
    let mut facts = with(|service| service.step = Some(30 * MINUTE));
    facts.now = monday("10:07");
    assert_eq!(clocks(&facts, MONDAY)[0], "10:30");
}

#[test]
fn query_range_returns_only_starts_inside() {
    let facts = nine_to_five();
    let listed = slots(&facts, Range::new(monday("10:00"), monday("12:00")), 1);
    assert_eq!(listed, [slot("2026-06-01T10:00Z", 1), slot("2026-06-01T11:00Z", 1)]);
    assert!(slots(&facts, Range::new(monday("12:00"), monday("10:00")), 1).is_empty(), "reversed");
    assert!(slots(&facts, Range::new(monday("12:00"), monday("12:00")), 1).is_empty());
}

#[test]
fn query_range_is_62_days_at_most() {
    let facts = nine_to_five();
    let start = monday("00:00");
    let days = |days: i64, more: i64| slots(&facts, Range::new(start, start + days * DAY + more), 1).len();
    assert_eq!(days(MAX_QUERY_DAYS, 0), 62 * 8);
    assert_eq!(days(MAX_QUERY_DAYS, HOUR), 62 * 8, "62 days of which one is longer");
    assert_eq!(days(MAX_QUERY_DAYS + 1, 1), 0);
}

#[test]
fn nonsense_offers_nothing() {
    let nonsense: [fn(&mut ServiceRules); 10] = [
        |service| service.duration = 0,
        |service| service.duration = -HOUR,
        |service| service.duration = i64::MAX,
        |service| service.step = Some(0),
        |service| service.step = Some(-HOUR),
        |service| service.buffer_before = -1,
        |service| service.buffer_after = -1,
        |service| service.notice = -1,
        |service| service.capacity = 0,
        |service| service.horizon_days = u32::MAX,
    ];
    for change in nonsense {
        let facts = with(change);
        assert!(!facts.service.is_sound());
        assert!(clocks(&facts, MONDAY).is_empty());
        assert_eq!(refusal(&facts, "2026-06-01T10:00Z"), Refusal::Nonsense);
        assert_eq!(next_free(&facts, monday("00:00"), 1), None);
    }
    assert_eq!(check(&nine_to_five(), monday("10:00"), 0), Err(Refusal::Nonsense), "a party of none");
}

#[test]
fn nonsense_among_the_rows_is_passed_over() {
    let mut facts = nine_to_five();
    books(&mut facts, "12:00", "11:00");
    books(&mut facts, "10:30", "10:30");
    facts.busy =
        vec![Range::new(monday("14:00"), monday("13:00")), Range::new(monday("09:30"), monday("09:30"))];
    facts.weekly.extend(weekly(9, &["09:00-17:00"]));
    facts.weekly.extend(weekly(1, &["24:00-25:00", "18:00-24:00"]));
    assert_eq!(clocks(&facts, MONDAY).len(), 8);
}

#[test]
fn rescheduling_leaves_the_bookings_own_appointment_out() {
    let mut facts = with(|service| service.step = Some(30 * MINUTE));
    let own = booked_same(&facts, monday("10:00"));
    let other = booked(monday("12:00"), monday("13:00"));
    facts.taken = vec![own, other];
    assert_eq!(refusal(&facts, "2026-06-01T10:30Z"), Refusal::Taken);
    facts.taken = vec![other];
    assert!(free(&facts, "2026-06-01T10:30Z"), "half an hour later, over its own old time");
    assert_eq!(refusal(&facts, "2026-06-01T12:30Z"), Refusal::Taken);
}

#[test]
fn refusals_come_in_their_order() {
    let mut facts = with(|service| (service.notice, service.horizon_days) = (HOUR, 3));
    facts.now = monday("07:30");
    facts.provider_limits.per_day = Some(0);
    books(&mut facts, "10:00", "11:00");
    facts.busy = vec![Range::new(monday("10:30"), monday("12:00"))];
    assert_eq!(refusal(&facts, "2026-06-01T03:10Z"), Refusal::Past);
    assert!(matches!(refusal(&facts, "2026-06-01T07:50Z"), Refusal::TooSoon { .. }));
    assert!(matches!(refusal(&facts, "2026-06-05T03:10Z"), Refusal::BeyondHorizon { .. }));
    assert_eq!(refusal(&facts, "2026-06-01T20:10Z"), Refusal::OutsideHours);
    assert_eq!(refusal(&facts, "2026-06-01T10:10Z"), Refusal::OffGrid);
    assert_eq!(refusal(&facts, "2026-06-01T10:00Z"), Refusal::Taken);
    assert_eq!(refusal(&facts, "2026-06-01T11:00Z"), Refusal::Busy);
    assert_eq!(check(&facts, monday("14:00"), 2), Err(Refusal::Full { seats_left: 1 }));
    assert!(matches!(refusal(&facts, "2026-06-01T14:00Z"), Refusal::LimitReached { .. }));
}

#[test]
fn next_free_is_the_first_slot_there_is() {
    let mut facts = nine_to_five();
    assert_eq!(next_free(&facts, monday("12:30"), 1), Some(slot("2026-06-01T13:00Z", 1)));
    assert_eq!(next_free(&facts, 0, 1), Some(slot("2026-05-31T09:00Z", 1)), "never before now");
    facts.busy = vec![Range::new(monday("00:00"), monday("12:00") + 400 * DAY)];
    let found = next_free(&facts, monday("00:00"), 1).unwrap();
    assert_eq!(found, Slot { start: monday("12:00") + 400 * DAY, seats_left: 1 });
    facts.service.horizon_days = 400;
    assert_eq!(next_free(&facts, monday("00:00"), 1), None, "beyond the horizon");
}
