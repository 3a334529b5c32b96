//! The hours beside the columns and the lines across them.

use super::{Grid, percent};
use crate::calendar::Row;
use crate::format::{bare_time, instant, offset_label, repeats, weekday_short};
use leptos::prelude::*;
use time::{Date, OffsetDateTime};

/// The hours, in the grid's zone and in another where one is wanted.
pub fn draw(grid: Grid, other: Signal<Option<String>>) -> AnyView {
    let own = move || hours(grid, &grid.zone.with_value(|zone| zone.0.clone()));
    let theirs = move || {
        other
            .get()
            .map(|zone| view! { <div class="tg-hours other" aria-hidden="true">{others(grid, &zone)}</div> })
    };
    view! { {theirs}<div class="tg-hours" aria-hidden="true">{own}</div> }.into_any()
}

fn hours(grid: Grid, zone: &str) -> AnyView {
    grid.axis.with(|axis| {
        let label = |row: &Row| {
            let at = instant(row.at);
            // An hour that comes twice says which one it is.
            let offset = row.twice.then(|| view! { <small>{offset_label(zone, at)}</small> });
            view! { <span style:top=percent(row.top, axis.height)>{bare_time(at, zone)}{offset}</span> }
        };
        axis.rows.iter().map(label).collect_view().into_any()
    })
}

/// The hours by other clocks. Where these change on other days than the grid's, a row is another hour there from some day on:
/// it says which.
fn others(grid: Grid, zone: &str) -> AnyView {
    grid.axis.with(|axis| {
        let runs_of = |row: &Row| {
            let hours = axis.columns.iter().filter_map(|column| {
                let at = column.instant(row.top);
                (column.place(at) == Some(row.top)).then(|| (column.date, hour_of(instant(at), zone)))
            });
            let mut runs: Vec<(Date, Date, Hour)> = Vec::new();
            for (date, hour) in hours {
                match runs.last_mut().filter(|(.., known)| *known == hour) {
                    Some((_, last, _)) => *last = date,
                    None => runs.push((date, date, hour)),
                }
            }
            runs
        };
        let said = |(hour, offset): &Hour| view! { {hour.clone()}{offset.clone().map(|offset| view! { " " <small>{offset}</small> })} };
        let label = |row: &Row| {
            let runs = runs_of(row);
            let usual = runs.first().map(|(.., hour)| said(hour));
            let others = runs.iter().skip(1);
            let others = others.map(|(first, last, hour)| view! { <small>{days(*first, *last)}" "{said(hour)}</small> });
            view! { <span style:top=percent(row.top, axis.height)>{usual}{others.collect_view()}</span> }
        };
        axis.rows.iter().map(label).collect_view().into_any()
    })
}

/// An hour by a clock. One that comes twice says which one it is.
type Hour = (String, Option<String>);

fn hour_of(at: OffsetDateTime, zone: &str) -> Hour {
    (bare_time(at, zone), repeats(at, zone).then(|| offset_label(zone, at)))
}

/// `Sun`, or `Fri–Sun`.
fn days(first: Date, last: Date) -> String {
    let [first_name, last_name] = [first, last].map(|date| weekday_short(date.weekday()));
    if first == last { first_name } else { format!("{first_name}–{last_name}") }
}

/// A line at each hour.
pub fn lines(grid: Grid) -> AnyView {
    let lines = move || {
        grid.axis.with(|axis| {
            let line = |row: &Row| view! { <div style:top=percent(row.top, axis.height)></div> };
            axis.rows.iter().map(line).collect_view()
        })
    };
    view! { <div class="tg-lines" aria-hidden="true">{lines}</div> }.into_any()
}
