//! Dates and times, written as people say them: `Tue 3 March, 10:00–11:00`.

use super::intl::{Show, show, show_range};
use super::zones::{differ, now, offset_label, repeats, wall, zone_city, zone_label};
use crate::messages::{capital, t};
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset, Weekday};

/// Today's date in a zone.
pub fn today(zone: &str) -> Date {
    wall(now(), zone).date()
}

/// A calendar date as an instant that every formatter in UTC shows as that date.
pub fn noon(date: Date) -> OffsetDateTime {
    date.with_time(Time::from_hms(12, 0, 0).unwrap_or(Time::MIDNIGHT)).assume_utc()
}

fn this_year(date: Date) -> bool {
    date.year() == today("UTC").year()
}

/// `Tue 3 March`, with the year where it is not this one.
pub fn plain(date: Date) -> String {
    show(if this_year(date) { Show::Day } else { Show::DayYear }, "UTC", noon(date))
}

/// `Tuesday 3 March`, with the year where it is not this one.
pub fn day_heading(date: Date) -> String {
    show(if this_year(date) { Show::LongDay } else { Show::LongDayYear }, "UTC", noon(date))
}

/// `Today`, `Tomorrow` or `Tue 3 Mar`, for small buttons.
pub fn day_short(date: Date, zone: &str) -> String {
    capital(near(date, zone))
}

/// `today`, `tomorrow` or `Tue 3 Mar`.
fn near(date: Date, zone: &str) -> String {
    let today = today(zone);
    if date == today {
        t().common.today.to_owned()
    } else if Some(date) == today.next_day() {
        t().common.tomorrow.to_owned()
    } else {
        show(Show::ShortDay, "UTC", noon(date))
    }
}

/// `November 2026`.
pub fn month_title(year: i32, month: Month) -> String {
    Date::from_calendar_date(year, month, 1)
        .map(|date| show(Show::Month, "UTC", noon(date)))
        .unwrap_or_default()
}

/// `Nov`.
pub fn month_short(date: Date) -> String {
    show(Show::ShortMonth, "UTC", noon(date))
}

/// `23–29 November 2026`, or the one day.
pub fn period(first: Date, last: Date) -> String {
    show_range(noon(first), noon(last))
}

/// `Tue`.
pub fn weekday_short(day: Weekday) -> String {
    show(Show::Weekday, "UTC", noon(in_a_week(day.number_days_from_monday())))
}

/// `Tuesday`, counted from Monday, which is 0.
pub fn weekday_long(days_from_monday: u8) -> String {
    show(Show::LongWeekday, "UTC", noon(in_a_week(days_from_monday)))
}

/// A date of that weekday.
fn in_a_week(days_from_monday: u8) -> Date {
    // 2024-01-01 was a Monday.
    let monday = Date::from_calendar_date(2024, Month::January, 1).unwrap_or(Date::MIN);
    monday + Duration::days(i64::from(days_from_monday))
}

/// A wall time such as `17:30`, as the person's clock writes it.
pub fn clock(wall: &str) -> String {
    let (hour, minute) = wall.split_once(':').unwrap_or((wall, "0"));
    let time = Time::from_hms(hour.parse().unwrap_or_default(), minute.parse().unwrap_or_default(), 0);
    let at = in_a_week(0).with_time(time.unwrap_or(Time::MIDNIGHT)).assume_utc();
    whole_time("UTC", at)
}

/// `March`.
pub fn month_name(date: Date) -> String {
    show(Show::MonthName, "UTC", noon(date))
}

/// `T` for narrow columns, and `Tuesday`.
pub fn weekday_letter(day: Weekday) -> (String, String) {
    let at = noon(in_a_week(day.number_days_from_monday()));
    (show(Show::WeekdayLetter, "UTC", at), show(Show::LongWeekday, "UTC", at))
}

/// `10:00`, with the offset where the clock shows it twice: `02:00 GMT+1`.
pub fn time(at: OffsetDateTime, zone: &str) -> String {
    let shown = bare_time(at, zone);
    if repeats(at, zone) { format!("{shown} {}", offset_label(zone, at)) } else { shown }
}

/// The hour and what is said of it, as in `3:00 AM`, stay on one line.
fn whole_time(zone: &str, at: OffsetDateTime) -> String {
    show(Show::Time, zone, at).replace(' ', "\u{a0}")
}

/// `10:00`, for what names offsets itself.
pub fn bare_time(at: OffsetDateTime, zone: &str) -> String {
    whole_time(zone, at)
}

/// `10:00–11:00`, with the second day named where it ends on another, and the offsets where a clock shows one of the two twice.
pub fn time_range(start: OffsetDateTime, end: OffsetDateTime, zone: &str) -> String {
    let (first, last) = (wall(start, zone), wall(end, zone));
    let (from, until) = (bare_time(start, zone), bare_time(end, zone));
    if first.date() != last.date() {
        return format!("{} – {}, {}", time(start, zone), plain(last.date()), time(end, zone));
    }
    if !repeats(start, zone) && !repeats(end, zone) {
        return format!("{from}–{until}");
    }
    let (before, after) = (offset_label(zone, start), offset_label(zone, end));
    if before == after {
        format!("{from}–{until} {after}")
    } else {
        format!("{from} {before} – {until} {after}")
    }
}

/// `Tue 3 March, 10:00–11:00`.
pub fn when(start: OffsetDateTime, end: OffsetDateTime, zone: &str) -> String {
    format!("{}, {}", plain(wall(start, zone).date()), time_range(start, end, zone))
}

/// What a clock in the other zone shows, where it shows something else: `10:00–11:00 in Berlin`.
pub fn elsewhere(start: OffsetDateTime, end: OffsetDateTime, zone: &str, other: &str) -> Option<String> {
    let same_day = wall(start, zone).date() == wall(start, other).date();
    let words = if same_day { time_range(start, end, other) } else { when(start, end, other) };
    differ(zone, other, start).then(|| (t().booking.their_time)(&words, &zone_city(other)))
}

/// The same for a time that is shown by the clock of `zone`, to somebody in `own`: where that is another one it is named, with
/// what their own clock shows; and then what the `other` side's does. Each on a line of its own.
pub fn clocks(
    start: OffsetDateTime,
    end: OffsetDateTime,
    zone: &str,
    own: &str,
    other: &str,
) -> Option<String> {
    let named = differ(zone, own, start).then(|| (t().agenda.zone_note)(&zone_label(zone, start)));
    let mine = elsewhere(start, end, zone, own);
    let theirs = elsewhere(start, end, zone, other).filter(|_| differ(own, other, start));
    let lines: Vec<String> = [named, mine, theirs].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// `Tue 3 March, 10:00`.
pub fn moment(at: OffsetDateTime, zone: &str) -> String {
    format!("{}, {}", plain(wall(at, zone).date()), time(at, zone))
}

/// `today, 10:00`, `tomorrow, 10:00` or `Tue 3 Mar, 10:00`, for running text.
pub fn around(at: OffsetDateTime, zone: &str) -> String {
    format!("{}, {}", near(wall(at, zone).date(), zone), time(at, zone))
}

/// `2026-11-24T09:00:00Z`, for URLs: in UTC, so that no plus sign needs escaping.
pub fn utc(at: OffsetDateTime) -> String {
    at.to_offset(UtcOffset::UTC).format(&Rfc3339).unwrap_or_default()
}

/// Reads RFC 3339.
pub fn parse_instant(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}
