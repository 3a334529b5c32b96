//! What is not on the first sight of the agenda: the month, the list, and what opens beside or above.

use super::{Board, Sheet, View, drawer, facts::Facts, list, month, sheet, shortcuts};
use crate::api::ApiError;
use crate::components::{Toasts, skeleton_lines, skeleton_rows};
use crate::later::{later, show, soon};
use crate::pages::dashboard::first_steps::FirstSteps;
use crate::pages::dashboard::frame::Own;
use leptos::prelude::*;
use uuid::Uuid;

/// A day or a time, what is known of it, whether the dialog is open, and who is told that a day was changed in it.
pub type Opened = (Board, Sheet, Facts, RwSignal<bool>, Callback<()>);

later!(agenda_later: month_part(Board) = month::draw);
later!(agenda_later: list_part(Board) = list::draw);
later!(agenda_later: keys_part(()) = shortcuts::list);
later!(agenda_later: steps_part(Own) = |own| view! { <FirstSteps own=own /> }.into_any());
later!(agenda_later: drawer_part((Board, Uuid)) = drawer::draw_booking);
later!(agenda_later: sheet_part(Opened) = sheet::content);

/// The month.
pub fn month(board: Board) -> AnyView {
    show(month_part, board, || super::skeleton(View::Month))
}

/// The list.
pub fn list(board: Board) -> AnyView {
    show(list_part, board, || skeleton_rows(5))
}

/// What a page still lacks that is not published.
pub fn steps(own: Own) -> AnyView {
    show(steps_part, own, || view! { <div class="card first-steps">{skeleton_lines(6)}</div> }.into_any())
}

/// The keys.
pub fn keys() -> AnyView {
    show(keys_part, (), || skeleton_lines(6))
}

/// A booking beside the agenda. Where the drawer cannot be had, it says so and is closed, so that it can be opened again.
pub fn drawer(board: Board, booking: Uuid) -> AnyView {
    let drawn = RwSignal::new_local(None::<fn((Board, Uuid)) -> AnyView>);
    let (place, toasts) = (board.place, Toasts::here());
    leptos::task::spawn_local(async move {
        match drawer_part().await {
            Ok(draw) => {
                drawn.try_set(Some(draw));
            }
            Err(_) if place.booking.try_get_untracked() == Some(Some(booking)) => {
                toasts.warn(ApiError::lost().sentence());
                place.show_booking(None);
            }
            Err(_) => {}
        }
    });
    (move || drawn.get().map(|draw| draw((board, booking)))).into_any()
}

/// What can be done with a day or a time.
pub fn sheet(opened: Opened) -> AnyView {
    show(sheet_part, opened, || skeleton_lines(4))
}

/// Has all of it at hand when somebody opens it.
pub fn prepare() {
    soon(drawer_part());
}
