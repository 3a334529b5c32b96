//! The steps with much in them come in a file of their own.

use super::{Progress, hours, preview};
use crate::components::skeleton_rows;
use crate::later::{later, show};
use crate::pages::dashboard::frame::Own;
use crate::remote::Remote;
use leptos::prelude::*;

/// Whose page, what is done so far, and where to put what is done next.
#[derive(Clone)]
pub struct Doing {
    pub own: Own,
    pub known: Progress,
    pub progress: Remote<Progress>,
}

later!(later: hours_part(Doing) = |Doing { own, known, progress }| {
    view! { <hours::SetHours own=own known=known progress=progress /> }.into_any()
});
later!(later: preview_part(Doing) = |Doing { own, known, .. }| {
    view! { <preview::Preview own=own known=known /> }.into_any()
});

/// The step of the hours.
pub fn hours(doing: Doing) -> AnyView {
    show(hours_part, doing, || skeleton_rows(5))
}

/// The step of the preview.
pub fn preview(doing: Doing) -> AnyView {
    show(preview_part, doing, || skeleton_rows(5))
}
