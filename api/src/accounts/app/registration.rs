//! A new account.

use super::sessions::{self, Opened};
use crate::accounts::jobs::SendVerification;
use crate::accounts::password;
use crate::accounts::rules;
use crate::accounts::store::users::{self, NewUser};
use crate::app::App;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, ClientAddress, Faults};
use crate::jobs::{NewJob, enqueue};
use contract::accounts::Register;
use contract::problem::Code;
use sqlx::PgConnection;
use std::time::Duration;
use uuid::Uuid;

/// Accounts that one address may open in an hour. Generous: a school or a shop is one address.
const PER_ADDRESS: u32 = 500;

/// What somebody asked for, found acceptable.
pub(in crate::accounts) struct Accepted {
    email: String,
    name: String,
    locale: String,
    time_zone: String,
}

/// Checks what the type of the body cannot.
pub(in crate::accounts) fn accept(body: Register) -> ApiResult<(Accepted, String)> {
    let locale = body.locale.unwrap_or_else(|| "en".to_owned());
    let mut faults = Faults::default();
    faults.one_line("/name", &body.name);
    rules::locale(&mut faults, &locale);
    let time_zone = rules::time_zone(&mut faults, body.time_zone.as_deref().unwrap_or("UTC"));
    rules::password(&mut faults, "/password", &body.password, &[&body.email, &body.name]);
    faults.finish()?;
    Ok((Accepted { email: body.email, name: body.name, locale, time_zone }, body.password))
}

/// Adds the account.
pub(in crate::accounts) async fn insert(
    tx: &mut PgConnection,
    accepted: &Accepted,
    password_hash: &str,
) -> ApiResult<Uuid> {
    let Accepted { email, name, locale, time_zone } = accepted;
    let id = Uuid::now_v7();
    let user = NewUser { id, email, password_hash, name, locale, time_zone };
    users::insert(tx, &user).await.map_err(taken)?;
    Ok(id)
}

/// Opens an account and its first session, and mails a link that proves the address.
pub(in crate::accounts) async fn register(
    app: &App,
    body: Register,
    address: ClientAddress,
    user_agent: Option<&str>,
) -> ApiResult<Opened> {
    let (accepted, password) = accept(body)?;
    let key = Key::new("register", &[&address.to_string()]);
    throttle::hit(&mut *app.db.acquire().await?, &key, PER_ADDRESS, Duration::from_secs(3600)).await?;
    let password_hash = password::hash(password).await?;

    let mut tx = crate::db::begin(&app.db).await?;
    let id = insert(&mut tx, &accepted, &password_hash).await?;
    let token = sessions::open(&mut tx, id, user_agent).await?;
    enqueue(&mut tx, &[NewJob::of(&SendVerification::to(id))]).await?;
    let opened = sessions::answer(app, &mut tx, id, token).await?;
    tx.commit().await?;
    Ok(opened)
}

fn taken(error: sqlx::Error) -> ApiError {
    match crate::db::constraint(&error) {
        Some("users_email_taken") => ApiError::new(Code::EmailTaken),
        _ => error.into(),
    }
}
