//! Running a claimed job to its end.

use super::cron;
use super::lease::{self, Claimed};
use super::{Failure, JobContext, Outcome, Registry};
use crate::telemetry::chain;
use futures_util::FutureExt;
use futures_util::future::join_all;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// How long one run may take.
const RUN_LIMIT: Duration = Duration::from_secs(5 * 60);
/// How many jobs [`run_due`] claims at a time.
const BATCH: usize = 20;

/// Runs every due job of the product, and those they queue, until none is due. For tests and programs.
///
/// # Errors
/// Those of the database.
pub async fn run_due(ctx: &JobContext) -> Result<usize, sqlx::Error> {
    run_due_of(ctx, &Registry::of(&ctx.app)).await
}

/// [`run_due`] for the kinds of one registry.
///
/// # Errors
/// Those of the database.
pub async fn run_due_of(ctx: &JobContext, registry: &Registry) -> Result<usize, sqlx::Error> {
    let mut runs = 0;
    loop {
        let claimed = lease::claim(&ctx.app.db, registry, BATCH, lease::LEASE).await?;
        if claimed.is_empty() {
            return Ok(runs);
        }
        runs += claimed.len();
        for end in join_all(claimed.into_iter().map(|job| run(ctx, registry, job))).await {
            end?;
        }
    }
}

/// Queues what comes again and is due, as workers do by themselves. For tests and programs.
///
/// # Errors
/// Those of the database.
pub async fn tick(ctx: &JobContext, registry: &Registry) -> Result<(), sqlx::Error> {
    cron::tick(&ctx.app.db, &registry.crons).await
}

/// Runs one job and records its end.
pub(super) async fn run(ctx: &JobContext, registry: &Registry, job: Claimed) -> sqlx::Result<()> {
    let Claimed { lease, kind, payload, attempt, max_attempts } = job;
    let outcome = if attempt > max_attempts {
        Err(Failure::fail("its worker disappeared during the last attempt"))
    } else {
        guarded(registry.run(&kind, payload, ctx)).await
    };
    ctx.app.live.committed();
    let mut db = ctx.app.db.acquire().await?;
    let id = lease.job;
    match outcome {
        Ok(()) => lease::complete(&mut db, lease).await,
        Err(Failure::Retry(cause)) if attempt < max_attempts => {
            let (error, wait) = (chain(&*cause), backoff(attempt, rand::random()));
            tracing::warn!(%id, kind, attempt, error, "a job failed and will be tried again");
            lease::postpone(&mut db, lease, wait, &error).await
        }
        Err(failure) => {
            let error = chain(&**failure.cause());
            tracing::error!(%id, kind, attempt, error, "a job failed and is given up");
            lease::bury(&mut db, lease, &error).await
        }
    }
}

/// A panic or a run without end is the failure of one job, not of its worker.
async fn guarded(run: impl Future<Output = Outcome>) -> Outcome {
    match tokio::time::timeout(RUN_LIMIT, AssertUnwindSafe(run).catch_unwind()).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Failure::retry("the job panicked")),
        Err(_) => Err(Failure::retry("the job took too long")),
    }
}

/// How long to wait after a failed attempt: twice as long each time, and anything up to that, so that jobs which
/// failed together do not come back together.
fn backoff(attempt: i32, random: f64) -> Duration {
    const FIRST: f64 = 10.0;
    const LONGEST: f64 = 3600.0;
    let ceiling = (FIRST * 2_f64.powi(attempt - 1)).min(LONGEST);
    Duration::from_secs_f64((ceiling * random).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_are_spread() {
        let longest = |attempt| backoff(attempt, 1.0).as_secs();
        assert_eq!([1, 2, 3, 4].map(longest), [10, 20, 40, 80]);
        assert_eq!([10, 30, i32::MAX].map(longest), [3600, 3600, 3600]);
        assert_eq!(backoff(3, 0.5).as_secs(), 20);
        assert_eq!(backoff(3, 0.0).as_secs(), 1);
    }
}
