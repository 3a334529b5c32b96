//! Public holidays of the provider's country, offered to be closed on.

use super::facts::Facts;
use super::regions::region_of;
use super::{dates_of, title_of};
use crate::api::Api;
use crate::browser;
use crate::components::{Button, Dialog, FormMessage, Kind, Select, skeleton_lines};
use crate::form::Form;
use crate::format::{Named, country, plain};
use crate::later::{later, show};
use crate::messages::{region, t, year_words};
use crate::pages::dashboard::hours::state::{Book, Change};
use crate::remote::{Load, Remote};
use contract::holidays::{Holiday, HolidayList, HolidayQuery};
use contract::providers::Address;
use contract::schedules::PutException;
use futures::future::OptionFuture;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use time::Date;

/// Of the regions that have a holiday, so many are named.
const NAMED: usize = 3;

/// Which holidays are looked at, and those there are.
#[derive(Clone, Copy)]
pub struct Holidays {
    country: RwSignal<String>,
    region: RwSignal<String>,
    list: Remote<HolidayList>,
    names: Memo<HashMap<Date, String>>,
    /// What gives a region its name, once it is here.
    naming: RwSignal<Option<Naming>>,
}

/// Names the region of a country.
type Naming = fn(&str, &str) -> String;

#[wasm_split(regions_later, fallible, wasm_split_path = leptos::wasm_split)]
fn naming() -> Result<Naming, SplitLoaderError> {
    Ok(region)
}

impl Holidays {
    /// Those of the year in view. Country and region are what was chosen here before, else those of the provider's place.
    pub fn of(book: Book, address: &Address, year: RwSignal<i32>, today: Date) -> Self {
        let name = format!("appointed.holidays.{}", book.provider);
        let kept = browser::recall(&name).unwrap_or_default();
        let (country, region) = match kept.split_once(' ').filter(|(known, _)| !known.is_empty()) {
            Some((country, region)) => (country.to_owned(), region.to_owned()),
            None => {
                let country = address.country.clone().unwrap_or_default();
                let region = region_of(&country, &address.city).unwrap_or_default().to_owned();
                (country, region)
            }
        };
        let (country, region) = (RwSignal::new(country), RwSignal::new(region));
        Effect::new(move |before: Option<()>| {
            let chosen = format!("{} {}", country.get(), region.get());
            if before.is_some() {
                browser::remember(&name, &chosen);
            }
        });
        // A region belongs to its country: that of another one is none, until somebody chooses.
        let place = Memo::new(move |before: Option<&(String, String)>| {
            let (country, region) = (country.get(), region.get());
            let is_left = before.is_some_and(|(was, of)| *was != country && *of == region);
            (country, if is_left { String::new() } else { region })
        });
        let list = Remote::new(move || {
            let (country, region) = place.get();
            let dates = dates_of(year.get(), today);
            let ask = move |year: i32| {
                let region = Some(region.clone()).filter(|region| !region.is_empty());
                // A country that nobody knows has no holidays; the answer says which are known.
                let country = if country.is_empty() { "XX".to_owned() } else { country.clone() };
                Api.holidays(HolidayQuery { country, region, year }).into_future()
            };
            let (first, last) = (dates.start().year(), dates.end().year());
            let next = OptionFuture::from((last > first).then(|| ask(last)));
            let first = ask(first);
            async move {
                let (list, next) = futures::join!(first, next);
                Ok(joined(list?, next.transpose()?, &dates))
            }
        });
        let names = Memo::new(move |_| {
            let all = region.with(|region| !region.is_empty());
            let items = list.value().map(|list: HolidayList| list.items).unwrap_or_default();
            let items = items.into_iter().filter(|day| all || day.nationwide);
            items.map(|day| (day.date, named(&day))).collect()
        });
        let known = RwSignal::new(None::<Naming>);
        Effect::new(move |_| {
            if region.with(|region| !region.is_empty()) && known.with_untracked(Option::is_none) {
                leptos::task::spawn_local(async move {
                    // Where the names cannot be had, a code is better than nothing.
                    let names = naming().await.unwrap_or(|_, code| code.to_owned());
                    known.try_set(Some(names));
                });
            }
        });
        Self { country, region, list, names, naming: known }
    }

    /// What the day is called there, reactively; those of single regions only where one is chosen.
    pub fn on(self, date: Date) -> Option<String> {
        self.names.with(|names| names.get(&date).cloned())
    }

