//! Calls about a provider's whole day.

use super::authorized::AuthorizedApi;
use super::call::Call;
use super::error::ApiError;
use crate::format::iso;
use contract::days::{CancelDay, Day, DayChange, MoveDay};
use time::Date;
use uuid::Uuid;

impl AuthorizedApi {
    /// What of a day can be called off or moved.
    pub async fn day(self, provider: Uuid, date: Date) -> Result<Day, ApiError> {
        self.send(Call::get(format!("/providers/{provider}/days/{}", iso(date)))).await?.read()
    }

    /// Calls off what is booked on a day. The key makes a second try safe.
    pub async fn cancel_day(
        self,
        provider: Uuid,
        date: Date,
        key: String,
        body: CancelDay,
    ) -> Result<DayChange, ApiError> {
        let path = format!("/providers/{provider}/days/{}/cancel", iso(date));
        self.send(Call::post(path).header("Idempotency-Key", key).json(&body)).await?.read()
    }

    /// Moves what is booked on a day. The key makes a second try safe.
    pub async fn move_day(
        self,
        provider: Uuid,
        date: Date,
        key: String,
        body: MoveDay,
    ) -> Result<DayChange, ApiError> {
        let path = format!("/providers/{provider}/days/{}/move", iso(date));
        self.send(Call::post(path).header("Idempotency-Key", key).json(&body)).await?.read()
    }
}
