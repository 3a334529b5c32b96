//! When a holiday falls: the grammar of the rules, and the calendar behind them.
//!
//! | rule | meaning |
//! |---|---|
//! | `10-03` | that date |
//! | `E+39` | days after Easter Sunday, or before it with `-` |
//! | `mon>=09-01`, `wed<11-23` | the first such weekday from a date on, the last before it |
//! | `2027-02-06,2028-…` | those dates: what follows another calendar |
//! | `spring`, `autumn` | the equinox, in Japan |
//! | `10-12~ar` | a date that moves by a custom: `ar` to the nearest Monday, `nl` from Sunday to Saturday, `ie` to the first Monday unless it is a Friday |

use time::{Date, Duration, Month, Weekday};

/// When a holiday falls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Fixed(Month, u8),
    Moved(Month, u8, Custom),
    Easter(i64),
    From(Weekday, Month, u8),
    Before(Weekday, Month, u8),
    Listed(Vec<Date>),
    Spring,
    Autumn,
}

/// A custom by which a date moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Custom {
    Argentina,
    Ireland,
    Netherlands,
}

impl Rule {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "spring" => return Some(Self::Spring),
            "autumn" => return Some(Self::Autumn),
            _ => {}
        }
        if let Some(days) = text.strip_prefix('E') {
            return days.parse().ok().map(Self::Easter);
        }
        if let Some((day, custom)) = text.split_once('~') {
            let (month, day) = month_day(day)?;
            let custom = match custom {
                "ar" => Custom::Argentina,
                "ie" => Custom::Ireland,
                "nl" => Custom::Netherlands,
                _ => return None,
            };
            return Some(Self::Moved(month, day, custom));
        }
        if let Some((name, day)) = text.split_once(">=") {
            let (month, day) = month_day(day)?;
            return Some(Self::From(weekday(name)?, month, day));
        }
        if let Some((name, day)) = text.split_once('<') {
            let (month, day) = month_day(day)?;
            return Some(Self::Before(weekday(name)?, month, day));
        }
        if let Some((month, day)) = month_day(text) {
            return Some(Self::Fixed(month, day));
        }
        text.split(',').map(date).collect::<Option<_>>().map(Self::Listed)
    }

    /// Its dates in a year: one, where the rule knows it.
    pub fn dates(&self, year: i32) -> Vec<Date> {
        let on = |month: Month, day: u8| Date::from_calendar_date(year, month, day).ok();
        let found = match self {
            Self::Fixed(month, day) => on(*month, *day),
            Self::Moved(month, day, custom) => on(*month, *day).map(|date| custom.apply(date)),
            Self::Easter(days) => easter(year).and_then(|easter| easter.checked_add(Duration::days(*days))),
            Self::From(weekday, month, day) => on(*month, *day).map(|date| from(date, *weekday)),
            Self::Before(weekday, month, day) => {
                on(*month, *day).map(|date| from(date.saturating_sub(Duration::WEEK), *weekday))
            }
            Self::Listed(dates) => return dates.iter().copied().filter(|date| date.year() == year).collect(),
            Self::Spring => equinox(year, 20_843_100).and_then(|day| on(Month::March, day)),
            Self::Autumn => equinox(year, 23_248_800).and_then(|day| on(Month::September, day)),
        };
        found.into_iter().collect()
    }
}

impl Custom {
    fn apply(self, date: Date) -> Date {
        let days = match (self, date.weekday()) {
            (Self::Argentina, Weekday::Tuesday) | (Self::Netherlands, Weekday::Sunday) => -1,
            (Self::Argentina, Weekday::Wednesday) => -2,
            (Self::Argentina, Weekday::Thursday) => 4,
            (Self::Argentina, Weekday::Friday) => 3,
            (Self::Ireland, Weekday::Friday) => 0,
            (Self::Ireland, _) => return from(date, Weekday::Monday),
            _ => 0,
        };
        date.saturating_add(Duration::days(days))
    }
}

/// The first such weekday from a date on.
fn from(date: Date, weekday: Weekday) -> Date {
    let ahead = 7 + i64::from(weekday.number_days_from_monday())
        - i64::from(date.weekday().number_days_from_monday());
    date.saturating_add(Duration::days(ahead % 7))
}

/// Easter Sunday of the western churches, by the rule of Meeus, Jones and Butcher.
pub(super) fn easter(year: i32) -> Option<Date> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let corrected = (8 * century + 13) / 25;
    let moon = (19 * golden + century - century / 4 - corrected + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    let month = Month::try_from(u8::try_from(days / 31).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(days % 31 + 1).ok()?).ok()
}

/// The day of the month of an equinox in Japan, from that of 1980 in millionths; good for 1980 to 2099.
fn equinox(year: i32, in_1980: i64) -> Option<u8> {
    let years = i64::from(year) - 1980;
    if !(0..120).contains(&years) {
        return None;
    }
    u8::try_from((in_1980 + 242_194 * years) / 1_000_000 - years / 4).ok()
}

fn month_day(text: &str) -> Option<(Month, u8)> {
    let (month, day) = text.split_once('-')?;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    let day = day.parse().ok()?;
    // Of any year: a leap year has every date.
    Date::from_calendar_date(2000, month, day).ok().map(|_| (month, day))
}

fn date(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = month_day(rest)?;
    Date::from_calendar_date(year.parse().ok()?, month, day).ok()
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn easter_falls_where_the_almanacs_say() {
        for known in [
            date!(1961 - 04 - 02),
            date!(2000 - 04 - 23),
            date!(2008 - 03 - 23),
            date!(2011 - 04 - 24),
            date!(2019 - 04 - 21),
            date!(2024 - 03 - 31),
            date!(2025 - 04 - 20),
            date!(2027 - 03 - 28),
            date!(2038 - 04 - 25),
            date!(2049 - 04 - 18),
            date!(2076 - 04 - 19),
            date!(2285 - 03 - 22),
        ] {
            assert_eq!(easter(known.year()), Some(known));
        }
    }

    #[test]
    fn nonsense_is_no_rule() {
        for text in [
            "",
            "E",
            "Ex",
            "02-30",
            "13-01",
            "mon",
            "mon>=",
            "xyz<01-01",
            "01-01~xx",
            "2027-02-29",
            "2027-01-01,",
        ] {
            assert_eq!(Rule::parse(text), None, "{text}");
        }
        assert_eq!(Rule::parse("02-29").map(|rule| rule.dates(2027)), Some(Vec::new()), "not in every year");
    }
}
