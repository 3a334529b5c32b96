//! Seeing all that is held on oneself, and being forgotten.

use crate::accounts::browser::Browser;
use crate::accounts::{PASSWORD, deliver, log_in, mailed_token, registered};
use crate::support::TestServer;
use crate::support::fixtures::{self, Shop};
use crate::support::server::{Answer, Call};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

const ADA: &str = "ada@example.org";

/// A person whose address is proven.
async fn proven(server: &TestServer) -> Browser {
    let ada = registered(server, ADA).await;
    let token = mailed_token(server, "verify_email").await;
    server.post("/auth/email/verify", &json!({ "token": token })).call().await;
    ada
}

/// Books an hour some days from now; as a guest where nobody is logged in.
async fn book(server: &TestServer, who: Option<&Browser>, shop: Shop, days: i32, hour: i32) -> Value {
    let start: String = sqlx::query_scalar(
        "select to_char((app_now() + make_interval(days => $1))::date, 'YYYY-MM-DD') || 'T' || $2::text || ':00:00Z'",
    )
    .bind(days)
    .bind(hour)
    .fetch_one(&server.db)
    .await
    .unwrap();
    let wish = json!({ "service_id": shop.service, "start_at": start, "notes": "my knee", "address": "Home Lane 3",
        "client": { "name": "Ada Lovelace", "email": ADA, "phone": "+44 20 7946 0000" } });
    let request = server.request(Method::POST, "/bookings").json(&wish);
    let request = match who {
        Some(browser) => request.bearer_auth(&browser.session.access_token),
        None => request,
    };
    request.call().await.json(201)
}

/// Four days from now at ten.
async fn as_guest_start(server: &TestServer) -> String {
    format!("{}T10:00:00Z", server.today().await + time::Duration::days(4))
}

async fn leave(server: &TestServer, who: &Browser, password: &str, key: &str) -> Answer {
    let request = who.request(server, Method::DELETE, "/me").header("idempotency-key", key);
    request.json(&json!({ "password": password })).call().await
}

async fn row(server: &TestServer, booking: &Value) -> Value {
    let id: Uuid = booking["id"].as_str().unwrap().parse().unwrap();
    sqlx::query_scalar("select to_jsonb(b) from bookings b where id = $1")
        .bind(id)
        .fetch_one(&server.db)
        .await
        .unwrap()
}

