//! Rows that a test starts from, written directly so that a suite depends on its own slice only.

use sqlx::PgPool;
use uuid::Uuid;

/// A published provider with one service, open every day of the week from 09:00 to 17:00 in its zone.
#[derive(Debug, Clone, Copy)]
pub struct Shop {
    /// The person who owns the provider.
    pub owner: Uuid,
    /// The provider.
    pub provider: Uuid,
    /// Its first service: 60 minutes, every 60 minutes, no buffers, no notice, one seat, 60 days ahead.
    pub service: Uuid,
}

/// Writes a person who cannot log in, but has a session of the same id as the account.
pub async fn person(db: &PgPool, name: &str) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query("insert into users (id, email, password_hash, name) values ($1, $2, '', $3)")
        .bind(id)
        .bind(format!("{}-{}@example.org", name.to_lowercase(), id.simple()))
        .bind(name)
        .execute(db)
        .await
        .unwrap();
    session(db, id, id).await;
    id
}

/// Opens a session of a person.
pub async fn session(db: &PgPool, user: Uuid, session: Uuid) {
    sqlx::query(
        "insert into refresh_tokens (id, user_id, family, token_hash, expires_at)
         values ($1, $2, $1, $3, now() + interval '1 day')",
    )
    .bind(session)
    .bind(user)
    .bind(session.as_bytes().as_slice())
    .execute(db)
    .await
    .unwrap();
}

/// Writes a shop in a zone.
pub async fn shop(db: &PgPool, zone: &str) -> Shop {
    let owner = person(db, "Owner").await;
    let provider = Uuid::now_v7();
    sqlx::query(
        "insert into providers (id, slug, name, category, time_zone, currency, published_at, address_line, city, country)
         values ($1, $2, 'Corner Shop', 'craft', $3, 'EUR', app_now(), 'Main Street 1', 'Berlin', 'DE')",
    )
    .bind(provider)
    .bind(format!("shop-{}", provider.simple()))
    .bind(zone)
    .execute(db)
    .await
    .unwrap();
    sqlx::query("insert into memberships (user_id, provider_id) values ($1, $2)")
        .bind(owner)
        .bind(provider)
        .execute(db)
        .await
        .unwrap();
    sqlx::query(
        "insert into schedules (provider_id, day_of_week, start_time, end_time)
         select $1, day, '09:00', '17:00' from generate_series(0, 6) day",
    )
    .bind(provider)
    .execute(db)
    .await
    .unwrap();
    let service = service(db, provider, 60, 1).await;
    Shop { owner, provider, service }
}

/// Writes a service of a provider.
pub async fn service(db: &PgPool, provider: Uuid, minutes: i32, capacity: i32) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into services (id, provider_id, name, duration_minutes, price_minor, capacity)
         values ($1, $2, 'Consultation', $3, 5000, $4)",
    )
    .bind(id)
    .bind(provider)
    .bind(minutes)
    .bind(capacity)
    .execute(db)
    .await
    .unwrap();
    id
}
