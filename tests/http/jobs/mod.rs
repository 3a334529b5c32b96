//! The job engine, on real databases, with jobs made for the purpose.

mod cron;
mod failures;
mod queue;
mod workers;

use crate::support::database;
use api::app::App;
use api::config::Config;
use api::http::keys::Keys;
use api::jobs::{self, Failure, Job, JobContext, NewJob, Outcome, Registry};
use api::live::{Live, Pace};
use api::notifications::outbox::Outbox;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Notes that it ran.
#[derive(Serialize, Deserialize)]
struct Note {
    name: String,
}

impl Job for Note {
    const KIND: &'static str = "test.note";

    async fn run(self, ctx: &JobContext) -> Outcome {
        note(&ctx.app.db, &self.name).await;
        Ok(())
    }
}

/// Fails, and may be tried again.
#[derive(Serialize, Deserialize)]
struct Flaky;

impl Job for Flaky {
    const KIND: &'static str = "test.flaky";
    const MAX_ATTEMPTS: i32 = 3;

    async fn run(self, ctx: &JobContext) -> Outcome {
        note(&ctx.app.db, "flaky").await;
        Err(Failure::retry("not today"))
    }
}

/// Fails for good.
#[derive(Serialize, Deserialize)]
struct Hopeless;

impl Job for Hopeless {
    const KIND: &'static str = "test.hopeless";

    async fn run(self, ctx: &JobContext) -> Outcome {
        note(&ctx.app.db, "hopeless").await;
        Err(Failure::fail("no such thing"))
    }
}

/// Breaks off.
#[derive(Serialize, Deserialize)]
struct Panics;

impl Job for Panics {
    const KIND: &'static str = "test.panics";

    async fn run(self, _: &JobContext) -> Outcome {
        panic!("on purpose")
    }
}

/// Says that it has begun, then waits to be let through.
#[derive(Serialize, Deserialize)]
struct Gated {
    gate: Uuid,
    name: String,
}

impl Job for Gated {
    const KIND: &'static str = "test.gated";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let gate = Gate::of(self.gate);
        gate.begun.add_permits(1);
        gate.open.acquire().await.unwrap().forget();
        note(&ctx.app.db, &self.name).await;
        Ok(())
    }
}

static GATES: LazyLock<Mutex<HashMap<Uuid, Arc<Gate>>>> = LazyLock::new(Mutex::default);

/// Where a test holds a running job.
struct Gate {
    begun: Semaphore,
    open: Semaphore,
}

impl Gate {
    fn of(id: Uuid) -> Arc<Self> {
        let new = || Arc::new(Self { begun: Semaphore::new(0), open: Semaphore::new(0) });
        GATES.lock().unwrap().entry(id).or_insert_with(new).clone()
    }

    async fn wait_for_one(&self) {
        self.begun.acquire().await.unwrap().forget();
    }

    fn let_one_through(&self) {
        self.open.add_permits(1);
    }
}

fn kinds() -> Registry {
    Registry::default().with::<Note>().with::<Flaky>().with::<Hopeless>().with::<Panics>().with::<Gated>()
}

fn job(name: &str) -> NewJob {
    NewJob::of(&Note { name: name.to_owned() })
}

/// A queue of its own.
struct Queue {
    ctx: JobContext,
    db: PgPool,
}

impl Queue {
    async fn new() -> Self {
        Self::with(&[]).await
    }

    async fn with(settings: &[(&str, &str)]) -> Self {
        let settings: HashMap<_, _> = settings.iter().copied().collect();
        let config = Config::read(|name| settings.get(name).map(|&value| value.to_owned())).unwrap();
        let db = api::db::pool(api::db::options(database::fresh().await), 10);
        sqlx::query("create table notes (position bigserial primary key, name text not null)")
            .execute(&db)
            .await
            .unwrap();
        let keys = Keys::derive(&"k".repeat(32).into());
        let live = Live::start((*db.connect_options()).clone(), Pace::default());
        let files = App::storage(&config).unwrap();
        let app = App {
            config: Arc::new(config),
            keys: Arc::new(keys),
            db: db.clone(),
            live,
            files,
            payments: None,
        };
        let mailer = Arc::new(Outbox::new(db.clone()));
        Self { ctx: JobContext { app, mailer }, db }
    }

    async fn add(&self, new: &[NewJob]) {
        let mut db = self.db.acquire().await.unwrap();
        jobs::enqueue(&mut db, new).await.unwrap();
    }

    async fn run(&self) -> usize {
        jobs::run_due_of(&self.ctx, &kinds()).await.unwrap()
    }

    async fn advance(&self, by: &str) {
        self.execute(&format!("update clock set offset_by = offset_by + interval '{by}'")).await;
    }

    async fn execute(&self, sql: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&self.db).await.unwrap();
    }

    /// The names of the jobs that ran, in that order.
    async fn notes(&self) -> Vec<String> {
        sqlx::query_scalar("select name from notes order by position").fetch_all(&self.db).await.unwrap()
    }

    async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }

    async fn length(&self) -> i64 {
        self.number("select count(*) from jobs").await
    }
}

async fn note(db: &PgPool, name: &str) {
    sqlx::query("insert into notes (name) values ($1)").bind(name).execute(db).await.unwrap();
}
