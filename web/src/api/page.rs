//! What a provider's public page shows. Visitors ask as nobody, members with their session, for whom an unpublished page is
//! there too.

use super::ask::Ask;
use super::authorized::AuthorizedApi;
use super::call::{Call, escape};
use super::error::ApiError;
use super::public::Api;
use contract::coupons::{PriceQuery, PriceQuote};
use contract::schedules::Schedule;
use contract::services::Services;
use contract::slots::{NextSlots, NextSlotsQuery, SlotList, SlotQuery};
use serde::de::DeserializeOwned;
use uuid::Uuid;

fn ask<T: DeserializeOwned>(api: Option<AuthorizedApi>, call: Call) -> Ask<T> {
    match api {
        Some(api) => Ask::own(api, call),
        None => Ask::open(call),
    }
}

fn part(key: &str, what: &str) -> Call {
    Call::get(format!("/providers/{}/{what}", escape(key)))
}

impl Api {
    /// What a booking costs, and what of it is due at once.
    pub fn price(self, api: Option<AuthorizedApi>, service: Uuid, query: &PriceQuery) -> Ask<PriceQuote> {
        ask(api, Call::get(format!("/services/{service}/price")).query(query))
    }

    /// What a provider offers.
    pub fn services_of(self, api: Option<AuthorizedApi>, key: &str) -> Ask<Services> {
        ask(api, part(key, "services"))
    }

    /// When a provider works.
    pub fn schedule_of(self, api: Option<AuthorizedApi>, key: &str) -> Ask<Schedule> {
        ask(api, part(key, "schedule"))
    }

    /// The next free time of everything that a provider offers.
    pub fn next_slots(self, api: Option<AuthorizedApi>, key: &str, zone: &str) -> Ask<NextSlots> {
        let query = NextSlotsQuery { count: None, time_zone: Some(zone.to_owned()) };
        ask(api, part(key, "next-slots").query(&query))
    }

    /// The free times of a service.
    pub fn slots(self, api: Option<AuthorizedApi>, service: Uuid, query: SlotQuery) -> Ask<SlotList> {
        ask(api, Call::get(format!("/services/{service}/slots")).query(&query))
    }
}

impl AuthorizedApi {
    /// The QR code that leads to the page, as SVG.
    pub async fn qr_code(self, key: &str) -> Result<String, ApiError> {
        self.send(part(key, "qr.svg")).await?.ok()
    }
}
