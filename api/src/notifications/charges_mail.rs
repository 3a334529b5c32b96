//! Tells owners that their account cannot take payments any more, or can again.

use super::{deliver, delivery, messages};
use crate::jobs::{Job, JobContext, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A mail to one of a provider's owners. It says nothing where the account has changed again meanwhile.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ChargesMail {
    user_id: Uuid,
    provider_id: Uuid,
    can_charge: bool,
    mail_id: Uuid,
}

impl ChargesMail {
    /// One mail to this person.
    #[must_use]
    pub fn to(user_id: Uuid, provider_id: Uuid, can_charge: bool) -> Self {
        Self { user_id, provider_id, can_charge, mail_id: Uuid::now_v7() }
    }
}

impl Job for ChargesMail {
    const KIND: &'static str = "notifications.charges";

    async fn run(self, ctx: &JobContext) -> Outcome {
        let found = sqlx::query!(
            r#"
            select u.email::text as "email!", u.name as person, p.name as page, a.can_charge,
                exists (select from services s where s.provider_id = p.id and s.status = 'active'
                    and s.payment_mode <> 'on_site') as "prepays!"
            from memberships m join users u on u.id = m.user_id join providers p on p.id = m.provider_id
            join payment_accounts a on a.provider_id = p.id
            where m.user_id = $1 and m.provider_id = $2
            "#,
            self.user_id,
            self.provider_id
        )
        .fetch_optional(&mut *ctx.app.db.acquire().await?)
        .await?;
        let Some(found) = found.filter(|found| found.can_charge == self.can_charge) else { return Ok(()) };
        let url = ctx.app.link(&format!("/dashboard/{}/payments", self.provider_id));
        let letter = messages::charges(&found.person, &found.page, self.can_charge, found.prepays, &url);
        let mail =
            delivery::mail(&ctx.app, "charges", &self.mail_id.to_string(), &found.email, &letter, None);
        deliver(ctx, &mail).await
    }
}
