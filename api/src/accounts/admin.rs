//! Admins are made from the command line, by who runs the platform.

use super::app::registration::{self, Accepted};
use super::password;
use super::secret::Secret;
use super::standing;
use super::store::sessions;
use super::store::tokens::{self, Purpose};
use super::store::users::{self, Account};
use crate::acts::{Act, record_command};
use crate::app::App;
use crate::http::{ApiError, ApiResult, input};
use contract::accounts::Register;
use contract::admin::ActKind;
use serde_json::{Value, json};
use sqlx::PgConnection;
use std::fmt;
use uuid::Uuid;

/// What became of it. [`Display`](fmt::Display) tells the operator, a generated password included.
#[derive(PartialEq, Eq)]
pub enum Made {
    /// An account that was there is an admin's now. Its password stays.
    Promoted,
    /// A new account with the password that was given, or with this one, to be told once.
    Created(Option<String>),
    /// An account that was there, but had never proven its address, so that anybody can have opened it. Its sessions have
    /// ended, and its password is the one that was given, or this one, to be told once.
    TakenOver(Option<String>),
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let generated = match self {
            Self::Promoted => {
                return f.write_str("This account is an admin's now; its password is as before.");
            }
            Self::Created(generated) => generated,
            Self::TakenOver(generated) => {
                f.write_str(
                    "An account with this address was there, and nobody had proven that the address is theirs: its \
                     sessions have ended, and its password is a new one.\n",
                )?;
                generated
            }
        };
        match generated {
            None => f.write_str("The admin can log in now."),
            Some(password) => write!(f, "The admin can log in now, with this password: {password}"),
        }
    }
}

/// Makes an admin: promotes the account of this address, or opens one with `password`, or with a generated one.
///
/// The address counts as proven from now on. Where it was not, whoever opened the account may be a stranger who hoped for
/// this very moment, so the account gets a new password and its sessions end.
///
/// # Errors
/// Those of the database, and what would not be accepted at registration.
pub async fn create(app: &App, email: &str, name: &str, password: Option<String>) -> ApiResult<Made> {
    let email = email.trim().to_lowercase();
    let mut tx = crate::db::begin(&app.db).await?;
    let (id, made) = match users::by_email(&mut tx, &email).await? {
        Some(found) => {
            // Nobody proves the address, or opens a session, from here on.
            standing::lock(&mut tx, found.id).await?;
            let account = users::find(&mut tx, found.id).await?.ok_or_else(ApiError::not_found)?;
            let made = if account.is_verified {
                Made::Promoted
            } else {
                take_over(&mut tx, &account, password).await?
            };
            (account.id, made)
        }
        None => open(&mut tx, email, name.trim().to_owned(), password).await?,
    };
    make(&mut tx, id).await?;
    tx.commit().await?;
    Ok(made)
}

/// Who runs the platform decides, so a suspension ends too.
async fn make(tx: &mut PgConnection, id: Uuid) -> ApiResult<()> {
    let before = standing::lock(tx, id).await?;
    if let Some(reason) = before.suspended {
        standing::restore(tx, id).await?;
        let was = json!({ "suspended": { "reason": reason } });
        told(tx, ActKind::UserRestored, id, was, json!({ "suspended": null })).await?;
    }
    if users::set_verified(tx, id).await? {
        let (was, is) = (json!({ "email_verified": false }), json!({ "email_verified": true }));
        told(tx, ActKind::AddressProven, id, was, is).await?;
    }
    if !before.is_admin {
        standing::set_admin(tx, id, true).await?;
        let (was, is) = (json!({ "is_admin": false }), json!({ "is_admin": true }));
        told(tx, ActKind::AdminGranted, id, was, is).await?;
    }
    Ok(())
}

async fn told(tx: &mut PgConnection, kind: ActKind, id: Uuid, before: Value, after: Value) -> ApiResult<()> {
    record_command(tx, Act { kind, target: id.to_string(), before, after }).await
}

async fn take_over(tx: &mut PgConnection, account: &Account, given: Option<String>) -> ApiResult<Made> {
    let (email, name) = (account.email.clone(), account.name.clone());
    let (_, password, generated) = accept(email, name, given)?;
    users::set_password(tx, account.id, &password::hash(password).await?).await?;
    tokens::void(tx, account.id, Purpose::ResetPassword).await?;
    sessions::end_all(tx, account.id, None).await?;
    Ok(Made::TakenOver(generated))
}

async fn open(
    tx: &mut PgConnection,
    email: String,
    name: String,
    given: Option<String>,
) -> ApiResult<(Uuid, Made)> {
    let (accepted, password, generated) = accept(email, name, given)?;
    let password_hash = password::hash(password).await?;
    let id = registration::insert(tx, &accepted, &password_hash).await?;
    Ok((id, Made::Created(generated)))
}

/// What is acceptable at registration: the account, its password, and that once more where it was generated.
fn accept(
    email: String,
    name: String,
    given: Option<String>,
) -> ApiResult<(Accepted, String, Option<String>)> {
    let generated = given.is_none().then(|| Secret::random().reveal());
    let password = given.or_else(|| generated.clone()).unwrap_or_default();
    let body = Register { email, password, name, locale: None, time_zone: None };
    input::check(&body)?;
    let (accepted, password) = registration::accept(body)?;
    Ok((accepted, password, generated))
}
