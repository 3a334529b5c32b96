//! The hours of every week: seven rows, each with its stretches and the day as a bar.

use super::state::Book;
use super::windows::{Rows, WindowFields, minutes};
use crate::components::{Button, Dialog, FormMessage, Icon, Kind};
use crate::form::Form;
use crate::messages::t;
use contract::schedules::{Day, PutWeeklyHours, Schedule, WeeklyWindow};
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Days([Rows; 7]);

impl Days {
    fn of(schedule: &Schedule) -> Self {
        Self(Day::ALL.map(|day| Rows::new(windows_of(schedule, day))))
    }

    /// Back to what is stored.
    fn reset(self, schedule: &Schedule) {
        for (day, rows) in Day::ALL.into_iter().zip(self.0) {
            rows.set(windows_of(schedule, day));
        }
    }

    /// What is typed, reactively.
    fn weekly(self) -> Vec<WeeklyWindow> {
        let windows = Day::ALL.into_iter().zip(self.0).flat_map(|(day, rows)| {
            rows.get().into_iter().map(move |(start, end)| WeeklyWindow { day, start, end })
        });
        windows.collect()
    }

    /// How many stretches the days before have: the server counts through the week.
    fn before(self, day: usize) -> usize {
        self.0.iter().take(day).map(|rows| rows.len()).sum()
    }
}

fn windows_of(schedule: &Schedule, day: Day) -> Vec<(String, String)> {
    let own = schedule.weekly.iter().filter(|window| window.day == day);
    own.map(|window| (window.start.clone(), window.end.clone())).collect()
}

/// The seven days, saved together.
#[component]
pub fn Week(book: Book) -> impl IntoView {
    let text = &t().hours;
    let form = Form::new();
    form.claim("/weekly/");
    let days = book.schedule.with_untracked(Days::of);
    Effect::new(move |before: Option<()>| {
        book.schedule.with(|schedule| {
            if before.is_some() {
                days.reset(schedule);
            }
        });
    });
    let changed = Memo::new(move |_| book.schedule.with(|schedule| schedule.weekly.clone()) != days.weekly());
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let body = PutWeeklyHours { weekly: untrack(|| days.weekly()) };
        book.send(form, book.api.put_weekly(book.provider, book.version(), body), move || {
            book.toasts.say(text.saved)
        });
    };
    let usual = move |_| {
        for rows in days.0.iter().take(5) {
            rows.set([("09:00".to_owned(), "17:00".to_owned())]);
        }
    };
    let empty = move || {
        days.weekly().is_empty().then(|| {
            view! {
                <div class="notice">
                    <p>{text.empty_text}</p>
                    <button type="button" class="button" on:click=usual>{text.usual}</button>
                </div>
            }
        })
    };
    let copying = RwSignal::new(None::<usize>);
    let rows = Day::ALL.into_iter().enumerate().map(|(index, day)| {
        let wrong = Callback::new(move |window: usize| {
            let at = days.before(index) + window;
            ["", "/start", "/end"].iter().find_map(|end| form.error_at(&format!("/weekly/{at}{end}")))
        });
        view! { <DayRow day=day rows=days.0[index] wrong=wrong on_copy=Callback::new(move |()| copying.set(Some(index))) /> }
    });
    view! {
        <section class="card" aria-labelledby="weekly">
            <h2 id="weekly">{text.weekly}</h2>
            {empty}
            <form novalidate=true on:submit=save>
                <div class="week">{rows.collect_view()}</div>
                <FormMessage form=form />
                <div class="actions save-bar" class:unsaved=move || changed.get()>
                    <Button kind=Kind::Primary submit=true busy=form.busy() disabled=Signal::derive(move || !changed.get())>{text.save}</Button>
                    <span class="muted" role="status">{move || changed.get().then_some(text.unsaved)}</span>
                </div>
            </form>
        </section>
        {move || copying.get().map(|from| view! { <Copy days=days from=from close=Callback::new(move |()| copying.set(None)) /> })}
    }
    .into_any()
}

#[component]
fn DayRow(
    day: Day,
    rows: Rows,
    wrong: Callback<usize, Option<String>>,
    on_copy: Callback<()>,
) -> impl IntoView {
    let text = &t().hours;
    let name = (text.day)(day);
    let bars = move || {
        let bar = |(start, end): (String, String)| {
            let (start, end) = (minutes(&start)?, minutes(&end)?);
            // What spills into the next day is drawn up to midnight.
            let end = if end <= start { 1440 } else { end };
            Some(view! { <span style:left=share(start) style:width=share(end - start)></span> })
        };
        rows.get().into_iter().filter_map(bar).collect_view()
    };
    view! {
        <div class="week-day" role="group" aria-label=name>
            <h3>{name}</h3>
            <div class="windows">
                {move || (rows.len() == 0).then(|| view! { <p class="closed">{text.closed}</p> })}
                <WindowFields name=name rows=rows wrong=wrong />
            </div>
            <div class="ruler" aria-hidden="true">{bars}</div>
            <div class="day-tools">
                <button type="button" class="button quiet small" aria-label=(text.add_window)(name) on:click=move |_| rows.add()>
                    {Icon::Plus.draw()}{text.add}
                </button>
                <button type="button" class="button quiet small" aria-label=(text.copy)(name) on:click=move |_| on_copy.run(())>
                    {Icon::Copy.draw()}{text.copy_short}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// Minutes as a share of the day, to a tenth of a per cent.
fn share(minutes: u32) -> String {
    let tenths = minutes * 1000 / 1440;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Asks which days get the same hours.
#[component]
fn Copy(days: Days, from: usize, close: Callback<()>) -> impl IntoView {
    let text = &t().hours;
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            close.run(());
        }
    });
    let chosen = RwSignal::new([false; 7]);
    let name = (text.day)(Day::ALL[from]);
    let go = Callback::new(move |()| {
        let hours = untrack(|| days.0[from].get());
        for (index, wanted) in chosen.get_untracked().into_iter().enumerate() {
            if wanted {
                days.0[index].set(hours.clone());
            }
        }
        open.set(false);
    });
    let boxes = move || {
        Day::ALL.into_iter().enumerate().filter(|(index, _)| *index != from).map(|(index, day)| {
            let id = format!("copy-to-{index}");
            view! {
                <div class="check">
                    <input id=id.clone() type="checkbox" on:change=move |event| chosen.update(|chosen| chosen[index] = event_target_checked(&event)) />
                    <label for=id>{(text.day)(day)}</label>
                </div>
            }
        }).collect_view()
    };
    view! {
        <Dialog id="copy-title" title=(text.copy_title)(name) open=open>
            <div>{boxes()}</div>
            <div class="actions">
                <Button kind=Kind::Primary on_press=go>{text.copy_action}</Button>
                <Button on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
