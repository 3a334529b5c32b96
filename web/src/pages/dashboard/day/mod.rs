//! A whole day called off or moved. It is opened rarely, so what is in the dialog comes when it is asked for.

mod ask;
mod cancel;
mod done;
mod relocate;

use super::frame::Own;
use crate::components::{Dialog, Icon, skeleton_lines};
use crate::format::day_heading;
use crate::later::{later, show};
use crate::messages::t;
use leptos::prelude::*;
use time::Date;

/// What the dialog works with.
#[derive(Clone)]
pub(super) struct Whole {
    pub own: Own,
    pub date: Date,
    pub open: RwSignal<bool>,
    /// Something was changed.
    pub changed: RwSignal<bool>,
}

later!(agenda_later: body(Whole) = ask::draw);

/// The button beside a day, and the dialog behind it.
#[component]
pub fn WholeDay(own: Own, date: Date, on_change: Callback<()>) -> impl IntoView {
    let (open, changed) = (RwSignal::new(false), RwSignal::new(false));
    let press = move |_| open.set(true);
    Effect::new(move |_| {
        // The list is fetched anew once the dialog is closed, so that its result stays to be read.
        if !open.get() && changed.get_untracked() {
            changed.set(false);
            on_change.run(());
        }
    });
    let whole = Whole { own, date, open, changed };
    let label = (t().days.button_named)(&day_heading(date));
    view! {
        <button type="button" class="button quiet icon-only whole-day" aria-haspopup="dialog" aria-label=label title=t().days.button on:click=press>{Icon::More.draw()}</button>
        <Dialog id=format!("day-{}", crate::format::iso(date)) title=day_heading(date) open=open>
            {
                let whole = whole.clone();
                move || show(body, whole.clone(), || skeleton_lines(3))
            }
        </Dialog>
    }
    .into_any()
}
