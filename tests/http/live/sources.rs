//! Everything that changes a provider's time is told, whoever does it.

use super::reader::{LONG, Reader, SOON, session};
use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use contract::bookings::Booking;
use contract::live::{Change, ChangeKind};
use contract::schedules::ScheduleChange;
use serde_json::{Value, json};
use time::{Date, Duration};
use uuid::Uuid;

struct Watched {
    server: TestServer,
    shop: fixtures::Shop,
    token: String,
    day: Date,
    agenda: Reader,
}

impl Watched {
    async fn open() -> Self {
        let server = TestServer::spawn().await;
        let shop = fixtures::shop(&server.db, "UTC").await;
        let (token, _) = session(&server, shop.owner).await;
        let day =
            sqlx::query_scalar("select (app_now() + interval '3 days')::date").fetch_one(&server.db).await;
        let path = format!("/providers/{}/events", shop.provider);
        let (agenda, _) = Reader::open(server.get(&path).bearer_auth(&token)).await;
        Self { shop, token, day: day.unwrap(), agenda, server }
    }

    /// The next event must be about this alone.
    async fn hears(&mut self, kind: ChangeKind, id: Uuid) {
        assert_eq!(self.agenda.event(LONG).await.changes(), [Change { kind, id }]);
    }

    async fn book(&self, hour: u8) -> Booking {
        let wish = json!({ "service_id": self.shop.service, "start_at": format!("{}T{hour:02}:00:00Z", self.day),
            "client": { "name": "Ada", "email": "ada@example.org" } });
        self.server.post("/bookings", &wish).call().await.json(201)
    }

    async fn act(&mut self, booking: &Booking, action: &str, body: &Value) {
        let request = self.server.post(&format!("/bookings/{}/{action}", booking.id), body);
        let answer = request.bearer_auth(&self.token).header("if-match", "*").call().await;
        assert_eq!(answer.status, 200, "{action}: {}", answer.text);
        self.hears(ChangeKind::Booking, booking.id).await;
    }

    /// A write of the owner, under any version.
    async fn put(&self, method: &str, path: &str, body: &Value) -> crate::support::server::Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.server.request(method, path).bearer_auth(&self.token).header("if-match", "*");
        let answer = request.json(body).call().await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        answer
    }
}

#[actix_web::test]
async fn the_life_of_a_booking() {
    let mut watched = Watched::open().await;
    let booking = watched.book(10).await;
    watched.hears(ChangeKind::Booking, booking.id).await;
    let later = json!({ "start_at": format!("{}T14:00:00Z", watched.day) });
    watched.act(&booking, "reschedule", &later).await;
    watched.act(&booking, "cancel", &json!({})).await;

    let approve = "update services set approval_required = true";
    sqlx::query(approve).execute(&watched.server.db).await.unwrap();
    watched.hears(ChangeKind::Service, watched.shop.service).await;
    for (hour, answer, body) in [(11, "confirm", Value::Null), (12, "decline", json!({}))] {
        let request = watched.book(hour).await;
        watched.hears(ChangeKind::Booking, request.id).await;
        watched.act(&request, answer, &body).await;
    }
    // Nobody answers this one; a job ends it, in no request.
    let forgotten = watched.book(13).await;
    watched.hears(ChangeKind::Booking, forgotten.id).await;
    watched.server.advance("2 days").await;
    watched.server.run_jobs().await;
    watched.hears(ChangeKind::Booking, forgotten.id).await;
}

#[actix_web::test]
async fn hours_services_and_the_profile() {
    let mut watched = Watched::open().await;
    let (provider, service) = (watched.shop.provider, watched.shop.service);
    let at = |path: &str| format!("/providers/{provider}{path}");
    let weekly = json!({ "weekly": [{ "day": "monday", "start": "09:00", "end": "12:00" }] });
    watched.put("PUT", &at("/schedule/weekly"), &weekly).await;
    watched.hears(ChangeKind::Schedule, provider).await;
    let date = at(&format!("/schedule/exceptions/{}", watched.day));
    watched.put("PUT", &date, &json!({ "windows": [], "note": "" })).await;
    watched.hears(ChangeKind::Schedule, provider).await;
    watched.put("DELETE", &date, &Value::Null).await;
    watched.hears(ChangeKind::Schedule, provider).await;
    let away = watched.day + Duration::days(1);
    let off =
        json!({ "start_at": format!("{}T00:00:00Z", watched.day), "end_at": format!("{away}T00:00:00Z") });
    let taken: ScheduleChange = watched.put("POST", &at("/time-off"), &off).await.json(200);
    watched.hears(ChangeKind::Schedule, provider).await;
    let back = at(&format!("/time-off/{}", taken.schedule.time_off[0].id));
    watched.put("DELETE", &back, &Value::Null).await;
    watched.hears(ChangeKind::Schedule, provider).await;
    watched.put("PATCH", &format!("/services/{service}"), &json!({ "duration_minutes": 30 })).await;
    watched.hears(ChangeKind::Service, service).await;
    watched.put("PATCH", &at(""), &json!({ "time_zone": "Europe/Berlin" })).await;
    watched.hears(ChangeKind::Provider, provider).await;
}

#[actix_web::test]
async fn a_change_whose_hint_was_lost_is_noticed_within_two_seconds() {
    let mut watched = Watched::open().await;
    // Written by something that sends no hints.
    sqlx::query("insert into busy_blocks (provider_id, id, source, start_at, end_at) values ($1, $1, 'time_off', now(), now() + interval '1 h')")
        .bind(watched.shop.provider)
        .execute(&watched.server.db)
        .await
        .unwrap();
    let changes = watched.agenda.event(SOON).await.changes();
    assert_eq!(changes[0].kind, ChangeKind::Schedule);
}

#[actix_web::test]
async fn many_rows_of_one_change_are_told_once_and_others_not_at_all() {
    let mut watched = Watched::open().await;
    let other = fixtures::shop(&watched.server.db, "UTC").await;
    sqlx::query("update schedules set end_time = '16:00'").execute(&watched.server.db).await.unwrap();
    let changes = watched.agenda.event(LONG).await.changes();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_ne!(changes[0].id, other.provider);
}

#[actix_web::test]
async fn what_is_refused_is_no_change() {
    let mut watched = Watched::open().await;
    let first = watched.book(10).await;
    watched.hears(ChangeKind::Booking, first.id).await;
    let wish = json!({ "service_id": watched.shop.service, "start_at": format!("{}T10:00:00Z", watched.day),
        "client": { "name": "Bo", "email": "bo@example.org" } });
    watched.server.post("/bookings", &wish).call().await.problem("slot_taken");
    let second = watched.book(11).await;
    let changes = watched.agenda.event(LONG).await.changes();
    assert_eq!(changes.iter().map(|change| change.id).collect::<Vec<_>>(), [second.id]);
}
