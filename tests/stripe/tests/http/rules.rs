//! What Stripe refuses, and how it says so.

use super::{fresh, get, paid, post};
use stripe_simulator::Handle;

const PAGE: &str = "mode=payment&success_url=https://a.example/ok&line_items[0][quantity]=1\
                    &line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=5000\
                    &line_items[0][price_data][product_data][name]=Haircut";

/// A payment of this kind that is passed on to an account; its intent.
async fn passed_on(sim: &Handle, payment: &str) -> String {
    let account = post(sim, "accounts", "type=express&country=DE").await.id();
    sim.control(&format!("accounts/{account}"), &[]).unwrap();
    let split =
        format!("{payment}&payment_method=pm_card_visa&confirm=true&transfer_data[destination]={account}");
    post(sim, "payment_intents", &split).await.id()
}

#[actix_web::test]
async fn amounts_have_their_least_and_their_decimals() {
    let sim = fresh();
    for (amount, currency, expected) in [
        (50, "eur", None),
        (49, "eur", Some("amount_too_small")),
        (50, "jpy", None),
        (49, "jpy", Some("amount_too_small")),
        (99_999_999, "usd", None),
        (100_000_000, "usd", Some("amount_too_large")),
        (12_340, "kwd", None),
        (12_345, "kwd", Some("parameter_invalid_integer")),
        (90_000, "isk", None),
        (90_050, "isk", Some("parameter_invalid_integer")),
        (500_001, "ugx", Some("parameter_invalid_integer")),
        (0, "eur", Some("parameter_invalid_integer")),
        (-5, "eur", Some("parameter_invalid_integer")),
    ] {
        let told = post(&sim, "payment_intents", &format!("amount={amount}&currency={currency}")).await;
        match expected {
            None => assert_eq!(told.status, 200, "{amount} {currency}: {}", told.body),
            Some(code) => assert_eq!((told.status, told.code()), (400, code), "{amount} {currency}"),
        }
    }
}

#[actix_web::test]
async fn parameters_are_checked() {
    let sim = fresh();
    for (path, body, code, param) in [
        ("payment_intents", "currency=eur", "parameter_missing", "amount"),
        ("payment_intents", "amount=500", "parameter_missing", "currency"),
        ("payment_intents", "amount=five&currency=eur", "parameter_invalid_integer", "amount"),
        ("payment_intents", "amount=500&currency=euro", "invalid_request_error", "currency"),
        ("payment_intents", "amount=500&currency=eur&hue=red", "parameter_unknown", "hue"),
        (
            "payment_intents",
            "amount=500&currency=eur&application_fee_amount=5",
            "invalid_request_error",
            "application_fee_amount",
        ),
        (
            "payment_intents",
            "amount=500&currency=eur&transfer_data[destination]=acct_x",
            "resource_missing",
            "transfer_data[destination]",
        ),
        ("checkout/sessions", "mode=payment", "parameter_missing", "line_items"),
        ("refunds", "amount=5", "parameter_missing", ""),
        ("account_links", "account=acct_x", "resource_missing", "id"),
    ] {
        let told = post(&sim, path, body).await;
        assert_eq!(told.code(), code, "{path} {body}: {}", told.body);
        assert_eq!(told.body["error"]["param"].as_str().unwrap_or_default(), param, "{path} {body}");
    }
}

