//! Prepayment, from the hold to the refund, against a Stripe that keeps books.

mod digits;
mod model;
mod opening;
mod perseverance;
mod reconcile;
mod rest;

use crate::support::bank::Bank;
use crate::support::fixtures::{self, Shop};
use crate::support::server::{Answer, Call};
use crate::support::{TestServer, leave_after};
use api::jobs::{self, JobContext};
use contract::accounts::User;
use contract::bookings::{Awaits, Booking, BookingEvent, BookingEvents, BookingStatus, CancelledBy};
use contract::coupons::PriceQuote;
use contract::payments::{PaymentMode, PendingPayment};
use serde_json::json;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

pub(crate) struct Scene {
    pub(crate) server: TestServer,
    pub(crate) bank: Bank,
    pub(crate) shop: Shop,
    pub(crate) owner: String,
    pub(crate) day: OffsetDateTime,
}

impl Scene {
    /// A shop whose service costs 50 euros, paid when booking.
    pub(crate) async fn open() -> Self {
        let (server, bank) = Bank::open(&[]).await;
        let shop = fixtures::shop(&server.db, "UTC").await;
        sqlx::query("update services set payment_mode = 'full'").execute(&server.db).await.unwrap();
        let owner = server.token(shop.owner);
        let day = sqlx::query_scalar("select date_trunc('day', app_now() + interval '10 days', 'UTC')")
            .fetch_one(&server.db)
            .await
            .unwrap();
        Self { server, bank, shop, owner, day }
    }

    pub(crate) async fn try_book(&self, hour: i64, email: &str) -> Answer {
        let start = (self.day + Duration::hours(hour)).format(&Rfc3339).unwrap();
        let wish = json!({ "service_id": self.shop.service, "start_at": start,
            "client": { "name": "Ada", "email": email } });
        self.server.post("/bookings", &wish).call().await
    }

    pub(crate) async fn hold(&self, hour: i64) -> (Booking, String) {
        let booking: Booking = self.try_book(hour, "ada@example.org").await.json(201);
        assert_eq!((booking.status, booking.awaits), (BookingStatus::Pending, Some(Awaits::Payment)));
        let token = booking.manage_token.clone().unwrap();
        (booking, token)
    }

    pub(crate) async fn page(&self, booking: &Booking, token: &str) -> String {
        let path = format!("/bookings/{}/payment", booking.id);
        let pending: PendingPayment =
            self.server.post(&path, &json!({})).header("x-manage-token", token).call().await.json(200);
        assert_eq!((pending.amount_minor, pending.currency.as_str()), (booking.money.due_minor, "EUR"));
        pending.page_url.unwrap()
    }

    pub(crate) async fn read(&self, booking: &Booking) -> Booking {
        let path = format!("/bookings/{}", booking.id);
        self.server.get(&path).bearer_auth(&self.owner).call().await.json(200)
    }

    /// What happened to a booking last.
    pub(crate) async fn last_event(&self, booking: &Booking) -> BookingEvent {
        let path = format!("/bookings/{}/events", booking.id);
        let mut events: BookingEvents =
            self.server.get(&path).bearer_auth(&self.owner).call().await.json(200);
        events.items.pop().unwrap()
    }

    /// Pays, and lets everything that follows happen.
    pub(crate) async fn pay(&self, booking: &Booking, token: &str) -> Booking {
        let page = self.page(booking, token).await;
        self.bank.press(&self.server, &page, "pay").await;
        self.settled().await;
        self.read(booking).await
    }

    /// Pays in time, but we hear of it when the hold has lapsed.
    pub(crate) async fn pay_too_late(&self, booking: &Booking, token: &str) -> Booking {
        let page = self.page(booking, token).await;
        self.bank.control("deliveries/hold", &[]);
        self.bank.press(&self.server, &page, "pay").await;
        self.server.advance("40 minutes").await;
        self.server.run_jobs().await;
        self.read(booking).await
    }

    pub(crate) async fn settled(&self) {
        self.bank.told().await;
        self.server.run_jobs().await;
        self.bank.told().await;
        self.server.run_jobs().await;
    }

