//! The steps with much in them come in a file of their own.

use super::{Progress, hours, preview};
use crate::components::skeleton_rows;
use crate::later::{later, show};
use crate::pages::dashboard::frame::Own;
use crate::pages::dashboard::stranded::stranded;
use crate::remote::Remote;
use contract::bookings::Booking;
use leptos::prelude::*;
use uuid::Uuid;

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

later!(later: stranded_part((Uuid, String, Vec<Booking>)) = |(provider, zone, left)| {
    stranded(provider, &zone, &left).into_any()
});

/// The bookings that a change of the profile left outside the hours, if any.
pub fn left_outside(provider: Uuid, zone: &str, left: Vec<Booking>) -> Option<AnyView> {
    let shown = || show(stranded_part, (provider, zone.to_owned(), left.clone()), || ().into_any());
    (!left.is_empty()).then(shown)
}

/// The step of the hours.
pub fn hours(doing: Doing) -> AnyView {
    show(hours_part, doing, || skeleton_rows(5))
}

/// The step of the preview.
pub fn preview(doing: Doing) -> AnyView {
    show(preview_part, doing, || skeleton_rows(5))
}
