//! Who was found, in which order, and the way on where nobody was.

use super::cards::{provider_card, skeleton};
use super::filters::{Filters, Narrowed, named};
use super::listing::Listing;
use super::wish::{Values, Wish};
use crate::api::Api;
use crate::browser;
use crate::categories;
use crate::components::{DateStrip, Empty, Icon, ShowMore, failure};
use crate::format::{plain, today};
use crate::messages::{home_words, t};
use crate::nav::Go;
use crate::pages::viewer_zone;
use contract::providers::{ProviderCard, ProviderQuery};
use leptos::prelude::*;
use time::Date;

/// How many cards are drawn before the browser has a say again; as many as the skeleton has.
const AT_ONCE: usize = 4;

/// The list for what is wanted.
#[component]
pub fn Results(wish: Wish) -> impl IntoView {
    let listing = Listing::start(&wish.now());
    Effect::new(move |_| listing.show(wish.get()));
    let heading = move || {
        let values = wish.get();
        let category = Some(values.get("category")).filter(|slug| !slug.is_empty());
        let category = category.map(categories::name).unwrap_or_default();
        (home_words().results)(&category, values.get("q"), values.get("city"))
    };
    Effect::new(move |_| {
        let values = wish.get();
        // The heading names the first three.
        let others = named(&values.with(&["q", "category", "city"].map(|name| (name, ""))));
        let names = [heading()].into_iter().chain(others.into_iter().map(|(_, name)| name));
        let title = if values.narrows() {
            names.collect::<Vec<_>>().join(", ")
        } else {
            home_words().title.to_owned()
        };
        browser::set_title(&(t().common.title)(&title));
    });
    let found = move || listing.total().filter(|total| *total > 0).map(t().find.found);
    let open = RwSignal::new(false);
    // The place's, which other filters do not change.
    let usual = Memo::new(move |before: Option<&(String, Option<String>)>| {
        let city = wish.get().get("city").to_owned();
        let known = before.filter(|(place, _)| *place == city).and_then(|(_, code)| code.clone());
        let code = known.or_else(|| listing.currency(&city));
        (city, code)
    });
    let currency = Memo::new(move |_| {
        let named = Some(wish.get().get("currency").to_owned()).filter(|code| !code.is_empty());
        named.or_else(|| usual.get().1).unwrap_or_else(|| "EUR".to_owned())
    });
    let zone = Signal::derive(viewer_zone);
    let go = Go::here();
    let has_day = Memo::new(move |_| wish.get().day().is_some());
    let strip = move || {
        has_day.get().then(|| {
            let (today, choose) = (Signal::derive(move || today(&zone.get())), Callback::new(move |day: Date| go.turn(&wish.on(Some(day)))));
            view! { <DateStrip id="day" label=t().find.day_strip chosen=wish.day() today=today on_choose=choose /> }
        })
    };
    view! {
        <section class="results" aria-labelledby="results">
            <div class="results-head">
                <div>
                    <h2 id="results" tabindex="-1">{heading}</h2>
                    <p class="muted" role="status">{found}</p>
                </div>
                <button type="button" class="button quiet" aria-expanded=move || open.get().to_string() aria-controls="filters"
                    on:click=move |_| open.update(|open| *open = !*open)>{Icon::Filter.draw()}{t().find.filters}</button>
                <SortBy wish=wish />
            </div>
            <div id="filters" hidden=move || !open.get()>
                {move || open.get().then(|| view! { <Filters wish=wish currency=currency /> })}
            </div>
            <Narrowed wish=wish />
            {strip}
            <Cards wish=wish listing=listing />
        </section>
    }
    .into_any()
}

#[component]
fn SortBy(wish: Wish) -> impl IntoView {
    let (words, go) = (&t().find, Go::here());
    let sorts = [("", words.sort_soonest), ("price", words.sort_price), ("name", words.sort_name)];
    let options = sorts.map(|(code, name)| {
        view! { <option value=code prop:selected=move || wish.get().get("sort") == code>{name}</option> }
    });
    view! {
        <div class="sort control select">
            <select aria-label=words.sort on:change=move |event| go.turn(&wish.now().with(&[("sort", &event_target_value(&event))]).path())>
                {options}
            </select>
        </div>
    }
    .into_any()
}

