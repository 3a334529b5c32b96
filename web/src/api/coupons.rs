//! A provider's coupons.

use super::authorized::AuthorizedApi;
use super::call::Call;
use super::error::ApiError;
use contract::coupons::{Coupon, Coupons, CreateCoupon, PatchCoupon};
use uuid::Uuid;

impl AuthorizedApi {
    /// All of them, the newest first.
    pub async fn coupons(self, provider: Uuid) -> Result<Coupons, ApiError> {
        self.send(Call::get(format!("/providers/{provider}/coupons"))).await?.read()
    }

    /// Makes one. The key makes a second try safe.
    pub async fn create_coupon(
        self,
        provider: Uuid,
        key: String,
        body: CreateCoupon,
    ) -> Result<Coupon, ApiError> {
        let call = Call::post(format!("/providers/{provider}/coupons")).header("Idempotency-Key", key);
        self.send(call.json(&body)).await?.read()
    }

    /// Changes one.
    pub async fn patch_coupon(
        self,
        provider: Uuid,
        id: Uuid,
        version: i32,
        body: PatchCoupon,
    ) -> Result<Coupon, ApiError> {
        let call = Call::patch(format!("/providers/{provider}/coupons/{id}"));
        self.send(call.if_match(version).json(&body)).await?.read()
    }
}
