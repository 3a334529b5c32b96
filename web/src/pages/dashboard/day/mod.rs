//! A whole day called off or moved. It is opened rarely, so what is in the dialog comes when it is asked for.

mod ask;
mod cancel;
mod done;
mod relocate;

use super::frame::Own;
use crate::browser;
use crate::components::{Button, Dialog, Icon, skeleton_lines};
use crate::format::day_heading;
use crate::later::{later, show};
use crate::messages::t;
use leptos::prelude::*;
use time::Date;

/// What can be done with a whole day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum What {
    Cancel,
    Move,
}

impl What {
    /// Its name among the choices.
    fn code(self) -> &'static str {
        match self {
            What::Cancel => "cancel",
            What::Move => "move",
        }
    }
}

/// What the dialog works with.
#[derive(Clone)]
pub struct Whole {
    pub own: Own,
    pub date: Date,
    pub open: RwSignal<bool>,
    /// Something was changed.
    pub changed: RwSignal<bool>,
    /// What is proposed first.
    pub first: What,
}

later!(agenda_later: body(Whole) = ask::draw);

/// What is found by its id once it has taken the place of the buttons.
const FORM: &str = "day-form";

/// The ways to deal with a whole day, in words, in a dialog about that day.
pub fn ways(chosen: RwSignal<Option<What>>) -> AnyView {
    let text = &t().days;
    let way = |what: What, name: &'static str| {
        let press = Callback::new(move |()| {
            chosen.set(Some(what));
            // The button goes, and with it the focus.
            browser::focus_soon(FORM.to_owned());
        });
        view! { <Button on_press=press>{name}</Button> }
    };
    view! {
        <div class="sheet-part day-ways">{way(What::Move, text.move_day)}{way(What::Cancel, text.cancel_day)}</div>
    }
    .into_any()
}

/// What is asked about the day, in the dialog in which a way was chosen.
pub fn form(whole: Whole) -> AnyView {
    view! { <div id=FORM tabindex="-1">{show(body, whole, || skeleton_lines(3))}</div> }.into_any()
}

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
    let whole = Whole { own, date, open, changed, first: What::Cancel };
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