#[actix_web::test]
async fn the_export_holds_everything_and_nothing_of_others() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let ada = proven(&server).await;
    let own = book(&server, Some(&ada), shop, 3, 10).await;
    let as_guest = book(&server, None, shop, 2, 11).await;
    let provider = ada
        .post(
            &server,
            "/providers",
            &json!({ "name": "Ada", "category": "craft", "time_zone": "UTC", "currency": "EUR" }),
        )
        .await;
    let provider: Value = provider.json(201);
    let page = format!("/providers/{}", provider["id"].as_str().unwrap());
    let write = async |method: Method, path: &str, body: Value| {
        let request = ada.request(&server, method, &format!("{page}{path}")).header("if-match", "*");
        let answer = request.json(&body).call().await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
    };
    let about = json!({ "bio": "I mend clocks", "address": { "line": "Home Lane 3", "city": "Vienna" } });
    write(Method::PATCH, "", about).await;
    let service = json!({ "name": "Repair", "duration_minutes": 30, "location_detail": "Ring twice" });
    write(Method::POST, "/services", service).await;
    let day = server.today().await;
    let closed = json!({ "windows": [], "note": "My birthday" });
    write(Method::PUT, &format!("/schedule/exceptions/{day}"), closed).await;
    let off = json!({ "start_at": format!("{day}T00:00:00Z"), "end_at": format!("{}T00:00:00Z", day + time::Duration::DAY),
        "note": "At the doctor's" });
    write(Method::POST, "/time-off", off).await;

    let answer = ada.get(&server, "/me/export").await;
    assert!(answer.header("content-disposition").unwrap().starts_with("attachment; filename="));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let data: Value = answer.json(200);
    assert_eq!(data["account"]["email"], ADA);
    assert_eq!(data["account"]["providers"][0]["provider_id"], provider["id"]);
    assert_eq!(data["sessions"][0]["current"], true);
    let ids: Vec<&Value> =
        data["bookings"].as_array().unwrap().iter().map(|one| &one["booking"]["id"]).collect();
    assert_eq!(ids, [&as_guest["id"], &own["id"]], "by start, with what a guest of the proven address made");
    assert_eq!(data["bookings"][1]["booking"]["notes"], "my knee");
    assert_eq!(data["bookings"][1]["booking"]["client"]["phone"], "+44 20 7946 0000");
    assert_eq!(data["bookings"][1]["history"][0]["kind"], "booked");
    let owned = &data["providers"];
    assert_eq!(owned.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&owned[0]["profile"]["bio"], &owned[0]["profile"]["address"]["line"]),
        (&json!("I mend clocks"), &json!("Home Lane 3"))
    );
    assert_eq!(owned[0]["services"][0]["location_detail"], "Ring twice");
    assert_eq!(owned[0]["schedule"]["exceptions"][0]["note"], "My birthday");
    assert_eq!(owned[0]["schedule"]["time_off"][0]["note"], "At the doctor's");
    // What is over is held, and so is told.
    server.advance("3 days").await;
    let later: Value =
        Browser::of(&log_in(&server, ADA, PASSWORD).await, 200).get(&server, "/me/export").await.json(200);
    assert_eq!(later["providers"][0]["schedule"]["time_off"][0]["note"], "At the doctor's");
    assert_eq!(later["providers"][0]["schedule"]["exceptions"][0]["note"], "My birthday");

    let eve = registered(&server, "eve@example.org").await;
    let data: Value = eve.get(&server, "/me/export").await.json(200);
    assert_eq!((&data["bookings"], &data["providers"]), (&json!([]), &json!([])));
    assert!(!data.to_string().contains("ada@"), "{data}");
    server.get("/me/export").call().await.problem("unauthenticated");
}

#[actix_web::test]
async fn an_address_that_is_not_proven_shows_nothing_of_guests() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let booking = book(&server, None, shop, 2, 11).await;
    let thief = registered(&server, ADA).await;
    let data: Value = thief.get(&server, "/me/export").await.json(200);
    assert_eq!(data["bookings"], json!([]));
    assert_eq!(leave(&server, &thief, PASSWORD, "k").await.status, 204);
    let row = row(&server, &booking).await;
    assert_eq!((&row["client_email"], &row["status"]), (&json!(ADA), &json!("confirmed")), "left alone");
}

