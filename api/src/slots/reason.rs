//! Why a time is not offered, in a word for programs and a sentence for people.

use domain::slots::{Owner, Period, Refusal};
use domain::zone::Zone;

/// The word and the sentence for a refusal.
#[must_use]
pub fn reason(refusal: Refusal, zone: &Zone) -> (&'static str, String) {
    match refusal {
        Refusal::Nonsense => ("rules", "The service cannot be booked this way.".to_owned()),
        Refusal::Past => ("past", "This time is in the past.".to_owned()),
        Refusal::TooSoon { earliest } => {
            let local = zone.to_local(earliest);
            let (hour, minute) = (local.secs_of_day / 3600, local.secs_of_day / 60 % 60);
            ("notice", format!("This is too soon. The earliest is {} at {hour:02}:{minute:02}.", local.date))
        }
        Refusal::BeyondHorizon { last_day } => {
            ("horizon", format!("This is too far ahead. The last day is {last_day}."))
        }
        Refusal::OutsideHours => ("outside_hours", "This is outside the working hours.".to_owned()),
        Refusal::OffGrid => ("off_grid", "The service does not start at this time.".to_owned()),
        Refusal::Taken => ("booked", "This time is booked.".to_owned()),
        Refusal::Buffer => ("buffer", "This is too close to another booking.".to_owned()),
        Refusal::Busy => ("busy_block", "The provider is away at this time.".to_owned()),
        Refusal::Full { seats_left: 0 } => ("full", "All seats are taken.".to_owned()),
        Refusal::Full { seats_left: 1 } => ("full", "Only one seat is left.".to_owned()),
        Refusal::Full { seats_left } => ("full", format!("Only {seats_left} seats are left.")),
        Refusal::LimitReached { per, of } => {
            let per = match per {
                Period::Day => "day",
                Period::Week => "week",
            };
            let of = match of {
                Owner::Service => "this service",
                Owner::Provider => "this provider",
            };
            ("limit", format!("No more bookings of {of} are taken that {per}."))
        }
    }
}
