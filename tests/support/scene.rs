//! A shop that is open, and a day in it.

use super::fixtures::{self, Shop};
use super::server::{Call, TestServer};
use contract::bookings::Booking;
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// A server with one shop, in UTC.
pub struct Scene {
    pub server: TestServer,
    pub shop: Shop,
    /// The owner's access token.
    pub owner: String,
    /// Midnight of a coming day.
    pub day: OffsetDateTime,
}

impl Scene {
    /// Opens the shop. The day is so many days ahead.
    pub async fn open(days: i32) -> Self {
        let server = TestServer::spawn().await;
        let shop = fixtures::shop(&server.db, "UTC").await;
        let owner = server.token(shop.owner);
        let day =
            sqlx::query_scalar("select date_trunc('day', app_now() + make_interval(days => $1), 'UTC')")
                .bind(days)
                .fetch_one(&server.db)
                .await
                .unwrap();
        Self { server, shop, owner, day }
    }

    /// A time of the day, as it is written on the wire.
    pub fn at(&self, hour: i64, minute: i64) -> String {
        (self.day + Duration::minutes(hour * 60 + minute)).format(&Rfc3339).unwrap()
    }

    /// A guest's booking.
    pub async fn book(&self, service: Uuid, start: &str) -> Booking {
        let wish = json!({ "service_id": service, "start_at": start,
            "client": { "name": "Ada", "email": "ada@example.org" } });
        self.server.post("/bookings", &wish).call().await.json(201)
    }
}
