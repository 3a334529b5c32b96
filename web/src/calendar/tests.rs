use super::*;
use contract::schedules::{Day, Exception, Schedule, WeeklyWindow, Window};
use domain::zone::Zone;
use time::macros::{date, datetime};
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

const HOUR: i64 = 3600;

impl Clock for Zone {
    fn wall(&self, at: i64) -> PrimitiveDateTime {
        let local = self.to_local(at);
        local.date.with_time(Time::MIDNIGHT) + time::Duration::seconds(i64::from(local.secs_of_day))
    }
}

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn days(first: Date, count: i64) -> Vec<Date> {
    (0..count).map(|day| first + time::Duration::days(day)).collect()
}

fn at(zone: &Zone, wall: PrimitiveDateTime) -> i64 {
    at_wall(zone, wall)
}

/// Every quarter of an hour has a place of its own in its column, and leads back.
fn round_trip(axis: &Axis) {
    for column in &axis.columns {
        let mut seen = std::collections::HashSet::new();
        for at in (column.span.from..column.span.until).step_by(900) {
            let place = column.place(at).unwrap();
            assert!(seen.insert(place), "{at} shares its place");
            assert!((0..axis.height).contains(&place));
            assert_eq!(column.instant(place), at);
        }
    }
}

#[test]
fn what_clocks_show_twice_is_known() {
    let repeating = |zone: &Zone, first: OffsetDateTime| {
        let quarters = (0..24).map(|quarter| first.unix_timestamp() + quarter * 900);
        quarters
            .filter(|at| repeats(zone, *at))
            .map(|at| (at - first.unix_timestamp()) / 900)
            .collect::<Vec<_>>()
    };
    let berlin = zone("Europe/Berlin");
    assert_eq!(repeating(&berlin, datetime!(2027-10-30 23:00 UTC)), (4..12).collect::<Vec<_>>());
    assert!(repeating(&berlin, datetime!(2027-03-27 23:00 UTC)).is_empty());
    // Lord Howe turns back by half an hour.
    assert_eq!(repeating(&zone("Australia/Lord_Howe"), datetime!(2027-04-03 14:00 UTC)), [2, 3, 4, 5]);
}

#[test]
fn an_ordinary_week_has_seven_columns_of_a_day() {
    let zone = zone("Europe/Berlin");
    let axis = Axis::new(&zone, &days(date!(2026 - 11 - 23), 7));
    assert_eq!((axis.height, axis.columns.len(), axis.rows.len()), (24 * HOUR, 7, 24));
    assert!(axis.columns.iter().all(|column| column.voids(axis.height).is_empty()));
    let start = at(&zone, datetime!(2026-11-24 10:30));
    assert_eq!(axis.column_of(start), Some(1));
    assert_eq!(axis.columns[1].pieces(Span::new(start, start + HOUR)), [Span::new(37_800, 41_400)]);
    round_trip(&axis);
}

#[test]
fn berlin_skips_an_hour() {
    let zone = zone("Europe/Berlin");
    let axis = Axis::new(&zone, &days(date!(2026 - 03 - 23), 7));
    let sunday = &axis.columns[6];
    assert_eq!((axis.height, sunday.span.len()), (24 * HOUR, 23 * HOUR));
    assert_eq!(sunday.voids(axis.height), [Span::new(2 * HOUR, 3 * HOUR)]);
    assert!(axis.columns[5].voids(axis.height).is_empty());
    // Nine o'clock is one line across all days.
    let nine = |day: Date| at(&zone, day.with_time(time::macros::time!(09:00)));
    for column in &axis.columns {
        assert_eq!(column.place(nine(column.date)), Some(9 * HOUR));
    }
    // From half past one, two hours pass until half past four.
    let start = at(&zone, datetime!(2026-03-29 01:30));
    let pieces = sunday.pieces(Span::new(start, start + 2 * HOUR));
    assert_eq!(pieces, [Span::new(5_400, 7_200), Span::new(10_800, 16_200)]);
    assert_eq!(pieces.iter().map(|piece| piece.len()).sum::<i64>(), 2 * HOUR);
    // The void leads to the first instant after it.
    assert_eq!(sunday.instant(2 * HOUR + 600), at(&zone, datetime!(2026-03-29 03:00)));
    round_trip(&axis);
    // Seen alone, the day has no row for two o'clock.
    let alone = Axis::new(&zone, &[date!(2026 - 03 - 29)]);
    assert!(alone.rows.iter().all(|row| row.top != 2 * HOUR));
    assert_eq!(alone.rows.len(), 23);
}

