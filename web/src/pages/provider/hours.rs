//! When the provider is there: the week, and the coming days that differ from it.

use crate::components::clock_note;
use crate::format::{clock, day_short, today, weekday_long};
use crate::messages::t;
use crate::pages::viewer_zone;
use contract::schedules::{Day, Exception, Schedule};
use leptos::prelude::*;
use time::{Date, Duration};

/// How far ahead days that differ are told.
const AHEAD: Duration = Duration::days(21);
/// How many of them at most.
const MOST: usize = 6;

pub fn draw(schedule: &Schedule) -> Option<AnyView> {
    let text = &t().provider;
    let today = today(&schedule.time_zone);
    let coming: Vec<&Exception> = schedule
        .exceptions
        .iter()
        .filter(|exception| exception.date >= today && exception.date <= today + AHEAD)
        .take(MOST)
        .collect();
    if schedule.weekly.is_empty() && coming.is_empty() {
        return None;
    }
    let week = Day::ALL.map(|day| {
        let is_today = day as u8 == today.weekday().number_days_from_monday();
        let differs = coming.iter().find(|exception| is_today && exception.date == today);
        let windows = match differs {
            Some(exception) => spans(exception.windows.iter().map(|window| (&window.start, &window.end))),
            None => spans(
                schedule
                    .weekly
                    .iter()
                    .filter(|window| window.day == day)
                    .map(|window| (&window.start, &window.end)),
            ),
        };
        row(weekday_long(day as u8), is_today.then_some(text.today), windows)
    });
    let dates = coming.iter().filter(|exception| exception.date != today).map(|exception| {
        let windows = spans(exception.windows.iter().map(|window| (&window.start, &window.end)));
        row(date_name(exception.date, &schedule.time_zone), None, windows)
    });
    let dates = dates.collect_view();
    let has_dates = coming.iter().any(|exception| exception.date != today);
    Some(
        view! {
            <section class="opening" aria-labelledby="opening">
                <h2 id="opening">{text.hours}</h2>
                {clock_note(&schedule.time_zone, &viewer_zone(), &[])}
                <table><tbody>{week.collect_view()}</tbody></table>
                {has_dates.then(|| view! { <h3>{text.differing}</h3><table><tbody>{dates}</tbody></table> })}
            </section>
        }
        .into_any(),
    )
}

fn date_name(date: Date, zone: &str) -> String {
    day_short(date, zone)
}

/// The stretches of a day as a clock shows them.
fn spans<'a>(windows: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<String> {
    let words = |(start, end): (&'a String, &'a String)| {
        // An end at the start is the same time of the next day.
        if start == end && start == "00:00" {
            t().provider.all_day.to_owned()
        } else {
            format!("{}–{}", clock(start), clock(end))
        }
    };
    windows.map(words).collect()
}

fn row(day: String, mark: Option<&'static str>, windows: Vec<String>) -> AnyView {
    let closed = windows.is_empty();
    let words = if closed { vec![t().provider.closed.to_owned()] } else { windows };
    view! {
        <tr class:today=mark.is_some() class:closed=closed>
            <th scope="row">{day}{mark.map(|mark| view! { " " <span class="mark">{mark}</span> })}</th>
            <td>{words.into_iter().map(|span| view! { <span>{span}</span> }).collect_view()}</td>
        </tr>
    }
    .into_any()
}
