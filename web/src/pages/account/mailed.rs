//! What links in mails lead to. Their secrets stand after the `#`, which browsers never send.

use crate::api::Api;
use crate::components::{Button, Field, FormMessage, Heading, Kind, PasswordField, Toasts};
use crate::form::Form;
use crate::messages::account_words;
use crate::nav::Go;
use crate::pages::manage::hash;
use crate::remote::{Load, Remote};
use crate::session::Session;
use contract::accounts::ResetPassword as NewPassword;
use leptos::prelude::*;

/// `/forgot-password`
#[component]
pub fn ForgotPassword() -> impl IntoView {
    let text = account_words();
    let (form, email, sent) = (Form::new(), RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&[("/email", email)]) {
            let address = email.get_untracked().trim().to_owned();
            form.send(Api.forgot_password(address.clone()), move |()| sent.set(Some(address)));
        }
    };
    view! {
        <div class="page narrow">
            <div class="card">
                <Heading text=text.forgot_title />
                <p>{text.forgot_text}</p>
                <div role="status">{move || sent.get().map(|email| view! { <p class="notice good">{(text.forgot_sent)(&email)}</p> })}</div>
                <form novalidate=true class="form" on:submit=submit>
                    <Field id="email" label=text.email value=email kind="email" inputmode="email" autocomplete="username" error=form.at("/email") />
                    <FormMessage form=form />
                    <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.forgot_action}</Button></div>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// `/reset-password#{token}`
#[component]
pub fn ResetPassword() -> impl IntoView {
    let text = account_words();
    let (form, password, token) = (Form::new(), RwSignal::new(String::new()), hash());
    let (go, toasts) = (Go::here(), Toasts::here());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&[("/new_password", password)]) {
            let body = NewPassword { token: token.get_untracked(), new_password: password.get_untracked() };
            form.send(Api.reset_password(body), move |()| {
                toasts.say(text.reset_done);
                go.replace("/login");
            });
        }
    };
    view! {
        <div class="page narrow">
            <div class="card">
                <Heading text=text.reset_title />
                <form novalidate=true class="form" on:submit=submit>
                    <PasswordField id="password" label=text.new_password value=password autocomplete="new-password" hint=text.password_hint error=form.at("/new_password") />
                    <FormMessage form=form />
                    <div class="actions"><Button kind=Kind::Primary submit=true busy=form.busy()>{text.reset_action}</Button></div>
                </form>
                <p><a href="/forgot-password">{text.link_again}</a></p>
            </div>
        </div>
    }
    .into_any()
}

/// `/verify-email#{token}`
#[component]
pub fn VerifyEmail() -> impl IntoView {
    let text = account_words();
    let (token, session) = (hash(), Session::here());
    let proof = Remote::new(move || {
        let token = token.get();
        async move {
            Api.verify_email(token).await?;
            session.reload().await;
            Ok(())
        }
    });
    let body = move || {
        match proof.get() {
        Load::Loading => view! { <p class="muted">{text.verify_busy}</p> }.into_any(),
        Load::Ready(()) => view! { <p class="notice good">{text.verify_done}</p><p><a class="button" href="/account">{text.to_account}</a></p> }.into_any(),
        Load::Failed(error) if error.problem().is_some_and(|problem| problem.status < 500) => {
            view! { <p class="notice">{text.link_invalid}</p><p><a class="button" href="/account">{text.link_again}</a></p> }.into_any()
        }
        Load::Failed(error) => crate::components::failure(error, Some(Callback::new(move |()| proof.retry()))),
    }
    };
    view! { <div class="page narrow"><div class="card"><Heading text=text.verify_title /><div role="status">{body}</div></div></div> }.into_any()
}
