//! What can be done with an empty stretch or a whole day: book somebody in, or keep it free.

use super::facts::Facts;
use super::later::Opened;
use super::retime::{hhmm, input, stretch};
use super::{Board, Sheet};
use crate::calendar::start_near;
use crate::components::{Button, Check, Dialog, FormMessage, Icon, Toasts};
use crate::form::Form;
use crate::format::{day_heading, instant, iso, time, utc, wall};
use crate::messages::{days_words, t};
use crate::nav::address;
use crate::pages::dashboard::day::{self, What, Whole};
use crate::pages::dashboard::stranded::{newly, stranded};
use crate::remote::Load;
use contract::problem::Code;
use contract::schedules::{CreateTimeOff, ScheduleChange};
use contract::services::Service;
use leptos::prelude::*;
use time::{Duration, Time};

/// The dialog, shown while a day or a time is chosen.
pub fn draw(board: Board) -> AnyView {
    let open = RwSignal::new(false);
    let last = RwSignal::new(None::<Sheet>);
    let on_change = Callback::new(move |()| super::refresh(board));
    Effect::new(move |_| {
        if let Some(sheet) = board.sheet.get() {
            last.set(Some(sheet));
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            board.sheet.set(None);
        }
    });
    let title = move || {
        last.get().map_or_else(String::new, |sheet| {
            let day = day_heading(sheet.date);
            let zone = board.place.zone_name();
            sheet.at.map_or_else(|| day.clone(), |at| format!("{day}, {}", time(instant(at), &zone)))
        })
    };
    // What others change meanwhile must not take away what is typed, or the result of what was done.
    let known = Memo::new(move |_| matches!(board.facts.get(), Load::Ready(_)));
    view! {
        <Dialog id="agenda-sheet" title=Signal::derive(title) open=open>
            {move || {
                let facts = known.get().then(|| untrack(|| board.facts.value())).flatten();
                last.get().zip(facts).map(|(sheet, facts)| super::later::sheet((board, sheet, facts, open, on_change)))
            }}
        </Dialog>
    }
    .into_any()
}

/// What is in it.
pub fn content((board, sheet, facts, open, on_change): Opened) -> AnyView {
    let chosen = RwSignal::new(None);
    (move || match chosen.get() {
        None => begin(board, sheet, &facts, open, chosen),
        Some(first) => {
            day::form(Whole { own: board.own.get_value(), date: sheet.date, open, on_change, first })
        }
    })
    .into_any()
}

/// What can be done, before one of it is chosen that takes its place.
fn begin(
    board: Board,
    sheet: Sheet,
    facts: &Facts,
    open: RwSignal<bool>,
    chosen: RwSignal<Option<What>>,
) -> AnyView {
    let text = &t().agenda;
    let links = facts.offered().map(|service| book_link(board, sheet, facts, service)).collect_view();
    // What concerns a whole day is offered where one was chosen, and has not passed.
    let whole =
        (sheet.at.is_none() && sheet.date >= untrack(|| board.place.today.get())).then(|| day::ways(chosen));
    view! {
        <section class="sheet-part" aria-labelledby="sheet-book">
            <h3 id="sheet-book">{text.new_here}</h3>
            <ul class="sheet-services">{links}</ul>
        </section>
        <Block board=board sheet=sheet open=open />
        {whole}
    }
    .into_any()
}

/// To the booking page for a service, at the time of the press where the service can begin about then.
fn book_link(board: Board, sheet: Sheet, facts: &Facts, service: &Service) -> AnyView {
    let length = i64::from(service.duration_minutes) * 60;
    let step = service.slot_step_minutes.map_or(length, |minutes| i64::from(minutes) * 60);
    let windows = board.place.zone.with_value(|zone| facts.windows(zone, sheet.date));
    let start = sheet.at.and_then(|at| start_near(&windows, step, length, at)).map(instant);
    let (id, date) = (service.id.to_string(), iso(sheet.date));
    let at = start.map(utc).unwrap_or_default();
    let href = address(&board.place.below("/book"), &[("service", &id), ("date", &date), ("start", &at)]);
    let zone = board.place.zone_name();
    let at = start.map(|start| format!("{} · ", time(start, &zone)));
    view! {
        <li><a class="sheet-service" href=href>
            <span><b>{service.name.clone()}</b> <span class="facts">{at}{(t().common.duration)(service.duration_minutes)}</span></span>
            {Icon::Right.draw()}
        </a></li>
    }
    .into_any()
}

