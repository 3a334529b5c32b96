//! Calling the day off.

use super::Whole;
use super::ask::{Asked, Outcome, or_again};
use crate::components::{Button, Check, Field, FormMessage, Kind};
use crate::form::Form;
use crate::messages::days_words;
use contract::days::CancelDay;
use leptos::prelude::*;
use uuid::Uuid;

/// `back` says what goes back to clients.
pub(super) fn draw(
    whole: Whole,
    asked: Asked,
    ids: Vec<Uuid>,
    back: Option<String>,
    outcome: RwSignal<Option<Outcome>>,
) -> AnyView {
    let text = days_words();
    let Asked { word: reason, close, again, .. } = asked;
    let (form, count) = (Form::new(), ids.len());
    let (key, open) = (Uuid::new_v4().to_string(), whole.open);
    let go = Callback::new(move |()| {
        let body = CancelDay {
            reason: reason.get_untracked().trim().to_owned(),
            close: close.get_untracked(),
            seen_ids: Some(ids.clone()),
            ..CancelDay::default()
        };
        // Another wish needs another key; the same one sent again does not.
        let key = format!("{key}-{}-{}", body.close, body.reason.len());
        let on_change = whole.on_change;
        let done = move |change| {
            on_change.try_run(());
            outcome.try_set(Some(Outcome { change, moved: None }));
        };
        let call = whole.own.api.cancel_day(whole.own.provider.id, whole.date, key, body);
        form.send_or(call, done, move |error| or_again(form, again, error));
    });
    view! {
        <Field id="day-reason" label=text.reason hint=text.reason_hint value=reason rows=3 optional=true error=form.at("/reason") />
        <Check id="day-close" label=text.close value=close hint=text.close_hint />
        {back.map(|back| view! { <p class="notice">{back}</p> })}
        <FormMessage form=form />
        <div class="actions">
            <Button kind=Kind::Danger busy=form.busy() on_press=go>{(text.cancel_yes)(count)}</Button>
            <Button on_press=Callback::new(move |()| open.set(false))>{text.keep}</Button>
        </div>
    }
    .into_any()
}
