//! What clients get back when they cancel: one of three policies, or steps of one's own.

use super::example::Example;
use super::ladder::{Ladder, LadderFields};
use crate::components::{Button, Field, FormMessage, Kind, Toasts};
use crate::form::Form;
use crate::messages::{desk_money, t};
use crate::pages::dashboard::frame::Own;
use contract::payments::{CancellationPolicy, PolicyKind, PolicyStep};
use domain::payment::policy;
use leptos::prelude::*;
use serde_json::json;

const KINDS: [PolicyKind; 4] =
    [PolicyKind::Flexible, PolicyKind::Moderate, PolicyKind::Strict, PolicyKind::Custom];

/// The steps of those that have a name.
fn named(kind: PolicyKind) -> Vec<PolicyStep> {
    let policy = match kind {
        PolicyKind::Flexible => policy::Policy::Flexible,
        PolicyKind::Moderate => policy::Policy::Moderate,
        PolicyKind::Strict => policy::Policy::Strict,
        PolicyKind::Custom => return Vec::new(),
    };
    let step = |step: &policy::Step| PolicyStep {
        hours_before: step.hours_before,
        refund_percent: step.refund_percent,
    };
    policy.steps().iter().map(step).collect()
}

/// What the form holds.
#[derive(Clone, Copy)]
pub struct Draft {
    kind: RwSignal<PolicyKind>,
    ladder: Ladder,
    no_show: RwSignal<String>,
}

impl Draft {
    fn of(policy: &CancellationPolicy) -> Self {
        let own = policy.kind == PolicyKind::Custom && !policy.steps.is_empty();
        // Whoever begins steps of their own finds the ones of before.
        let steps = if own { policy.steps.clone() } else { named(policy.kind) };
        Self {
            kind: RwSignal::new(policy.kind),
            ladder: Ladder::of(&steps),
            no_show: RwSignal::new(policy.no_show_refund_percent.to_string()),
        }
    }

    fn written(self) -> String {
        format!("{:?}\u{0}{}\u{0}{}", self.kind.get() as u8, self.no_show.get(), self.ladder.written())
    }

    /// The steps as far as they can be read.
    pub fn steps(self) -> Vec<PolicyStep> {
        match self.kind.get() {
            PolicyKind::Custom => self.ladder.readable(),
            kind => named(kind),
        }
    }

    /// What comes back where nobody comes, as far as it can be read.
    pub fn no_show(self) -> Option<u8> {
        percent(&self.no_show.get())
    }

    fn read(self, form: Form) -> Option<CancellationPolicy> {
        form.clear();
        let kind = self.kind.get_untracked();
        let steps = if kind == PolicyKind::Custom { self.ladder.read(form)? } else { Vec::new() };
        let Some(no_show_refund_percent) = untrack(|| self.no_show()) else {
            form.refuse("/cancellation_policy/no_show_refund_percent", desk_money().wrong_percent);
            return None;
        };
        Some(CancellationPolicy { kind, steps, no_show_refund_percent })
    }
}

/// A whole number of percent; an empty field is 0.
pub fn percent(text: &str) -> Option<u8> {
    match text.trim() {
        "" => Some(0),
        text => text.parse().ok().filter(|percent| *percent <= 100),
    }
}

/// The form.
#[component]
pub fn Policy(own: Own) -> impl IntoView {
    let text = desk_money();
    let toasts = Toasts::here();
    let draft = Draft::of(&own.provider.cancellation_policy);
    let form = Form::new().guard(move || draft.written());
    let (id, api, remote) = (own.provider.id, own.api, own.remote);
    let version = RwSignal::new(own.provider.version);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(policy) = draft.read(form) else { return };
        let body = json!({ "cancellation_policy": policy });
        form.send_or(
            api.patch_provider(id, version.get_untracked(), body.to_string()),
            move |change| {
                toasts.say(t().common.saved);
                version.try_set(change.provider.version);
                remote.set(change.provider);
            },
            move |error| form.renew(error, version, api.provider_version(id)),
        );
    };
    let custom = move || draft.kind.get() == PolicyKind::Custom;
    view! {
        <form novalidate=true class="form policy" on:submit=submit>
            <div class="card form">
                <div class="stack-tight">
                    <h2>{text.policy_title}</h2>
                    <p class="muted">{text.policy_text}</p>
                </div>
                <fieldset class="policy-cards">
                    <legend class="hidden">{text.policy_which}</legend>
                    {KINDS.map(|kind| card(draft, kind)).collect_view()}
                </fieldset>
                {move || custom().then(|| view! { <LadderFields form=form ladder=draft.ladder /> })}
                <Field id="no-show" label=text.no_show value=draft.no_show inputmode="numeric" suffix="%" hint=text.no_show_hint
                    error=form.at("/cancellation_policy/no_show_refund_percent") />
                <FormMessage form=form />
                <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.save}</Button></div>
                <p class="hint">{text.policy_note}</p>
            </div>
            <Example own=own draft=draft />
        </form>
    }
    .into_any()
}

/// One of them, with what it means.
fn card(draft: Draft, kind: PolicyKind) -> AnyView {
    let text = desk_money();
    let lines = move || {
        let steps = if kind == PolicyKind::Custom { draft.ladder.readable() } else { named(kind) };
        if kind == PolicyKind::Custom && draft.kind.get() != kind {
            return vec![text.custom_text.to_owned()];
        }
        let lines = steps.iter().map(|step| (text.step_line)(step.hours_before, step.refund_percent));
        let ends = steps.last().is_none_or(|step| step.hours_before > 0 && step.refund_percent > 0);
        lines.chain(ends.then(|| text.later_nothing.to_owned())).collect()
    };
    view! {
        <label class="policy-card">
            <input type="radio" name="policy" prop:checked=move || draft.kind.get() == kind on:change=move |_| draft.kind.set(kind) />
            <span>
                <b>{(text.kind)(kind)}</b>
                {move || lines().into_iter().map(|line| view! { <span class="line">{line}</span> }).collect_view()}
            </span>
        </label>
    }
    .into_any()
}
