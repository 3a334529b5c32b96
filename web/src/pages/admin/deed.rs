//! What admins do to one thing: a button each; what cannot be taken back lightly asks once.

use crate::api::AuthorizedApi;
use crate::components::{Button, Dialog, Field, FormMessage, Kind, Toasts};
use crate::form::Form;
use crate::messages::{admin, t};
use contract::problem::Code;
use leptos::prelude::*;
use serde::de::DeserializeOwned;

/// Something that can be done.
#[derive(Clone)]
pub struct Deed {
    pub kind: Kind,
    pub words: &'static str,
    /// Below `/admin`.
    pub path: String,
    /// The question and what will happen; without it the deed is done at once.
    pub question: Option<(String, &'static str)>,
    /// Whether those it concerns are told a reason.
    pub wants_reason: bool,
}

impl Deed {
    /// Done at once.
    pub fn plain(words: &'static str, path: String) -> Self {
        Self { kind: Kind::Plain, words, path, question: None, wants_reason: false }
    }

    /// Asks before.
    pub fn asked(mut self, title: String, what_happens: &'static str) -> Self {
        self.question = Some((title, what_happens));
        self
    }

    /// Takes something away, for a reason where one is wanted.
    pub fn grave(mut self, wants_reason: bool) -> Self {
        self.kind = Kind::Danger;
        self.wants_reason = wants_reason;
        self
    }
}

/// Buttons for all deeds. `on_done` gets what comes back; `on_stale` looks again where somebody else changed it.
pub fn deeds<T>(
    api: AuthorizedApi,
    version: i32,
    on_done: Callback<T>,
    on_stale: Callback<()>,
    deeds: Vec<Deed>,
) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    let (form, toasts, manage) = (Form::new(), Toasts::here(), &t().manage);
    let (asking, reason) = (RwSignal::new(None::<Deed>), RwSignal::new(String::new()));
    let act = Callback::new(move |deed: Deed| {
        let reason = deed.wants_reason.then(|| reason.get_untracked());
        form.send_or(
            api.admin_act::<T>(deed.path, version, reason),
            move |value| {
                toasts.say(admin().done);
                asking.try_set(None);
                on_done.run(value);
            },
            move |error| {
                if error.code() == Some(Code::VersionMismatch) {
                    toasts.warn(manage.changed_meanwhile);
                    asking.try_set(None);
                    on_stale.try_run(());
                } else {
                    form.fail(error);
                }
            },
        );
    });
    let buttons = deeds.into_iter().map(|deed| {
        let (kind, words) = (deed.kind, deed.words);
        let press = Callback::new(move |()| {
            form.clear();
            if deed.question.is_some() { asking.set(Some(deed.clone())) } else { act.run(deed.clone()) }
        });
        view! { <Button kind=kind busy=form.busy() on_press=press>{words}</Button> }
    });
    view! {
        <div class="actions">{buttons.collect_view()}</div>
        {move || asking.with(Option::is_none).then(|| view! { <FormMessage form=form /> })}
        {move || asking.get().map(|deed| question(deed, form, reason, act, asking))}
    }
    .into_any()
}

fn question(
    deed: Deed,
    form: Form,
    reason: RwSignal<String>,
    act: Callback<Deed>,
    asking: RwSignal<Option<Deed>>,
) -> AnyView {
    let text = admin();
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            asking.set(None);
        }
    });
    let (title, words) = deed.question.clone().unwrap_or_default();
    let (kind, yes, wants_reason) = (deed.kind, deed.words, deed.wants_reason);
    let go = Callback::new(move |()| {
        if !wants_reason || form.require(&[("/reason", reason)]) {
            act.run(deed.clone());
        }
    });
    view! {
        <Dialog id="deed" title=title open=open>
            <p>{words}</p>
            {wants_reason.then(|| view! { <Field id="reason" label=text.reason hint=text.reason_hint value=reason rows=3 error=form.at("/reason") /> })}
            <FormMessage form=form />
            <div class="actions">
                <Button kind=kind busy=form.busy() on_press=go>{yes}</Button>
                <Button on_press=Callback::new(move |()| open.set(false))>{t().common.cancel}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
