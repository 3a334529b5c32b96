//! Streams of events.

use super::authorized::AuthorizedApi;
use super::call::Call;
use super::error::ApiError;
use uuid::Uuid;
use web_sys::{AbortSignal, Response};

/// What to listen to.
#[derive(Clone, Copy)]
pub enum Listening {
    /// The free times of a service, as whoever is logged in.
    Slots(Option<AuthorizedApi>, Uuid),
    /// Everything of a provider.
    Provider(AuthorizedApi, Uuid),
}

impl Listening {
    /// Opens the stream, from the last event that was read on, until the signal ends it.
    pub async fn open(self, last_id: Option<&str>, signal: &AbortSignal) -> Result<Response, ApiError> {
        let (api, path) = match self {
            Self::Slots(api, service) => (api, format!("/services/{service}/slots/events")),
            Self::Provider(api, provider) => (Some(api), format!("/providers/{provider}/events")),
        };
        let mut call = Call::get(path);
        if let Some(id) = last_id {
            call = call.header("Last-Event-ID", id);
        }
        let response = match api {
            Some(api) => api.open(call, signal).await?,
            None => call.open(signal).await?,
        };
        if response.ok() { Ok(response) } else { Err(ApiError::Unreadable { status: response.status() }) }
    }
}
