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
use crate::messages::days_words;
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
    /// Something was changed; the result is still to be read.
    pub on_change: Callback<()>,
    /// What is proposed first.
    pub first: What,
}

later!(agenda_later: body(Whole) = ask::draw);

/// What is found by its id once it has taken the place of the buttons.
const FORM: &str = "day-form";

/// The ways to deal with a whole day, in words, in a dialog about that day.
pub fn ways(chosen: RwSignal<Option<What>>) -> AnyView {
    let text = days_words();
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

/// The buttons beside days and the one dialog behind them: it outlives a day whose bookings it takes away, so that the result
/// stays to be read.
#[derive(Clone, Copy)]
pub struct WholeDay {
    /// The day of which is spoken.
    date: RwSignal<Option<Date>>,
    open: RwSignal<bool>,
}

impl WholeDay {
    /// Closed.
    pub fn new() -> Self {
        Self { date: RwSignal::new(None), open: RwSignal::new(false) }
    }

    /// Whether the dialog is open, reactively.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    /// The button of a day.
    pub fn button(self, date: Date) -> AnyView {
        let Self { date: chosen, open } = self;
        let press = move |_| {
            chosen.set(Some(date));
            open.set(true);
        };
        let label = (days_words().button_named)(&day_heading(date));
        view! {
            <button type="button" class="button quiet icon-only whole-day" aria-haspopup="dialog" aria-label=label title=days_words().button on:click=press>{Icon::More.draw()}</button>
        }
        .into_any()
    }

    /// The dialog; `on_change` is told at once.
    pub fn dialog(self, own: Own, on_change: Callback<()>) -> AnyView {
        let Self { date: chosen, open } = self;
        Effect::new(move |was_open: Option<bool>| {
            let is_open = open.get();
            if was_open == Some(true) && !is_open {
                // The day may have gone, and its button with it.
                browser::focus_if_lost("main h1".to_owned());
            }
            is_open
        });
        let title = Signal::derive(move || chosen.get().map(day_heading).unwrap_or_default());
        let inside = move |date| {
            let whole = Whole { own: own.clone(), date, open, on_change, first: What::Cancel };
            show(body, whole, || skeleton_lines(3))
        };
        view! {
            <Dialog id="whole-day" title=title open=open>{
                let inside = inside.clone();
                move || chosen.get().map(inside.clone())
            }</Dialog>
        }
        .into_any()
    }
}
