//! What the person has typed so far. It outlives the steps, so nothing is typed twice.

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
}

impl Draft {
    /// Empty, or with the name and address of whoever is logged in.
    pub fn new(own: bool) -> Self {
        let user = Session::here().user().filter(|_| own);
        let (name, email) = user.map(|user| (user.name, user.email)).unwrap_or_default();
        Self {
            name: RwSignal::new(name),
            email: RwSignal::new(email),
            phone: RwSignal::default(),
            address: RwSignal::default(),
            notes: RwSignal::default(),
            key: StoredValue::new(Uuid::new_v4()),
        }
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
