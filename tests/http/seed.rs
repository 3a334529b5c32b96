//! The demo data: written once, the same everywhere, and true to the rules.

use crate::support::bank::Bank;
use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use api::seed::{self, LOGINS, Outcome};
use contract::page::Page;
use contract::providers::ProviderCard;
use contract::services::Services;
use contract::slots::SlotList;
use serde_json::{Value, json};
use sqlx::PgPool;
use std::collections::BTreeMap;

/// What has to be the same, table by table. Password hashes are salted and times of writing differ.
const TABLES: &[(&str, &str)] = &[
    ("users", "id, email, name, time_zone, is_admin"),
    ("providers", "id, slug, name, bio, latitude, longitude, time_zone, currency, languages"),
    ("memberships", "user_id, provider_id"),
    ("services", "provider_id, id, name, duration_minutes, price_minor, capacity, position, location"),
    ("schedules", "*"),
    ("schedule_exceptions", "*"),
    ("appointments", "*"),
    (
        "bookings",
        "provider_id, id, appointment_id, client_name, client_email, start_at, status, party_size, price_minor, version, created_at",
    ),
    ("booking_events", "*"),
    ("jobs", "kind, payload, run_at, dedupe_key"),
];

async fn snapshot(db: &PgPool) -> BTreeMap<&'static str, Vec<String>> {
    let mut all = BTreeMap::new();
    for (table, columns) in TABLES {
        let statement = format!("select row::text from (select {columns} from {table}) row order by 1");
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_all(db).await.unwrap();
        all.insert(*table, rows);
    }
    all
}

async fn number(db: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(db).await.unwrap()
}

/// A server in the middle of a certain hour, so that no hour ends during a test.
async fn at_half_past() -> TestServer {
    let server = TestServer::spawn().await;
    sqlx::query("update clock set offset_by = timestamptz '2027-03-10 10:30Z' - statement_timestamp()")
        .execute(&server.db)
        .await
        .unwrap();
    server
}

#[actix_web::test]
async fn it_is_written_once_and_the_same_everywhere() {
    let (one, other) = (at_half_past().await, at_half_past().await);
    assert!(seed::run(&one.app).await.unwrap() == Outcome::Written);
    let first = snapshot(&one.db).await;
    assert!(seed::run(&one.app).await.unwrap() == Outcome::Present);
    assert!(snapshot(&one.db).await == first, "a second run changes nothing");

    seed::run(&other.app).await.unwrap();
    for (table, rows) in snapshot(&other.db).await {
        assert_eq!(rows.len(), first[table].len(), "{table}");
        assert!(rows == first[table], "{table} differs between two databases");
    }
    assert!(first["providers"].len() >= 24);
    assert!(first["bookings"].len() >= 1000);
}

#[actix_web::test]
async fn every_provider_has_a_free_slot_for_each_service() {
    // Some are paid when booking.
    let (server, _bank) = Bank::open(&[]).await;
    seed::run(&server.app).await.unwrap();
    let page: Page<ProviderCard> = server.get("/providers?limit=100").call().await.json(200);
    assert!(page.items.len() >= 24 && page.next_cursor.is_none());
    for card in &page.items {
        assert!(!card.next_slots.is_empty(), "{} has nothing to offer at once", card.slug);
        let services: Services =
            server.get(&format!("/providers/{}/services", card.id)).call().await.json(200);
        for service in services.items {
            let day = card.next_slots[0].start_at.date();
            let path = format!("/services/{}/slots?from={day}&to={day}", service.id);
            let list: SlotList = server.get(&path).call().await.json(200);
            assert!(
                !list.days.is_empty() || list.next_free.is_some(),
                "{}: {} has no free time before its horizon",
                card.slug,
                service.name
            );
        }
    }
}

#[actix_web::test]
async fn its_bookings_keep_the_rules_and_settle_in_time() {
    let server = TestServer::spawn().await;
    seed::run(&server.app).await.unwrap();
    let db = &server.db;
    let wrong_seats = "select count(*) from appointments a where seats_taken <>
        (select coalesce(sum(party_size), 0) from bookings b where b.provider_id = a.provider_id and b.appointment_id = a.id)";
    assert_eq!(number(db, wrong_seats).await, 0);
    let in_time_off =
        "select count(*) from appointments a join busy_blocks z on z.provider_id = a.provider_id
        and z.start_at < a.end_at and z.end_at > a.start_at";
    assert_eq!(number(db, in_time_off).await, 0);
    let made_late = "select count(*) from bookings b join services s on s.id = b.service_id
        where b.created_at + make_interval(mins => s.minimum_notice_minutes) > b.start_at";
    assert_eq!(number(db, made_late).await, 0);
    let made_ahead = "select count(*) from bookings where created_at > app_now()";
    assert_eq!(number(db, made_ahead).await, 0);
    let without_place = "select count(*) from bookings b join services s on s.id = b.service_id
        where (s.location = 'customer' and client_address = '') or (s.location = 'phone' and client_phone is null)";
    assert_eq!(number(db, without_place).await, 0);
    for status in ["pending", "confirmed", "cancelled", "completed", "no_show"] {
        let some: i64 = sqlx::query_scalar("select count(*) from bookings where status = $1")
            .bind(status)
            .fetch_one(db)
            .await
            .unwrap();
        assert!(some > 10, "{status}: {some}");
    }

    server.advance("40 days").await;
    server.run_jobs().await;
    assert_eq!(number(db, "select count(*) from bookings where status in ('pending', 'confirmed')").await, 0);
    assert_eq!(number(db, wrong_seats).await, 0);
}

