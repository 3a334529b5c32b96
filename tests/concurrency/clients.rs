//! Many clients at once, and the proof that what they left behind is sound.

use crate::support::fixtures::{self, Shop};
use crate::support::process::Fleet;
use contract::bookings::Booking;
use contract::problem::Problem;
use futures_util::future::join_all;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A fleet with a shop to compete for.
pub struct Arena {
    /// The servers.
    pub fleet: Fleet,
    /// The shop, in UTC.
    pub shop: Shop,
    client: Client,
    today: OffsetDateTime,
}

/// How a request ended.
#[derive(Debug)]
pub struct Outcome {
    /// The status.
    pub status: u16,
    /// The problem's code, where it is one.
    pub code: String,
    /// The body.
    pub body: String,
}

impl Outcome {
    /// The booking that the answer carries.
    pub fn booking(&self) -> Booking {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Arena {
    /// Three servers and a shop.
    pub async fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let fleet = Fleet::start(3).await;
        let shop = fixtures::shop(&fleet.db, "UTC").await;
        let today = sqlx::query_scalar("select date_trunc('day', app_now(), 'UTC')")
            .fetch_one(&fleet.db)
            .await
            .unwrap();
        Self { fleet, shop, client: Client::new(), today }
    }

    /// A time of a coming day.
    pub fn at(&self, days: i64, hour: i64, minute: i64) -> String {
        (self.today + Duration::days(days) + Duration::minutes(hour * 60 + minute)).format(&Rfc3339).unwrap()
    }

    /// A POST to the server whose turn it is.
    pub fn post(&self, turn: usize, path: &str, body: &Value) -> RequestBuilder {
        self.client.post(format!("{}/api/v1{path}", self.fleet.urls[turn % self.fleet.urls.len()])).json(body)
    }

    /// A PUT to the server whose turn it is.
    pub fn put(&self, turn: usize, path: &str, body: &Value) -> RequestBuilder {
        self.client.put(format!("{}/api/v1{path}", self.fleet.urls[turn % self.fleet.urls.len()])).json(body)
    }

    /// An access token of a user, as logging in would give.
    pub fn token(&self, user_id: Uuid) -> String {
        self.fleet.token(user_id)
    }

    /// A guest's wish for seats.
    pub fn wish(&self, turn: usize, service: Uuid, start: &str, seats: u32) -> RequestBuilder {
        let client = json!({ "name": format!("Guest {turn}"), "email": format!("guest{turn}@example.org") });
        let body = json!({ "service_id": service, "start_at": start, "party_size": seats, "client": client });
        self.post(turn, "/bookings", &body)
    }

    /// Books, with nobody else about.
    pub async fn book(&self, service: Uuid, start: &str) -> Booking {
        let outcome = send(self.wish(0, service, start, 1)).await;
        assert_eq!(outcome.status, 201, "{}", outcome.body);
        outcome.booking()
    }

    /// A guest's action on a booking.
    pub fn act(&self, turn: usize, booking: &Booking, action: &str, body: &Value) -> RequestBuilder {
        self.post(turn, &format!("/bookings/{}/{action}", booking.id), body)
            .header("x-manage-token", booking.manage_token.as_deref().unwrap())
            .header("if-match", format!("\"{}\"", booking.version))
    }

    /// Asserts that no two appointments overlap, that seats add up, and that nothing is half written.
    pub async fn assert_sound(&self) {
        for (fault, query) in [
            (
                "two appointments overlap",
                "select count(*) from appointments a join appointments b on a.provider_id = b.provider_id and a.id < b.id
                 and a.blocked_from < b.blocked_until and b.blocked_from < a.blocked_until",
            ),
            (
                "seats taken and seats booked differ",
                "select count(*) from appointments a where a.seats_taken <> coalesce((select sum(party_size)
                 from bookings b where b.provider_id = a.provider_id and b.appointment_id = a.id), 0)",
            ),
            (
                "a booking is not where its appointment is",
                "select count(*) from bookings b left join appointments a
                 on a.provider_id = b.provider_id and a.id = b.appointment_id
                 where b.status <> 'cancelled' and (a.start_at, a.end_at, a.service_id)
                     is distinct from (b.start_at, b.end_at, b.service_id)",
            ),
            (
                "a booking has no history",
                "select count(*) from bookings b where not exists (select from booking_events e where e.booking_id = b.id)",
            ),
            (
                "a standing booking would never be settled",
                "select count(*) from bookings b where b.status in ('pending', 'confirmed')
                 and not exists (select from jobs j where j.dedupe_key = 'booking:' || b.id || ':settle')",
            ),
            ("a stored answer is empty", "select count(*) from idempotency_keys where status is null"),
        ] {
            let count: i64 = sqlx::query_scalar(query).fetch_one(&self.fleet.db).await.unwrap();
            assert_eq!(count, 0, "{fault}");
        }
    }

    /// How many bookings stand.
    pub async fn standing(&self) -> i64 {
        sqlx::query_scalar("select count(*) from bookings where status <> 'cancelled'")
            .fetch_one(&self.fleet.db)
            .await
            .unwrap()
    }
}

/// Sends one request and reads its end.
pub async fn send(request: RequestBuilder) -> Outcome {
    let response = request.send().await.unwrap();
    read(response).await
}

/// Reads an answer's end.
pub async fn read(response: reqwest::Response) -> Outcome {
    let status = response.status().as_u16();
    let body = response.text().await.unwrap();
    let code = serde_json::from_str::<Problem>(&body)
        .map(|problem| problem.code.as_str().to_owned())
        .unwrap_or_default();
    Outcome { status, code, body }
}

/// Sends all at once.
pub async fn rush(requests: Vec<RequestBuilder>) -> Vec<Outcome> {
    join_all(requests.into_iter().map(send)).await
}

/// How often each end came: `201`, `409 slot_taken` and so on.
pub fn tally(outcomes: &[Outcome]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for outcome in outcomes {
        *counts.entry(format!("{} {}", outcome.status, outcome.code).trim().to_owned()).or_default() += 1;
    }
    counts
}
