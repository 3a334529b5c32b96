//! Reading the log.

use crate::acts::target_kind;
use crate::app::App;
use crate::http::calendar::within_calendar;
use crate::http::page::{DEFAULT_LIMIT, List};
use crate::http::{ApiError, ApiResult};
use contract::admin::{ActKind, AdminAct, AdminActQuery};
use contract::page::Page;
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

struct Row {
    id: Uuid,
    at: OffsetDateTime,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
    kind: String,
    target_id: String,
    target_name: Option<String>,
    before: Value,
    after: Value,
    request_id: Option<String>,
}

impl Row {
    fn into_act(self) -> ApiResult<AdminAct> {
        let kind = ActKind::parse(&self.kind).ok_or_else(|| ApiError::internal("an act of no known kind"))?;
        Ok(AdminAct {
            id: self.id,
            at: self.at,
            actor_id: self.actor_id,
            actor_name: self.actor_name,
            kind,
            target_kind: target_kind(kind),
            target_id: self.target_id,
            target_name: self.target_name,
            before: self.before,
            after: self.after,
            request_id: self.request_id,
        })
    }
}

/// A page of the log, the newest first. Names are those of today.
pub async fn list(app: &App, query: AdminActQuery) -> ApiResult<Page<AdminAct>> {
    let list = List::of("admin acts", &query);
    let after = list.decode_instant(query.cursor.as_deref())?;
    for (at, pointer) in [(query.from, "?from"), (query.to, "?to")] {
        at.map_or(Ok(()), |at| within_calendar(at.year(), pointer))?;
    }
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT) as usize;
    let (after_at, after_id) = after.unzip();
    let mut rows = sqlx::query_as!(
        Row,
        r#"
        select a.id, a.at, a.actor_id, u.name as "actor_name?", a.kind, a.target_id,
            coalesce(tu.name, tp.name, tn.name) as target_name, a.before, a.after, a.request_id
        from admin_acts a
        left join users u on u.id = a.actor_id
        left join users tu on tu.id = case when a.target_kind = 'user' then a.target_id::uuid end
        left join providers tp on tp.id = case when a.target_kind = 'provider' then a.target_id::uuid end
        left join category_names tn on a.target_kind = 'category' and tn.category = a.target_id and tn.locale = 'en'
        where ($1::uuid is null or a.actor_id = $1)
            and ($2::text is null or a.kind = $2)
            and ($3::text is null or a.target_id = $3)
            and ($4::timestamptz is null or a.at >= $4)
            and ($5::timestamptz is null or a.at < $5)
            and ($6::timestamptz is null or (a.at, a.id) < ($6, $7))
        order by a.at desc, a.id desc
        limit $8
        "#,
        query.actor,
        query.kind.map(ActKind::as_str),
        query.target,
        query.from,
        query.to,
        after_at,
        after_id,
        limit as i64 + 1
    )
    .fetch_all(&mut *app.db.acquire().await?)
    .await?;
    let next_cursor = list.cut(&mut rows, limit, |last| (last.at, last.id));
    let items = rows.into_iter().map(Row::into_act).collect::<ApiResult<_>>()?;
    Ok(Page { items, next_cursor })
}
