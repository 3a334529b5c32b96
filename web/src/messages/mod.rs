//! Every word the app says.
//!
//! A language is one [`Messages`] table. Each text is a field, so a language that lacks one does not compile;
//! plurals and texts with parameters are functions, since languages differ in how they bend words. Each language is a
//! part of its own (see [`crate::parts`]), so that nobody fetches words they do not read.

mod account;
mod admin;
mod again;
mod agenda;
mod booking;
mod bounds;
mod calendar;
mod change;
mod cities;
mod common;
mod dashboard;
mod days;
mod de;
mod desk_money;
mod en;
mod events;
mod find;
mod gallery;
mod grammar;
mod home;
mod hours;
mod live;
mod lookup;
mod manage;
mod order;
mod page_form;
mod pay;
mod photo;
mod privacy;
mod problems;
mod provider;
mod regions;
mod rest;
mod rivals;
mod services;
mod settle;
mod share;
mod till;
mod welcome;
mod year;

use crate::browser;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::sync::OnceLock;

pub use account::Account;
pub use admin::Admin;
pub use again::Again;
pub use agenda::Agenda;
pub use booking::Booking;
pub use calendar::Calendar;
pub use change::Change;
pub use cities::{city, further, part_of_world};
pub use common::Common;
pub use dashboard::Dashboard;
pub use days::Days;
pub use desk_money::{CouponState, DeskMoney};
pub use events::Events;
pub use find::Find;
pub use gallery::Gallery;
pub use grammar::capital;
pub use home::Home;
pub use hours::Hours;
pub use live::Live;
pub use lookup::Lookup;
pub use manage::Manage;
pub use order::Order;
pub use page_form::PageForm;
pub use pay::Pay;
pub use photo::Photo;
pub use privacy::Privacy;
pub use problems::Problems;
pub use provider::Provider;
pub use regions::region;
pub use rest::Rest;
pub use rivals::Rivals;
pub use services::Services;
pub use settle::Settle;
pub use share::Share;
pub use till::{CardMoney, Till};
pub use welcome::Welcome;
pub use year::Year;

/// One language.
pub struct Messages {
    /// BCP 47 tag of the language.
    pub language: &'static str,
    /// What stands between whole numbers and decimals.
    pub decimal: char,
    /// What stands after a number of hundredths: a sign, with a space where the language has one.
    pub percent: &'static str,
    /// What stands between the full name of a weekday and the date.
    pub after_weekday: &'static str,
    /// Which variant dates are written in where the person has no preference.
    pub default_locale: &'static str,
    pub common: Common,
    pub find: Find,
    pub provider: Provider,
    pub booking: Booking,
    pub calendar: Calendar,
    pub live: Live,
    pub manage: Manage,
    pub dashboard: Dashboard,
    pub agenda: Agenda,
    pub pay: Pay,
    pub hours: Hours,
    pub again: Again,
    pub problems: Problems,
    pub settle: Settle,
}

/// The languages that the app speaks, each by its own name. `scripts/early.js` and `scripts/start.js` know them as well.
pub const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("de", "Deutsch")];

static WORDS: OnceLock<&'static Messages> = OnceLock::new();

/// Fetches the language of the page, which `scripts/early.js` chose; nothing is drawn before.
pub async fn load() -> Result<(), SplitLoaderError> {
    let words = match browser::root_language().as_str() {
        "de" => german().await?,
        _ => english().await?,
    };
    // Asked for once, at the start.
    let _ = WORDS.set(words);
    Ok(())
}

#[wasm_split(english, fallible, wasm_split_path = leptos::wasm_split)]
fn english() -> Result<&'static Messages, SplitLoaderError> {
    Ok(&en::MESSAGES)
}

#[wasm_split(german, fallible, wasm_split_path = leptos::wasm_split)]
fn german() -> Result<&'static Messages, SplitLoaderError> {
    Ok(&de::MESSAGES)
}

/// The words of the present language.
pub fn t() -> &'static Messages {
    WORDS.get().copied().unwrap_or_else(|| unreachable!("the words come before anything is drawn"))
}

/// Words that few people read come with the pages that say them, in every language: in the table above each visitor
/// would fetch them.
macro_rules! apart {
    ($($(#[$doc:meta])* $name:ident: $kind:ty = $area:ident::$words:ident;)+) => {
        $($(#[$doc])* pub fn $name() -> &'static $kind {
            if t().language == "de" { &de::$area::$words } else { &en::$area::$words }
        })+
    };
}

apart! {
    /// The words around a person's account.
    account_words: Account = account::ACCOUNT;
    /// The words of administration.
    admin: Admin = admin::ADMIN;
    /// The words of another service for a booking.
    change_words: Change = change::CHANGE;
    /// The words of a whole day called off or moved.
    days_words: Days = days::DAYS;
    /// The words of money on the provider's side.
    desk_money: DeskMoney = desk_money::DESK_MONEY;
    /// The words of what happened to a booking.
    event_words: Events = events::EVENTS;
    /// The words of the page of components.
    gallery_words: Gallery = gallery::GALLERY;
    /// The words of the front page.
    home_words: Home = home::HOME;
    /// The words of finding one's bookings.
    lookup: Lookup = lookup::LOOKUP;
    /// The words of putting services in order.
    order_words: Order = order::ORDER;
    /// The words of the form of a provider's page.
    page_form: PageForm = page_form::PAGE_FORM;
    /// The words of cutting a photo.
    photo_words: Photo = photo::PHOTO;
    /// The words of what two have changed at once.
    rival_words: Rivals = rivals::RIVALS;
    /// The words of sessions and one's own data.
    privacy_words: Privacy = privacy::PRIVACY;
    /// The words of services and their form.
    service_words: Services = services::SERVICES;
    /// The words of handing a page on.
    share_words: Share = share::SHARE;
    /// The words of paying, and of what comes back.
    till: Till = till::TILL;
    /// The words of the way to a page of one's own.
    welcome: Welcome = welcome::WELCOME;
    /// The words of the year.
    year_words: Year = year::YEAR;
}