    /// `Germany` or `Germany (Berlin)`; nothing until it has a name.
    fn place(self) -> Option<String> {
        let (code, region) = (self.country.get(), self.region.get());
        if region.is_empty() {
            return Some(country(&code));
        }
        let name = self.naming.get()?;
        Some(format!("{} ({})", country(&code), name(&code, &region)))
    }
}

/// Those of the dates in view, which may reach on into the next year.
fn joined(mut list: HolidayList, next: Option<HolidayList>, dates: &RangeInclusive<Date>) -> HolidayList {
    if let Some(next) = next {
        list.items.extend(next.items);
        list.lacks_regional |= next.lacks_regional;
        list.lacks_movable |= next.lacks_movable;
    }
    list.items.retain(|day| dates.contains(&day.date));
    list
}

/// How many there are, and a button to close on them.
#[component]
pub fn Offer(
    book: Book,
    holidays: Holidays,
    facts: Memo<Facts>,
    year: RwSignal<i32>,
    today: Date,
) -> impl IntoView {
    let text = year_words();
    let open = RwSignal::new(false);
    // How many there are to come, and on how many of them it is open.
    let counts = Memo::new(move |_| {
        let list = holidays.list.value()?;
        if !list.countries.contains(&holidays.country.get()) {
            return None;
        }
        let whole = holidays.region.with(String::is_empty);
        let coming = || list.items.iter().filter(|day| day.date >= today && (!whole || day.nationwide));
        let left = facts.with(|facts| coming().filter(|day| is_free(facts, day.date)).count());
        Some((coming().count(), left))
    });
    let words = move || match (counts.get(), holidays.place()) {
        (Some((number, left)), Some(place)) => {
            (text.holidays)(number, &place, &title_of(year.get(), today), left)
        }
        (None, _) if !matches!(holidays.list.get(), Load::Loading) => text.holidays_unknown.to_owned(),
        _ => text.looking_for_holidays.to_owned(),
    };
    // Where nothing is left to close on, another country or region may still be looked at.
    let done = move || counts.get().is_some_and(|(_, left)| left == 0);
    view! {
        <div class="holiday-offer">
            <p>{words}</p>
            <Button on_press=Callback::new(move |()| open.set(true))>{move || if done() { text.holidays_show } else { text.holidays_choose }}</Button>
        </div>
        {move || open.get().then(|| show(choosing, Choosing { book, holidays, facts, year, today, open }, || ().into_any()))}
    }
    .into_any()
}

/// What the day is called in the app's language: in English, or as people call it there where that is what they read.
fn named(day: &Holiday) -> String {
    if t().language == "en" { day.name.clone() } else { day.local_name.clone() }
}

/// What it is called there, where that is another name than the one shown.
fn beside(day: &Holiday) -> Option<String> {
    (day.local_name != named(day)).then(|| day.local_name.clone())
}

/// Whether closing on a day would change anything.
fn is_free(facts: &Facts, date: Date) -> bool {
    let mark = facts.mark(date);
    facts.is_open(date) && !mark.closed && !mark.away || mark.other
}

/// What is chosen from.
#[derive(Clone, Copy)]
struct Choosing {
    book: Book,
    holidays: Holidays,
    facts: Memo<Facts>,
    year: RwSignal<i32>,
    today: Date,
    open: RwSignal<bool>,
}

fn by_name(mut list: Vec<Named>) -> Vec<Named> {
    list.sort_by(|one, other| one.name.cmp(&other.name));
    list
}

later!(hours_later: choosing(Choosing) = choose);

