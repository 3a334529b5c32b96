//! Being away for a while, as a list.

use super::dates::Ask;
use super::state::Book;
use crate::components::{Button, FormMessage, Icon};
use crate::form::Form;
use crate::format::{moment, plain, wall};
use crate::messages::t;
use contract::schedules::TimeOff;
use leptos::prelude::*;
use time::{Duration, Time};

/// What is planned, and a way to add to it.
#[component]
pub fn TimeOffs(book: Book, ask: Callback<Ask>) -> impl IntoView {
    let text = &t().hours;
    let form = Form::new();
    let list = move || book.schedule.with(|schedule| schedule.time_off.clone());
    let rows = move || {
        let zone = book.schedule.with(|schedule| schedule.time_zone.clone());
        list().into_iter().map(|off| row(book, form, off, &zone)).collect_view()
    };
    view! {
        <section class="card" aria-labelledby="time-off">
            <h2 id="time-off">{text.time_off}</h2>
            <p class="muted">{text.time_off_text}</p>
            <ul class="dated">{rows}</ul>
            {move || list().is_empty().then(|| view! { <p class="none">{text.time_off_empty}</p> })}
            <FormMessage form=form />
            <div class="actions"><Button on_press=Callback::new(move |()| ask.run(Ask::off()))>{Icon::Plus.draw()}{text.time_off_add}</Button></div>
        </section>
    }
    .into_any()
}

/// Whole days as dates, anything else as moments.
pub fn range_in_words(off: &TimeOff, zone: &str) -> String {
    let (start, end) = (wall(off.start_at, zone), wall(off.end_at, zone));
    if start.time() != Time::MIDNIGHT || end.time() != Time::MIDNIGHT {
        return format!("{} – {}", moment(off.start_at, zone), moment(off.end_at, zone));
    }
    let last = end.date() - Duration::DAY;
    if start.date() == last { plain(last) } else { format!("{} – {}", plain(start.date()), plain(last)) }
}

fn row(book: Book, form: Form, off: TimeOff, zone: &str) -> AnyView {
    let text = &t().hours;
    let words = range_in_words(&off, zone);
    let (label, id) = ((text.remove_time_off)(&words), off.id);
    view! {
        <li>
            <p><b>{words}</b>{(!off.note.is_empty()).then(|| view! { <br/><span class="muted">{off.note.clone()}</span> })}</p>
            <button type="button" class="button quiet icon-only" aria-label=label on:click=move |_| book.remove_time_off(form, id)>{Icon::Cross.draw()}</button>
        </li>
    }
    .into_any()
}