    /// Runs jobs until none is left that failed, as a worker does in the course of time.
    async fn run_through_faults(&self) {
        let ctx = JobContext { app: self.server.app.clone(), mailer: self.server.mails.clone() };
        loop {
            while jobs::run_due(&ctx).await.unwrap() > 0 {}
            let failed = sqlx::query(
                "update jobs set run_at = app_now(), last_error = null where last_error is not null and dead_at is null",
            )
            .execute(&self.server.db)
            .await
            .unwrap();
            if failed.rows_affected() == 0 {
                return;
            }
        }
    }

    /// Runs jobs and dies after so many waits for the database or the processor; says whether there was so much to do. What
    /// it held is for others to take.
    async fn run_and_die_after(&self, waits: usize) -> bool {
        let ctx = JobContext { app: self.server.app.clone(), mailer: self.server.mails.clone() };
        let died = leave_after(waits, jobs::run_due(&ctx)).await.map(Result::unwrap).is_none();
        sqlx::query("update jobs set leased_until = statement_timestamp() where leased_until is not null")
            .execute(&self.server.db)
            .await
            .unwrap();
        died
    }

    pub(crate) async fn cancel(&self, booking: &Booking, token: &str) -> Booking {
        let booking = self.read(booking).await;
        let call = self.server.post(&format!("/bookings/{}/cancel", booking.id), &json!({}));
        let call = call.header("if-match", format!("\"{}\"", booking.version));
        call.header("x-manage-token", token).call().await.json(200)
    }

    /// What each account of the book has.
    pub(crate) async fn balance(&self, account: &str) -> i64 {
        sqlx::query_scalar(
            "select coalesce(sum(amount_minor), 0)::bigint from ledger_entries where account = $1",
        )
        .bind(account)
        .fetch_one(&self.server.db)
        .await
        .unwrap()
    }

    pub(crate) async fn refund_states(&self) -> Vec<(i64, String, String)> {
        sqlx::query_as("select amount_minor, cause, state from refunds order by created_at, id")
            .fetch_all(&self.server.db)
            .await
            .unwrap()
    }
}

#[actix_web::test]
async fn a_hold_is_paid_and_becomes_a_booking() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    assert_eq!((booking.money.due_minor, booking.money.try_declined), (5000, false));
    assert!(scene.server.mails.take().is_empty());
    scene.server.run_jobs().await;
    assert!(scene.server.mails.take().is_empty(), "nobody is told before it is paid");
    scene.try_book(10, "bob@example.org").await.problem("slot_taken");

    // From any device, as often as asked: the same page.
    let page = scene.page(&booking, &token).await;
    assert_eq!(scene.page(&booking, &token).await, page);
    scene.bank.press(&scene.server, &page, "decline").await;
    scene.settled().await;
    let declined = scene.read(&booking).await;
    assert_eq!((declined.status, declined.money.try_declined), (BookingStatus::Pending, true));

    scene.bank.press(&scene.server, &page, "pay").await;
    scene.settled().await;
    let paid = scene.read(&booking).await;
    assert_eq!((paid.status, paid.money.paid_minor), (BookingStatus::Confirmed, 5000));
    assert!(!paid.money.try_declined);
    assert_eq!(scene.server.mails.to("ada@example.org").len(), 1);
    assert_eq!(scene.balance("clients").await, -5000);
    let path = format!("/bookings/{}/payment", booking.id);
    let again = scene.server.post(&path, &json!({})).header("x-manage-token", &token).call().await;
    again.problem("invalid_transition");
}

#[actix_web::test]
async fn the_clients_return_settles_without_an_event() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.bank.control("deliveries/hold", &[]);
    let page = scene.page(&booking, &token).await;
    scene.bank.press(&scene.server, &page, "pay").await;
    let path = format!("/bookings/{}/payment/refresh", booking.id);
    let call = scene.server.request(reqwest::Method::POST, &path).header("x-manage-token", &token);
    let paid: Booking = call.call().await.json(200);
    assert_eq!(paid.status, BookingStatus::Confirmed);
    // The events that come afterwards, each of them twice, change nothing.
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    assert_eq!(scene.balance("clients").await, -5000);
    assert_eq!(scene.server.mails.to("ada@example.org").len(), 1);
}

#[actix_web::test]
async fn an_unpaid_hold_ends_quietly_and_frees_its_time() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let page = scene.page(&booking, &token).await;
    scene.server.advance("40 minutes").await;
    scene.server.run_jobs().await;
    let ended = scene.read(&booking).await;
    assert_eq!((ended.status, ended.cancelled_by), (BookingStatus::Cancelled, Some(CancelledBy::Expired)));
    assert!(scene.server.mails.take().is_empty());
    let _: Booking = scene.try_book(10, "bob@example.org").await.json(201);
    // The page is closed with it.
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.settled().await;
    assert!(scene.bank.charges().is_empty());
}

