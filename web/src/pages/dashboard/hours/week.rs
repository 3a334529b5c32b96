//! The hours of every week, saved together.

use super::days::{DayRows, Days};
use super::draft;
use super::state::Book;
use crate::components::{Button, FormMessage, Kind};
use crate::form::Form;
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
    let days = Days::of(&untrack(stored));
    let kept = draft::recall(provider).filter(|kept| *kept != untrack(stored));
    let restored = RwSignal::new(kept.is_some());
    if let Some(kept) = kept {
        days.set(&kept);
    }
    Effect::new(move |before: Option<Vec<_>>| {
        let stored = stored();
        // Whoever changed it, what is typed here stays.
        if let Some(before) = before {
            days.follow(&before, &stored);
        }
        stored
    });
    let changed = Memo::new(move |_| stored() != days.weekly());
    Effect::new(move |_| {
        if changed.get() {
            draft::keep(provider, days.weekly());
        } else {
            draft::forget(provider);
            restored.set(false);
        }
    });
    unsaved::watch(move || changed.try_get_untracked() == Some(true), move || draft::forget(provider));
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
        book.send(form, book.api.put_weekly(provider, book.version(), body), move || {
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
        let again = restored.get().then(|| view! { <p class="notice">{text.restored}</p> });
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
            <form novalidate=true on:submit=save>
                <DayRows days=days form=form />
                <FormMessage form=form />
                <div class="actions save-bar" class:unsaved=move || changed.get()>
                    <Button kind=Kind::Primary submit=true busy=form.busy() disabled=Signal::derive(move || !changed.get())>{text.save}</Button>
                    {move || changed.get().then(|| view! { <Button kind=Kind::Quiet on_press=discard>{text.discard}</Button> })}
                    <span class="muted" role="status">{move || if changed.get() { Some(text.unsaved) } else { saved.get().then_some(text.saved) }}</span>
                </div>
            </form>
        </section>
    }
    .into_any()
}
