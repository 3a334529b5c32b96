//! Who may touch a booking, and as whom.

use super::links;
use super::store::{self, Row};
use crate::app::App;
use crate::http::actor::is_member;
use crate::http::idempotency::Scope;
use crate::http::{ApiError, ApiResult, User, Visitor};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::booking::Party;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::pin::Pin;
use uuid::Uuid;

/// Someone who may have a right to a booking: a session, a manage token in `X-Manage-Token`, or both.
#[derive(Debug, Clone)]
pub struct Asker {
    /// The logged-in person.
    pub user: Option<User>,
    token: Option<String>,
}

impl FromRequest for Asker {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let token =
            request.headers().get("x-manage-token").and_then(|token| token.to_str().ok()).map(str::to_owned);
        let visitor = Visitor::from_request(request, payload);
        Box::pin(async move { Ok(Self { user: visitor.await?.0, token }) })
    }
}

/// The scope of a guest's idempotency keys, who is told from others by something only the two of us know.
pub(super) fn guest_scope(known: &str) -> Scope {
    Scope::guest(&URL_SAFE_NO_PAD.encode(Sha256::digest(known)))
}

impl From<User> for Asker {
    fn from(user: User) -> Self {
        Self { user: Some(user), token: None }
    }
}

/// As whom someone acts on a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The customer who booked while logged in.
    Client,
    /// The holder of the manage link.
    Guest,
    /// A member of the provider.
    Provider,
}

impl Side {
    /// The side in the booking's rules.
    #[must_use]
    pub const fn party(self) -> Party {
        match self {
            Self::Client | Self::Guest => Party::Client,
            Self::Provider => Party::Provider,
        }
    }

    /// The name in the history.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Guest => "guest",
            Self::Provider => "provider",
        }
    }
}

impl Asker {
    /// The scope of this asker's idempotency keys: the person's, or that of whoever holds the manage link.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match (&self.user, &self.token) {
            (Some(user), _) => user.scope(),
            (None, Some(token)) => guest_scope(token),
            (None, None) => guest_scope(""),
        }
    }

    /// The member who acts for the provider, where that is the side.
    #[must_use]
    pub fn member(&self, side: Side) -> Option<Uuid> {
        self.user.filter(|_| side == Side::Provider).map(|user| user.id)
    }

    /// The booking, and as whom the asker reaches it.
    ///
    /// # Errors
    /// `not_found` where it does not exist or the asker has no right to it: nobody learns which.
    pub(super) async fn reach(&self, app: &App, db: &mut PgConnection, id: Uuid) -> ApiResult<(Row, Side)> {
        let row = store::find(db, id).await?.ok_or_else(ApiError::not_found)?;
        let side = self.side(app, db, &row).await?.ok_or_else(ApiError::not_found)?;
        Ok((row, side))
    }

    async fn side(&self, app: &App, db: &mut PgConnection, row: &Row) -> ApiResult<Option<Side>> {
        if let Some(user) = self.user {
            if is_member(db, user, row.provider_id).await? {
                return Ok(Some(Side::Provider));
            }
            if row.client_id == Some(user.id) {
                return Ok(Some(Side::Client));
            }
        }
        let holds_link = self.token.as_deref().is_some_and(|token| links::is_valid(&app.keys, row.id, token));
        Ok((holds_link && row.client_id.is_none()).then_some(Side::Guest))
    }
}