#[actix_web::test]
async fn a_page_lives_thirty_minutes_to_a_day() {
    let sim = fresh();
    let now = sim.control("clock", &[]).unwrap()["now"].as_i64().unwrap();
    for (life, status) in [(1700, 400), (1810, 200), (86_390, 200), (86_500, 400)] {
        let told = post(&sim, "checkout/sessions", &format!("{PAGE}&expires_at={}", now + life)).await;
        assert_eq!(told.status, status, "{life}: {}", told.body);
    }
    let page = post(&sim, "checkout/sessions", PAGE).await;
    assert_eq!((page.body["status"].as_str(), page.body["payment_intent"].as_str()), (Some("open"), None));
    assert!(!page.body.to_string().contains("_inside"), "{}", page.body);
    sim.control("clock", &[("advance", "86401")]).unwrap();
    let page = get(&sim, &format!("checkout/sessions/{}", page.id())).await;
    assert_eq!((page.body["status"].as_str(), page.body["url"].as_str()), (Some("expired"), None));
    let expire = post(&sim, &format!("checkout/sessions/{}/expire", page.id()), "").await;
    assert_eq!(expire.status, 400);
    let kinds = get(&sim, "events?type=checkout.session.expired").await;
    assert_eq!(kinds.body["data"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn what_was_authorised_is_captured_once_and_in_time() {
    let sim = fresh();
    let authorised =
        "amount=5000&currency=eur&capture_method=manual&payment_method=pm_card_visa&confirm=true";
    let intent = post(&sim, "payment_intents", authorised).await;
    assert_eq!(
        (intent.body["status"].as_str(), intent.body["amount_capturable"].as_i64()),
        (Some("requires_capture"), Some(5000))
    );
    let path = format!("payment_intents/{}", intent.id());
    assert_eq!(
        post(&sim, &format!("{path}/capture"), "amount_to_capture=5001").await.code(),
        "amount_too_large"
    );
    let refund = format!("payment_intent={}", intent.id());
    assert_eq!(post(&sim, "refunds", &refund).await.code(), "payment_intent_unexpected_state");
    assert_eq!(post(&sim, &format!("{path}/capture"), "").await.body["amount_received"], 5000);
    assert_eq!(post(&sim, &format!("{path}/capture"), "").await.code(), "payment_intent_unexpected_state");
    assert_eq!(post(&sim, &format!("{path}/cancel"), "").await.code(), "payment_intent_unexpected_state");

    let intent = post(&sim, "payment_intents", authorised).await;
    sim.control("clock", &[("advance", "604801")]).unwrap();
    let lapsed = get(&sim, &format!("payment_intents/{}", intent.id())).await;
    assert_eq!(
        (lapsed.body["status"].as_str(), lapsed.body["cancellation_reason"].as_str()),
        (Some("canceled"), Some("expired"))
    );
    // Nothing was taken, so nothing went back.
    let charge = lapsed.body["latest_charge"].as_str().unwrap();
    assert_eq!(get(&sim, &format!("charges/{charge}")).await.body["refunded"], false);
    let told = get(&sim, "events?type=charge.refunded").await;
    assert_eq!(told.body["data"].as_array().map(Vec::len), Some(0));
    let told = get(&sim, "events?type=charge.expired").await;
    assert_eq!(told.body["data"].as_array().map(Vec::len), Some(1));
}

#[actix_web::test]
async fn a_card_that_wants_proof_waits_for_it() {
    let sim = fresh();
    let body = "amount=5000&currency=eur&payment_method=pm_card_authenticationRequired&confirm=true";
    for (outcome, status) in [("succeed", "succeeded"), ("fail", "requires_payment_method")] {
        let intent = post(&sim, "payment_intents", body).await;
        assert_eq!(intent.body["status"], "requires_action");
        assert!(intent.body["next_action"]["redirect_to_url"]["url"].is_string());
        sim.control(&format!("payment_intents/{}/authenticate", intent.id()), &[("outcome", outcome)])
            .unwrap();
        assert_eq!(get(&sim, &format!("payment_intents/{}", intent.id())).await.body["status"], status);
    }
}

#[actix_web::test]
async fn a_page_whose_card_wants_proof_waits_for_it() {
    let sim = fresh();
    let body = "mode=payment&success_url=https://shop.example.org/done&line_items[0][quantity]=1\
        &line_items[0][price_data][currency]=eur&line_items[0][price_data][unit_amount]=5000\
        &line_items[0][price_data][product_data][name]=Cut&allowed_payment_method_types[0]=card";
    let page = post(&sim, "checkout/sessions", body).await;
    assert_eq!(page.body["payment_method_types"], serde_json::json!(["card"]));
    let path = format!("checkout/sessions/{}", page.id());
    let card = [("card", "pm_card_authenticationRequired")];
    sim.control(&format!("sessions/{}/pay", page.id()), &card).unwrap();
    let waiting = get(&sim, &path).await;
    assert_eq!(waiting.body["status"], "open");
    let intent = waiting.body["payment_intent"].as_str().unwrap();
    sim.control(&format!("payment_intents/{intent}/authenticate"), &[]).unwrap();
    let done = get(&sim, &path).await;
    assert_eq!((&done.body["status"], &done.body["payment_status"]), (&"complete".into(), &"paid".into()));
}

#[actix_web::test]
async fn refunds_never_exceed_the_charge_and_books_add_up() {
    let sim = fresh();
    let intent = paid(&sim).await;
    let refund =
        async |amount: i64| post(&sim, "refunds", &format!("payment_intent={intent}&amount={amount}")).await;
    assert_eq!(refund(3000).await.status, 200);
    let over = refund(2001).await;
    assert_eq!((over.status, over.body["error"]["param"].as_str()), (400, Some("amount")));
    sim.control("refunds/next", &[("status", "failed")]).unwrap();
    assert_eq!(refund(2000).await.body["status"], "failed");
    assert_eq!(refund(2000).await.body["status"], "succeeded");
    assert_eq!(refund(1).await.code(), "charge_already_refunded");
    let reverse =
        post(&sim, "refunds", &format!("payment_intent={}&reverse_transfer=true", paid(&sim).await)).await;
    assert_eq!(reverse.body["error"]["param"], "reverse_transfer");

    let books = sim.control("books", &[]).unwrap();
    let charge = &books["charges"][0];
    assert_eq!(
        (&charge["captured"], &charge["refunded"], &charge["fee"]),
        (&5000.into(), &5000.into(), &100.into())
    );
    // Two payments of 50 euros less a fee each, one of them given back.
    assert_eq!(books["balance"]["eur"], 5000 - 200);
    let moved = get(&sim, "balance_transactions?limit=100").await;
    let net: i64 =
        moved.body["data"].as_array().unwrap().iter().map(|entry| entry["net"].as_i64().unwrap()).sum();
    assert_eq!(net, 4800);
}

#[actix_web::test]
async fn shares_add_up_to_the_payment() {
    let sim = fresh();
    let account =
        post(&sim, "accounts", "type=express&country=DE&capabilities[transfers][requested]=true").await.id();
    let split = format!(
        "amount=5000&currency=eur&payment_method=pm_card_visa&confirm=true&application_fee_amount=333&transfer_data[destination]={account}"
    );
    assert_eq!(post(&sim, "payment_intents", &split).await.code(), "insufficient_capabilities_for_transfer");
    sim.control(&format!("accounts/{account}"), &[]).unwrap();
    let intent = post(&sim, "payment_intents", &split).await.id();
    for amount in [1111, 1111, 2778] {
        let body = format!(
            "payment_intent={intent}&amount={amount}&reverse_transfer=true&refund_application_fee=true"
        );
        assert_eq!(post(&sim, "refunds", &body).await.status, 200);
    }
    let books = sim.control("books", &[]).unwrap();
    let charge = &books["charges"][0];
    assert_eq!((&charge["reversed"], &charge["application_fee_refunded"]), (&5000.into(), &333.into()));
    assert_eq!(books["accounts"][0]["balance"]["eur"], 0, "{books}");
    assert_eq!(books["balance"]["eur"], -100, "Stripe keeps its fee: {books}");
}

#[actix_web::test]
async fn shares_of_what_has_no_fractions_have_none() {
    let sim = fresh();
    let intent = passed_on(&sim, "amount=50100&currency=isk&application_fee_amount=3800").await;
    let mut returned = Vec::new();
    for amount in [16_500, 33_600] {
        let body = format!(
            "payment_intent={intent}&amount={amount}&reverse_transfer=true&refund_application_fee=true"
        );
        assert_eq!(post(&sim, "refunds", &body).await.status, 200);
        let books = sim.control("books", &[]).unwrap();
        returned.push(books["charges"][0]["application_fee_refunded"].as_i64().unwrap());
    }
    assert_eq!(returned, [1_200, 3_800]);
}

#[actix_web::test]
async fn no_more_is_taken_back_than_was_passed_on() {
    let sim = fresh();
    let intent = passed_on(&sim, "amount=5000&currency=eur").await;
    let refund = async |amount: i64, rest: &str| {
        post(&sim, "refunds", &format!("payment_intent={intent}&amount={amount}{rest}")).await
    };
    let first = refund(4000, "&reverse_transfer=true").await;
    sim.control(&format!("refunds/{}", first.id()), &[("status", "failed")]).unwrap();
    // What was taken back for it stays taken.
    assert_eq!(refund(4000, "&reverse_transfer=true").await.status, 400);
    assert_eq!(refund(1000, "&reverse_transfer=true").await.status, 200);
    assert_eq!(refund(1000, "&reverse_transfer=true").await.status, 400);
    assert_eq!(refund(4000, "").await.status, 200);
}

#[actix_web::test]
async fn lists_are_paged_and_filtered() {
    let sim = fresh();
    let mut made = Vec::new();
    for _ in 0..5 {
        made.push(post(&sim, "payment_intents", "amount=500&currency=eur").await.id());
        sim.control("clock", &[("advance", "10")]).unwrap();
    }
    let now = sim.control("clock", &[]).unwrap()["now"].as_i64().unwrap();
    let ids = async |query: &str| {
        let told = get(&sim, &format!("payment_intents?{query}")).await;
        let data = told.body["data"].as_array().unwrap_or_else(|| panic!("{}", told.body));
        let ids: Vec<String> = data.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        (ids, told.body["has_more"].as_bool().unwrap())
    };
    let (first, more) = ids("limit=2").await;
    assert_eq!((first.as_slice(), more), ([made[4].clone(), made[3].clone()].as_slice(), true));
    let (rest, more) = ids(&format!("limit=3&starting_after={}", made[3])).await;
    assert_eq!((rest.len(), more), (3, false));
    assert_eq!(ids(&format!("created[gte]={}", now - 25)).await.0.len(), 2);
    assert_eq!(ids(&format!("ending_before={}&limit=1", made[2])).await.0, [made[3].clone()]);
    assert_eq!(get(&sim, "payment_intents?limit=101").await.status, 400);
    assert_eq!(get(&sim, "payment_intents?sort=up").await.code(), "parameter_unknown");
    assert_eq!(get(&sim, "payment_intents?starting_after=pi_none").await.code(), "resource_missing");
}
