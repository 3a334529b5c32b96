//! What admins do with categories.

use super::{rules, store};
use crate::admin::Admin;
use crate::admin::acts::{Act, record};
use crate::app::App;
use crate::http::{ApiError, ApiResult, Faults, IfMatch, Input, NoBody, Reply, write};
use contract::admin::{ActKind, AdminCategory, CreateCategory, PatchCategory};
use serde_json::{Map, json};
use sqlx::PgConnection;

/// As many as fit into a choice that people can still read.
const MOST: usize = 100;

/// Adds a category at the end.
pub async fn create(app: &App, admin: &Admin, input: Input<CreateCategory>) -> ApiResult<Reply> {
    let mut body = input.body;
    let mut faults = Faults::default();
    rules::slug(&mut faults, &body.slug);
    rules::names(&mut faults, &mut body.names);
    faults.finish()?;
    write(app, &admin.scope(), input.key.as_ref(), async |tx| {
        store::lock(tx).await?;
        if store::list(tx).await?.len() >= MOST {
            return Err(ApiError::field("/slug", "too_many", "There are 100 categories already."));
        }
        let act = Act {
            kind: ActKind::CategoryAdded,
            target: body.slug.clone(),
            before: json!({}),
            after: json!({ "names": body.names }),
        };
        record(tx, admin, act).await?;
        if !store::insert(tx, &body.slug).await? {
            return Err(ApiError::field("/slug", "taken", "There is a category of this name already."));
        }
        store::set_names(tx, &body.slug, &body.names).await?;
        let category = read(tx, &body.slug).await?;
        let location = format!("/api/v1/admin/categories/{}", category.slug);
        Ok(Reply::created(location, &category)?.version(category.version))
    })
    .await
}

/// Gives a category other names or another place.
pub async fn update(
    app: &App,
    admin: &Admin,
    slug: &str,
    version: IfMatch,
    input: Input<PatchCategory>,
) -> ApiResult<Reply> {
    let mut body = input.body;
    let mut faults = Faults::default();
    if let Some(names) = &mut body.names {
        rules::names(&mut faults, names);
    }
    faults.finish()?;
    write(app, &admin.scope(), input.key.as_ref(), async |tx| {
        store::lock(tx).await?;
        let all = store::list(tx).await?;
        let stored = all.iter().find(|one| one.slug == slug).ok_or_else(ApiError::not_found)?;
        version.check(stored.version)?;

        let (mut before, mut after) = (Map::new(), Map::new());
        let names = body.names.as_ref().filter(|names| **names != stored.names);
        if let Some(names) = names {
            before.insert("names".to_owned(), json!(stored.names));
            after.insert("names".to_owned(), json!(names));
        }
        let last = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let position = body.position.map(|position| i64::from(position).min(last));
        let position = position.filter(|position| *position != stored.position);
        if let Some(position) = position {
            before.insert("position".to_owned(), json!(stored.position));
            after.insert("position".to_owned(), json!(position));
        }
        if !after.is_empty() {
            let kind = ActKind::CategoryChanged;
            let act = Act { kind, target: slug.to_owned(), before: before.into(), after: after.into() };
            record(tx, admin, act).await?;
            if let Some(names) = names {
                store::set_names(tx, slug, names).await?;
            }
            if let Some(position) = position {
                store::set_order(tx, &moved(&all, slug, position)).await?;
            }
            store::next_version(tx, slug).await?;
        }
        let category = read(tx, slug).await?;
        Ok(Reply::ok(&category)?.version(category.version))
    })
    .await
}

/// The order once one category stands at another place.
fn moved(all: &[AdminCategory], slug: &str, position: i64) -> Vec<String> {
    let mut order: Vec<String> =
        all.iter().map(|one| one.slug.clone()).filter(|other| other != slug).collect();
    let index = usize::try_from(position - 1).unwrap_or_default().min(order.len());
    order.insert(index, slug.to_owned());
    order
}

/// Closes a category for further pages, or opens it again.
pub async fn set_retired(
    app: &App,
    admin: &Admin,
    slug: &str,
    version: IfMatch,
    body: NoBody,
    retired: bool,
) -> ApiResult<Reply> {
    write(app, &admin.scope(), body.key.as_ref(), async |tx| {
        store::lock(tx).await?;
        let mut category = read(tx, slug).await?;
        version.check(category.version)?;
        if category.retired != retired {
            let act = Act {
                kind: if retired { ActKind::CategoryRetired } else { ActKind::CategoryRestored },
                target: slug.to_owned(),
                before: json!({ "retired": category.retired }),
                after: json!({ "retired": retired }),
            };
            record(tx, admin, act).await?;
            store::set_retired(tx, slug, retired).await?;
            store::next_version(tx, slug).await?;
            category = read(tx, slug).await?;
        }
        Ok(Reply::ok(&category)?.version(category.version))
    })
    .await
}

async fn read(db: &mut PgConnection, slug: &str) -> ApiResult<AdminCategory> {
    let all = store::list(db).await?;
    all.into_iter().find(|one| one.slug == slug).ok_or_else(ApiError::not_found)
}

/// All categories, in the platform's order.
pub async fn list(app: &App) -> ApiResult<Vec<AdminCategory>> {
    Ok(store::list(&mut *app.db.acquire().await?).await?)
}
