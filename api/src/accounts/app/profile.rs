//! One's own account.

use crate::accounts::rules;
use crate::accounts::store::users;
use crate::app::App;
use crate::http::{ApiError, ApiResult, Faults, IfMatch, Reply, User};
use contract::accounts::{PatchUser, User as Me};
use contract::problem::Code;
use sqlx::PgConnection;

/// The account as its owner sees it.
pub(in crate::accounts) async fn me(app: &App, user: User) -> ApiResult<Me> {
    let mut db = app.db.acquire().await?;
    users::view(&mut db, user.id).await?.ok_or_else(gone)
}

/// Changes what is given.
pub(in crate::accounts) async fn update(
    tx: &mut PgConnection,
    user: User,
    wanted: IfMatch,
    body: &PatchUser,
) -> ApiResult<Reply> {
    let mut faults = Faults::default();
    body.name.iter().for_each(|name| faults.one_line("/name", name));
    body.locale.iter().for_each(|locale| rules::locale(&mut faults, locale));
    let time_zone = body.time_zone.as_deref().map(|name| rules::time_zone(&mut faults, name));
    faults.finish()?;
    let stored = users::lock(tx, user.id).await?.ok_or_else(gone)?;
    wanted.check(stored.version)?;
    users::update(tx, user.id, body.name.as_deref(), body.locale.as_deref(), time_zone.as_deref()).await?;
    let me = users::view(tx, user.id).await?.ok_or_else(gone)?;
    Ok(Reply::ok(&me)?.version(me.version))
}

/// The token is valid, the account no longer there.
fn gone() -> ApiError {
    ApiError::new(Code::Unauthenticated)
}
