//! A worker's hold on jobs. Only who shows the token of the lease may finish a job.
//!
//! Leases run in real time: moving the platform's clock takes no job from the worker that runs it.

use super::Registry;
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use std::time::Duration;
use uuid::Uuid;

/// How long a claim holds unless a worker is told otherwise.
pub(super) const LEASE: Duration = Duration::from_secs(45);

/// The right to finish a job.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lease {
    pub(super) job: Uuid,
    pub(super) token: Uuid,
}

/// A job that is ours to run.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) lease: Lease,
    pub(super) kind: String,
    pub(super) payload: Value,
    pub(super) attempt: i32,
    pub(super) max_attempts: i32,
}

/// Claims up to `count` due jobs, those of higher priority first, among them jobs whose worker has disappeared.
pub(super) async fn claim(
    db: &PgPool,
    registry: &Registry,
    count: usize,
    lease: Duration,
) -> sqlx::Result<Vec<Claimed>> {
    let token = Uuid::now_v7();
    let rows = sqlx::query!(
        "with due as (
             select job.id
             from unnest(array[1, 0, -1]::int2[]) as level (priority),
             lateral (
                 select id from jobs
                 where priority = level.priority and run_at <= (select app_now()) and dead_at is null
                     and (leased_until is null or leased_until < statement_timestamp()) and kind = any($1)
                 order by run_at
                 limit $2
                 for update skip locked
             ) as job
             limit $2
         )
         update jobs set lease = $3, leased_until = statement_timestamp() + make_interval(secs => $4),
             attempts = attempts + 1
         from due where jobs.id = due.id
         returning jobs.id, kind, payload, attempts, max_attempts",
        &registry.kinds(),
        i64::try_from(count).unwrap_or(i64::MAX),
        token,
        lease.as_secs_f64()
    )
    .fetch_all(db)
    .await?;
    let claimed = rows.into_iter().map(|row| Claimed {
        lease: Lease { job: row.id, token },
        kind: row.kind,
        payload: row.payload,
        attempt: row.attempts,
        max_attempts: row.max_attempts,
    });
    Ok(claimed.collect())
}

/// Keeps jobs that run long.
pub(super) async fn renew(db: &PgPool, leases: &[Lease], lease: Duration) -> sqlx::Result<()> {
    let (jobs, tokens) = columns(leases);
    sqlx::query!(
        "update jobs set leased_until = statement_timestamp() + make_interval(secs => $3)
         from unnest($1::uuid[], $2::uuid[]) as held (id, lease)
         where jobs.id = held.id and jobs.lease = held.lease",
        &jobs,
        &tokens,
        lease.as_secs_f64()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives jobs back as if they had not been claimed.
pub(super) async fn release(db: &PgPool, leases: &[Lease]) -> sqlx::Result<()> {
    let (jobs, tokens) = columns(leases);
    sqlx::query!(
        "update jobs set lease = null, leased_until = null, attempts = attempts - 1
         from unnest($1::uuid[], $2::uuid[]) as held (id, lease)
         where jobs.id = held.id and jobs.lease = held.lease",
        &jobs,
        &tokens
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The job is done and leaves the queue.
pub(super) async fn complete(db: &mut PgConnection, lease: Lease) -> sqlx::Result<()> {
    sqlx::query!("delete from jobs where id = $1 and lease = $2", lease.job, lease.token).execute(db).await?;
    Ok(())
}

/// The job is to be tried again after a while.
pub(super) async fn postpone(
    db: &mut PgConnection,
    lease: Lease,
    wait: Duration,
    error: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update jobs set run_at = app_now() + make_interval(secs => $3), last_error = $4,
             lease = null, leased_until = null
         where id = $1 and lease = $2",
        lease.job,
        lease.token,
        wait.as_secs_f64(),
        error
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The job is given up and kept, to be looked at.
pub(super) async fn bury(db: &mut PgConnection, lease: Lease, error: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update jobs set dead_at = app_now(), last_error = $3, lease = null, leased_until = null
         where id = $1 and lease = $2",
        lease.job,
        lease.token,
        error
    )
    .execute(db)
    .await?;
    Ok(())
}

fn columns(leases: &[Lease]) -> (Vec<Uuid>, Vec<Uuid>) {
    leases.iter().map(|lease| (lease.job, lease.token)).unzip()
}
