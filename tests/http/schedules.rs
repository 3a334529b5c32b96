//! Schedules over HTTP: hours, exceptions, time off, and the bookings that a change strands.

use crate::support::server::{Answer, Call};
use crate::support::{TestServer, fixtures};
use contract::bookings::{Booking, BookingStatus};
use contract::problem::Problem;
use contract::providers::ProviderChange;
use contract::schedules::{Day, Schedule, ScheduleChange};
use contract::slots::SlotList;
use fixtures::Shop;
use reqwest::Method;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// A shop in a zone without changes of offset, open daily from 09:00 to 17:00.
struct Scene {
    server: TestServer,
    shop: Shop,
    token: String,
    today: Date,
}

async fn scene() -> Scene {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Asia/Tokyo").await;
    let token = server.token(shop.owner);
    let now: OffsetDateTime = sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
    let today = now.to_offset(time::macros::offset!(+9)).date();
    Scene { server, shop, token, today }
}

impl Scene {
    async fn send(&self, method: Method, path: &str, version: &str, body: Option<&Value>) -> Answer {
        let request = self.server.request(method, &format!("/providers/{}{path}", self.shop.provider));
        let request = request.bearer_auth(&self.token).header("if-match", version);
        match body {
            Some(body) => request.json(body).call().await,
            None => request.call().await,
        }
    }

    /// Makes a change to whatever version there is.
    async fn change(&self, method: Method, path: &str, body: Option<&Value>) -> ScheduleChange {
        self.send(method, path, "*", body).await.json(200)
    }

    async fn schedule(&self, token: Option<&str>) -> Schedule {
        let request = self.server.get(&format!("/providers/{}/schedule", self.shop.provider));
        let request = match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        request.call().await.json(200)
    }

    fn day(&self, ahead: i64) -> Date {
        self.today + Duration::days(ahead)
    }

    /// The hours that a day offers.
    async fn hours(&self, day: Date) -> Vec<u8> {
        let path = format!("/services/{}/slots?from={day}&to={day}", self.shop.service);
        let list: SlotList = self.server.get(&path).call().await.json(200);
        list.days.iter().flat_map(|day| &day.slots).map(|slot| slot.start_at.hour()).collect()
    }

    /// An hour of a day as an instant.
    fn at(&self, day: Date, hour: u8) -> String {
        let local = day.with_hms(hour, 0, 0).unwrap().assume_offset(time::macros::offset!(+9));
        local.format(&Rfc3339).unwrap()
    }

    async fn book(&self, day: Date, hour: u8) -> Booking {
        let wish = json!({
            "service_id": self.shop.service, "start_at": self.at(day, hour),
            "client": { "name": "Ada", "email": "ada@example.org" },
        });
        self.server.post("/bookings", &wish).call().await.json(201)
    }
}

fn weekly(windows: &[(&str, &str, &str)]) -> Value {
    let windows: Vec<_> =
        windows.iter().map(|(day, start, end)| json!({ "day": day, "start": start, "end": end })).collect();
    json!({ "weekly": windows })
}

fn every_day(start: &str, end: &str) -> Value {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    weekly(&days.map(|day| (day, start, end)))
}

fn pointers(problem: &Problem) -> Vec<&str> {
    problem.errors.iter().map(|error| error.pointer.as_str()).collect()
}

fn ids(change: &ScheduleChange) -> Vec<Uuid> {
    change.stranded.iter().map(|booking| booking.id).collect()
}

