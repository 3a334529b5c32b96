use crate::api::ApiError;
use crate::form::Form;
use crate::messages::t;
use crate::session::{Session, Standing};
use leptos::prelude::*;

/// What is wrong with a form as a whole. It stands where the eyes are: above the button.
#[component]
pub fn FormMessage(form: Form) -> impl IntoView {
    let (trouble, session) = (form.trouble(), Session::here());
    // That the session had ended is true no longer once somebody is logged in again.
    Effect::new(move |_| {
        let member = matches!(session.standing(), Standing::Member(_));
        let refused = |error: &ApiError| error.wants_login();
        if member && untrack(|| form.failure().with(|error| error.as_ref().is_some_and(refused))) {
            form.clear();
        }
    });
    // Nor that the line was gone, once it is back.
    let back = window_event_listener(leptos::ev::online, move |_| {
        if form.failure().try_with_untracked(|error| matches!(error, Some(ApiError::Offline))) == Some(true) {
            form.clear();
        }
    });
    on_cleanup(move || back.remove());
    // Who was told what to do better needs no way to the log.
    let fault = |error: &ApiError| error.problem().is_some_and(|problem| problem.status >= 500);
    let id = move || form.failure().get().filter(fault).and_then(|error| error.request_id());
    view! {
        <div role="alert" class="form-message" hidden=move || trouble.with(Vec::is_empty)>
            {move || trouble.get().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            {move || id().map(|id| view! { <p class="request-id">{(t().common.request_id)(&id)}</p> })}
        </div>
    }
    .into_any()
}