#[test]
fn berlin_repeats_an_hour() {
    let zone = zone("Europe/Berlin");
    let axis = Axis::new(&zone, &days(date!(2026 - 10 - 19), 7));
    assert_eq!((axis.height, axis.rows.len()), (25 * HOUR, 25));
    let sunday = &axis.columns[6];
    assert!(sunday.voids(axis.height).is_empty());
    assert_eq!(axis.columns[0].voids(axis.height), [Span::new(3 * HOUR, 4 * HOUR)]);
    let first = at(&zone, datetime!(2026-10-25 02:00));
    let twice: Vec<i64> = axis.rows.iter().filter(|row| row.twice).map(|row| row.at).collect();
    assert_eq!(twice, [first, first + HOUR]);
    // Two in the morning until three: two hours pass, two rows high.
    let three = at(&zone, datetime!(2026-10-25 03:00));
    assert_eq!(sunday.pieces(Span::new(first, three)), [Span::new(2 * HOUR, 4 * HOUR)]);
    // On the other days the void row parts what runs through it.
    let monday = &axis.columns[0];
    let start = at(&zone, datetime!(2026-10-19 02:30));
    assert_eq!(
        monday.pieces(Span::new(start, start + HOUR)),
        [Span::new(9_000, 10_800), Span::new(14_400, 16_200)]
    );
    round_trip(&axis);
}

#[test]
fn lord_howe_changes_by_half_an_hour() {
    let zone = zone("Australia/Lord_Howe");
    let gap = Axis::new(&zone, &days(date!(2026 - 09 - 28), 7));
    let sunday = &gap.columns[6];
    assert_eq!((gap.height, sunday.span.len()), (24 * HOUR, 47 * HOUR / 2));
    assert_eq!(sunday.voids(gap.height), [Span::new(2 * HOUR, 5 * HOUR / 2)]);
    round_trip(&gap);

    let fold = Axis::new(&zone, &days(date!(2026 - 03 - 30), 7));
    let sunday = &fold.columns[6];
    assert_eq!((fold.height, sunday.span.len()), (49 * HOUR / 2, 49 * HOUR / 2));
    assert_eq!(fold.columns[2].voids(fold.height), [Span::new(2 * HOUR, 5 * HOUR / 2)]);
    let nine = at(&zone, datetime!(2026-04-05 09:00));
    assert_eq!(sunday.place(nine), Some(19 * HOUR / 2));
    round_trip(&fold);
}

#[test]
fn apia_left_a_day_out() {
    let zone = zone("Pacific/Apia");
    assert!(day_span(&zone, date!(2011 - 12 - 30)).is_empty());
    let axis = Axis::new(&zone, &days(date!(2011 - 12 - 26), 7));
    let dates: Vec<u8> = axis.columns.iter().map(|column| column.date.day()).collect();
    assert_eq!(dates, [26, 27, 28, 29, 31, 1]);
    assert_eq!(axis.columns[3].span.until, axis.columns[4].span.from);
    assert!(axis.columns.iter().all(|column| column.span.len() == 24 * HOUR));
    round_trip(&axis);
    // A day later in the calendar is the next that there is.
    let thursday = at(&zone, datetime!(2011-12-29 10:00));
    assert_eq!(wall_date(&zone, day_of(&zone, thursday, 1)), date!(2011 - 12 - 31));
}

#[test]
fn midnight_itself_may_be_skipped_or_repeated() {
    let beirut = zone("Asia/Beirut");
    let axis = Axis::new(&beirut, &[date!(2026 - 03 - 29)]);
    assert_eq!(axis.columns[0].voids(axis.height), [Span::new(0, HOUR)]);
    round_trip(&axis);
    let paulo = zone("America/Sao_Paulo");
    let axis = Axis::new(&paulo, &days(date!(2018 - 02 - 17), 2));
    assert_eq!((axis.height, axis.columns[0].span.len()), (25 * HOUR, 25 * HOUR));
    assert_eq!(axis.columns[1].voids(axis.height), [Span::new(24 * HOUR, 25 * HOUR)]);
    round_trip(&axis);
    let goose = zone("America/Goose_Bay");
    round_trip(&Axis::new(&goose, &days(date!(2010 - 11 - 05), 4)));
}

