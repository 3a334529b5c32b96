//! What a provider reads in its book.

use crate::payments::Scene;
use crate::support::server::{Answer, Call};
use contract::bookings::Booking;
use contract::ledger::{Balance, Balances, Transaction, TransactionKind};
use contract::page::Page;
use serde_json::json;
use uuid::Uuid;

impl Scene {
    async fn own(&self, path: &str) -> Answer {
        let path = format!("/providers/{}/{path}", self.shop.provider);
        self.server.get(&path).bearer_auth(&self.owner).call().await
    }

    async fn transactions(&self, query: &str) -> Page<Transaction> {
        self.own(&format!("transactions{query}")).await.json(200)
    }

    async fn balances(&self, query: &str) -> Vec<Balance> {
        self.own(&format!("balance{query}")).await.json::<Balances>(200).items
    }

    /// Writes in the book what no payment of this test does.
    async fn write(&self, movement: &str, at: &str, currency: &str, entries: &[(&str, i64)]) {
        let id = Uuid::now_v7();
        let mut tx = api::db::begin(&self.server.db).await.unwrap();
        sqlx::query(
            "insert into ledger_transactions (id, provider_id, movement, currency, source, at)
             values ($1, $2, $3, $4, $1::text, $5::text::timestamptz)",
        )
        .bind(id)
        .bind(self.shop.provider)
        .bind(movement)
        .bind(currency)
        .bind(at)
        .execute(&mut *tx)
        .await
        .unwrap();
        for (account, amount) in entries {
            sqlx::query("insert into ledger_entries values ($1, $2, $3)")
                .bind(id)
                .bind(account)
                .bind(amount)
                .execute(&mut *tx)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    }
}

#[actix_web::test]
async fn a_payment_and_its_refund_are_listed_and_summed() {
    let scene = Scene::open().await;
    sqlx::query("update services set vat_rate = 1900").execute(&scene.server.db).await.unwrap();
    assert!(scene.transactions("").await.items.is_empty());
    assert!(scene.balances("").await.is_empty());
    let (booking, token) = scene.hold(10).await;
    let paid = scene.pay(&booking, &token).await;
    let body = json!({ "amount_minor": 2000 });
    let call = scene.server.post(&format!("/bookings/{}/refunds", booking.id), &body);
    let call = call.header("if-match", format!("\"{}\"", paid.version)).bearer_auth(&scene.owner);
    let _: Booking = call.call().await.json(200);
    scene.settled().await;

    let all = scene.transactions("").await.items;
    let mut seen: Vec<_> =
        all.iter().map(|one| (one.amount_minor, one.fee_minor, one.balance_minor)).collect();
    seen.sort_unstable();
    assert_eq!(seen, [(-2000, 0, -2000), (0, 100, -100), (5000, 0, 5000)]);
    let mut taxes: Vec<_> = all.iter().map(|one| (one.vat_rate, one.vat_minor)).collect();
    taxes.sort_unstable();
    assert_eq!(
        taxes,
        [(None, None), (Some(1900), Some(-319)), (Some(1900), Some(798))],
        "as on the receipts"
    );
    assert!(all.iter().all(|one| one.booking.as_ref().is_some_and(|about| about.id == booking.id
        && about.client_name == "Ada"
        && about.service_name == "Consultation")));
    assert_eq!(all.iter().filter(|one| one.kind == TransactionKind::ProcessorFee).count(), 1);

    // Page by page it is the same.
    let first = scene.transactions("?limit=2").await;
    let next = scene.transactions(&format!("?limit=2&cursor={}", first.next_cursor.unwrap())).await;
    assert_eq!([first.items, next.items].concat(), all);
    assert_eq!(next.next_cursor, None);

    let sums = scene.balances("").await;
    let balance = Balance {
        currency: "EUR".to_owned(),
        charged_minor: 5000,
        refunded_minor: 2000,
        fees_minor: 100,
        platform_minor: 0,
        disputed_minor: 0,
        paid_out_minor: 0,
        balance_minor: 2900,
    };
    assert_eq!(sums, [balance]);
    assert_eq!(scene.balance("provider_balance").await, 2900);
}

impl Scene {
    /// The taxes in what a client paid and got back, as the table of the month has them, oldest first; and what they and those on
    /// the receipts add up to.
    async fn taxes(&self, booking: &Booking) -> (Vec<(String, String)>, i64, i64) {
        let items = self.transactions("").await.items;
        let month = items[0].at.to_string()[..7].to_owned();
        let table = self.own(&format!("transactions.csv?month={month}")).await;
        let cells = |line: &str| {
            let cells: Vec<_> = line.rsplit(',').take(2).map(str::to_owned).collect();
            (cells[1].clone(), cells[0].clone())
        };
        let rows = table.text.split_terminator("\r\n").skip(1).map(cells);
        let rows = rows.filter(|(rate, _)| !rate.is_empty()).collect();
        let sum = items.iter().filter_map(|one| one.vat_minor).sum();
        let receipts = self.receipts(booking).await;
        (rows, sum, receipts.iter().filter_map(|one| one.content.vat_minor).sum())
    }
}

#[actix_web::test]
async fn taxes_are_those_of_the_booking_also_where_its_receipt_came_first() {
    let scene = Scene::open().await;
    let sql = "update services set payment_mode = 'deposit', deposit_minor = 2000, price_minor = 8000, vat_rate = 1900";
    sqlx::query(sql).execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    // The service's rate becomes another; the booking's stays.
    sqlx::query("update services set vat_rate = 700").execute(&scene.server.db).await.unwrap();
    assert_eq!(scene.ask_receipt(&booking).await.status, 201);
    scene.pay_rest(&booking, &token).await;
    let (rows, sum, on_receipts) = scene.taxes(&booking).await;
    let row = |rate: &str, tax: &str| (rate.to_owned(), tax.to_owned());
    assert_eq!(rows, [row("19.00", "3.19"), row("19.00", "9.58")]);
    assert_eq!((sum, on_receipts), (1277, 1277));
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    let (_, sum, on_receipts) = scene.taxes(&booking).await;
    assert_eq!((sum, on_receipts), (0, 0));
}

#[actix_web::test]
async fn taxes_follow_the_booking_to_another_rate_as_receipts_do() {
    let scene = Scene::open().await;
    sqlx::query("update services set vat_rate = 1900").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    let other = scene.service(5000, 700).await;
    scene.becomes_one_of(&booking, other).await;
    let (rows, sum, on_receipts) = scene.taxes(&booking).await;
    assert_eq!(rows, [("7.00".to_owned(), "3.27".to_owned())]);
    assert_eq!((sum, on_receipts), (327, 327));
}

impl Scene {
    /// A paid booking of 100 euros at 19 %, of which a bank disputes so much; the dispute's id.
    async fn disputed(&self, amount: &str) -> (Booking, String, String) {
        let sql = "update services set price_minor = 10000, vat_rate = 1900";
        sqlx::query(sql).execute(&self.server.db).await.unwrap();
        let (booking, token) = self.hold(10).await;
        self.pay(&booking, &token).await;
        let charge = self.bank.charges()[0]["charge"].as_str().unwrap().to_owned();
        let opened = self.bank.control("disputes", &[("charge", &charge), ("amount", amount)]);
        self.settled().await;
        (booking, token, opened["id"].as_str().unwrap().to_owned())
    }
}

#[actix_web::test]
async fn the_tax_in_what_a_bank_gives_back_goes_once_the_dispute_is_lost() {
    for (amount, outcome, back) in
        [("10000", "lost", Some(-1597)), ("10000", "won", None), ("4000", "lost", Some(-639))]
    {
        let scene = Scene::open().await;
        let (booking, token, dispute) = scene.disputed(amount).await;
        let (rows, sum, _) = scene.taxes(&booking).await;
        assert_eq!((rows.len(), sum), (1, 1597), "the bank has not decided");
        // What it does not dispute goes back.
        if amount == "4000" {
            scene.cancel(&booking, &token).await;
            scene.settled().await;
        }
        scene.bank.control(&format!("disputes/{dispute}"), &[("status", outcome)]);
        scene.settled().await;
        let (_, sum, on_receipts) = scene.taxes(&booking).await;
        let kept = if outcome == "won" { 1597 } else { 0 };
        assert_eq!((sum, on_receipts), (kept, kept), "{amount} {outcome}");
        let items = scene.transactions("").await.items;
        let lost = items.iter().find(|one| one.kind == TransactionKind::DisputeLost);
        assert_eq!(lost.and_then(|one| one.vat_minor), back, "{amount} {outcome}");
        assert_eq!(lost.map(|one| one.amount_minor), back.map(|_| 0), "the money left before");
    }
}

#[actix_web::test]
async fn months_are_those_of_the_providers_zone() {
    let scene = Scene::open().await;
    sqlx::query("update providers set time_zone = 'Europe/Berlin'").execute(&scene.server.db).await.unwrap();
    let charge = [("clients", -5000), ("provider_balance", 4750), ("platform_fees", 250)];
    scene.write("charge", "2026-10-31T22:59:59Z", "EUR", &charge).await;
    scene.write("charge", "2026-10-31T23:00:00Z", "EUR", &charge).await;
    let refund = [("clients", 2000), ("provider_balance", -1900), ("platform_fees", -100)];
    scene.write("refund", "2026-11-02T09:00:00Z", "EUR", &refund).await;
    let disputed = [("provider_balance", -500), ("disputes", 500)];
    scene.write("dispute_opened", "2026-11-03T09:00:00Z", "EUR", &disputed).await;
    let paid_out = [("provider_balance", -1000), ("provider_bank", 1000)];
    scene.write("payout", "2026-11-30T22:59:59Z", "EUR", &paid_out).await;
    // The platform pays its processor out of its own share.
    let price = [("platform_fees", -75), ("processor_fees", 75)];
    scene.write("processor_fee", "2026-11-02T09:00:00Z", "EUR", &price).await;
    // With an account of the provider's own, a bank takes what it disputes from the platform.
    let taken = [("platform_fees", -5000), ("disputes", 5000)];
    scene.write("dispute_opened", "2026-11-05T09:00:00Z", "EUR", &taken).await;
    let yen = [("clients", -800), ("provider_balance", 800)];
    scene.write("charge", "2026-11-04T09:00:00Z", "JPY", &yen).await;

    let october = scene.transactions("?month=2026-10").await.items;
    assert_eq!(october.len(), 1);
    assert_eq!(october[0].at.to_string(), "2026-10-31 23:59:59.0 +01:00:00");
    let november = scene.transactions("?month=2026-11").await.items;
    let kinds: Vec<_> = november.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            TransactionKind::Payout,
            TransactionKind::Charge,
            TransactionKind::DisputeOpened,
            TransactionKind::Refund,
            TransactionKind::Charge
        ]
    );
    assert!(
        november.iter().all(|one| one.amount_minor - one.fee_minor + one.platform_minor == one.balance_minor)
    );
    assert_eq!((november[3].amount_minor, november[3].fee_minor), (-2000, -100));

    let month = scene.balances("?month=2026-11").await;
    assert_eq!((month[0].charged_minor, month[0].refunded_minor, month[0].fees_minor), (5000, 2000, 150));
    assert_eq!((month[0].disputed_minor, month[0].paid_out_minor), (500, 1000));
    assert_eq!((month[1].currency.as_str(), month[1].balance_minor), ("JPY", 800));
    for sums in scene.balances("").await {
        let Balance { charged_minor, refunded_minor, fees_minor, disputed_minor, paid_out_minor, .. } = sums;
        let left = charged_minor - refunded_minor - fees_minor - disputed_minor - paid_out_minor;
        assert_eq!(left, sums.balance_minor);
    }
    assert_eq!(scene.balances("?month=2026-10").await[0].balance_minor, 4750, "at the end of that month");

    let table = scene.own("transactions.csv?month=2026-11").await;
    assert_eq!(table.status, 200);
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let name = "attachment; filename=\"transactions-2026-11.csv\"";
    assert_eq!(table.header("content-disposition"), Some(name));
    let lines: Vec<_> = table.text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 6);
    assert!(
        lines[1].starts_with("2026-11-01T00:00:00+01:00,charge,EUR,50.00,2.50,0.00,47.50,"),
        "{}",
        lines[1]
    );
    assert!(lines[4].starts_with("2026-11-04T10:00:00+01:00,charge,JPY,800,0,0,800,"), "{}", lines[4]);
}

#[actix_web::test]
async fn a_month_is_named_as_a_month() {
    let scene = Scene::open().await;
    for month in ["2026", "2026-13", "1812-01", "x", "2026-1", "%22%0d%0a"] {
        for path in ["transactions", "transactions.csv", "balance"] {
            let answer = scene.own(&format!("{path}?month={month}")).await;
            assert_eq!(answer.problem("invalid_fields").errors[0].pointer, "?month", "{path} {month}");
        }
    }
    scene.own("transactions.csv").await.problem("malformed_query");
    scene.own("transactions?cursor=abc").await.problem("invalid_fields");
    let empty = scene.own("transactions.csv?month=2026-02").await;
    assert_eq!(empty.text.lines().count(), 1);
}
