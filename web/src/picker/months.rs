//! Free times by month, fetched when they come into view and kept.

use crate::api::{Api, ApiError};
use crate::components::{Marks, first_of, last_of, same_month};
use crate::remote::Load;
use contract::slots::{Slot, SlotList, SlotQuery};
use leptos::prelude::*;
use std::collections::HashMap;
use time::Date;
use uuid::Uuid;

/// Which month of which view: another zone or party size has other free times.
type Key = (Date, String, u32);

/// The free times of one service.
#[derive(Clone, Copy)]
pub struct Months {
    service: Uuid,
    known: RwSignal<HashMap<Key, Load<SlotList>>>,
}

impl Months {
    /// None known yet.
    pub fn new(service: Uuid) -> Self {
        Self { service, known: RwSignal::new(HashMap::new()) }
    }

    /// A month's free times, reactively.
    pub fn get(self, month: Date, zone: &str, party: u32) -> Load<SlotList> {
        let key = (first_of(month), zone.to_owned(), party);
        self.known.with(|known| known.get(&key).cloned().unwrap_or(Load::Loading))
    }

    /// Fetches a month unless it is known or on its way.
    pub fn ensure(self, month: Date, today: Date, zone: &str, party: u32) {
        let key = (first_of(month), zone.to_owned(), party);
        if self.known.with_untracked(|known| known.contains_key(&key)) {
            return;
        }
        self.known.update(|known| {
            known.insert(key.clone(), Load::Loading);
        });
        let query = SlotQuery {
            from: key.0.max(if same_month(today, month) { today } else { key.0 }),
            to: last_of(month),
            time_zone: Some(key.1.clone()),
            party_size: (party > 1).then_some(party),
        };
        leptos::task::spawn_local(async move {
            let answer = match Api.slots(self.service, query).await {
                Ok(list) => Load::Ready(list),
                Err(error) => Load::Failed(error),
            };
            self.known.try_update(|known| known.insert(key, answer));
        });
    }

    /// Forgets everything: something was just taken.
    pub fn forget(self) {
        self.known.update(HashMap::clear);
    }

    /// Forgets what failed, to ask again.
    pub fn retry(self) {
        self.known.update(|known| known.retain(|_, load| !matches!(load, Load::Failed(_))));
    }
}

/// What a month says about its days.
pub fn marks(load: &Load<SlotList>) -> Option<Marks> {
    match load {
        Load::Ready(list) => Some(list.days.iter().map(|day| (day.date, day.slots.len())).collect()),
        Load::Loading => None,
        Load::Failed(_) => Some(Marks::new()),
    }
}

/// The free times of a day in its month.
pub fn slots_of(load: &Load<SlotList>, day: Date) -> Vec<Slot> {
    match load {
        Load::Ready(list) => list
            .days
            .iter()
            .find(|known| known.date == day)
            .map(|known| known.slots.clone())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// What went wrong, where something did.
pub fn fault(load: &Load<SlotList>) -> Option<ApiError> {
    match load {
        Load::Failed(error) => Some(error.clone()),
        _ => None,
    }
}
