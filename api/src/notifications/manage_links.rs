//! The mail with the links to all coming bookings of an address.

use super::booking_mail::link;
use super::{Recipient, booking_facts, deliver, delivery, messages};
use crate::jobs::{Job, JobContext, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Mails the links to every coming booking of the address that made this one.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ManageLinks {
    provider_id: Uuid,
    booking_id: Uuid,
    mail_id: Uuid,
}

impl ManageLinks {
    /// One mail to the address that made this booking.
    #[must_use]
    pub fn to(provider_id: Uuid, booking_id: Uuid) -> Self {
        Self { provider_id, booking_id, mail_id: Uuid::now_v7() }
    }
}

impl Job for ManageLinks {
    const KIND: &'static str = "notifications.manage_links";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let mut db = ctx.app.db.acquire().await?;
        let coming =
            booking_facts::coming_of_same_address(&mut db, self.provider_id, self.booking_id).await?;
        drop(db);
        let coming: Vec<_> = coming.into_iter().map(|facts| facts.known_by(Recipient::Client)).collect();
        let Some(to) = coming.first().and_then(|facts| facts.client_email.clone()) else { return Ok(()) };
        let links: Vec<_> =
            coming.iter().map(|facts| (facts, link(&ctx.app, facts, Recipient::Client))).collect();
        let letter = messages::manage_links(&links);
        let mail = delivery::mail(&ctx.app, "manage_links", &self.mail_id.to_string(), &to, &letter, None);
        deliver(ctx, &mail).await
    }
}
