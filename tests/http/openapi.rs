//! The OpenAPI document: sound in itself, and true. Every documented operation is called here, in the order of a
//! story, and every answer is one that the document announces.

mod admin;
mod money;
pub(crate) mod schema;

use crate::photos::pictures::halves;
use crate::support::TestServer;
use crate::support::bank::Bank;
use crate::support::server::{Answer, Call};
use api::http::openapi::openapi;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use time::{Duration, OffsetDateTime};

fn document() -> Value {
    serde_json::to_value(openapi()).unwrap()
}

/// Operations by id: method, path and the operation itself.
fn operations(document: &Value) -> BTreeMap<String, (String, String, Value)> {
    let mut operations = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let known =
                operations.insert(id.clone(), (method.to_uppercase(), path.clone(), operation.clone()));
            assert!(known.is_none(), "{id} is not unique");
        }
    }
    operations
}

#[test]
fn the_committed_document_is_current() {
    let committed = include_str!("../../openapi/openapi.json");
    assert!(committed.trim_end() == openapi().to_pretty_json().unwrap(), "run `make openapi`");
}

#[test]
fn every_reference_resolves() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let target = document.pointer(reference.trim_start_matches('#'));
        assert!(target.is_some(), "{reference} leads nowhere");
    }
}

/// The document keeps one schema a name, so of two types that share one the other is told wrongly.
#[test]
fn no_two_types_share_a_schema_name() {
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    sources(&root.join("contract/src"), &mut files);
    sources(&root.join("api/src"), &mut files);
    let mut known: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in files {
        let mut attributes = String::new();
        for line in std::fs::read_to_string(&file).unwrap().lines().map(str::trim) {
            let kind = ["pub struct ", "pub enum "].iter().find_map(|kind| line.strip_prefix(kind));
            if let Some(rest) = kind.filter(|_| attributes.contains("ToSchema")) {
                let word = |text: &str| text.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned();
                let name = attributes.split_once("schema(as = ").map_or(word(rest), |(_, name)| word(name));
                if let Some(other) = known.insert(name.clone(), file.clone()) {
                    panic!("{name} is a schema of {} and of {}", other.display(), file.display());
                }
            }
            if line.is_empty() || line.ends_with(['{', '}', ';']) {
                attributes.clear();
            } else if !line.starts_with("//") {
                attributes.push_str(line);
            }
        }
    }
    assert!(known.len() > 50 && known.contains_key("BookedDay"), "{known:?}");
}

#[test]
fn operations_are_documented_alike() {
    for (id, (method, path, operation)) in operations(&document()) {
        assert!(id.contains('_') && id.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{id}");
        assert!(path.starts_with("/api/v1/"), "{path}");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{id} has no summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{id} has one tag");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{id} has no success");
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let content =
                response["content"].as_object().unwrap_or_else(|| panic!("{id} {status} has no content"));
            assert_eq!(content.keys().collect::<Vec<_>>(), ["application/problem+json"], "{id} {status}");
        }
        // An event is believed by its signature, whatever it says that it is.
        if !operation["requestBody"].is_null() && id != "receive_stripe_event" {
            for status in ["400", "413", "415", "422"] {
                assert!(responses.contains_key(status), "{id} takes a body and says nothing of {status}");
            }
        }
        // Opening a payment leads to the same one however often it is asked for.
        let repeats_anyway = matches!(
            id.as_str(),
            "request_manage_links"
                | "open_payment"
                | "refresh_payment"
                | "receive_stripe_event"
                // An account is made once, and each link works once.
                | "start_onboarding"
                | "refresh_payment_setup"
        );
        let is_write = method != "GET" && !path.contains("/auth/") && !repeats_anyway;
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let repeatable =
            parameters.iter().any(|one| one["name"] == "Idempotency-Key" && one["in"] == "header");
        assert_eq!(repeatable, is_write, "{id} takes an idempotency key exactly where it writes");
        let changes = matches!(method.as_str(), "PUT" | "PATCH") || id.ends_with("_booking");
        if changes && !matches!(id.as_str(), "create_booking" | "get_booking") {
            for status in ["412", "428"] {
                assert!(
                    responses.contains_key(status),
                    "{id} changes something and says nothing of {status}"
                );
            }
        }
    }
}

/// A client that remembers which operations it called.
struct Story<'a> {
    server: &'a TestServer,
    document: Value,
    operations: BTreeMap<String, (String, String, Value)>,
    called: BTreeSet<String>,
}