#[actix_web::test]
async fn new_hours_are_what_is_offered() {
    let scene = scene().await;
    let body =
        weekly(&[("sunday", "22:00", "02:00"), ("monday", "14:00", "16:00"), ("monday", "09:00", "11:00")]);
    let answer = scene.send(Method::PUT, "/schedule/weekly", "\"1\"", Some(&body)).await;
    let change: ScheduleChange = answer.json(200);
    assert_eq!(answer.etag(), "\"2\"");
    assert_eq!(change.schedule.version, 2);
    let written: Vec<_> =
        change.schedule.weekly.iter().map(|one| (one.day, one.start.as_str(), one.end.as_str())).collect();
    assert_eq!(
        written,
        [(Day::Monday, "09:00", "11:00"), (Day::Monday, "14:00", "16:00"), (Day::Sunday, "22:00", "02:00")],
        "Monday first, by start"
    );
    assert_eq!(scene.schedule(None).await, change.schedule);

    let monday =
        (1..=7).map(|ahead| scene.day(ahead + 1)).find(|day| day.weekday() == time::Weekday::Monday).unwrap();
    assert_eq!(scene.hours(monday).await, [0, 1, 9, 10, 14, 15], "Sunday's window runs past midnight");
    assert!(scene.hours(monday + Duration::days(1)).await.is_empty());
}

#[actix_web::test]
async fn each_bad_time_is_pointed_at_and_nothing_is_written() {
    let scene = scene().await;
    let body = weekly(&[
        ("monday", "09:00", "12:00"),
        ("monday", "9:00", "12:00"),
        ("tuesday", "09:00", "24:00"),
        ("monday", "09:00", "17:00"),
    ]);
    let problem =
        scene.send(Method::PUT, "/schedule/weekly", "\"1\"", Some(&body)).await.problem("invalid_fields");
    assert_eq!(pointers(&problem), ["/weekly/1/start", "/weekly/2/end", "/weekly/3/start"]);
    let body = weekly(&[("someday", "09:00", "12:00")]);
    let problem =
        scene.send(Method::PUT, "/schedule/weekly", "\"1\"", Some(&body)).await.problem("malformed_body");
    assert_eq!(pointers(&problem), ["/weekly/0/day"]);
    let many = json!({ "weekly": vec![json!({ "day": "monday", "start": "09:00", "end": "10:00" }); 71] });
    scene.send(Method::PUT, "/schedule/weekly", "\"1\"", Some(&many)).await.problem("invalid_fields");

    let path = format!("/schedule/exceptions/{}", scene.day(2));
    let body = json!({ "windows": [{ "start": "10:00", "end": "noon" }] });
    let problem = scene.send(Method::PUT, &path, "\"1\"", Some(&body)).await.problem("invalid_fields");
    assert_eq!(pointers(&problem), ["/windows/0/end"]);
    assert_eq!(scene.schedule(None).await.version, 1);
}

#[actix_web::test]
async fn a_date_can_have_hours_of_its_own() {
    let scene = scene().await;
    let path = format!("/schedule/exceptions/{}", scene.day(3));
    let body = json!({ "windows": [{ "start": "15:00", "end": "17:00" }, { "start": "06:00", "end": "08:00" }], "note": "Fair" });
    let change = scene.change(Method::PUT, &path, Some(&body)).await;
    assert_eq!(change.schedule.exceptions.len(), 1);
    let exception = &change.schedule.exceptions[0];
    assert_eq!(
        (exception.date, exception.windows[0].start.as_str(), exception.note.as_str()),
        (scene.day(3), "06:00", "Fair")
    );
    assert_eq!(scene.hours(scene.day(3)).await, [6, 7, 15, 16]);
    assert_eq!(scene.hours(scene.day(4)).await.len(), 8);

    let closed = scene.change(Method::PUT, &path, Some(&json!({ "windows": [] }))).await;
    assert!(closed.schedule.exceptions[0].windows.is_empty());
    assert!(scene.hours(scene.day(3)).await.is_empty());

    let back = scene.change(Method::DELETE, &path, None).await;
    assert!(back.schedule.exceptions.is_empty());
    assert_eq!(scene.hours(scene.day(3)).await.len(), 8);
    scene.send(Method::DELETE, &path, "*", None).await.problem("not_found");
}

