//! The counts in the database.

use contract::admin::AdminOverview;
use sqlx::PgConnection;

/// How many accounts, pages and bookings there are.
pub async fn read(db: &mut PgConnection) -> Result<AdminOverview, sqlx::Error> {
    sqlx::query_as!(
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
    .fetch_one(db)
    .await
}
