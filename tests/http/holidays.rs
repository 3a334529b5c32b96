//! Holidays, and closing on them.

use crate::support::server::Call;
use crate::support::{TestServer, fixtures};
use contract::bookings::Booking;
use contract::holidays::HolidayList;
use contract::schedules::{Schedule, ScheduleChange};
use reqwest::Method;
use serde_json::{Value, json};
use time::{Date, Duration, OffsetDateTime};

#[actix_web::test]
async fn holidays_of_a_country_are_told_to_anyone() {
    let server = TestServer::spawn().await;
    let list: HolidayList = server.get("/holidays?country=DE&year=2027").call().await.json(200);
    let unity = list.items.iter().find(|holiday| holiday.name == "German Unity Day").unwrap();
    assert_eq!((unity.date.to_string().as_str(), unity.nationwide), ("2027-10-03", true));
    assert_eq!(unity.local_name, "Tag der Deutschen Einheit");
    let reformation = list.items.iter().find(|holiday| holiday.name == "Reformation Day").unwrap();
    assert!(!reformation.nationwide && reformation.regions.contains(&"BB".to_owned()));
    assert!(list.regions.contains(&"BY".to_owned()) && list.countries.contains(&"JP".to_owned()));
    assert!(list.items.is_sorted_by_key(|holiday| holiday.date));

    let bavaria: HolidayList =
        server.get("/holidays?country=de&region=DE-BY&year=2027").call().await.json(200);
    let same: HolidayList = server.get("/holidays?country=DE&region=by&year=2027").call().await.json(200);
    assert_eq!(bavaria, same);
    assert!(!bavaria.items.iter().any(|holiday| holiday.name == "Reformation Day"));
    let spain: HolidayList = server.get("/holidays?country=ES&year=2027").call().await.json(200);
    assert!(spain.lacks_regional && !spain.lacks_movable);
    let nowhere: HolidayList = server.get("/holidays?country=XX&year=2027").call().await.json(200);
    assert!(nowhere.items.is_empty());

    for (query, code) in [
        ("country=DE", "malformed_query"),
        ("year=2027", "malformed_query"),
        ("country=DE&year=soon", "malformed_query"),
        ("country=DEU&year=2027", "invalid_fields"),
        ("country=DE&year=2024", "invalid_fields"),
        ("country=DE&year=2100", "invalid_fields"),
        ("country=DE&region=XX&year=2027", "invalid_fields"),
        ("country=AT&region=9&year=2027", "invalid_fields"),
        ("country=%F0%9F%87%A9&year=2027", "invalid_fields"),
    ] {
        server.get(&format!("/holidays?{query}")).call().await.problem(code);
    }
}

#[actix_web::test]
async fn several_dates_are_closed_at_once_or_not_at_all() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let owner = server.token(shop.owner);
    let now: OffsetDateTime = sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
    let day = |ahead: i64| -> Date { now.date() + Duration::days(ahead) };
    let wish = json!({ "service_id": shop.service, "start_at": format!("{}T10:00:00Z", day(5)),
        "client": { "name": "Ada", "email": "ada@example.org" } });
    let booking: Booking = server.post("/bookings", &wish).call().await.json(201);

    let path = format!("/providers/{}/schedule/exceptions", shop.provider);
    let send = async |body: &Value, version: &str| {
        let request = server.request(Method::PUT, &path).json(body).bearer_auth(&owner);
        request.header("if-match", version).call().await
    };
    let short = json!([{ "start": "10:00", "end": "12:00" }]);
    let body = json!({ "exceptions": [
        { "date": day(5).to_string(), "note": "Holiday" },
        { "date": day(6).to_string(), "windows": short },
        { "date": day(40).to_string(), "windows": [] },
    ] });
    let answer = send(&body, "\"1\"").await;
    let change: ScheduleChange = answer.json(200);
    assert_eq!((change.schedule.version, answer.etag().as_str()), (2, "\"2\""));
    let stranded: Vec<_> = change.stranded.iter().map(|booking| booking.id).collect();
    assert_eq!(stranded, [booking.id]);
    let dates: Vec<_> = change
        .schedule
        .exceptions
        .iter()
        .map(|one| (one.date, one.windows.len(), one.note.as_str()))
        .collect();
    assert_eq!(dates, [(day(5), 0, "Holiday"), (day(6), 1, ""), (day(40), 0, "")]);

    // Again with another day: the others stay.
    let more = json!({ "exceptions": [{ "date": day(6).to_string() }, { "date": day(7).to_string() }] });
    send(&more, "\"1\"").await.problem("version_mismatch");
    let change: ScheduleChange = send(&more, "\"2\"").await.json(200);
    assert_eq!(change.schedule.exceptions.len(), 4);
    assert!(change.schedule.exceptions.iter().all(|exception| exception.windows.is_empty()));

    let date = |ahead: i64| json!({ "date": day(ahead).to_string() });
    for (list, pointer, code) in [
        (json!([date(8), date(9), date(8)]), "/exceptions/2/date", "repeated"),
        (json!([date(8), date(-3)]), "/exceptions/1/date", "past"),
        (json!([date(8), date(3000)]), "/exceptions/1/date", "range"),
        (json!([]), "/exceptions", "length"),
        (
            json!([date(8), { "date": day(9).to_string(), "windows": [{ "start": "9", "end": "12:00" }] }]),
            "/exceptions/1/windows/0/start",
            "time",
        ),
        (json!([{ "date": day(9).to_string(), "note": "x".repeat(201) }]), "/exceptions/0/note", "length"),
        ((0..367).map(|ahead| date(ahead + 8)).collect(), "/exceptions", "length"),
    ] {
        let problem = send(&json!({ "exceptions": list }), "*").await.problem("invalid_fields");
        assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()), (pointer, code));
    }
    let bad = |start: &str| json!([{ "start": start, "end": "12:00" }]);
    let many = json!([{ "date": day(8).to_string(), "windows": bad("9") }, date(8), { "date": day(9).to_string(), "windows": bad("x") }]);
    let problem = send(&json!({ "exceptions": many }), "*").await.problem("invalid_fields");
    let pointers: Vec<_> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
    let all = ["/exceptions/0/windows/0/start", "/exceptions/1/date", "/exceptions/2/windows/0/start"];
    assert_eq!(pointers, all, "the faults of all dates at once");
    send(&json!({ "exceptions": [{ "date": "soon" }] }), "*").await.problem("malformed_body");
    let schedule = server.get(&format!("/providers/{}/schedule", shop.provider)).call().await;
    let schedule: Schedule = schedule.json(200);
    assert_eq!(
        (schedule.version, schedule.exceptions.len()),
        (3, 4),
        "nothing of what was refused is written"
    );

    // There is a limit to them all.
    sqlx::query(
        "insert into schedule_exceptions (provider_id, exception_date, is_available)
        select $1, app_now()::date + 100 + n, false from generate_series(1, 995) n",
    )
    .bind(shop.provider)
    .execute(&server.db)
    .await
    .unwrap();
    send(&json!({ "exceptions": [date(8)] }), "*").await.json::<ScheduleChange>(200);
    let full = send(&json!({ "exceptions": [date(8), date(9)] }), "*").await.problem("invalid_fields");
    assert_eq!((full.errors[0].pointer.as_str(), full.errors[0].code.as_str()), ("/exceptions", "too_many"));
}
