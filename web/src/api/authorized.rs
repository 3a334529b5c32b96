//! Calls that need a session.

use super::ask::Ask;
use super::call::{Answer, Call};
use super::error::ApiError;
use crate::session::Session;
use contract::accounts::{ChangePassword, SessionSummary, User};
use contract::bookings::{Booking, BookingQuery};
use contract::page::Page;
use contract::privacy::DeleteAccount;
use uuid::Uuid;
use web_sys::{AbortSignal, Response};

/// The server for the person who is logged in. Only a session hands it out.
#[derive(Clone, Copy)]
pub struct AuthorizedApi {
    session: Session,
}

impl AuthorizedApi {
    /// Only sessions call this.
    pub(crate) fn new(session: Session) -> Self {
        Self { session }
    }

    /// Sends with the access token; renews it once where it has expired. Where the session has ended, the server has done
    /// nothing yet: what was to be done waits until the person has logged in again.
    pub(super) async fn send(self, call: Call) -> Result<Answer, ApiError> {
        if let Some(token) = self.session.token() {
            let answer = call.clone().header("Authorization", format!("Bearer {token}")).send().await?;
            if !answer.is_unauthenticated() {
                return Ok(answer);
            }
        }
        let token = match self.session.refresh().await {
            Ok(token) => token,
            Err(error) if error.wants_login() && call.does_something() => {
                let again = if self.session.back().await { self.session.token() } else { None };
                again.ok_or(error)?
            }
            Err(error) => return Err(error),
        };
        call.header("Authorization", format!("Bearer {token}")).send().await
    }

    /// The same for a body without an end. Whoever listens again and again must not ask again and again to log in.
    pub(super) async fn open(self, call: Call, signal: &AbortSignal) -> Result<Response, ApiError> {
        if self.session.is_lapsed() {
            return Err(ApiError::lost());
        }
        if let Some(token) = self.session.token() {
            let response =
                call.clone().header("Authorization", format!("Bearer {token}")).open(signal).await?;
            if response.status() != 401 {
                return Ok(response);
            }
        }
        let token = self.session.refresh().await?;
        call.header("Authorization", format!("Bearer {token}")).open(signal).await
    }

    /// Who the person is.
    pub async fn me(self) -> Result<User, ApiError> {
        self.send(Call::get("/me")).await?.read()
    }

    /// Changes what is given of the person; see [`crate::changes::changed`].
    pub async fn patch_me(self, version: i32, changes: String) -> Result<User, ApiError> {
        self.send(Call::patch("/me").if_match(version).text(changes)).await?.read()
    }

    /// Changes the password.
    pub async fn change_password(self, body: ChangePassword) -> Result<(), ApiError> {
        self.send(Call::post("/auth/password/change").json(&body)).await?.ok().map(drop)
    }

    /// Ends every session.
    pub async fn log_out_everywhere(self) -> Result<(), ApiError> {
        self.send(Call::post("/auth/logout-everywhere")).await?.ok().map(drop)
    }

    /// Open sessions, the last seen first.
    pub fn sessions(self) -> Ask<Page<SessionSummary>> {
        Ask::own(self, Call::get("/me/sessions?limit=100"))
    }

    /// Ends one session.
    pub async fn end_session(self, id: Uuid) -> Result<(), ApiError> {
        self.send(Call::delete(format!("/me/sessions/{id}"))).await?.ok().map(drop)
    }

    /// Everything that is held on the person, as the text of a file.
    pub async fn export(self) -> Result<String, ApiError> {
        self.send(Call::get("/me/export")).await?.ok()
    }

    /// Deletes the account.
    pub async fn delete_account(self, body: DeleteAccount) -> Result<(), ApiError> {
        self.send(Call::delete("/me").json(&body)).await?.ok().map(drop)
    }

    /// Mails the link that proves the address again.
    pub async fn resend_verification(self) -> Result<(), ApiError> {
        self.send(Call::post("/auth/email/resend")).await?.ok().map(drop)
    }

    /// One's own bookings, as a customer.
    pub fn my_bookings(self, query: BookingQuery) -> Ask<Page<Booking>> {
        Ask::own(self, Call::get("/me/bookings").query(&query))
    }
}
