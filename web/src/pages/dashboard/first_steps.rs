use super::frame::Own;
use crate::components::Icon;
use crate::messages::{t, welcome};
use crate::remote::Remote;
use contract::services::ServiceStatus;
use leptos::prelude::*;

/// What is still to do before customers can book: shown until the page is published.
#[component]
pub fn FirstSteps(own: Own) -> impl IntoView {
    let text = &t().dashboard;
    let (api, id) = (own.api, own.provider.id);
    let facts = Remote::new(move || async move {
        let services = api.services(id).await?;
        let schedule = api.schedule(id).await?;
        let offered = services.items.iter().any(|service| service.status == ServiceStatus::Active);
        Ok((offered, !schedule.weekly.is_empty() || !schedule.exceptions.is_empty()))
    });
    let step = move |done: bool, path: &str, name: &'static str| {
        let sign = if done { Icon::Check } else { Icon::Right };
        view! {
            <li class:done=done>
                <a href=format!("/dashboard/{id}/welcome/{path}")>{sign.draw()}<span>{name}</span></a>
                {done.then(|| view! { <span class="hidden">{text.step_done}</span> })}
            </li>
        }
    };
    let steps = move || {
        let (service, hours) = facts.value().unwrap_or_default();
        view! { {step(service, "service", text.step_service)}{step(hours, "hours", text.step_hours)}{step(false, "preview", text.step_publish)} }
    };
    view! {
        <section class="card first-steps" aria-labelledby="first-steps">
            <h2 id="first-steps">{text.first_steps}</h2>
            <p class="muted">{text.hidden_note}</p>
            <ol>{steps}</ol>
            <a class="button primary" href=format!("/dashboard/{id}/welcome")>{welcome().first_steps_action}</a>
        </section>
    }
    .into_any()
}
