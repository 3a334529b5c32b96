//! A question whose answer may be known already.

use super::authorized::AuthorizedApi;
use super::call::{Answer, Call};
use super::error::ApiError;
use crate::json;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

/// Asks when awaited; before that it tells what was answered last time.
pub struct Ask<T> {
    call: Call,
    api: Option<AuthorizedApi>,
    answer: PhantomData<T>,
}

impl<T: DeserializeOwned> Ask<T> {
    /// For anybody.
    pub(super) fn open(call: Call) -> Self {
        Self { call: call.keep(false), api: None, answer: PhantomData }
    }

    /// For the person who is logged in.
    pub(super) fn own(api: AuthorizedApi, call: Call) -> Self {
        // What comes after a cursor is never shown by itself.
        let call = if call.is_further() { call } else { call.keep(true) };
        Self { call, api: Some(api), answer: PhantomData }
    }

    /// The last answer, which may be old.
    pub fn known(&self) -> Option<T> {
        json::read(&self.call.kept()?.body)
    }
}

impl<T: DeserializeOwned + 'static> IntoFuture for Ask<T> {
    type Output = Result<T, ApiError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output>>>;

    fn into_future(self) -> Self::IntoFuture {
        let answer = answer(self.call, self.api);
        Box::pin(async move { answer.await?.read() })
    }
}

/// Apart, so that it is there once and not for each kind of answer.
fn answer(call: Call, api: Option<AuthorizedApi>) -> Pin<Box<dyn Future<Output = Result<Answer, ApiError>>>> {
    Box::pin(async move {
        match api {
            Some(api) => api.send(call).await,
            None => call.send().await,
        }
    })
}
