//! Jobs that come again and again, whichever worker is there.
//!
//! Each has a row that says when it is due next. Every worker looks; who takes the row moves it on and queues the job, in
//! one statement. So there is one leader for each occasion without an election, and a leader that dies leaves nothing
//! behind that another would have to take over.

use super::{Job, NewJob};
use sqlx::PgPool;
use std::time::Duration;
use uuid::Uuid;

/// A job and how often it comes.
#[derive(Debug, Clone)]
pub(super) struct Cron {
    kind: &'static str,
    payload: serde_json::Value,
    max_attempts: i32,
    every: Duration,
}

impl Cron {
    /// This job, so often on the platform's clock.
    pub(super) fn new<J: Job>(every: Duration, job: &J) -> Self {
        let NewJob { kind, payload, max_attempts, .. } = NewJob::of(job);
        Self { kind, payload: payload.unwrap_or_default(), max_attempts, every }
    }
}

/// Queues what is due, with low priority. A job of the last time that still waits or runs is enough; one that was given up is
/// tried afresh. After a leap of the clock each comes once, not as often as it would have.
pub(super) async fn tick(db: &PgPool, crons: &[Cron]) -> sqlx::Result<()> {
    let ids: Vec<_> = crons.iter().map(|_| Uuid::now_v7()).collect();
    let kinds: Vec<_> = crons.iter().map(|cron| cron.kind.to_owned()).collect();
    let payloads: Vec<_> = crons.iter().map(|cron| cron.payload.clone()).collect();
    let attempts: Vec<_> = crons.iter().map(|cron| cron.max_attempts).collect();
    let periods: Vec<_> = crons.iter().map(|cron| cron.every.as_secs_f64()).collect();
    // A clock that was put back by more than a minute is told from another worker's look of this moment.
    sqlx::query!(
        "with wanted as (
             select kind, job_id, payload, max_attempts, (select app_now()) + make_interval(secs => every) as next_at
             from unnest($1::text[], $2::uuid[], $3::jsonb[], $4::int4[], $5::float8[])
                 as cron (kind, job_id, payload, max_attempts, every)
         ), due as (
             insert into crons as cron (kind, next_at)
             select wanted.kind, wanted.next_at from wanted left join crons known on known.kind = wanted.kind
             where known.kind is null or known.next_at <= (select app_now())
                 or known.next_at > wanted.next_at + interval '1 minute'
             order by wanted.kind
             on conflict (kind) do update set next_at = excluded.next_at
             where cron.next_at <= (select app_now()) or cron.next_at > excluded.next_at + interval '1 minute'
             returning kind
         )
         insert into jobs (id, kind, payload, run_at, priority, dedupe_key, max_attempts)
         select job_id, kind, payload, (select app_now()), -1, kind, max_attempts from due join wanted using (kind)
         on conflict (dedupe_key) do update set
             payload = excluded.payload, run_at = excluded.run_at, max_attempts = excluded.max_attempts, attempts = 0,
             last_error = null, dead_at = null, created_at = excluded.created_at
         where jobs.dead_at is not null",
        &kinds,
        &ids,
        &payloads,
        &attempts,
        &periods
    )
    .execute(db)
    .await?;
    Ok(())
}
