//! Calls for admins. Everything lies below `/admin`; for others there is nothing there.

use super::authorized::AuthorizedApi;
use super::call::Call;
use super::error::ApiError;
use contract::admin::{AdminCategory, CreateCategory, PatchCategory, Suspend};
use serde::de::DeserializeOwned;

impl AuthorizedApi {
    /// Reads what stands at this path.
    pub async fn admin_read<T: DeserializeOwned>(self, path: String) -> Result<T, ApiError> {
        self.send(Call::get(format!("/admin{path}"))).await?.read()
    }

    /// Acts on a version; some acts want a reason.
    pub async fn admin_act<T: DeserializeOwned>(
        self,
        path: String,
        version: i32,
        reason: Option<String>,
    ) -> Result<T, ApiError> {
        let call = Call::post(format!("/admin{path}")).if_match(version);
        let call = match reason {
            Some(reason) => call.json(&Suspend { reason }),
            None => call,
        };
        self.send(call).await?.read()
    }

    /// Adds a category.
    pub async fn create_category(self, body: CreateCategory) -> Result<AdminCategory, ApiError> {
        self.send(Call::post("/admin/categories").json(&body)).await?.read()
    }

    /// Gives a category other names or another place.
    pub async fn patch_category(
        self,
        slug: String,
        version: i32,
        body: PatchCategory,
    ) -> Result<AdminCategory, ApiError> {
        let call = Call::patch(format!("/admin/categories/{slug}"));
        self.send(call.if_match(version).json(&body)).await?.read()
    }
}
