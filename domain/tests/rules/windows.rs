//! "Windows and time zones" of the slot rules, a test for each row.

use domain::range::Range;
use domain::slots::{Facts, Refusal, ServiceRules, check, slots};

use crate::support::*;

fn open(zone: &str, day: &str, windows: &[&str]) -> Facts {
    Facts { weekly: daily(windows), ..provider_on(zone, day) }
}

fn stepping(facts: Facts, step: i64) -> Facts {
    Facts { service: ServiceRules { step: Some(step), ..facts.service }, ..facts }
}

fn lasting(facts: Facts, duration: i64) -> Facts {
    Facts { service: ServiceRules { duration, ..facts.service }, ..facts }
}

#[test]
fn zone_is_the_providers_and_only_wall_times_are_rules() {
    let facts = open("Europe/Berlin", "2026-06-01", &["09:00-11:00"]);
    assert_eq!(times(&facts, "2026-06-01"), ["09:00+02:00", "10:00+02:00"], "summer");
    assert_eq!(times(&facts, "2026-12-01"), ["09:00+01:00", "10:00+01:00"], "the same rule in winter");
}

#[test]
fn local_to_instant_inside_a_gap_moves_later_by_the_gap() {
    let berlin = zone("Europe/Berlin");
    let day = date("2026-03-29");
    assert_eq!(berlin.to_instant(day, clock("02:30")), instant("2026-03-29T03:30+02:00"));
    let facts = lasting(open("Europe/Berlin", "2026-03-29", &["02:15-02:45"]), 30 * MINUTE);
    assert_eq!(times(&facts, "2026-03-29"), ["03:15+02:00"], "both ends move");
}

#[test]
fn local_to_instant_that_occurs_twice_is_the_earlier() {
    let berlin = zone("Europe/Berlin");
    assert_eq!(berlin.to_instant(date("2026-10-25"), clock("02:30")), instant("2026-10-25T02:30+02:00"));
    let facts = open("Europe/Berlin", "2026-10-25", &["01:00-02:30"]);
    assert_eq!(times(&facts, "2026-10-25"), ["01:00+02:00"], "an end at 02:30 is the first 02:30");
    let facts = open("Europe/Berlin", "2026-10-25", &["02:30-04:00"]);
    assert_eq!(times(&facts, "2026-10-25"), ["02:30+02:00", "02:30+01:00"], "a start at 02:30 too");
}

#[test]
fn gap_day_window_is_one_real_hour() {
    let facts = stepping(open("Europe/Berlin", "2026-03-29", &["02:00-04:00"]), 30 * MINUTE);
    assert_eq!(times(&facts, "2026-03-29"), ["03:00+02:00"], "one hour fits once");
    let facts = lasting(facts, 30 * MINUTE);
    assert_eq!(times(&facts, "2026-03-29"), ["03:00+02:00", "03:30+02:00"], "none is labelled 02:30");
}

#[test]
fn fold_day_window_is_four_real_hours() {
    let facts = open("America/New_York", "2026-11-01", &["00:00-03:00"]);
    let both = ["00:00-04:00", "01:00-04:00", "01:00-05:00", "02:00-05:00"];
    assert_eq!(times(&facts, "2026-11-01"), both);
}

#[test]
fn window_empty_after_resolution_offers_nothing() {
    // 02:00 moves to 03:00, where the window ends.
    let facts = lasting(open("Europe/Berlin", "2026-03-29", &["02:00-03:00"]), MINUTE);
    assert!(times(&facts, "2026-03-29").is_empty());
    // 02:45 moves to 03:45, past the end.
    let facts = lasting(open("Europe/Berlin", "2026-03-29", &["02:45-03:15"]), MINUTE);
    assert!(times(&facts, "2026-03-29").is_empty());
    assert_eq!(times(&facts, "2026-03-30").len(), 30, "the next day is whole");
}

