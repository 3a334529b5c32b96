//! The cards of one wish, growing page by page. What was on the screen stays until something else is here.

use super::wish::Values;
use crate::api::{Api, ApiError};
use crate::pages::viewer_zone;
use crate::router::Router;
use contract::providers::{ProviderCard, ProviderQuery};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashSet;

/// What has been loaded of a list.
#[derive(Clone)]
struct Loaded {
    wish: Values,
    cards: Vec<ProviderCard>,
    cursor: Option<String>,
    total: Option<u32>,
}

thread_local! {
    /// The list that was looked at last, for coming back to it.
    static KEPT: RefCell<Option<Loaded>> = const { RefCell::new(None) };
}

/// The list on the screen.
#[derive(Clone, Copy)]
pub struct Listing {
    loaded: RwSignal<Option<Loaded>>,
    failed: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    turn: StoredValue<u32>,
}

impl Listing {
    /// Nothing yet; or what was there before, where the browser's buttons led back to it.
    pub fn start(wish: &Values) -> Self {
        let back = Router::here().came_back();
        let kept = KEPT.with_borrow(|kept| kept.clone()).filter(|kept| back.is_some() && kept.wish == *wish);
        if let Some(down) = back.filter(|_| kept.is_some()) {
            request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, down));
        }
        Self {
            loaded: RwSignal::new(kept),
            failed: RwSignal::new(None),
            busy: RwSignal::new(false),
            turn: StoredValue::new(0),
        }
    }

    /// Shows another list, unless it is the one on the screen.
    pub fn show(self, wish: Values) {
        if self.loaded.with_untracked(|loaded| loaded.as_ref().is_some_and(|loaded| loaded.wish == wish)) {
            return;
        }
        self.load(wish);
    }

    /// Asks for the list anew.
    pub fn load(self, wish: Values) {
        let question = wish.question();
        self.ask(question, move |page| Loaded {
            wish,
            cards: page.items,
            cursor: page.next_cursor,
            total: page.total,
        });
    }

    /// The next page.
    pub fn more(self) {
        let Some(loaded) = self.loaded.get_untracked() else { return };
        let question = ProviderQuery { cursor: loaded.cursor.clone(), ..loaded.wish.question() };
        self.ask(question, move |page| {
            // Who was booked meanwhile moves down the list and comes again.
            let known: HashSet<_> = loaded.cards.iter().map(|card| card.id).collect();
            let mut cards = loaded.cards;
            cards.extend(page.items.into_iter().filter(|card| !known.contains(&card.id)));
            Loaded { cards, cursor: page.next_cursor, ..loaded }
        });
    }

    fn ask(
        self,
        question: ProviderQuery,
        take: impl FnOnce(contract::providers::ProviderList) -> Loaded + 'static,
    ) {
        let mine = self.turn.get_value() + 1;
        self.turn.set_value(mine);
        self.busy.set(true);
        self.failed.set(None);
        leptos::task::spawn_local(async move {
            let answer = Api.providers(question).await;
            // The page may be gone, or show something else by now.
            if self.turn.try_get_value() != Some(mine) {
                return;
            }
            self.busy.try_set(false);
            match answer {
                Ok(page) => {
                    let loaded = take(page);
                    KEPT.set(Some(loaded.clone()));
                    self.loaded.try_set(Some(loaded));
                }
                Err(error) => {
                    self.failed.try_set(Some(error));
                }
            }
        });
    }

    /// The first cards, reactively.
    pub fn cards(self, most: usize) -> Vec<ProviderCard> {
        let first = |loaded: &Loaded| loaded.cards.iter().take(most).cloned().collect();
        self.loaded.with(|loaded| loaded.as_ref().map(first).unwrap_or_default())
    }

    /// How many are here, reactively.
    pub fn count(self) -> usize {
        self.loaded.with(|loaded| loaded.as_ref().map_or(0, |loaded| loaded.cards.len()))
    }

    /// Whether there are any, reactively; `None` before that is known.
    pub fn is_empty(self) -> Option<bool> {
        self.loaded
            .with(|loaded| loaded.as_ref().map(|loaded| loaded.cards.is_empty() && loaded.cursor.is_none()))
    }

    /// What nobody was found for, reactively, where that is so.
    pub fn fruitless(self) -> Option<Values> {
        self.loaded.with(|loaded| {
            let none = loaded.as_ref().filter(|loaded| loaded.cards.is_empty() && loaded.cursor.is_none());
            none.map(|loaded| loaded.wish.clone())
        })
    }

    /// How many there are in all, where that is known.
    pub fn total(self) -> Option<u32> {
        self.loaded.with(|loaded| loaded.as_ref().and_then(|loaded| loaded.total))
    }

    /// Whether there is a next page.
    pub fn has_more(self) -> bool {
        self.loaded.with(|loaded| loaded.as_ref().is_some_and(|loaded| loaded.cursor.is_some()))
    }

    /// The currency of most who were found in a city, of those on the viewer's clock where there are any, reactively, once
    /// they are here.
    pub fn currency(self, city: &str) -> Option<String> {
        self.loaded.with(|loaded| {
            let cards = &loaded.as_ref().filter(|loaded| loaded.wish.get("city") == city)?.cards;
            let zone = viewer_zone();
            let weight = |card: &&ProviderCard| if card.time_zone == zone { 1000 } else { 1 };
            let count = |code: &str| {
                cards.iter().filter(|card| card.currency == code).map(|card| weight(&card)).sum::<usize>()
            };
            cards.iter().rev().map(|card| &card.currency).max_by_key(|code| count(code)).cloned()
        })
    }

    /// Whether something is on its way.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What failed last.
    pub fn failed(self) -> Option<ApiError> {
        self.failed.get()
    }
}
