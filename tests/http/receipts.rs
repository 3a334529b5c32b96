//! Receipts: what stands on them, that they never change, and that their numbers have no gaps.

mod changed;

use crate::payments::Scene;
use crate::support::fixtures;
use crate::support::server::{Answer, Call};
use contract::bookings::Booking;
use contract::receipts::{Receipt, ReceiptKind, Receipts};
use serde_json::{Value, json};

impl Scene {
    pub(crate) async fn receipts(&self, booking: &Booking) -> Vec<Receipt> {
        let path = format!("/bookings/{}/receipts", booking.id);
        self.server.get(&path).bearer_auth(&self.owner).call().await.json::<Receipts>(200).items
    }

    pub(crate) async fn ask_receipt(&self, booking: &Booking) -> Answer {
        let call = self.server.request(reqwest::Method::POST, &format!("/bookings/{}/receipts", booking.id));
        call.bearer_auth(&self.owner).call().await
    }

    pub(crate) async fn give_back(&self, booking: &Booking, amount: i64) -> Booking {
        let version = self.read(booking).await.version;
        let body = json!({ "amount_minor": amount });
        let call = self.server.post(&format!("/bookings/{}/refunds", booking.id), &body);
        let call = call.header("if-match", format!("\"{version}\"")).bearer_auth(&self.owner);
        call.call().await.json(200)
    }

    /// Another service of the shop at this price and rate of tax, prepaid.
    pub(crate) async fn service(&self, price: i64, vat_rate: i32) -> uuid::Uuid {
        let id = fixtures::service(&self.server.db, self.shop.provider, 60, 1).await;
        sqlx::query(
            "update services set price_minor = $2, vat_rate = $3, payment_mode = 'full' where id = $1",
        )
        .bind(id)
        .bind(price)
        .bind(vat_rate)
        .execute(&self.server.db)
        .await
        .unwrap();
        id
    }

    /// The provider makes a booking one of another service.
    pub(crate) async fn becomes_one_of(&self, booking: &Booking, service: uuid::Uuid) -> Booking {
        let before = self.read(booking).await;
        let start = before.start_at.format(&time::format_description::well_known::Rfc3339).unwrap();
        let wish = json!({ "start_at": start, "service_id": service });
        let call = self.server.post(&format!("/bookings/{}/reschedule", booking.id), &wish);
        let call = call.header("if-match", format!("\"{}\"", before.version)).bearer_auth(&self.owner);
        call.call().await.json(200)
    }

    async fn told(&self, booking: &Booking) -> Vec<(i64, Option<i64>, i64, Option<u32>)> {
        let receipts = self.receipts(booking).await.into_iter();
        let told =
            receipts.map(|one| (one.number, one.corrects, one.content.gross_minor, one.content.vat_rate));
        told.collect()
    }

    /// What the credit notes after this number correct and are for; they come in whichever order the refunds arrived.
    async fn notes_after(&self, booking: &Booking, number: i64) -> Vec<(Option<i64>, i64)> {
        let told = self.told(booking).await.into_iter().filter(|one| one.0 > number);
        let mut notes: Vec<_> = told.map(|(_, corrects, gross, _)| (corrects, gross)).collect();
        notes.sort_unstable();
        notes
    }

    /// A booking that the provider enters, to be paid there.
    async fn entered(&self, hour: i64) -> Booking {
        let start = (self.day + time::Duration::hours(hour))
            .format(&time::format_description::well_known::Rfc3339)
            .unwrap();
        let wish = json!({ "service_id": self.shop.service, "start_at": start, "client": { "name": "Kim" } });
        self.server.post("/bookings", &wish).bearer_auth(&self.owner).call().await.json(201)
    }
}

#[actix_web::test]
async fn the_receipt_of_a_deposit_says_what_is_left() {
    let scene = Scene::open().await;
    sqlx::query("update services set payment_mode = 'deposit', deposit_minor = 2000")
        .execute(&scene.server.db)
        .await
        .unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    let receipts = scene.receipts(&booking).await;
    let content = &receipts[0].content;
    assert_eq!((receipts.len(), content.gross_minor, content.left_minor), (1, 2000, 3000));
}

