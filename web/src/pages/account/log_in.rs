use super::entrance;
use crate::components::{Button, Field, FormMessage, Heading, Kind, PasswordField};
use crate::form::Form;
use crate::messages::{account_words, t};
use crate::nav::address;
use crate::pages::query;
use crate::session::Session;
use contract::accounts::LogIn as Credentials;
use leptos::prelude::*;

/// `/login`
#[component]
pub fn LogIn() -> impl IntoView {
    entrance("/bookings", form)
}

fn form() -> AnyView {
    let text = account_words();
    let (form, session) = (Form::new(), Session::here());
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let next = query("next");
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&[("/email", email), ("/password", password)]) {
            let body = Credentials {
                email: email.get_untracked().trim().to_owned(),
                password: password.get_untracked(),
            };
            form.send(session.log_in(body), |()| {});
        }
    };
    view! {
        <div class="page narrow">
            <div class="card">
                <Heading text=text.log_in_title />
                <form novalidate=true class="form" on:submit=submit>
                    <Field id="email" label=text.email value=email kind="email" inputmode="email" autocomplete="username" error=form.at("/email") />
                    <PasswordField id="password" label=t().again.password value=password autocomplete="current-password" error=form.at("/password") />
                    <FormMessage form=form />
                    <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.log_in_action}</Button></div>
                </form>
                <p><a href="/forgot-password">{text.forgot}</a></p>
                <p><a href=move || address("/register", &[("next", &next.get())])>{text.no_account}</a></p>
            </div>
        </div>
    }
    .into_any()
}
