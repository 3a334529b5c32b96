//! The front door: search, categories, and providers with times to book at once.

use super::{query, viewer_zone};
use crate::api::Api;
use crate::categories;
use crate::components::{Avatar, Bone, Button, Empty, Heading, Icon, Kind, PlaceField};
use crate::form::Form;
use crate::format::{day_short, iso, money, time, utc, wall};
use crate::messages::t;
use crate::nav::{Go, address};
use crate::remote::Remote;
use contract::providers::{ProviderCard, ProviderList, ProviderQuery};
use contract::slots::Slot;
use leptos::prelude::*;

const PAGE: u32 = 12;

/// `/`
#[component]
pub fn Home() -> impl IntoView {
    let (words, city, category) = (query("q"), query("city"), query("category"));
    let wanted = Memo::new(move |_| (words.get(), city.get(), category.get()));
    view! {
        <div class="page home">
            <div class="hero">
                <Heading text=t().home.title title=t().home.search />
                <p class="lead">{t().home.lead}</p>
            </div>
            <SearchBar words=words city=city category=category />
            <CategoryChips words=words city=city category=category />
            {move || {
                let (words, city, category) = wanted.get();
                view! { <Results words=words city=city category=category /> }
            }}
        </div>
    }
    .into_any()
}

#[component]
fn SearchBar(words: Memo<String>, city: Memo<String>, category: Memo<String>) -> impl IntoView {
    let (what, place) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| what.set(words.get()));
    Effect::new(move |_| place.set(city.get()));
    let go = Go::here();
    let search = move || {
        let (what, place) = (what.get_untracked(), place.get_untracked());
        go.tune(&address(
            "/",
            &[("q", what.trim()), ("city", place.trim()), ("category", &category.get_untracked())],
        ));
    };
    let text = &t().home;
    view! {
        <form class="search" role="search" on:submit=move |event| { event.prevent_default(); search(); }>
            <div class="field">
                <label for="what">{text.what}</label>
                <div class="control">
                    <input id="what" type="search" autocomplete="off" enterkeyhint="search" placeholder=text.what_hint
                        prop:value=move || what.get() on:input=move |event| what.set(event_target_value(&event)) />
                </div>
            </div>
            <PlaceField id="where" label=text.place placeholder=text.place_hint value=place on_choose=Callback::new(move |_| search()) />
            <Button kind=Kind::Primary submit=true>{Icon::Search.draw()}{text.search}</Button>
        </form>
    }
    .into_any()
}

#[component]
fn CategoryChips(words: Memo<String>, city: Memo<String>, category: Memo<String>) -> impl IntoView {
    let chip = move |slug: String, name: String| {
        let mine = slug.clone();
        let href = move || address("/", &[("q", &words.get()), ("city", &city.get()), ("category", &slug)]);
        let current = move || category.with(|category| *category == mine).then_some("true");
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
        <nav class="chips" aria-label=t().home.categories>
            <ul>{chip(String::new(), t().home.all.to_owned())}{chips}</ul>
        </nav>
    }
    .into_any()
}

