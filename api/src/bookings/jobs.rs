//! What happens to bookings by itself.

use super::{app, store};
use crate::jobs::{Failure, Job, JobContext, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Completes a confirmed booking at its end.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct CompleteBooking {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
}

impl Job for CompleteBooking {
    const KIND: &'static str = "bookings.complete";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let mut db = ctx.app.db.acquire().await?;
        store::complete_ended(&mut db, self.provider_id, self.booking_id).await?;
        Ok(())
    }
}

/// Ends a request that nobody answered in time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ExpireRequest {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// The booking.
    pub booking_id: Uuid,
}

impl Job for ExpireRequest {
    const KIND: &'static str = "bookings.expire_request";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let mut tx = crate::db::begin(&ctx.app.db).await?;
        app::expire_if_stale(&mut tx, self.provider_id, self.booking_id).await.map_err(Failure::retry)?;
        tx.commit().await?;
        Ok(())
    }
}
