//! The page is there for everybody.

use super::steps::Step;
use crate::browser;
use crate::components::{Button, Heading, Toasts};
use crate::messages::welcome;
use crate::nav::Go;
use crate::pages::dashboard::frame::Own;
use leptos::prelude::*;

/// The link to the page, and where to go from here.
#[component]
pub fn Done(own: Own) -> impl IntoView {
    let text = welcome();
    let (toasts, go) = (Toasts::here(), Go::here());
    let provider = own.provider;
    if !provider.published {
        // A link from before the page was hidden again.
        go.replace(&Step::Preview.path(provider.id));
        return ().into_any();
    }
    let path = format!("/p/{}", provider.slug);
    let code = format!("/api/v1/providers/{}/qr.svg", provider.id);
    let picture = code.clone();
    let link = format!("{}{path}", browser::origin());
    let copy = {
        let link = link.clone();
        Callback::new(move |()| {
            let link = link.clone();
            leptos::task::spawn_local(async move {
                let copied = browser::copy(&link).await;
                if copied { toasts.say(text.copied) } else { toasts.warn(text.not_copied) }
            });
        })
    };
    view! {
        <div class="welcome-done">
            <svg class="big-check" viewBox="0 0 64 64" aria-hidden="true"><circle cx="32" cy="32" r="30"/><path d="M20 33l9 9 16-19"/></svg>
            <Heading text=text.done_title />
            <p class="lead">{(text.done_lead)(&provider.name)}</p>
            <div class="card share">
                <div class="share-link">
                <label for="page-link">{text.link}</label>
                <div class="share-row">
                    <div class="control"><input id="page-link" readonly=true value=link on:focus=move |event| select_all(&event) /></div>
                    <Button on_press=copy>{crate::components::Icon::Copy.draw()}{text.copy}</Button>
                </div>
                <p class="hint">{text.link_hint}</p>
                </div>
                <a class="page-code" href=code download="qr.svg"><img src=picture width="128" height="128" alt="" /><span>{text.code}</span></a>
            </div>
            <div class="actions">
                <a class="button primary" href=path>{text.see}</a>
                <a class="button" href=format!("/dashboard/{}", provider.id)>{text.to_agenda}</a>
            </div>
        </div>
    }
    .into_any()
}

fn select_all(event: &web_sys::FocusEvent) {
    use wasm_bindgen::JsCast;
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = input {
        input.select();
    }
}
