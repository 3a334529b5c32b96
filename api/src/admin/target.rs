//! What an act of an admin is about, as an argument of a handler.

use super::Admin;
use crate::http::{ApiError, ApiResult, IfMatch};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::Future;
use std::pin::Pin;
use uuid::Uuid;

/// The account or page that the path names, in the version that the admin has seen.
#[derive(Debug)]
pub struct Target {
    /// Who acts.
    pub admin: Admin,
    /// Its id: the one segment of the path that changes.
    pub id: Uuid,
    /// From `If-Match`.
    pub version: IfMatch,
}

impl FromRequest for Target {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let admin = Admin::from_request(request, payload);
        let version = IfMatch::from_request(request, payload);
        let id = request.match_info().iter().next().and_then(|(_, id)| id.parse().ok());
        Box::pin(async move {
            let admin = admin.await?;
            Ok(Self { admin, id: id.ok_or_else(ApiError::not_found)?, version: version.await? })
        })
    }
}
