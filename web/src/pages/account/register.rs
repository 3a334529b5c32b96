use super::entrance;
use crate::components::{Button, Field, FormMessage, Heading, Kind, PasswordField};
use crate::form::Form;
use crate::format::browser_zone;
use crate::messages::{account_words, t};
use crate::nav::address;
use crate::pages::query;
use crate::session::Session;
use contract::accounts::Register as NewAccount;
use leptos::prelude::*;

/// `/register`
#[component]
pub fn Register() -> impl IntoView {
    entrance("/account", form)
}

fn form() -> AnyView {
    let text = account_words();
    let (form, session) = (Form::new(), Session::here());
    let (name, email, password) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let next = query("next");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !form.require(&[("/name", name), ("/email", email), ("/password", password)]) {
            return;
        }
        let body = NewAccount {
            email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            name: name.get_untracked().trim().to_owned(),
            locale: Some(t().language.to_owned()),
            time_zone: Some(browser_zone()),
        };
        form.send(session.register(body), |()| {});
    };
    view! {
        <div class="page narrow">
            <div class="card">
                <Heading text=text.register_title />
                <p>{move || if next.with(|next| next.starts_with("/dashboard")) { text.become_provider_text } else { text.register_lead }}</p>
                <form novalidate=true class="form" on:submit=submit>
                    <Field id="name" label=text.name value=name autocomplete="name" error=form.at("/name") />
                    <Field id="email" label=text.email value=email kind="email" inputmode="email" autocomplete="username" error=form.at("/email") />
                    <PasswordField id="password" label=t().again.password value=password autocomplete="new-password" hint=text.password_hint error=form.at("/password") />
                    <FormMessage form=form />
                    <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.register_action}</Button></div>
                </form>
                <p><a href=move || address("/login", &[("next", &next.get())])>{text.have_account}</a></p>
            </div>
        </div>
    }
    .into_any()
}