#[test]
fn end_at_or_before_start_is_on_the_next_day() {
    let friday = Facts { weekly: weekly(5, &["22:00-02:00"]), ..provider_on("Europe/Paris", "2026-06-05") };
    assert_eq!(clocks(&friday, "2026-06-05"), ["22:00", "23:00"]);
    assert_eq!(clocks(&friday, "2026-06-06"), ["00:00", "01:00"]);

    let till_midnight =
        Facts { weekly: weekly(5, &["09:00-00:00"]), ..provider_on("Europe/Paris", "2026-06-05") };
    assert_eq!(clocks(&till_midnight, "2026-06-05").last().unwrap(), "23:00");
    assert!(clocks(&till_midnight, "2026-06-06").is_empty());

    let whole_day =
        Facts { weekly: weekly(5, &["00:00-00:00"]), ..provider_on("Europe/Paris", "2026-06-05") };
    assert_eq!(clocks(&whole_day, "2026-06-05").len(), 24);

    let round_the_clock =
        Facts { weekly: weekly(5, &["09:00-09:00"]), ..provider_on("Europe/Paris", "2026-06-05") };
    assert_eq!(clocks(&round_the_clock, "2026-06-05").len(), 15);
    assert_eq!(clocks(&round_the_clock, "2026-06-06").len(), 9);
}

#[test]
fn whole_days_are_as_long_as_the_clocks_make_them() {
    let facts = open("Europe/Berlin", "2026-03-29", &["00:00-00:00"]);
    assert_eq!(times(&facts, "2026-03-29").len(), 23);
    assert_eq!(times(&facts, "2026-10-25").len(), 25);
}

#[test]
fn an_exception_clips_the_night_before_at_its_own_midnight() {
    let night = open("Europe/Paris", "2026-06-05", &["22:00-02:00"]);
    let closed = Facts { exceptions: vec![exception("2026-06-06", &[])], ..night.clone() };
    assert_eq!(clocks(&closed, "2026-06-05"), ["00:00", "01:00", "22:00", "23:00"]);
    assert!(clocks(&closed, "2026-06-06").is_empty(), "the spill-over is gone, and so is the evening");
    assert_eq!(clocks(&closed, "2026-06-07"), ["22:00", "23:00"], "nothing runs over from a closed day");

    let moved = Facts { exceptions: vec![exception("2026-06-06", &["01:00-03:00"])], ..night.clone() };
    assert_eq!(clocks(&moved, "2026-06-06"), ["01:00", "02:00"], "its own hours are not clipped");

    let longer = Facts { exceptions: vec![exception("2026-06-06", &["22:00-04:00"])], ..night };
    assert_eq!(clocks(&longer, "2026-06-07"), ["00:00", "01:00", "02:00", "03:00", "22:00", "23:00"]);
}

#[test]
fn a_window_belongs_to_the_day_on_which_it_starts() {
    // Saturday's exception leaves Friday's hours alone, though an hour of the night is Saturday's.
    let friday = Facts { weekly: weekly(5, &["22:00-02:00"]), ..provider_on("Europe/Paris", "2026-06-05") };
    let saturday =
        Facts { exceptions: vec![exception("2026-06-06", &["00:00-00:30", "10:00-11:00"])], ..friday };
    assert_eq!(clocks(&saturday, "2026-06-05"), ["22:00", "23:00"]);
    assert_eq!(clocks(&saturday, "2026-06-06"), ["10:00"]);
}

#[test]
fn windows_of_one_day_that_overlap_or_touch_are_joined() {
    let day = "2026-06-01";
    let overlap = open("Europe/Paris", day, &["11:30-13:15", "09:00-12:00"]);
    assert_eq!(clocks(&overlap, day), ["09:00", "10:00", "11:00", "12:00"], "one grid from 09:00");
    let touch = open("Europe/Paris", day, &["09:30-11:00", "11:00-12:30"]);
    assert_eq!(clocks(&touch, day), ["09:30", "10:30", "11:30"], "across the seam");
    let apart = open("Europe/Paris", day, &["09:30-11:00", "11:01-13:01"]);
    assert_eq!(clocks(&apart, day), ["09:30", "11:01", "12:01"], "a minute's pause makes two grids");
    let within = open("Europe/Paris", day, &["09:00-12:00", "09:30-10:30"]);
    assert_eq!(clocks(&within, day), ["09:00", "10:00", "11:00"]);
    let same = open("Europe/Paris", day, &["09:00-11:00", "09:00-11:00"]);
    assert_eq!(clocks(&same, day), ["09:00", "10:00"]);
}

