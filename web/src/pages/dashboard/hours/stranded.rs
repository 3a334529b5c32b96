use super::state::Book;
use crate::pages::dashboard::stranded::stranded;
use leptos::prelude::*;

/// What lies outside the hours since the last change, those that lay there before included.
#[component]
pub fn Stranded(book: Book) -> impl IntoView {
    let list = move || {
        let zone = book.schedule.with_untracked(|schedule| schedule.time_zone.clone());
        book.stranded.with(|left| stranded(book.provider, &zone, left))
    };
    view! { <div role="status">{list}</div> }.into_any()
}
