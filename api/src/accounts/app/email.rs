//! Proving an address.

use crate::accounts::jobs::SendVerification;
use crate::accounts::secret::Secret;
use crate::accounts::store::tokens::{self, Purpose};
use crate::accounts::store::users;
use crate::app::App;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, User};
use crate::jobs::{NewJob, enqueue};
use contract::problem::Code;
use std::time::Duration;

/// Mails that a person may ask for in an hour.
const RESENDS: u32 = 5;

/// Takes the token of a mail as proof that its address is the account's.
pub(in crate::accounts) async fn verify(app: &App, token: &str) -> ApiResult<()> {
    let invalid = || ApiError::new(Code::TokenInvalid);
    let hash = Secret::parse(token).ok_or_else(invalid)?.hash();
    let mut tx = crate::db::begin(&app.db).await?;
    let holder = tokens::holder(&mut tx, Purpose::VerifyEmail, &hash).await?.ok_or_else(invalid)?;
    users::lock(&mut tx, holder.id).await?.ok_or_else(invalid)?;
    if !tokens::consume(&mut tx, Purpose::VerifyEmail, &hash).await? {
        return Err(invalid());
    }
    users::set_verified(&mut tx, holder.id).await?;
    Ok(tx.commit().await?)
}

/// Mails the link once more; where the address was proven already, the job finds nothing to do.
pub(in crate::accounts) async fn resend(app: &App, user: User) -> ApiResult<()> {
    let mut connection = app.db.acquire().await?;
    let key = Key::new("email-resend", &[&user.id.to_string()]);
    throttle::hit(&mut connection, &key, RESENDS, Duration::from_secs(3600)).await?;
    enqueue(&mut connection, &[NewJob::of(&SendVerification::to(user.id))]).await?;
    Ok(())
}
