//! The resources of the API, one each.

pub(crate) mod accounts;
pub(crate) mod charges;
pub(crate) mod disputes;
pub(crate) mod events;
pub(crate) mod fees;
pub(crate) mod intents;
pub(crate) mod links;
pub(crate) mod payouts;
pub(crate) mod refunds;
pub(crate) mod sessions;
pub(crate) mod transactions;
pub(crate) mod transfers;
