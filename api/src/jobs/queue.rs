//! Into the queue and out of it again, inside the caller's transaction.

use super::NewJob;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Queues jobs in the caller's transaction, in one statement.
///
/// A job with the key of a queued one takes its place: time, payload and a fresh count of attempts. One that is
/// running under that key loses its lease, so its end has no effect on the newcomer.
///
/// # Errors
/// Those of the database, and a payload that cannot be written as JSON.
pub async fn enqueue(db: &mut PgConnection, jobs: &[NewJob]) -> Result<(), sqlx::Error> {
    let jobs = last_of_each_key(jobs);
    if jobs.is_empty() {
        return Ok(());
    }
    let payloads = jobs.iter().map(|job| match &job.payload {
        Ok(payload) => Ok(payload.clone()),
        Err(error) => Err(sqlx::Error::Encode(error.to_string().into())),
    });
    let ids: Vec<_> = jobs.iter().map(|_| Uuid::now_v7()).collect();
    let kinds: Vec<_> = jobs.iter().map(|job| job.kind.to_owned()).collect();
    let payloads: Vec<_> = payloads.collect::<Result<_, _>>()?;
    let run_at: Vec<_> = jobs.iter().map(|job| job.run_at).collect();
    let priorities: Vec<_> = jobs.iter().map(|job| job.priority as i16).collect();
    let keys: Vec<_> = jobs.iter().map(|job| job.dedupe_key.clone()).collect();
    let max_attempts: Vec<_> = jobs.iter().map(|job| job.max_attempts).collect();
    sqlx::query!(
        "insert into jobs (id, kind, payload, run_at, priority, dedupe_key, max_attempts)
         select id, kind, payload, coalesce(run_at, app_now()), priority, dedupe_key, max_attempts
         from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::timestamptz[], $5::int2[], $6::text[], $7::int4[])
             as job (id, kind, payload, run_at, priority, dedupe_key, max_attempts)
         on conflict (dedupe_key) do update set
             kind = excluded.kind, payload = excluded.payload, run_at = excluded.run_at,
             priority = excluded.priority, max_attempts = excluded.max_attempts, attempts = 0,
             lease = null, leased_until = null, last_error = null, dead_at = null, created_at = excluded.created_at",
        &ids,
        &kinds,
        &payloads,
        &run_at as &[Option<time::OffsetDateTime>],
        &priorities,
        &keys as &[Option<String>],
        &max_attempts
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the jobs with these keys out of the queue. One that is running ends without effect on the queue.
///
/// # Errors
/// Those of the database.
pub async fn withdraw(db: &mut PgConnection, dedupe_keys: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from jobs where dedupe_key = any($1)", dedupe_keys).execute(db).await?;
    Ok(())
}

/// One statement cannot replace a row twice, so of several jobs with one key the last counts. Rows are written in
/// the order of their keys: transactions that replace the same jobs then wait for each other without deadlocks.
fn last_of_each_key(jobs: &[NewJob]) -> Vec<&NewJob> {
    let mut by_key = BTreeMap::new();
    let mut chosen = Vec::with_capacity(jobs.len());
    for job in jobs {
        match &job.dedupe_key {
            Some(key) => drop(by_key.insert(key, job)),
            None => chosen.push(job),
        }
    }
    chosen.extend(by_key.into_values());
    chosen
}
