//! Who is touched, and what is to be done.

use super::{Whole, cancel, done, relocate};
use crate::api::ApiError;
use crate::browser;
use crate::calendar::{Clock, Span, windows};
use crate::components::{Choice, skeleton_lines};
use crate::form::Form;
use crate::format::{Named, ZoneClock, money, now};
use crate::messages::days_words;
use crate::remote::Remote;
use contract::bookings::Booking;
use contract::days::{Day, DayChange};
use contract::problem::Code;
use contract::schedules::Schedule;
use leptos::prelude::*;
use time::{Date, Duration};
use uuid::Uuid;

/// What was done, and how it can be taken back.
#[derive(Clone)]
pub(super) struct Outcome {
    pub change: DayChange,
    /// Where it went, where it was moved.
    pub moved: Option<relocate::Whither>,
}

/// What was chosen and typed, which stays while the day is looked at again.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    what: RwSignal<String>,
    /// A word to the clients.
    pub word: RwSignal<String>,
    /// Whether a day that is called off is closed.
    pub close: RwSignal<bool>,
    /// Where a day that is moved goes.
    pub place: relocate::Typed,
    /// Whether it was others than were shown.
    changed: RwSignal<bool>,
    /// Looks again, for it is others by now.
    pub again: Callback<()>,
}

/// What says that it was looked at again.
const CHANGED: &str = "day-changed";

/// The inside of the dialog.
pub(super) fn draw(whole: Whole) -> AnyView {
    let (api, id, date) = (whole.own.api, whole.own.provider.id, whole.date);
    let zone = StoredValue::new(ZoneClock(whole.own.provider.time_zone.clone()));
    let day = Remote::new(move || async move {
        let (day, schedule) = futures::join!(api.day(id, date), api.schedule(id).into_future());
        let schedule = schedule?;
        let today = zone.with_value(|zone| zone.wall(now().unix_timestamp()).date());
        let next = zone.with_value(|zone| next_open(&schedule, zone, date, today));
        Ok((day?, next))
    });
    let outcome = RwSignal::new(None::<Outcome>);
    let changed = RwSignal::new(false);
    let again = Callback::new(move |()| {
        changed.set(true);
        day.refresh();
    });
    let asked = Asked {
        what: RwSignal::new(whole.first.code().to_owned()),
        word: RwSignal::new(String::new()),
        close: RwSignal::new(true),
        place: relocate::Typed::new(),
        changed,
        again,
    };
    (move || match outcome.get() {
        Some(outcome) => done::draw(whole.clone(), outcome),
        None => {
            let whole = whole.clone();
            day.view(
                || skeleton_lines(3),
                move |(day, next)| choose(whole.clone(), asked, &day, next, outcome),
            )
        }
    })
    .into_any()
}

fn choose(whole: Whole, asked: Asked, day: &Day, next: Date, outcome: RwSignal<Option<Outcome>>) -> AnyView {
    let text = days_words();
    let Asked { what, changed, .. } = asked;
    let news = move || {
        changed.get().then(|| {
            // The button that was pressed is drawn anew.
            browser::focus_soon(CHANGED.to_owned());
            view! { <p id=CHANGED class="notice" tabindex="-1">{text.changed}</p> }
        })
    };
    if day.bookings.is_empty() {
        return view! { {news} <p class="muted">{text.nothing}</p> }.into_any();
    }
    let options = vec![
        Named { code: "cancel".to_owned(), name: text.cancel.to_owned() },
        Named { code: "move".to_owned(), name: text.relocate.to_owned() },
    ];
    let back = goes_back(&day.bookings);
    let ids: Vec<Uuid> = day.bookings.iter().map(|booking| booking.id).collect();
    let form = move || {
        if what.with(|what| what == "cancel") {
            cancel::draw(whole.clone(), asked, ids.clone(), back.clone(), outcome)
        } else {
            relocate::draw(whole.clone(), asked, ids.clone(), next, outcome)
        }
    };
    view! {
        {news}
        <p>{(text.touched)(day.bookings.len(), day.clients)}</p>
        {silent(&day.bookings)}
        <Choice id="day-what" label=text.what bare=true value=what options=options on_choose=Callback::new(move |code| what.set(code)) />
        {form}
    }
    .into_any()
}

/// Looks again where others are meant than were looked at; says what else is wrong.
pub(super) fn or_again(form: Form, again: Callback<()>, error: ApiError) {
    if error.code() == Some(Code::VersionMismatch) { again.run(()) } else { form.fail(error) }
}

/// What was paid for these bookings and would go back, in each currency; nothing where that is nothing.
fn goes_back(bookings: &[Booking]) -> Option<String> {
    let mut sums: Vec<(&str, i64)> = Vec::new();
    for booking in bookings {
        let kept = booking.money.kept_minor();
        match sums.iter_mut().find(|(currency, _)| *currency == booking.currency) {
            Some((_, sum)) => *sum += kept,
            None => sums.push((&booking.currency, kept)),
        }
    }
    let sums: Vec<String> =
        sums.into_iter().filter(|(_, sum)| *sum > 0).map(|(currency, sum)| money(sum, currency)).collect();
    (!sums.is_empty()).then(|| (days_words().goes_back)(&sums.join(" + ")))
}

/// How far ahead an open day is looked for.
const AHEAD: i64 = 60;

/// The next day with hours, and without time off over all of them; the next one where there is none.
fn next_open(schedule: &Schedule, zone: &ZoneClock, date: Date, today: Date) -> Date {
    let next = (date + Duration::DAY).max(today);
    let off = |window: &Span| {
        schedule
            .time_off
            .iter()
            .any(|off| Span::new(off.start_at.unix_timestamp(), off.end_at.unix_timestamp()).covers(*window))
    };
    let open = |day: &Date| windows(schedule, zone, *day).iter().any(|window| !off(window));
    (0..AHEAD).map(|day| next + Duration::days(day)).find(open).unwrap_or(next)
}

/// Those whom no mail reaches.
pub(super) fn silent(bookings: &[Booking]) -> Option<AnyView> {
    let names: Vec<String> = bookings
        .iter()
        .filter(|booking| booking.client.email.is_none())
        .map(|booking| match &booking.client.phone {
            Some(phone) => format!("{}, {phone}", booking.client.name),
            None => booking.client.name.clone(),
        })
        .collect();
    let rows = names.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    (!names.is_empty()).then(|| {
        view! { <div class="day-note"><p>{days_words().without_email}</p><ul>{rows}</ul></div> }.into_any()
    })
}
