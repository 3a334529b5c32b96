//! When: a usual week to begin with, and the editor to bend it.

use super::Progress;
use super::steps::Step;
use crate::components::{Button, FormMessage, Heading, Kind};
use crate::form::Form;
use crate::format::{now, zone_label};
use crate::messages::{t, welcome};
use crate::nav::Go;
use crate::pages::dashboard::frame::Own;
use crate::pages::dashboard::hours::{DayRows, Editing, rival};
use crate::remote::Remote;
use contract::schedules::{Day, PutWeeklyHours, WeeklyWindow};
use leptos::prelude::*;

/// The usual weeks, in the order of their names in the message catalogue.
fn usual(number: usize) -> Vec<WeeklyWindow> {
    let (days, stretches): (_, &[(&str, &str)]) = match number {
        0 => (0..5, &[("09:00", "17:00")]),
        1 => (0..5, &[("09:00", "12:00"), ("13:00", "17:00")]),
        2 => (0..5, &[("17:00", "21:00")]),
        3 => (5..7, &[("10:00", "16:00")]),
        _ => (0..7, &[("00:00", "00:00")]),
    };
    let day = |day: Day| {
        let window = move |(start, end): &(&str, &str)| WeeklyWindow {
            day,
            start: (*start).to_owned(),
            end: (*end).to_owned(),
        };
        stretches.iter().map(window)
    };
    Day::ALL[days].iter().copied().flat_map(day).collect()
}

/// The hours of the week.
#[component]
pub fn SetHours(own: Own, known: Progress, progress: Remote<Progress>) -> impl IntoView {
    let text = welcome();
    let (form, go) = (Form::new(), Go::here());
    let (api, id) = (own.api, own.provider.id);
    let stored = &known.schedule.weekly;
    let begin = if stored.is_empty() { usual(0) } else { stored.clone() };
    let editing = Editing::begin(id, &known.schedule, begin);
    let days = editing.days;
    let next = Step::Preview.path(id);
    Effect::new(move |before: Option<()>| {
        let _ = days.weekly();
        if before.is_some() {
            editing.keep();
        }
    });
    let submit = {
        let next = next.clone();
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let weekly = untrack(|| days.weekly());
            if editing.is_untouched() {
                editing.forget();
                return go.to(&next);
            }
            let (next, mut known) = (next.clone(), known.clone());
            form.send_or(
                api.put_weekly(id, editing.version(), PutWeeklyHours { weekly }),
                move |change| {
                    editing.forget();
                    known.schedule = change.schedule;
                    progress.set(known);
                    go.to(&next);
                },
                move |error| {
                    form.renew_with(error, api.schedule(id).into_future(), move |now| editing.follow(&now));
                },
            );
        }
    };
    let presets = text.presets.into_iter().enumerate().map(|(number, (name, hours))| {
        let chosen = Memo::new(move |_| days.weekly() == usual(number));
        view! {
            <label class="pick preset">
                <input type="radio" name="usual" prop:checked=move || chosen.get() on:change=move |_| days.set(&usual(number)) />
                <span><b>{name}</b><small>{hours}</small></span>
            </label>
        }
    });
    let lead = (text.hours_lead)(&zone_label(&own.provider.time_zone, now()));
    let sum = move || (t().hours.worked_a_week)(days.total());
    view! {
        <Heading text=text.hours_title />
        <p class="lead">{lead}</p>
        <form novalidate=true class="form card" on:submit=submit>
            <fieldset class="choice field">
                <legend>{text.begin_with}</legend>
                <div class="picks presets">{presets.collect_view()}</div>
            </fieldset>
            <div>
                <div class="section-head">
                    <h2>{t().hours.weekly}</h2>
                    <p class="week-sum" role="status">{sum}</p>
                </div>
                {move || editing.is_undecided().then(|| rival(editing))}
                <DayRows days=days form=form />
            </div>
            <FormMessage form=form />
            <div class="actions">
                <Button kind=Kind::Primary submit=true busy=form.busy() disabled=Signal::derive(move || editing.is_undecided())>{text.go_on}</Button>
                <a class="button quiet" href=next>{text.skip}</a>
            </div>
        </form>
    }
    .into_any()
}
