//! A provider's whole day, called off or moved at once.

use crate::support::TestServer;
use crate::support::fixtures::{self, Shop};
use crate::support::server::{Answer, Call};
use contract::bookings::{Booking, BookingEvents, BookingStatus, CancelledBy};
use contract::days::{Day, DayChange};
use contract::schedules::Schedule;
use contract::slots::SlotList;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

struct Scene {
    server: TestServer,
    shop: Shop,
    owner: String,
    today: Date,
}

impl Scene {
    async fn open() -> Self {
        let server = TestServer::spawn().await;
        let shop = fixtures::shop(&server.db, "UTC").await;
        let owner = server.token(shop.owner);
        let now: OffsetDateTime = sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
        Self { server, shop, owner, today: now.date() }
    }

    fn day(&self, ahead: i64) -> Date {
        self.today + Duration::days(ahead)
    }

    fn at(&self, ahead: i64, hour: u8, minute: u8) -> String {
        self.day(ahead).with_hms(hour, minute, 0).unwrap().assume_utc().format(&Rfc3339).unwrap()
    }

    async fn book_as(&self, service: Uuid, start: &str, name: &str) -> Booking {
        let wish = json!({ "service_id": service, "start_at": start,
            "client": { "name": name, "email": format!("{}@example.org", name.to_lowercase()) } });
        self.server.post("/bookings", &wish).call().await.json(201)
    }

    async fn book(&self, ahead: i64, hour: u8) -> Booking {
        self.book_as(self.shop.service, &self.at(ahead, hour, 0), "Ada").await
    }

    /// Half an hour after the booking began; and the owner's token, for the one from before has run out.
    async fn half_an_hour_into(&self, booking: &Booking) -> String {
        let until: f64 = sqlx::query_scalar("select extract(epoch from $1::timestamptz - app_now())::float8")
            .bind(booking.start_at + Duration::minutes(30))
            .fetch_one(&self.server.db)
            .await
            .unwrap();
        self.server.advance(&format!("{until} seconds")).await;
        self.server.token(self.shop.owner)
    }

    async fn send(&self, ahead: i64, action: &str, body: &Value) -> Answer {
        let path = format!("/providers/{}/days/{}/{action}", self.shop.provider, self.day(ahead));
        self.server.post(&path, body).bearer_auth(&self.owner).call().await
    }

    async fn change(&self, ahead: i64, action: &str, body: &Value) -> DayChange {
        self.send(ahead, action, body).await.json(200)
    }

    async fn preview(&self, ahead: i64, query: &str) -> Day {
        let path = format!("/providers/{}/days/{}{query}", self.shop.provider, self.day(ahead));
        self.server.get(&path).bearer_auth(&self.owner).call().await.json(200)
    }

    async fn read(&self, id: Uuid) -> Booking {
        self.server.get(&format!("/bookings/{id}")).bearer_auth(&self.owner).call().await.json(200)
    }

    /// Seats add up, nothing overlaps, and bookings are where their appointments are.
    async fn assert_sound(&self) {
        let faults: i64 = sqlx::query_scalar(
            "select (select count(*) from appointments a join appointments b on a.provider_id = b.provider_id and a.id < b.id
                    and a.blocked_from < b.blocked_until and b.blocked_from < a.blocked_until)
                + (select count(*) from appointments a where a.seats_taken <> coalesce((select sum(party_size)
                    from bookings b where b.appointment_id = a.id), 0))
                + (select count(*) from bookings b left join appointments a on a.id = b.appointment_id
                    where b.status <> 'cancelled' and (a.start_at, a.end_at) is distinct from (b.start_at, b.end_at))
                + (select count(*) from bookings b where b.status in ('pending', 'confirmed') and not exists
                    (select from jobs j where j.dedupe_key = 'booking:' || b.id || ':settle'))
                + (select count(*) from appointments where start_at > now() + interval '10 years')",
        )
        .fetch_one(&self.server.db)
        .await
        .unwrap();
        assert_eq!(faults, 0);
    }
}

