//! Logging in, and how often one may try.

use super::sessions::{self, Opened};
use crate::accounts::password;
use crate::accounts::store::users;
use crate::app::App;
use crate::http::throttle::{self, Key};
use crate::http::{ApiError, ApiResult, ClientAddress};
use contract::accounts::LogIn;
use contract::problem::Code;
use sqlx::PgConnection;
use std::time::Duration;

const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Failures of one address with one account.
const PER_PAIR: u32 = 10;
/// Failures of one address with any account.
const PER_ADDRESS: u32 = 50;
/// Failures of all strange addresses with one account.
const PER_ACCOUNT: u32 = 100;
/// How long an address from which somebody has logged in is known to the account.
const KNOWN_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// Opens a session for who knows the password.
pub(in crate::accounts) async fn log_in(
    app: &App,
    body: LogIn,
    address: ClientAddress,
    user_agent: Option<&str>,
) -> ApiResult<Opened> {
    let attempts = Attempts::new(&body.email, address);
    let mut connection = app.db.acquire().await?;
    attempts.count(&mut connection).await?;
    let account = users::by_email(&mut connection, &body.email).await?;
    // Hashing takes a while: others may have the connection meanwhile.
    drop(connection);

    let wrong = || ApiError::new(Code::WrongCredentials);
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let matches = password::verify(body.password, stored).await?;
    let Some(account) = account.filter(|_| matches) else { return Err(wrong()) };

    let mut tx = crate::db::begin(&app.db).await?;
    let locked = users::lock(&mut tx, account.id).await?;
    // Between the check and the lock the password may have been changed, which ends what the old one opens.
    let now = locked.filter(|now| now.password_hash == account.password_hash).ok_or_else(wrong)?;
    // Told to who knows the password only: nobody else learns that there is such an account.
    if let Some(reason) = now.suspended_reason {
        return Err(ApiError::new(Code::AccountSuspended).detail(reason));
    }
    let token = sessions::open(&mut tx, account.id, user_agent).await?;
    let opened = sessions::answer(app, &mut tx, account.id, token).await?;
    attempts.succeeded(&mut tx).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Forgets failed attempts at an account: its owner has just proven to be in charge of it.
pub(super) async fn forgive(db: &mut PgConnection, email: &str) -> ApiResult<()> {
    throttle::reset(db, &of_account(email)).await
}

fn of_account(email: &str) -> Key {
    Key::new("login-account", &[email])
}

/// The counters of a login. Each attempt counts as failed until it has succeeded, so that many at once cannot slip
/// through between a check and a count.
///
/// Strangers who fail on purpose cannot lock the owner out: the bound on the account does not hold for addresses
/// that it was opened from lately.
struct Attempts {
    pair: Key,
    address: Key,
    account: Key,
    known: Key,
}

impl Attempts {
    fn new(email: &str, address: ClientAddress) -> Self {
        let address = address.to_string();
        Self {
            pair: Key::new("login", &[email, &address]),
            address: Key::new("login-address", &[&address]),
            account: of_account(email),
            known: Key::new("login-known", &[email, &address]),
        }
    }

    async fn count(&self, db: &mut PgConnection) -> ApiResult<()> {
        throttle::hit(db, &self.pair, PER_PAIR, WINDOW).await?;
        throttle::hit(db, &self.address, PER_ADDRESS, WINDOW).await?;
        if throttle::count(db, &self.known).await? == 0 {
            throttle::hit(db, &self.account, PER_ACCOUNT, WINDOW).await?;
        }
        Ok(())
    }

    async fn succeeded(&self, db: &mut PgConnection) -> ApiResult<()> {
        throttle::reset(db, &self.pair).await?;
        throttle::refund(db, &self.address).await?;
        throttle::reset(db, &self.account).await?;
        throttle::reset(db, &self.known).await?;
        throttle::hit(db, &self.known, u32::MAX, KNOWN_FOR).await
    }
}