#[actix_web::test]
async fn who_leaves_is_taken_out_of_everything_that_stays() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "Europe/Vienna").await;
    let ada = proven(&server).await;
    let phone = Browser::of(&log_in(&server, ADA, PASSWORD).await, 200);
    let past = book(&server, Some(&ada), shop, 1, 10).await;
    server.advance("2 days").await;
    let coming = book(&server, Some(&ada), shop, 3, 10).await;
    let guest = json!({ "service_id": shop.service, "start_at": as_guest_start(&server).await,
        "client": { "name": "Ada Lovelace", "email": ADA }, "notes": "my knee" });
    let request = server.post("/bookings", &guest).header("idempotency-key", "guest");
    let as_guest: Value = request.call().await.json(201);
    deliver(&server).await;

    leave(&server, &ada, "not the password", "k").await.problem("wrong_password");
    assert_eq!(leave(&server, &ada, PASSWORD, "k").await.status, 204);
    assert_eq!(leave(&server, &ada, PASSWORD, "k").await.status, 204, "once more, the same answer");
    leave(&server, &ada, PASSWORD, "another").await.problem("unauthenticated");

    for (booking, status) in [(&past, "completed"), (&coming, "cancelled"), (&as_guest, "cancelled")] {
        let row = row(&server, booking).await;
        assert_eq!(row["status"], status, "{row}");
        assert_eq!(row["client_name"], "Deleted account");
        let told = row.to_string();
        for trace in ["Ada", ADA, "7946", "knee", "Lane"] {
            assert!(!told.contains(trace), "{trace} is left in {told}");
        }
        assert!(row["client_id"].is_null());
        assert_eq!(
            (&row["service_name"], &row["price_minor"]),
            (&json!("Consultation"), &json!(5000)),
            "the rest stays"
        );
    }
    let taken: i64 = sqlx::query_scalar("select count(*) from appointments where start_at > app_now()")
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert_eq!(taken, 0, "the time is free again");
    let mails = deliver(&server).await;
    assert!(
        !mails.is_empty() && mails.iter().all(|mail| mail.subject.starts_with("Cancelled")),
        "the provider is told: {mails:?}"
    );
    assert!(
        mails.iter().all(|mail| !mail.to.to_string().contains(ADA) && !mail.text.contains("Lovelace")),
        "and nobody else: {mails:?}"
    );

    let kept: Value = sqlx::query_scalar("select coalesce(jsonb_agg(k), '[]') from idempotency_keys k")
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert!(!kept.to_string().contains("Lovelace"), "answers for repeating are forgotten: {kept}");

    for browser in [&ada, &phone] {
        browser.refresh(&server).await.problem("session_ended");
        browser.get(&server, "/me").await.problem("unauthenticated");
        browser.get(&server, "/me/export").await.problem("unauthenticated");
    }
    log_in(&server, ADA, PASSWORD).await.problem("wrong_credentials");
    let again = registered(&server, ADA).await;
    let data: Value = again.get(&server, "/me/export").await.json(200);
    assert_eq!(data["bookings"], json!([]), "the address starts anew");
}

#[actix_web::test]
async fn a_token_that_outlives_its_account_books_nothing() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let ada = registered(&server, ADA).await;
    assert_eq!(leave(&server, &ada, PASSWORD, "k").await.status, 204);
    let day: String = sqlx::query_scalar("select (app_now() + interval '3 days')::date::text")
        .fetch_one(&server.db)
        .await
        .unwrap();
    let wish = json!({ "service_id": shop.service, "start_at": format!("{day}T10:00:00Z") });
    ada.post(&server, "/bookings", &wish).await.problem("unauthenticated");
}

