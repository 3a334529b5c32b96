//! What, where and when; and the trades below.

use super::wish::Wish;
use crate::categories;
use crate::components::{Button, DayField, Icon, Kind, PlaceField};
use crate::format::today;
use crate::messages::{home_words, t};
use crate::nav::Go;
use crate::pages::viewer_zone;
use leptos::prelude::*;
use time::Date;

/// The search bar. A day or a proposed city takes effect at once, words when they are sent.
#[component]
pub fn SearchBar(wish: Wish) -> impl IntoView {
    let (what, place) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // Another filter leaves alone what is typed and not sent yet.
    for (name, field) in [("q", what), ("city", place)] {
        let wanted = Memo::new(move |_| wish.get().get(name).to_owned());
        Effect::new(move |_| field.set(wanted.get()));
    }
    let (go, zone) = (Go::here(), Signal::derive(viewer_zone));
    let typed = move || {
        let (what, place) = (what.get_untracked(), place.get_untracked());
        wish.now().with(&[("q", what.trim()), ("city", place.trim())])
    };
    let on_day = Callback::new(move |day: Option<Date>| {
        let day = day.map(crate::format::iso).unwrap_or_default();
        go.turn(&typed().with(&[("date", &day)]).path());
    });
    let text = home_words();
    view! {
        <form class="search" role="search" on:submit=move |event| { event.prevent_default(); go.turn(&typed().path()); }>
            <div class="field">
                <label for="what">{text.what}</label>
                <div class="control">
                    <input id="what" type="search" autocomplete="off" enterkeyhint="search" placeholder=text.what_hint
                        prop:value=move || what.get() on:input=move |event| what.set(event_target_value(&event)) />
                </div>
            </div>
            <PlaceField id="where" label=text.place placeholder=text.place_hint value=place on_choose=Callback::new(move |_| go.turn(&typed().path())) />
            <DayField id="when" label=t().find.when value=wish.day() on_choose=on_day zone=zone today=Signal::derive(move || today(&zone.get())) />
            <Button kind=Kind::Primary submit=true>{Icon::Search.draw()}{text.search}</Button>
        </form>
    }
    .into_any()
}

/// All trades that somebody offers.
#[component]
pub fn CategoryChips(wish: Wish) -> impl IntoView {
    let chip = move |slug: String, name: String| {
        let mine = slug.clone();
        let href = move || wish.get().with(&[("category", &slug)]).path();
        let current = move || (wish.get().get("category") == mine).then_some("true");
        view! { <li><a class="chip" href=href aria-current=current>{name}</a></li> }
    };
    // Chips are a shortcut: while they load or fail the page works without them.
    let chips = move || {
        let filled = categories::list()?.into_iter().filter(|category| category.providers > 0);
        Some(
            filled
                .map(|category| {
                    let name = categories::name_of(&category);
                    chip(category.slug, name)
                })
                .collect_view(),
        )
    };
    view! {
        <nav class="chips" aria-label=home_words().categories>
            <ul>{chip(String::new(), home_words().all.to_owned())}{chips}</ul>
        </nav>
    }
    .into_any()
}