impl Scene {
    /// Ten minutes before this hour of the day.
    async fn shortly_before(&self, hour: i64) {
        let until = "select (($1::timestamptz - interval '10 minutes') - app_now())::text";
        let start = self.day + Duration::hours(hour);
        let wait: String = sqlx::query_scalar(until).bind(start).fetch_one(&self.server.db).await.unwrap();
        self.server.advance(&wait).await;
    }
}

#[actix_web::test]
async fn a_hold_shortly_before_its_start_outlives_its_page_too() {
    let scene = Scene::open().await;
    scene.shortly_before(10).await;
    let (booking, token) = scene.hold(10).await;
    assert_eq!(booking.expires_at, Some(booking.created_at + Duration::minutes(36)));
    let page = scene.page(&booking, &token).await;
    scene.server.advance("15 minutes").await;
    scene.server.run_jobs().await;
    assert_eq!(scene.read(&booking).await.status, BookingStatus::Pending, "it has begun, and is held");
    let me = scene.server.get(&format!("/bookings/{}", booking.id)).header("x-manage-token", &token);
    assert_eq!(me.call().await.json::<Booking>(200).actions, ["cancel"]);
    scene.bank.press(&scene.server, &page, "pay").await;
    scene.settled().await;
    let paid = scene.read(&booking).await;
    assert_eq!((paid.status, paid.money.paid_minor), (BookingStatus::Confirmed, 5000));
    assert!(scene.refund_states().await.is_empty());
    scene.server.advance("1 hour").await;
    scene.server.run_jobs().await;
    assert_eq!(scene.read(&booking).await.status, BookingStatus::Completed);

    // One that nobody pays lapses as ever; one that needs an answer, and one that is over, has no later end.
    scene.shortly_before(14).await;
    let (unpaid, _) = scene.hold(14).await;
    scene.server.advance("37 minutes").await;
    scene.server.run_jobs().await;
    assert_eq!(scene.read(&unpaid).await.cancelled_by, Some(CancelledBy::Expired));
    scene.shortly_before(15).await;
    sqlx::query("update services set duration_minutes = 15").execute(&scene.server.db).await.unwrap();
    let (short, _) = scene.hold(15).await;
    assert_eq!(short.expires_at, Some(short.end_at));
    let asked = "update services set approval_required = true";
    sqlx::query(asked).execute(&scene.server.db).await.unwrap();
    scene.shortly_before(16).await;
    let (asked, _) = scene.hold(16).await;
    assert_eq!(asked.expires_at, Some(asked.start_at));
}

#[actix_web::test]
async fn a_hold_that_is_prolonged_ends_at_a_whole_second() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.server.advance("10.4 minutes").await;
    scene.page(&booking, &token).await;
    let until = scene.read(&booking).await.expires_at.unwrap();
    assert!(until > booking.expires_at.unwrap());
    assert_eq!(until.nanosecond(), 0, "{until}");
}

#[actix_web::test]
async fn money_that_comes_late_takes_the_time_again() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    let lapsed = scene.pay_too_late(&booking, &token).await;
    assert_eq!(lapsed.cancelled_by, Some(CancelledBy::Expired));
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    let stands = scene.read(&booking).await;
    assert_eq!((stands.status, stands.money.paid_minor), (BookingStatus::Confirmed, 5000));
    scene.try_book(10, "bob@example.org").await.problem("slot_taken");
    assert!(scene.refund_states().await.is_empty());
}

#[actix_web::test]
async fn money_that_comes_late_goes_back_where_the_time_is_gone() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay_too_late(&booking, &token).await;
    let _: Booking = scene.try_book(10, "bob@example.org").await.json(201);
    scene.bank.control("deliveries/release", &[]);
    scene.settled().await;
    let gone = scene.read(&booking).await;
    assert_eq!((gone.status, gone.money.refunded_minor), (BookingStatus::Cancelled, 5000));
    assert_eq!(scene.refund_states().await, [(5000, "late".to_owned(), "succeeded".to_owned())]);
    let event = scene.last_event(&booking).await;
    assert_eq!((event.kind.as_str(), &event.detail["amount_minor"]), ("refunded", &json!(5000)));
    assert_eq!(scene.balance("clients").await, 0);
    let mails = scene.server.mails.to("ada@example.org");
    assert!(mails.len() == 1 && mails[0].subject.starts_with("Paid too late"), "{mails:?}");
}

