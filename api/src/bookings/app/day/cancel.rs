//! Calling off what is booked on a day.

use super::pick::{Part, check_seen, pick, zone};
use super::{Acting, people, run, views};
use crate::app::App;
use crate::bookings::app::cancel::end;
use crate::bookings::app::expire::expire_stale;
use crate::http::{ApiError, ApiResult, Input, ProviderMember, Reply};
use crate::{db, schedules};
use contract::days::{CancelDay, DayChange};
use domain::booking::{Action, Party};
use sqlx::PgConnection;
use time::Date;

/// Calls off what is booked on a day and has not begun, and tells every client.
///
/// # Errors
/// `invalid_fields`; `version_mismatch` where other bookings are meant than were looked at.
pub async fn cancel(
    app: &App,
    member: ProviderMember,
    date: Date,
    input: Input<CancelDay>,
) -> ApiResult<Reply> {
    let wish = &input.body;
    let (from, until) = (wish.from.as_deref(), wish.until.as_deref());
    let part = Part::read(wish.service_id, from, until, |name| format!("/{name}"))?;
    if wish.close && !part.is_whole() {
        return Err(ApiError::field("/close", "whole_day", "Only a whole day can be closed."));
    }
    let acting = Acting { member, date };
    run(app, member, input.key.as_ref(), wish.dry_run, async |db| cancel_all(db, &acting, part, wish).await)
        .await
}

async fn cancel_all(
    db: &mut PgConnection,
    acting: &Acting,
    part: Part,
    wish: &CancelDay,
) -> ApiResult<Reply> {
    let Acting { member, date } = *acting;
    db::lock_provider(db, member.provider_id).await?;
    expire_stale(db, member.provider_id).await?;
    let zone = zone(db, member.provider_id).await?;
    let rows = pick(db, member.provider_id, date, part, &zone).await?;
    check_seen(wish.seen_ids.as_deref(), &rows)?;
    let mut ended = Vec::new();
    for row in rows {
        let action = Action::Cancel(Party::Provider);
        ended.push(end(db, &row, action, "provider", Some(member.user.id), &wish.reason).await?);
    }
    let stranded = match wish.close {
        true => schedules::close(db, member.provider_id, date, "/close").await?,
        false => Vec::new(),
    };
    let (clients, without_email) = people(&ended);
    Reply::ok(&DayChange {
        date,
        changed: views(&ended)?,
        kept: Vec::new(),
        stranded,
        clients,
        without_email,
        closed: wish.close,
        dry_run: wish.dry_run,
    })
}