fn starts(bookings: &[Booking]) -> Vec<String> {
    bookings.iter().map(|booking| booking.start_at.format(&Rfc3339).unwrap()).collect()
}

#[actix_web::test]
async fn a_day_is_called_off_and_everyone_told() {
    let scene = Scene::open().await;
    let ada = scene.book(3, 10).await;
    let bob = scene.book_as(scene.shop.service, &scene.at(3, 14, 0), "Bob").await;
    let entry = json!({ "service_id": scene.shop.service, "start_at": scene.at(3, 16, 0), "client": { "name": "Walk-in" } });
    scene.server.post("/bookings", &entry).bearer_auth(&scene.owner).call().await.json::<Booking>(201);
    let other = scene.book(4, 10).await;
    scene.server.run_jobs().await;
    scene.server.mails.take();

    let preview = scene.preview(3, "").await;
    assert_eq!((preview.bookings.len(), preview.clients, preview.without_email), (3, 3, 1));
    assert_eq!(preview.time_zone, "UTC");
    let tried = scene.change(3, "cancel", &json!({ "dry_run": true, "close": true })).await;
    assert!(tried.dry_run && tried.changed.len() == 3);
    assert_eq!(scene.read(ada.id).await.status, BookingStatus::Confirmed, "nothing is done");

    let done = scene.change(3, "cancel", &json!({ "reason": "The boiler broke", "close": true })).await;
    assert_eq!((done.changed.len(), done.clients, done.without_email, done.closed), (3, 3, 1, true));
    let read = scene.read(bob.id).await;
    assert_eq!((read.status, read.cancelled_by), (BookingStatus::Cancelled, Some(CancelledBy::Provider)));
    assert_eq!(read.cancel_reason, "The boiler broke");
    assert_eq!(scene.read(other.id).await.status, BookingStatus::Confirmed);
    let events: BookingEvents = scene
        .server
        .get(&format!("/bookings/{}/events", ada.id))
        .bearer_auth(&scene.owner)
        .call()
        .await
        .json(200);
    assert_eq!((events.items[1].kind.as_str(), events.items[1].actor.as_str()), ("cancelled", "provider"));
    scene.server.run_jobs().await;
    for client in ["ada@example.org", "bob@example.org"] {
        let mails = scene.server.mails.to(client);
        assert_eq!(mails.len(), 1, "{client}");
        assert!(mails[0].text.contains("The boiler broke"), "{}", mails[0].text);
    }
    let day = scene.day(3);
    let list: SlotList = scene
        .server
        .get(&format!("/services/{}/slots?from={day}&to={day}", scene.shop.service))
        .call()
        .await
        .json(200);
    assert!(list.days.is_empty(), "the day is closed");
    let schedule: Schedule =
        scene.server.get(&format!("/providers/{}/schedule", scene.shop.provider)).call().await.json(200);
    assert_eq!((schedule.version, schedule.exceptions[0].date), (2, day));
    // Nothing is left of it.
    assert!(scene.change(3, "cancel", &json!({})).await.changed.is_empty());
    scene.assert_sound().await;
}

#[actix_web::test]
async fn only_a_part_of_the_day_is_meant_where_the_provider_says_so() {
    let scene = Scene::open().await;
    let class = fixtures::service(&scene.server.db, scene.shop.provider, 30, 5).await;
    for hour in [9, 11, 13, 15] {
        scene.book(3, hour).await;
    }
    scene.book_as(class, &scene.at(3, 16, 0), "Bob").await;
    for (query, count) in [
        (String::new(), 5),
        ("?from=13:00".to_owned(), 3),
        ("?until=13:00".to_owned(), 2),
        ("?from=11:00&until=15:01".to_owned(), 3),
        ("?from=11:00&until=00:00".to_owned(), 4),
        (format!("?service_id={class}"), 1),
    ] {
        assert_eq!(scene.preview(3, &query).await.bookings.len(), count, "{query}");
    }
    let done = scene.change(3, "cancel", &json!({ "from": "11:00", "until": "15:00" })).await;
    assert_eq!(starts(&done.changed), [scene.at(3, 11, 0), scene.at(3, 13, 0)]);
    let done = scene.change(3, "cancel", &json!({ "service_id": class })).await;
    assert_eq!(done.changed.len(), 1);
    assert_eq!(scene.preview(3, "").await.bookings.len(), 2);
    scene.assert_sound().await;
}

