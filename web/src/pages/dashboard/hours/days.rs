//! The seven days, as rows with a ruler and fields, and what is common to them.

use super::copy::Copy;
use super::ruler::Ruler;
use super::stretch::{Stretch, total};
use super::windows::{Rows, WindowFields};
use crate::components::Icon;
use crate::form::Form;
use crate::messages::t;
use contract::schedules::{Day, WeeklyWindow};
use leptos::prelude::*;

/// The stretches of each day, Monday first.
#[derive(Clone, Copy)]
pub struct Days(pub [Rows; 7]);

impl Days {
    /// As they are stored.
    pub fn of(weekly: &[WeeklyWindow]) -> Self {
        Self(Day::ALL.map(|day| Rows::new(windows_of(weekly, day))))
    }

    /// Others in their place.
    pub fn set(self, weekly: &[WeeklyWindow]) {
        for (day, rows) in Day::ALL.into_iter().zip(self.0) {
            rows.set(windows_of(weekly, day));
        }
    }

    /// Takes over the days that were changed elsewhere, except those that were changed here as well.
    pub fn follow(self, seen: &[WeeklyWindow], now: &[WeeklyWindow]) {
        for (day, rows) in Day::ALL.into_iter().zip(self.0) {
            let (before, after) = (windows_of(seen, day), windows_of(now, day));
            if before != after && untrack(|| rows.get()) == before {
                rows.set(after);
            }
        }
    }

    /// What is typed, reactively.
    pub fn weekly(self) -> Vec<WeeklyWindow> {
        let windows = Day::ALL.into_iter().zip(self.0).flat_map(|(day, rows)| {
            rows.get().into_iter().map(move |(start, end)| WeeklyWindow { day, start, end })
        });
        windows.collect()
    }

    /// How many stretches the days before have: the server counts through the week.
    fn before(self, day: usize) -> usize {
        self.0.iter().take(day).map(|rows| rows.len()).sum()
    }

    /// Minutes of the whole week, reactively.
    pub fn total(self) -> u32 {
        self.0.iter().map(|rows| total_of(*rows)).sum()
    }
}

fn windows_of(weekly: &[WeeklyWindow], day: Day) -> Vec<(String, String)> {
    let own = weekly.iter().filter(|window| window.day == day);
    own.map(|window| (window.start.clone(), window.end.clone())).collect()
}

fn total_of(rows: Rows) -> u32 {
    let list: Vec<Stretch> = rows.stretches().into_iter().map(|(_, stretch)| stretch).collect();
    total(&list)
}

/// The rows of the week; `form` knows what is wrong with which.
#[component]
pub fn DayRows(days: Days, form: Form) -> impl IntoView {
    form.claim("/weekly/");
    let rows = Day::ALL.into_iter().enumerate().map(|(index, day)| {
        let wrong = Callback::new(move |window: usize| {
            let at = days.before(index) + window;
            ["", "/start", "/end"].iter().find_map(|end| form.error_at(&format!("/weekly/{at}{end}")))
        });
        view! { <DayRow day=day index=index days=days wrong=wrong /> }
    });
    view! {
        <div class="week">
            <div class="week-hours" aria-hidden="true">
                <span></span>
                <p>{(0..=24).step_by(3).map(|hour| view! { <span>{hour}</span> }).collect_view()}</p>
            </div>
            {rows.collect_view()}
        </div>
        <p class="hint week-hint">{t().hours.ruler_hint}</p>
    }
    .into_any()
}

#[component]
fn DayRow(day: Day, index: usize, days: Days, wrong: Callback<usize, Option<String>>) -> impl IntoView {
    let text = &t().hours;
    let name = (text.day)(day);
    let rows = days.0[index];
    let (before, after) = (days.0[(index + 6) % 7], days.0[(index + 1) % 7]);
    let add = format!("add-on-{index}");
    let sum = move || match total_of(rows) {
        0 => text.closed.to_owned(),
        minutes => (text.worked)(minutes),
    };
    view! {
        <div class="week-day" role="group" aria-label=name>
            <div class="day-name">
                <h3>{name}</h3>
                <p class="muted">{sum}</p>
            </div>
            <Ruler name=name rows=rows before=before after=after otherwise=add.clone() />
            <div class="windows"><WindowFields name=name rows=rows wrong=wrong /></div>
            <div class="day-tools">
                <button type="button" id=add class="button quiet icon-only" aria-label=(text.add_window)(name) title=text.add on:click=move |_| rows.add()>
                    {Icon::Plus.draw()}
                </button>
                <Copy days=days from=index />
            </div>
        </div>
    }
    .into_any()
}