/// What is proposed of a day that is not kept free as a whole.
const USUAL: [Time; 2] = [time::macros::time!(9:00), time::macros::time!(17:00)];

/// Time in which nobody can book.
#[component]
fn Block(board: Board, sheet: Sheet, open: RwSignal<bool>) -> impl IntoView {
    let text = &t().agenda;
    let zone = board.place.zone_name();
    let named = sheet.at.map(|at| [instant(at), instant(at) + Duration::HOUR]);
    let [first, last] = named.map_or(USUAL, |times| times.map(|at| wall(at, &zone).time()));
    let whole = RwSignal::new(sheet.at.is_none());
    let for_day = sheet
        .at
        .is_none()
        .then(|| view! { <Check id="block-whole" label=days_words().button value=whole /> });
    let (from, until) = (RwSignal::new(hhmm(first)), RwSignal::new(hhmm(last)));
    let note = RwSignal::new(String::new());
    let left = RwSignal::new(Vec::new());
    let (form, toasts) = (Form::new(), Toasts::here());
    let (api, id) = board.own.with_value(|own| (own.api, own.provider.id));
    let Board { facts, place, .. } = board;
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let (first, last) = if whole.get_untracked() {
            (hhmm(Time::MIDNIGHT), hhmm(Time::MIDNIGHT))
        } else {
            (from.get_untracked(), until.get_untracked())
        };
        let times = stretch(&iso(sheet.date), &first, &last, &zone);
        let (Some((start_at, end_at)), Some(known)) = (times, untrack(|| facts.value())) else { return };
        let version = known.schedule.version;
        let body = CreateTimeOff { start_at, end_at, note: note.get_untracked() };
        let done = move |change: ScheduleChange| {
            let schedule = change.schedule;
            let made = schedule.time_off.iter().find(|off| off.start_at == start_at && off.end_at == end_at);
            let undo = made.map(|off| (off.id, schedule.version));
            facts.set(known.changed(schedule, place.today.get_untracked()));
            // What is stranded is read before the dialog is closed.
            let now_outside = newly(change.stranded, &change.newly_stranded);
            if now_outside.is_empty() {
                open.set(false);
            }
            left.set(now_outside);
            let Some((made, version)) = undo else { return toasts.say(text.blocked) };
            toasts.offer(text.blocked, text.unblock, move || {
                leptos::task::spawn_local(async move {
                    let freed = api.delete_time_off(id, version, made).await;
                    match (freed, facts.try_value()) {
                        (Ok(change), Some(known)) => {
                            facts.set(known.changed(change.schedule, place.today.get_untracked()));
                            toasts.say(text.unblocked);
                        }
                        (Ok(_), None) => toasts.say(text.unblocked),
                        (Err(error), _) => toasts.warn(error.sentence()),
                    }
                });
            });
        };
        form.send_or(api.create_time_off(id, version, body), done, move |error| {
            // The hours were changed elsewhere: with what stands there now, the next try works.
            if error.code() == Some(Code::VersionMismatch) {
                facts.refresh();
            }
            form.fail(error);
        });
    };
    let own_zone = board.place.zone_name();
    let told = move || left.with(|left| stranded(id, &own_zone, left));
    view! {
        <div role="status" on:click=move |_| open.set(false)>{told}</div>
        <form class="form sheet-part" hidden=move || left.with(|left| !left.is_empty()) on:submit=send aria-labelledby="sheet-block">
            <h3 id="sheet-block">{text.block}</h3>
            {for_day}
            <div class="retime-row">
                {move || (!whole.get()).then(|| view! {
                    {input("block-from", "time", text.block_from, from.into(), move |value| from.set(value))}
                    {input("block-until", "time", text.block_until, until.into(), move |value| until.set(value))}
                })}
                <div class="field">
                    <label for="block-note">{text.block_note}</label>
                    <div class="control"><input id="block-note" maxlength="200" prop:value=note on:input=move |event| note.set(event_target_value(&event)) /></div>
                </div>
            </div>
            <FormMessage form=form />
            <div class="actions"><Button submit=true busy=form.busy()>{text.block_yes}</Button><span class="hint">{text.block_text}</span></div>
        </form>
    }
    .into_any()
}
