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

/// A logged-in person, in a session that nobody has ended.
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
    let (scheme, token) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(unauthenticated());
    }
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = 5;
    let claims =
        jsonwebtoken::decode::<Claims>(token.trim(), app(request)?.keys.access_decoding(), &validation)
            .map_err(|_| unauthenticated())?
            .claims;
    Ok(Some(claims))
}

/// Who sends the request, where it has a token, in a session that nobody has ended: an access token outlives it.
async fn caller(request: &HttpRequest) -> ApiResult<Option<User>> {
    let Some(user) = read(request)? else { return Ok(None) };
    require_session(&mut *app(request)?.db.acquire().await?, user).await?;
    Ok(Some(user))
}

impl FromRequest for User {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { caller(&request).await?.ok_or_else(unauthenticated) })
    }
}

/// A logged-in person or a visitor. A bad token is refused, not taken for a visitor.
#[derive(Debug, Clone, Copy)]
pub struct Visitor(pub Option<User>);

impl FromRequest for Visitor {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { caller(&request).await.map(Self) })
    }
}

/// Whom an access token was given to. The session, and the account with it, may be gone: only for what looks at that itself.
#[derive(Debug, Clone, Copy)]
pub struct Bearer(pub User);

impl FromRequest for Bearer {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).and_then(|user| user.map(Self).ok_or_else(unauthenticated)))
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
            let user = read(&request)?.ok_or_else(unauthenticated)?;
            let id = request.match_info().get("provider_id").and_then(|id| id.parse().ok());
            let acts = stands(&mut *app(&request)?.db.acquire().await?, user, id).await?;
            id.filter(|_| acts).map(|provider_id| Self { user, provider_id }).ok_or_else(ApiError::not_found)
        })
    }
}

/// Somebody who owns the provider named `{provider_id}` in the path, and so may see to its money. For anyone else there is
/// nothing here.
#[derive(Debug, Clone, Copy)]
pub struct ProviderOwner {
    /// The person.
    pub user: User,
    /// The provider owned.
    pub provider_id: Uuid,
}

impl FromRequest for ProviderOwner {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let member = ProviderMember::from_request(request, payload);
        let app = request.app_data::<Data<App>>().cloned();
        Box::pin(async move {
            let ProviderMember { user, provider_id } = member.await?;
            let app = app.ok_or_else(|| ApiError::internal("no application data"))?;
            let owns = sqlx::query_scalar!(
                r#"select exists (
                    select from acting_members
                    where user_id = $1 and provider_id = $2 and role = 'owner') as "owns!""#,
                user.id,
                provider_id
            )
            .fetch_one(&app.db)
            .await?;
            if owns { Ok(Self { user, provider_id }) } else { Err(ApiError::not_found()) }
        })
    }
}

/// Makes sure that nobody has ended the session, and tells whether the person acts for the provider, if one is named.
async fn stands(db: &mut PgConnection, user: User, provider_id: Option<Uuid>) -> ApiResult<bool> {
    let found = sqlx::query!(
        r#"select
            exists (select from refresh_tokens where user_id = $1 and family = $2) as "open!",
            exists (select from acting_members where user_id = $1 and provider_id = $3) as "member!""#,
        user.id,
        user.session,
        provider_id
    )
    .fetch_one(db)
    .await?;
    if found.open { Ok(found.member) } else { Err(unauthenticated()) }
}

/// Makes sure that nobody has ended the session, for what goes by a [`Bearer`] or has taken a while.
///
/// # Errors
/// `unauthenticated` where it was ended, as by a suspension, or the account is gone.
pub async fn require_session(db: &mut PgConnection, user: User) -> ApiResult<()> {
    stands(db, user, None).await.map(|_| ())
}

/// Whether a user acts for a provider. A suspended one does not.
///
/// # Errors
/// Those of the database.
pub async fn is_member(db: &mut PgConnection, user: User, provider_id: Uuid) -> ApiResult<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from acting_members where user_id = $1 and provider_id = $2) as "member!""#,
        user.id,
        provider_id
    )
    .fetch_one(db)
    .await?;
    Ok(found)
}

fn app(request: &HttpRequest) -> ApiResult<&App> {
    request
        .app_data::<Data<App>>()
        .map(|app| app.get_ref())
        .ok_or_else(|| ApiError::internal("no application data"))
}

fn unauthenticated() -> ApiError {
    ApiError::new(Code::Unauthenticated)
}