#[actix_web::test]
async fn cancelling_refunds_what_was_quoted() {
    let scene = Scene::open().await;
    let moderate = r#"{"kind": "moderate"}"#;
    sqlx::query("update providers set policy = $1::text::jsonb")
        .bind(moderate)
        .execute(&scene.server.db)
        .await
        .unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.server.advance("7 days").await;
    let path = format!("/bookings/{}/cancellation-quote", booking.id);
    let quote: serde_json::Value =
        scene.server.get(&path).header("x-manage-token", &token).call().await.json(200);
    assert_eq!(quote["refund_minor"], 2500);

    let cancelled = scene.cancel(&booking, &token).await;
    assert_eq!(cancelled.money.refunded_minor, 2500);
    scene.settled().await;
    assert_eq!(scene.refund_states().await, [(2500, "cancelled".to_owned(), "succeeded".to_owned())]);
    assert_eq!(scene.balance("clients").await, -2500);
    assert_eq!(scene.bank.charges()[0]["refunded"], 2500);
}

#[actix_web::test]
async fn a_provider_who_cancels_gives_everything_back() {
    let scene = Scene::open().await;
    let strict = r#"{"kind": "strict"}"#;
    sqlx::query("update providers set policy = $1::text::jsonb")
        .bind(strict)
        .execute(&scene.server.db)
        .await
        .unwrap();
    let (booking, token) = scene.hold(10).await;
    let paid = scene.pay(&booking, &token).await;
    let call = scene.server.post(&format!("/bookings/{}/cancel", booking.id), &json!({}));
    let call = call.header("if-match", format!("\"{}\"", paid.version)).bearer_auth(&scene.owner);
    let _: Booking = call.call().await.json(200);
    scene.settled().await;
    assert_eq!(scene.balance("clients").await, 0);
}

#[actix_web::test]
async fn requests_are_authorised_and_captured_with_the_answer() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    let asked = scene.pay(&booking, &token).await;
    assert_eq!((asked.status, asked.awaits), (BookingStatus::Pending, Some(Awaits::Approval)));
    assert_eq!(asked.money.paid_minor, 0);
    assert_eq!(scene.bank.charges()[0]["captured"], 0);

    let call = scene.server.request(reqwest::Method::POST, &format!("/bookings/{}/confirm", booking.id));
    let call = call.header("if-match", format!("\"{}\"", asked.version)).bearer_auth(&scene.owner);
    let _: Booking = call.call().await.json(200);
    scene.settled().await;
    let confirmed = scene.read(&booking).await;
    assert_eq!((confirmed.status, confirmed.money.paid_minor), (BookingStatus::Confirmed, 5000));
    assert_eq!(scene.bank.charges()[0]["captured"], 5000);
}

#[actix_web::test]
async fn a_declined_request_is_released() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    let asked = scene.pay(&booking, &token).await;
    let call = scene.server.post(&format!("/bookings/{}/decline", booking.id), &json!({}));
    let call = call.header("if-match", format!("\"{}\"", asked.version)).bearer_auth(&scene.owner);
    let answer: Booking = call.call().await.json(200);
    assert_eq!(answer.money.released_minor, Some(5000), "it was only reserved");
    scene.settled().await;
    let declined = scene.read(&booking).await;
    assert_eq!((declined.money.released_minor, declined.money.lost_minor), (Some(5000), None));
    let states: Vec<String> =
        sqlx::query_scalar("select state from payments").fetch_all(&scene.server.db).await.unwrap();
    assert_eq!(states, ["over"]);
    assert!(scene.refund_states().await.is_empty(), "nothing was taken, so nothing goes back");
    assert_eq!(scene.balance("clients").await, 0);
}

#[actix_web::test]
async fn a_refund_made_at_stripe_is_noticed_and_a_failed_one_too() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    scene.bank.control("refunds/next", &[("status", "pending")]);
    scene.cancel(&booking, &token).await;
    scene.settled().await;
    assert_eq!(scene.refund_states().await[0].2, "pending");
    let refund: String =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&scene.server.db).await.unwrap();
    scene.bank.control(&format!("refunds/{refund}"), &[("status", "failed")]);
    scene.settled().await;
    assert_eq!(scene.refund_states().await[0].2, "failed");
    let cancelled = scene.read(&booking).await;
    assert_eq!((cancelled.money.refunded_minor, scene.balance("clients").await), (0, -5000));
}

