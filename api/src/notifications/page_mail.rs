//! Tells owners that their page was suspended, or is back.

use super::{deliver, delivery, messages};
use crate::jobs::{Job, JobContext, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageNotice {
    /// An admin has taken it away.
    Suspended,
    /// It is as it was before.
    Restored,
}

/// A mail to one of a page's owners. It says nothing where the page's standing has changed again meanwhile.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PageMail {
    user_id: Uuid,
    provider_id: Uuid,
    notice: PageNotice,
    mail_id: Uuid,
}

impl PageMail {
    /// One mail to this person.
    #[must_use]
    pub fn to(user_id: Uuid, provider_id: Uuid, notice: PageNotice) -> Self {
        Self { user_id, provider_id, notice, mail_id: Uuid::now_v7() }
    }
}

impl Job for PageMail {
    const KIND: &'static str = "notifications.page";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let found = sqlx::query!(
            r#"
            select u.email::text as "email!", u.name as person, p.name as page, p.suspended_reason,
                p.suspended_at is not null as "suspended!"
            from memberships m join users u on u.id = m.user_id join providers p on p.id = m.provider_id
            where m.user_id = $1 and m.provider_id = $2
            "#,
            self.user_id,
            self.provider_id
        )
        .fetch_optional(&mut *ctx.app.db.acquire().await?)
        .await?;
        let Some(found) = found else { return Ok(()) };
        if found.suspended != (self.notice == PageNotice::Suspended) {
            return Ok(());
        }
        let url = ctx.app.link(&format!("/dashboard/{}", self.provider_id));
        let reason = found.suspended.then_some(found.suspended_reason.as_str());
        let letter = messages::page(&found.person, &found.page, reason, &url);
        let mail = delivery::mail(&ctx.app, "page", &self.mail_id.to_string(), &found.email, &letter, None);
        deliver(ctx, &mail).await
    }
}
