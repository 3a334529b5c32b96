use super::icon::Icon;
use crate::messages::welcome;
use leptos::prelude::*;

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Behind.
    Done,
    /// In view.
    Now,
    /// In view, with nothing left to do.
    Reached,
    /// Ahead.
    Open,
}

/// A step as it is shown.
#[derive(Clone)]
pub struct StepView {
    /// What it is called.
    pub name: &'static str,
    /// Where it is, once it can be gone to.
    pub href: Option<String>,
    /// How far it is.
    pub state: StepState,
}

/// Where one is on a way of a few steps. On a phone only the present one is named.
#[component]
pub fn Stepper(
    /// What the way leads to, for screen readers.
    #[prop(into)]
    label: String,
    steps: Vec<StepView>,
) -> impl IntoView {
    let (text, count) = (welcome(), steps.len());
    let at =
        steps.iter().position(|step| matches!(step.state, StepState::Now | StepState::Reached)).unwrap_or(0);
    let short = steps.get(at).map(|step| (text.step_of)(at + 1, count, step.name));
    let items = steps.into_iter().enumerate().map(|(index, step)| {
        let class = match step.state {
            StepState::Done => "done",
            StepState::Now => "now",
            StepState::Reached => "now done",
            StepState::Open => "open",
        };
        let sign = match step.state {
            StepState::Done | StepState::Reached => Icon::Check.draw(),
            _ => (index + 1).into_any(),
        };
        let done = (step.state == StepState::Done)
            .then(|| view! { <span class="hidden">{text.step_is_done}</span> });
        let inside =
            view! { <span class="step-sign">{sign}</span><span class="step-name">{step.name}</span>{done} };
        let current = class.starts_with("now").then_some("step");
        let body = match step.href {
            Some(href) => view! { <a href=href aria-current=current>{inside}</a> }.into_any(),
            None => view! { <span class="step-still" aria-current=current>{inside}</span> }.into_any(),
        };
        view! { <li class=class>{body}</li> }
    });
    view! {
        <nav class="stepper" aria-label=label>
            <ol>{items.collect_view()}</ol>
            <p class="stepper-short" aria-hidden="true">{short}</p>
        </nav>
    }
    .into_any()
}
