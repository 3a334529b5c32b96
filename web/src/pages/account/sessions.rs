use super::device::device;
use crate::api::AuthorizedApi;
use crate::components::{Button, Dialog, FormMessage, Kind, Toasts, skeleton_rows};
use crate::form::Form;
use crate::format::around;
use crate::messages::{account_words, privacy_words, t};
use crate::nav::Go;
use crate::pages::viewer_zone;
use crate::remote::Remote;
use crate::session::Session;
use contract::accounts::SessionSummary;
use leptos::prelude::*;

/// Where the person is logged in, and the ways out.
#[component]
pub fn Sessions(api: AuthorizedApi) -> impl IntoView {
    let (text, words) = (account_words(), privacy_words());
    let (form, session, go, toasts) = (Form::new(), Session::here(), Go::here(), Toasts::here());
    let open = Remote::of(move || api.sessions()).agree();
    let end = Callback::new(move |one: SessionSummary| {
        form.send(api.end_session(one.id), move |()| {
            toasts.say((words.ended)(&device(one.user_agent.as_deref())));
            open.refresh();
        });
    });
    let gone = move |()| {
        toasts.say(text.logged_out);
        go.to("/");
    };
    let here = Callback::new(move |()| form.send(session.log_out(), gone));
    let asking = RwSignal::new(false);
    let everywhere = Callback::new(move |()| form.send(session.log_out_everywhere(), gone));
    view! {
        <section class="card">
            <h2>{words.sessions}</h2>
            <p class="muted">{words.sessions_text}</p>
            {open.view(
                || view! { <div>{skeleton_rows(1)}</div> }.into_any(),
                move |page| {
                    let rows = page.items.into_iter().map(|one| row(one, end, form));
                    view! { <ul class="plain sessions">{rows.collect_view()}</ul> }.into_any()
                },
            )}
            {move || (!asking.get()).then(|| view! { <FormMessage form=form /> })}
            <div class="actions">
                <Button busy=form.busy() on_press=here>{text.log_out}</Button>
                <Button kind=Kind::Danger on_press=Callback::new(move |()| asking.set(true))>{text.log_out_everywhere}</Button>
            </div>
            <Dialog id="log-out-everywhere" title=Signal::derive(|| privacy_words().everywhere_title.to_owned()) open=asking>
                <p>{words.everywhere_text}</p>
                <FormMessage form=form />
                <div class="actions">
                    <Button kind=Kind::Danger busy=form.busy() on_press=everywhere>{text.log_out_everywhere}</Button>
                    <Button kind=Kind::Quiet on_press=Callback::new(move |()| asking.set(false))>{t().common.cancel}</Button>
                </div>
            </Dialog>
        </section>
    }
    .into_any()
}

fn row(one: SessionSummary, end: Callback<SessionSummary>, form: Form) -> AnyView {
    let words = privacy_words();
    let name = device(one.user_agent.as_deref());
    let label = (words.end_one)(&name);
    let seen = (words.last_seen)(&around(one.last_seen_at, &untrack(viewer_zone)));
    let action = if one.current {
        view! { <span class="badge confirmed">{words.this_device}</span> }.into_any()
    } else {
        let press = Callback::new(move |()| end.run(one.clone()));
        view! { <Button busy=form.busy() label=label on_press=press>{words.end}</Button> }.into_any()
    };
    view! {
        <li>
            <div><p class="device">{name}</p><p class="muted">{seen}</p></div>
            {action}
        </li>
    }
    .into_any()
}
