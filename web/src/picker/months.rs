//! Free times by month, fetched when they come into view and kept.

use crate::api::{Api, ApiError, Ask, BookingKey};
use crate::components::{Mark, Marks, first_of, last_of, same_month};
use crate::format::wall;
use crate::live;
use crate::patience::Patience;
use crate::remote::Load;
use crate::session::Session;
use contract::problem::Code;
use contract::slots::{MoveQuery, Slot, SlotList, SlotQuery};
use leptos::prelude::*;
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// How many times are offered in place of one that is gone.
const NEAR: usize = 3;

/// Which month of which view: another zone or party size has other free times.
type Key = (Date, String, u32);

/// Whose free times.
#[derive(Clone)]
pub enum Times {
    /// Those of a service, for whoever wants to book it.
    Service(Uuid),
    /// Those of a service, for a client of whoever asks.
    Client(Uuid),
    /// Those that a booking can move to; with a service, as one of that.
    Booking(BookingKey, Uuid, Option<Uuid>),
}

/// Free times, months of them.
#[derive(Clone, Copy)]
pub struct Months {
    times: StoredValue<Times>,
    /// Who asks: a provider's people see the times of a page that is hidden.
    session: Session,
    today: StoredValue<Option<Date>>,
    known: RwSignal<HashMap<Key, Known>>,
    turn: StoredValue<u32>,
}

/// What is known of a month, and which question was the last about it.
struct Known {
    load: Load<SlotList>,
    turn: u32,
}

impl Months {
    /// None known yet. What is fetched later follows what others book, while the component that makes this is there.
    /// `service` is the one whose times they are.
    pub fn new(times: Times, service: Uuid) -> Self {
        let session = Session::here();
        let months = Self {
            times: StoredValue::new(times),
            session,
            today: StoredValue::new(None),
            known: RwSignal::new(HashMap::new()),
            turn: StoredValue::new(0),
        };
        live::slots(session.api_now(), service, Callback::new(move |()| months.refresh()));
        months
    }

    /// A month's free times, reactively.
    pub fn get(self, month: Date, zone: &str, party: u32) -> Load<SlotList> {
        let key = (first_of(month), zone.to_owned(), party);
        self.known.with(|known| known.get(&key).map_or(Load::Loading, |known| known.load.clone()))
    }

    /// Fetches a month unless it is known or on its way. What is known from an earlier visit is shown meanwhile.
    pub fn ensure(self, month: Date, today: Date, zone: &str, party: u32) {
        let key = (first_of(month), zone.to_owned(), party);
        if self.known.with_untracked(|known| known.contains_key(&key)) {
            return;
        }
        self.today.set_value(Some(today));
        let question = self.question(&key);
        let load = question.known().map_or(Load::Loading, Load::Ready);
        self.known.update(|known| drop(known.insert(key.clone(), Known { load, turn: 0 })));
        self.fetch(key, question);
    }

    /// Whether a time is known to be free no longer, reactively.
    pub fn lacks(self, start: OffsetDateTime, zone: &str, party: u32) -> bool {
        let day = wall(start, zone).date();
        match self.get(day, zone, party) {
            Load::Ready(list) => {
                list.days.iter().flat_map(|day| &day.slots).all(|slot| slot.start_at != start)
            }
            _ => false,
        }
    }

    /// The free times of the same month that are nearest to one, in their order, reactively.
    pub fn near(self, start: OffsetDateTime, zone: &str, party: u32) -> Vec<OffsetDateTime> {
        let day = wall(start, zone).date();
        let Load::Ready(list) = self.get(day, zone, party) else { return Vec::new() };
        let slots = list.days.iter().flat_map(|day| &day.slots);
        let mut times: Vec<OffsetDateTime> = slots.map(|slot| slot.start_at).collect();
        times.sort_by_key(|at| (*at - start).abs());
        times.truncate(NEAR);
        times.sort();
        times
    }

    /// Whether a month and all after it have no free time, reactively: nothing lies beyond the horizon.
    pub fn ends(self, month: Date, zone: &str, party: u32) -> bool {
        matches!(self.get(month, zone, party), Load::Ready(list) if list.days.is_empty() && list.next_free.is_none())
    }

