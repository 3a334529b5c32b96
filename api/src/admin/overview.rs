//! Plain counts.

use super::Admin;
use crate::app::App;
use crate::http::ApiResult;
use crate::http::problems::{LoginNeeded, NothingHere};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use contract::admin::AdminOverview;

/// How many accounts, pages and bookings there are.
#[utoipa::path(
    operation_id = "get_admin_overview", tag = "admin", security(("bearer" = [])),
    responses(
        (status = 200, description = "The counts", body = AdminOverview),
        LoginNeeded, NothingHere,
    )
)]
#[get("/admin/overview")]
pub async fn get_admin_overview(app: Data<App>, _: Admin) -> ApiResult<HttpResponse> {
    let counts = sqlx::query_as!(
        AdminOverview,
        r#"
        select u.*, p.*,
            (select count(*) from bookings
                where start_at > app_now() and status in ('pending', 'confirmed')) as "bookings_coming!",
            (select count(*) from bookings where created_at > app_now() - interval '7 days') as "bookings_new!",
            (select count(*) from jobs where dead_at is not null) as "jobs_dead!"
        from (
            select count(*) as "users!",
                count(*) filter (where created_at > app_now() - interval '7 days') as "users_new!",
                count(*) filter (where suspended_at is not null) as "users_suspended!",
                count(*) filter (where is_admin and suspended_at is null) as "admins!"
            from users
        ) u,
        (
            select count(*) as "providers!",
                count(*) filter (where published_at is not null and suspended_at is null) as "providers_published!",
                count(*) filter (where suspended_at is not null) as "providers_suspended!"
            from providers
        ) p
        "#
    )
    .fetch_one(&mut *app.db.acquire().await?)
    .await?;
    Ok(HttpResponse::Ok().json(counts))
}
