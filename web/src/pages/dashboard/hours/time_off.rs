//! Being away for a while.

use super::exceptions::DateField;
use super::state::Book;
use super::windows::{Rows, WindowFields};
use crate::components::{Button, Check, Dialog, Field, FormMessage, Icon, Kind};
use crate::form::Form;
use crate::format::{at_wall, iso, moment, parse_date, plain, today, wall};
use crate::messages::t;
use contract::schedules::{CreateTimeOff, TimeOff};
use leptos::prelude::*;
use time::{Duration, OffsetDateTime, Time};

/// What is planned, and a way to add to it.
#[component]
pub fn TimeOffs(book: Book) -> impl IntoView {
    let text = &t().hours;
    let (form, adding) = (Form::new(), RwSignal::new(false));
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
            <div class="actions"><Button on_press=Callback::new(move |()| adding.set(true))>{Icon::Plus.draw()}{text.time_off_add}</Button></div>
        </section>
        {move || adding.get().then(|| view! { <Add book=book open=adding /> })}
    }
    .into_any()
}

/// Whole days as dates, anything else as moments.
fn range_in_words(off: &TimeOff, zone: &str) -> String {
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
    let label = (text.remove_time_off)(&words);
    let id = off.id;
    let remove = move |_| {
        let call = book.api.delete_time_off(book.provider, book.version(), id);
        book.send(form, call, move || book.toasts.say(text.time_off_removed));
    };
    view! {
        <li>
            <p><b>{words}</b>{(!off.note.is_empty()).then(|| view! { <br/><span class="muted">{off.note.clone()}</span> })}</p>
            <button type="button" class="button quiet icon-only" aria-label=label on:click=remove>{Icon::Cross.draw()}</button>
        </li>
    }
    .into_any()
}

#[component]
fn Add(book: Book, open: RwSignal<bool>) -> impl IntoView {
    let text = &t().hours;
    let form = Form::new();
    let zone = StoredValue::new(book.schedule.with_untracked(|schedule| schedule.time_zone.clone()));
    let (first, last) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (whole, note) = (RwSignal::new(true), RwSignal::new(String::new()));
    let times = Rows::new([("09:00".to_owned(), "17:00".to_owned())]);
    let instants = move || -> Result<(OffsetDateTime, OffsetDateTime), &'static str> {
        let start = parse_date(&first.get_untracked()).ok_or("/start_at")?;
        // One day away is the usual case: the last day may stay empty.
        let end = match last.get_untracked().as_str() {
            "" => start,
            text => parse_date(text).ok_or("/end_at")?,
        };
        let at = |date: time::Date, time: Time| zone.with_value(|zone| at_wall(date.with_time(time), zone));
        if whole.get_untracked() {
            return Ok((at(start, Time::MIDNIGHT), at(end + Duration::DAY, Time::MIDNIGHT)));
        }
        let (from, until) = untrack(|| times.get()).into_iter().next().ok_or("/start_at")?;
        let clock = |text: &str, pointer| {
            let minutes = super::stretch::minutes(text).ok_or(pointer)?;
            Ok::<Time, &'static str>(Time::MIDNIGHT + Duration::minutes(i64::from(minutes)))
        };
        Ok((at(start, clock(&from, "/start_at")?), at(end, clock(&until, "/end_at")?)))
    };
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        form.clear();
        let (start_at, end_at) = match instants() {
            Ok((start, end)) if start < end => (start, end),
            Ok(_) => return form.refuse("/end_at", t().problems.end_before_start),
            Err(pointer) => return form.refuse(pointer, t().problems.not_a_date),
        };
        let body = CreateTimeOff { start_at, end_at, note: note.get_untracked().trim().to_owned() };
        book.send(form, book.api.create_time_off(book.provider, book.version(), body), move || {
            book.toasts.say(text.time_off_saved);
            open.set(false);
        });
    };
    let least = zone.with_value(|zone| iso(today(zone)));
    view! {
        <Dialog id="time-off-title" title=text.time_off_title open=open>
            <form novalidate=true class="form" on:submit=save>
                <div class="row">
                    <DateField id="first-day" label=text.first_day value=first least=least.clone() error=form.at("/start_at") />
                    <DateField id="last-day" label=text.last_day value=last least=least.clone() error=form.at("/end_at") />
                </div>
                <Check id="whole-days" label=text.whole_days value=whole />
                <div hidden=move || whole.get()><WindowFields name=text.time_off rows=times wrong=Callback::new(|_| None) /></div>
                <Field id="time-off-note" label=text.note value=note hint=text.note_hint optional=true error=form.at("/note") />
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
