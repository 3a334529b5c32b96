//! The mail with the manage links of an address.

use crate::jobs::{Job, JobContext, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Mails the manage links of every coming booking of the address that made this one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ManageLinks {
    /// Whose booking it is.
    pub provider_id: Uuid,
    /// A booking of the address.
    pub booking_id: Uuid,
}

impl Job for ManageLinks {
    const KIND: &'static str = "notifications.manage_links";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let _ = ctx;
        Ok(())
    }
}
