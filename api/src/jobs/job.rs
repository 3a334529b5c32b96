//! What a job is, how it is queued and how it ends.

use crate::app::App;
use integrations::mail::Mailer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use time::OffsetDateTime;

/// A kind of work. Its fields are the payload: ids, never copies of facts.
pub trait Job: Serialize + DeserializeOwned + 'static {
    /// The name in the database. It never changes, or queued jobs lose their handler.
    const KIND: &'static str;
    /// How often it is tried before it is given up.
    const MAX_ATTEMPTS: i32 = 12;

    /// Does the work, or nothing where facts have moved on.
    fn run(self, ctx: &JobContext) -> impl Future<Output = Outcome>;
}

/// How a run ends.
pub type Outcome = Result<(), Failure>;

/// What went wrong. It is kept with the job and logged, so it holds no personal data.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a run did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Trying again later may help.
    #[error("to be tried again")]
    Retry(#[source] Cause),
    /// Trying again cannot help.
    #[error("given up")]
    Fail(#[source] Cause),
}

impl Failure {
    /// Trying again later may help.
    pub fn retry(cause: impl Into<Cause>) -> Self {
        Self::Retry(cause.into())
    }

    /// Trying again cannot help.
    pub fn fail(cause: impl Into<Cause>) -> Self {
        Self::Fail(cause.into())
    }

    /// What went wrong.
    #[must_use]
    pub fn cause(&self) -> &Cause {
        match self {
            Self::Retry(cause) | Self::Fail(cause) => cause,
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::retry(error)
    }
}

/// What a running job can reach.
#[derive(Clone)]
pub struct JobContext {
    /// Configuration, keys and database.
    pub app: App,
    /// The way out for mail.
    pub mailer: Arc<dyn Mailer>,
}

/// Which of the due jobs go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// When nothing else is due: bulk work.
    Low = -1,
    /// As most.
    Normal = 0,
    /// Before all others: somebody waits for it at the screen.
    High = 1,
}

/// A job to be queued.
#[derive(Debug)]
pub struct NewJob {
    pub(super) kind: &'static str,
    pub(super) payload: serde_json::Result<Value>,
    pub(super) run_at: Option<OffsetDateTime>,
    pub(super) priority: Priority,
    pub(super) dedupe_key: Option<String>,
    pub(super) max_attempts: i32,
}

impl NewJob {
    /// To be run at once.
    #[must_use]
    pub fn of<J: Job>(job: &J) -> Self {
        Self {
            kind: J::KIND,
            payload: serde_json::to_value(job),
            run_at: None,
            priority: Priority::Normal,
            dedupe_key: None,
            max_attempts: J::MAX_ATTEMPTS,
        }
    }

    /// To be run at this time of the platform's clock.
    #[must_use]
    pub fn at(mut self, run_at: OffsetDateTime) -> Self {
        self.run_at = Some(run_at);
        self
    }

    /// Replaces the job queued under the same key before, even while that one runs.
    #[must_use]
    pub fn key(mut self, dedupe_key: impl Into<String>) -> Self {
        self.dedupe_key = Some(dedupe_key.into());
        self
    }

    /// Due jobs of higher priority go first.
    #[must_use]
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }
}