#[actix_web::test]
async fn exceptions_keep_to_dates_that_matter() {
    let scene = scene().await;
    let closed = json!({ "windows": [] });
    for date in
        [scene.day(-2).to_string(), scene.day(6 * 366).to_string(), "2027-02-30".into(), "tomorrow".into()]
    {
        let path = format!("/schedule/exceptions/{date}");
        let problem = scene.send(Method::PUT, &path, "*", Some(&closed)).await.problem("invalid_fields");
        assert_eq!(pointers(&problem), ["/date"], "{date}");
    }
    for date in ["-9999-01-01", "0000-01-01", "9999-12-31"] {
        let path = format!("/schedule/exceptions/{date}");
        let problem = scene.send(Method::DELETE, &path, "*", None).await.problem("invalid_fields");
        assert_eq!(pointers(&problem), ["/date"], "{date}");
    }
    let path = format!("/schedule/exceptions/{}", scene.day(-1));
    let change = scene.change(Method::PUT, &path, Some(&closed)).await;
    assert!(change.schedule.exceptions.is_empty(), "listed from today on");
}

#[actix_web::test]
async fn time_off_takes_its_time_and_gives_it_back() {
    let scene = scene().await;
    let body = json!({ "start_at": scene.at(scene.day(3), 11), "end_at": scene.at(scene.day(4), 12), "note": "Sea" });
    let change = scene.change(Method::POST, "/time-off", Some(&body)).await;
    assert_eq!((change.schedule.time_off.len(), change.schedule.time_off[0].note.as_str()), (1, "Sea"));
    assert_eq!(scene.hours(scene.day(3)).await, [9, 10]);
    assert_eq!(scene.hours(scene.day(4)).await, [12, 13, 14, 15, 16]);

    let path = format!("/time-off/{}", change.schedule.time_off[0].id);
    let back = scene.change(Method::DELETE, &path, None).await;
    assert!(back.schedule.time_off.is_empty());
    assert_eq!(scene.hours(scene.day(3)).await.len(), 8);
    scene.send(Method::DELETE, &path, "*", None).await.problem("not_found");
}

#[actix_web::test]
async fn what_is_over_is_listed_from_the_day_that_is_asked_for() {
    let scene = scene().await;
    for ahead in [-30, -10, 5] {
        sqlx::query(
            "insert into schedule_exceptions (provider_id, exception_date, is_available, note)
             values ($1, $2, false, 'Fair')",
        )
        .bind(scene.shop.provider)
        .bind(scene.day(ahead))
        .execute(&scene.server.db)
        .await
        .unwrap();
        sqlx::query(
            "insert into busy_blocks (id, provider_id, source, start_at, end_at, note)
             values (gen_random_uuid(), $1, 'time_off', $2::text::timestamptz, $3::text::timestamptz, 'Sea')",
        )
        .bind(scene.shop.provider)
        .bind(scene.at(scene.day(ahead), 9))
        .bind(scene.at(scene.day(ahead), 12))
        .execute(&scene.server.db)
        .await
        .unwrap();
    }
    let path = format!("/providers/{}/schedule", scene.shop.provider);
    let asked = async |query: String, token: Option<&str>| -> Schedule {
        let request = scene.server.get(&format!("{path}{query}"));
        let request = token.into_iter().fold(request, |request, token| request.bearer_auth(token));
        request.call().await.json(200)
    };
    let own = Some(scene.token.as_str());
    for (query, listed) in [
        (String::new(), 1),
        (format!("?since={}", scene.day(3)), 1),
        (format!("?since={}", scene.day(-10)), 2),
        (format!("?since={}", scene.day(-365)), 3),
    ] {
        let schedule = asked(query.clone(), own).await;
        assert_eq!((schedule.exceptions.len(), schedule.time_off.len()), (listed, listed), "{query}");
    }
    let public = asked(format!("?since={}", scene.day(-365)), None).await;
    assert!(
        public.time_off.is_empty() && public.exceptions.iter().all(|exception| exception.note.is_empty())
    );
    for (query, code) in [("?since=soon", "malformed_query"), ("?since=1812-01-01", "invalid_fields")] {
        scene.server.get(&format!("{path}{query}")).call().await.problem(code);
    }
}

