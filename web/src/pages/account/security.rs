use crate::api::AuthorizedApi;
use crate::components::{Button, FormMessage, Kind, PasswordField, Toasts};
use crate::form::Form;
use crate::messages::t;
use crate::nav::Go;
use crate::session::Session;
use contract::accounts::ChangePassword as Change;
use leptos::prelude::*;

/// A new password for the one who knows the present one.
#[component]
pub fn ChangePassword(api: AuthorizedApi) -> impl IntoView {
    let text = &t().account;
    let (form, toasts) = (Form::new(), Toasts::here());
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&[("/current_password", current), ("/new_password", new)]) {
            let body =
                Change { current_password: current.get_untracked(), new_password: new.get_untracked() };
            form.send(api.change_password(body), move |()| {
                current.set(String::new());
                new.set(String::new());
                toasts.say(text.password_changed);
            });
        }
    };
    view! {
        <section class="card">
            <h2>{text.change_password}</h2>
            <form novalidate=true class="form" on:submit=submit>
                <PasswordField id="current-password" label=text.current_password value=current autocomplete="current-password" error=form.at("/current_password") />
                <PasswordField id="new-password" label=text.new_password value=new autocomplete="new-password" hint=text.password_hint error=form.at("/new_password") />
                <FormMessage form=form />
                <div class="actions"><Button submit=true busy=form.busy()>{text.change_password}</Button></div>
            </form>
        </section>
    }
    .into_any()
}

/// The ways out.
#[component]
pub fn Leave() -> impl IntoView {
    let text = &t().account;
    let (form, session, go, toasts) = (Form::new(), Session::here(), Go::here(), Toasts::here());
    let gone = move |()| {
        toasts.say(text.logged_out);
        go.to("/");
    };
    let here = Callback::new(move |()| form.send(session.log_out(), gone));
    let everywhere = Callback::new(move |()| form.send(session.log_out_everywhere(), gone));
    view! {
        <section class="card">
            <h2>{text.sessions}</h2>
            <p class="muted">{text.sessions_text}</p>
            <FormMessage form=form />
            <div class="actions">
                <Button busy=form.busy() on_press=here>{text.log_out}</Button>
                <Button kind=Kind::Danger busy=form.busy() on_press=everywhere>{text.log_out_everywhere}</Button>
            </div>
        </section>
    }
    .into_any()
}
