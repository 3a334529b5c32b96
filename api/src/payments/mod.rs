//! Payments and refunds: their rows, the way to the processor, and what is asked of it. What they mean for a booking is
//! decided in [`crate::checkout`].

mod accounts;
pub mod http;
pub mod jobs;
mod onboarding;
mod payouts;
mod records;
mod refunds;
mod returns;
mod setup;
mod shown;
mod store;
mod way;

pub use accounts::{Account, account, account_ids, keep_account};
pub use jobs::{Closing, close};
pub use payouts::{record_payout, record_payouts};
pub use records::{Happened, News, record};
pub use refunds::{Cause, capture, plan, plan_all, withdraw};
pub use setup::{by_stripe, through};
pub use shown::refunds_of;
pub use store::{NewPayment, Payment, State, add, by_intent, find, give_up, live, of_booking, opened};
pub use way::{Way, require_ready, told, way};

/// How long a booking that waits for payment keeps its time, in seconds: as long as a payment page lives, and a little.
pub const HOLD: i64 = PAGE + 5 * 60;
/// How long a payment page lives, in seconds: Stripe's minimum, and a minute for clocks that differ.
pub const PAGE: i64 = SHORTEST_PAGE + 60;
/// The shortest time that Stripe lets a payment page live, in seconds.
pub const SHORTEST_PAGE: i64 = 30 * 60;
