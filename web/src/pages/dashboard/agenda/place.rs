//! What the agenda shows: view, day and open booking, all of it in the address.

use crate::calendar::{Clock, Span, day_span};
use crate::components::{first_of, months_on};
use crate::format::{ZoneClock, iso, now, parse_date};
use crate::nav::{Go, address};
use crate::pages::query;
use leptos::prelude::*;
use time::{Date, Duration};
use uuid::Uuid;

/// The ways to look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Day,
    Week,
    Month,
    List,
}

impl View {
    /// As the address names it.
    pub fn code(self) -> &'static str {
        match self {
            View::Day => "day",
            View::Week => "week",
            View::Month => "month",
            View::List => "list",
        }
    }
}

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Phone,
    Tablet,
    Desktop,
}

impl Room {
    fn now() -> Self {
        let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1024.0);
        match width {
            ..640.0 => Room::Phone,
            640.0..1024.0 => Room::Tablet,
            _ => Room::Desktop,
        }
    }
}

/// Where in time the person looks, and how.
#[derive(Clone, Copy)]
pub struct Place {
    pub view: Memo<View>,
    pub date: Memo<Date>,
    pub booking: Memo<Option<Uuid>>,
    pub room: RwSignal<Room>,
    pub zone: StoredValue<ZoneClock>,
    pub today: Memo<Date>,
    named: Memo<String>,
    /// The filter of the list.
    pub show: Memo<String>,
    raw_date: Memo<String>,
    path: StoredValue<String>,
    /// Whether the open booking was opened here, so that "back" closes it.
    opened: StoredValue<bool>,
    go: Go,
}

impl Place {
    /// As the address has it.
    pub fn here(path: String, zone: String, clock: Signal<time::OffsetDateTime>) -> Self {
        let room = RwSignal::new(Room::now());
        let resized = window_event_listener(leptos::ev::resize, move |_| {
            let now = Room::now();
            if room.try_get_untracked().is_some_and(|before| before != now) {
                room.set(now);
            }
        });
        on_cleanup(move || resized.remove());
        let zone = StoredValue::new(ZoneClock(zone));
        let today =
            Memo::new(move |_| zone.with_value(|zone| zone.wall(clock.get().unix_timestamp()).date()));
        let (named, show, raw_date, booking) =
            (query("view"), query("show"), query("date"), query("booking"));
        let view = Memo::new(move |_| match named.get().as_str() {
            "day" => View::Day,
            "week" => View::Week,
            "month" => View::Month,
            "list" => View::List,
            _ if show.with(|show| !show.is_empty()) => View::List,
            _ if room.get() == Room::Phone => View::Day,
            _ => View::Week,
        });
        Self {
            view,
            date: Memo::new(move |_| parse_date(&raw_date.get()).unwrap_or_else(|| today.get())),
            booking: Memo::new(move |_| booking.get().parse().ok()),
            room,
            zone,
            today,
            named,
            show,
            raw_date,
            path: StoredValue::new(path),
            opened: StoredValue::new(false),
            go: Go::here(),
        }
    }

    /// The days in view.
    pub fn days(self) -> Vec<Date> {
        let date = self.date.get();
        match self.view.get() {
            View::Day => vec![date],
            View::Week if self.room.get() == Room::Desktop => run(monday(date), 7),
            View::Week => run(date, 3),
            View::Month => run(monday(first_of(date)), 42),
            View::List => Vec::new(),
        }
    }

    /// The days in view and as many before and after, which people go to next.
    pub fn days_around(self) -> (Vec<Date>, Vec<Date>) {
        let days = self.days();
        let count = days.len() as i64;
        let around = days.first().map_or_else(Vec::new, |first| {
            [run(*first + Duration::days(count), count), run(*first - Duration::days(count), count)].concat()
        });
        (days, around)
    }

    /// Whether there is an earlier and a later of it: some lists have all days in them.
    pub fn goes_by_day(self) -> bool {
        self.view.get() != View::List || self.show.with(String::is_empty)
    }

