//! What narrows the list further, and what does so already.

use super::wish::{Values, Wish, location};
use crate::browser;
use crate::categories;
use crate::components::{Icon, Select};
use crate::format::{Named, language, languages, money, plain};
use crate::messages::t;
use crate::nav::Go;
use leptos::prelude::*;

/// Limits that are offered, in minor units of a currency like the euro.
const PRICES: [i64; 4] = [2500, 5000, 10_000, 20_000];

/// How many times as many units the same is worth, roundly.
fn scale(currency: &str) -> i64 {
    match currency {
        "SEK" | "NOK" | "DKK" | "CZK" | "MXN" | "ZAR" | "UAH" | "KRW" => 10,
        "TRY" | "INR" | "THB" | "PHP" | "RUB" => 20,
        "HUF" => 200,
        _ => 1,
    }
}
const PLACES: [&str; 4] = ["provider", "customer", "phone", "online"];

/// Place, price and language; folded away until they are wanted.
#[component]
pub fn Filters(
    wish: Wish,
    /// In which currency prices are proposed.
    #[prop(into)]
    currency: Signal<String>,
) -> impl IntoView {
    let words = &t().find;
    let field = |name: &'static str| Signal::derive(move || wish.get().get(name).to_owned());
    let places = Signal::derive(|| {
        let named = |code: &str| {
            location(code)
                .map(|place| Named { code: code.to_owned(), name: (t().common.location)(place).to_owned() })
        };
        PLACES.into_iter().filter_map(named).collect::<Vec<_>>()
    });
    let prices = Signal::derive(move || {
        let named = |price: i64| Named {
            code: price.to_string(),
            name: (t().find.price_max)(&money(price, &currency.get())),
        };
        PRICES.map(|price| named(price * scale(&currency.get()))).to_vec()
    });
    view! {
        <div class="filters">
            <Filter wish=wish id="location" label=words.place value=field("location") options=places empty=words.any_place />
            <Filter wish=wish id="price" label=words.price value=field("price") options=prices empty=words.any_price currency=currency />
            <Filter wish=wish id="language" label=words.language value=field("language") options=Signal::derive(languages) empty=words.any_language />
        </div>
    }
    .into_any()
}

/// A choice that takes effect at once.
#[component]
fn Filter(
    wish: Wish,
    id: &'static str,
    label: &'static str,
    #[prop(into)] value: Signal<String>,
    options: Signal<Vec<Named>>,
    empty: &'static str,
    /// Goes into the address with the value.
    #[prop(optional, into)]
    currency: Signal<String>,
) -> impl IntoView {
    let go = Go::here();
    let chosen = RwSignal::new(value.get_untracked());
    Effect::new(move |_| chosen.set(value.get()));
    Effect::new(move |before: Option<()>| {
        let now = chosen.get();
        if before.is_some() && now != value.get_untracked() {
            let mut values = wish.now().with(&[(id, &now)]);
            if id == "price" {
                let code = if now.is_empty() { String::new() } else { currency.get_untracked() };
                values = values.with(&[("currency", &code)]);
            }
            go.turn(&values.path());
        }
    });
    view! { <Select id=id label=label value=chosen options=options empty=empty /> }.into_any()
}

/// What narrows the list, each with a way to drop it.
#[component]
pub fn Narrowed(wish: Wish) -> impl IntoView {
    let (words, go) = (&t().find, Go::here());
    let chips = move || {
        let values = wish.get();
        let all = named(&values);
        let clear =
            (all.len() > 1).then(|| view! { <li><a class="chip-clear" href="/">{words.clear}</a></li> });
        let chips = all.into_iter().map(|(names, text)| {
            let cleared: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).collect();
            // What somebody typed stands in quotation marks already.
            let named = if *names == ["q"] { values.get("q") } else { &text };
            let (path, label) = (values.with(&cleared).path(), (words.remove)(named));
            let drop = move |_| {
                go.turn(&path);
                // The button goes, and with it the focus.
                browser::focus_soon("results".to_owned());
            };
            view! { <li><button type="button" class="chip removable" aria-label=label on:click=drop>{text}{Icon::Cross.draw()}</button></li> }
        });
        (values.narrows()).then(
            || view! { <ul class="narrowed" aria-label=words.narrowed_by>{chips.collect_view()}{clear}</ul> },
        )
    };
    chips.into_any()
}

/// The values that narrow, in words, with their names in the address.
pub fn named(values: &Values) -> Vec<(&'static [&'static str], String)> {
    let words = &t().find;
    let text = |name: &str| Some(values.get(name).to_owned()).filter(|value| !value.is_empty());
    let currency = text("currency").unwrap_or_else(|| "EUR".to_owned());
    [
        text("q").map(|q| (&["q"] as &[_], (words.quoted)(&q))),
        text("category").map(|slug| (&["category"] as &[_], categories::name(&slug))),
        text("city").map(|city| (&["city"] as &[_], city)),
        values.day().map(|day| (&["date"] as &[_], plain(day))),
        values.location().map(|place| (&["location"] as &[_], (t().common.location)(place).to_owned())),
        values
            .price()
            .map(|price| (&["price", "currency"] as &[_], (words.price_max)(&money(price, &currency)))),
        text("language").map(|tag| (&["language"] as &[_], language(&tag))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
