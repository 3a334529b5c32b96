//! A real server on a free port, with a database of its own, and a client that speaks to it.

use super::database;
use api::app::App;
use api::config::Config;
use api::http::keys::Keys;
use api::http::{User, actor, server};
use api::jobs::{self, JobContext, NewJob};
use api::live::{Live, Pace};
use contract::problem::Problem;
use integrations::mail::{Mail, Mailer, Sending};
use reqwest::{Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgPool;
use std::collections::HashMap;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use time::OffsetDateTime;
use uuid::Uuid;

/// The secret of all servers under test, so that several of them accept the same tokens.
pub const SECRET: &str = "a secret that only tests have, 32 or more characters";

/// A running server. It stops when dropped.
pub struct TestServer {
    /// Where it answers: `http://127.0.0.1:port`.
    pub url: String,
    /// The same application, for what a test prepares or looks up directly.
    pub app: App,
    /// Its database.
    pub db: PgPool,
    /// What was mailed by jobs that the test ran.
    pub mails: Arc<Mailbox>,
    client: reqwest::Client,
    handle: actix_web::dev::ServerHandle,
    /// What it keeps beside the database; gone with it.
    folder: PathBuf,
}

impl TestServer {
    /// Starts a server with default settings.
    pub async fn spawn() -> Self {
        Self::spawn_with(&[]).await
    }

    /// Starts a server with these settings beside the defaults.
    pub async fn spawn_with(settings: &[(&str, &str)]) -> Self {
        let options = api::db::options(database::fresh().await);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let folder = std::env::temp_dir().join(format!("appointed-test-{}", Uuid::now_v7().simple()));
        let mut variables: HashMap<String, String> =
            settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        for (name, value) in [
            ("SECRET_KEY", SECRET),
            ("BASE_URL", url.as_str()),
            ("DATA_DIR", folder.to_str().unwrap()),
            ("WORKERS", "2"),
            ("DATABASE_CONNECTIONS", "5"),
        ] {
            variables.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        }
        let config = Arc::new(Config::read(|name| variables.get(name).cloned()).unwrap());
        let keys = Arc::new(Keys::derive(config.secret_key.as_ref().unwrap()));
        let pace = Pace { beat: Duration::from_millis(200), ..Pace::default() };
        let live = Live::start(options.clone(), pace);
        let db = api::db::pool(options.clone(), 4);
        let _ = rustls::crypto::ring::default_provider().install_default();
        let files = App::storage(&config).unwrap();
        let payments = api::payments::by_stripe(&config).unwrap();
        let app = App { config, keys, db: db.clone(), live, files, payments };
        let running = server::serve(listener, &app, options, None).unwrap();
        let handle = running.handle();
        actix_web::rt::spawn(running);
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { url, app, db, mails: Arc::default(), client, handle, folder }
    }

    /// A request to a path under `/api/v1`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}/api/v1{path}", self.url))
    }

    /// GET under `/api/v1`.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// POST of a JSON body under `/api/v1`.
    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path).json(body)
    }

    /// POST to another server.
    pub fn outside(&self, url: &str) -> RequestBuilder {
        self.client.post(url)
    }

    /// GET of another server.
    pub fn look_outside(&self, url: &str) -> RequestBuilder {
        self.client.get(url)
    }

    /// GET of a path outside the API.
    pub fn page(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.url))
    }

    /// An access token of a user, as logging in would give, of the session that [`super::fixtures::person`] opened.
    pub fn token(&self, user_id: Uuid) -> String {
        actor::sign(&self.app, &User { id: user_id, session: user_id, is_admin: false }).unwrap()
    }

    /// Writes an admin: the account, and an access token of a session that is open.
    pub async fn admin(&self, name: &str) -> (Uuid, String) {
        let (id, session) = (super::fixtures::person(&self.db, name).await, Uuid::now_v7());
        sqlx::query("update users set is_admin = true where id = $1")
            .bind(id)
            .execute(&self.db)
            .await
            .unwrap();
        super::fixtures::session(&self.db, id, session).await;
        (id, actor::sign(&self.app, &User { id, session, is_admin: true }).unwrap())
    }

    /// Queues the look for what the payment processor's events missed.
    pub async fn look_for_missed_events(&self) {
        let job = NewJob::of(&api::checkout::Reconcile {});
        jobs::enqueue(&mut self.db.acquire().await.unwrap(), &[job]).await.unwrap();
    }

    /// Runs all jobs that are due, and those that they queue, to their end.
    pub async fn run_jobs(&self) {
        let ctx = JobContext { app: self.app.clone(), mailer: self.mails.clone() };
        while jobs::run_due(&ctx).await.unwrap() > 0 {}
        let failed: Vec<String> =
            sqlx::query_scalar("select kind || ': ' || last_error from jobs where last_error is not null")
                .fetch_all(&self.db)
                .await
                .unwrap();
        assert!(failed.is_empty(), "jobs failed: {failed:?}");
    }

    /// The platform's date, in UTC.
    pub async fn today(&self) -> time::Date {
        sqlx::query_scalar("select (app_now() at time zone 'UTC')::date").fetch_one(&self.db).await.unwrap()
    }

    /// Moves the platform's clock.
    pub async fn advance(&self, by: &str) {
        sqlx::query("update clock set offset_by = offset_by + $1::text::interval")
            .bind(by)
            .execute(&self.db)
            .await
            .unwrap();
    }

    /// Sets the clock, for what must not depend on the time of day at which the tests run.
    pub async fn advance_to(&self, instant: OffsetDateTime) {
        sqlx::query("update clock set offset_by = $1 - statement_timestamp()")
            .bind(instant)
            .execute(&self.db)
            .await
            .unwrap();
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // The request to stop is sent by the call; nobody waits for its end.
        drop(self.handle.stop(false));
        // Most tests keep nothing there, so there is nothing to remove.
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Keeps mails instead of sending them.
#[derive(Default)]
pub struct Mailbox(Mutex<Vec<Mail>>);

impl Mailer for Mailbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        self.0.lock().unwrap().push(mail.clone());
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Mailbox {
    /// The mails to an address, oldest first.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        self.0.lock().unwrap().iter().filter(|mail| mail.to == address).cloned().collect()
    }

    /// Empties it: all mails since the last time, oldest first.
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

/// Sends a request and reads the answer; of a stream of events its beginning.
pub trait Call {
    /// Sends the request.
    fn call(self) -> impl Future<Output = Answer>;
}

impl Call for RequestBuilder {
    async fn call(self) -> Answer {
        let mut response = self.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let endless = headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let text = if endless {
            let first = response.chunk().await.unwrap().unwrap_or_default();
            String::from_utf8(first.to_vec()).unwrap()
        } else {
            response.text().await.unwrap()
        };
        Answer { status, headers, text }
    }
}

impl Answer {
    /// The body, which must be of this type and the status this one.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self, status: u16) -> T {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The problem with this code, which must come as a problem document with its own status.
    #[track_caller]
    pub fn problem(&self, code: &str) -> Problem {
        assert_eq!(self.headers.get("content-type").unwrap(), "application/problem+json", "{}", self.text);
        let problem: Problem = serde_json::from_str(&self.text).unwrap();
        assert_eq!(problem.code.as_str(), code, "{}", self.text);
        assert_eq!(problem.status, self.status.as_u16());
        assert!(problem.request_id.is_some(), "a problem has a request id: {}", self.text);
        problem
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The `ETag`, which must be there.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").unwrap().to_owned()
    }
}
