//! Past and coming bookings of a demo provider, chosen among the slots that the engine offers.

use super::demo::Demo;
use super::store::{Appointment, Booking, Event};
use super::{id, people};
use crate::bookings;
use crate::db::from_seconds;
use crate::dice::Dice;
use crate::jobs::NewJob;
use crate::slots::facts::Offer;
use domain::booking::request_expiry;
use domain::range::Range;
use domain::slots::{Slot, Taken, slots};
use domain::zone::{DAY, Zone};
use serde_json::{Value, json};
use time::{Duration, PrimitiveDateTime, Time};
use uuid::Uuid;

/// How many days back and ahead there are bookings.
const DAYS: i64 = 24;
/// How often a day is tried for another booking.
const ATTEMPTS: usize = 6;
/// Longer stays are not booked in the demo: one of them would leave nothing to try.
const LONGEST: i64 = 4 * DAY;
const HOUR: i64 = 3600;
/// Where clients of services at a distance are.
const ZONES: &[&str] =
    &["Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Singapore"];

/// The stretch of time that the facts must cover.
pub fn reach(now: i64) -> Range {
    Range::new(now - (DAYS + 2) * DAY, now + (DAYS + 2) * DAY)
}

/// The customer who can log in, and the days around that person's bookings: nobody is at two places at once.
pub struct Customer {
    id: Uuid,
    busy: Vec<Range>,
}

impl Customer {
    /// The customer, with an empty calendar.
    pub fn new(id: Uuid) -> Self {
        Self { id, busy: Vec::new() }
    }
}

/// All rows of a provider's bookings.
#[derive(Default)]
pub struct Rows {
    pub appointments: Vec<Appointment>,
    pub bookings: Vec<Booking>,
    pub events: Vec<Event>,
}

/// The bookings of one provider as they come about.
pub struct Diary<'a> {
    demo: &'a Demo,
    offers: Vec<Offer>,
    owner: Uuid,
    now: i64,
    dice: Dice,
    rows: Rows,
}

/// A booking that is about to be written.
struct Visit {
    offer: Offer,
    slot: Slot,
    party: u32,
    made_at: i64,
    /// When it was answered or called off.
    answered_at: i64,
    status: &'static str,
}

impl<'a> Diary<'a> {
    /// An empty diary.
    pub fn new(demo: &'a Demo, mut offers: Vec<Offer>, owner: Uuid, now: i64, dice: Dice) -> Self {
        // Whole hours, so that a run a moment later writes the same.
        let now = now / HOUR * HOUR;
        // The database gives them in any order, and the dice must fall the same every time.
        offers.sort_by_key(|offer| offer.service_id);
        Self { demo, offers, owner, now, dice, rows: Rows::default() }
    }

    /// The rows to write.
    pub fn into_rows(self) -> Rows {
        self.rows
    }

    /// Books what the provider's days have room for, less and less the further ahead.
    pub fn fill(&mut self, customer: &mut Customer) {
        let Some(zone) = self.offers.first().map(|offer| offer.facts.zone.clone()) else { return };
        let today = zone.to_local(self.now).date;
        for ahead in -DAYS..=DAYS {
            let date = today + Duration::days(ahead);
            let day = Range::new(zone.to_instant(date, 0), zone.to_instant(date + Duration::DAY, 0));
            let known = (100 - 3 * ahead.max(0)) as usize;
            for _ in 0..ATTEMPTS {
                if self.dice.percent(self.demo.busy * known / 100)
                    && let Some(visit) = self.visit(day)
                {
                    self.book(visit, customer);
                }
            }
        }
    }