#[test]
fn a_booking_over_midnight_continues_in_the_next_column() {
    let zone = zone("Europe/Berlin");
    let axis = Axis::new(&zone, &days(date!(2026 - 11 - 24), 2));
    let start = at(&zone, datetime!(2026-11-24 23:00));
    let time = Span::new(start, start + 3 * HOUR);
    assert_eq!(axis.columns[0].pieces(time), [Span::new(23 * HOUR, 24 * HOUR)]);
    assert_eq!(axis.columns[1].pieces(time), [Span::new(0, 2 * HOUR)]);
}

#[test]
fn what_overlaps_stands_side_by_side() {
    let times = [(0, 10), (5, 8), (8, 12), (12, 14), (13, 15)].map(|(from, until)| Span::new(from, until));
    assert_eq!(lanes(&times), [(0, 2), (1, 2), (1, 2), (0, 2), (1, 2)]);
    assert_eq!(lanes(&[Span::new(0, 1), Span::new(1, 2)]), [(0, 1), (0, 1)]);
    let three = [(0, 9), (0, 3), (1, 2), (3, 9)].map(|(from, until)| Span::new(from, until));
    assert_eq!(lanes(&three), [(0, 3), (1, 3), (2, 3), (1, 3)]);
}

fn schedule() -> Schedule {
    let window = |day, start: &str, end: &str| WeeklyWindow { day, start: start.into(), end: end.into() };
    Schedule {
        time_zone: "Europe/Berlin".into(),
        weekly: vec![
            window(Day::Monday, "09:00", "12:00"),
            window(Day::Monday, "12:00", "17:00"),
            window(Day::Monday, "22:00", "02:00"),
        ],
        exceptions: vec![Exception {
            date: date!(2026 - 12 - 01),
            windows: vec![Window { start: "10:00".into(), end: "11:00".into() }],
            note: String::new(),
        }],
        time_off: Vec::new(),
        version: 1,
    }
}

#[test]
fn hours_run_over_midnight_but_not_into_an_exception() {
    let (zone, schedule) = (zone("Europe/Berlin"), schedule());
    let day = |date: Date| {
        let start = day_span(&zone, date).from;
        windows(&schedule, &zone, date)
            .iter()
            .map(|span| ((span.from - start) / HOUR, (span.until - start) / HOUR))
            .collect::<Vec<_>>()
    };
    assert_eq!(day(date!(2026 - 11 - 23)), [(9, 17), (22, 24)]);
    assert_eq!(day(date!(2026 - 11 - 24)), [(0, 2)]);
    assert_eq!(day(date!(2026 - 12 - 01)), [(10, 11)]);
    assert_eq!(day(date!(2026 - 12 - 02)), []);
}

#[test]
fn a_day_is_full_when_the_shortest_service_fits_nowhere() {
    let hours = [Span::new(0, 100)];
    assert!(!is_full(&hours, vec![], 30));
    assert!(is_full(&hours, vec![Span::new(20, 80)], 30));
    assert!(!is_full(&hours, vec![Span::new(20, 70)], 30));
    assert!(is_full(&hours, vec![Span::new(-5, 50), Span::new(40, 200)], 1));
    assert!(!is_full(&[], vec![], 30));
}

#[test]
fn steps_go_to_the_nearest() {
    assert_eq!(step_from(0, 900, 1000), 900);
    assert_eq!(step_from(0, 900, 1400), 1800);
    assert_eq!(step_from(0, 900, -500), -900);
}

#[test]
fn a_start_near_a_press_is_on_the_grid_and_fits() {
    let hours = [Span::new(100, 200), Span::new(300, 320)];
    assert_eq!(start_near(&hours, 30, 30, 135), Some(130));
    assert_eq!(start_near(&hours, 30, 30, 199), Some(160));
    assert_eq!(start_near(&hours, 30, 30, 250), None);
    assert_eq!(start_near(&hours, 30, 30, 310), None);
}