    /// The first free day from today on, reactively, as far as that is known.
    pub fn first_free(self, today: Date, zone: &str, party: u32) -> Option<Date> {
        let Load::Ready(list) = self.get(today, zone, party) else { return None };
        let later = list.next_free.map(|slot| wall(slot.start_at, zone).date());
        list.days.first().map(|day| day.date).or(later)
    }

    /// Whether it turned out that there is nothing to have times of, reactively.
    pub fn is_gone(self) -> bool {
        let missing = |known: &Known| matches!(&known.load, Load::Failed(error) if error.code() == Some(Code::NotFound));
        self.known.with(|known| known.values().any(missing))
    }

    /// Fetches all that is shown or was, without taking it away meanwhile.
    pub fn refresh(self) {
        let ready = self.known.try_with_untracked(|known| {
            let ready = known.iter().filter(|(_, known)| matches!(known.load, Load::Ready(_)));
            ready.map(|(key, _)| key.clone()).collect::<Vec<Key>>()
        });
        for key in ready.into_iter().flatten() {
            let question = self.question(&key);
            self.fetch(key, question);
        }
    }

    fn question(self, key: &Key) -> Ask<SlotList> {
        let (month, zone, party) = key;
        let today = self.today.get_value().filter(|today| same_month(*today, *month));
        let query = SlotQuery {
            from: today.map_or(*month, |today| today.max(*month)),
            to: last_of(*month),
            time_zone: Some(zone.clone()),
            party_size: (*party > 1).then_some(*party),
            for_client: None,
        };
        match self.times.get_value() {
            Times::Service(id) => Api.slots(self.session.api_now(), id, query),
            Times::Client(id) => {
                Api.slots(self.session.api_now(), id, SlotQuery { for_client: Some(true), ..query })
            }
            // The booking brings its seats.
            Times::Booking(key, id, service_id) => {
                let SlotQuery { from, to, time_zone, .. } = query;
                key.slots(id, MoveQuery { from, to, time_zone, service_id })
            }
        }
    }

    fn fetch(self, key: Key, question: Ask<SlotList>) {
        let mine = self.turn.get_value() + 1;
        self.turn.set_value(mine);
        self.known.update_untracked(|known| {
            if let Some(known) = known.get_mut(&key) {
                known.turn = mine;
            }
        });
        leptos::task::spawn_local(async move {
            let (mut question, mut patience) = (question, Patience::default());
            loop {
                let answer = question.await;
                // A late answer to an earlier question tells nothing new.
                let Some(before) = self.awaited(&key, mine) else { return };
                let load = match answer {
                    Ok(list) => Load::Ready(list),
                    // What is shown stays until it can be had anew.
                    Err(error) if error.passes() && matches!(before, Load::Ready(_)) => {
                        patience.wait().await;
                        if self.awaited(&key, mine).is_none() {
                            return;
                        }
                        question = self.question(&key);
                        continue;
                    }
                    Err(error) => Load::Failed(error),
                };
                if before != load {
                    self.known.try_update(|known| known.insert(key, Known { load, turn: mine }));
                }
                return;
            }
        });
    }

    /// What is shown of a month, while the answer to a question is still wanted.
    fn awaited(self, key: &Key, turn: u32) -> Option<Load<SlotList>> {
        let shown = |known: &HashMap<Key, Known>| {
            known.get(key).filter(|known| known.turn == turn).map(|known| known.load.clone())
        };
        self.known.try_with_untracked(shown).flatten()
    }

    /// Forgets everything: something was just taken.
    pub fn forget(self) {
        self.known.update(HashMap::clear);
    }

    /// Forgets what failed, to ask again.
    pub fn retry(self) {
        self.known.update(|known| known.retain(|_, known| !matches!(known.load, Load::Failed(_))));
    }
}

/// What a month says about its days.
pub fn marks(load: &Load<SlotList>, capacity: u32) -> Option<Marks> {
    match load {
        Load::Ready(list) => {
            let seats = |slots: &[Slot]| Mark::of(slots.iter().map(|slot| slot.seats_left), capacity);
            Some(list.days.iter().map(|day| (day.date, seats(&day.slots))).collect())
        }
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
