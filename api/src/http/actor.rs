//! Who is asking. The right to reach data is in the argument's type: without it a handler cannot get there.

use super::idempotency::Scope;
use super::problem::{ApiError, ApiResult};
use crate::app::App;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use contract::problem::Code;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::time::Duration;
use uuid::Uuid;

/// Seconds that an access token lives.
pub const ACCESS_TOKEN_SECONDS: u32 = 15 * 60;

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: Uuid,
    sid: Uuid,
    adm: bool,
    exp: u64,
}

/// A logged-in person.
#[derive(Debug, Clone, Copy)]
pub struct User {
    /// The account.
    pub id: Uuid,
    /// The session, that is the family of its refresh tokens.
    pub session: Uuid,
    /// Whether the person administers the platform.
    pub is_admin: bool,
}

impl User {
    /// The scope of this person's writes.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::of(*self)
    }
}

/// Signs an access token for a session.
///
/// # Errors
/// Where signing fails, which no input can cause.
pub fn sign(app: &App, user: &User) -> ApiResult<String> {
    let exp = jsonwebtoken::get_current_timestamp() + u64::from(ACCESS_TOKEN_SECONDS);
    let claims = Claims { sub: user.id, sid: user.session, adm: user.is_admin, exp };
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, app.keys.access_encoding())
        .map_err(ApiError::internal)
}

fn read(request: &HttpRequest) -> ApiResult<Option<User>> {
    let claims = claims(request)?;
    Ok(claims.map(|claims| User { id: claims.sub, session: claims.sid, is_admin: claims.adm }))
}

/// How long the access token of a request still lives; nothing where there is none.
#[must_use]
pub fn lifetime(request: &HttpRequest) -> Option<Duration> {
    let claims = claims(request).ok().flatten()?;
    Some(Duration::from_secs(claims.exp.saturating_sub(jsonwebtoken::get_current_timestamp())))
}

fn claims(request: &HttpRequest) -> ApiResult<Option<Claims>> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else { return Ok(None) };
    let refused = || ApiError::new(Code::Unauthenticated);
    let app = request.app_data::<Data<App>>().ok_or_else(|| ApiError::internal("no application data"))?;
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(refused)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refused());
    }
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 5;
    let claims = jsonwebtoken::decode::<Claims>(token.trim(), app.keys.access_decoding(), &validation)
        .map_err(|_| refused())?
        .claims;
    Ok(Some(claims))
}

impl FromRequest for User {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).and_then(|user| user.ok_or_else(|| ApiError::new(Code::Unauthenticated))))
    }
}

/// A logged-in person or a visitor. A bad token is refused, not taken for a visitor.
#[derive(Debug, Clone, Copy)]
pub struct Visitor(pub Option<User>);

impl FromRequest for Visitor {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).map(Self))
    }
}

/// Somebody who acts for the provider named `{provider_id}` in the path. For anyone else there is nothing here.
#[derive(Debug, Clone, Copy)]
pub struct ProviderMember {
    /// The person.
    pub user: User,
    /// The provider acted for.
    pub provider_id: Uuid,
}

impl FromRequest for ProviderMember {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let user = read(&request)?.ok_or_else(|| ApiError::new(Code::Unauthenticated))?;
            let id = request.match_info().get("provider_id").and_then(|id| id.parse().ok());
            let provider_id: Uuid = id.ok_or_else(ApiError::not_found)?;
            let app =
                request.app_data::<Data<App>>().ok_or_else(|| ApiError::internal("no application data"))?;
            let mut db = app.db.acquire().await?;
            if is_member(&mut db, user, provider_id).await? {
                Ok(Self { user, provider_id })
            } else {
                Err(ApiError::not_found())
            }
        })
    }
}

/// Whether a user acts for a provider. A suspended one does not, even while an access token lives on.
///
/// # Errors
/// `unauthenticated` for a member whose session has been ended.
pub async fn is_member(db: &mut PgConnection, user: User, provider_id: Uuid) -> ApiResult<bool> {
    let found = sqlx::query!(
        r#"select
            exists (select from acting_members where user_id = $1 and provider_id = $2) as "member!",
            exists (select from refresh_tokens where user_id = $1 and family = $3) as "open!""#,
        user.id,
        provider_id,
        user.session
    )
    .fetch_one(db)
    .await?;
    if found.member && !found.open { Err(ApiError::new(Code::Unauthenticated)) } else { Ok(found.member) }
}

/// Makes sure that nobody has ended the session: an access token outlives it.
///
/// # Errors
/// `unauthenticated` where it was ended or the account is gone, `account_suspended` where that is why.
pub async fn require_session(db: &mut PgConnection, user: User) -> ApiResult<()> {
    let account = sqlx::query!(
        r#"select case when suspended_at is not null then suspended_reason end as suspended,
            exists (select from refresh_tokens where user_id = $1 and family = $2) as "open!"
        from users where id = $1"#,
        user.id,
        user.session
    )
    .fetch_optional(db)
    .await?
    .ok_or_else(|| ApiError::new(Code::Unauthenticated))?;
    match account.suspended {
        _ if account.open => Ok(()),
        Some(reason) => Err(ApiError::new(Code::AccountSuspended).detail(reason)),
        None => Err(ApiError::new(Code::Unauthenticated)),
    }
}

/// The same for a member who is shown more than the public sees. Everybody else is asked nothing.
///
/// # Errors
/// Those of [`require_session`].
pub async fn require_members_session(
    db: &mut PgConnection,
    user: Option<User>,
    is_member: bool,
) -> ApiResult<()> {
    match user.filter(|_| is_member) {
        Some(member) => require_session(db, member).await,
        None => Ok(()),
    }
}
