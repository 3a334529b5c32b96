//! The state of one form: being sent, what failed, and which fields need attention.

use crate::api::ApiError;
use crate::messages::t;
use crate::unsaved;
use contract::problem::{Code, FieldError};
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use std::future::Future;
use std::rc::Rc;
use uuid::Uuid;

/// The version that something has now.
pub type Version = LocalBoxFuture<'static, Result<i32, ApiError>>;

/// What a form knows besides its fields.
#[derive(Clone, Copy)]
pub struct Form {
    busy: RwSignal<bool>,
    errors: RwSignal<Vec<FieldError>>,
    failure: RwSignal<Option<ApiError>>,
    /// Pointers that some field on the page shows.
    shown: StoredValue<Vec<&'static str>>,
    guarded: RwSignal<Option<Guarded>, LocalStorage>,
    /// Makes sending again harmless while nobody knows whether it arrived.
    key: StoredValue<Option<Uuid>>,
}

/// What a form holds, and what it held when it was last saved.
#[derive(Clone)]
struct Guarded {
    now: Rc<dyn Fn() -> String>,
    saved: String,
}

impl Form {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            errors: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            shown: StoredValue::new(Vec::new()),
            guarded: RwSignal::new_local(None),
            key: StoredValue::new(None),
        }
    }

    /// The `Idempotency-Key` of the present attempt: the same until the server has answered.
    pub fn key(self) -> String {
        let key = self.key.get_value().unwrap_or_else(Uuid::new_v4);
        self.key.set_value(Some(key));
        key.to_string()
    }

    /// Keeps the person from leaving the page by accident while this form holds something else than it began with, or
    /// than was last sent. `state` writes down all its fields.
    pub fn guard(self, state: impl Fn() -> String + 'static) -> Self {
        let saved = untrack(&state);
        self.guarded.set(Some(Guarded { now: Rc::new(state), saved }));
        let changed = move || {
            let guarded = self.guarded.try_get_untracked().flatten();
            guarded.is_some_and(|guarded| (guarded.now)() != guarded.saved)
        };
        unsaved::watch(changed, || ());
        self
    }

    /// The same for a form whose fields are lines of text.
    pub fn guard_fields<const N: usize>(self, fields: [RwSignal<String>; N]) -> Self {
        self.guard(move || fields.map(|field| field.get_untracked()).join("\u{0}"))
    }

    /// What the form holds now is saved.
    pub fn settle(self) {
        self.guarded.try_update(|guarded| {
            if let Some(guarded) = guarded {
                guarded.saved = untrack(|| (guarded.now)());
            }
        });
    }

    /// What is wrong at a pointer that is known only while the form is on the screen; see [`Form::claim`].
    pub fn error_at(self, pointer: &str) -> Option<String> {
        self.errors.with(|errors| {
            let error = errors.iter().find(|error| error.pointer == pointer)?;
            Some((t().problems.field)(&error.code, &error.message))
        })
    }

    /// Whether the server found this wrong at a pointer.
    pub fn has(self, pointer: &str, code: &str) -> bool {
        self.errors.with(|errors| errors.iter().any(|error| error.pointer == pointer && error.code == code))
    }

    /// Says that what is wrong below this pointer, which ends with a slash, is shown where it belongs.
    pub fn claim(self, below: &'static str) {
        self.shown.update_value(|shown| shown.push(below));
    }

    fn is_shown(self, pointer: &str) -> bool {
        let covers =
            |shown: &&str| *shown == pointer || (shown.ends_with('/') && pointer.starts_with(*shown));
        self.shown.with_value(|shown| shown.iter().any(covers))
    }

    /// Whether it is being sent.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// What is wrong with the field at this pointer.
    pub fn at(self, pointer: &'static str) -> Signal<Option<String>> {
        self.claim(pointer);
        Signal::derive(move || self.error_at(pointer))
    }

    /// What is wrong with the form as a whole, in sentences.
    pub fn trouble(self) -> Signal<Vec<String>> {
        Signal::derive(move || {
            let mut sentences: Vec<String> = self.failure.get().iter().map(ApiError::sentence).collect();
            self.errors.with(|errors| {
                let lost = errors.iter().filter(|error| !self.is_shown(&error.pointer));
                sentences.extend(lost.map(|error| {
                    let what = (t().problems.field)(&error.code, &error.message);
                    match error.pointer.trim_start_matches('/') {
                        "" => what,
                        field => format!("{field}: {what}"),
                    }
                }));
            });
            sentences
        })
    }

    /// What failed last.
    pub fn failure(self) -> Signal<Option<ApiError>> {
        self.failure.into()
    }

    /// Marks a field as wrong, or with an empty pointer the form as a whole, in words of one's own.
    pub fn refuse(self, pointer: &str, message: &str) {
        self.errors.update(|errors| {
            errors.push(FieldError {
                pointer: pointer.to_owned(),
                code: "local".to_owned(),
                message: message.to_owned(),
            });
        });
        focus_first_error();
    }

    /// Forgets earlier faults, then asks for each of these to be filled in. True where all are.
    pub fn require(self, fields: &[(&str, RwSignal<String>)]) -> bool {
        self.clear();
        for (pointer, value) in fields {
            if value.with_untracked(|value| value.trim().is_empty()) {
                // A trade is chosen, not typed.
                let words = &t().problems;
                let ask = if *pointer == "/category" { words.choose_one } else { words.required };
                self.refuse(pointer, ask);
            }
        }
        self.errors.with_untracked(Vec::is_empty)
    }

    /// Reads a whole number that may be empty; anything else is refused.
    pub fn limit(self, pointer: &str, value: RwSignal<String>) -> Option<u32> {
        let text = value.get_untracked();
        let number = text.trim().parse().ok();
        if number.is_none() && !text.trim().is_empty() {
            self.refuse(pointer, t().problems.not_a_number);
        }
        number
    }

    /// Whether any field was refused.
    pub fn refused(self) -> bool {
        self.errors.with_untracked(|errors| !errors.is_empty())
    }

    /// Forgets what was wrong.
    pub fn clear(self) {
        self.errors.set(Vec::new());
        self.failure.set(None);
    }

    /// Takes an error apart: what belongs to fields goes there.
    pub fn fail(self, error: ApiError) {
        if error.is_answer() {
            self.key.try_set_value(None);
        }
        let mut fields = error.problem().map(|problem| problem.errors.clone()).unwrap_or_default();
        if error.code() == Some(Code::WrongPassword) {
            let asked = ["/current_password", "/password"].into_iter().find(|field| self.is_shown(field));
            fields.extend(asked.map(|pointer| FieldError {
                pointer: pointer.to_owned(),
                code: "local".to_owned(),
                message: error.sentence(),
            }));
        }
        let known = fields.iter().all(|field| self.is_shown(&field.pointer));
        // The others have more to say than their fields do.
        let of_fields = matches!(
            error.code(),
            Some(Code::InvalidFields | Code::WrongPassword | Code::SlugTaken | Code::EmailTaken)
        );
        let all_at_fields = of_fields && known && !fields.is_empty();
        self.errors.try_set(fields);
        self.failure.try_set((!all_at_fields).then_some(error));
        focus_first_error();
    }

    /// Takes an error apart, too. Where somebody else was quicker, `fetch` says which version stands now, and the act can
    /// be repeated.
    pub fn renew(self, error: ApiError, version: RwSignal<i32>, fetch: Version) {
        self.renew_with(error, fetch, move |now| {
            version.try_set(now);
        });
    }

    /// The same for a form with fields: `take` gets what stands now, and brings it together with what was changed here.
    pub fn renew_with<T: 'static>(
        self,
        error: ApiError,
        fetch: impl Future<Output = Result<T, ApiError>> + 'static,
        take: impl FnOnce(T) + 'static,
    ) {
        if error.code() != Some(Code::VersionMismatch) {
            return self.fail(error);
        }
        leptos::task::spawn_local(async move {
            match fetch.await {
                Ok(now) => {
                    // The page may have been left meanwhile.
                    if self.busy.try_get_untracked().is_some() {
                        self.fail(error);
                        take(now);
                    }
                }
                Err(error) => self.fail(error),
            }
        });
    }

    /// Sends unless it is being sent already; `done` gets the answer.
    pub fn send<T: 'static>(
        self,
        call: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        self.send_or(call, done, move |error| self.fail(error));
    }

    /// The same, with a say in what a failure means.
    pub fn send_or<T: 'static>(
        self,
        call: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
        failed: impl FnOnce(ApiError) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.clear();
        leptos::task::spawn_local(async move {
            let answer = call.await;
            self.busy.try_set(false);
            match answer {
                Ok(value) => {
                    self.key.try_set_value(None);
                    self.settle();
                    done(value);
                }
                Err(error) => failed(error),
            }
        });
    }
}

/// Leads the person to the first field that needs attention.
fn focus_first_error() {
    request_animation_frame(|| {
        use wasm_bindgen::JsCast;
        let field = document().query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}
