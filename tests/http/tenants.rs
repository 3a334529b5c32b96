//! No endpoint lets a stranger near another's rows: read from the document, so that a new one is tested by itself.

use crate::photos::pictures::halves;
use crate::support::TestServer;
use crate::support::fixtures;
use crate::support::server::Call;
use api::http::openapi::openapi;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// A body that is good in itself, so that only the caller is at fault.
fn body(operation: &str, start: &str) -> Option<Value> {
    Some(match operation {
        "update_provider" | "update_service" | "cancel_booking" | "decline_booking" => json!({}),
        "create_service" => json!({ "name": "Mine", "duration_minutes": 30 }),
        "replace_weekly_hours" => json!({ "weekly": [] }),
        "replace_schedule_exception" => json!({ "windows": [] }),
        "replace_schedule_exceptions" => json!({ "exceptions": [{ "date": &start[..10] }] }),
        "create_coupon" => json!({ "code": "MINE", "percent": 5 }),
        "update_coupon" => json!({ "active": false }),
        "settle_booking" => json!({ "settled": true }),
        "refund_booking" => json!({ "amount_minor": 100 }),
        "cancel_day" | "open_payment" | "start_onboarding" => json!({}),
        "move_day" => json!({ "by_days": 1 }),
        "order_services" => json!({ "services": [] }),
        "create_time_off" => json!({ "start_at": "2027-03-01T00:00:00Z", "end_at": "2027-03-02T00:00:00Z" }),
        "suspend_user" | "suspend_provider" => json!({ "reason": "Because" }),
        "create_category" => json!({ "slug": "mine", "names": { "en": "Mine" } }),
        "update_category" => json!({ "position": 1 }),
        "reschedule_booking" => json!({ "start_at": start }),
        _ => return None,
    })
}

/// All rows that a stranger could have changed, as text.
async fn snapshot(server: &TestServer) -> String {
    sqlx::query_scalar(
        "select concat(
            (select jsonb_agg(p order by id) from providers p), (select jsonb_agg(s order by id) from services s),
            (select jsonb_agg(s) from schedules s), (select jsonb_agg(e) from schedule_exceptions e),
            (select jsonb_agg(b) from busy_blocks b), (select jsonb_agg(c) from coupons c), (select jsonb_agg(r) from refunds r), (select jsonb_agg(r) from receipts r), (select jsonb_agg(b order by id) from bookings b),
            (select jsonb_agg(a) from appointments a), (select jsonb_agg(e) from booking_events e),
            (select jsonb_agg(r) from refresh_tokens r), (select jsonb_agg(u order by id) from users u),
            (select jsonb_agg(c order by slug) from categories c), (select jsonb_agg(a) from admin_acts a))",
    )
    .fetch_one(&server.db)
    .await
    .unwrap()
}

#[actix_web::test]
async fn strangers_find_nothing_and_change_nothing() {
    let server = TestServer::spawn().await;
    let shop = fixtures::shop(&server.db, "UTC").await;
    let stranger = fixtures::shop(&server.db, "UTC").await.owner;
    let day: time::Date = sqlx::query_scalar("select (app_now() + interval '3 days')::date")
        .fetch_one(&server.db)
        .await
        .unwrap();
    let wish = json!({ "service_id": shop.service, "start_at": format!("{day}T10:00:00Z"),
        "client": { "name": "Ada", "email": "ada@example.org" } });
    let booking: Value = server.post("/bookings", &wish).call().await.json(201);
    sqlx::query("insert into busy_blocks (provider_id, id, source, start_at, end_at) values ($1, $1, 'time_off', now(), now() + interval '1 h')")
        .bind(shop.provider)
        .execute(&server.db)
        .await
        .unwrap();
    sqlx::query(
        "insert into coupons (provider_id, id, code, percent, currency) values ($1, $1, 'THEIRS', 5, 'EUR')",
    )
    .bind(shop.provider)
    .execute(&server.db)
    .await
    .unwrap();
    // Unpublished, so that not even reading is everybody's.
    sqlx::query("update providers set published_at = null").execute(&server.db).await.unwrap();
    let before = snapshot(&server).await;

    let other_day = day.to_string();
    let later = format!("{day}T14:00:00Z");
    let ids = [
        ("{provider_id}", shop.provider.to_string()),
        ("{service_id}", shop.service.to_string()),
        ("{booking_id}", booking["id"].as_str().unwrap().to_owned()),
        ("{time_off_id}", shop.provider.to_string()),
        ("{session_id}", Uuid::now_v7().to_string()),
        ("{user_id}", shop.owner.to_string()),
        ("{coupon_id}", shop.provider.to_string()),
        ("{slug}", "craft".to_owned()),
        ("{date}", other_day.clone()),
        ("{number}", "1".to_owned()),
    ];
    let mut checked = 0;
    let document = serde_json::to_value(openapi()).unwrap();
    for (template, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            // A drawing made from the id alone, shown by `<img>`, which carries no token.
            if id == "get_provider_portrait" {
                continue;
            }
            let security = operation["security"].as_array().cloned().unwrap_or_default();
            let needs_session = !security.is_empty() && !security.contains(&json!({}));
            let path = ids.iter().fold(template.clone(), |path, (name, value)| path.replace(name, value));
            if path == *template && !needs_session {
                continue;
            }
            let query = match id {
                "list_slots" | "list_booking_slots" => format!("?from={other_day}&to={other_day}"),
                "export_transactions" => "?month=2026-11".to_owned(),
                "explain_slot" => format!("?at={later}"),
                "quote_service_change" => format!("?service_id={}", Uuid::now_v7()),
                _ => String::new(),
            };
            let path = format!("{}{query}", path.trim_start_matches("/api/v1"));
            let request = || {
                let request =
                    server.request(Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(), &path);
                let request = request.header("if-match", "\"1\"");
                if id == "replace_provider_photo" {
                    let picture = halves(200, 200, image::ImageFormat::Png);
                    return request.header("content-type", "image/png").body(picture);
                }
                match body(id, &later) {
                    Some(body) => request.json(&body),
                    None => request,
                }
            };
            checked += 1;
            let anonymous = request().call().await;
            if needs_session && operation["requestBody"].is_null() {
                assert_eq!(anonymous.status, 401, "{id} without a session: {}", anonymous.text);
            } else {
                assert!(anonymous.status.is_client_error(), "{id} without a session: {}", anonymous.status);
            }
            if path_is_own(template) {
                continue;
            }
            let answer = request().bearer_auth(server.token(stranger)).call().await;
            assert_eq!(answer.status, 404, "{id} as a stranger: {}", answer.text);
            answer.problem("not_found");
            let answer = request().bearer_auth(server.token(Uuid::now_v7())).call().await;
            assert!(answer.status.is_client_error(), "{id} with a token of nobody: {}", answer.status);
        }
    }
    assert!(checked > 25, "only {checked} operations were checked");
    assert_eq!(before, snapshot(&server).await, "a stranger changed something");
}

/// Whether the path speaks of the caller alone, so that there is no stranger to it.
fn path_is_own(template: &str) -> bool {
    !template.contains('{') && !template.starts_with("/api/v1/admin/")
}
