//! The table of holidays beside an independent one.

use domain::holidays::{Holiday, countries, gaps, holidays, regions};
use std::collections::BTreeSet;
use time::macros::date;
use time::{Date, Month, Weekday};

/// Written once by another implementation; its first line says which.
const ORACLE: &str = include_str!("holidays.tsv");

fn written(list: &[Holiday]) -> BTreeSet<String> {
    let pick = |holiday: &Holiday| format!("{:02}-{:02}", u8::from(holiday.date.month()), holiday.date.day());
    list.iter().map(pick).collect()
}

fn read(year: i32, text: &str) -> Date {
    let (month, day) = text.split_once('-').unwrap();
    let month = Month::try_from(month.parse::<u8>().unwrap()).unwrap();
    Date::from_calendar_date(year, month, day.parse().unwrap()).unwrap()
}

#[test]
fn the_table_agrees_with_the_oracle() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for line in ORACLE.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [country, region, year, dates] = columns[..] else { panic!("{line}") };
        seen.insert(country);
        let number: i32 = year.parse().unwrap();
        let mut list = holidays(country, Some(region), number);
        let mut theirs: BTreeSet<String> = dates.split(' ').map(str::to_owned).collect();
        // The oracle leaves out Spain's holidays on a Sunday, and counts a commemoration on one in Italy. Australia's states
        // differ in whether a day in lieu replaces one at the weekend or adds to it.
        let skipped: &[Weekday] = match country {
            "ES" | "IT" => &[Weekday::Sunday],
            "AU" => &[Weekday::Saturday, Weekday::Sunday],
            _ => &[],
        };
        theirs.retain(|text| !skipped.contains(&read(number, text).weekday()));
        list.retain(|holiday| !skipped.contains(&holiday.date.weekday()));
        let ours = written(&list);
        if ours != theirs {
            let extra: Vec<_> = ours.difference(&theirs).collect();
            let missing: Vec<_> = theirs.difference(&ours).collect();
            wrong.push(format!("{country} {region} {year}: too many {extra:?}, missing {missing:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} lines differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), countries());
}

#[test]
fn a_country_is_told_whole_or_by_region() {
    let all = holidays("DE", None, 2027);
    let corpus_christi = all.iter().find(|holiday| holiday.date == date!(2027 - 05 - 27)).unwrap();
    assert_eq!((corpus_christi.name, corpus_christi.local_name), ("Corpus Christi", "Fronleichnam"));
    assert_eq!(corpus_christi.regions, ["BW", "BY", "HE", "NW", "RP", "SL"]);
    let berlin = holidays("DE", Some("BE"), 2027);
    assert!(berlin.iter().all(|holiday| holiday.regions.is_empty() || holiday.regions.contains(&"BE")));
    assert_eq!(berlin.len(), 10);
    assert!(regions("DE").contains(&"SN") && regions("AT").is_empty());
    assert!(holidays("XX", None, 2027).is_empty());
}

#[test]
fn a_day_in_place_of_one_at_the_weekend_says_so() {
    let list = holidays("GB", Some("ENG"), 2027);
    let free: Vec<_> = list.iter().filter(|holiday| holiday.observed).map(|holiday| holiday.date).collect();
    assert_eq!(free, [date!(2027 - 12 - 27), date!(2027 - 12 - 28)]);
    // New Year's Day 2028 is a Saturday.
    let american = holidays("US", None, 2027);
    assert!(american.iter().any(|holiday| holiday.date == date!(2027 - 12 - 31) && holiday.observed));
}

#[test]
fn gaps_are_told() {
    assert!(gaps("ES", 2027).regional && !gaps("ES", 2027).movable);
    assert!(!gaps("SG", 2027).movable && gaps("SG", 2028).movable);
    assert!(gaps("IN", 2027).movable);
    assert_eq!(gaps("DE", 2060), domain::holidays::Gaps::default());
}