#[actix_web::test]
async fn money_that_arrives_has_a_receipt_and_what_goes_back_a_credit_note() {
    let scene = Scene::open().await;
    sqlx::query("update services set vat_rate = 1900").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    assert!(scene.receipts(&booking).await.is_empty());
    scene.pay(&booking, &token).await;
    let receipts = scene.receipts(&booking).await;
    assert_eq!(receipts.len(), 1);
    let (first, content) = (&receipts[0], &receipts[0].content);
    assert_eq!((first.number, first.kind, first.corrects), (1, ReceiptKind::Receipt, None));
    assert_eq!((content.gross_minor, content.net_minor, content.vat_minor), (5000, Some(4202), Some(798)));
    assert_eq!((content.paid_minor, content.left_minor, content.price_minor), (5000, 0, 5000));
    assert_eq!((content.provider_name.as_str(), content.client_name.as_str()), ("Corner Shop", "Ada"));
    assert_eq!(content.provider_address, ["Main Street 1", "Berlin, DE"]);

    // Hearing of the payment again issues nothing.
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    scene.give_back(&booking, 1999).await;
    scene.settled().await;
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    let receipts = scene.receipts(&booking).await;
    let told: Vec<_> =
        receipts.iter().map(|one| (one.number, one.corrects, one.content.gross_minor)).collect();
    assert_eq!(told, [(1, None, 5000), (2, Some(1), -1999), (3, Some(1), -3001)]);
    assert!(receipts[1..].iter().all(|one| one.kind == ReceiptKind::CreditNote));
    let taxes: i64 = receipts.iter().filter_map(|one| one.content.vat_minor).sum();
    assert_eq!(taxes, 0, "taxes add up like amounts");
    assert_eq!(receipts[1].content.paid_minor, 3001);
}

#[actix_web::test]
async fn a_refund_that_did_not_arrive_takes_its_credit_note_back() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.give_back(&booking, 2000).await;
    scene.settled().await;
    let refund: String =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&scene.server.db).await.unwrap();
    scene.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    scene.settled().await;
    let told: Vec<_> = scene
        .receipts(&booking)
        .await
        .iter()
        .map(|one| (one.number, one.kind, one.corrects, one.content.gross_minor))
        .collect();
    let expected = [
        (1, ReceiptKind::Receipt, None, 5000),
        (2, ReceiptKind::CreditNote, Some(1), -2000),
        (3, ReceiptKind::Receipt, Some(2), 2000),
    ];
    assert_eq!(told, expected);

    // Given back again, it is all of the receipt that is credited.
    scene.give_back(&booking, 5000).await;
    scene.settled().await;
    assert_eq!(scene.told(&booking).await[3..], [(4, Some(1), -5000, None)]);
}

#[actix_web::test]
async fn a_credit_note_corrects_the_receipt_of_the_payment_that_it_goes_back_from() {
    let (scene, booking, token) = Scene::with_deposit().await;
    scene.pay_rest(&booking, &token).await;
    let deposit: String = sqlx::query_scalar("select intent_id from payments where not is_rest")
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    let part = [("payment_intent", &*deposit), ("amount", "700")];
    scene.bank.in_dashboard(&scene.server, "refunds", &part).await;
    scene.settled().await;
    // The rest goes back first, and of the deposit what is more.
    scene.give_back(&booking, 5000).await;
    scene.settled().await;
    let (first, second) = (Some(1), Some(2));
    assert_eq!(
        scene.told(&booking).await,
        [(1, None, 2000, None), (2, None, 6000, None), (3, first, -700, None), (4, second, -5000, None)]
    );
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    assert_eq!(scene.notes_after(&booking, 4).await, [(first, -1300), (second, -1000)]);
}

#[actix_web::test]
async fn a_payment_without_a_receipt_of_its_own_goes_back_from_the_one_that_was_asked_for() {
    let (scene, booking, token) = Scene::with_deposit().await;
    let _: Receipt = scene.ask_receipt(&booking).await.json(201);
    scene.pay_rest(&booking, &token).await;
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    assert_eq!(scene.told(&booking).await[..2], [(1, None, 2000, None), (2, None, 6000, None)]);
    assert_eq!(scene.notes_after(&booking, 2).await, [(Some(1), -2000), (Some(2), -6000)]);
}

#[actix_web::test]
async fn a_provider_asks_for_what_is_missing_and_no_more() {
    let scene = Scene::open().await;
    let deposit = "update services set payment_mode = 'deposit', deposit_minor = 2000";
    sqlx::query(deposit).execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    scene.pay(&booking, &token).await;
    let rest: Receipt = scene.ask_receipt(&booking).await.json(201);
    assert_eq!((rest.number, rest.content.gross_minor, rest.content.left_minor), (2, 3000, 3000));
    assert_eq!(rest.content.paid_minor, 2000);
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    // It was called off: what was to be paid there is taken back, what was paid stays as the policy says.
    let strict = r#"update bookings set policy = '{"kind": "strict"}'"#;
    sqlx::query(strict).execute(&scene.server.db).await.unwrap();
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    let back: Receipt = scene.ask_receipt(&booking).await.json(201);
    assert_eq!((back.kind, back.corrects), (ReceiptKind::CreditNote, Some(2)));
    assert_eq!((back.content.gross_minor, back.content.left_minor), (-3000, 0));

    let entered = scene.entered(14).await;
    let path = format!("/bookings/{}/receipts", entered.id);
    let ask = || scene.server.request(reqwest::Method::POST, &path).header("idempotency-key", "one");
    let one: Receipt = ask().bearer_auth(&scene.owner).call().await.json(201);
    let same: Receipt = ask().bearer_auth(&scene.owner).call().await.json(201);
    assert_eq!((one.number, same), (4, one.clone()));
    let stranger = scene.server.token(fixtures::person(&scene.server.db, "Eve").await);
    assert_eq!(ask().bearer_auth(stranger).call().await.status, 404);
    assert_eq!(scene.server.get(&path).header("x-manage-token", &token).call().await.status, 404);
}

