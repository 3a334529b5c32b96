//! Money of a booking: what is paid when, and what comes back.
//!
//! Amounts are in minor units of one currency, which the caller keeps; parts of an amount are rounded to what a card
//! payment of the currency can carry ([`Currency::step`](crate::money::Currency::step)).

pub mod coupon;
pub mod ledger;
pub mod policy;
pub mod quote;
pub mod rest;
pub mod share;
pub mod terms;
pub mod vat;
