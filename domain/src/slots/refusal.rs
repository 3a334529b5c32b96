//! Why a time is not offered.

use time::Date;

/// Why a service cannot start at an instant. Where several reasons hold, the first in this order is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// The service's rules or the size of the party make no sense.
    #[error("the rules of the service or the party make no sense")]
    Nonsense,
    /// It lies before now.
    #[error("it lies in the past")]
    Past,
    /// The service wants more notice.
    #[error("it wants more notice")]
    TooSoon {
        /// The first instant that keeps the notice; it need not be a slot.
        earliest: i64,
    },
    /// It lies after the last day that can be booked.
    #[error("it cannot be booked yet")]
    BeyondHorizon {
        /// The last day offered, in the provider's zone.
        last_day: Date,
    },
    /// The provider does not work through all of it.
    #[error("it is outside the working hours")]
    OutsideHours,
    /// The provider works, but the service starts at other times.
    #[error("the service does not start at this time")]
    OffGrid,
    /// It would run into another appointment.
    #[error("it is booked")]
    Taken,
    /// It would leave too little time before or after another appointment.
    #[error("it is too close to another appointment")]
    Buffer,
    /// With its buffers it would run into time off or an event of the provider's calendar.
    #[error("the provider is busy")]
    Busy,
    /// Too few seats are free for the party.
    #[error("too few seats are free")]
    Full {
        /// How many are free.
        seats_left: u32,
    },
    /// No more appointments may start in its day or week.
    #[error("the limit is reached")]
    LimitReached {
        /// What the limit counts in.
        per: Period,
        /// What the limit counts.
        of: Owner,
    },
}

/// The stretch of the provider's calendar over which a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A day.
    Day,
    /// An ISO week, Monday first.
    Week,
}

/// Whose appointments a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Those of this service.
    Service,
    /// All of the provider's.
    Provider,
}