#[actix_web::test]
async fn time_off_that_makes_no_sense_is_refused() {
    let scene = scene().await;
    for (start, end, expected) in [
        (scene.at(scene.day(3), 12), scene.at(scene.day(3), 12), vec!["/end_at"]),
        (scene.at(scene.day(4), 12), scene.at(scene.day(3), 12), vec!["/end_at"]),
        (scene.at(scene.day(1), 0), scene.at(scene.day(800), 0), vec!["/end_at"]),
        (scene.at(scene.day(-9), 0), scene.at(scene.day(-8), 0), vec!["/end_at"]),
        (scene.at(scene.day(2500), 0), scene.at(scene.day(2501), 0), vec!["/start_at"]),
    ] {
        let body = json!({ "start_at": start, "end_at": end });
        let problem = scene.send(Method::POST, "/time-off", "*", Some(&body)).await.problem("invalid_fields");
        assert_eq!(pointers(&problem), expected, "{body}");
    }
    let body = json!({ "start_at": "yesterday", "end_at": scene.at(scene.day(3), 12) });
    let problem = scene.send(Method::POST, "/time-off", "*", Some(&body)).await.problem("malformed_body");
    assert_eq!(pointers(&problem), ["/start_at"]);
    assert!(scene.schedule(Some(&scene.token)).await.time_off.is_empty());
}

#[actix_web::test]
async fn a_change_lists_the_bookings_it_strands_and_keeps_them() {
    let scene = scene().await;
    let early = scene.book(scene.day(2), 9).await;
    let late = scene.book(scene.day(2), 16).await;
    let other = scene.book(scene.day(5), 12).await;

    let change = scene.change(Method::PUT, "/schedule/weekly", Some(&every_day("10:00", "17:00"))).await;
    assert_eq!(ids(&change), [early.id]);
    let change = scene.change(Method::PUT, "/schedule/weekly", Some(&every_day("10:00", "16:30"))).await;
    assert_eq!(ids(&change), [early.id, late.id], "half a booking is not enough");
    assert_eq!(change.newly_stranded, [late.id], "the other lay outside before");
    let change = scene.change(Method::PUT, "/schedule/weekly", Some(&every_day("09:30", "09:30"))).await;
    assert!(change.stranded.is_empty(), "open around the clock, whatever the grid");

    let path = format!("/schedule/exceptions/{}", scene.day(5));
    let change = scene.change(Method::PUT, &path, Some(&json!({ "windows": [] }))).await;
    assert_eq!(ids(&change), [other.id]);
    let change = scene.change(Method::DELETE, &path, None).await;
    assert!(change.stranded.is_empty());

    let body = json!({ "start_at": scene.at(scene.day(2), 10), "end_at": scene.at(scene.day(2), 16) });
    let change = scene.change(Method::POST, "/time-off", Some(&body)).await;
    assert!(change.stranded.is_empty(), "ranges that touch do not overlap");
    let body = json!({ "start_at": scene.at(scene.day(1), 0), "end_at": scene.at(scene.day(3), 0) });
    let change = scene.change(Method::POST, "/time-off", Some(&body)).await;
    assert_eq!(ids(&change), [early.id, late.id]);
    assert_eq!(change.newly_stranded, [early.id, late.id]);
    let change = scene.change(Method::PUT, &path, Some(&json!({ "windows": [] }))).await;
    assert_eq!((ids(&change).len(), &change.newly_stranded[..]), (3, &[other.id][..]));

    for booking in [&early, &late, &other] {
        let path = format!("/bookings/{}", booking.id);
        let kept: Booking = scene.server.get(&path).bearer_auth(&scene.token).call().await.json(200);
        assert_eq!(
            (kept.status, kept.start_at, kept.version),
            (BookingStatus::Confirmed, booking.start_at, booking.version)
        );
    }
}

