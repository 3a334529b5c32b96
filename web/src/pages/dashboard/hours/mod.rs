//! When the provider works: the week, dates that differ, time off.

mod copy;
mod dates;
mod days;
mod draft;
mod editing;
mod exceptions;
mod rival;
mod ruler;
mod state;
mod stranded;
mod stretch;
mod time_off;
mod week;
mod windows;
mod year;

pub use days::DayRows;
pub use editing::Editing;
pub use rival::rival;

use crate::components::skeleton_rows;
use crate::format::{now, today, zone_label};
use crate::later::{later, show, soon};
use crate::messages::t;
use crate::pages::dashboard::frame::{Part, frame, heading};
use crate::remote::Remote;
use contract::providers::Address;
use contract::schedules::Schedule;
use dates::Ask;
use leptos::prelude::*;
use state::Book;

later!(hours_later: ask_which(Editing) = rival);
later!(hours_later: edit_dates((Book, Ask, Callback<()>)) = dates::edit);

/// `/dashboard/{id}/hours`
#[component]
pub fn Hours() -> impl IntoView {
    frame(Part::Hours, |own| {
        let (api, id) = (own.api, own.provider.id);
        let schedule = Remote::of(move || api.schedule(id));
        let address = own.provider.address.clone();
        let title = heading(t().hours.title, &own.provider);
        let lead = (t().hours.lead)(&zone_label(&own.provider.time_zone, now()));
        view! {
            <div class="stack hours">
                <div>{title}<p class="muted">{lead}</p></div>
                {schedule.frame(|| skeleton_rows(7), move || match schedule.try_value() {
                    Some(known) => {
                        let book = Book::new(api, id, known);
                        // What was known from before gives way to the answer.
                        Effect::new(move |_| schedule.value().map(|now| book.hear(now)));
                        ready(book, address.clone())
                    }
                    None => ().into_any(),
                })}
            </div>
        }
        .into_any()
    })
}

fn ready(book: Book, address: Address) -> AnyView {
    let year =
        RwSignal::new(book.schedule.with_untracked(|schedule: &Schedule| today(&schedule.time_zone).year()));
    let asked = RwSignal::new(None::<Ask>);
    let ask = Callback::new(move |ask: Ask| asked.set(Some(ask)));
    let close = Callback::new(move |()| asked.set(None));
    soon(edit_dates());
    view! {
        <stranded::Stranded book=book />
        <week::Week book=book />
        <year::Year book=book year=year ask=ask address=address />
        <div class="hours-columns">
            <exceptions::Exceptions book=book ask=ask />
            <time_off::TimeOffs book=book ask=ask />
        </div>
        {move || asked.get().map(|ask| show(edit_dates, (book, ask, close), || ().into_any()))}
    }
    .into_any()
}
