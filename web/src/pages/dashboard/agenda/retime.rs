//! Another time, typed: whoever cannot or does not want to drag says it in a form.

use super::Board;
use crate::api::{BookingKey, Change};
use crate::components::{Button, FormMessage, Kind, Toasts};
use crate::form::Form;
use crate::format::{at_wall, iso, parse_date, wall, when};
use crate::messages::t;
use crate::pages::manage::{Side, refused_time, sentence};
use contract::bookings::Booking;
use contract::problem::Code;
use leptos::prelude::*;
use time::{OffsetDateTime, PrimitiveDateTime, Time};

/// `10:00`, as inputs want it.
pub fn hhmm(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A date and two times of its clock; an end at or before the start is on the next day.
pub fn stretch(date: &str, from: &str, until: &str, zone: &str) -> Option<(OffsetDateTime, OffsetDateTime)> {
    let clock = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        Time::from_hms(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0).ok()
    };
    let (date, from, until) = (parse_date(date)?, clock(from)?, clock(until)?);
    let last = if until <= from { date.next_day()? } else { date };
    let at = |date, time| at_wall(PrimitiveDateTime::new(date, time), zone);
    Some((at(date, from), at(last, until)))
}

/// The form.
#[component]
pub fn Retime(board: Board, booking: Booking, on_stop: Callback<()>) -> impl IntoView {
    let text = &t().agenda;
    let zone = booking.provider.time_zone.clone();
    let (start, end) = (wall(booking.start_at, &zone), wall(booking.end_at, &zone));
    let date = RwSignal::new(iso(start.date()));
    let (from, until) = (RwSignal::new(hhmm(start.time())), RwSignal::new(hhmm(end.time())));
    let (form, toasts) = (Form::new(), Toasts::here().about(booking.id));
    let length = booking.end_at - booking.start_at;
    // The length stays while only the start changes.
    let set_from = {
        let zone = zone.clone();
        move |value: String| {
            from.set(value);
            let times = stretch(&date.get_untracked(), &from.get_untracked(), "00:00", &zone);
            if let Some((start, _)) = times {
                until.set(hhmm(wall(start + length, &zone).time()));
            }
        }
    };
    let key = BookingKey::Session(board.own.with_value(|own| own.api));
    let (id, version) = (booking.id, booking.version);
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let times = stretch(&date.get_untracked(), &from.get_untracked(), &until.get_untracked(), &zone);
        let Some((start, end)) = times else { return };
        let zone = zone.clone();
        let moved = move |moved: Booking| {
            toasts.say((text.moved)(&when(moved.start_at, moved.end_at, &zone)));
            on_stop.try_run(());
            board.store.put(moved);
        };
        let call = key.clone().change(id, version, Change::Retime(start, end));
        form.send_or(call, moved, move |error| {
            if matches!(error.code(), Some(Code::VersionMismatch | Code::InvalidTransition)) {
                return board.store.look_again(id);
            }
            match refused_time(&error) {
                Some(_) => form.refuse("", &sentence(&error, Side::Provider)),
                None => form.fail(error),
            }
        });
    };
    crate::browser::focus_soon("retime-date".to_owned());
    view! {
        <form class="form retime" on:submit=send>
            <h3>{text.retime}</h3>
            <div class="retime-row">
                {input("retime-date", "date", text.retime_date, date.into(), move |value| date.set(value))}
                {input("retime-from", "time", text.retime_from, from.into(), set_from)}
                {input("retime-until", "time", text.retime_until, until.into(), move |value| until.set(value))}
            </div>
            <p class="hint">{text.retime_text}</p>
            <FormMessage form=form />
            <div class="actions">
                <Button kind=Kind::Primary submit=true busy=form.busy()>{text.retime_yes}</Button>
                <Button on_press=on_stop>{t().common.back}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// A date or a time.
pub fn input(
    id: &'static str,
    kind: &'static str,
    label: &'static str,
    value: Signal<String>,
    set: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="control">
                <input id=id type=kind required prop:value=value on:change=move |event| set(event_target_value(&event)) />
            </div>
        </div>
    }
    .into_any()
}
