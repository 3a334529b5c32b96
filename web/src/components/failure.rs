use super::heading::{FocusTurn, Heading};
use super::{Button, Kind};
use crate::api::ApiError;
use crate::first;
use crate::messages::t;
use contract::problem::Code;
use leptos::prelude::*;
use std::time::Duration;

/// How long after the line has come back it is tried once more.
const AGAIN: Duration = Duration::from_secs(2);

/// What could not be loaded: what happened, a way to try again, and what leads to the log.
pub fn failure(error: ApiError, retry: Option<Callback<()>>) -> AnyView {
    // What the server wrote goes first, for its heading is not that of this page.
    first::give_way();
    // What is a whole page names it.
    let whole = document().query_selector("main h1").is_ok_and(|heading| heading.is_none());
    draw(error, retry, whole)
}

/// The same in the place of a page, whose heading may still be there.
pub fn failed_page(error: ApiError, retry: Option<Callback<()>>) -> AnyView {
    draw(error, retry, true)
}

fn draw(error: ApiError, retry: Option<Callback<()>>, whole: bool) -> AnyView {
    let words = &t().problems;
    let missing = error.code() == Some(Code::NotFound);
    let title = match &error {
        ApiError::Offline => words.offline_title,
        _ if missing => words.not_found_title,
        _ => words.title,
    };
    let id = error.request_id().filter(|_| !missing);
    first::give_way();
    // A whole page takes the focus of whoever came here; so does what comes after trying again.
    let turn = FocusTurn::here();
    // What only the line was missing for comes by itself once it is back.
    if let Some(retry) = retry.filter(|_| error.is_lost()) {
        let again = StoredValue::new(None::<TimeoutHandle>);
        let back = window_event_listener(leptos::ev::online, move |_| {
            retry.run(());
            // A line that has only just come back may lose the first request.
            again.set_value(set_timeout_with_handle(move || retry.run(()), AGAIN).ok());
        });
        on_cleanup(move || {
            back.remove();
            again.with_value(|again| again.as_ref().map(TimeoutHandle::clear));
        });
    }
    let retry = retry.map(|retry| {
        Callback::new(move |()| {
            if whole {
                turn.next();
            }
            retry.run(());
        })
    });
    let heading = if whole {
        view! { <Heading text=title /> }.into_any()
    } else {
        view! { <h2>{title}</h2> }.into_any()
    };
    view! {
        <div class="failure" role="alert">
            {heading}
            <p>{error.sentence()}</p>
            {retry.filter(|_| !missing).map(|retry| view! {
                <div class="actions"><Button kind=Kind::Plain on_press=retry>{t().common.retry}</Button></div>
            })}
            {id.map(|id| view! { <p class="request-id">{(t().common.request_id)(&id)}</p> })}
        </div>
    }
    .into_any()
}

/// A page that does not exist.
#[component]
pub fn NotFound() -> impl IntoView {
    let words = &t().common;
    view! {
        <div class="page narrow stack">
            <Heading text=words.not_found_title />
            <p>{words.not_found_text}</p>
            <p><a class="button primary" href="/">{words.not_found_action}</a></p>
        </div>
    }
    .into_any()
}
