//! Looking for what webhooks missed and what was given up: money that came or went without our having been told, and steps
//! that the processor would not take for too long.

use super::events::{SOURCE, receive, unhandled};
use super::settle::SettlePayment;
use crate::app::App;
use crate::db;
use crate::jobs::{Failure, Job, JobContext, NewJob, Outcome, Priority, enqueue};
use crate::payments::{self, jobs};
use integrations::payments::{Batch, Event};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

/// How many providers' accounts it has read each time, those first that were read longest ago.
const ACCOUNTS: i64 = 200;
/// How far it looks back the first time: the processor keeps events for 30 days.
const FIRST: Duration = Duration::days(29);
/// How much it reads again each time, for events that were on their way when it read last.
const OVERLAP: Duration = Duration::minutes(10);
/// How far back it reads payouts: a bank may send one back some days after it was paid.
const PAYOUTS: Duration = Duration::days(14);

/// Queues anew whatever has been under way for a while, each by itself, so that one that cannot be done keeps none of the
/// others waiting; and reads the events of the platform's account as if they had been told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Reconcile {}

impl Job for Reconcile {
    const KIND: &'static str = "checkout.reconcile";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        if app.payments.is_none() {
            return Ok(());
        }
        let mut tx = crate::db::begin(&app.db).await?;
        let mut jobs = unsettled(&mut tx).await?;
        jobs.extend(unhandled(&mut tx).await?);
        jobs.extend(jobs::unsent(&mut tx).await?);
        jobs.extend(accounts(&mut tx).await?);
        enqueue(&mut tx, &jobs).await?;
        tx.commit().await?;
        if let Err(failure) = read_events(app, None).await {
            tracing::warn!(cause = %failure.cause(), "the payment processor's events could not be read");
        }
        Ok(())
    }
}

impl Reconcile {
    /// How often it looks.
    pub const EVERY: std::time::Duration = std::time::Duration::from_secs(15 * 60);
}

/// Reads what happened in a provider's account, and what went from there to its bank.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadAccount {
    /// Whose it is.
    pub provider_id: Uuid,
    /// The processor's id of it.
    pub account_id: String,
}

impl Job for ReadAccount {
    const KIND: &'static str = "checkout.read_account";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let app = &ctx.app;
        let now = db::real_now(&mut *app.db.acquire().await?).await?;
        let standing = self.read_standing(app).await;
        let events = read_events(app, Some(&self.account_id)).await;
        let payouts = payments::record_payouts(app, self.provider_id, &self.account_id, now - PAYOUTS).await;
        // An account that its holder has taken away from us is refused for ever, and asked for again with the next look.
        for failure in [standing, events, payouts].into_iter().filter_map(Result::err) {
            let cause = failure.cause();
            tracing::warn!(provider = %self.provider_id, %cause, "a provider's account could not be read");
        }
        Ok(())
    }
}

impl ReadAccount {
    /// What it may do, whichever of its events was handled last.
    async fn read_standing(&self, app: &App) -> Outcome {
        let payee = jobs::processor(app)?.payee(&self.account_id).await.map_err(jobs::failure)?;
        payments::keep_account(&app.db, None, &payee).await.map_err(Failure::retry)
    }
}

/// The accounts that were read longest ago.
async fn accounts(db: &mut PgConnection) -> Result<Vec<NewJob>, sqlx::Error> {
    let accounts = sqlx::query_as!(
        ReadAccount,
        "update payment_accounts set read_at = app_now() where provider_id in (
            select provider_id from payment_accounts order by read_at nulls first limit $1)
        returning provider_id, account_id",
        ACCOUNTS
    )
    .fetch_all(db)
    .await?;
    let job = |account: &ReadAccount| {
        let key = format!("{}:{}", ReadAccount::KIND, account.account_id);
        NewJob::of(account).key(key).priority(Priority::Low)
    };
    Ok(accounts.iter().map(job).collect())
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

/// Payments that are under way, or a refund of which is, and of which nothing was heard for a while. What waits for a bank does so
/// for weeks.
async fn unsettled(db: &mut PgConnection) -> Result<Vec<NewJob>, sqlx::Error> {
    let payments = sqlx::query_as!(
        SettlePayment,
        r#"
        select provider_id as "provider_id!", id as "payment_id!" from payments
        where state in ('open', 'authorised') and updated_at < app_now() - interval '5 minutes'
        union
        select provider_id, payment_id from refunds
        where state in ('pending', 'requires_action') and refund_id is not null
            and updated_at < app_now() - interval '5 minutes'
        union
        select provider_id, payment_id from refunds
        where waits and state = 'pending' and updated_at < app_now() - interval '1 hour'
        "#
    )
    .fetch_all(db)
    .await?;
    Ok(payments.iter().map(|payment| payment.queued().priority(Priority::Low)).collect())
}
