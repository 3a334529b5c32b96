//! Every word the app says.
//!
//! A language is one [`Messages`] table. Each text is a field, so a language that lacks one does not compile;
//! plurals and texts with parameters are functions, since languages differ in how they bend words.

mod account;
mod booking;
mod common;
mod dashboard;
mod en;
mod home;
mod hours;
mod manage;
mod problems;
mod provider;
mod services;

pub use account::Account;
pub use booking::Booking;
pub use common::Common;
pub use dashboard::Dashboard;
pub use home::Home;
pub use hours::Hours;
pub use manage::Manage;
pub use problems::Problems;
pub use provider::Provider;
pub use services::Services;

/// One language.
pub struct Messages {
    /// BCP 47 tag of the language.
    pub language: &'static str,
    /// Which variant dates are written in where the person has no preference.
    pub default_locale: &'static str,
    pub common: Common,
    pub home: Home,
    pub provider: Provider,
    pub booking: Booking,
    pub manage: Manage,
    pub account: Account,
    pub dashboard: Dashboard,
    pub services: Services,
    pub hours: Hours,
    pub problems: Problems,
}

/// The words of the app's language.
pub fn t() -> &'static Messages {
    &en::MESSAGES
}