#[actix_web::test]
async fn no_coming_booking_is_stranded() {
    let server = TestServer::spawn().await;
    seed::run(&server.app).await.unwrap();
    let owners: Vec<(uuid::Uuid, uuid::Uuid)> =
        sqlx::query_as("select user_id, provider_id from memberships").fetch_all(&server.db).await.unwrap();
    for (owner, provider) in owners {
        fixtures::session(&server.db, owner, owner).await;
        let token = server.token(owner);
        // Time off far away strands nothing by itself, so the answer lists what is stranded already.
        let body = json!({ "start_at": "2030-01-01T00:00:00Z", "end_at": "2030-01-02T00:00:00Z" });
        let request = server.post(&format!("/providers/{provider}/time-off"), &body).header("if-match", "*");
        let change: Value = request.bearer_auth(token).call().await.json(200);
        assert_eq!(change["stranded"], json!([]));
    }
}

#[actix_web::test]
async fn its_people_can_log_in() {
    let server = TestServer::spawn().await;
    seed::run(&server.app).await.unwrap();
    for login in LOGINS {
        let body = json!({ "email": login.email, "password": login.password });
        let answer = server.post("/auth/login", &body).header("origin", &server.url).call().await;
        answer.json::<Value>(200);
    }
    let nobody = json!({ "email": "radhof@appointed.example", "password": "" });
    assert!(
        server
            .post("/auth/login", &nobody)
            .header("origin", &server.url)
            .call()
            .await
            .status
            .is_client_error()
    );
}

#[actix_web::test]
async fn the_first_start_writes_it_and_production_never_does() {
    let server = TestServer::spawn().await;
    assert_eq!(seed::on_first_start(&server.app).await.unwrap().len(), LOGINS.len());
    assert_eq!(seed::on_first_start(&server.app).await.unwrap().len(), LOGINS.len(), "told at each start");

    let used = TestServer::spawn().await;
    crate::support::fixtures::person(&used.db, "Ada").await;
    assert!(seed::on_first_start(&used.app).await.unwrap().is_empty());

    let production = TestServer::spawn_with(&[
        ("PRODUCTION", "true"),
        ("BASE_URL", "https://appointed.example"),
        ("SMTP_URL", "smtps://user:password@mail.example:465"),
        ("MAIL_FROM", "Appointed <hello@appointed.example>"),
    ])
    .await;
    assert!(seed::on_first_start(&production.app).await.unwrap().is_empty());
    assert!(seed::run(&production.app).await.is_err());
    for server in [&used, &production] {
        assert_eq!(number(&server.db, "select count(*) from providers").await, 0);
    }
}

#[actix_web::test]
async fn the_people_of_the_demo_have_faces_and_others_landscapes() {
    let server = TestServer::spawn().await;
    seed::run(&server.app).await.unwrap();
    assert_eq!(number(&server.db, "select count(distinct portrait) from providers").await, 26);
    let (slug, id): (String, uuid::Uuid) =
        sqlx::query_as("select slug, id from providers where portrait is not null limit 1")
            .fetch_one(&server.db)
            .await
            .unwrap();
    let look = async || server.get(&format!("/providers/{id}/portrait")).call().await.text;
    let face = look().await;
    sqlx::query("update providers set portrait = null where slug = $1")
        .bind(slug)
        .execute(&server.db)
        .await
        .unwrap();
    assert!(face.starts_with("<svg") && look().await != face);
}

#[actix_web::test]
async fn what_is_measured_begins_with_rows_that_fit() {
    let server = TestServer::spawn().await;
    sqlx::raw_sql(include_str!("../bench/seed.sql")).execute(&server.db).await.unwrap();
    assert_eq!(number(&server.db, "select count(*) from bookings").await, 50 * 200 + 200 * 200);
}

#[actix_web::test]
async fn where_nothing_can_be_paid_when_booking_all_is_paid_on_site() {
    let prepaid = "select count(*) from services where payment_mode <> 'on_site'";
    for (payments, some) in [("true", true), ("false", false)] {
        let server = TestServer::spawn_with(&[("DEMO_PAYMENTS", payments)]).await;
        seed::run(&server.app).await.unwrap();
        assert_eq!(number(&server.db, prepaid).await > 0, some, "{payments}");
    }
}
