//! Mails about a booking, to its client and its provider.

use crate::jobs::{Job, JobContext, NewJob, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happened to a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Asked for; the provider has to answer.
    Requested,
    /// Made and settled.
    Booked,
    /// The provider said yes.
    Confirmed,
    /// The provider said no.
    Declined,
    /// It is at another time now.
    Moved,
    /// Called off by the client or the provider.
    Cancelled,
    /// Nobody answered the request in time.
    Expired,
}

/// Whom a mail about a booking is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Who booked.
    Client,
    /// Who is booked.
    Provider,
}

/// Tells one side of a booking what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingMail {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
    /// What happened.
    pub notice: Notice,
    /// Who is told.
    pub recipient: Recipient,
    /// The booking's sequence when it happened.
    pub sequence: i32,
}

impl Job for BookingMail {
    const KIND: &'static str = "notifications.booking_mail";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let _ = ctx;
        Ok(())
    }
}

/// The mails that tell both sides what happened; to be queued in the transaction in which it happens.
///
/// `sequence` is the booking's after the change. Who has no address gets none, which the job finds out.
#[must_use]
pub fn booking_mails(provider_id: Uuid, booking_id: Uuid, notice: Notice, sequence: i32) -> Vec<NewJob> {
    [Recipient::Client, Recipient::Provider]
        .map(|recipient| NewJob::of(&BookingMail { provider_id, booking_id, notice, recipient, sequence }))
        .into()
}