#[actix_web::test]
async fn a_withdrawn_request_tells_what_was_let_go_of() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    let withdrawn = scene.cancel(&booking, &token).await;
    assert_eq!((withdrawn.money.released_minor, withdrawn.money.paid_minor), (Some(5000), 0));
    // Of what was paid and goes back, refunds tell.
    sqlx::query("update services set approval_required = false").execute(&scene.server.db).await.unwrap();
    let (paid, token) = scene.hold(12).await;
    scene.pay(&paid, &token).await;
    assert_eq!(scene.cancel(&paid, &token).await.money.released_minor, None);
}

#[actix_web::test]
async fn members_are_told_which_bookings_wait_to_be_paid() {
    let scene = Scene::open().await;
    let person = fixtures::person(&scene.server.db, "mia").await;
    let member = scene.server.token(person);
    let unpaid = async || -> Vec<uuid::Uuid> {
        let me: User = scene.server.get("/me").bearer_auth(&member).call().await.json(200);
        me.unpaid
    };
    let mut held = Vec::new();
    for hour in [12, 10] {
        let start = (scene.day + Duration::hours(hour)).format(&Rfc3339).unwrap();
        let wish = json!({ "service_id": scene.shop.service, "start_at": start });
        let call = scene.server.post("/bookings", &wish).bearer_auth(&member);
        let booking: Booking = call.call().await.json(201);
        held.push(booking);
        scene.server.advance("1 minute").await;
    }
    // What lapses first comes first; guests' and others' holds are not theirs.
    scene.hold(14).await;
    assert_eq!(unpaid().await, [held[0].id, held[1].id]);
    let path = format!("/bookings/{}/cancel", held[0].id);
    let call = scene.server.post(&path, &json!({})).header("if-match", "\"1\"").bearer_auth(&member);
    let _: Booking = call.call().await.json(200);
    assert_eq!(unpaid().await, [held[1].id]);
    scene.server.advance("1 hour").await;
    assert!(unpaid().await.is_empty(), "what has lapsed waits no more, also before that is noticed");
}

#[actix_web::test]
async fn one_client_holds_a_few_at_most() {
    let scene = Scene::open().await;
    for hour in 9..12 {
        scene.hold(hour).await;
    }
    scene.try_book(12, "ada@example.org").await.problem("too_many_holds");
    let _: Booking = scene.try_book(12, "bob@example.org").await.json(201);
}

#[actix_web::test]
async fn holds_are_counted_across_providers_and_by_address() {
    let scene = Scene::open().await;
    let mut services = vec![scene.shop.service];
    for _ in 0..7 {
        services.push(fixtures::shop(&scene.server.db, "UTC").await.service);
    }
    sqlx::query("update services set payment_mode = 'full'").execute(&scene.server.db).await.unwrap();
    let book = |service: uuid::Uuid, hour: i64, email: String| {
        let start = (scene.day + Duration::hours(hour)).format(&Rfc3339).unwrap();
        let wish =
            json!({ "service_id": service, "start_at": start, "client": { "name": "Ada", "email": email } });
        let server = &scene.server;
        async move { server.post("/bookings", &wish).call().await }
    };
    // One client at eight providers at once.
    let all = services.iter().map(|&service| book(service, 10, "ada@example.org".to_owned()));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 3);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        refused.problem("too_many_holds");
    }
    // And one address under eight names, at times of their own.
    let names = services.iter().enumerate();
    let all = names.map(|(turn, &service)| book(service, 12, format!("ada{turn}@example.org")));
    let answers = futures_util::future::join_all(all).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 7, "ten in all");
    // What no longer waits does not count, and nothing of the address is left.
    scene.server.advance("1 hour").await;
    scene.server.run_jobs().await;
    let left: i64 = sqlx::query_scalar("select count(*) from bookings where held_from is not null")
        .fetch_one(&scene.server.db)
        .await
        .unwrap();
    assert_eq!(left, 0);
    let _: Booking = scene.try_book(13, "ada@example.org").await.json(201);
}

