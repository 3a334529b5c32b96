//! A forgotten password, and a changed one.

use super::login;
use crate::accounts::jobs::SendPasswordReset;
use crate::accounts::password;
use crate::accounts::rules;
use crate::accounts::secret::Secret;
use crate::accounts::store::tokens::{self, Purpose};
use crate::accounts::store::{sessions, users};
use crate::app::App;
use crate::http::actor::require_session;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, ClientAddress, Faults, User};
use crate::jobs::{NewJob, Priority, enqueue};
use contract::accounts::{ChangePassword, ResetPassword};
use contract::problem::Code;
use std::time::Duration;
use uuid::Uuid;

const HOUR: Duration = Duration::from_secs(3600);
/// Mails to one recipient in an hour; further requests are answered alike and send none.
const MAILS: u32 = 5;
/// Requests from one address in an hour.
const REQUESTS: u32 = 30;
/// Wrong current passwords in a quarter of an hour.
const GUESSES: u32 = 10;
/// Tokens tried from one address in an hour.
const TOKENS: u32 = 50;

/// Mails a link that sets a new password. Neither the answer nor its time tells whether the address is known.
pub(in crate::accounts) async fn forgot(app: &App, email: &str, address: ClientAddress) -> ApiResult<()> {
    let mut connection = app.db.acquire().await?;
    let requests = Key::new("forgot-address", &[&address.to_string()]);
    throttle::hit(&mut connection, &requests, REQUESTS, HOUR).await?;
    let mails = Key::new("forgot", &[email]);
    match throttle::hit(&mut connection, &mails, MAILS, HOUR).await {
        Ok(()) => {}
        Err(error) if error.code() == Code::TooManyRequests => return Ok(()),
        Err(error) => return Err(error),
    }
    let account = users::by_email(&mut connection, email).await?;
    // For nobody the job finds nothing to do, but queueing it takes the same time.
    let user_id = account.map_or_else(Uuid::now_v7, |account| account.id);
    Ok(enqueue(&mut connection, &[NewJob::of(&SendPasswordReset::to(user_id)).priority(Priority::High)])
        .await?)
}

/// Sets a new password with the token of a mail, and ends every session.
pub(in crate::accounts) async fn reset(
    app: &App,
    body: ResetPassword,
    address: ClientAddress,
) -> ApiResult<()> {
    let invalid = || ApiError::new(Code::TokenInvalid);
    let hash = Secret::parse(&body.token).ok_or_else(invalid)?.hash();
    let mut connection = app.db.acquire().await?;
    let tries = Key::new("reset-address", &[&address.to_string()]);
    throttle::hit(&mut connection, &tries, TOKENS, HOUR).await?;
    let holder = tokens::holder(&mut connection, Purpose::ResetPassword, &hash).await?.ok_or_else(invalid)?;
    drop(connection);
    let mut faults = Faults::default();
    rules::password(&mut faults, "/new_password", &body.new_password, &[&holder.email, &holder.name]);
    faults.finish()?;
    let password_hash = password::hash(body.new_password).await?;

    let mut tx = crate::db::begin(&app.db).await?;
    users::lock(&mut tx, holder.id).await?.ok_or_else(invalid)?;
    if !tokens::consume(&mut tx, Purpose::ResetPassword, &hash).await? {
        return Err(invalid());
    }
    users::set_password(&mut tx, holder.id, &password_hash).await?;
    // Who reads the mail owns the address.
    users::set_verified(&mut tx, holder.id).await?;
    tokens::void(&mut tx, holder.id, Purpose::ResetPassword).await?;
    sessions::end_all(&mut tx, holder.id, None).await?;
    login::forgive(&mut tx, &holder.email).await?;
    Ok(tx.commit().await?)
}

/// Sets a new password for who knows the present one; all other sessions end.
pub(in crate::accounts) async fn change(app: &App, user: User, body: ChangePassword) -> ApiResult<()> {
    let unknown = || ApiError::new(Code::Unauthenticated);
    let mut connection = app.db.acquire().await?;
    let account = users::find(&mut connection, user.id).await?.ok_or_else(unknown)?;
    let mut faults = Faults::default();
    rules::password(&mut faults, "/new_password", &body.new_password, &[&account.email, &account.name]);
    faults.finish()?;
    let guesses = Key::new("password-change", &[&user.id.to_string()]);
    throttle::hit(&mut connection, &guesses, GUESSES, Duration::from_secs(15 * 60)).await?;
    drop(connection);
    let wrong = || ApiError::new(Code::WrongPassword);
    if !password::verify(body.current_password, Some(account.password_hash.clone())).await? {
        return Err(wrong());
    }
    let password_hash = password::hash(body.new_password).await?;

    let mut tx = crate::db::begin(&app.db).await?;
    let locked = users::lock(&mut tx, user.id).await?.ok_or_else(unknown)?;
    require_session(&mut tx, user).await?;
    if locked.password_hash != account.password_hash {
        return Err(wrong());
    }
    users::set_password(&mut tx, user.id, &password_hash).await?;
    tokens::void(&mut tx, user.id, Purpose::ResetPassword).await?;
    sessions::end_all(&mut tx, user.id, Some(user.session)).await?;
    throttle::reset(&mut tx, &guesses).await?;
    Ok(tx.commit().await?)
}
