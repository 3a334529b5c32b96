//! A question whose answer may be known already.

use super::authorized::AuthorizedApi;
use super::call::Call;
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
        Self { call: call.keep(true), api: Some(api), answer: PhantomData }
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
        Box::pin(async move {
            match self.api {
                Some(api) => api.send(self.call).await?.read(),
                None => self.call.send().await?.read(),
            }
        })
    }
}
