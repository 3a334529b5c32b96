//! Looking for what webhooks missed: money that came or went without our having been told.

use super::events::{SOURCE, receive};
use super::settle::{SettlePayment, settle};
use crate::app::App;
use crate::db;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use crate::payments::{self, jobs};
use integrations::payments::{Batch, Event};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// How often it looks.
const EVERY: Duration = Duration::minutes(15);
/// How far it looks back the first time: the processor keeps events for 30 days.
const FIRST: Duration = Duration::days(29);
/// How much it reads again each time, for events that were on their way when it read last.
const OVERLAP: Duration = Duration::minutes(10);
/// How far back it reads payouts: a bank may send one back some days after it was paid.
const PAYOUTS: Duration = Duration::days(14);

/// Reads all events that the processor has, as if they had been told, settles what has been under way for a while, and queues
/// itself again.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Reconcile {}

impl Job for Reconcile {
    const KIND: &'static str = "checkout.reconcile";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        if app.payments.is_none() {
            return Ok(());
        }
        let looked = look(app).await;
        // It comes again whatever it found, so it cannot end by failing too often.
        let mut db = app.db.acquire().await?;
        let now = db::now(&mut db).await?;
        enqueue(&mut db, &[Self::next(now + EVERY)]).await?;
        if let Err(failure) = &looked {
            tracing::warn!(cause = %failure.cause(), "payments could not be reconciled");
        }
        Ok(())
    }
}

impl Reconcile {
    /// The next look. There is one at a time, whoever queues it.
    fn next(at: OffsetDateTime) -> NewJob {
        NewJob::of(&Self {}).at(at).key(Self::KIND).priority(Priority::Low)
    }
}

/// Sees to it that what webhooks miss is looked for, where payments are taken: now, and ever again.
///
/// # Errors
/// Those of the database.
pub async fn keep_reconciling(app: &App) -> Result<(), sqlx::Error> {
    if app.payments.is_none() {
        return Ok(());
    }
    let mut db = app.db.acquire().await?;
    let now = db::now(&mut db).await?;
    enqueue(&mut db, &[Reconcile::next(now)]).await
}

async fn look(app: &App) -> Outcome {
    read_events(app, None).await?;
    for account in payments::account_ids(&mut *app.db.acquire().await?).await? {
        read_events(app, Some(&account)).await?;
    }
    for open in unsettled(app).await? {
        settle(app, open.provider_id, open.payment_id).await?;
    }
    let now = db::real_now(&mut *app.db.acquire().await?).await?;
    payments::record_payouts(app, now - PAYOUTS).await
}

/// Takes in the events of the platform's account, or of a provider's, since they were read last.
async fn read_events(app: &App, account: Option<&str>) -> Outcome {
    let source = account.map_or_else(|| SOURCE.to_owned(), |account| format!("{SOURCE}:{account}"));
    let mut db = app.db.acquire().await?;
    let begun = db::real_now(&mut db).await?;
    let read = sqlx::query_scalar!("select read_until from event_readings where source = $1", source)
        .fetch_optional(&mut *db)
        .await?;
    drop(db);
    let since = read.map_or(begun - FIRST, |read| read - OVERLAP);
    let processor = jobs::processor(app)?;
    let mut after: Option<String> = None;
    loop {
        let Batch { items, next } =
            processor.events(account, since, after.as_deref()).await.map_err(jobs::failure)?;
        for event in items {
            // Whose event it is stands in the question, so it need not stand in the answer.
            let payee = event.payee.clone().or_else(|| account.map(str::to_owned));
            receive(app, &Event { payee, ..event }).await.map_err(Failure::retry)?;
        }
        match next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    sqlx::query!(
        "insert into event_readings (source, read_until) values ($1, $2)
        on conflict (source) do update set read_until = excluded.read_until",
        source,
        begun
    )
    .execute(&app.db)
    .await?;
    Ok(())
}

/// Payments that are under way, or a refund of which is, and of which nothing was heard for a while.
async fn unsettled(app: &App) -> Result<Vec<SettlePayment>, Failure> {
    let rows = sqlx::query_as!(
        SettlePayment,
        r#"
        select provider_id as "provider_id!", id as "payment_id!" from payments
        where state in ('open', 'authorised') and updated_at < app_now() - interval '5 minutes'
        union
        select provider_id, payment_id from refunds
        where state in ('pending', 'requires_action') and updated_at < app_now() - interval '5 minutes'
        "#
    )
    .fetch_all(&app.db)
    .await?;
    Ok(rows)
}
