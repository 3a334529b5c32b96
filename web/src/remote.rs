//! Something that is fetched: loading, here, or failed with a way to try again.

use crate::api::ApiError;
use leptos::prelude::*;
use std::future::Future;

/// Where a fetch stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// On its way.
    Loading,
    /// Here.
    Ready(T),
    /// Not to be had now.
    Failed(ApiError),
}

/// A value from the server and the means to ask for it again.
pub struct Remote<T: Send + Sync + 'static> {
    state: RwSignal<Load<T>>,
    again: RwSignal<()>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: Clone + Send + Sync + 'static> Remote<T> {
    /// Fetches now, and again whenever a signal that `fetch` reads changes. Late answers to earlier questions
    /// are dropped.
    pub fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let remote = Self { state: RwSignal::new(Load::Loading), again: RwSignal::new(()) };
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            remote.again.track();
            let answer = fetch();
            let mine = turn.get_value() + 1;
            turn.set_value(mine);
            if remote.state.with_untracked(|state| !matches!(state, Load::Loading)) {
                remote.state.set(Load::Loading);
            }
            leptos::task::spawn_local(async move {
                let answer = answer.await;
                // The page may be gone, or have asked for something else since.
                if turn.try_get_value() == Some(mine) {
                    remote.state.try_set(match answer {
                        Ok(value) => Load::Ready(value),
                        Err(error) => Load::Failed(error),
                    });
                }
            });
        });
        remote
    }

    /// Where it stands, reactively.
    pub fn get(self) -> Load<T> {
        self.state.get()
    }

    /// The value, reactively, once it is here.
    pub fn value(self) -> Option<T> {
        self.state.with(|state| match state {
            Load::Ready(value) => Some(value.clone()),
            _ => None,
        })
    }

    /// The value is known otherwise, as after a change.
    pub fn set(self, value: T) {
        self.state.try_set(Load::Ready(value));
    }

    /// Fetches again.
    pub fn retry(self) {
        self.again.try_set(());
    }

    /// The page for each state: `skeleton` while loading, `ready` with the value, and an error with a retry.
    pub fn view(
        self,
        skeleton: impl Fn() -> AnyView + Send + 'static,
        ready: impl Fn(T) -> AnyView + Send + 'static,
    ) -> AnyView {
        (move || match self.state.get() {
            Load::Loading => skeleton(),
            Load::Ready(value) => ready(value),
            Load::Failed(error) => {
                crate::components::failure(error, Some(Callback::new(move |()| self.retry())))
            }
        })
        .into_any()
    }
}
