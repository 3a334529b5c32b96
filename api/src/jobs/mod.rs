//! Work done outside requests: queued in the transaction that needs it, run after it has committed.
//!
//! A job is a row. A worker claims due rows, commits, runs them outside any transaction and finishes each with the
//! token of its lease, so that a job which was replaced or taken over meanwhile is not touched. A job may therefore
//! run more than once; its handler re-reads what it needs and does nothing where there is nothing left to do.
//!
//! Workers poll. `NOTIFY` would wake them sooner, but a transaction that notifies holds a lock on the whole database
//! while it commits, so that all bookings would wait for each other's disk writes: measured, 16 clients commit
//! 890 times a second with it and 7,900 times without.

mod cron;
mod job;
mod lease;
mod maintenance;
mod queue;
mod registry;
mod run;
mod worker;

pub use job::{Cause, Failure, Job, JobContext, NewJob, Outcome, Priority};
pub use maintenance::Sweep;
pub use queue::{enqueue, withdraw};
pub use registry::Registry;
pub use run::{run_due, run_due_of, tick};
pub use worker::{Pace, Worker};
