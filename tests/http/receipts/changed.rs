//! Receipts of a booking that becomes one of another service.

use crate::payments::Scene;
use crate::support::server::Call;
use contract::bookings::Booking;
use contract::receipts::Receipt;
use serde_json::json;
use sqlx::AssertSqlSafe;

const WHOLE: &str = "vat_rate = 1900, price_minor = 10000";

impl Scene {
    /// A paid booking of the shop's service, after that was changed so; its guest's token.
    async fn sold(terms: &str) -> (Self, Booking, String) {
        let scene = Self::open().await;
        let sql = format!("update services set {terms}");
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&scene.server.db).await.unwrap();
        let (booking, token) = scene.hold(10).await;
        scene.pay(&booking, &token).await;
        (scene, booking, token)
    }
}

#[actix_web::test]
async fn another_rate_of_tax_credits_the_old_and_issues_anew() {
    let (scene, booking, _) = Scene::sold(WHOLE).await;
    let book = scene.service(5000, 700).await;
    scene.becomes_one_of(&booking, book).await;
    scene.settled().await;
    let (old, new) = (Some(1900), Some(700));
    assert_eq!(
        scene.told(&booking).await,
        [(1, None, 10000, old), (2, Some(1), -5000, old), (3, Some(1), -5000, old), (4, None, 5000, new)]
    );
    let receipts = scene.receipts(&booking).await;
    let tax = |rate: Option<u32>| -> i64 {
        let of_rate = receipts.iter().filter(|one| one.content.vat_rate == rate);
        of_rate.filter_map(|one| one.content.vat_minor).sum()
    };
    assert_eq!((tax(old), tax(new)), (0, 327));
    let stands = |one: &Receipt| {
        let content = &one.content;
        (content.service_name.clone(), content.price_minor, content.paid_minor, content.left_minor)
    };
    assert_eq!(stands(&receipts[1]), stands(&receipts[0]), "what is taken back");
    assert_eq!(stands(&receipts[2]), stands(&receipts[0]), "what is taken back");
    let (_, price, paid, left) = stands(&receipts[3]);
    assert_eq!((price, paid, left), (5000, 5000, 0));
    scene.ask_receipt(&booking).await.problem("invalid_transition");
}

#[actix_web::test]
async fn another_rate_of_tax_brings_no_receipt_above_the_price() {
    let deposit = "price_minor = 20000, vat_rate = 700, payment_mode = 'deposit', deposit_minor = 5000";
    let (scene, booking, _) = Scene::sold(deposit).await;
    let _: Receipt = scene.ask_receipt(&booking).await.json(201);
    let there = scene.service(10000, 1900).await;
    let on_site = "update services set payment_mode = 'on_site' where id = $1";
    sqlx::query(on_site).bind(there).execute(&scene.server.db).await.unwrap();
    scene.becomes_one_of(&booking, there).await;
    let (old, new) = (Some(700), Some(1900));
    let told =
        [(1, None, 5000, old), (2, None, 15000, old), (3, Some(2), -20000, old), (4, None, 10000, new)];
    assert_eq!(scene.told(&booking).await, told);
    let content = scene.receipts(&booking).await.remove(3).content;
    assert_eq!((content.price_minor, content.paid_minor, content.left_minor), (10000, 5000, 5000));
    assert_eq!((content.net_minor, content.vat_minor), (Some(8403), Some(1597)));
    scene.ask_receipt(&booking).await.problem("invalid_transition");

    // Of what is paid at the provider's alone too, and by a client: entered for 100 euros, it becomes one of 20.
    sqlx::query("update services set price_minor = 2000, vat_rate = 700 where id = $1")
        .bind(scene.shop.service)
        .execute(&scene.server.db)
        .await
        .unwrap();
    let on_site = "update services set payment_mode = 'on_site', deposit_minor = null";
    sqlx::query(on_site).execute(&scene.server.db).await.unwrap();
    let start = (scene.day + time::Duration::hours(14))
        .format(&time::format_description::well_known::Rfc3339)
        .unwrap();
    let wish = json!({ "service_id": there, "start_at": start,
        "client": { "name": "Ada", "email": "ada@example.org" } });
    let other: Booking = scene.server.post("/bookings", &wish).call().await.json(201);
    let _: Receipt = scene.ask_receipt(&other).await.json(201);
    let wish = json!({ "start_at": start, "service_id": scene.shop.service });
    let call = scene.server.post(&format!("/bookings/{}/reschedule", other.id), &wish);
    let call = call.header("if-match", "*").header("x-manage-token", other.manage_token.clone().unwrap());
    let _: Booking = call.call().await.json(200);
    let told = [(5, None, 10000, new), (6, Some(5), -10000, new), (7, None, 2000, old)];
    assert_eq!(scene.told(&other).await, told);
}