#[actix_web::test]
async fn a_day_moves_to_the_same_times_of_another() {
    let scene = Scene::open().await;
    let class = fixtures::service(&scene.server.db, scene.shop.provider, 60, 5).await;
    let ada = scene.book(3, 10).await;
    scene.book_as(class, &scene.at(3, 14, 0), "Bob").await;
    scene.book_as(class, &scene.at(3, 14, 0), "Cid").await;
    scene.server.run_jobs().await;
    scene.server.mails.take();
    let body = json!({ "to_date": scene.day(5), "message": "We are at a fair.", "close": true });
    let tried = scene.change(3, "move", &json!({ "to_date": scene.day(5), "dry_run": true })).await;
    assert_eq!((tried.changed.len(), tried.kept.len()), (3, 0));
    assert_eq!(scene.read(ada.id).await.start_at, ada.start_at);

    let moved = scene.change(3, "move", &body).await;
    assert_eq!(starts(&moved.changed), [scene.at(5, 10, 0), scene.at(5, 14, 0), scene.at(5, 14, 0)]);
    assert_eq!((moved.clients, moved.closed, moved.changed[0].version), (3, true, 2));
    scene.assert_sound().await;
    let sessions: i64 =
        sqlx::query_scalar("select count(*) from appointments").fetch_one(&scene.server.db).await.unwrap();
    assert_eq!(sessions, 2, "the group is still one");
    scene.server.run_jobs().await;
    let mails = scene.server.mails.to("bob@example.org");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("We are at a fair."), "{}", mails[0].text);
    let events: BookingEvents = scene
        .server
        .get(&format!("/bookings/{}/events", ada.id))
        .bearer_auth(&scene.owner)
        .call()
        .await
        .json(200);
    let detail = &events.items[1].detail;
    assert_eq!(
        (detail["from"].as_str(), detail["to"].as_str()),
        (Some(&*scene.at(3, 10, 0)), Some(&*scene.at(5, 10, 0)))
    );
    assert_eq!(detail["message"], "We are at a fair.");

    // Later mails do not repeat the word.
    let token = ada.manage_token.clone().unwrap();
    let later = json!({ "start_at": scene.at(6, 9, 0) });
    let request = scene.server.post(&format!("/bookings/{}/reschedule", ada.id), &later);
    request.header("x-manage-token", token).header("if-match", "\"2\"").call().await.json::<Booking>(200);
    scene.server.run_jobs().await;
    let last = scene.server.mails.to("ada@example.org").pop().unwrap();
    assert!(!last.text.contains("fair"), "{}", last.text);
}

#[actix_web::test]
async fn a_day_shifts_by_minutes_into_its_own_places() {
    let scene = Scene::open().await;
    sqlx::query("update services set buffer_after_minutes = 0").execute(&scene.server.db).await.unwrap();
    let mut all = Vec::new();
    for hour in 9..15 {
        all.push(scene.book(3, hour).await);
    }
    let later = scene.change(3, "move", &json!({ "by_minutes": 25 })).await;
    assert_eq!(later.changed.len(), 6);
    assert_eq!(later.changed[0].start_at, all[0].start_at + Duration::minutes(25));
    scene.assert_sound().await;
    let back = scene.change(3, "move", &json!({ "by_minutes": -25 })).await;
    assert_eq!(back.changed[5].start_at, all[5].start_at);
    // Only some of them; and two hours later, the last would be after hours.
    let ids = [all[4].id, all[5].id];
    let refused = scene.send(3, "move", &json!({ "by_minutes": 180, "booking_ids": ids })).await;
    let problem = refused.problem("does_not_fit");
    assert_eq!(problem.errors.len(), 1);
    assert_eq!(problem.errors[0].pointer, format!("/bookings/{}", all[5].id));
    assert_eq!(problem.errors[0].code, "outside_hours");
    assert!(problem.errors[0].message.contains("14:00, Ada"), "{}", problem.errors[0].message);
    assert_eq!(scene.read(all[4].id).await.start_at, all[4].start_at, "nothing was moved");
    let ids = [all[5].id, Uuid::now_v7()];
    let unknown = scene.send(3, "move", &json!({ "by_minutes": 60, "booking_ids": ids })).await;
    assert_eq!(unknown.problem("invalid_fields").errors[0].pointer, "/booking_ids/1");
    scene.assert_sound().await;
}