    /// A visit on a day, if there is a slot for one.
    fn visit(&mut self, day: Range) -> Option<Visit> {
        let index = self.dice.below(self.offers.len());
        let is_coming = day.start > self.now;
        let offer = &mut self.offers[index];
        let service = offer.facts.service;
        if service.duration > LONGEST {
            return None;
        }
        let waits = offer.approval_required && is_coming && self.dice.percent(45);
        let made_at = if waits {
            self.now - between(&mut self.dice, 600, offer.request_expiry * 4 / 5)
        } else {
            self.now.min(day.start - service.notice) - between(&mut self.dice, HOUR, 5 * DAY)
        };
        offer.facts.now = made_at / 60 * 60;
        let party = 1 + self.dice.below((service.capacity as usize).min(3)) as u32;
        let free = slots(&offer.facts, day, party);
        let standing: Vec<Slot> =
            free.iter().filter(|slot| slot.seats_left < service.capacity).copied().collect();
        // People join a session that stands rather than open another.
        let from = if !standing.is_empty() && self.dice.percent(70) { &standing } else { &free };
        if from.is_empty() {
            return None;
        }
        let slot = self.dice.pick(from);
        let made_at = offer.facts.now;
        let answered_at = between(&mut self.dice, made_at, self.now.min(slot.start).min(made_at + 8 * HOUR));
        let status = match service.end(slot.start) <= self.now {
            _ if waits => "pending",
            _ if self.dice.percent(7) => "cancelled",
            true if self.dice.percent(4) => "no_show",
            true => "completed",
            false => "confirmed",
        };
        Some(Visit { offer: offer.clone(), slot, party, made_at, answered_at, status })
    }

    /// Writes the visit into the diary.
    fn book(&mut self, visit: Visit, customer: &mut Customer) {
        let Visit { offer, slot, party, made_at, status, .. } = &visit;
        let (start, end) = (slot.start, offer.facts.service.end(slot.start));
        let zone = &offer.facts.zone;
        let booking_id = id(&format!("booking {} {}", offer.provider_id, self.rows.bookings.len()));
        let regular = self.is_for_regular(customer, &offer.name, Range::new(start, end));
        let source = match regular {
            true => "client",
            false if *status != "pending" && self.dice.percent(12) => "provider",
            false => "guest",
        };
        let (name, email) = if regular {
            customer.busy.push(Range::new(start - DAY, end + DAY));
            (people::REGULAR.0.to_owned(), people::REGULAR.1.to_owned())
        } else {
            let name = self.dice.pick(people::CLIENTS);
            (name.to_owned(), format!("{}@example.com", name.to_lowercase().replace(' ', ".")))
        };
        let needs_phone = offer.location == "phone" || self.dice.percent(40);
        let is_cancelled = *status == "cancelled";
        let is_distant = offer.location == "online" && !regular && self.dice.percent(40);
        let row = Booking {
            provider_id: offer.provider_id,
            id: booking_id,
            appointment_id: (!is_cancelled).then(|| self.claim(offer, *slot, *party)),
            service_id: offer.service_id,
            client_id: regular.then_some(customer.id),
            client_name: name,
            client_email: email,
            client_phone: needs_phone.then(|| format!("+1 202 555 01{:02}", self.dice.below(100))),
            client_notes: if self.dice.percent(25) { self.dice.pick(people::NOTES) } else { "" },
            client_address: if offer.location == "customer" { self.address() } else { String::new() },
            client_time_zone: if is_distant { self.dice.pick(ZONES) } else { zone.name() }.to_owned(),
            start_at: from_seconds(start),
            end_at: from_seconds(end),
            time_zone: zone.name().to_owned(),
            local_start: wall_time(zone, start),
            status,
            party_size: *party,
            service_name: offer.name.clone(),
            price_minor: offer.price_minor * i64::from(*party),
            currency: offer.currency.clone(),
            hold_expires_at: (*status == "pending")
                .then(|| from_seconds(request_expiry(*made_at, start, offer.request_expiry))),
            cancelled_by: is_cancelled.then_some("client"),
            cancel_reason: if is_cancelled { self.dice.pick(people::REASONS) } else { "" },
            source,
            version: 1,
            created_at: from_seconds(*made_at),
        };
        self.record(&visit, row);
    }

    /// Whether this visit is one of the customer's, who is past the first visit everywhere.
    fn is_for_regular(&mut self, customer: &Customer, service: &str, range: Range) -> bool {
        self.demo.has_regular
            && self.dice.percent(12)
            && self.demo.services.first().is_none_or(|first| first.name != service)
            && !customer.busy.iter().any(|busy| busy.overlaps(range))
    }

    fn address(&mut self) -> String {
        let addresses = &self.demo.addresses;
        if addresses.is_empty() { String::new() } else { addresses[self.dice.below(addresses.len())].clone() }
    }

