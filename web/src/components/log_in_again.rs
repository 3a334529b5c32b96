use super::{Button, Dialog, FormMessage, Kind, PasswordField};
use crate::browser;
use crate::form::Form;
use crate::messages::t;
use crate::session::{Session, Standing};
use crate::unsaved;
use contract::accounts::LogIn;
use leptos::prelude::*;

/// Asks to log in again where the session ended by itself, on top of the page and without losing it.
#[component]
pub fn LogInAgain() -> impl IntoView {
    let words = &t().again;
    let session = Session::here();
    let open = session.asks();
    Effect::new(move |_| {
        // Open already, it keeps what is typed.
        if session.lapses() > 0 && !open.get_untracked() {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !matches!(session.standing(), Standing::Lapsed(_)) {
            open.set(false);
        }
    });
    view! {
        <Dialog id="log-in-again" title=Signal::derive(|| t().again.title.to_owned()) open=open>
            <p>{words.text} " " {unsaved::any().then_some(words.kept)}</p>
            <Again />
        </Dialog>
    }
    .into_any()
}

#[component]
fn Again() -> impl IntoView {
    let words = &t().again;
    let (form, session, password) = (Form::new(), Session::here(), RwSignal::new(String::new()));
    let Some(user) = untrack(|| session.user()) else { return ().into_any() };
    let email = user.email.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if form.require(&[("/password", password)]) {
            let body = LogIn { email: email.clone(), password: password.get_untracked() };
            form.send(session.log_in(body), |()| {});
        }
    };
    let leave = Callback::new(move |()| {
        session.forget();
        browser::reload();
    });
    view! {
        <form novalidate=true class="form" on:submit=submit>
            // Password managers look for the name that goes with the password.
            <input type="hidden" name="email" autocomplete="username" value=user.email.clone() />
            <p class="muted">{user.email}</p>
            <PasswordField id="again-password" label=words.password value=password autocomplete="current-password" error=form.at("/password") />
            <FormMessage form=form />
            <div class="actions">
                <Button kind=Kind::Primary submit=true busy=form.busy()>{t().common.log_in}</Button>
                <Button kind=Kind::Quiet on_press=leave>{words.leave}</Button>
            </div>
        </form>
    }
    .into_any()
}
