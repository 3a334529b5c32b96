//! Sessions: opened by a password, kept by rotating refresh tokens, ended one by one or all at once.

use crate::accounts::secret::Secret;
use crate::accounts::store::sessions::{self as store, State};
use crate::accounts::store::users;
use crate::app::App;
use crate::http::actor::{ACCESS_TOKEN_SECONDS, sign};
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiError, ApiResult, Reply, User};
use contract::accounts::{Session, SessionSummary};
use contract::page::{Page, PageQuery};
use contract::problem::Code;
use sqlx::PgConnection;
use uuid::Uuid;

/// A session that goes on: the answer's body, and the token for the cookie.
pub(in crate::accounts) struct Opened {
    pub session: Session,
    pub refresh_token: Secret,
}

/// A refresh token and the session it keeps open.
pub(super) struct Token {
    family: Uuid,
    secret: Secret,
}

/// Opens a session of an account that the transaction has locked or made.
pub(super) async fn open(db: &mut PgConnection, user_id: Uuid, user_agent: Option<&str>) -> ApiResult<Token> {
    let token = Token { family: Uuid::now_v7(), secret: Secret::random() };
    store::insert(db, user_id, token.family, &token.secret.hash(), user_agent).await?;
    Ok(token)
}

/// What the owner of a refresh token is told.
pub(super) async fn answer(
    app: &App,
    db: &mut PgConnection,
    user_id: Uuid,
    token: Token,
) -> ApiResult<Opened> {
    let user = users::view(db, user_id).await?.ok_or_else(ended)?;
    let actor = User { id: user_id, session: token.family, is_admin: user.is_admin };
    let session = Session { access_token: sign(app, &actor)?, expires_in: ACCESS_TOKEN_SECONDS, user };
    Ok(Opened { session, refresh_token: token.secret })
}

/// Swaps a refresh token for the next of its chain.
///
/// A token that was used before ends the session: either the one who presents it stole it, or the one who used it
/// did. The exception is a token used a moment ago whose successor nobody has used yet. Then the answer was probably
/// lost (a page reloaded, a second tab), and it is given again: the same successor, so the chain never forks.
pub(in crate::accounts) async fn refresh(
    app: &App,
    presented: Option<&str>,
    user_agent: Option<&str>,
) -> ApiResult<Opened> {
    let secret = presented.and_then(Secret::parse).ok_or_else(ended)?;
    let mut tx = crate::db::begin(&app.db).await?;
    let user_id = store::owner(&mut tx, &secret.hash()).await?.ok_or_else(ended)?;
    users::lock(&mut tx, user_id).await?.ok_or_else(ended)?;
    let token = store::presented(&mut tx, &secret.hash()).await?.ok_or_else(ended)?;
    let successor = Secret::from_bytes(app.keys.refresh_successor(secret.bytes()));
    let goes_on = match token.state {
        State::Fresh => {
            store::mark_used(&mut tx, token.id).await?;
            store::insert(&mut tx, user_id, token.family, &successor.hash(), user_agent).await?;
            true
        }
        State::JustUsed => {
            let next = store::presented(&mut tx, &successor.hash()).await?;
            next.is_some_and(|next| next.state == State::Fresh)
        }
        State::Used => false,
        State::Expired => return Err(ended()),
    };
    if !goes_on {
        store::end(&mut tx, user_id, token.family).await?;
        tx.commit().await?;
        tracing::warn!(session = %token.family, "a used refresh token came back; the session is ended");
        return Err(ended());
    }
    let opened = answer(app, &mut tx, user_id, Token { family: token.family, secret: successor }).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Ends the session that a refresh token belongs to, if any.
pub(in crate::accounts) async fn end_presented(app: &App, presented: Option<&str>) -> ApiResult<()> {
    let Some(secret) = presented.and_then(Secret::parse) else { return Ok(()) };
    let mut tx = crate::db::begin(&app.db).await?;
    let Some(user_id) = store::owner(&mut tx, &secret.hash()).await? else { return Ok(()) };
    users::lock(&mut tx, user_id).await?;
    if let Some(token) = store::presented(&mut tx, &secret.hash()).await? {
        store::end(&mut tx, user_id, token.family).await?;
    }
    Ok(tx.commit().await?)
}

/// Ends the session that an access token was given to.
pub(in crate::accounts) async fn end_own(app: &App, user: User) -> ApiResult<()> {
    let mut tx = crate::db::begin(&app.db).await?;
    users::lock(&mut tx, user.id).await?;
    store::end(&mut tx, user.id, user.session).await?;
    Ok(tx.commit().await?)
}

/// Ends all sessions of a person.
pub(in crate::accounts) async fn end_all(app: &App, user: User) -> ApiResult<()> {
    let mut tx = crate::db::begin(&app.db).await?;
    users::lock(&mut tx, user.id).await?;
    store::end_all(&mut tx, user.id, None).await?;
    Ok(tx.commit().await?)
}

/// Ends one session of a person.
pub(in crate::accounts) async fn end_session(
    tx: &mut PgConnection,
    user: User,
    id: Uuid,
) -> ApiResult<Reply> {
    users::lock(tx, user.id).await?;
    if store::end(tx, user.id, id).await? { Ok(Reply::no_content()) } else { Err(ApiError::not_found()) }
}

/// A person's sessions, the last seen first.
pub(in crate::accounts) async fn list(
    app: &App,
    user: User,
    query: &PageQuery,
) -> ApiResult<Page<SessionSummary>> {
    let list = List::of(&format!("sessions of {}", user.id), query);
    let after = list.decode_instant(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let mut connection = app.db.acquire().await?;
    let mut rows = store::list(&mut connection, user.id, after, limit as i64 + 1).await?;
    let next_cursor = list.cut(&mut rows, limit, |last| (last.last_seen_at, last.family));
    let items = rows.into_iter().map(|row| row.summary(user.session));
    Ok(Page { items: items.collect(), next_cursor })
}

fn ended() -> ApiError {
    ApiError::new(Code::SessionEnded)
}