#[actix_web::test]
async fn a_page_is_for_both_sides_and_for_who_has_a_ticket() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    sqlx::query("update bookings set client_name = '<script>alert(1)</script>'")
        .execute(&scene.server.db)
        .await
        .unwrap();
    scene.pay(&booking, &token).await;
    let receipt = scene.receipts(&booking).await.remove(0);
    let path = format!("/bookings/{}/receipts/1", booking.id);
    let page = scene.server.get(&path).header("x-manage-token", &token).call().await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(page.text.contains("&lt;script&gt;") && !page.text.contains("<script"));
    assert!(page.text.contains("<h1>Receipt 1</h1>") && page.text.contains("50.00 EUR"));
    let german = scene.server.get(&format!("{path}?locale=de-AT")).bearer_auth(&scene.owner).call().await;
    assert!(german.text.contains("<h1>Beleg 1</h1>") && german.text.contains("50,00 EUR"));

    let by_ticket = receipt.page_path.trim_start_matches("/api/v1").to_owned();
    assert_eq!(scene.server.get(&by_ticket).call().await.status, 200);
    let other = by_ticket.replace("/receipts/1", "/receipts/2");
    let (good, ticket) = by_ticket.split_once('.').unwrap();
    for refused in [path.clone(), other, format!("{good}9.{ticket}"), format!("{path}?ticket=1.x")] {
        scene.server.get(&refused).call().await.problem("not_found");
    }
    for number in ["2", "0", "-1", "x", "99999999999999999999"] {
        let path = format!("/bookings/{}/receipts/{number}", booking.id);
        scene.server.get(&path).bearer_auth(&scene.owner).call().await.problem("not_found");
    }
    // What is frozen stays when its sources change.
    sqlx::query("update providers set name = 'Another'").execute(&scene.server.db).await.unwrap();
    let later = scene.server.get(&path).bearer_auth(&scene.owner).call().await;
    assert!(later.text.contains("Corner Shop") && !later.text.contains("Another"));
}

#[actix_web::test]
async fn receipts_cannot_be_changed_and_numbers_not_be_skipped() {
    let scene = Scene::open().await;
    let booking = scene.entered(10).await;
    let _: Receipt = scene.ask_receipt(&booking).await.json(201);
    for change in [
        "update receipts set amount_minor = 1",
        "update receipts set number = 7",
        "delete from receipts",
        "truncate receipts cascade",
        "delete from receipt_series",
        "update receipt_series set last_number = last_number + 1",
        "update receipt_series set last_number = 5",
    ] {
        assert!(sqlx::query(change).execute(&scene.server.db).await.is_err(), "{change}");
    }
    // A number that somebody names is not taken.
    let number: i64 = sqlx::query_scalar(
        "insert into receipts (provider_id, number, booking_id, kind, amount_minor, content)
         select provider_id, 70, booking_id, kind, amount_minor, content from receipts returning number",
    )
    .fetch_one(&scene.server.db)
    .await
    .unwrap();
    assert_eq!(number, 2);
}

#[actix_web::test]
async fn numbers_have_no_gaps_however_many_ask_at_once() {
    let scene = Scene::open().await;
    let mut bookings = Vec::new();
    for hour in 9..17 {
        bookings.push(scene.entered(hour).await);
    }
    // Over HTTP: each booking is asked for twice at once, and one of the two is refused.
    let asked = bookings.iter().chain(&bookings).map(|booking| scene.ask_receipt(booking));
    let answers = futures_util::future::join_all(asked).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 8);

    // And past the lock that the server takes: every third of them is given up after it took a number.
    let one = bookings[0].id;
    let inserts = (0..30).map(|turn| {
        let db = scene.server.db.clone();
        async move {
            let mut tx = api::db::begin(&db).await.unwrap();
            sqlx::query(
                "insert into receipts (provider_id, number, booking_id, kind, amount_minor, content)
                 select provider_id, 0, id, 'receipt', 1, '{}' from bookings where id = $1",
            )
            .bind(one)
            .execute(&mut *tx)
            .await
            .unwrap();
            if turn % 3 == 0 { tx.rollback().await.unwrap() } else { tx.commit().await.unwrap() }
        }
    });
    futures_util::future::join_all(inserts).await;
    let numbers: Vec<i64> = sqlx::query_scalar("select number from receipts order by number")
        .fetch_all(&scene.server.db)
        .await
        .unwrap();
    assert_eq!(numbers, (1..=28).collect::<Vec<_>>());
}

