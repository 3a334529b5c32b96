//! Admins are made from the command line, by who runs the platform.

use super::app::registration;
use super::password;
use super::secret::Secret;
use super::standing;
use super::store::users;
use crate::app::App;
use crate::http::{ApiResult, input};
use contract::accounts::Register;
use contract::admin::ActKind;
use sqlx::{Connection, PgConnection};
use std::fmt;
use uuid::Uuid;

/// What became of it. [`Display`](fmt::Display) tells the operator, a generated password included.
#[derive(PartialEq, Eq)]
pub enum Made {
    /// An account that was there is an admin's now. Its password stays.
    Promoted,
    /// A new account with the password that was given.
    Created,
    /// A new account with this password, to be told once.
    CreatedWith(String),
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Promoted => f.write_str("This account is an admin's now; its password is as before."),
            Self::Created => f.write_str("The admin can log in now."),
            Self::CreatedWith(password) => {
                write!(f, "The admin can log in now, with this password: {password}")
            }
        }
    }
}

/// Makes an admin: promotes the account of this address, or opens one with `password`, or with a generated one.
///
/// The address counts as proven.
///
/// # Errors
/// Those of the database, and what would not be accepted at registration.
pub async fn create(app: &App, email: &str, name: &str, password: Option<String>) -> ApiResult<Made> {
    let email = email.trim().to_lowercase();
    let mut connection = app.db.acquire().await?;
    let mut tx = connection.begin().await?;
    let (id, made) = match users::by_email(&mut tx, &email).await? {
        Some(account) => (account.id, Made::Promoted),
        None => open(&mut tx, email, name.trim().to_owned(), password).await?,
    };
    make(&mut tx, id).await?;
    users::set_verified(&mut tx, id).await?;
    tx.commit().await?;
    Ok(made)
}

/// Who runs the platform decides, so a suspension ends too.
async fn make(tx: &mut PgConnection, id: Uuid) -> ApiResult<()> {
    let before = standing::lock(tx, id).await?;
    if before.suspended.is_some() {
        standing::restore(tx, id).await?;
        crate::admin::record_command(tx, ActKind::UserRestored, id).await?;
    }
    if !before.is_admin {
        standing::set_admin(tx, id, true).await?;
        crate::admin::record_command(tx, ActKind::AdminGranted, id).await?;
    }
    Ok(())
}

async fn open(
    tx: &mut PgConnection,
    email: String,
    name: String,
    given: Option<String>,
) -> ApiResult<(Uuid, Made)> {
    let (password, made) = match given {
        Some(password) => (password, Made::Created),
        None => {
            let generated = Secret::random().reveal();
            (generated.clone(), Made::CreatedWith(generated))
        }
    };
    let body = Register { email, password, name, locale: None, time_zone: None };
    input::check(&body)?;
    let (accepted, password) = registration::accept(body)?;
    let password_hash = password::hash(password).await?;
    Ok((registration::insert(tx, &accepted, &password_hash).await?, made))
}