#[actix_web::test]
async fn events_are_believed_by_their_signature_alone() {
    let scene = Scene::open().await;
    let event = json!({ "id": "evt_1", "type": "charge.refunded", "created": 1,
        "data": { "object": { "id": "ch_1", "object": "charge" } } });
    for signature in ["", "t=1,v1=00", "nonsense"] {
        let call = scene.server.post("/webhooks/stripe", &event).header("stripe-signature", signature);
        call.call().await.problem("bad_request");
    }
}

#[actix_web::test]
async fn whoever_signs_an_event_is_told_that_its_time_is_wrong() {
    let scene = Scene::open().await;
    let event = json!({ "id": "evt_1", "type": "charge.refunded", "created": 1,
        "data": { "object": { "id": "ch_1", "object": "charge" } } });
    let detail = async |signature: String| {
        let call = scene.server.post("/webhooks/stripe", &event).header("stripe-signature", signature);
        call.call().await.problem("bad_request").detail.unwrap()
    };
    let late = crate::support::bank::signature_at(&event, -Duration::minutes(6));
    let (time, _) = late.split_once(',').unwrap();
    let forged = format!("{time},v1={}", "0".repeat(64));
    let early = crate::support::bank::signature_at(&event, Duration::minutes(6));
    let wrong_time = "The signature matches, but its time is too far from now.";
    assert_eq!((detail(late).await, detail(early).await), (wrong_time.to_owned(), wrong_time.to_owned()));
    assert_eq!(detail(forged).await, "The signature does not match.", "nobody else hears of the time");
    assert_eq!(detail("nonsense".to_owned()).await, "The signature header cannot be read.");
    let stored: i64 =
        sqlx::query_scalar("select count(*) from inbound_events").fetch_one(&scene.server.db).await.unwrap();
    assert_eq!(stored, 0);
}

#[actix_web::test]
async fn the_book_cannot_be_changed() {
    let scene = Scene::open().await;
    let (booking, token) = scene.hold(10).await;
    scene.pay(&booking, &token).await;
    for change in [
        "update ledger_entries set amount_minor = 1",
        "update ledger_transactions set movement = 'refund'",
        "delete from ledger_entries",
        "delete from ledger_transactions",
        "truncate ledger_entries",
        "truncate ledger_transactions cascade",
        "insert into ledger_entries select id, 'disputes', 5 from ledger_transactions limit 1",
        // Lines that sum to zero, but in an old transaction.
        "insert into ledger_entries select t.id, line.account, line.minor from (select id from ledger_transactions
            where movement = 'charge') t cross join (values ('disputes', 5), ('provider_bank', -5)) as line (account, minor)",
        // A transaction that moves nothing.
        "insert into ledger_transactions (id, provider_id, movement, currency, source, at)
            select gen_random_uuid(), provider_id, 'charge', 'EUR', 'nothing', at from ledger_transactions limit 1",
    ] {
        assert!(sqlx::query(change).execute(&scene.server.db).await.is_err(), "{change}");
    }
}

#[actix_web::test]
async fn what_a_provider_books_is_never_to_be_paid_first() {
    let scene = Scene::open().await;
    sqlx::query("update services set approval_required = true").execute(&scene.server.db).await.unwrap();
    let path = format!("/services/{}/price", scene.shop.service);
    let quote: PriceQuote = scene.server.get(&path).call().await.json(200);
    assert_eq!(quote.due_minor, 5000);
    let quote: PriceQuote = scene.server.get(&path).bearer_auth(&scene.owner).call().await.json(200);
    assert_eq!((quote.price_minor, quote.due_minor), (5000, 0));
    let start = (scene.day + Duration::hours(10)).format(&Rfc3339).unwrap();
    let wish = json!({ "service_id": scene.shop.service, "start_at": start,
        "client": { "name": "Kim", "email": "kim@example.org" } });
    let call = scene.server.post("/bookings", &wish).bearer_auth(&scene.owner);
    let booking: Booking = call.call().await.json(201);
    assert_eq!((booking.status, booking.awaits), (BookingStatus::Confirmed, None));
    assert_eq!((booking.money.due_minor, booking.money.mode), (0, PaymentMode::OnSite));
    let path = format!("/bookings/{}/payment", booking.id);
    let call = scene.server.post(&path, &json!({})).bearer_auth(&scene.owner);
    call.call().await.problem("not_found");
}
