//! Work done outside requests: queued in the transaction that needs it, run after it has committed.
//!
//! A job is a row. A worker claims due rows, commits, runs them outside any transaction and finishes each with the
//! token of its lease, so that a job which was replaced or taken over meanwhile is not touched. A job may therefore
//! run more than once; its handler re-reads what it needs and does nothing where there is nothing left to do.

mod job;
mod queue;

pub use job::{Failure, Job, JobContext, NewJob, Outcome};
pub use queue::{enqueue, withdraw};
