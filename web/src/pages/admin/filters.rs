//! A search box, choices, and what is chosen as chips that can be taken away; all of it stands in the address.

use crate::components::{Button, Icon, date_input};
use crate::format::{Named, plain};
use crate::messages::admin;
use crate::nav::{Go, address};
use crate::pages::query;
use contract::date::parse;
use leptos::prelude::*;

/// One thing that a list can be narrowed by.
#[derive(Clone)]
pub struct Filter {
    /// In the address.
    pub name: &'static str,
    /// For people.
    pub label: &'static str,
    /// The words for "all of them"; without any there is no choice, only the chip.
    pub any: &'static str,
    pub options: Signal<Vec<Named>>,
    /// Whether it is a date.
    pub is_day: bool,
}

impl Filter {
    /// A choice among a few.
    pub fn choice(
        name: &'static str,
        label: &'static str,
        any: &'static str,
        options: Signal<Vec<Named>>,
    ) -> Self {
        Self { name, label, any, options, is_day: false }
    }

    /// Set by a link only.
    pub fn linked(name: &'static str, label: &'static str) -> Self {
        Self { name, label, any: "", options: Signal::stored(Vec::new()), is_day: false }
    }

    /// A date.
    pub fn day(name: &'static str, label: &'static str) -> Self {
        Self { is_day: true, ..Self::linked(name, label) }
    }

    fn shown(&self, value: &str) -> String {
        let named = self.options.with(|options| {
            options.iter().find(|option| option.code == value).map(|option| option.name.clone())
        });
        let day = Some(value).filter(|_| self.is_day).and_then(parse).map(plain);
        format!("{}: {}", self.label, day.or(named).unwrap_or_else(|| value.chars().take(24).collect()))
    }
}

/// A choice from words that stand fast.
pub fn fixed(options: &[(&str, &str)]) -> Signal<Vec<Named>> {
    let named = |(code, name): &(&str, &str)| Named { code: (*code).to_owned(), name: (*name).to_owned() };
    Signal::stored(options.iter().map(named).collect())
}

/// All values of a list's filters.
#[derive(Clone, Copy)]
pub struct Chosen {
    path: &'static str,
    go: Go,
    values: StoredValue<Vec<(&'static str, Memo<String>)>>,
}

impl Chosen {
    /// Reads the filters of the page at this path.
    pub fn of(path: &'static str, names: &[&'static str]) -> Self {
        let values = StoredValue::new(names.iter().map(|name| (*name, query(name))).collect());
        Self { path, go: Go::here(), values }
    }

    /// One of them, reactively.
    pub fn get(self, name: &str) -> String {
        self.values.with_value(|values| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.get()).unwrap_or_default()
        })
    }

    /// Sets one and keeps the others.
    fn set(self, name: &str, value: &str) {
        let all = self.values.with_value(|values| {
            let value_of = |(known, kept): &(&'static str, Memo<String>)| {
                (*known, if *known == name { value.to_owned() } else { kept.get_untracked() })
            };
            values.iter().map(value_of).collect::<Vec<_>>()
        });
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.go.turn(&address(self.path, &all));
    }
}

/// The bar above a list. `search` says what the search box looks for; without it there is none.
pub fn bar(chosen: Chosen, search: Option<&'static str>, filters: Vec<Filter>) -> AnyView {
    let text = admin();
    let words = RwSignal::new(untrack(|| chosen.get("q")));
    Effect::new(move |_| words.set(chosen.get("q")));
    let set = move |name: &'static str, value: &str| chosen.set(name, value);
    let search = search.map(|label| {
        view! {
            <form class="admin-search" role="search" on:submit=move |event| {
                event.prevent_default();
                set("q", words.get_untracked().trim());
            }>
                <div class="control">
                    <input type="search" aria-label=label placeholder=label autocomplete="off"
                        prop:value=move || words.get() on:input=move |event| words.set(event_target_value(&event)) />
                </div>
                <Button submit=true>{Icon::Search.draw()}<span class="hidden">{text.search}</span></Button>
            </form>
        }
    });
    let selects = filters.clone().into_iter().map(|filter| {
        let Filter { name, label, any, options, is_day } = filter;
        if is_day {
            return view! {
                <label class="admin-day">
                    <span>{label}</span>
                    <span class="control">
                        {date_input(None, None, Signal::stored(String::new()), Signal::derive(move || chosen.get(name)),
                            Callback::new(move |day: String| set(name, &day)))}
                    </span>
                </label>
            }
            .into_any();
        }
        if any.is_empty() {
            return ().into_any();
        }
        let draw = move |Named { code, name: words }: Named| {
            let mine = code.clone();
            view! { <option value=code selected=move || chosen.get(name) == mine>{words}</option> }
        };
        view! {
            <div class="control select">
                <select aria-label=label on:change=move |event| set(name, &event_target_value(&event))>
                    <option value="" selected=move || chosen.get(name).is_empty()>{any}</option>
                    {move || options.get().into_iter().map(draw).collect_view()}
                </select>
            </div>
        }
        .into_any()
    });
    let selects = selects.collect_view();
    let chips = move || {
        let chip = |filter: &Filter| {
            let (name, value) = (filter.name, chosen.get(filter.name));
            if value.is_empty() {
                return None;
            }
            let shown = filter.shown(&value);
            let label = (text.remove_filter)(&shown);
            Some(view! {
                <button type="button" class="chip" aria-label=label on:click=move |_| set(name, "")>
                    {shown}{Icon::Cross.draw()}
                </button>
            })
        };
        filters.iter().filter_map(chip).collect_view()
    };
    view! {
        <div class="admin-bar">{search}{selects}</div>
        <div class="chosen-chips">{chips}</div>
    }
    .into_any()
}
