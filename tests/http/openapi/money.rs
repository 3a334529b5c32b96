//! The part of the story in which somebody prepays.

use super::{Story, With, text};
use crate::support::TestServer;
use crate::support::bank::{self, Bank};
use serde_json::json;

/// Calls every operation about payments, for a booking of the provider at `start`.
pub async fn play(
    story: &mut Story<'_>,
    server: &TestServer,
    bank: &Bank,
    owner: With<'_>,
    provider_id: &str,
    start: &str,
) {
    let own = || With { token: owner.token, ..With::default() };
    let offer =
        json!({ "name": "Paid visit", "duration_minutes": 60, "price_minor": 6000, "payment_mode": "full" });
    let at_provider: &[(&str, &str)] = &[("provider_id", provider_id)];
    let setup = story.ok("get_payment_setup", With { path: at_provider, ..own() }).await;
    assert_eq!((&setup["scheme"], &setup["ready"]), (&json!("one_account"), &json!(true)));
    story.ok("refresh_payment_setup", With { path: at_provider, ..own() }).await;
    let body = Some(json!({ "country": "AT" }));
    story.call("start_onboarding", With { path: at_provider, body, ..own() }).await.problem("payments_off");
    story.ok("list_payouts", With { path: at_provider, query: "?limit=5", ..own() }).await;
    let service = story.ok("create_service", With { path: at_provider, body: Some(offer), ..own() }).await;
    let wish = json!({ "service_id": service["id"], "start_at": start,
        "client": { "name": "Jo Gast", "email": "jo@example.org" } });
    let booking = story.ok("create_booking", With { body: Some(wish), ..With::default() }).await;
    let (id, manage) = (text(&booking, "/id"), text(&booking, "/manage_token"));
    let at_booking: &[(&str, &str)] = &[("booking_id", &id)];
    let as_guest = || With { path: at_booking, manage: Some(&manage), ..With::default() };
    let body = Some(json!({ "locale": "de" }));
    let payment = story.ok("open_payment", With { body, ..as_guest() }).await;
    bank.press(server, &text(&payment, "/page_url"), "pay").await;
    let paid = story.ok("refresh_payment", as_guest()).await;
    assert_eq!(paid["status"], "confirmed");
    let event = json!({ "id": "evt_story", "object": "event", "type": "charge.refunded", "created": 1,
        "data": { "object": { "id": "ch_1", "object": "charge" } } });
    let signature = bank::signature(&event);
    story
        .ok(
            "receive_stripe_event",
            With { body: Some(event), signature: Some(&signature), ..With::default() },
        )
        .await;

    // The provider gives a part back.
    let version = paid["version"].as_i64();
    let body = Some(json!({ "amount_minor": 1000, "reason": "Started late" }));
    let given = story.ok("refund_booking", With { path: at_booking, version, body, ..own() }).await;
    assert_eq!(given["money"]["refunded_minor"], 1000);

    // The book.
    let list = story.ok("list_transactions", With { path: at_provider, ..own() }).await;
    assert_eq!(
        list["items"].as_array().and_then(|items| items.last()).map(|first| &first["kind"]),
        Some(&json!("charge"))
    );
    let month = text(&list, "/items/0/at")[..7].to_owned();
    let query = format!("?month={month}");
    story.ok("export_transactions", With { path: at_provider, query: &query, ..own() }).await;
    let sums = story.ok("get_balance", With { path: at_provider, query: &query, ..own() }).await;
    assert_eq!(sums["items"][0]["charged_minor"], 6000);

    // Receipts: of the payment, and of a visit that is paid there.
    server.run_jobs().await;
    let receipts = story.ok("list_receipts", as_guest()).await;
    let number = receipts["items"][0]["number"].to_string();
    let path: &[(&str, &str)] = &[("booking_id", &id), ("number", &number)];
    let page = story.call("get_receipt", With { path, query: "?locale=de", ..as_guest() }).await;
    assert!(page.text.contains("<h1>Beleg 1</h1>"), "{}", page.text);
    let there = json!({ "name": "Visit", "duration_minutes": 60, "price_minor": 4000 });
    let service = story.ok("create_service", With { path: at_provider, body: Some(there), ..own() }).await;
    let later = start.replace("T10", "T14");
    let wish = json!({ "service_id": service["id"], "start_at": later, "client": { "name": "Kim" } });
    let booking = story.ok("create_booking", With { body: Some(wish), ..own() }).await;
    let path: &[(&str, &str)] = &[("booking_id", &text(&booking, "/id"))];
    let asked = story.ok("create_receipt", With { path, ..own() }).await;
    assert_eq!(asked["content"]["left_minor"], 4000);

    // It becomes a longer one, and its price with it.
    let longer = json!({ "name": "Long visit", "duration_minutes": 90, "price_minor": 5500 });
    let service = story.ok("create_service", With { path: at_provider, body: Some(longer), ..own() }).await;
    let body = Some(json!({ "start_at": later, "service_id": service["id"] }));
    let version = booking["version"].as_i64();
    let moved = story.ok("reschedule_booking", With { path, version, body, ..own() }).await;
    assert_eq!((&moved["service"]["id"], &moved["price_minor"]), (&service["id"], &json!(5500)));
}