/// The list for one search, growing page by page.
#[component]
fn Results(words: String, city: String, category: String) -> impl IntoView {
    let heading = {
        let (category, words, city) = (category.clone(), words.clone(), city.clone());
        move || {
            let category = if category.is_empty() { String::new() } else { categories::name(&category) };
            (t().home.results)(&category, &words, &city)
        }
    };
    let narrowed = !(words.is_empty() && city.is_empty() && category.is_empty());
    let given = |text: String| (!text.is_empty()).then_some(text);
    let wanted = ProviderQuery {
        category: given(category),
        city: given(city),
        q: given(words),
        cursor: None,
        limit: Some(PAGE),
        ..ProviderQuery::default()
    };
    let first = {
        let wanted = wanted.clone();
        Remote::new(move || Api.providers(wanted.clone()))
    };
    view! {
        <section aria-labelledby="results">
            <h2 id="results" class="results-head">{heading}</h2>
            {first.view(skeleton, move |page| {
                if page.items.is_empty() { nobody(narrowed) } else { view! { <Cards first=page wanted=wanted.clone() /> }.into_any() }
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Cards(first: ProviderList, wanted: ProviderQuery) -> impl IntoView {
    let cards = RwSignal::new(first.items);
    let cursor = RwSignal::new(first.next_cursor);
    let form = Form::new();
    let more = Callback::new(move |()| {
        let next = ProviderQuery { cursor: cursor.get_untracked(), ..wanted.clone() };
        form.send(Api.providers(next), move |page| {
            cards.update(|cards| cards.extend(page.items));
            cursor.set(page.next_cursor);
        });
    });
    let zone = viewer_zone();
    view! {
        <ul class="cards">
            <For each=move || cards.get() key=|card| card.id let(card)>{provider_card(card, &zone)}</For>
        </ul>
        <crate::components::FormMessage form=form />
        {move || cursor.with(Option::is_some).then(|| view! {
            <p class="more"><Button busy=form.busy() on_press=more>{t().common.load_more}</Button></p>
        })}
    }
    .into_any()
}

fn provider_card(card: ProviderCard, zone: &str) -> AnyView {
    let text = &t().home;
    let page = format!("/p/{}", card.slug);
    // Where something costs nothing, "from" would say too little about the rest.
    let price = card.price_from_minor.filter(|minor| *minor > 0);
    let price = price.map(|minor| (text.from_price)(&money(minor, &card.currency)));
    let (category, city) = (card.category.clone(), card.city.clone());
    let facts = move || {
        let city = Some(city.clone()).filter(|city| !city.is_empty());
        let facts = [Some(categories::name(&category)), city, price.clone()];
        facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let times = match (card.next_service_id, card.next_slots.is_empty()) {
        (Some(service), false) => {
            let service = format!("{page}/{service}");
            let slots = card
                .next_slots
                .iter()
                .take(3)
                .map(|slot| next_time(&card.name, &service, slot, zone))
                .collect_view();
            view! {
                <ul class="next-times" aria-label=(text.next_times)(&card.name)>
                    {slots}
                    <li><a class="all-times" href=service>{text.all_times}{Icon::Right.draw()}</a></li>
                </ul>
            }
            .into_any()
        }
        _ => view! { <p class="next-times none">{text.no_times}</p> }.into_any(),
    };
    view! {
        <li class="card provider-card">
            <Avatar url=card.portrait_url />
            <div class="who">
                <h3><a href=page>{card.name}</a></h3>
                <p>{card.headline}</p>
                <p class="facts">{facts}</p>
            </div>
            {times}
        </li>
    }
    .into_any()
}

/// A time that leads straight to the details.
fn next_time(name: &str, service: &str, slot: &Slot, zone: &str) -> AnyView {
    let date = wall(slot.start_at, zone).date();
    let (day, hour) = (day_short(date, zone), time(slot.start_at, zone));
    let href = address(service, &[("date", &iso(date)), ("start", &utc(slot.start_at))]);
    let label = (t().home.book_at)(name, &format!("{day}, {hour}"));
    view! { <li><a class="time" href=href aria-label=label><small>{day}</small>{hour}</a></li> }.into_any()
}

fn nobody(narrowed: bool) -> AnyView {
    let text = &t().home;
    let (title, words, action, href) = if narrowed {
        (text.empty_title, text.empty_text, text.empty_action, "/")
    } else {
        (text.none_title, text.none_text, text.none_action, "/dashboard")
    };
    view! { <Empty title=title text=words><a class="button" href=href>{action}</a></Empty> }.into_any()
}

fn skeleton() -> AnyView {
    let card = || {
        view! {
            <li class="card provider-card">
                <Bone class="square" />
                <div class="who"><Bone class="title" /><Bone class="long" /><Bone class="short" /></div>
                <div class="next-times"><Bone class="time" /><Bone class="time" /><Bone class="time" /></div>
            </li>
        }
    };
    view! { <ul class="cards skeleton" role="status" aria-label=t().common.loading>{(0..4).map(|_| card()).collect_view()}</ul> }.into_any()
}
