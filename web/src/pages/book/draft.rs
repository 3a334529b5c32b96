//! What the person has typed so far. It outlives the steps, so nothing is typed twice.

use crate::api::{self, ApiError, AuthorizedApi, BookingKey, Change};
use crate::browser;
use crate::session::Session;
use contract::bookings::{Booking, Client, CreateBooking};
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
    /// The code of a coupon.
    pub coupon: RwSignal<String>,
    /// What stands in the first two where nobody has typed.
    given: StoredValue<[String; 2]>,
    /// The request that was sent last and has not been answered, after its key. Sending just that again is harmless.
    sent: StoredValue<String>,
    /// What this tab keeps it under.
    place: StoredValue<String>,
}

/// What was booked.
pub struct Sent {
    /// The booking.
    pub booking: Booking,
    /// Whether an earlier try had made it, in which something else was asked for.
    pub earlier: bool,
}

/// What everything begins with that is kept here.
pub const KEPT: &str = "draft.";

/// Stands between fields that are kept; no field can hold it.
const BETWEEN: char = '\u{1e}';

impl Draft {
    /// What this tab kept for the service; else empty, or with the name and address of whoever is logged in.
    pub fn new(own: bool, service: Uuid) -> Self {
        let user = Session::here().user().filter(|_| own);
        let (name, email) = user.map(|user| (user.name, user.email)).unwrap_or_default();
        let place = format!("{KEPT}{}.{service}", if own { "own" } else { "client" });
        let given = [name.clone(), email.clone()];
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
            coupon: field(String::new()),
            given: StoredValue::new(given),
            sent: StoredValue::new(browser::kept(&sent(&place)).unwrap_or_default()),
            place: StoredValue::new(place),
        };
        // A detour to log in, a reload or another language must not cost what was typed.
        Effect::new(move |_| {
            let mut texts = draft.fields().map(|field| field.get());
            // What nobody typed follows who is logged in.
            draft.given.with_value(|given| {
                for (text, given) in texts.iter_mut().zip(given) {
                    if text == given {
                        text.clear();
                    }
                }
            });
            let text = texts.join(&BETWEEN.to_string());
            browser::keep(
                &draft.place.get_value(),
                if text.trim_matches(BETWEEN).is_empty() { "" } else { &text },
            );
        });
        draft
    }

    fn fields(self) -> [RwSignal<String>; 6] {
        [self.name, self.email, self.phone, self.address, self.notes, self.coupon]
    }

    /// Whether anybody typed anything.
    pub fn is_typed(self) -> bool {
        let given = self.given.get_value();
        let mut given = given.iter().map(String::as_str).chain(std::iter::repeat(""));
        self.fields()
            .into_iter()
            .any(|field| field.with_untracked(|text| given.next() != Some(text.as_str())))
    }

    /// It is booked: nothing is left to keep.
    pub fn forget(self) {
        if let Some(place) = self.place.try_get_value() {
            browser::keep(&place, "");
        }
    }

    /// Books. Where the answer to an earlier try was lost, that one comes first, just as it was: nobody knows whether it
    /// went through, and it must not end in two bookings.
    pub async fn book(self, api: Option<AuthorizedApi>, request: CreateBooking) -> Result<Sent, ApiError> {
        let (place, start_at) = (sent(&self.place.get_value()), request.start_at);
        let body = serde_json::to_string(&request).unwrap_or_default();
        let earlier = self.sent.get_value();
        let earlier = earlier.split_once(BETWEEN).map(|(key, body)| (key.to_owned(), body.to_owned()));
        let keep = |text: String| {
            browser::keep(&place, &text);
            self.sent.try_set_value(text);
        };
        if let Some((key, first)) = earlier {
            let answer = api::book(api, key, first.clone()).await;
            let refused = matches!(&answer, Err(error) if error.is_answer());
            if answer.is_ok() || refused {
                keep(String::new());
            }
            match answer {
                Ok(booking) => {
                    let (there, earlier) = (booking.start_at == start_at, first != body);
                    let booking = if there { booking } else { moved(api, booking, start_at).await };
                    return Ok(Sent { booking, earlier });
                }
                Err(_) if refused && first != body => {}
                Err(error) => return Err(error),
            }
        }
        let key = Uuid::new_v4().to_string();
        keep(format!("{key}{BETWEEN}{body}"));
        let answer = api::book(api, key, body).await;
        if answer.as_ref().err().is_none_or(ApiError::is_answer) {
            keep(String::new());
        }
        Ok(Sent { booking: answer?, earlier: false })
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
            coupon: given(self.coupon),
            time_zone: Some(zone),
            locale: Some(crate::messages::t().language.to_owned()),
        }
    }
}

/// Where a request is kept that has not been answered.
fn sent(place: &str) -> String {
    format!("{place}.sent")
}

/// The booking of an earlier try, for which another time was chosen since. Where it cannot be moved, it stays as it is.
async fn moved(api: Option<AuthorizedApi>, booking: Booking, start_at: OffsetDateTime) -> Booking {
    let token = booking.manage_token.clone();
    let key = match (token.clone(), api) {
        (Some(token), _) => BookingKey::Link(token),
        (None, Some(api)) => BookingKey::Session(api),
        (None, None) => return booking,
    };
    match key.change(booking.id, booking.version, Change::Move(start_at)).await {
        Ok(moved) => Booking { manage_token: token, ..moved },
        Err(_) => booking,
    }
}
