//! The query for the facts repeats `ServiceRules::needs`: rows just inside its borders count, rows just outside do not.

use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use contract::slots::Explanation;
use fixtures::Shop;
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, OffsetDateTime, Time, UtcOffset, Weekday};
use uuid::Uuid;

/// As far from UTC as clocks go.
const ZONE: (&str, UtcOffset) = ("Pacific/Kiritimati", time::macros::offset!(+14));
const HOUR: Duration = Duration::HOUR;
const DAY: Duration = Duration::DAY;

struct Scene {
    server: TestServer,
    shop: Shop,
    /// A Monday with room for everything around it.
    monday: Date,
}

async fn scene() -> Scene {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, ZONE.0).await;
    let now: OffsetDateTime = sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
    let soon: Date = now.to_offset(ZONE.1).date() + 10 * DAY;
    Scene { monday: soon.next_occurrence(Weekday::Monday), server, shop }
}

/// An appointment, and the time before and after it that it blocks.
struct Taken {
    start: OffsetDateTime,
    length: Duration,
    before: Duration,
    after: Duration,
}

impl Scene {
    fn at(&self, days: i64, hour: u8) -> OffsetDateTime {
        (self.monday + Duration::days(days)).with_time(Time::MIDNIGHT).assume_offset(ZONE.1)
            + HOUR * i32::from(hour)
    }

    async fn set(&self, sql: &'static str) {
        sqlx::raw_sql(sql).execute(&self.server.db).await.unwrap();
    }

    /// Replaces all appointments by this one.
    async fn take(&self, taken: Taken) {
        self.set("delete from appointments").await;
        sqlx::query(
            "insert into appointments (provider_id, id, service_id, start_at, end_at, blocked_from, blocked_until,
                capacity, seats_taken)
             values ($1, $2, $3, $4, $5, $6, $7, 1, 1)",
        )
        .bind(self.shop.provider)
        .bind(Uuid::now_v7())
        .bind(self.shop.service)
        .bind(taken.start)
        .bind(taken.start + taken.length)
        .bind(taken.start - taken.before)
        .bind(taken.start + taken.length + taken.after)
        .execute(&self.server.db)
        .await
        .unwrap();
    }

    /// Sets the hours of one date; none closes it.
    async fn except(&self, date: Date, hours: Option<(&str, &str)>) {
        let windows: Vec<_> =
            hours.into_iter().map(|(start, end)| json!({ "start": start, "end": end })).collect();
        let path = format!("/providers/{}/schedule/exceptions/{date}", self.shop.provider);
        let request = self.server.request(reqwest::Method::PUT, &path).json(&json!({ "windows": windows }));
        let token = self.server.token(self.shop.owner);
        let answer = request.bearer_auth(token).header("if-match", "*").call().await;
        assert_eq!(answer.status, 200, "{}", answer.text);
    }

    /// Why a start is not offered; nothing where it is.
    async fn refusal(&self, start: OffsetDateTime) -> Option<String> {
        let at = start.to_offset(UtcOffset::UTC).format(&Rfc3339).unwrap();
        let path = format!("/services/{}/slots/explain?at={at}", self.shop.service);
        self.server.get(&path).call().await.json::<Explanation>(200).reason
    }
}

#[actix_web::test]
async fn the_longest_stay_counts_up_to_the_end_of_its_buffer() {
    let scene = scene().await;
    scene.set("update services set buffer_before_minutes = 1440").await;
    let start = scene.at(0, 9);
    // The service's own buffer begins a day before.
    let longest = |blocked_until: OffsetDateTime| Taken {
        start: blocked_until - 32 * DAY,
        length: 31 * DAY,
        before: DAY,
        after: DAY,
    };
    scene.take(longest(start - DAY + Duration::SECOND)).await;
    assert_eq!(scene.refusal(start).await.as_deref(), Some("buffer"));
    scene.take(longest(start - DAY)).await;
    assert_eq!(scene.refusal(start).await, None);
}

#[actix_web::test]
async fn an_appointment_counts_from_the_beginning_of_its_buffer() {
    let scene = scene().await;
    scene.set("update services set buffer_after_minutes = 1440").await;
    let start = scene.at(0, 9);
    let free_until = start + HOUR + DAY;
    let next = |blocked_from: OffsetDateTime| Taken {
        start: blocked_from + DAY,
        length: HOUR,
        before: DAY,
        after: Duration::ZERO,
    };
    scene.take(next(free_until - Duration::SECOND)).await;
    assert_eq!(scene.refusal(start).await.as_deref(), Some("buffer"));
    scene.take(next(free_until)).await;
    assert_eq!(scene.refusal(start).await, None);
}

#[actix_web::test]
async fn limits_count_the_whole_iso_week() {
    let scene = scene().await;
    let hour =
        |start: OffsetDateTime| Taken { start, length: HOUR, before: Duration::ZERO, after: Duration::ZERO };
    for limit in ["update services set week_limit = 1", "update providers set week_limit = 1"] {
        scene.set("update services set week_limit = null; update providers set week_limit = null").await;
        scene.set(limit).await;
        let (monday, sunday) = (scene.at(0, 9), scene.at(6, 16));
        scene.take(hour(scene.at(0, 0))).await;
        assert_eq!(scene.refusal(sunday).await.as_deref(), Some("limit"), "{limit}");
        scene.take(hour(scene.at(6, 23))).await;
        assert_eq!(scene.refusal(monday).await.as_deref(), Some("limit"), "{limit}");
        for other_week in [scene.at(-1, 23), scene.at(7, 0)] {
            scene.take(hour(other_week)).await;
            assert_eq!((scene.refusal(monday).await, scene.refusal(sunday).await), (None, None), "{limit}");
        }
    }
}

#[actix_web::test]
async fn exceptions_count_from_the_night_before_to_the_last_day_of_a_stay() {
    let scene = scene().await;
    scene.except(scene.monday - DAY, Some(("22:00", "08:00"))).await;
    assert_eq!(scene.refusal(scene.at(0, 6)).await, None, "the night before runs on");

    scene.set("update services set duration_minutes = 44640; update schedules set start_time = '00:00', end_time = '00:00'").await;
    let start = scene.at(0, 0);
    assert_eq!(scene.refusal(start).await, None);
    scene.except(scene.monday + 31 * DAY, None).await;
    assert_eq!(scene.refusal(start).await, None, "the stay is over when that day begins");
    scene.except(scene.monday + 30 * DAY, None).await;
    assert_eq!(scene.refusal(start).await.as_deref(), Some("outside_hours"));
}
