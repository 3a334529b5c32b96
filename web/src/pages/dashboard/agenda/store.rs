//! The bookings of the weeks that were looked at, kept, so that going back and forth shows them at once.

use super::place::monday;
use crate::api::{ApiError, AuthorizedApi, BookingKey, Change};
use crate::browser::focus_soon;
use crate::calendar::{Span, day_span, in_order};
use crate::components::{Toasts, item_dom_id};
use crate::format::{ZoneClock, instant, now, when};
use crate::messages::t;
use crate::pages::manage::{Side, sentence};
use crate::patience::Patience;
use crate::remote::Load;
use contract::bookings::{Booking, BookingQuery, BookingStatus};
use contract::problem::Code;
use leptos::prelude::*;
use std::collections::{HashMap, HashSet};
use time::{Date, Duration};
use uuid::Uuid;

/// What stands in the way of an answer without end.
const PAGES: usize = 30;

/// How long the server lets the news of a move wait, less the time that a request takes.
const GRACE: Duration = Duration::seconds(14);

/// The bookings of one provider.
#[derive(Clone, Copy)]
pub struct Store {
    api: AuthorizedApi,
    provider: Uuid,
    zone: StoredValue<ZoneClock>,
    bookings: RwSignal<HashMap<Uuid, Booking>>,
    /// Where each week stands, and which question was the last about it.
    weeks: RwSignal<HashMap<Date, (Load<()>, u32)>>,
    turn: StoredValue<u32>,
    /// Bookings whose change is on its way; what the server says of them meanwhile is old.
    changing: StoredValue<HashSet<Uuid>>,
    toasts: Toasts,
}

/// When a booking is.
pub fn span_of(booking: &Booking) -> Span {
    Span::new(booking.start_at.unix_timestamp(), booking.end_at.unix_timestamp())
}

impl Store {
    /// Nothing known yet.
    pub fn new(api: AuthorizedApi, provider: Uuid, zone: StoredValue<ZoneClock>) -> Self {
        Self {
            api,
            provider,
            zone,
            bookings: RwSignal::new(HashMap::new()),
            weeks: RwSignal::new(HashMap::new()),
            turn: StoredValue::new(0),
            changing: StoredValue::new(HashSet::new()),
            toasts: Toasts::here(),
        }
    }

    /// The bookings that take time in a stretch, earliest first.
    pub fn within(self, span: Span) -> Vec<Booking> {
        self.bookings.with(|bookings| {
            let all = bookings.values();
            let found =
                all.filter(|it| it.status != BookingStatus::Cancelled && span_of(it).and(span).is_some());
            let found = in_order(found, |booking| (booking.start_at, booking.id));
            found.into_iter().cloned().collect()
        })
    }

    /// One that is known.
    pub fn known(self, id: Uuid) -> Option<Booking> {
        self.bookings.with(|bookings| bookings.get(&id).cloned())
    }

    /// Whether some of these days are still on their way.
    pub fn is_loading(self, days: &[Date]) -> bool {
        self.weeks.with(|weeks| {
            days.iter().any(|day| matches!(weeks.get(&monday(*day)), None | Some((Load::Loading, _))))
        })
    }

    /// Why some of these days are missing.
    pub fn failure(self, days: &[Date]) -> Option<ApiError> {
        self.weeks.with(|weeks| {
            days.iter().find_map(|day| match weeks.get(&monday(*day)) {
                Some((Load::Failed(error), _)) => Some(error.clone()),
                _ => None,
            })
        })
    }

    /// Fetches the weeks of these days that are not here yet.
    pub fn want(self, days: &[Date]) {
        for week in weeks_of(days) {
            let missing = self.weeks.with_untracked(|weeks| !weeks.contains_key(&week));
            if missing {
                // What is known from an earlier visit is shown meanwhile.
                let load = match self.api.bookings(self.provider, asking(self.span(week))).known() {
                    Some(page) if page.next_cursor.is_none() => {
                        self.take(self.span(week), page.items);
                        Load::Ready(())
                    }
                    _ => Load::Loading,
                };
                self.weeks.update(|weeks| drop(weeks.insert(week, (load, 0))));
                self.fetch(week);
            }
        }
    }

    /// Fetches these days again. What is shown stays until the answer is here; other weeks are asked for when they
    /// are looked at.
    pub fn refresh(self, days: &[Date]) {
        let shown = weeks_of(days);
        self.weeks.update(|weeks| weeks.retain(|week, _| shown.contains(week)));
        for week in shown {
            self.fetch(week);
        }
    }

    fn span(self, week: Date) -> Span {
        self.zone.with_value(|zone| {
            Span::new(day_span(zone, week).from, day_span(zone, week + Duration::days(6)).until)
        })
    }

    fn fetch(self, week: Date) {
        let span = self.span(week);
        let mine = self.turn.get_value() + 1;
        self.turn.set_value(mine);
        self.weeks.update_untracked(|weeks| weeks.entry(week).or_insert((Load::Loading, mine)).1 = mine);
        // The page may be gone, or something newer asked for.
        let awaited = move || {
            let known = self.weeks.try_with_untracked(|weeks| weeks.get(&week).cloned()).flatten()?;
            Some(known.0).filter(|_| known.1 == mine)
        };
        leptos::task::spawn_local(async move {
            let mut patience = Patience::default();
            loop {
                let answer = self.load(span).await;
                let Some(before) = awaited() else { return };
                let state = match answer {
                    Ok(found) => {
                        self.take(span, found);
                        Load::Ready(())
                    }
                    // What is shown stays until it can be had anew.
                    Err(error) if error.passes() && before == Load::Ready(()) => {
                        patience.wait().await;
                        if awaited().is_none() {
                            return;
                        }
                        continue;
                    }
                    Err(error) => Load::Failed(error),
                };
                self.weeks.try_update(|weeks| weeks.insert(week, (state, mine)));
                return;
            }
        });
    }