#[actix_web::test]
async fn of_a_stay_that_runs_only_the_rest_can_be_stranded() {
    let scene = scene().await;
    scene.change(Method::PUT, "/schedule/weekly", Some(&every_day("00:00", "00:00"))).await;
    let service = fixtures::service(&scene.server.db, scene.shop.provider, 10 * 24 * 60, 1).await;
    let wish = json!({
        "service_id": service, "start_at": scene.at(scene.day(1), 0),
        "client": { "name": "Ada", "email": "ada@example.org" },
    });
    let stay: Booking = scene.server.post("/bookings", &wish).call().await.json(201);
    for ahead in 1..=10 {
        let path = format!("/schedule/exceptions/{}", scene.day(ahead));
        let open = json!({ "windows": [{ "start": "00:00", "end": "00:00" }] });
        scene.change(Method::PUT, &path, Some(&open)).await;
    }
    let change = scene.change(Method::PUT, "/schedule/weekly", Some(&weekly(&[]))).await;
    assert!(change.stranded.is_empty(), "each of its days has hours of its own");

    scene.server.advance("8 days").await;
    let path = format!("/schedule/exceptions/{}", scene.day(20));
    let change = scene.change(Method::PUT, &path, Some(&json!({ "windows": [] }))).await;
    assert!(change.stranded.is_empty(), "what is over needs no hours any more");
    let path = format!("/schedule/exceptions/{}", scene.day(10));
    let change = scene.change(Method::PUT, &path, Some(&json!({ "windows": [] }))).await;
    assert_eq!(ids(&change), [stay.id]);
}

#[actix_web::test]
async fn a_schedule_has_an_end() {
    let scene = scene().await;
    let db = &scene.server.db;
    let provider = scene.shop.provider;
    let off = "insert into busy_blocks (provider_id, id, source, start_at, end_at)
        select $1, gen_random_uuid(), 'time_off', app_now() + make_interval(days => day), app_now() + make_interval(days => day + 1)
        from generate_series(-9, 498) day";
    sqlx::query(off).bind(provider).execute(db).await.unwrap();
    let body = json!({ "start_at": scene.at(scene.day(3), 0), "end_at": scene.at(scene.day(4), 0) });
    scene.change(Method::POST, "/time-off", Some(&body)).await;
    let problem = scene.send(Method::POST, "/time-off", "*", Some(&body)).await.problem("invalid_fields");
    assert_eq!((pointers(&problem), problem.errors[0].code.as_str()), (vec!["/start_at"], "too_many"));

    let dates = "insert into schedule_exceptions (provider_id, exception_date, is_available)
        select $1, $2 + day, false from generate_series(1, 1000) day";
    sqlx::query(dates).bind(provider).bind(scene.today).execute(db).await.unwrap();
    let closed = json!({ "windows": [] });
    let known = format!("/schedule/exceptions/{}", scene.day(1000));
    scene.change(Method::PUT, &known, Some(&closed)).await;
    let new = format!("/schedule/exceptions/{}", scene.day(1001));
    let problem = scene.send(Method::PUT, &new, "*", Some(&closed)).await.problem("invalid_fields");
    assert_eq!((pointers(&problem), problem.errors[0].code.as_str()), (vec!["/date"], "too_many"));
}

#[actix_web::test]
async fn notes_and_time_off_are_for_members_only() {
    let scene = scene().await;
    let path = format!("/schedule/exceptions/{}", scene.day(2));
    scene.change(Method::PUT, &path, Some(&json!({ "windows": [], "note": "Dentist" }))).await;
    let body = json!({ "start_at": scene.at(scene.day(3), 0), "end_at": scene.at(scene.day(4), 0), "note": "Private" });
    scene.change(Method::POST, "/time-off", Some(&body)).await;

    let own = scene.schedule(Some(&scene.token)).await;
    assert_eq!((own.exceptions[0].note.as_str(), own.time_off.len()), ("Dentist", 1));
    let stranger = scene.server.token(fixtures::person(&scene.server.db, "Stranger").await);
    for token in [None, Some(stranger.as_str())] {
        let seen = scene.schedule(token).await;
        assert_eq!(
            (seen.exceptions.len(), seen.exceptions[0].note.as_str(), seen.time_off.len()),
            (1, "", 0)
        );
        assert_eq!(seen.weekly, own.weekly);
    }
    sqlx::query("update providers set published_at = null").execute(&scene.server.db).await.unwrap();
    let path = format!("/providers/{}/schedule", scene.shop.provider);
    scene.server.get(&path).call().await.problem("not_found");
    scene.server.get(&path).bearer_auth(&scene.token).call().await.json::<Schedule>(200);
}

