//! Which bookings a schedule no longer has room for.

use super::store::Exception;
use super::times::Hours;
use crate::db;
use contract::bookings::Booking;
use contract::schedules::{Day, TimeOff};
use domain::range::Range;
use domain::schedule::{DayException, WeeklyWindow};
use domain::slots::{Facts, Limits, ServiceRules, check};
use domain::zone::Zone;
use time::Time;

/// A provider's working time, as the engine reads it, and nothing that is booked in it.
pub struct WorkingTime(Facts);

impl WorkingTime {
    /// The working time that follows from a schedule.
    pub fn new(zone: Zone, weekly: &[(Day, Hours)], exceptions: &[Exception], time_off: &[TimeOff]) -> Self {
        let window = |hours: &Hours| (seconds(hours.start), seconds(hours.end));
        Self(Facts {
            zone,
            now: 0,
            weekly: weekly
                .iter()
                .map(|(day, hours)| WeeklyWindow {
                    day: day.number(),
                    start: seconds(hours.start),
                    end: seconds(hours.end),
                })
                .collect(),
            exceptions: exceptions
                .iter()
                .map(|exception| DayException {
                    date: exception.date,
                    windows: exception.windows.iter().map(window).collect(),
                })
                .collect(),
            taken: Vec::new(),
            busy: time_off
                .iter()
                .map(|off| Range::new(db::seconds(off.start_at), db::seconds(off.end_at)))
                .collect(),
            service: ANYTHING,
            provider_limits: Limits::default(),
        })
    }

    /// Whether the provider works through all of the booking.
    fn holds(&mut self, booking: &Booking) -> bool {
        let (start, end) = (db::seconds(booking.start_at), db::seconds(booking.end_at));
        self.0.now = start;
        self.0.service.duration = end - start;
        check(&self.0, start, 1).is_ok()
    }

    /// The bookings that the provider does not work through.
    pub fn stranded(mut self, mut bookings: Vec<Booking>) -> Vec<Booking> {
        bookings.retain(|booking| !self.holds(booking));
        bookings
    }
}

/// A service that may start at any second: only hours and time off decide.
const ANYTHING: ServiceRules = ServiceRules {
    duration: 1,
    step: Some(1),
    buffer_before: 0,
    buffer_after: 0,
    capacity: 1,
    notice: 0,
    horizon_days: 0,
    limits: Limits { per_day: None, per_week: None },
};

fn seconds(time: Time) -> u32 {
    let (hour, minute, second) = time.as_hms();
    u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second)
}
