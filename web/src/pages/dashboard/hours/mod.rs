//! When the provider works: the week, dates that differ, time off.

mod copy;
mod days;
mod draft;
mod exceptions;
mod ruler;
mod state;
mod stranded;
mod stretch;
mod time_off;
mod week;
mod windows;

use crate::components::skeleton_rows;
use crate::messages::t;
use crate::pages::dashboard::frame::{Part, frame, heading};
use crate::remote::Remote;
use leptos::prelude::*;
use state::Book;

/// `/dashboard/{id}/hours`
#[component]
pub fn Hours() -> impl IntoView {
    frame(Part::Hours, |own| {
        let (api, id) = (own.api, own.provider.id);
        let schedule = Remote::new(move || api.schedule(id));
        let title = heading(t().hours.title, &own.provider);
        let lead = (t().hours.lead)(&own.provider.time_zone.replace('_', " "));
        view! {
            <div class="stack hours">
                <div>{title}<p class="muted">{lead}</p></div>
                {schedule.view(|| skeleton_rows(7), move |schedule| {
                    let book = Book::new(api, id, schedule);
                    view! {
                        <stranded::Stranded book=book />
                        <week::Week book=book />
                        <div class="hours-columns">
                            <exceptions::Exceptions book=book />
                            <time_off::TimeOffs book=book />
                        </div>
                    }.into_any()
                })}
            </div>
        }
        .into_any()
    })
}