#[actix_web::test]
async fn changes_need_the_right_person_and_the_right_version() {
    let scene = scene().await;
    let stranger = scene.server.token(fixtures::person(&scene.server.db, "Stranger").await);
    let hours = every_day("08:00", "12:00");
    let closed = json!({ "windows": [] });
    let off = json!({ "start_at": scene.at(scene.day(3), 0), "end_at": scene.at(scene.day(4), 0) });
    let exception = format!("/schedule/exceptions/{}", scene.day(2));
    let gone = format!("/time-off/{}", Uuid::now_v7());
    for (method, path, body) in [
        (Method::PUT, "/schedule/weekly", Some(&hours)),
        (Method::PUT, exception.as_str(), Some(&closed)),
        (Method::DELETE, exception.as_str(), None),
        (Method::POST, "/time-off", Some(&off)),
        (Method::DELETE, gone.as_str(), None),
    ] {
        scene.send(method.clone(), path, "\"7\"", body).await.problem("version_mismatch");
        let full = format!("/providers/{}{path}", scene.shop.provider);
        let request = || {
            let request = scene.server.request(method.clone(), &full);
            body.iter().fold(request, |request, body| request.json(body))
        };
        request().header("if-match", "\"1\"").call().await.problem("unauthenticated");
        request().header("if-match", "\"1\"").bearer_auth(&stranger).call().await.problem("not_found");
        request().bearer_auth(&scene.token).call().await.problem("precondition_required");
    }
    assert_eq!(scene.schedule(None).await.version, 1);
}

#[actix_web::test]
async fn taking_time_off_twice_with_one_key_happens_once() {
    let scene = scene().await;
    let path = format!("/providers/{}/time-off", scene.shop.provider);
    let body = json!({ "start_at": scene.at(scene.day(3), 0), "end_at": scene.at(scene.day(4), 0) });
    let send = async || {
        let request = scene.server.post(&path, &body).bearer_auth(&scene.token);
        request.header("if-match", "\"1\"").header("idempotency-key", "one").call().await
    };
    let first = send().await;
    let again = send().await;
    assert_eq!(first.json::<ScheduleChange>(200), again.json::<ScheduleChange>(200));
    assert_eq!((first.etag(), again.etag()), ("\"2\"".to_owned(), "\"2\"".to_owned()));
    assert_eq!(scene.schedule(Some(&scene.token)).await.time_off.len(), 1);
}

#[actix_web::test]
async fn another_zone_is_another_schedule() {
    let scene = scene().await;
    let path = format!("/providers/{}", scene.shop.provider);
    let patch = async |body: Value| -> ProviderChange {
        let request = scene.server.request(Method::PATCH, &path).json(&body);
        request.bearer_auth(&scene.token).header("if-match", "*").call().await.json(200)
    };
    let day = scene.book(scene.day(3), 12).await;
    let change = patch(json!({ "headline": "Open daily" })).await;
    assert!(change.stranded.is_empty());
    let change = patch(json!({ "time_zone": "America/New_York" })).await;
    assert_eq!(change.provider.time_zone, "America/New_York");
    let stranded: Vec<Uuid> = change.stranded.iter().map(|booking| booking.id).collect();
    assert_eq!(stranded, [day.id], "noon in Tokyo is night in New York");
    assert_eq!(change.newly_stranded, stranded);
    let schedule = scene.schedule(None).await;
    assert_eq!((schedule.time_zone.as_str(), schedule.version), ("America/New_York", 2));
    scene
        .send(Method::PUT, "/schedule/weekly", "\"1\"", Some(&every_day("09:00", "10:00")))
        .await
        .problem("version_mismatch");
}