    /// Takes seats at a start, in a session that stands there or a new one, before the eyes of every service.
    fn claim(&mut self, offer: &Offer, slot: Slot, party: u32) -> Uuid {
        let start_at = from_seconds(slot.start);
        if let Some(standing) = self.rows.appointments.iter_mut().find(|one| one.start_at == start_at) {
            standing.seats_taken += party;
            let taken = self.offers.iter_mut().flat_map(|offer| &mut offer.facts.taken);
            taken.filter(|taken| taken.start == slot.start).for_each(|taken| taken.seats_taken += party);
            return standing.id;
        }
        let service = &offer.facts.service;
        let (end, blocked) = (service.end(slot.start), service.blocked(slot.start));
        for other in &mut self.offers {
            other.facts.taken.push(Taken {
                start: slot.start,
                end,
                blocked_from: blocked.start,
                blocked_until: blocked.end,
                same_service: other.service_id == offer.service_id,
                seats_taken: party,
                capacity: service.capacity,
            });
        }
        let appointment_id =
            id(&format!("appointment {} {}", offer.provider_id, self.rows.appointments.len()));
        self.rows.appointments.push(Appointment {
            provider_id: offer.provider_id,
            id: appointment_id,
            service_id: offer.service_id,
            start_at,
            end_at: from_seconds(end),
            blocked_from: from_seconds(blocked.start),
            blocked_until: from_seconds(blocked.end),
            capacity: service.capacity,
            seats_taken: party,
        });
        appointment_id
    }

    /// Adds the booking with the history that led to it.
    fn record(&mut self, visit: &Visit, mut row: Booking) {
        let (made_at, answered_at) = (from_seconds(visit.made_at), from_seconds(visit.answered_at));
        let is_request = visit.offer.approval_required && row.source != "provider";
        let by_client = (row.source, if row.source == "provider" { Some(self.owner) } else { row.client_id });
        let by_provider = ("provider", Some(self.owner));
        let mut history =
            vec![(if is_request { "requested" } else { "booked" }, by_client, made_at, json!({}))];
        if is_request && matches!(row.status, "confirmed" | "completed" | "no_show") {
            history.push(("confirmed", by_provider, answered_at, json!({})));
        }
        match row.status {
            "cancelled" if row.source == "provider" => {
                row.cancelled_by = Some("provider");
                history.push(("cancelled", by_provider, answered_at, json!({ "reason": row.cancel_reason })));
            }
            "cancelled" => {
                history.push(("cancelled", by_client, answered_at, json!({ "reason": row.cancel_reason })));
            }
            "completed" => history.push(("completed", ("system", None), row.end_at, json!({}))),
            "no_show" => history.push(("no_show", by_provider, row.end_at, json!({}))),
            _ => {}
        }
        row.version = history.len();
        self.rows.events.extend(history.into_iter().enumerate().map(|(index, event)| {
            let (kind, (actor, actor_user_id), at, detail): (_, (_, _), _, Value) = event;
            Event {
                provider_id: row.provider_id,
                booking_id: row.id,
                id: id(&format!("event {} {index}", row.id)),
                kind,
                actor,
                actor_user_id,
                detail,
                at,
            }
        }));
        self.rows.bookings.push(row);
    }
}

/// The job that settles a coming booking when its time has come.
pub fn settling_job(row: &Booking) -> Option<NewJob> {
    matches!(row.status, "pending" | "confirmed")
        .then(|| bookings::settling_job(row.provider_id, row.id, row.status, row.end_at, row.hold_expires_at))
}

/// A whole minute from the first to the last instant.
fn between(dice: &mut Dice, first: i64, last: i64) -> i64 {
    let minutes = (last - first).max(0) / 60;
    first + 60 * dice.below(minutes as usize + 1) as i64
}

/// What the provider's clock shows at an instant.
fn wall_time(zone: &Zone, at: i64) -> PrimitiveDateTime {
    let local = zone.to_local(at);
    PrimitiveDateTime::new(local.date, Time::MIDNIGHT + Duration::seconds(i64::from(local.secs_of_day)))
}