#[actix_web::test]
async fn nobody_is_called_off_or_moved_unseen() {
    let scene = Scene::open().await;
    let seen = scene.book(3, 10).await;
    let unseen = scene.book(3, 12).await;
    for (act, wish) in [("cancel", json!({})), ("move", json!({ "by_days": 1 }))] {
        for ids in [vec![seen.id], vec![], vec![seen.id, unseen.id, Uuid::now_v7()]] {
            let mut wish = wish.clone();
            wish["seen_ids"] = json!(ids);
            scene.send(3, act, &wish).await.problem("version_mismatch");
        }
    }
    let read = scene.read(seen.id).await;
    assert_eq!((read.status, read.start_at, read.version), (seen.status, seen.start_at, seen.version));
    let both = json!({ "by_days": 1, "seen_ids": [unseen.id, seen.id] });
    assert_eq!(scene.change(3, "move", &both).await.changed.len(), 2);
    assert_eq!(
        scene.change(4, "cancel", &json!({ "seen_ids": [seen.id, unseen.id] })).await.changed.len(),
        2
    );
}

#[actix_web::test]
async fn what_fits_moves_and_the_rest_is_told() {
    let scene = Scene::open().await;
    for hour in [9, 10, 16] {
        scene.book(3, hour).await;
    }
    let class = fixtures::service(&scene.server.db, scene.shop.provider, 60, 5).await;
    let bob = scene.book_as(class, &scene.at(3, 13, 0), "Bob").await;
    scene.book_as(class, &scene.at(3, 13, 0), "Cid").await;
    scene.book(4, 10).await;
    scene.book_as(class, &scene.at(4, 13, 0), "Dan").await;
    let request = json!({ "by_days": 1, "dry_run": true });
    let tried = scene.change(3, "move", &request).await;
    let refused: Vec<_> = tried.kept.iter().map(|kept| kept.reason.as_str()).collect();
    assert_eq!(refused, ["booked", "booked", "booked"], "a group joins no other");
    assert_eq!((tried.changed.len(), tried.clients, tried.closed), (0, 0, false), "it would be refused");
    let problem = scene.send(3, "move", &json!({ "by_days": 1 })).await.problem("does_not_fit");
    let pointers: Vec<_> = problem.errors.iter().map(|error| error.pointer.clone()).collect();
    let kept: Vec<_> = tried.kept.iter().map(|kept| format!("/bookings/{}", kept.booking.id)).collect();
    assert_eq!(pointers, kept, "for the reasons that the trial told");
    let closing = json!({ "by_days": 1, "dry_run": true, "close": true });
    assert!(!scene.change(3, "move", &closing).await.closed);
    let request = json!({ "by_days": 1, "dry_run": true, "fitting_only": true });
    let tried = scene.change(3, "move", &request).await;
    assert_eq!((tried.changed.len(), tried.kept.len()), (2, 3));
    let done = scene.change(3, "move", &json!({ "by_days": 1, "fitting_only": true })).await;
    assert_eq!(starts(&done.changed), [scene.at(4, 9, 0), scene.at(4, 16, 0)]);
    assert_eq!(done.kept.len(), 3);
    let read = scene.read(done.kept[0].booking.id).await;
    assert_eq!(read.start_at.format(&Rfc3339).unwrap(), scene.at(3, 10, 0), "it stays where it was");
    scene.assert_sound().await;
    // A part of a group stays with it.
    let part = json!({ "by_days": 2, "booking_ids": [bob.id] });
    let problem = scene.send(3, "move", &part).await.problem("does_not_fit");
    assert_eq!(problem.errors[0].code, "shared");
}