    /// An earlier or later stretch of the same length.
    pub fn step(self, by: i32) {
        let date = untrack(|| self.date.get());
        let to = match untrack(|| self.view.get()) {
            View::Month => months_on(first_of(date), by),
            View::Week if self.room.get_untracked() == Room::Desktop => date + Duration::weeks(by.into()),
            View::Week => date + Duration::days(3 * i64::from(by)),
            View::Day | View::List => date + Duration::days(by.into()),
        };
        self.show_date(to);
    }

    /// Another day in the same view. However many are gone through, "back" leads to the view before.
    pub fn show_date(self, date: Date) {
        let path = self.address(&self.named.get_untracked(), "", Some(date), None);
        if self.show.with_untracked(String::is_empty) { self.go.tune(&path) } else { self.go.turn(&path) }
    }

    /// The day of an instant, where other days are in view. The list is not of days.
    pub fn reveal(self, at: i64) {
        let Some(date) = self.zone.try_with_value(|zone| zone.wall(at).date()) else { return };
        let days = untrack(|| self.days());
        if !days.is_empty() && !days.contains(&date) {
            self.show_date(date);
        }
    }

    /// Another view of the same day.
    pub fn show_view(self, view: View) {
        let date = parse_date(&self.raw_date.get_untracked());
        self.go.turn(&self.address(view.code(), "", date, None));
    }

    /// A day by itself.
    pub fn show_day(self, date: Date) {
        self.go.turn(&self.address(View::Day.code(), "", Some(date), None));
    }

    /// Opens a booking, or closes the one that is open.
    pub fn show_booking(self, id: Option<Uuid>) {
        let date = parse_date(&self.raw_date.get_untracked());
        let path = self.address(&self.named.get_untracked(), &self.show.get_untracked(), date, id);
        match (id, self.opened.get_value()) {
            (Some(_), _) => {
                self.go.turn(&path);
                self.opened.set_value(true);
            }
            // As "back" does, so that "back" after it does not open the booking again.
            (None, true) => self.go.back(),
            (None, false) => self.go.tune(&path),
        }
    }

    /// No booking is open any more.
    pub fn closed(self) {
        self.opened.set_value(false);
    }

    fn address(self, view: &str, show: &str, date: Option<Date>, booking: Option<Uuid>) -> String {
        let date = date.map(iso).unwrap_or_default();
        let booking = booking.map(|id| id.to_string()).unwrap_or_default();
        let query = [("view", view), ("show", show), ("date", &date), ("booking", &booking)];
        self.path.with_value(|path| address(path, &query))
    }

    /// Goes to another page of this provider.
    pub fn leave(self, below: &str) {
        self.go.to(&self.path.with_value(|path| format!("{path}{below}")));
    }

    /// A page of this provider.
    pub fn below(self, below: &str) -> String {
        self.path.with_value(|path| format!("{path}{below}"))
    }

    /// A day's time in the provider's zone.
    pub fn span(self, date: Date) -> Span {
        self.zone.with_value(|zone| day_span(zone, date))
    }

    /// The zone's name.
    pub fn zone_name(self) -> String {
        self.zone.with_value(|zone| zone.0.clone())
    }
}

/// The Monday of a day's week.
pub fn monday(date: Date) -> Date {
    date - Duration::days(date.weekday().number_days_from_monday().into())
}

fn run(first: Date, count: i64) -> Vec<Date> {
    (0..count).map(|day| first + Duration::days(day)).collect()
}

/// Now, following the clock.
pub fn ticking() -> Signal<time::OffsetDateTime> {
    let clock = RwSignal::new(now());
    let tick = set_interval_with_handle(move || clock.set(now()), std::time::Duration::from_secs(20)).ok();
    on_cleanup(move || {
        if let Some(tick) = tick {
            tick.clear();
        }
    });
    clock.into()
}