fn choose(Choosing { book, holidays, facts, year, today, open }: Choosing) -> AnyView {
    let text = year_words();
    let form = Form::new();
    form.claim("/exceptions/");
    let chosen = RwSignal::new(HashSet::<Date>::new());
    let items = move || holidays.list.value().map(|list| list.items).unwrap_or_default();
    // All that change something are ticked at first; those of single regions only once a region is chosen.
    Effect::new(move |_| {
        let whole = holidays.region.with(String::is_empty);
        let facts = facts.get_untracked();
        let wanted = items().into_iter().filter(|day| !whole || day.nationwide).map(|day| day.date);
        chosen.set(wanted.filter(|date| *date >= today && is_free(&facts, *date)).collect());
    });
    let save = Callback::new(move |()| {
        let chosen = chosen.get_untracked();
        let days = untrack(items);
        let days = days.iter().filter(|day| chosen.contains(&day.date));
        let changes: Vec<Change> = days
            .map(|day| (day.date, Some(PutException { windows: Vec::new(), note: named(day) })))
            .collect();
        let said = (year_words().many_saved)(changes.len());
        book.change_dates(form, changes, said, move || {
            open.try_set(false);
        });
    });
    let countries = Signal::derive(move || {
        let known = holidays.list.value().map(|list| list.countries).unwrap_or_default();
        by_name(known.into_iter().map(|code| Named { name: country(&code), code }).collect())
    });
    let regions = Signal::derive(move || {
        let country = holidays.country.get();
        let known = holidays.list.value().map(|list| list.regions).unwrap_or_default();
        let name = |code: String| Named { name: region(&country, &code), code };
        by_name(known.into_iter().map(name).collect())
    });
    // A region belongs to its country.
    Effect::new(move |before: Option<String>| {
        let now = holidays.country.get();
        if before.is_some_and(|before| before != now) {
            holidays.region.set(String::new());
        }
        now
    });
    let row = move |day: Holiday| {
        let date = day.date;
        let id = format!("holiday-{}", crate::format::iso(date));
        let state = move || {
            let (mark, open) = facts.with(|facts| (facts.mark(date), facts.is_open(date)));
            if mark.closed {
                text.closed_already
            } else if mark.away {
                text.off_already
            } else if !open && !mark.other {
                text.week_closed
            } else {
                ""
            }
        };
        let handled = move || facts.with(|facts| facts.mark(date).closed);
        let ticked = move || chosen.with(|chosen| chosen.contains(&date)) || handled();
        let tick = move |event: web_sys::Event| {
            let wanted = event_target_checked(&event);
            chosen.update(|chosen| {
                if wanted {
                    chosen.insert(date);
                } else {
                    chosen.remove(&date);
                }
            });
        };
        let regions = (!day.nationwide && holidays.region.with_untracked(String::is_empty)).then(|| {
            let country = holidays.country.get_untracked();
            let shown = if day.regions.len() > NAMED + 1 { NAMED } else { day.regions.len() };
            let names = day.regions.iter().take(shown).map(|code| region(&country, code));
            (text.only_in)(&names.collect::<Vec<_>>(), day.regions.len() - shown)
        });
        view! {
            <li class="check">
                <input id=id.clone() type="checkbox" prop:checked=ticked disabled=handled on:change=tick />
                <label for=id><b>{plain(date)}</b> " " {named(&day)}<span class="muted">{beside(&day).map(|local| format!(" · {local}"))}{regions.map(|regions| format!(" · {regions}"))}</span></label>
                <span class="muted">{state}</span>
            </li>
        }
    };
    let list = move || match holidays.list.get() {
        Load::Loading => skeleton_lines(8),
        Load::Failed(error) => {
            crate::components::failure(error, Some(Callback::new(move |()| holidays.list.retry())))
        }
        Load::Ready(list) => {
            let lacks =
                [(list.lacks_regional, text.lacks_regional), (list.lacks_movable, text.lacks_movable)];
            let lacks = lacks
                .into_iter()
                .filter(|(lacks, _)| *lacks)
                .map(|(_, words)| view! { <p class="hint">{words}</p> });
            let coming: Vec<_> = list.items.into_iter().filter(|day| day.date >= today).map(row).collect();
            let place = holidays.place().filter(|_| coming.is_empty());
            let none = place
                .map(|place| view! { <p>{(text.holidays)(0, &place, &title_of(year.get(), today), 0)}</p> });
            view! { <ul class="holidays">{coming}</ul>{none}{lacks.collect_view()} }.into_any()
        }
    };
    let count = move || chosen.with(HashSet::len);
    view! {
        <Dialog id="holidays-title" title=Signal::derive(move || (text.holidays_title)(&title_of(year.get(), today))) open=open>
            <div class="form">
                <div class="row">
                    <Select id="holiday-country" label=text.country value=holidays.country options=countries empty=t().dashboard.choose />
                    <Select id="holiday-region" label=text.region_label value=holidays.region options=regions empty=text.all_regions />
                </div>
                {list}
                <FormMessage form=form />
                <div class="actions">
                    <Button kind=Kind::Primary busy=form.busy() disabled=Signal::derive(move || count() == 0) on_press=save>{move || (text.close_on)(count())}</Button>
                    <Button on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
                </div>
            </div>
        </Dialog>
    }
    .into_any()
}