#[actix_web::test]
async fn walls_times_are_kept_across_a_change_of_the_clock() {
    let scene = Scene::open().await;
    sqlx::query("update providers set time_zone = 'Europe/Berlin'").execute(&scene.server.db).await.unwrap();
    sqlx::query("update schedules set start_time = '00:00', end_time = '00:00'")
        .execute(&scene.server.db)
        .await
        .unwrap();
    sqlx::query("update services set horizon_days = 730, slot_step_minutes = 30")
        .execute(&scene.server.db)
        .await
        .unwrap();
    // The Saturday before the clock goes forward in a coming March.
    let year = scene.today.year() + 1;
    let end_of_march = Date::from_calendar_date(year, time::Month::March, 31).unwrap();
    let sunday = end_of_march - Duration::days(i64::from(end_of_march.weekday().number_days_from_sunday()));
    let saturday = sunday - Duration::DAY;
    let at = |date: Date, time: &str| format!("{date}T{time}");
    let early = scene.book_as(scene.shop.service, &at(saturday, "02:30:00+01:00"), "Ada").await;
    let noon = scene.book_as(scene.shop.service, &at(saturday, "12:00:00+01:00"), "Bob").await;
    let path = format!("/providers/{}/days/{saturday}/move", scene.shop.provider);
    let moved = scene.server.post(&path, &json!({ "by_days": 1 })).bearer_auth(&scene.owner).call().await;
    let moved: DayChange = moved.json(200);
    // 02:30 does not exist that Sunday: it is 03:30. Noon is noon.
    assert_eq!(starts(&moved.changed), [at(sunday, "03:30:00+02:00"), at(sunday, "12:00:00+02:00")]);
    assert_eq!(moved.changed[1].end_at - moved.changed[1].start_at, Duration::HOUR);
    let local: Vec<String> = sqlx::query_scalar("select local_start::text from bookings order by start_at")
        .fetch_all(&scene.server.db)
        .await
        .unwrap();
    assert_eq!(local, [format!("{sunday} 03:30:00"), format!("{sunday} 12:00:00")]);
    assert_eq!((early.version, noon.version), (1, 1));
    scene.assert_sound().await;
}

#[actix_web::test]
async fn what_has_begun_or_lapsed_is_left_alone() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let request = scene.book(2, 10).await;
    scene.server.advance("25 hours").await;
    assert!(scene.preview(2, "").await.bookings.is_empty(), "nobody answered the request in time");
    assert!(scene.change(2, "move", &json!({ "by_days": 1 })).await.changed.is_empty());
    assert_eq!(scene.read(request.id).await.cancelled_by, Some(CancelledBy::Expired));

    sqlx::query("update services set approval_required = false").execute(&scene.server.db).await.unwrap();
    let early = scene.book(4, 9).await;
    let late = scene.book(4, 16).await;
    let token = scene.half_an_hour_into(&early).await;
    let path = format!("/providers/{}/days/{}/cancel", scene.shop.provider, scene.day(4));
    let done: DayChange = scene.server.post(&path, &json!({})).bearer_auth(token).call().await.json(200);
    assert_eq!(done.changed.iter().map(|booking| booking.id).collect::<Vec<_>>(), [late.id]);
    let past = scene.send(4, "move", &json!({ "by_minutes": -600 })).await;
    assert!(past.json::<DayChange>(200).changed.is_empty());
}

