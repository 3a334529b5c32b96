//! Writes that can be repeated safely: the key goes in first, the answer is stored with the change.

use super::actor::User;
use super::problem::{ApiError, ApiResult};
use crate::app::App;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use contract::problem::Code;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// The `Idempotency-Key` of a request, tied to its method, address and body.
#[derive(Debug, Clone)]
pub struct IdempotencyKey {
    key: String,
    fingerprint: [u8; 32],
}

impl IdempotencyKey {
    /// The key of this request, if it has one.
    ///
    /// # Errors
    /// `malformed_header` where the key is not 1 to 255 visible ASCII characters.
    pub fn of(request: &HttpRequest, body: &[u8]) -> ApiResult<Option<Self>> {
        let Some(value) = request.headers().get("idempotency-key") else { return Ok(None) };
        let key =
            value.to_str().ok().map(str::trim).filter(|key| {
                (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
            });
        let key = key.ok_or_else(|| {
            ApiError::new(Code::MalformedHeader)
                .detail("Idempotency-Key must be 1 to 255 visible ASCII characters.")
        })?;
        let mut hash = Sha256::new();
        let (method, path, query) = (request.method().as_str(), request.path(), request.query_string());
        for part in [method.as_bytes(), path.as_bytes(), query.as_bytes(), body] {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        Ok(Some(Self { key: key.to_owned(), fingerprint: hash.finalize().into() }))
    }
}

/// The answer to a write, in a form that can be stored and given again.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body; `null` sends none.
    pub body: Value,
    /// `Location`, for what was created.
    pub location: Option<String>,
    /// `ETag`, for what has versions.
    pub etag: Option<String>,
}

impl Reply {
    /// 200 with a body.
    ///
    /// # Errors
    /// Where the body cannot be written as JSON.
    pub fn ok(body: &impl Serialize) -> ApiResult<Self> {
        let body = serde_json::to_value(body).map_err(ApiError::internal)?;
        Ok(Self { status: StatusCode::OK, body, location: None, etag: None })
    }

    /// 201 with a body and where it is from now on.
    ///
    /// # Errors
    /// Where the body cannot be written as JSON.
    pub fn created(location: String, body: &impl Serialize) -> ApiResult<Self> {
        Ok(Self { status: StatusCode::CREATED, location: Some(location), ..Self::ok(body)? })
    }

    /// 202 without a body: it will be done.
    #[must_use]
    pub fn accepted() -> Self {
        Self { status: StatusCode::ACCEPTED, body: Value::Null, location: None, etag: None }
    }

    /// 204: done, nothing to say.
    #[must_use]
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: Value::Null, location: None, etag: None }
    }

    /// Adds the version's `ETag`.
    #[must_use]
    pub fn version(mut self, version: i32) -> Self {
        self.etag = Some(super::etag::tag(version));
        self
    }
}

impl From<Reply> for HttpResponse {
    fn from(reply: Reply) -> Self {
        let mut response = HttpResponse::build(reply.status);
        if let Some(location) = reply.location {
            response.insert_header((header::LOCATION, location));
        }
        if let Some(etag) = reply.etag {
            response.insert_header((header::ETAG, etag));
        }
        if reply.body.is_null() { response.finish() } else { response.json(reply.body) }
    }
}

/// Whose write it is: keys of two callers never meet.
#[derive(Debug, Clone)]
pub struct Scope(String);

impl Scope {
    /// That of a logged-in person.
    #[must_use]
    pub fn of(user: User) -> Self {
        Self(format!("user:{}", user.id))
    }

    /// That of a guest, who is told from others by `known`.
    #[must_use]
    pub fn guest(known: &str) -> Self {
        Self(format!("guest:{known}"))
    }
}

/// Runs a write in one transaction. With a key, a repeated request gets the stored answer and writes nothing.
///
/// Requests with the same key wait for the first; a refused write stores nothing, so trying again is a fresh attempt.
///
/// # Errors
/// Those of the write, and `idempotency_key_reused` where the key came with another request.
pub async fn write(
    app: &App,
    scope: &Scope,
    key: Option<&IdempotencyKey>,
    run: impl AsyncFnOnce(&mut PgConnection) -> ApiResult<Reply>,
) -> ApiResult<Reply> {
    let mut tx = crate::db::begin(&app.db).await?;
    if let Some(key) = key
        && let Some(stored) = claim(&mut tx, &scope.0, key).await?
    {
        return Ok(stored);
    }
    let reply = run(&mut tx).await?;
    if let Some(key) = key {
        store(&mut tx, &scope.0, key, &reply).await?;
    }
    tx.commit().await?;
    app.live.committed();
    Ok(reply)
}

/// Forgets the answers kept for a scope, save that of the write that is under way.
///
/// # Errors
/// Those of the database.
pub async fn forget(db: &mut PgConnection, scope: &Scope) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from idempotency_keys where scope = $1 and status is not null", scope.0)
        .execute(db)
        .await?;
    Ok(())
}

async fn claim(tx: &mut PgConnection, scope: &str, key: &IdempotencyKey) -> ApiResult<Option<Reply>> {
    let fresh = sqlx::query!(
        "insert into idempotency_keys (scope, key, fingerprint) values ($1, $2, $3) on conflict do nothing",
        scope,
        key.key,
        &key.fingerprint
    )
    .execute(&mut *tx)
    .await?
    .rows_affected()
        == 1;
    if fresh {
        return Ok(None);
    }
    let stored = sqlx::query!(
        "select fingerprint, status, headers, body from idempotency_keys where scope = $1 and key = $2",
        scope,
        key.key
    )
    .fetch_optional(&mut *tx)
    .await?;
    // It has just been swept away.
    let Some(stored) = stored else { return Err(ApiError::new(Code::Unavailable).retry_after(1)) };
    if stored.fingerprint != key.fingerprint {
        return Err(ApiError::new(Code::IdempotencyKeyReused));
    }
    let status = stored.status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
    let header = |name: &str| stored.headers.as_ref()?.get(name)?.as_str().map(str::to_owned);
    Ok(Some(Reply {
        status: status.unwrap_or(StatusCode::OK),
        location: header("location"),
        etag: header("etag"),
        body: stored.body.unwrap_or_default(),
    }))
}

async fn store(tx: &mut PgConnection, scope: &str, key: &IdempotencyKey, reply: &Reply) -> ApiResult<()> {
    let headers = serde_json::json!({ "location": reply.location, "etag": reply.etag });
    sqlx::query!(
        "update idempotency_keys set status = $3, headers = $4, body = $5 where scope = $1 and key = $2",
        scope,
        key.key,
        i16::try_from(reply.status.as_u16()).unwrap_or_default(),
        headers,
        reply.body
    )
    .execute(tx)
    .await?;
    Ok(())
}
