//! What the person has typed so far. It outlives the steps, so nothing is typed twice.

use crate::browser;
use crate::session::Session;
use contract::bookings::{Client, CreateBooking};
use contract::services::Service;
use leptos::prelude::*;
use time::OffsetDateTime;
use uuid::Uuid;

/// The fields of the details form.
#[derive(Clone, Copy)]
pub struct Draft {
    pub name: RwSignal<String>,
    pub email: RwSignal<String>,
    pub phone: RwSignal<String>,
    pub address: RwSignal<String>,
    pub notes: RwSignal<String>,
    /// Makes sending again harmless. A new one after each answer, since another request needs another key.
    key: StoredValue<Uuid>,
    /// What this tab keeps it under.
    place: StoredValue<String>,
}

/// Stands between fields that are kept; no field can hold it.
const BETWEEN: char = '\u{1e}';

impl Draft {
    /// What this tab kept for the service; else empty, or with the name and address of whoever is logged in.
    pub fn new(own: bool, service: Uuid) -> Self {
        let user = Session::here().user().filter(|_| own);
        let (name, email) = user.map(|user| (user.name, user.email)).unwrap_or_default();
        let place = format!("draft.{}.{service}", if own { "own" } else { "client" });
        let kept = browser::kept(&place).unwrap_or_default();
        let mut kept = kept.split(BETWEEN).map(str::to_owned);
        let mut field = |otherwise: String| {
            RwSignal::new(kept.next().filter(|text| !text.is_empty()).unwrap_or(otherwise))
        };
        let draft = Self {
            name: field(name),
            email: field(email),
            phone: field(String::new()),
            address: field(String::new()),
            notes: field(String::new()),
            key: StoredValue::new(Uuid::new_v4()),
            place: StoredValue::new(place),
        };
        // A detour to log in, a reload or another language must not cost what was typed.
        Effect::new(move |_| {
            let text = draft.fields().map(|field| field.get()).join(&BETWEEN.to_string());
            browser::keep(
                &draft.place.get_value(),
                if text.trim_matches(BETWEEN).is_empty() { "" } else { &text },
            );
        });
        draft
    }

    fn fields(self) -> [RwSignal<String>; 5] {
        [self.name, self.email, self.phone, self.address, self.notes]
    }

    /// It is booked: nothing is left to keep.
    pub fn forget(self) {
        browser::keep(&self.place.get_value(), "");
    }

    /// The key of the present attempt.
    pub fn key(self) -> Uuid {
        self.key.get_value()
    }

    /// The server has answered: the next attempt is another one.
    pub fn answered(self) {
        self.key.set_value(Uuid::new_v4());
    }

    /// The request as it stands.
    pub fn request(
        self,
        service: &Service,
        start_at: OffsetDateTime,
        party_size: u32,
        zone: String,
    ) -> CreateBooking {
        let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let given = |field: RwSignal<String>| Some(text(field)).filter(|text| !text.is_empty());
        CreateBooking {
            service_id: service.id,
            start_at,
            party_size,
            client: Some(Client {
                name: text(self.name),
                email: given(self.email),
                phone: given(self.phone),
            }),
            notes: text(self.notes),
            address: text(self.address),
            time_zone: Some(zone),
            locale: Some(crate::messages::t().language.to_owned()),
        }
    }
}