/// How to call an operation.
#[derive(Default)]
struct With<'a> {
    path: &'a [(&'a str, &'a str)],
    query: &'a str,
    token: Option<&'a str>,
    manage: Option<&'a str>,
    version: Option<i64>,
    body: Option<Value>,
    picture: Option<Vec<u8>>,
    cookie: Option<&'a str>,
    signature: Option<&'a str>,
}

impl Story<'_> {
    async fn call(&mut self, id: &str, with: With<'_>) -> Answer {
        let (method, path, operation) =
            self.operations.get(id).unwrap_or_else(|| panic!("no operation {id}")).clone();
        let path =
            with.path.iter().fold(path, |path, (name, value)| path.replace(&format!("{{{name}}}"), value));
        assert!(!path.contains('{'), "{id}: {path} has parameters left");
        let relative = format!("{}{}", path.trim_start_matches("/api/v1"), with.query);
        let mut request = self.server.request(Method::from_bytes(method.as_bytes()).unwrap(), &relative);
        if let Some(token) = with.token {
            request = request.bearer_auth(token);
        }
        if let Some(token) = with.manage {
            request = request.header("x-manage-token", token);
        }
        if let Some(version) = with.version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        if let Some(cookie) = with.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(signature) = with.signature {
            request = request.header("stripe-signature", signature);
        }
        if let Some(body) = &with.body {
            request = request.json(body);
        }
        if let Some(picture) = &with.picture {
            request = request.header("content-type", "image/png").body(picture.clone());
        }
        let answer = request.call().await;
        let status = answer.status.as_str();
        let announced = operation["responses"].as_object().unwrap();
        assert!(
            announced.contains_key(status),
            "{id} answered {status}, which is not documented: {}",
            answer.text
        );
        for (kind, content) in announced[status]["content"].as_object().into_iter().flatten() {
            if kind.ends_with("json") && answer.header("content-type") == Some(kind) {
                let value = serde_json::from_str(&answer.text).unwrap();
                let fault = schema::fault(&self.document, &content["schema"], &value);
                assert_eq!(fault, None, "{id} {status} is not as its schema says: {value}");
            }
        }
        if let Some(body) = &with.body {
            let wanted = &operation["requestBody"]["content"]["application/json"]["schema"];
            assert_eq!(schema::fault(&self.document, wanted, body), None, "{id} takes another body");
        }
        self.called.insert(id.to_owned());
        answer
    }

    /// Calls an operation that must succeed and returns its body.
    async fn ok(&mut self, id: &str, with: With<'_>) -> Value {
        let answer = self.call(id, with).await;
        assert!(answer.status.is_success(), "{id}: {} {}", answer.status, answer.text);
        serde_json::from_str(&answer.text).unwrap_or_default()
    }
}

fn text(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{pointer} is no text in {value}"))
        .to_owned()
}

