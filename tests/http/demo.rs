//! Demo payments, as processes of an operator's make them: a server, and workers beside it.

use crate::support::database;
use crate::support::fixtures;
use crate::support::process::{address, command};
use crate::support::server::{Call, TestServer};
use api::checkout::HandleEvent;
use api::jobs::{NewJob, enqueue};
use contract::bookings::{Booking, BookingStatus};
use contract::payments::PendingPayment;
use reqwest::redirect::Policy;
use serde_json::json;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// A process that does not outlive its test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("appointed-demo-{}", Uuid::now_v7().simple())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A subcommand on this database, with a folder of its own or another's.
fn appointed(subcommand: &str, database: &PgConnectOptions, folder: &Folder) -> Command {
    let mut appointed = command(subcommand, database);
    appointed.env("DATA_DIR", &folder.0).stderr(Stdio::null());
    appointed
}

fn serve(command: &mut Command) -> (Process, String) {
    let mut process = Process(command.spawn().unwrap());
    let url = address(&mut process.0);
    (process, url)
}

fn pool(database: &PgConnectOptions) -> PgPool {
    api::db::pool(api::db::options(database.clone()), 2)
}

/// Asks again until it is so.
async fn until(mut so: impl AsyncFnMut() -> bool) {
    tokio::time::timeout(Duration::from_secs(30), async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}

#[actix_web::test]
async fn whoever_reaches_the_server_can_pay() {
    let (database, folder) = (database::fresh().await, Folder::new());
    let (_process, url) = serve(&mut appointed("serve", &database, &folder));
    let db = pool(&database);
    let shop = fixtures::shop(&db, "UTC").await;
    sqlx::query("update services set payment_mode = 'full'").execute(&db).await.unwrap();
    let start: OffsetDateTime = sqlx::query_scalar(
        "select date_trunc('day', app_now() + interval '10 days', 'UTC') + interval '10 hours'",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let wish = json!({ "service_id": shop.service, "start_at": start.format(&Rfc3339).unwrap(),
        "client": { "name": "Ada", "email": "ada@example.org" } });
    let booking: Booking = client.post(format!("{url}/api/v1/bookings")).json(&wish).call().await.json(201);
    let token = booking.manage_token.unwrap();
    let path = format!("{url}/api/v1/bookings/{}", booking.id);
    let pending: PendingPayment = client
        .post(format!("{path}/payment"))
        .json(&json!({}))
        .header("x-manage-token", &token)
        .call()
        .await
        .json(200);

    let page = pending.page_url.unwrap().replace("localhost", "127.0.0.1");
    assert!(page.starts_with(&format!("{url}/demo-payments/pay/")), "{page}");
    let shown = client.get(&page).call().await;
    assert_eq!(shown.status, 200);
    assert!(
        shown.text.contains("no real money") && shown.text.contains("href=\"../pay.css\""),
        "{}",
        shown.text
    );
    assert!(shown.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert_eq!(client.get(format!("{url}/demo-payments/pay.css")).call().await.status, 200);
    let declined = client.post(&page).form(&[("action", "decline")]).call().await;
    let again = declined.header("location").unwrap();
    assert!(again.starts_with("../pay/cs_") && again.ends_with("?declined=1"), "{again}");
    let paid = client.post(&page).form(&[("action", "pay")]).call().await;
    assert_eq!(paid.status, 303);
    until(async || {
        let read = client.get(&path).header("x-manage-token", &token).call().await;
        read.json::<Booking>(200).status == BookingStatus::Confirmed
    })
    .await;

    // The simulator's API is not reached that way: the app shows its page, as for any address it does not know.
    let api = client.get(format!("{url}/demo-payments/v1/balance")).bearer_auth("sk_test_demo").call().await;
    assert!(api.header("content-type").unwrap().starts_with("text/html"), "{}", api.text);
}

/// A job that is done once the payment processor has been asked.
async fn ask_the_processor(db: &PgPool) {
    let job = HandleEvent {
        event_id: "evt_1".to_owned(),
        kind: "payment_intent.succeeded".to_owned(),
        object: "pi_of_somebody_else".to_owned(),
        payment: None,
        payee: None,
    };
    enqueue(&mut db.acquire().await.unwrap(), &[NewJob::of(&job)]).await.unwrap();
}

/// Jobs that wait to be asked for, and how often that was tried.
async fn waiting(db: &PgPool) -> Vec<i32> {
    sqlx::query_scalar("select attempts from jobs where kind = 'checkout.event'").fetch_all(db).await.unwrap()
}

/// The worker has a database to itself, so that no server does its jobs.
async fn assert_works(worker: &mut Command, database: &PgConnectOptions) {
    let db = pool(database);
    api::db::migrate(api::db::options(database.clone())).await.unwrap();
    ask_the_processor(&db).await;
    let _worker = Process(worker.spawn().unwrap());
    until(async || waiting(&db).await.is_empty()).await;
}

#[actix_web::test]
async fn a_worker_beside_the_server_finds_its_payments() {
    let (of_server, folder) = (database::fresh().await, Folder::new());
    // A port that is free now; the worker must know it beforehand, as in a network of containers.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let simulator = format!("localhost:{}", listener.local_addr().unwrap().port());
    drop(listener);
    let mut command = appointed("serve", &of_server, &folder);
    let (_server, _) = serve(command.env("DEMO_PAYMENTS_LISTEN", &simulator));

    // On the same machine by the server's note, elsewhere by the setting.
    let of_worker = database::fresh().await;
    assert_works(&mut appointed("work", &of_worker, &folder), &of_worker).await;
    let (of_worker, elsewhere) = (database::fresh().await, Folder::new());
    let mut worker = appointed("work", &of_worker, &elsewhere);
    assert_works(worker.env("DEMO_PAYMENTS_LISTEN", &simulator), &of_worker).await;
}

#[actix_web::test]
async fn a_worker_without_the_servers_payments_says_what_is_missing() {
    let (database, folder) = (database::fresh().await, Folder::new());
    assert_refused(&mut appointed("work", &database, &folder));
}

/// An address at which nobody listens.
fn nobody() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn assert_refused(worker: &mut Command) {
    let refused = worker.stderr(Stdio::piped()).output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && told.contains("DEMO_PAYMENTS_LISTEN"), "{told}");
}

#[actix_web::test]
async fn a_worker_does_not_start_on_payments_that_are_gone() {
    let (database, folder) = (database::fresh().await, Folder::new());
    let (server, _) = serve(&mut appointed("serve", &database, &folder));
    drop(server);
    let note = folder.0.join("demo-payments.url");
    assert!(note.exists(), "a server that comes back listens there again");
    assert_refused(&mut appointed("work", &database, &folder));
    assert_refused(appointed("work", &database, &folder).env("DEMO_PAYMENTS_LISTEN", nobody()));

    let _server = serve(appointed("serve", &database, &folder).env("DEMO_PAYMENTS", "false"));
    assert!(!note.exists(), "the server takes no demo payments");
}

#[actix_web::test]
async fn other_machines_reach_the_simulator_only_while_the_operator_says_so() {
    let (database, folder) = (database::fresh().await, Folder::new());
    let note = folder.0.join("demo-payments.url");
    for (before, stays) in [(nobody().replace("127.0.0.1", "0.0.0.0"), false), (nobody(), true)] {
        std::fs::create_dir_all(&folder.0).unwrap();
        std::fs::write(&note, format!("http://{before}")).unwrap();
        let _server = serve(&mut appointed("serve", &database, &folder));
        let now = std::fs::read_to_string(&note).unwrap();
        assert!(now.starts_with("http://127.0.0.1:"), "{now}");
        assert_eq!(now.ends_with(&before), stays, "{now}");
    }
}

#[actix_web::test]
async fn jobs_about_payments_wait_for_who_can_do_them() {
    let server = TestServer::spawn().await;
    assert!(server.app.payments.is_none());
    ask_the_processor(&server.db).await;
    server.run_jobs().await;
    assert_eq!(waiting(&server.db).await, [0]);
}
