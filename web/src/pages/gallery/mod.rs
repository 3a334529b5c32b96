//! `/dev/components`: the tokens and every component in its states, for those who build the app. The server shows it while
//! developing only.

mod controls;
mod feedback;
mod grid;
mod lists;
mod time;
mod tokens;

use crate::components::Heading;
use crate::messages::gallery_words as words;
use leptos::prelude::*;

/// `/dev/components`
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <div class="page gallery">
            <Heading text=words().title />
            <tokens::Tokens />
            <controls::Controls />
            <time::Times />
            <grid::Grid />
            <lists::Lists />
            <feedback::Feedback />
        </div>
    }
    .into_any()
}

/// A part of the page.
fn section(title: &'static str, content: AnyView) -> AnyView {
    view! { <section class="gallery-section"><h2>{title}</h2><div class="gallery-items">{content}</div></section> }.into_any()
}

/// One component, with what it is called.
fn item(name: &'static str, content: AnyView) -> AnyView {
    view! { <div class="gallery-item"><h3>{name}</h3>{content}</div> }.into_any()
}
