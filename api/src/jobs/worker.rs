//! The worker: claims jobs, runs them side by side, and ends in good order.

use super::lease::{self, Lease};
use super::{JobContext, Registry, cron, run};
use crate::app::App;
use integrations::mail::Mailer;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::{Id, JoinError, JoinSet, LocalSet};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, timeout_at};

/// How many jobs run side by side.
const CONCURRENCY: usize = 20;

/// The rhythm of a worker.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How often an idle worker looks for due jobs; also how soon it follows a moved clock.
    pub poll: Duration,
    /// How often it looks what comes again.
    pub look: Duration,
    /// How long a claim holds if it is not renewed: how long jobs of a killed worker wait for another. Renewed at a
    /// third of it.
    pub lease: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { poll: Duration::from_millis(500), look: Duration::from_secs(5), lease: lease::LEASE }
    }
}

/// A running worker, on a thread of its own with database connections of its own, so that jobs and requests do not
/// slow each other down.
///
/// Dropping it stops it too, without waiting for its end.
pub struct Worker {
    stop: oneshot::Sender<()>,
    ended: oneshot::Receiver<()>,
}

impl Worker {
    /// Starts a worker for all kinds of jobs that it can do.
    ///
    /// # Errors
    /// Where the thread cannot be started.
    pub fn start(app: &App, mailer: Arc<dyn Mailer>) -> io::Result<Self> {
        Self::start_for(Registry::of(app), Pace::default(), app, mailer)
    }

    /// Starts a worker for the kinds of one registry, at its own pace.
    ///
    /// # Errors
    /// Where the thread cannot be started.
    pub fn start_for(registry: Registry, pace: Pace, app: &App, mailer: Arc<dyn Mailer>) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let app = app.clone();
        thread::Builder::new().name("worker".to_owned()).spawn(move || {
            LocalSet::new().block_on(&runtime, async {
                let options = (*app.db.connect_options()).clone();
                let db = crate::db::pool(options, app.config.database_connections);
                let ctx = JobContext { app: App { db: db.clone(), ..app }, mailer };
                Crew::new(ctx, registry, pace).work(stopped).await;
                db.close().await;
            });
            let _ = end.send(());
        })?;
        Ok(Self { stop, ended })
    }

    /// Claims no more jobs and waits for those in flight, at most as long as the configuration allows. Jobs that need
    /// longer are broken off and given back.
    pub async fn drain(self) {
        let _ = self.stop.send(());
        let _ = self.ended.await;
    }
}

/// The jobs in flight.
struct Crew {
    engine: Arc<(JobContext, Registry)>,
    pace: Pace,
    tasks: JoinSet<()>,
    held: HashMap<Id, Lease>,
    /// Whether the last claim brought all it asked for, so that there may be more.
    more: bool,
}

impl Crew {
    fn new(ctx: JobContext, registry: Registry, pace: Pace) -> Self {
        let engine = Arc::new((ctx, registry));
        Self { engine, pace, tasks: JoinSet::new(), held: HashMap::new(), more: false }
    }

    async fn work(mut self, mut stopped: oneshot::Receiver<()>) {
        let mut poll = every(self.pace.poll);
        // A claim holds for a while by itself.
        let mut renewal = every(self.pace.lease / 3);
        renewal.reset();
        let mut look = every(self.pace.look);
        loop {
            tokio::select! {
                _ = &mut stopped => break,
                _ = poll.tick() => self.claim().await,
                _ = renewal.tick() => self.renew().await,
                _ = look.tick() => self.tick().await,
                Some(end) = self.tasks.join_next_with_id() => {
                    self.note(end);
                    // In batches: a claim for each single job that ends would cost more than the jobs.
                    if self.more && self.tasks.len() <= CONCURRENCY / 2 {
                        self.claim().await;
                    }
                }
            }
        }
        self.drain(renewal).await;
    }

    async fn claim(&mut self) {
        let free = CONCURRENCY.saturating_sub(self.tasks.len());
        if free == 0 {
            return;
        }
        let (ctx, registry) = &*self.engine;
        let claimed = lease::claim(&ctx.app.db, registry, free, self.pace.lease).await;
        let claimed = claimed.unwrap_or_else(|error| {
            tracing::warn!(%error, "jobs cannot be claimed");
            Vec::new()
        });
        self.more = claimed.len() == free;
        for job in claimed {
            let (engine, lease) = (self.engine.clone(), job.lease);
            let task = self.tasks.spawn_local(async move {
                let (ctx, registry) = &*engine;
                if let Err(error) = run::run(ctx, registry, job).await {
                    // Its lease will end, and another worker takes it.
                    tracing::warn!(id = %lease.job, %error, "the end of a job cannot be recorded");
                }
            });
            self.held.insert(task.id(), lease);
        }
    }

    async fn renew(&self) {
        if let Err(error) = lease::renew(&self.engine.0.app.db, &self.leases(), self.pace.lease).await {
            tracing::warn!(%error, "leases of jobs cannot be renewed");
        }
    }

    async fn tick(&self) {
        let (ctx, registry) = &*self.engine;
        if let Err(error) = cron::tick(&ctx.app.db, &registry.crons).await {
            tracing::warn!(%error, "jobs that come again cannot be queued");
        }
    }

    async fn drain(mut self, mut renewal: Interval) {
        let ctx = &self.engine.0.clone();
        let deadline = Instant::now() + ctx.app.config.shutdown_timeout;
        // Past the deadline it returns without an answer; what is left then is given back.
        let _ = timeout_at(deadline, async {
            loop {
                tokio::select! {
                    _ = renewal.tick() => self.renew().await,
                    end = self.tasks.join_next_with_id() => match end {
                        Some(end) => self.note(end),
                        None => break,
                    },
                }
            }
        })
        .await;
        let left = self.leases();
        self.tasks.shutdown().await;
        if !left.is_empty() {
            tracing::warn!(jobs = left.len(), "jobs were broken off and given back");
        }
        if let Err(error) = lease::release(&ctx.app.db, &left).await {
            tracing::warn!(%error, "jobs cannot be given back; they wait for their leases to end");
        }
    }

    fn note(&mut self, end: Result<(Id, ()), JoinError>) {
        let id = match end {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.held.remove(&id);
    }

    fn leases(&self) -> Vec<Lease> {
        self.held.values().copied().collect()
    }
}

fn every(period: Duration) -> Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}