#[test]
fn coverage_is_the_union_across_midnights_and_lists_no_instant_twice() {
    let day = "2026-06-02";
    // 90 minutes from 22:00: the 23:30 start ends at 01:00, in the next day's window.
    let facts = lasting(open("Europe/Paris", day, &["22:00-00:00", "00:00-01:00"]), 90 * MINUTE);
    assert_eq!(clocks(&facts, day), ["22:00", "23:30"]);
    // Two days' windows overlap from 05:00 to 06:00, each with its own grid; 05:30 is on both.
    let facts = lasting(open("Europe/Paris", day, &["22:00-06:00", "05:00-07:00"]), 30 * MINUTE);
    let morning = ["05:00", "05:30", "06:00", "06:30"];
    assert_eq!(clocks(&facts, day)[10..14], morning);
    let facts = stepping(lasting(facts, 30 * MINUTE), 45 * MINUTE);
    let morning = ["04:45", "05:00", "05:30", "05:45", "06:30"];
    let listed = clocks(&facts, day);
    let from = listed.iter().position(|clock| clock == "04:45").unwrap();
    assert_eq!(listed[from..from + 5], morning, "both grids, in order, no instant twice");
}

#[test]
fn a_service_may_last_for_weeks_where_the_days_touch() {
    let facts = lasting(open("Europe/Berlin", "2026-03-20", &["00:00-00:00"]), 31 * DAY);
    let facts = stepping(facts, DAY);
    assert!(free(&facts, "2026-03-20T00:00+01:00"), "across a change of offset");
    let closed = Facts { exceptions: vec![exception("2026-04-10", &[])], ..facts };
    assert_eq!(refusal(&closed, "2026-03-20T00:00+01:00"), Refusal::OutsideHours);
    assert!(free(&closed, "2026-04-11T00:00+02:00"));
}

#[test]
fn an_exception_replaces_the_day_entirely() {
    let weekdays = (1..=5).flat_map(|day| weekly(day, &["09:00-17:00"])).collect();
    let facts = Facts {
        weekly: weekdays,
        exceptions: vec![
            exception("2026-06-02", &["10:00-11:00", "13:00-14:00"]),
            exception("2026-06-03", &[]),
            exception("2026-06-06", &["12:00-13:00"]),
        ],
        ..provider_on("Europe/Paris", "2026-06-01")
    };
    assert_eq!(clocks(&facts, "2026-06-01").len(), 8, "an ordinary Monday");
    assert_eq!(clocks(&facts, "2026-06-02"), ["10:00", "13:00"], "several windows");
    assert!(clocks(&facts, "2026-06-03").is_empty(), "none means closed");
    assert_eq!(clocks(&facts, "2026-06-06"), ["12:00"], "it opens a closed day");
    assert!(clocks(&facts, "2026-06-07").is_empty(), "Sunday stays closed");
}

#[test]
fn odd_offset_kathmandu() {
    let facts = open("Asia/Kathmandu", "2026-06-01", &["09:00-11:00"]);
    assert_eq!(times(&facts, "2026-06-01"), ["09:00+05:45", "10:00+05:45"]);
    assert!(free(&facts, "2026-06-01T03:15Z"));
}

#[test]
fn half_hour_dst_lord_howe() {
    // 02:00 → 02:30 on 4 October, 02:00 → 01:30 on 5 April.
    let facts = lasting(open("Australia/Lord_Howe", "2026-04-04", &["01:00-03:00"]), 30 * MINUTE);
    let gap = ["01:00+10:30", "01:30+10:30", "02:30+11:00"];
    assert_eq!(times(&facts, "2026-10-04"), gap, "an hour and a half");
    let fold = ["01:00+11:00", "01:30+11:00", "01:30+10:30", "02:00+10:30", "02:30+10:30"];
    assert_eq!(times(&facts, "2026-04-05"), fold, "two and a half");
}

