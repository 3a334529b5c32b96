//! The steps with much in them come in files of their own.

use super::{Progress, hours, preview};
use crate::api::ApiError;
use crate::components::skeleton_rows;
use crate::pages::dashboard::frame::Own;
use crate::remote::Remote;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// Whose page, what is done so far, and where to put what is done next.
#[derive(Clone)]
pub struct Doing {
    pub own: Own,
    pub known: Progress,
    pub progress: Remote<Progress>,
}

type Draw = fn(Doing) -> AnyView;

#[wasm_split(later, fallible, wasm_split_path = leptos::wasm_split)]
fn hours_part() -> Result<Draw, SplitLoaderError> {
    Ok(|Doing { own, known, progress }| {
        view! { <hours::SetHours own=own known=known progress=progress /> }.into_any()
    })
}

#[wasm_split(later, fallible, wasm_split_path = leptos::wasm_split)]
fn preview_part() -> Result<Draw, SplitLoaderError> {
    Ok(|Doing { own, known, .. }| view! { <preview::Preview own=own known=known /> }.into_any())
}

/// The step of the hours.
pub fn hours(doing: Doing) -> AnyView {
    let part = Remote::new(|| async { hours_part().await.map_err(|_| ApiError::lost()) });
    part.view(|| skeleton_rows(5), move |draw| draw(doing.clone()))
}

/// The step of the preview.
pub fn preview(doing: Doing) -> AnyView {
    let part = Remote::new(|| async { preview_part().await.map_err(|_| ApiError::lost()) });
    part.view(|| skeleton_rows(5), move |draw| draw(doing.clone()))
}