#[actix_web::test]
async fn bad_wishes_are_pointed_at() {
    let scene = Scene::open().await;
    let same = scene.day(3);
    for (action, body, pointer, code) in [
        ("cancel", json!({ "from": "9" }), "/from", "time"),
        ("cancel", json!({ "until": "25:00" }), "/until", "time"),
        ("cancel", json!({ "from": "12:00", "until": "11:00" }), "/until", "order"),
        ("cancel", json!({ "from": "12:00", "close": true }), "/close", "whole_day"),
        ("cancel", json!({ "reason": "x".repeat(501) }), "/reason", "length"),
        ("move", json!({}), "/to_date", "one_of"),
        ("move", json!({ "by_days": 1, "by_minutes": 5 }), "/to_date", "one_of"),
        ("move", json!({ "to_date": same }), "/to_date", "same"),
        ("move", json!({ "by_days": 0 }), "/by_days", "same"),
        ("move", json!({ "by_minutes": 0 }), "/by_minutes", "same"),
        ("move", json!({ "by_days": 367 }), "/by_days", "range"),
        ("move", json!({ "by_minutes": -1441 }), "/by_minutes", "range"),
        ("move", json!({ "by_minutes": 5, "close": true }), "/close", "whole_day"),
        ("move", json!({ "by_days": 5, "close": true, "from": "12:00" }), "/close", "whole_day"),
        ("move", json!({ "by_days": 5, "message": "x".repeat(501) }), "/message", "length"),
    ] {
        let problem = scene.send(3, action, &body).await.problem("invalid_fields");
        assert_eq!(
            (problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()),
            (pointer, code),
            "{body}"
        );
    }
    scene.send(3, "move", &json!({ "to_date": "soon" })).await.problem("malformed_body");
    scene.send(3, "move", &json!({ "whither": 1 })).await.problem("malformed_body");
    let path = format!("/providers/{}/days", scene.shop.provider);
    for day in ["soon", "2027-02-30", "9999-01-01"] {
        let answer = scene.server.get(&format!("{path}/{day}")).bearer_auth(&scene.owner).call().await;
        answer.problem("invalid_fields");
    }
    let answer = scene.server.get(&format!("{path}/{same}?from=x")).bearer_auth(&scene.owner).call().await;
    assert_eq!(answer.problem("invalid_fields").errors[0].pointer, "?from");
    // To a day before today, and to one without hours, however far ahead: the horizon is for customers.
    scene.book(3, 10).await;
    sqlx::query("delete from schedules").execute(&scene.server.db).await.unwrap();
    for (days, reason) in [(-5, "past"), (366, "outside_hours")] {
        let problem = scene.send(3, "move", &json!({ "by_days": days })).await.problem("does_not_fit");
        assert_eq!(problem.errors[0].code, reason);
    }
}

