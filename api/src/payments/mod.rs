//! Payments and refunds: their rows, the way to the processor, and what is asked of it. What they mean for a booking is
//! decided in [`crate::checkout`].

mod accounts;
mod fate;
pub mod http;
pub mod jobs;
mod onboarding;
mod payouts;
mod records;
mod refunds;
mod returns;
mod send_refund;
mod setup;
mod shown;
mod store;
mod stray;
mod waiting;
mod way;

pub use accounts::{Account, account, account_ids, keep_account};
pub use fate::{Fate, fate};
pub use jobs::{Closing, close};
pub use payouts::{record_payout, record_payouts};
pub use records::{Happened, News, record};
pub use refunds::{Cause, capture, capture_and_return, held, plan, plan_of, plan_quoted, withdraw};
pub use setup::{by_stripe, through};
pub use shown::refunds_of;
pub use store::{
    NewPayment, Payment, State, add, at_banks, by_intent, find, give_up, given, live, of_booking, opened,
    was_declined,
};
pub use stray::adopt;
pub use way::{Way, require_ready, told, way};

/// How long a booking that waits for payment keeps its time, in seconds: as long as a payment page lives, and a little.
pub const HOLD: i64 = PAGE + 5 * 60;
/// How long it keeps its time at the most, however often its client begins to pay anew.
pub const LONGEST_HOLD: i64 = 2 * HOLD;
/// How long a payment page lives, in seconds: Stripe's minimum, and a minute for clocks that differ.
pub const PAGE: i64 = SHORTEST_PAGE + 60;
/// The shortest time that Stripe lets a payment page live, in seconds.
pub const SHORTEST_PAGE: i64 = 30 * 60;
