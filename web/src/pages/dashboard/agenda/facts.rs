//! What the agenda knows besides bookings: what is offered, and when the provider works.

use crate::api::{ApiError, AuthorizedApi};
use crate::calendar::{self, Span};
use crate::components::{Ground, Shade};
use crate::format::{ZoneClock, now};
use crate::messages::t;
use contract::bookings::Booking;
use contract::schedules::Schedule;
use contract::services::{Service, ServiceStatus};
use time::Date;
use uuid::Uuid;

const QUARTER: i64 = 900;

/// Services and hours.
#[derive(Clone, PartialEq)]
pub struct Facts {
    pub services: Vec<Service>,
    pub schedule: Schedule,
}

/// Asks for both at once; what is over is in the hours from `since` on.
pub async fn fetch(api: AuthorizedApi, provider: Uuid, since: Date) -> Result<Facts, ApiError> {
    let (services, schedule) = (api.services(provider), api.schedule_since(provider, since));
    let (services, schedule) = futures::join!(services.into_future(), schedule.into_future());
    Ok(Facts { services: services?.items, schedule: schedule? })
}

/// What was answered last time.
pub fn known(api: AuthorizedApi, provider: Uuid, since: Date) -> Option<Facts> {
    let services = api.services(provider).known()?.items;
    Some(Facts { services, schedule: api.schedule_since(provider, since).known()? })
}

impl Facts {
    /// The same after a change of the hours, whose answer leaves out what is over.
    pub fn changed(mut self, mut schedule: Schedule, today: Date) -> Self {
        let known = &mut self.schedule;
        known.exceptions.retain(|exception| exception.date < today);
        known.time_off.retain(|off| off.end_at <= now());
        known.exceptions.append(&mut schedule.exceptions);
        known.time_off.append(&mut schedule.time_off);
        Self {
            schedule: Schedule {
                exceptions: std::mem::take(&mut known.exceptions),
                time_off: std::mem::take(&mut known.time_off),
                ..schedule
            },
            ..self
        }
    }

    /// Whether a booking could be of another service.
    pub fn offers_several(&self) -> bool {
        self.services.iter().filter(|service| service.status == ServiceStatus::Active).nth(1).is_some()
    }

    /// The working hours of a day.
    pub fn windows(&self, zone: &ZoneClock, date: Date) -> Vec<Span> {
        calendar::windows(&self.schedule, zone, date)
    }

    /// When the provider is away.
    pub fn away(&self) -> impl Iterator<Item = (Span, &str)> {
        self.schedule.time_off.iter().map(|off| {
            (Span::new(off.start_at.unix_timestamp(), off.end_at.unix_timestamp()), off.note.as_str())
        })
    }

    /// The ground of some days.
    pub fn shades(&self, zone: &ZoneClock, days: &[Date]) -> Vec<Shade> {
        let open = days.iter().flat_map(|date| self.windows(zone, *date));
        let open = open.map(|time| Shade { time, ground: Ground::Open, label: String::new() });
        let away = self.away().map(|(time, note)| {
            let label = if note.is_empty() { t().agenda.away } else { note };
            Shade { time, ground: Ground::Away, label: label.to_owned() }
        });
        open.chain(away).collect()
    }

    fn service(&self, id: Uuid) -> Option<&Service> {
        self.services.iter().find(|service| service.id == id)
    }

    /// What is offered now.
    pub fn offered(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| service.status == ServiceStatus::Active)
    }

    /// A booking with what is kept free around it.
    pub fn blocked(&self, booking: &Booking) -> Span {
        let (before, after) = self
            .service(booking.service.id)
            .map_or((0, 0), |it| (i64::from(it.buffer_before_minutes), i64::from(it.buffer_after_minutes)));
        let (from, until) = (booking.start_at.unix_timestamp(), booking.end_at.unix_timestamp());
        Span::new(from - 60 * before, until + 60 * after)
    }

    /// What a booking's times are rounded to: a quarter of an hour, or less where its service goes by less.
    pub fn step(&self, booking: &Booking) -> i64 {
        let length = (booking.end_at - booking.start_at).whole_seconds();
        let own = self.service(booking.service.id).and_then(|service| service.slot_step_minutes);
        match own.map(|minutes| i64::from(minutes) * 60) {
            Some(own) if own < QUARTER => own,
            _ if length % QUARTER != 0 => QUARTER / 3,
            _ => QUARTER,
        }
    }

    /// The shortest thing that can be booked, in seconds.
    pub fn shortest(&self) -> Option<i64> {
        self.offered().map(|service| i64::from(service.duration_minutes) * 60).min()
    }
}