fn number(value: &Value, pointer: &str) -> i64 {
    value
        .pointer(pointer)
        .and_then(Value::as_i64)
        .unwrap_or_else(|| panic!("{pointer} is no number in {value}"))
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

/// The one-time token in the last mail to an address: links carry it after `#`.
fn mailed_token(server: &TestServer, address: &str, page: &str) -> String {
    let mails = server.mails.to(address);
    let link = mails.iter().rev().find_map(|mail| mail.text.split_once(&format!("{page}#")));
    link.unwrap_or_else(|| panic!("no mail with a link to {page}"))
        .1
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned()
}

#[actix_web::test]
async fn every_operation_works_as_documented() {
    let (server, bank) = Bank::open(&[]).await;
    let document = document();
    let operations = operations(&document);
    let mut story = Story { server: &server, document, operations, called: BTreeSet::new() };
    let now: OffsetDateTime = sqlx::query_scalar("select app_now()").fetch_one(&server.db).await.unwrap();
    let day = |ahead: i64| (now.date() + Duration::days(ahead)).to_string();

    // An account is made, proven and used.
    let address = "mira@example.org";
    let password = "correct horse battery";
    let person = json!({ "email": address, "password": password, "name": "Mira Feld" });
    let answer = story.call("create_account", With { body: Some(person), ..With::default() }).await;
    assert_eq!(answer.status, 201);
    let refreshed =
        story.call("refresh_session", With { cookie: Some(&cookie(&answer)), ..With::default() }).await;
    assert_eq!(refreshed.status, 200);
    let token = text(&serde_json::from_str(&refreshed.text).unwrap(), "/access_token");
    let own = || With { token: Some(&token), ..With::default() };
    server.run_jobs().await;
    let proof = json!({ "token": mailed_token(&server, address, "/verify-email") });
    story.ok("verify_email", With { body: Some(proof), ..With::default() }).await;
    story.ok("resend_verification", own()).await;
    let me = story.ok("get_me", own()).await;
    assert_eq!(me["email_verified"], true);
    let patch = json!({ "time_zone": "Europe/Vienna" });
    story.ok("update_me", With { version: Some(number(&me, "/version")), body: Some(patch), ..own() }).await;

    // It becomes a provider with a service and hours.
    let categories = story.ok("list_categories", With::default()).await;
    assert!(categories["items"].as_array().is_some_and(|items| items.len() > 5));
    let places = story.ok("list_places", With { query: "?q=Wien", ..With::default() }).await;
    assert_eq!(text(&places, "/items/0/time_zone"), "Europe/Vienna");
    let profile =
        json!({ "name": "Mira Feld", "category": "health", "time_zone": "Europe/Vienna", "currency": "EUR" });
    let provider = story.ok("create_provider", With { body: Some(profile), ..own() }).await;
    let provider_id = text(&provider, "/id");
    let at_provider: &[(&str, &str)] = &[("provider_id", &provider_id)];
    let patch = json!({ "headline": "Physiotherapy" });
    let version = number(&provider, "/version");
    let provider = story
        .ok("update_provider", With { path: at_provider, version: Some(version), body: Some(patch), ..own() })
        .await;
    let version = number(&provider, "/version");
    let picture = Some(halves(300, 200, image::ImageFormat::Png));
    let photo = With { path: at_provider, version: Some(version), picture, ..own() };
    let provider = story.ok("replace_provider_photo", photo).await;
    let version = number(&provider, "/version");
    story.ok("get_provider_photo", With { path: at_provider, ..own() }).await;
    let provider =
        story.ok("delete_provider_photo", With { path: at_provider, version: Some(version), ..own() }).await;
    let offer = json!({ "name": "First visit", "duration_minutes": 60, "price_minor": 6000 });
    let service = story.ok("create_service", With { path: at_provider, body: Some(offer), ..own() }).await;
    let service_id = text(&service, "/id");
    let at_service: &[(&str, &str)] = &[("service_id", &service_id)];
    let patch = json!({ "buffer_after_minutes": 10, "slot_step_minutes": 30 });
    let version = number(&service, "/version");
    story
        .ok("update_service", With { path: at_service, version: Some(version), body: Some(patch), ..own() })
        .await;
    let body = Some(json!({ "code": "HELLO", "percent": 10 }));
    let coupon = story.ok("create_coupon", With { path: at_provider, body, ..own() }).await;
    let coupon_id = text(&coupon, "/id");
    let at_coupon: &[(&str, &str)] = &[("provider_id", &provider_id), ("coupon_id", &coupon_id)];
    let (version, body) = (Some(number(&coupon, "/version")), Some(json!({ "most_uses": 100 })));
    story.ok("update_coupon", With { path: at_coupon, version, body, ..own() }).await;
    story.ok("list_coupons", With { path: at_provider, ..own() }).await;
    let schedule = story.ok("get_schedule", With { path: at_provider, ..own() }).await;
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let weekly: Vec<Value> =
        days.iter().map(|day| json!({ "day": day, "start": "09:00", "end": "17:00" })).collect();
    let version = number(&schedule, "/version");
    let body = Some(json!({ "weekly": weekly }));
    let change = story
        .ok("replace_weekly_hours", With { path: at_provider, version: Some(version), body, ..own() })
        .await;
    let exception_day = day(9);
    let at_exception: &[(&str, &str)] = &[("provider_id", &provider_id), ("date", &exception_day)];
    let body = Some(json!({ "windows": [], "note": "holiday" }));
    let version = number(&change, "/schedule/version");
    let change = story
        .ok("replace_schedule_exception", With { path: at_exception, version: Some(version), body, ..own() })
        .await;
    let version = number(&change, "/schedule/version");
    let change = story
        .ok("delete_schedule_exception", With { path: at_exception, version: Some(version), ..own() })
        .await;
    let holidays =
        story.ok("list_holidays", With { query: "?country=AT&year=2027", ..With::default() }).await;
    assert_eq!(holidays["items"][0]["date"], "2027-01-01");
    let body = Some(json!({ "exceptions": [{ "date": day(20), "note": "holiday" }] }));
    let version = number(&change, "/schedule/version");
    let change = story
        .ok("replace_schedule_exceptions", With { path: at_provider, version: Some(version), body, ..own() })
        .await;
    let body = Some(
        json!({ "start_at": format!("{}T00:00:00Z", day(12)), "end_at": format!("{}T00:00:00Z", day(14)) }),
    );
    let version = number(&change, "/schedule/version");
    let change =
        story.ok("create_time_off", With { path: at_provider, version: Some(version), body, ..own() }).await;
    let time_off_id = text(&change, "/schedule/time_off/0/id");
    let at_time_off: &[(&str, &str)] = &[("provider_id", &provider_id), ("time_off_id", &time_off_id)];
    let version = number(&change, "/schedule/version");
    story.ok("delete_time_off", With { path: at_time_off, version: Some(version), ..own() }).await;
    let version = number(&provider, "/version");
    let provider =
        story.ok("publish_provider", With { path: at_provider, version: Some(version), ..own() }).await;
    assert_eq!(provider["published"], true);

    // The world sees it.
    let list = story.ok("list_providers", With::default()).await;
    assert_eq!(text(&list, "/items/0/id"), provider_id);
    story.ok("get_provider", With { path: at_provider, ..With::default() }).await;
    story.ok("get_provider_portrait", With { path: at_provider, ..With::default() }).await;
    story.ok("get_provider_qr", With { path: at_provider, ..With::default() }).await;
    story.ok("list_next_slots", With { path: at_provider, ..With::default() }).await;
    let offered = story.ok("list_provider_services", With { path: at_provider, ..With::default() }).await;
    let version = Some(number(&offered, "/version"));
    let body = Some(json!({ "services": [service_id] }));
    story.ok("order_services", With { path: at_provider, version, body, ..own() }).await;
    story.ok("get_service", With { path: at_service, ..With::default() }).await;
    let query = format!("?from={0}&to={0}", day(3));
    let slots = story.ok("list_slots", With { path: at_service, query: &query, ..With::default() }).await;
    let query = format!("{query}&for_client=true");
    story.ok("list_slots", With { path: at_service, query: &query, ..own() }).await;
    let start = |index: usize| text(&slots, &format!("/days/0/slots/{index}/start_at"));
    story.call("watch_slots", With { path: at_service, ..With::default() }).await;
    story.call("watch_provider", With { path: at_provider, ..own() }).await;
    let at = start(0).replace('+', "%2B");
    let query = format!("?at={at}");
    let why = story.ok("explain_slot", With { path: at_service, query: &query, ..With::default() }).await;
    assert_eq!(why["offered"], true);

    // A guest books, moves and cancels.
    let guest = json!({ "name": "Jo Gast", "email": "jo@example.org" });
    let wish = |index: usize| json!({ "service_id": service_id, "start_at": start(index), "client": guest });
    let booking = story.ok("create_booking", With { body: Some(wish(0)), ..With::default() }).await;
    let (id, manage) = (text(&booking, "/id"), text(&booking, "/manage_token"));
    let at_booking: &[(&str, &str)] = &[("booking_id", &id)];
    let as_guest = || With { path: at_booking, manage: Some(&manage), ..With::default() };
    story.ok("get_booking", as_guest()).await;
    let query = format!("?from={0}&to={0}", day(3));
    story.ok("list_booking_slots", With { query: &query, ..as_guest() }).await;
    let body = Some(json!({ "start_at": start(6) }));
    let moved = story.ok("reschedule_booking", With { version: Some(1), body, ..as_guest() }).await;
    story
        .ok(
            "request_manage_links",
            With { body: Some(json!({ "email": "jo@example.org" })), ..With::default() },
        )
        .await;
    let version = Some(number(&moved, "/version"));
    story.ok("quote_cancellation", as_guest()).await;
    let query = format!("?service_id={service_id}");
    story.ok("quote_service_change", With { query: &query, ..as_guest() }).await;
    story.ok("quote_price", With { path: at_service, query: "?party_size=1&coupon=HELLO", ..own() }).await;
    story.ok("cancel_booking", With { version, body: Some(json!({})), ..as_guest() }).await;
    story.ok("list_booking_events", as_guest()).await;

    // Requests are answered, and visits are settled.
    let service = story.ok("get_service", With { path: at_service, ..own() }).await;
    let version = Some(number(&service, "/version"));
    let body = Some(json!({ "approval_required": true }));
    story.ok("update_service", With { path: at_service, version, body, ..own() }).await;
    for (index, answer) in [(0, "confirm_booking"), (3, "confirm_booking"), (6, "decline_booking")] {
        let request = story.ok("create_booking", With { body: Some(wish(index)), ..With::default() }).await;
        let id = text(&request, "/id");
        let body = (answer == "decline_booking").then(|| json!({ "reason": "away" }));
        story.ok(answer, With { path: &[("booking_id", &id)], version: Some(1), body, ..own() }).await;
    }
    // A day moves away and back, and another is called off.
    let (first, second) = (day(3), day(4));
    let whole: &[(&str, &str)] = &[("provider_id", &provider_id), ("date", &first)];
    let preview = story.ok("get_day", With { path: whole, ..own() }).await;
    assert_eq!(preview["clients"], 1);
    let body = Some(json!({ "to_date": second, "message": "Sorry" }));
    let moved = story.ok("move_day", With { path: whole, body, ..own() }).await;
    assert_eq!(moved["changed"].as_array().map(Vec::len), Some(2));
    let later: &[(&str, &str)] = &[("provider_id", &provider_id), ("date", &second)];
    story.ok("move_day", With { path: later, body: Some(json!({ "by_days": -1 })), ..own() }).await;
    story.ok("cancel_day", With { path: later, body: Some(json!({ "reason": "away" })), ..own() }).await;
    let agenda = story
        .ok("list_provider_bookings", With { path: at_provider, query: "?status=confirmed", ..own() })
        .await;
    server.advance("4 days").await;
    for (index, answer) in [(0, "complete_booking"), (1, "mark_no_show")] {
        let booking = &agenda["items"][index];
        let (id, version) = (text(booking, "/id"), number(booking, "/version"));
        story.ok(answer, With { path: &[("booking_id", &id)], version: Some(version), ..own() }).await;
    }
    let done = &agenda["items"][0];
    let (id, version) = (text(done, "/id"), Some(number(done, "/version") + 1));
    let body = Some(json!({ "settled": true }));
    story.ok("settle_booking", With { path: &[("booking_id", &id)], version, body, ..own() }).await;
    story.ok("list_my_bookings", own()).await;

    let start = format!("{}T10:00:00Z", day(8));
    money::play(&mut story, &server, &bank, own(), &provider_id, &start).await;
    admin::play(&mut story, &server, &text(&me, "/id"), &provider_id).await;

    // Everything ends. A suspension has ended the session.
    let login = json!({ "email": address, "password": password });
    let session = story.ok("create_session", With { body: Some(login), ..With::default() }).await;
    let token = text(&session, "/access_token");
    let own = || With { token: Some(&token), ..With::default() };
    let provider = story.ok("get_provider", With { path: at_provider, ..own() }).await;
    let version = Some(number(&provider, "/version"));
    story.ok("unpublish_provider", With { path: at_provider, version, ..own() }).await;
    let changed = json!({ "current_password": password, "new_password": "another horse, another battery" });
    story.ok("change_password", With { body: Some(changed), ..own() }).await;
    story
        .ok("request_password_reset", With { body: Some(json!({ "email": address })), ..With::default() })
        .await;
    server.run_jobs().await;
    let reset =
        json!({ "token": mailed_token(&server, address, "/reset-password"), "new_password": password });
    story.ok("reset_password", With { body: Some(reset), ..With::default() }).await;
    let log_in = || With { body: Some(json!({ "email": address, "password": password })), ..With::default() };
    let first = story.call("create_session", log_in()).await;
    story.ok("end_session", With { cookie: Some(&cookie(&first)), ..With::default() }).await;
    story.ok("create_session", log_in()).await;
    let last = story.ok("create_session", log_in()).await;
    let token = text(&last, "/access_token");
    let sessions = story.ok("list_sessions", With { token: Some(&token), ..With::default() }).await;
    let other =
        sessions["items"].as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
    let path: &[(&str, &str)] = &[("session_id", &text(other, "/id"))];
    story.ok("delete_session", With { path, token: Some(&token), ..With::default() }).await;
    story.ok("export_me", With { token: Some(&token), ..With::default() }).await;
    story.ok("end_all_sessions", With { token: Some(&token), ..With::default() }).await;

    // Somebody else tries it and leaves again.
    let person = json!({ "email": "kim@example.org", "password": password, "name": "Kim" });
    let answer = story.call("create_account", With { body: Some(person), ..With::default() }).await;
    let token = text(&serde_json::from_str(&answer.text).unwrap(), "/access_token");
    let body = Some(json!({ "password": password }));
    story.ok("delete_me", With { token: Some(&token), body, ..With::default() }).await;

    let all: BTreeSet<String> = story.operations.keys().cloned().collect();
    let missed: Vec<_> = all.difference(&story.called).collect();
    assert!(missed.is_empty(), "never called: {missed:?}");
}