    async fn load(self, span: Span) -> Result<Vec<Booking>, ApiError> {
        let mut query = asking(span);
        let mut found = Vec::new();
        for _ in 0..PAGES {
            let page = self.api.bookings(self.provider, query.clone()).await?;
            found.extend(page.items);
            if page.next_cursor.is_none() {
                break;
            }
            query.cursor = page.next_cursor;
        }
        Ok(found)
    }

    /// What the server knows of a stretch takes the place of what was known.
    fn take(self, span: Span, found: Vec<Booking>) {
        let changing = self.changing.get_value();
        self.bookings.try_update(|bookings| {
            let there: HashSet<Uuid> = found.iter().map(|booking| booking.id).collect();
            bookings.retain(|id, booking| {
                // What was called off is asked for no more, and hidden; the drawer may still show it.
                let over = booking.status == BookingStatus::Cancelled;
                over || span_of(booking).and(span).is_none() || there.contains(id) || changing.contains(id)
            });
            for mut booking in found.into_iter().filter(|booking| !changing.contains(&booking.id)) {
                let known = bookings.get(&booking.id);
                // Lists leave out refunds, and what can be paid online now.
                if let Some(known) = known.filter(|known| known.version == booking.version) {
                    booking.money.refunds = known.money.refunds.clone();
                    booking.money.rest_online_minor = known.money.rest_online_minor;
                }
                if known.is_none_or(|known| known.version <= booking.version) {
                    bookings.insert(booking.id, booking);
                }
            }
        });
    }

    /// A booking as it now stands. A late answer that is older than what is known says nothing.
    pub fn put(self, booking: Booking) {
        self.bookings.try_update(|bookings| {
            if bookings.get(&booking.id).is_none_or(|known| known.version <= booking.version) {
                bookings.insert(booking.id, booking);
            }
        });
    }

    /// Gives a booking another time: at once on the page, then at the server. Refused or taken back, it goes back, which `went_back`
    /// hears.
    pub fn retime(
        self,
        id: Uuid,
        from: Span,
        to: Span,
        went_back: impl Fn() + Clone + Send + Sync + 'static,
    ) {
        let Some(before) = self.bookings.with_untracked(|bookings| bookings.get(&id).cloned()) else {
            return;
        };
        // Somebody else moved it while it was in the hand: what the person decided was about another time.
        if span_of(&before) != from {
            went_back();
            return self.toasts.about(id).warn(t().agenda.changed_meanwhile);
        }
        let (back, taken_back) = (span_of(&before), went_back.clone());
        let done = move |store: Store, moved: Booking| {
            let text = &t().agenda;
            let words = when(moved.start_at, moved.end_at, &moved.provider.time_zone);
            let told_at = now() + GRACE;
            store.toasts.about(id).offer((text.moved)(&words), text.undo, move || {
                let text = &t().agenda;
                let words = if now() < told_at { text.moved_back } else { text.moved_back_late };
                taken_back();
                focus_soon(item_dom_id(id));
                store.send(moved.clone(), back, move |store, _| store.toasts.about(id).say(words), || ());
            });
        };
        self.send(before, to, done, went_back);
    }

    fn send(
        self,
        before: Booking,
        to: Span,
        done: impl FnOnce(Store, Booking) + 'static,
        went_back: impl Fn() + 'static,
    ) {
        let id = before.id;
        if self.changing.try_with_value(|changing| changing.contains(&id)).unwrap_or(true) {
            return;
        }
        self.changing.update_value(|changing| {
            changing.insert(id);
        });
        let (start, end) = (instant(to.from), instant(to.until));
        self.put(Booking { start_at: start, end_at: end, ..before.clone() });
        let change = Change::Retime(start, end);
        let call = BookingKey::Session(self.api).change(id, before.version, change);
        leptos::task::spawn_local(async move {
            let answer = call.await;
            self.changing.try_update_value(|changing| changing.remove(&id));
            match answer {
                Ok(moved) => {
                    self.put(moved.clone());
                    done(self, moved);
                }
                Err(error) => {
                    self.put(before);
                    self.refused(id, &error);
                    went_back();
                }
            }
        });
    }

    fn refused(self, id: Uuid, error: &ApiError) {
        let text = &t().agenda;
        if matches!(error.code(), Some(Code::VersionMismatch | Code::InvalidTransition)) {
            self.look_again(id);
        } else {
            self.toasts.about(id).warn((text.refused)(&sentence(error, Side::Provider)));
        }
    }

    /// Somebody else changed a booking: says so, and shows how it stands.
    pub fn look_again(self, id: Uuid) {
        self.toasts.about(id).warn(t().agenda.changed_meanwhile);
        leptos::task::spawn_local(async move {
            if let Ok(booking) = BookingKey::Session(self.api).booking(id).await {
                self.put(booking);
            }
        });
    }
}

fn asking(span: Span) -> BookingQuery {
    BookingQuery {
        status: Some("pending,confirmed,completed,no_show".to_owned()),
        from: Some(instant(span.from)),
        to: Some(instant(span.until)),
        limit: Some(100),
        ..BookingQuery::default()
    }
}

fn weeks_of(days: &[Date]) -> Vec<Date> {
    let mut weeks: Vec<Date> = days.iter().map(|day| monday(*day)).collect();
    weeks.dedup();
    weeks
}
