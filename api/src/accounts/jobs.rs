//! Mails with one-time links. The link's token is made when the mail is sent, so that no queue or backup holds one.

use super::secret::Secret;
use super::store::tokens::{self, Purpose};
use super::store::users;
use crate::jobs::{Job, JobContext, Outcome};
use crate::notifications;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Mails a link that proves the address, unless it was proven meanwhile.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendVerification {
    user_id: Uuid,
    mail_id: Uuid,
}

/// Mails a link that sets a new password.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendPasswordReset {
    user_id: Uuid,
    mail_id: Uuid,
}

impl SendVerification {
    /// One mail to this person.
    #[must_use]
    pub fn to(user_id: Uuid) -> Self {
        Self { user_id, mail_id: Uuid::now_v7() }
    }
}

impl SendPasswordReset {
    /// One mail to this person.
    #[must_use]
    pub fn to(user_id: Uuid) -> Self {
        Self { user_id, mail_id: Uuid::now_v7() }
    }
}

impl Job for SendVerification {
    const KIND: &'static str = "accounts.send_verification";

    async fn run(self, ctx: &JobContext) -> Outcome {
        send(ctx, self.user_id, self.mail_id, Purpose::VerifyEmail).await
    }
}

impl Job for SendPasswordReset {
    const KIND: &'static str = "accounts.send_password_reset";

    async fn run(self, ctx: &JobContext) -> Outcome {
        send(ctx, self.user_id, self.mail_id, Purpose::ResetPassword).await
    }
}

async fn send(ctx: &JobContext, user_id: Uuid, mail_id: Uuid, purpose: Purpose) -> Outcome {
    let mut db = ctx.app.db.acquire().await?;
    let Some(account) = users::find(&mut db, user_id).await? else { return Ok(()) };
    if purpose == Purpose::VerifyEmail && account.is_verified {
        return Ok(());
    }
    let secret = Secret::random();
    tokens::insert(&mut db, user_id, purpose, &secret.hash()).await?;
    drop(db);
    let mail = match purpose {
        Purpose::VerifyEmail => notifications::verify_email,
        Purpose::ResetPassword => notifications::reset_password,
    };
    let mail = mail(&ctx.app, mail_id, &account.email, &account.name, &secret.reveal());
    notifications::deliver(ctx, &mail).await
}
