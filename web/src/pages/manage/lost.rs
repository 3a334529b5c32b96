use crate::api::Api;
use crate::components::{Button, Field, FormMessage, Heading, Kind};
use crate::form::Form;
use crate::messages::{lookup, t};
use leptos::prelude::*;

/// `/manage`: mails the links of all coming bookings to an address.
#[component]
pub fn LostLinks() -> impl IntoView {
    let text = lookup();
    let (form, email, sent) = (Form::new(), RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&[("/email", email)]) {
            let address = email.get_untracked().trim().to_owned();
            form.send(Api.manage_links(address.clone()), move |()| sent.set(Some(address)));
        }
    };
    view! {
        <div class="page narrow">
            <div class="card">
                <Heading text=text.lost_title />
                <p>{text.lost_text}</p>
                <div role="status">{move || sent.get().map(|email| view! { <p class="notice good">{(text.lost_sent)(&email)}</p> })}</div>
                <form novalidate=true class="form" on:submit=submit>
                    <Field id="email" label=t().booking.email value=email kind="email" inputmode="email" autocomplete="email" error=form.at("/email") />
                    <FormMessage form=form />
                    <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.lost_send}</Button></div>
                </form>
            </div>
        </div>
    }
    .into_any()
}