#[actix_web::test]
async fn a_lower_price_leaves_no_receipt_above_it() {
    let deposit = "vat_rate = 1900, payment_mode = 'deposit', deposit_minor = 2000";
    let (scene, booking, _) = Scene::sold(deposit).await;
    let _: Receipt = scene.ask_receipt(&booking).await.json(201);
    let cheaper = scene.service(3000, 1900).await;
    scene.becomes_one_of(&booking, cheaper).await;
    let rate = Some(1900);
    let told = [(1, None, 2000, rate), (2, None, 3000, rate), (3, Some(2), -2000, rate)];
    assert_eq!(scene.told(&booking).await, told);
    scene.ask_receipt(&booking).await.problem("invalid_transition");

    // What was paid beyond the price goes back, and brings its own credit note.
    let cheapest = scene.service(1500, 1900).await;
    scene.becomes_one_of(&booking, cheapest).await;
    assert_eq!(scene.told(&booking).await[3..], [(4, Some(2), -1000, rate)]);
    scene.settled().await;
    assert_eq!(scene.told(&booking).await[4..], [(5, Some(1), -500, rate)]);
    scene.ask_receipt(&booking).await.problem("invalid_transition");
}

#[actix_web::test]
async fn what_goes_back_is_credited_at_the_rate_at_which_it_came() {
    let (scene, booking, _) = Scene::sold(WHOLE).await;
    scene.give_back(&booking, 3000).await;
    let dearer = scene.service(15000, 700).await;
    scene.becomes_one_of(&booking, dearer).await;
    scene.settled().await;
    let sums = scene.told(&booking).await.into_iter().map(|(_, _, gross, rate)| (gross, rate));
    let (old, new) = (Some(1900), Some(700));
    assert_eq!(sums.collect::<Vec<_>>(), [(10000, old), (-3000, old), (-7000, old), (7000, new)]);
    let rest: Receipt = scene.ask_receipt(&booking).await.json(201);
    assert_eq!(rest.content.gross_minor, 5000, "what was given back by hand is not owed again");
}

#[actix_web::test]
async fn a_refund_that_fails_after_a_change_of_rate_takes_its_credit_note_back() {
    let (scene, booking, _) = Scene::sold(WHOLE).await;
    scene.bank.control("refunds/next", &[("status", "pending")]);
    let cheaper = scene.service(5000, 700).await;
    scene.becomes_one_of(&booking, cheaper).await;
    scene.settled().await;
    let refund: String =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&scene.server.db).await.unwrap();
    scene.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    scene.settled().await;
    let (old, new) = (Some(1900), Some(700));
    let told = [
        (1, None, 10000, old),
        (2, Some(1), -5000, old),
        (3, Some(1), -5000, old),
        (4, None, 5000, new),
        (5, Some(2), 5000, new),
    ];
    assert_eq!(scene.told(&booking).await, told);
    scene.ask_receipt(&booking).await.problem("invalid_transition");
}

#[actix_web::test]
async fn what_a_bank_took_meanwhile_is_on_no_receipt_again() {
    let deposit = "price_minor = 8000, vat_rate = 1900, payment_mode = 'deposit', deposit_minor = 2000";
    let (scene, booking, _) = Scene::sold(deposit).await;
    scene.lose_events();
    let charge = scene.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
    let dispute = scene.bank.control("disputes", &[("charge", &charge)]);
    scene.give_back(&booking, 500).await;
    scene.server.run_jobs().await;
    let other = scene.service(8000, 700).await;
    scene.becomes_one_of(&booking, other).await;
    let (old, new) = (Some(1900), Some(700));
    let told =
        [(1, None, 2000, old), (2, Some(1), -500, old), (3, Some(1), -1500, old), (4, None, 1500, new)];
    assert_eq!(scene.told(&booking).await, told, "the refund waits for the bank");
    scene.bank.control(&format!("disputes/{}", dispute["id"].as_str().unwrap()), &[("status", "lost")]);
    scene.reconcile().await;
    assert_eq!(scene.told(&booking).await[4..], [(5, Some(4), -1500, new)]);
}

#[actix_web::test]
async fn what_was_given_back_by_hand_stays_given_whatever_the_service() {
    let deposit = "price_minor = 8000, vat_rate = 1900, payment_mode = 'deposit', deposit_minor = 2000";
    let (scene, booking, _) = Scene::sold(deposit).await;
    let _: Receipt = scene.ask_receipt(&booking).await.json(201);
    scene.give_back(&booking, 500).await;
    scene.settled().await;
    let cheaper = scene.service(7800, 1900).await;
    let changed = scene.becomes_one_of(&booking, cheaper).await;
    let gross = async || scene.told(&booking).await.iter().map(|(_, _, gross, _)| gross).sum::<i64>();
    assert_eq!(changed.money.rest_online_minor, Some(5800), "it costs 2 euros less");
    assert_eq!(gross().await, 7300);
    scene.ask_receipt(&booking).await.problem("invalid_transition");
}
