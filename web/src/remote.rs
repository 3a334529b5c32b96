//! Something that is fetched: loading, here, or failed with a way to try again.

use crate::api::{ApiError, Ask};
use crate::session::{Session, Standing};
use crate::tabs::{self, News};
use crate::unsaved;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

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
    /// Whether what is shown stays until the answer is here.
    quietly: StoredValue<bool>,
    /// What is asked for because another tab may have changed it.
    look: StoredValue<Option<Look>>,
    /// Counts what was asked and told, so that an answer counts only where nothing newer is known.
    turn: StoredValue<u32>,
    /// Whether an answer is on its way.
    asking: StoredValue<bool>,
    /// Whether what is shown could not be asked for again, for want of a session.
    overdue: StoredValue<bool>,
}

/// A look that nobody asked for.
#[derive(Clone, Copy)]
struct Look {
    news: News,
    /// Whether what is shown stays as it is.
    keeps: fn() -> bool,
}

impl Look {
    /// Whether its answer is not shown: a dialog was opened, or something typed, while it was on its way.
    fn is_late(self) -> bool {
        self.news.is_put_off() || (self.keeps)()
    }
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Remote<T> {
    /// Fetches now, and again whenever a signal that `fetch` reads changes. Late answers to earlier questions
    /// are dropped.
    pub fn new<F>(fetch: impl Fn() -> F + 'static) -> Self
    where
        F: IntoFuture<Output = Result<T, ApiError>> + 'static,
    {
        Self::warm(|| None, fetch)
    }

    /// The same for one question, whose last answer is shown until the new one is here.
    pub fn of(ask: impl Fn() -> Ask<T> + Clone + 'static) -> Self
    where
        T: DeserializeOwned,
    {
        let known = ask.clone();
        Self::warm(move || known().known(), ask)
    }

    /// The same, showing what is known from before until the answer is here, and staying with it where the server
    /// cannot be reached. `known` reads the same signals as `fetch`.
    pub fn warm<F>(known: impl Fn() -> Option<T> + 'static, fetch: impl Fn() -> F + 'static) -> Self
    where
        F: IntoFuture<Output = Result<T, ApiError>> + 'static,
    {
        let first = untrack(&known).map_or(Load::Loading, Load::Ready);
        let remote = Self {
            state: RwSignal::new(first),
            again: RwSignal::new(()),
            quietly: StoredValue::new(false),
            look: StoredValue::new(None),
            turn: StoredValue::new(0),
            asking: StoredValue::new(false),
            overdue: StoredValue::new(false),
        };
        // What failed for want of a session is asked for again once somebody is logged in again.
        if let Some(session) = use_context::<Session>() {
            Effect::new(move |_| {
                let member = matches!(session.standing(), Standing::Member(_));
                let failed = remote
                    .state
                    .with_untracked(|state| matches!(state, Load::Failed(error) if error.wants_login()));
                if member && failed {
                    remote.retry();
                } else if member && remote.overdue.get_value() {
                    remote.refresh();
                }
            });
        }
        Effect::new(move |_| {
            remote.again.track();
            let answer = fetch();
            let mine = remote.next_turn();
            remote.asking.set_value(true);
            let quietly = remote.quietly.get_value();
            remote.quietly.set_value(false);
            let look = remote.look.get_value().filter(|_| quietly);
            remote.look.set_value(None);
            if !quietly {
                remote.show(known().map_or(Load::Loading, Load::Ready));
            }
            leptos::task::spawn_local(async move {
                let answer = answer.into_future().await;
                // The page may be gone, or have asked for something else since.
                if remote.turn.try_get_value() == Some(mine) {
                    remote.asking.try_set_value(false);
                    if !look.is_some_and(Look::is_late) {
                        remote.settle(answer, quietly);
                    }
                }
            });
        });
        remote
    }

    fn next_turn(self) -> u32 {
        let next = self.turn.try_get_value().unwrap_or_default() + 1;
        self.turn.try_set_value(next);
        next
    }

    fn settle(self, answer: Result<T, ApiError>, quietly: bool) {
        let here = self.state.try_with_untracked(|state| matches!(state, Load::Ready(_))) == Some(true);
        self.overdue.try_set_value(matches!(&answer, Err(error) if error.wants_login()));
        match answer {
            Ok(value) => self.show(Load::Ready(value)),
            // Nobody asked for it: what is shown stays, unless it is gone or no longer this person's.
            Err(error) if here && (error.is_lost() || quietly && !error.is_gone()) => {}
            Err(error) => self.show(Load::Failed(error)),
        }
    }

    /// Shows it, unless it is on show: then nothing on the page is drawn anew.
    fn show(self, state: Load<T>) {
        if self.state.try_with_untracked(|shown| *shown != state) == Some(true) {
            self.state.try_set(state);
        }
    }

    /// Fetches again without taking away what is shown.
    pub fn refresh(self) {
        self.quietly.try_set_value(
            self.state.try_with_untracked(|state| matches!(state, Load::Ready(_))) == Some(true),
        );
        self.again.try_set(());
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

    /// The value once it is here, where the page that holds this may be gone already.
    pub fn try_value(self) -> Option<T> {
        let value = |state: &Load<T>| match state {
            Load::Ready(value) => Some(value.clone()),
            _ => None,
        };
        self.state.try_with_untracked(value).flatten()
    }

    /// The value is known otherwise, as after a change. An answer that is on its way is older.
    pub fn set(self, value: T) {
        self.next_turn();
        self.asking.try_set_value(false);
        self.state.try_set(Load::Ready(value));
    }

    /// The same for what is on show already: nothing is drawn anew.
    pub fn note(self, value: T) {
        self.next_turn();
        self.asking.try_set_value(false);
        self.state.try_update_untracked(|state| *state = Load::Ready(value));
    }

    /// Something was added to the value. Where an answer is on its way, it does not know of that, so it is asked for again.
    pub fn amend(self, value: T) {
        let asking = self.asking.try_get_value() == Some(true);
        self.set(value);
        if asking {
            self.refresh();
        }
    }

    /// Fetches again.
    pub fn retry(self) {
        self.again.try_set(());
    }

    /// Asks again, without taking away what is shown, where another tab may have changed it.
    pub fn agree(self) -> Self {
        self.follow(|| false)
    }

    /// The same for a page on which something is typed: not while that is unsaved. The server then knows which of the two came
    /// first.
    pub fn agree_once_saved(self) -> Self {
        self.follow(unsaved::any)
    }

    fn follow(self, keeps: fn() -> bool) -> Self {
        tabs::follow(move |news| {
            if !keeps() {
                self.look.try_set_value(Some(Look { news, keeps }));
                self.refresh();
            }
        });
        self
    }

    /// The page for each state, drawn anew only where the state becomes another: `ready` reads the value itself.
    pub fn frame(
        self,
        skeleton: impl Fn() -> AnyView + Send + 'static,
        ready: impl Fn() -> AnyView + Send + 'static,
    ) -> AnyView {
        self.frame_or(skeleton, ready, move |error| {
            crate::components::failure(error, Some(Callback::new(move |()| self.retry())))
        })
    }

    /// The same with a page of one's own for errors.
    pub fn frame_or(
        self,
        skeleton: impl Fn() -> AnyView + Send + 'static,
        ready: impl Fn() -> AnyView + Send + 'static,
        failed: impl Fn(ApiError) -> AnyView + Send + 'static,
    ) -> AnyView {
        let state = Memo::new(move |_| {
            self.state.with(|state| match state {
                Load::Loading => None,
                Load::Ready(_) => Some(None),
                Load::Failed(error) => Some(Some(error.clone())),
            })
        });
        (move || match state.get() {
            None => skeleton(),
            Some(None) => ready(),
            Some(Some(error)) => failed(error),
        })
        .into_any()
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
