//! The dates that differ from the week, as a list.

use super::dates::Ask;
use super::state::Book;
use super::year::hours_in_words;
use crate::components::{Button, FormMessage, Icon};
use crate::form::Form;
use crate::format::plain;
use crate::messages::t;
use contract::schedules::Exception;
use leptos::prelude::*;

/// The dates, and a way to add one.
#[component]
pub fn Exceptions(book: Book, ask: Callback<Ask>) -> impl IntoView {
    let text = &t().hours;
    let form = Form::new();
    let list = move || book.schedule.with(|schedule| schedule.exceptions.clone());
    let rows = move || {
        list()
            .into_iter()
            .map(|exception| view! { <Row book=book form=form exception=exception ask=ask /> })
            .collect_view()
    };
    let add = Callback::new(move |()| ask.run(Ask::some_day()));
    view! {
        <section class="card" aria-labelledby="exceptions">
            <h2 id="exceptions">{text.exceptions}</h2>
            <p class="muted">{text.exceptions_text}</p>
            <ul class="dated">{rows}</ul>
            {move || list().is_empty().then(|| view! { <p class="none">{text.exceptions_empty}</p> })}
            <FormMessage form=form />
            <div class="actions"><Button on_press=add>{Icon::Plus.draw()}{text.exception_add}</Button></div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(book: Book, form: Form, exception: Exception, ask: Callback<Ask>) -> impl IntoView {
    let text = &t().hours;
    let (date, name) = (exception.date, plain(exception.date));
    let hours = match hours_in_words(&exception.windows) {
        none if none.is_empty() => text.closed.to_owned(),
        hours => hours,
    };
    let note = (!exception.note.is_empty()).then(|| format!(" · {}", exception.note));
    let removed = (text.exception_removed)(&name);
    let (edit_label, remove_label) = ((text.edit_exception)(&name), (text.remove_exception)(&name));
    let remove = move |_| {
        let changes = vec![(date, None)];
        let (back, removed) = (book.opposite(&changes), removed.clone());
        book.send_at_once(
            form,
            |schedule| schedule.exceptions.retain(|exception| exception.date != date),
            book.apply(changes, book.version()),
            move || book.offer_undo(removed, move |version| book.apply(back.clone(), version)),
        );
    };
    view! {
        <li>
            <p><b>{name}</b><br/><span class="muted">{hours}{note}</span></p>
            <button type="button" class="button quiet small" aria-label=edit_label on:click=move |_| ask.run(Ask::days(date, date))>{t().common.edit}</button>
            <button type="button" class="button quiet icon-only" aria-label=remove_label on:click=remove>{Icon::Cross.draw()}</button>
        </li>
    }
    .into_any()
}
