//! The hours of every week, saved together.

use super::ask_which;
use super::days::DayRows;
use super::editing::Editing;
use super::state::Book;
use crate::components::{Button, FormMessage, Kind};
use crate::form::Form;
use crate::later::show;
use crate::messages::t;
use crate::unsaved;
use contract::schedules::PutWeeklyHours;
use leptos::prelude::*;

/// The seven days.
#[component]
pub fn Week(book: Book) -> impl IntoView {
    let text = &t().hours;
    let form = Form::new();
    let provider = book.provider;
    let stored = move || book.schedule.with(|schedule| schedule.weekly.clone());
    let editing =
        book.schedule.with_untracked(|schedule| Editing::begin(provider, schedule, untrack(stored)));
    let (days, restored) = (editing.days, editing.restored);
    Effect::new(move |_| book.schedule.with(|schedule| editing.follow(schedule)));
    let changed = Memo::new(move |_| stored() != days.weekly());
    Effect::new(move |_| {
        if changed.get() {
            editing.keep();
        } else {
            // There is nothing left to choose between.
            editing.keep_mine();
            editing.forget();
            restored.set(false);
        }
    });
    unsaved::watch(move || changed.try_get_untracked() == Some(true), move || editing.forget());
    // Said beside the button: a note at the edge of the window would cover the days.
    let saved = RwSignal::new(false);
    Effect::new(move |_| {
        if changed.get() {
            saved.set(false);
        }
    });
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let body = PutWeeklyHours { weekly: untrack(|| days.weekly()) };
        book.send(form, book.api.put_weekly(provider, editing.version(), body), move || {
            // The server puts them in order.
            days.set(&untrack(stored));
            saved.set(true);
        });
    };
    let discard = Callback::new(move |()| {
        form.clear();
        days.set(&untrack(stored));
    });
    let usual = move |_| {
        for rows in days.0.iter().take(5) {
            rows.set([("09:00".to_owned(), "17:00".to_owned())]);
        }
    };
    let notice = move || {
        let empty = days.weekly().is_empty().then(|| {
            view! {
                <div class="notice">
                    <p>{text.empty_text}</p>
                    <button type="button" class="button" on:click=usual>{text.usual}</button>
                </div>
            }
        });
        let is_plain = restored.get() && !editing.is_undecided();
        let again = is_plain.then(|| view! { <p class="notice">{text.restored}</p> });
        (empty, again)
    };
    let sum = move || (text.worked_a_week)(days.total());
    view! {
        <section class="card" aria-labelledby="weekly">
            <div class="section-head">
                <h2 id="weekly">{text.weekly}</h2>
                <p class="week-sum" role="status">{sum}</p>
            </div>
            {notice}
            {move || editing.is_undecided().then(|| show(ask_which, editing, || ().into_any()))}
            <form novalidate=true on:submit=save>
                <DayRows days=days form=form />
                <FormMessage form=form />
                <div class="actions save-bar" class:unsaved=move || changed.get()>
                    <Button kind=Kind::Primary submit=true busy=form.busy() disabled=Signal::derive(move || !changed.get() || editing.is_undecided())>{text.save}</Button>
                    {move || changed.get().then(|| view! { <Button kind=Kind::Quiet on_press=discard>{text.discard}</Button> })}
                    <span class="muted" role="status">{move || if changed.get() { Some(text.unsaved) } else { saved.get().then_some(text.saved) }}</span>
                </div>
            </form>
        </section>
    }
    .into_any()
}
