//! Removing pictures that nobody shows any more.

use super::{name, store};
use crate::jobs::{Failure, Job, JobContext, Outcome};
use contract::photos::PHOTO_SIZES;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Removes the pictures of an upload, unless the provider shows it.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemovePhoto {
    /// Whose photo it was, or was to be.
    pub provider_id: Uuid,
    /// The upload.
    pub photo: Uuid,
}

impl Job for RemovePhoto {
    const KIND: &'static str = "remove_photo";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let mut db = ctx.app.db.acquire().await?;
        if store::photo(&mut db, self.provider_id).await? == Some(self.photo) {
            return Ok(());
        }
        drop(db);
        for size in PHOTO_SIZES {
            ctx.app.files.delete(&name(self.photo, size)).await.map_err(Failure::retry)?;
        }
        Ok(())
    }
}
