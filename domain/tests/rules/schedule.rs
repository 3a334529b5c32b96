//! Hours that cannot be kept are refused, and the entry at fault is named.

use domain::schedule::{BadHours, DayException, HoursFault, WeeklyWindow, check_exceptions, check_weekly};

use crate::support::{daily, exception};

fn fault(entry: usize, window: Option<usize>, fault: HoursFault) -> BadHours {
    BadHours { entry, window, fault }
}

#[test]
fn ordinary_overnight_and_overlapping_hours_are_kept() {
    assert_eq!(check_weekly(&[]), Ok(()));
    assert_eq!(check_weekly(&daily(&["09:00-12:00", "11:00-17:00", "22:00-02:00", "00:00-00:00"])), Ok(()));
    assert_eq!(
        check_exceptions(&[exception("2026-12-24", &["09:00-12:00"]), exception("2026-12-25", &[])]),
        Ok(())
    );
}

#[test]
fn each_bad_window_is_named() {
    let window = |day, start, end| WeeklyWindow { day, start, end };
    let hours =
        [window(1, 0, 0), window(7, 0, 0), window(6, 86_400, 0), window(0, 0, 86_400), window(9, 90_000, 0)];
    let expected = [
        fault(1, None, HoursFault::Day),
        fault(2, None, HoursFault::Start),
        fault(3, None, HoursFault::End),
        fault(4, None, HoursFault::Day),
    ];
    assert_eq!(check_weekly(&hours), Err(expected.to_vec()));
}

#[test]
fn each_bad_exception_is_named() {
    let christmas = exception("2026-12-25", &[]);
    let broken = DayException { windows: vec![(0, 3600), (3600, 99_999)], ..exception("2026-12-26", &[]) };
    let expected = [fault(1, None, HoursFault::RepeatedDate), fault(2, Some(1), HoursFault::End)];
    assert_eq!(check_exceptions(&[christmas.clone(), christmas, broken]), Err(expected.to_vec()));
}
