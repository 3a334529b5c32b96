//! What came of it.

use super::Whole;
use super::ask::{Outcome, silent};
use super::relocate::Whither;
use crate::components::{Button, FormMessage, Kind, Toasts};
use crate::form::Form;
use crate::format::{day_heading, time_range, wall};
use crate::messages::{days_words, t};
use crate::pages::dashboard::stranded::stranded;
use contract::bookings::Booking;
use contract::days::{Kept, MoveDay};
use leptos::prelude::*;
use time::Duration;
use uuid::Uuid;

/// Those that stay, with their reason.
pub(super) fn kept_rows(kept: &[Kept], zone: &str) -> AnyView {
    let row = |kept: &Kept| {
        let (booking, why) = (&kept.booking, (t().manage.why)(&kept.reason, &kept.message));
        let when = time_range(booking.start_at, booking.end_at, zone);
        view! { <li><b>{when}</b>" "{booking.client.name.clone()}<span class="muted">{why}</span></li> }
    };
    view! { <ul class="day-kept">{kept.iter().map(row).collect_view()}</ul> }.into_any()
}

pub(super) fn draw(whole: Whole, outcome: Outcome) -> AnyView {
    let text = days_words();
    let Outcome { change, moved } = outcome;
    let zone = &whole.own.provider.time_zone;
    let count = change.changed.len();
    let what = match moved {
        None => (text.cancelled)(count),
        Some(Whither::Date(date)) => (text.moved_to)(count, &day_heading(date)),
        Some(Whither::Minutes(_)) => (text.moved)(count),
    };
    let told = count > change.without_email as usize;
    let kept = (!change.kept.is_empty()).then(|| {
        view! { <div class="day-note"><p>{(text.kept)(change.kept.len())}</p>{kept_rows(&change.kept, zone)}</div> }
    });
    // Those that an earlier change stranded lie on other days.
    let on_the_day = |booking: &&Booking| {
        let last = booking.end_at - Duration::SECOND;
        (wall(booking.start_at, zone).date()..=wall(last, zone).date()).contains(&change.date)
    };
    let left: Vec<Booking> = change.stranded.iter().filter(on_the_day).cloned().collect();
    let left = stranded(whole.own.provider.id, zone, &left);
    let form = Form::new();
    let open = whole.open;
    // A day that was closed meanwhile would refuse them.
    let back = moved.filter(|_| !change.closed && count > 0).map(|whither| {
        let ids: Vec<Uuid> = change.changed.iter().map(|booking| booking.id).collect();
        let (whole, toasts, key) = (whole.clone(), Toasts::here(), Uuid::new_v4().to_string());
        let on_change = whole.on_change;
        let undo = Callback::new(move |()| {
            let (from, to) = match whither {
                Whither::Date(date) => (date, Whither::Date(whole.date)),
                Whither::Minutes(minutes) => (whole.date, Whither::Minutes(-minutes)),
            };
            let body = MoveDay { booking_ids: Some(ids.clone()), ..to.wish() };
            form.send(whole.own.api.move_day(whole.own.provider.id, from, key.clone(), body), move |_| {
                toasts.say(if told {
                    format!("{} {}", text.moved_back, text.told)
                } else {
                    text.moved_back.to_owned()
                });
                open.try_set(false);
                on_change.try_run(());
            });
        });
        view! { <Button busy=form.busy() on_press=undo>{text.move_back}</Button> }
    });
    view! {
        <p class="day-done" role="status">{what}</p>
        {told.then(|| view! { <p>{text.told}</p> })}
        {change.closed.then(|| view! { <p>{text.closed}</p> })}
        <div on:click=move |_| open.set(false)>{left}</div>
        {silent(&change.changed)}
        {kept}
        <FormMessage form=form />
        <div class="actions">
            <Button kind=Kind::Primary on_press=Callback::new(move |()| open.set(false))>{text.finish}</Button>
            {back}
        </div>
    }
    .into_any()
}
