//! Which handler runs which kind of job.

use super::cron::Cron;
use super::{Failure, Job, JobContext, Outcome, Sweep};
use crate::app::App;
use crate::{accounts, bookings, checkout, notifications, payments, providers};
use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

type Handler = for<'a> fn(Value, &'a JobContext) -> LocalBoxFuture<'a, Outcome>;

/// The kinds of jobs a worker runs, and those that it sees come again. Others stay in the queue for workers that know them.
#[derive(Clone, Default)]
pub struct Registry {
    handlers: BTreeMap<&'static str, Handler>,
    pub(super) crons: Vec<Cron>,
}

impl Registry {
    /// Every kind of job that a worker of this application can do. What the payment processor is asked for waits for a worker
    /// that has one.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let registry = Self::default()
            .with::<accounts::jobs::SendVerification>()
            .with::<accounts::jobs::SendPasswordReset>()
            .with::<notifications::BookingMail>()
            .with::<notifications::DisputeMail>()
            .with::<notifications::ManageLinks>()
            .with::<notifications::PageMail>()
            .with::<notifications::RefundMail>()
            .with::<notifications::RestMail>()
            .with::<notifications::TellMove>()
            .with::<bookings::CompleteBooking>()
            .with::<bookings::ExpireRequest>()
            .with::<providers::RemovePhoto>()
            .every(Sweep::EVERY, &Sweep {});
        if app.payments.is_none() {
            return registry;
        }
        registry
            .with::<checkout::HandleEvent>()
            .with::<checkout::ReadAccount>()
            .with::<checkout::SettlePayment>()
            .with::<payments::jobs::CapturePayment>()
            .with::<payments::jobs::ReleasePayment>()
            .with::<payments::jobs::SendRefund>()
            .every(checkout::Reconcile::EVERY, &checkout::Reconcile {})
    }

    /// Adds a kind.
    #[must_use]
    pub fn with<J: Job>(mut self) -> Self {
        self.handlers.insert(J::KIND, handle::<J>);
        self
    }

    /// Adds a kind of which a job comes again and again, so often on the platform's clock.
    #[must_use]
    pub fn every<J: Job>(mut self, period: Duration, job: &J) -> Self {
        self.crons.push(Cron::new(period, job));
        self.with::<J>()
    }

    pub(super) fn kinds(&self) -> Vec<String> {
        self.handlers.keys().map(|&kind| kind.to_owned()).collect()
    }

    pub(super) async fn run(&self, kind: &str, payload: Value, ctx: &JobContext) -> Outcome {
        match self.handlers.get(kind) {
            Some(handler) => handler(payload, ctx).await,
            None => Err(Failure::retry("no handler for this kind of job")),
        }
    }
}

fn handle<J: Job>(payload: Value, ctx: &JobContext) -> LocalBoxFuture<'_, Outcome> {
    Box::pin(async move {
        // The message of the parser may quote the payload; its position is enough to find the fault.
        let job: J =
            serde_json::from_value(payload).map_err(|_| Failure::fail("the payload does not parse"))?;
        job.run(ctx).await
    })
}
