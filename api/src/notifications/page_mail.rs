//! Tells owners what became of their page: suspended or back, payments paused or going on.

use super::letter::Letter;
use super::{deliver, delivery, messages};
use crate::jobs::{Job, JobContext, NewJob, Outcome, enqueue};
use crate::providers;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageNotice {
    /// An admin has taken it away.
    Suspended,
    /// It is as it was before.
    Restored,
    /// Its account cannot take payments any more.
    PaymentsPaused,
    /// Its account can take payments again.
    PaymentsResumed,
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
    /// One mail to each owner, sent once `tx` has committed.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn to_owners(
        tx: &mut PgConnection,
        provider_id: Uuid,
        notice: PageNotice,
    ) -> Result<(), sqlx::Error> {
        let owners = providers::owners(&mut *tx, provider_id).await?;
        let to = |user_id| NewJob::of(&Self { user_id, provider_id, notice, mail_id: Uuid::now_v7() });
        let mails: Vec<_> = owners.into_iter().map(to).collect();
        enqueue(tx, &mails).await
    }
}

impl Job for PageMail {
    const KIND: &'static str = "notifications.page";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let found = sqlx::query!(
            r#"
            select u.email::text as "email!", u.name as person, p.name as page, p.suspended_reason,
                p.suspended_at is not null as "suspended!", coalesce(a.can_charge, false) as "can_charge!",
                exists (select from services s where s.provider_id = p.id and s.status = 'active'
                    and s.payment_mode <> 'on_site') as "prepays!"
            from memberships m join users u on u.id = m.user_id join providers p on p.id = m.provider_id
            left join payment_accounts a on a.provider_id = p.id
            where m.user_id = $1 and m.provider_id = $2
            "#,
            self.user_id,
            self.provider_id
        )
        .fetch_optional(&mut *ctx.app.db.acquire().await?)
        .await?;
        let Some(found) = found else { return Ok(()) };
        let standing = |reason: Option<&str>| {
            let url = ctx.app.link(&format!("/dashboard/{}", self.provider_id));
            ("page", messages::page(&found.person, &found.page, reason, &url))
        };
        let charges = |can_charge: bool| {
            let url = ctx.app.link(&format!("/dashboard/{}/payments", self.provider_id));
            ("charges", messages::charges(&found.person, &found.page, can_charge, found.prepays, &url))
        };
        let (kind, letter): (&str, Letter) = match self.notice {
            PageNotice::Suspended if found.suspended => standing(Some(&found.suspended_reason)),
            PageNotice::Restored if !found.suspended => standing(None),
            PageNotice::PaymentsPaused if !found.can_charge => charges(false),
            PageNotice::PaymentsResumed if found.can_charge => charges(true),
            _ => return Ok(()),
        };
        let mail = delivery::mail(&ctx.app, kind, &self.mail_id.to_string(), &found.email, &letter, None);
        deliver(ctx, &mail).await
    }
}