#[actix_web::test]
async fn a_tax_number_stands_on_receipts_and_others_see_it_nowhere_else() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    let path = format!("/providers/{}", scene.shop.provider);
    let set = async |number: &str| {
        let call = scene.server.request(reqwest::Method::PATCH, &path).header("if-match", "*");
        call.json(&json!({ "tax_number": number })).bearer_auth(&scene.owner).call().await
    };
    let changed: Value = set(" DE123456789 ").await.json(200);
    assert_eq!(changed["tax_number"], "DE123456789");
    let own: Value = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    assert_eq!(own["tax_number"], "DE123456789");
    let other: Value = scene.server.get(&path).call().await.json(200);
    assert!(other.get("tax_number").is_none(), "{other}");
    for wrong in ["1".repeat(41), "12\n34".to_owned()] {
        let refused = set(&wrong).await.problem("invalid_fields");
        assert_eq!(refused.errors[0].pointer, "/tax_number");
    }

    scene.give_back(&booking, 2000).await;
    scene.settled().await;
    let receipts = scene.receipts(&booking).await;
    let numbers: Vec<_> =
        receipts.iter().map(|receipt| receipt.content.provider_tax_number.as_str()).collect();
    assert_eq!(numbers, ["", "DE123456789"], "what is issued stays as it was");
    let page = scene.server.page(&receipts[1].page_path).call().await;
    assert!(page.text.contains("VAT ID DE123456789"), "{}", page.text);
}

#[actix_web::test]
async fn what_went_back_with_a_lower_price_is_not_taken_back_twice() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    let cheap = scene.service(3000, 1900).await;
    sqlx::query("update services set vat_rate = null").execute(&scene.server.db).await.unwrap();
    scene.becomes_one_of(&booking, cheap).await;
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    scene.settled().await;
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    assert_eq!(scene.told(&booking).await, [(1, None, 5000, None), (2, Some(1), -2000, None)]);

    // At a higher price again, the rest is missing, and only that.
    scene.becomes_one_of(&booking, scene.shop.service).await;
    let rest: Receipt = scene.ask_receipt(&booking).await.json(201);
    assert_eq!((rest.content.gross_minor, rest.content.left_minor), (2000, 2000));
}

#[actix_web::test]
async fn a_refund_under_way_brings_its_own_credit_note() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.give_back(&booking, 2000).await;
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    scene.settled().await;
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    assert_eq!(scene.told(&booking).await, [(1, None, 5000, None), (2, Some(1), -2000, None)]);
}

#[actix_web::test]
async fn money_that_is_held_brings_its_own_receipt() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    let asked = scene.pay(&booking, &token).await;
    let call = scene.server.request(reqwest::Method::POST, &format!("/bookings/{}/confirm", booking.id));
    let call = call.header("if-match", format!("\"{}\"", asked.version)).bearer_auth(&scene.owner);
    let _: Booking = call.call().await.json(200);
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    scene.settled().await;
    assert_eq!(scene.told(&booking).await, [(1, None, 5000, None)]);
}

#[actix_web::test]
async fn what_was_paid_there_stays_on_receipts_until_the_note_is_taken_back() {
    let scene = Scene::open().await;
    let booking = scene.entered(14).await;
    let act = async |act: &str, body: Value| -> Booking {
        let version = scene.read(&booking).await.version;
        let call = scene.server.post(&format!("/bookings/{}/{act}", booking.id), &body);
        let call = call.header("if-match", format!("\"{version}\"")).bearer_auth(&scene.owner);
        call.call().await.json(200)
    };
    act("settle", json!({ "settled": true })).await;
    let _: Receipt = scene.ask_receipt(&booking).await.json(201);
    act("cancel", json!({})).await;
    scene.ask_receipt(&booking).await.problem("invalid_transition");
    act("settle", json!({ "settled": false })).await;
    let back: Receipt = scene.ask_receipt(&booking).await.json(201);
    assert_eq!((back.content.gross_minor, back.content.paid_minor, back.corrects), (-5000, 0, Some(1)));
}

#[actix_web::test]
async fn a_credit_note_names_whom_the_receipt_names() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    sqlx::query("update bookings set client_name = 'Deleted account'")
        .execute(&scene.server.db)
        .await
        .unwrap();
    scene.give_back(&booking, 2000).await;
    scene.settled().await;
    let names: Vec<_> =
        scene.receipts(&booking).await.into_iter().map(|one| one.content.client_name).collect();
    assert_eq!(names, ["Ada", "Ada"]);
}
