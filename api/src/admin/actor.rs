//! An admin, as an argument of a handler.

use crate::accounts::standing;
use crate::app::App;
use crate::http::idempotency::Scope;
use crate::http::{ApiError, ApiResult, User};
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::Future;
use std::pin::Pin;
use tracing_actix_web::RequestId;

/// Somebody who administers the platform at this very moment. For anyone else there is nothing here.
///
/// Asked of the database each time, because neither a right that was taken away nor a session that was ended must live on
/// in an access token.
#[derive(Debug, Clone)]
pub struct Admin {
    /// The person.
    pub user: User,
    /// The request, for the log.
    pub request_id: Option<String>,
}

impl Admin {
    /// The scope of this person's writes.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.user.scope()
    }
}

impl FromRequest for Admin {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let user = User::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let user = user.await?;
            let app =
                request.app_data::<Data<App>>().ok_or_else(|| ApiError::internal("no application data"))?;
            if !standing::administers(&mut *app.db.acquire().await?, user).await? {
                return Err(ApiError::not_found());
            }
            let request_id = request.extensions().get::<RequestId>().map(ToString::to_string);
            Ok(Self { user, request_id })
        })
    }
}