#[actix_web::test]
async fn the_only_owner_settles_the_page_first() {
    let server = TestServer::spawn().await;
    let ada = proven(&server).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let own = async |sql: &'static str| {
        sqlx::query(sql).bind(shop.provider).bind(ada.session.user.id).execute(&server.db).await.unwrap();
    };
    own("update memberships set user_id = $2 where provider_id = $1").await;
    let guest = json!({ "service_id": shop.service, "client": { "name": "Bo", "email": "bo@example.org" } });
    let day: String = sqlx::query_scalar("select (app_now() + interval '3 days')::date::text")
        .fetch_one(&server.db)
        .await
        .unwrap();
    let mut wish = guest.clone();
    wish["start_at"] = json!(format!("{day}T10:00:00Z"));
    let booking: Value = server.post("/bookings", &wish).call().await.json(201);

    let faults = async || {
        let problem = leave(&server, &ada, PASSWORD, "k").await.problem("sole_owner");
        assert!(
            problem.detail.as_deref().is_some_and(|detail| detail.contains("Corner Shop")),
            "{problem:?}"
        );
        problem.errors.into_iter().map(|error| (error.pointer, error.code)).collect::<Vec<_>>()
    };
    let pointer = format!("/providers/{}", shop.provider);
    let both = [(pointer.clone(), "has_bookings".to_owned()), (pointer.clone(), "published".to_owned())];
    assert_eq!(faults().await, both);
    own("update services set description = 'Ring at Ada''s', location_detail = 'Call Ada' where provider_id = $1 and $2 is not null").await;
    own("insert into schedule_exceptions (provider_id, exception_date, is_available, note)
         select $1, current_date + 9, false, 'Ada''s birthday' where $2::uuid is not null")
    .await;
    own("insert into busy_blocks (provider_id, id, source, start_at, end_at, note)
         select $1, $2, 'time_off', now(), now() + interval '1 h', 'Ada is ill'")
    .await;
    own("update providers set published_at = null, tax_number = 'DE1234', bio = 'I live in Main Street' where id = $1 and $2 is not null").await;
    assert_eq!(faults().await, both[..1]);
    assert_eq!(log_in(&server, ADA, PASSWORD).await.status, 200, "nothing has changed");
    let cancel =
        ada.request(&server, Method::POST, &format!("/bookings/{}/cancel", booking["id"].as_str().unwrap()));
    assert_eq!(cancel.header("if-match", "\"1\"").json(&json!({})).call().await.status, 200);

    assert_eq!(leave(&server, &ada, PASSWORD, "k").await.status, 204);
    let left: Value = sqlx::query_scalar("select to_jsonb(p) from providers p where id = $1")
        .bind(shop.provider)
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert_eq!(
        (&left["name"], &left["bio"], &left["address_line"], &left["tax_number"]),
        (&json!("Corner Shop"), &json!(""), &json!(""), &json!("")),
        "the name stays for those who were there"
    );
    let rest: Value = sqlx::query_scalar(
        "select jsonb_build_array((select jsonb_agg(s) from services s where provider_id = $1),
            (select jsonb_agg(e) from schedule_exceptions e where provider_id = $1),
            (select jsonb_agg(b) from busy_blocks b where provider_id = $1))",
    )
    .bind(shop.provider)
    .fetch_one(&server.db)
    .await
    .unwrap();
    assert!(
        rest[0][0]["name"] == "Consultation" && rest[1][0].is_object() && rest[2][0].is_object(),
        "{rest}"
    );
    assert!(!rest.to_string().contains("Ada"), "{rest}");
}

#[actix_web::test]
async fn a_page_that_others_look_after_goes_on() {
    let server = TestServer::spawn().await;
    let ada = registered(&server, ADA).await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let body = json!({ "name": "Empty", "category": "craft", "time_zone": "UTC", "currency": "EUR" });
    let empty: Value = ada.post(&server, "/providers", &body).await.json(201);
    sqlx::query("insert into memberships (user_id, provider_id) values ($1, $2)")
        .bind(ada.session.user.id)
        .bind(shop.provider)
        .execute(&server.db)
        .await
        .unwrap();
    assert_eq!(leave(&server, &ada, PASSWORD, "k").await.status, 204, "another owner is there");
    let published: bool = sqlx::query_scalar("select published_at is not null from providers where id = $1")
        .bind(shop.provider)
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert!(published);
    let id: Uuid = empty["id"].as_str().unwrap().parse().unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from providers where id = $1")
        .bind(id)
        .fetch_one(&server.db)
        .await
        .unwrap();
    assert_eq!(left, 0, "an own page that nobody ever booked goes too");
}

#[actix_web::test]
async fn bad_requests_delete_nothing() {
    let server = TestServer::spawn().await;
    let ada = registered(&server, ADA).await;
    let without = ada.request(&server, Method::DELETE, "/me").json(&json!({})).call().await;
    assert!(without.status.is_client_error());
    let problem = leave(&server, &ada, "", "k").await.problem("invalid_fields");
    assert_eq!(problem.errors[0].pointer, "/password");
    for _ in 0..10 {
        leave(&server, &ada, "guess", "k").await;
    }
    leave(&server, &ada, PASSWORD, "k").await.problem("too_many_requests");
    server
        .request(Method::DELETE, "/me")
        .json(&json!({ "password": PASSWORD }))
        .call()
        .await
        .problem("unauthenticated");
    assert_eq!(log_in(&server, ADA, PASSWORD).await.status, 200);
}
