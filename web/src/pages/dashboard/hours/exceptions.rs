//! Dates that differ from the week.

use super::state::Book;
use super::windows::{Rows, WindowFields};
use crate::components::{Button, Choice, Dialog, Field, FormMessage, Icon, Kind};
use crate::form::Form;
use crate::format::{Named, iso, parse_date, plain, today};
use crate::messages::t;
use contract::schedules::{Exception, PutException, Window};
use leptos::prelude::*;

/// The dates, and a way to add one.
#[component]
pub fn Exceptions(book: Book) -> impl IntoView {
    let text = &t().hours;
    let form = Form::new();
    // The date being edited; an empty one is a new date.
    let editing = RwSignal::new(None::<Option<Exception>>);
    let list = move || book.schedule.with(|schedule| schedule.exceptions.clone());
    let rows = move || {
        list()
            .into_iter()
            .map(|exception| view! { <Row book=book form=form exception=exception editing=editing /> })
            .collect_view()
    };
    view! {
        <section class="card" aria-labelledby="exceptions">
            <h2 id="exceptions">{text.exceptions}</h2>
            <p class="muted">{text.exceptions_text}</p>
            <ul class="dated">{rows}</ul>
            {move || list().is_empty().then(|| view! { <p class="none">{text.exceptions_empty}</p> })}
            <FormMessage form=form />
            <div class="actions"><Button on_press=Callback::new(move |()| editing.set(Some(None)))>{Icon::Plus.draw()}{text.exception_add}</Button></div>
        </section>
        {move || editing.get().map(|exception| view! { <Edit book=book exception=exception close=Callback::new(move |()| editing.set(None)) /> })}
    }
    .into_any()
}

#[component]
fn Row(
    book: Book,
    form: Form,
    exception: Exception,
    editing: RwSignal<Option<Option<Exception>>>,
) -> impl IntoView {
    let text = &t().hours;
    let (date, name) = (exception.date, plain(exception.date));
    let hours = if exception.windows.is_empty() {
        text.closed.to_owned()
    } else {
        exception
            .windows
            .iter()
            .map(|window| format!("{}–{}", window.start, window.end))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let note = (!exception.note.is_empty()).then(|| format!(" · {}", exception.note));
    let removed = (text.exception_removed)(&name);
    let (edit_label, remove_label) = ((text.edit_exception)(&name), (text.remove_exception)(&name));
    let remove = move |_| {
        let removed = removed.clone();
        book.send(form, book.api.delete_exception(book.provider, book.version(), date), move || {
            book.toasts.say(removed)
        });
    };
    view! {
        <li>
            <p><b>{name}</b><br/><span class="muted">{hours}{note}</span></p>
            <button type="button" class="button quiet small" aria-label=edit_label on:click=move |_| editing.set(Some(Some(exception.clone())))>{t().common.edit}</button>
            <button type="button" class="button quiet icon-only" aria-label=remove_label on:click=remove>{Icon::Cross.draw()}</button>
        </li>
    }
    .into_any()
}

#[component]
fn Edit(book: Book, exception: Option<Exception>, close: Callback<()>) -> impl IntoView {
    let text = &t().hours;
    let (form, open) = (Form::new(), RwSignal::new(true));
    form.claim("/windows/");
    Effect::new(move |_| {
        if !open.get() {
            close.run(());
        }
    });
    let zone = book.schedule.with_untracked(|schedule| schedule.time_zone.clone());
    let known = exception.is_some();
    let date = RwSignal::new(exception.as_ref().map(|exception| iso(exception.date)).unwrap_or_default());
    let note = RwSignal::new(exception.as_ref().map(|exception| exception.note.clone()).unwrap_or_default());
    let windows = exception.map(|exception| exception.windows).unwrap_or_default();
    let kind = RwSignal::new(if windows.is_empty() { "closed" } else { "hours" }.to_owned());
    let rows = Rows::new(windows.into_iter().map(|window| (window.start, window.end)));
    let choose = Callback::new(move |chosen: String| {
        if chosen == "hours" && untrack(|| rows.len()) == 0 {
            rows.add();
        }
        kind.set(chosen);
    });
    let kinds = || {
        let option = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
        vec![option("closed", text.closed_that_day), option("hours", text.other_hours)]
    };
    let wrong = Callback::new(move |index: usize| {
        ["", "/start", "/end"].iter().find_map(|end| form.error_at(&format!("/windows/{index}{end}")))
    });
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.clear();
        let Some(day) = parse_date(&date.get_untracked()) else {
            return form.refuse("/date", t().problems.not_a_date);
        };
        let open_hours = kind.with_untracked(|kind| kind == "hours");
        let windows = if open_hours { untrack(|| rows.get()) } else { Vec::new() };
        let body = PutException {
            windows: windows.into_iter().map(|(start, end)| Window { start, end }).collect(),
            note: note.get_untracked().trim().to_owned(),
        };
        let saved = (text.exception_saved)(&plain(day));
        book.send(form, book.api.put_exception(book.provider, book.version(), day, body), move || {
            book.toasts.say(saved);
            open.set(false);
        });
    };
    let first = iso(today(&zone));
    view! {
        <Dialog id="exception-title" title=text.exception_title open=open>
            <form novalidate=true class="form" on:submit=save>
                <DateField id="exception-date" label=text.date value=date least=first.clone() fixed=known error=form.at("/date") />
                <Choice id="exception-kind" label=text.open_or_closed value=kind options=kinds() on_choose=choose />
                <div class="windows" hidden=move || kind.with(|kind| kind != "hours")>
                    <WindowFields name=text.date rows=rows wrong=wrong />
                    <Button kind=Kind::Quiet on_press=Callback::new(move |()| rows.add())>{Icon::Plus.draw()}{text.add}</Button>
                </div>
                <Field id="exception-note" label=text.note value=note hint=text.note_hint optional=true error=form.at("/note") />
                <FormMessage form=form />
                <div class="actions">
                    <Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.save}</Button>
                    <Button on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// A date, with the browser's own calendar.
#[component]
pub fn DateField(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    /// The first date that can be chosen.
    #[prop(into)]
    least: String,
    /// Whether it is known already.
    #[prop(optional)]
    fixed: bool,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="control">
                <input id=id type="date" min=least readonly=fixed aria-invalid=move || error.with(Option::is_some).then_some("true")
                    prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event)) />
            </div>
            <crate::components::FieldNotes id=id hint="" error=error />
        </div>
    }
    .into_any()
}
