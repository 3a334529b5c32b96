//! What of the agenda is opened rarely comes in files of its own: the month, and the picker of another time.

use super::{Board, month};
use crate::api::{ApiError, BookingKey};
use crate::components::skeleton_lines;
use crate::pages::manage::Mover;
use crate::remote::Remote;
use contract::bookings::Booking;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A booking to be moved, who asks, in which zone, and whom to tell how it ended.
type Moving = (Booking, BookingKey, String, Callback<Booking>, Callback<()>);

#[wasm_split(later, fallible, wasm_split_path = leptos::wasm_split)]
fn month_part() -> Result<fn(Board) -> AnyView, SplitLoaderError> {
    Ok(month::draw)
}

#[wasm_split(later, fallible, wasm_split_path = leptos::wasm_split)]
fn mover_part() -> Result<fn(Moving) -> AnyView, SplitLoaderError> {
    Ok(draw_mover)
}

fn draw_mover((booking, key, zone, on_moved, on_stop): Moving) -> AnyView {
    view! { <Mover booking=booking key=key zone=zone on_moved=on_moved on_stop=on_stop /> }.into_any()
}

/// The month.
pub fn month(board: Board) -> AnyView {
    let part = Remote::new(|| async { month_part().await.map_err(|_| ApiError::lost()) });
    part.view(super::skeleton, move |draw| draw(board))
}

/// The picker of another time.
pub fn mover(moving: Moving) -> AnyView {
    let part = Remote::new(|| async { mover_part().await.map_err(|_| ApiError::lost()) });
    part.view(|| skeleton_lines(4), move |draw| draw(moving.clone()))
}