#[actix_web::test]
async fn closing_a_day_keeps_its_note_and_tells_what_it_strands() {
    let scene = Scene::open().await;
    let over = scene.send(-2, "cancel", &json!({ "close": true })).await.problem("invalid_fields");
    assert_eq!((over.errors[0].pointer.as_str(), over.errors[0].code.as_str()), ("/close", "past"));
    let over =
        scene.send(-2, "move", &json!({ "by_days": 9, "close": true })).await.problem("invalid_fields");
    assert_eq!((over.errors[0].pointer.as_str(), over.errors[0].code.as_str()), ("/close", "past"));
    let far = scene.send(5 * 366 + 2, "cancel", &json!({ "close": true })).await.problem("invalid_fields");
    assert_eq!(far.errors[0].code, "range");
    assert!(
        scene.change(-2, "cancel", &json!({})).await.changed.is_empty(),
        "without closing, nothing to do"
    );

    sqlx::query("update schedules set start_time = '00:00', end_time = '00:00'")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let nights = fixtures::service(&scene.server.db, scene.shop.provider, 3 * 24 * 60, 1).await;
    let stay = scene.book_as(nights, &scene.at(3, 0, 0), "Guest").await;
    let path = format!("/providers/{}/schedule/exceptions/{}", scene.shop.provider, scene.day(5));
    let own = json!({ "windows": [{ "start": "00:00", "end": "00:00" }], "note": "Ask Eve for the keys" });
    let put = scene.server.request(reqwest::Method::PUT, &path).bearer_auth(&scene.owner);
    assert_eq!(put.header("if-match", "*").json(&own).call().await.status, 200);

    let tried = scene.change(5, "cancel", &json!({ "close": true, "dry_run": true })).await;
    let done = scene.change(5, "cancel", &json!({ "close": true })).await;
    assert!(done.changed.is_empty() && done.closed);
    assert_eq!(done.stranded.iter().map(|one| one.id).collect::<Vec<_>>(), [stay.id], "it goes on that day");
    assert_eq!(tried.stranded, done.stranded);
    let schedule: Schedule = scene
        .server
        .get(&format!("/providers/{}/schedule", scene.shop.provider))
        .bearer_auth(&scene.owner)
        .call()
        .await
        .json(200);
    let closed = &schedule.exceptions[0];
    assert_eq!(
        (closed.date, closed.windows.len(), closed.note.as_str()),
        (scene.day(5), 0, "Ask Eve for the keys")
    );

    // What has begun is not called off, and is stranded by the closed day all the same.
    let early = scene.book(7, 9).await;
    let token = scene.half_an_hour_into(&early).await;
    let path = format!("/providers/{}/days/{}/move", scene.shop.provider, scene.day(7));
    let request = scene.server.post(&path, &json!({ "by_days": 2, "close": true })).bearer_auth(token);
    let done: DayChange = request.call().await.json(200);
    assert!(done.changed.is_empty());
    assert!(done.stranded.iter().any(|one| one.id == early.id), "{:?}", done.stranded);
}

#[actix_web::test]
async fn a_repeated_change_is_done_once() {
    let scene = Scene::open().await;
    scene.book(3, 10).await;
    let path = format!("/providers/{}/days/{}/move", scene.shop.provider, scene.day(3));
    let send = async |body: Value| {
        let request = scene.server.post(&path, &body).bearer_auth(&scene.owner);
        request.header("idempotency-key", "fair").call().await
    };
    let (first, second) = (send(json!({ "by_days": 1 })).await, send(json!({ "by_days": 1 })).await);
    assert_eq!(first.json::<DayChange>(200), second.json::<DayChange>(200));
    assert_eq!(first.json::<DayChange>(200).changed.len(), 1);
    send(json!({ "by_days": 2 })).await.problem("idempotency_key_reused");
}

#[actix_web::test]
async fn two_hundred_bookings_move_and_end_at_once() {
    let scene = Scene::open().await;
    sqlx::query("update schedules set start_time = '00:00', end_time = '00:00'")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let quick = fixtures::service(&scene.server.db, scene.shop.provider, 5, 1).await;
    let midnight = scene.day(3).midnight().assume_utc();
    for number in 0..200 {
        let start = (midnight + Duration::minutes(number * 5)).format(&Rfc3339).unwrap();
        let entry = json!({ "service_id": quick, "start_at": start,
            "client": { "name": format!("Client {number}"), "email": format!("c{number}@example.org") } });
        scene.server.post("/bookings", &entry).bearer_auth(&scene.owner).call().await.json::<Booking>(201);
    }
    let moved = scene.change(3, "move", &json!({ "by_minutes": 5 })).await;
    assert_eq!((moved.changed.len(), moved.clients), (200, 200));
    scene.assert_sound().await;
    let moved = scene.change(3, "move", &json!({ "by_days": 2, "close": true })).await;
    assert_eq!((moved.changed.len(), moved.kept.len()), (200, 0));
    scene.assert_sound().await;
    let ended = scene.change(5, "cancel", &json!({ "reason": "ill" })).await;
    assert_eq!(ended.changed.len(), 200);
    scene.assert_sound().await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from appointments").fetch_one(&scene.server.db).await.unwrap();
    assert_eq!(left, 0);
}
