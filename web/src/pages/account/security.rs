use crate::api::AuthorizedApi;
use crate::components::{Button, FormMessage, PasswordField, Toasts};
use crate::form::Form;
use crate::messages::account_words;
use contract::accounts::ChangePassword as Change;
use leptos::prelude::*;

/// A new password for the one who knows the present one.
#[component]
pub fn ChangePassword(api: AuthorizedApi) -> impl IntoView {
    let text = account_words();
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
