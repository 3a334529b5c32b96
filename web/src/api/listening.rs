//! Streams of events.

use super::authorized::AuthorizedApi;
use super::call::Call;
use super::error::ApiError;
use std::cell::RefCell;
use uuid::Uuid;
use web_sys::{AbortSignal, Response};

/// Names a position among the changes of a provider.
const LAST_EVENT_ID: &str = "Last-Event-ID";

thread_local! {
    /// The last address whose answer told where its stream stands, and where.
    static TOLD: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// Keeps where a stream stood when this was answered, if the answer tells.
pub(super) fn heed(path: &str, answer: &Response) {
    if let Ok(Some(id)) = answer.headers().get(LAST_EVENT_ID) {
        TOLD.set(Some((path.to_owned(), id)));
    }
}

/// What to listen to.
#[derive(Clone, Copy)]
pub enum Listening {
    /// The free times of a service, as whoever is logged in.
    Slots(Option<AuthorizedApi>, Uuid),
    /// Everything of a provider.
    Provider(AuthorizedApi, Uuid),
}

impl Listening {
    /// Where the stream stood when the page of the provider was asked for, if it was. What is asked for from now on holds
    /// everything up to there.
    pub fn begin(self) -> Option<String> {
        let Self::Provider(_, provider) = self else { return None };
        let asked = provider.to_string();
        TOLD.with_borrow(|told| {
            told.as_ref().filter(|(path, _)| path.ends_with(&asked)).map(|(_, id)| id.clone())
        })
    }

    /// Opens the stream, from the last event that was read on, until the signal ends it.
    pub async fn open(self, last_id: Option<&str>, signal: &AbortSignal) -> Result<Response, ApiError> {
        let (api, path) = match self {
            Self::Slots(api, service) => (api, format!("/services/{service}/slots/events")),
            Self::Provider(api, provider) => (Some(api), format!("/providers/{provider}/events")),
        };
        let mut call = Call::get(path);
        if let Some(id) = last_id {
            call = call.header(LAST_EVENT_ID, id);
        }
        let response = match api {
            Some(api) => api.open(call, signal).await?,
            None => call.open(signal).await?,
        };
        if response.ok() { Ok(response) } else { Err(ApiError::Unreadable { status: response.status() }) }
    }
}
