//! The front door: search, categories, and providers with times to book at once.

mod cards;
mod filters;
mod listing;
mod results;
mod search;
mod wish;

use crate::components::Heading;
use crate::first::in_turn;
use crate::messages::home_words;
use leptos::prelude::*;
use wish::Wish;

/// `/`
#[component]
pub fn Home() -> impl IntoView {
    let wish = Wish::here();
    view! {
        <div class="page home">
            <div class="hero">
                <Heading text=home_words().title title=home_words().title />
                <p class="lead">{home_words().lead}</p>
            </div>
            {in_turn(move || view! { <search::SearchBar wish=wish /> }.into_any())}
            {in_turn(move || view! { <search::CategoryChips wish=wish /> }.into_any())}
            {in_turn(move || view! { <results::Results wish=wish /> }.into_any())}
        </div>
    }
    .into_any()
}