#[component]
fn Cards(wish: Wish, listing: Listing) -> impl IntoView {
    let zone = Memo::new(move |_| viewer_zone());
    let again = Callback::new(move |()| listing.load(wish.now()));
    let more = Callback::new(move |()| listing.more());
    // A few in each frame, so that the page answers in between; a list that is come back to stands there at once.
    let drawn = RwSignal::new(if untrack(|| listing.count()) > 0 { usize::MAX } else { AT_ONCE });
    let shown = Signal::derive(move || listing.count().min(drawn.get()));
    Effect::new(move |_| {
        if drawn.get() < listing.count() {
            request_animation_frame(move || {
                drawn.try_update(|drawn| *drawn += AT_ONCE);
            });
        }
    });
    // Who this is, and so in which zone times are shown, may be learnt after the list has arrived.
    let cards = move || {
        let zone = zone.get();
        let cards = listing.cards(drawn.get()).into_iter();
        cards.map(|card| (card, zone.clone())).collect::<Vec<_>>()
    };
    let key = |(card, zone): &(ProviderCard, String)| {
        let starts = card.next_slots.iter().map(|slot| slot.start_at.unix_timestamp().to_string());
        format!("{} {zone} {}", card.id, starts.collect::<Vec<_>>().join(" "))
    };
    let fruitless = Memo::new(move |_| listing.fruitless());
    let none_yet = Memo::new(move |_| listing.is_empty());
    let list = move || match none_yet.get() {
        None if listing.failed().is_some() => ().into_any(),
        None => skeleton(),
        Some(true) => (move || fruitless.get().as_ref().map(nobody)).into_any(),
        Some(false) => view! {
            <ul class="cards" aria-busy=move || listing.busy().get().then_some("true")>
                <For each=cards key=key let((card, zone))>{provider_card(card, &zone)}</For>
            </ul>
        }
        .into_any(),
    };
    view! {
        {list}
        {move || listing.failed().map(|error| failure(error, Some(again)))}
        <ShowMore rows=".cards > li" shown=shown more=Signal::derive(move || listing.has_more()) busy=listing.busy() on_press=more />
    }
    .into_any()
}

/// Nobody. Where nobody is in that city at all, no other day will do.
fn nobody(values: &Values) -> AnyView {
    let city = values.get("city").to_owned();
    if city.is_empty() {
        return fruitless(values);
    }
    let anybody = RwSignal::new(None::<bool>);
    let there = Values::default().with(&[("city", &city)]).question();
    leptos::task::spawn_local(async move {
        let answer = Api.providers(ProviderQuery { limit: Some(1), ..there }).await;
        // Where that cannot be learnt, what was asked for is to blame.
        anybody.try_set(Some(answer.map_or(true, |page| !page.items.is_empty())));
    });
    let values = values.clone();
    (move || match anybody.get() {
        None => ().into_any(),
        Some(true) => fruitless(&values),
        Some(false) => {
            let words = &t().find;
            let everywhere = values.with(&[("city", "")]).path();
            view! { <Empty title=(words.nobody_there)(&city) text=words.nobody_there_text><a class="button" href=everywhere>{words.look_everywhere}</a></Empty> }.into_any()
        }
    })
    .into_any()
}

/// What to change next.
fn fruitless(values: &Values) -> AnyView {
    let text = home_words();
    if let Some(day) = values.day() {
        let title = (t().find.none_that_day)(&plain(day));
        let every_day = values.with(&[("date", "")]).path();
        return view! { <Empty title=title text=text.empty_text><a class="button" href=every_day>{t().find.drop_day}</a></Empty> }.into_any();
    }
    let (title, words, action, href) = if values.narrows() {
        (text.empty_title, text.empty_text, text.empty_action, "/")
    } else {
        (text.none_title, text.none_text, text.none_action, "/dashboard/new")
    };
    view! { <Empty title=title text=words><a class="button" href=href>{action}</a></Empty> }.into_any()
}