#[test]
fn skipped_date_apia() {
    // Samoa went from 29 to 31 December 2011.
    let facts = open("Pacific/Apia", "2011-12-28", &["09:00-11:00"]);
    assert!(times(&facts, "2011-12-30").is_empty(), "the day does not exist");
    assert_eq!(times(&facts, "2011-12-29"), ["09:00-10:00", "10:00-10:00"]);
    assert_eq!(times(&facts, "2011-12-31"), ["09:00+14:00", "10:00+14:00"], "no instant twice");

    // By the rule for gaps the skipped Friday's hours move a day later …
    let friday = Facts { weekly: weekly(5, &["09:00-11:00"]), ..provider_on("Pacific/Apia", "2011-12-28") };
    assert_eq!(times(&friday, "2011-12-31"), ["09:00+14:00", "10:00+14:00"]);
    // … unless Saturday speaks for itself.
    let closed = Facts { exceptions: vec![exception("2011-12-31", &[])], ..friday };
    assert!(times(&closed, "2011-12-31").is_empty());

    // A night that runs into the skipped date goes on in the day after it.
    let night = Facts { weekly: weekly(4, &["22:00-02:00"]), ..provider_on("Pacific/Apia", "2011-12-28") };
    assert_eq!(times(&night, "2011-12-29"), ["22:00-10:00", "23:00-10:00"]);
    assert_eq!(times(&night, "2011-12-31"), ["00:00+14:00", "01:00+14:00"]);
}

#[test]
fn ramadan_casablanca() {
    // Morocco leaves +01:00 for the month: 15 February to 22 March 2026.
    let facts = lasting(open("Africa/Casablanca", "2026-02-14", &["01:00-04:00"]), HOUR);
    assert_eq!(times(&facts, "2026-02-14"), ["01:00+01:00", "02:00+01:00", "03:00+01:00"]);
    let fold = ["01:00+01:00", "02:00+01:00", "02:00+00:00", "03:00+00:00"];
    assert_eq!(times(&facts, "2026-02-15"), fold);
    assert_eq!(times(&facts, "2026-03-01"), ["01:00+00:00", "02:00+00:00", "03:00+00:00"]);
    assert_eq!(times(&facts, "2026-03-22"), ["01:00+00:00", "03:00+01:00"], "an hour is missing");
}

#[test]
fn midnight_that_does_not_exist() {
    // Cairo skips 00:00 to 01:00 on 24 April 2026.
    let facts = open("Africa/Cairo", "2026-04-23", &["22:00-02:00"]);
    assert_eq!(times(&facts, "2026-04-23"), ["00:00+02:00", "01:00+02:00", "22:00+02:00", "23:00+02:00"]);
    assert_eq!(times(&facts, "2026-04-24"), ["01:00+03:00", "22:00+03:00", "23:00+03:00"]);
    let closed = Facts { exceptions: vec![exception("2026-04-24", &[])], ..facts };
    assert!(times(&closed, "2026-04-24").is_empty());
}

#[test]
fn tz_database_is_current() {
    // Facts that older copies have wrong: Almaty left +06 in March 2024, Cairo has summer time again since 2023.
    assert_eq!(zone("Asia/Almaty").to_local(instant("2026-11-22T00:00Z")).offset_seconds, 5 * 3600);
    assert_eq!(zone("Africa/Cairo").to_local(instant("2026-07-01T00:00Z")).offset_seconds, 3 * 3600);
}

#[test]
fn the_grid_does_not_depend_on_the_range() {
    let facts = stepping(open("Europe/Berlin", "2026-03-27", &["00:00-00:00"]), 25 * MINUTE);
    let whole = Range::new(instant("2026-03-27T00:00Z"), instant("2026-04-02T00:00Z"));
    let all = slots(&facts, whole, 1);
    for start in (whole.start..whole.end).step_by(7 * HOUR as usize) {
        let part = Range::new(start, whole.end.min(start + 7 * HOUR));
        let expected: Vec<_> = all.iter().copied().filter(|slot| part.contains(slot.start)).collect();
        assert_eq!(slots(&facts, part, 1), expected);
        assert!(expected.iter().all(|&slot| check(&facts, slot.start, 1) == Ok(slot)));
    }
}
