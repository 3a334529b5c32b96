//! Who is touched, and what is to be done.

use super::{Whole, cancel, done, relocate};
use crate::components::{Choice, skeleton_lines};
use crate::format::Named;
use crate::messages::t;
use crate::remote::Remote;
use contract::bookings::Booking;
use contract::days::{Day, DayChange};
use leptos::prelude::*;

/// What was done, and how it can be taken back.
#[derive(Clone)]
pub(super) struct Outcome {
    pub change: DayChange,
    /// Where it went, where it was moved.
    pub moved: Option<relocate::Whither>,
}

/// The inside of the dialog.
pub(super) fn draw(whole: Whole) -> AnyView {
    let (api, id, date) = (whole.own.api, whole.own.provider.id, whole.date);
    let day = Remote::new(move || api.day(id, date));
    let outcome = RwSignal::new(None::<Outcome>);
    (move || match outcome.get() {
        Some(outcome) => done::draw(whole.clone(), outcome),
        None => {
            let whole = whole.clone();
            day.view(|| skeleton_lines(3), move |day| choose(whole.clone(), &day, outcome))
        }
    })
    .into_any()
}

fn choose(whole: Whole, day: &Day, outcome: RwSignal<Option<Outcome>>) -> AnyView {
    let text = &t().days;
    if day.bookings.is_empty() {
        return view! { <p class="muted">{text.nothing}</p> }.into_any();
    }
    let what = RwSignal::new("cancel".to_owned());
    let options = vec![
        Named { code: "cancel".to_owned(), name: text.cancel.to_owned() },
        Named { code: "move".to_owned(), name: text.relocate.to_owned() },
    ];
    let count = day.bookings.len();
    let form = move || {
        if what.with(|what| what == "cancel") {
            cancel::draw(whole.clone(), count, outcome)
        } else {
            relocate::draw(whole.clone(), count, outcome)
        }
    };
    view! {
        <p>{(text.touched)(count, day.clients)}</p>
        {silent(&day.bookings)}
        <Choice id="day-what" label=text.what bare=true value=what options=options on_choose=Callback::new(move |code| what.set(code)) />
        {form}
    }
    .into_any()
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
        view! { <div class="day-note"><p>{t().days.without_email}</p><ul>{rows}</ul></div> }.into_any()
    })
}
